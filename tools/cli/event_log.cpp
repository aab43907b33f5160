#include "event_log.hpp"

#include <unistd.h>

#include <ctime>
#include <optional>
#include <utility>

#include <scorelet/telemetry/otlp.hpp>

#ifndef __wasi__
#include "monitor/times.hpp"
#include "queue/event_queue.hpp"
#endif

namespace scorelet::cli {

#ifdef __wasi__

struct EventLog::State {};
struct EventWriter::State {};
EventLog::EventLog(const Model&, telemetry::Baseline, const EventOptions&, std::string)
    : failure_("this build keeps no events") {}
EventLog::~EventLog() = default;
void EventLog::add(std::span<const std::string>) {}
std::string EventLog::finish() { return {}; }
EventWriter::EventWriter(const EventLog&) {}
EventWriter::~EventWriter() = default;
void EventWriter::begin(const Batch&, const Scorer&) {}
void EventWriter::add(std::size_t) {}
std::span<const std::string> EventWriter::records() const noexcept { return {}; }

#else

using telemetry::FieldPolicy;

namespace {

std::uint64_t clockNanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

struct EventLog::State {
  Model model;
  telemetry::Baseline baseline;
  telemetry::ModelIdentity identity;
  telemetry::Privacy privacy;
  double share = 1;
  std::int64_t shift = 0;  ///< nanoseconds from the clock's time to that of events
  std::optional<edge::EventQueue> queue;
  std::uint64_t droppedBefore = 0;
};

EventLog::EventLog(const Model& model, telemetry::Baseline baseline, const EventOptions& options,
                   std::string modelSha256) {
  std::string name = model.info().modelName.empty() ? options.modelFile : model.info().modelName;
  state_.reset(
      new State{.model = model,
                .baseline = std::move(baseline),
                .identity = {std::move(name), model.info().modelVersion, std::move(modelSha256), options.variant},
                .privacy = {},
                .share = options.share,
                .queue = {}});
  if (!options.time.empty()) {
    const auto time = monitor::readTime(options.time);
    if (!time) {
      failure_ = "--event-time is such as 2026-11-21T10:42:00Z";
      return;
    }
    state_->shift = *time * 1'000'000 - static_cast<std::int64_t>(clockNanoseconds());
  }
  for (const std::string& field : options.full) state_->privacy.fields.emplace_back(field, FieldPolicy::full);
  for (const std::string& field : options.binned) state_->privacy.fields.emplace_back(field, FieldPolicy::binned);
  auto queue = edge::EventQueue::open(options.folder, {.bounds = kEventBounds});
  if (!queue) {
    failure_ = queue.error();
    return;
  }
  state_->queue.emplace(std::move(*queue));
  state_->droppedBefore = state_->queue->dropped();
}

EventLog::~EventLog() = default;

void EventLog::add(std::span<const std::string> records) {
  for (const std::string& record : records) state_->queue->add(record);
  state_->queue->commit();
}

std::string EventLog::finish() {
  const std::uint64_t dropped = state_->queue->dropped() - state_->droppedBefore;
  if (dropped == 0) return {};
  const std::string why = state_->queue->failure().empty() ? "the folder holds no more" : state_->queue->failure();
  return std::to_string(dropped) + " events are dropped: " + why;
}

struct EventWriter::State {
  telemetry::EventMaker maker;
  telemetry::PredictionIds ids;
  double share;
  std::int64_t shift;
  std::vector<std::string> records;
};

EventWriter::EventWriter(const EventLog& log)
    : state_(new State{.maker = {log.state_->model, log.state_->baseline, log.state_->identity, log.state_->privacy},
                       .ids = {},
                       .share = log.state_->share,
                       .shift = log.state_->shift,
                       .records = {}}) {}
EventWriter::~EventWriter() = default;

void EventWriter::begin(const Batch& batch, const Scorer& scorer) {
  state_->records.clear();
  state_->maker.begin(batch, scorer);
}

void EventWriter::add(std::size_t row) {
  std::uint64_t random = 0;
  if (::getentropy(&random, sizeof random) != 0) return;  // an id that may come twice is worse than none
  const auto nanoseconds = clockNanoseconds() + static_cast<std::uint64_t>(state_->shift);
  const telemetry::PredictionId id = state_->ids.next(nanoseconds / 1'000'000, random);
  if (!telemetry::isSampled(id, state_->share)) return;
  telemetry::PredictionEvent& event = state_->maker.event(row);
  event.id = id;
  event.unixNanoseconds = nanoseconds;
  event.samplingShare = state_->share;
  state_->records.push_back(encodeRecord(telemetry::Encoding::protobuf, event));
}

std::span<const std::string> EventWriter::records() const noexcept { return state_->records; }

#endif

}  // namespace scorelet::cli
