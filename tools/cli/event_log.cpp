#include "event_log.hpp"

#include <unistd.h>

#include <ctime>
#include <optional>
#include <utility>

#include <scorelet/telemetry/otlp.hpp>
#include <scorelet/telemetry/window.hpp>

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
void EventLog::add(const EventWriter&) {}
std::string EventLog::finish() { return {}; }
EventWriter::EventWriter(const EventLog&) {}
EventWriter::~EventWriter() = default;
void EventWriter::begin(const Batch&, const Scorer&) {}
void EventWriter::add(std::size_t) {}

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
  std::optional<edge::EventQueue> queue, windows;
  std::uint64_t droppedBefore = 0;
  telemetry::Window window;
  std::uint64_t began = 0;  ///< nanoseconds since 1970, of events
  std::string lost;         ///< why the window is not whole

  [[nodiscard]] std::uint64_t now() const { return clockNanoseconds() + static_cast<std::uint64_t>(shift); }
};

struct EventWriter::State {
  telemetry::EventMaker maker;
  telemetry::PredictionIds ids;
  const EventLog::State& log;
  telemetry::Window window;
  std::vector<std::string> records;
};

EventLog::EventLog(const Model& model, telemetry::Baseline baseline, const EventOptions& options,
                   std::string modelSha256) {
  std::string name = model.info().modelName.empty() ? options.modelFile : model.info().modelName;
  telemetry::Window window(model, baseline);
  state_.reset(
      new State{.model = model,
                .baseline = std::move(baseline),
                .identity = {std::move(name), model.info().modelVersion, std::move(modelSha256), options.variant},
                .privacy = {},
                .share = options.share,
                .queue = {},
                .windows = {},
                .window = std::move(window),
                .lost = {}});
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
  auto windows = edge::EventQueue::open(windowsFolder(options.folder), {.bounds = kWindowBounds});
  if (!windows) {
    failure_ = windows.error();
    return;
  }
  state_->queue.emplace(std::move(*queue));
  state_->windows.emplace(std::move(*windows));
  state_->droppedBefore = state_->queue->dropped();
  state_->began = state_->now();
}

EventLog::~EventLog() = default;

void EventLog::add(const EventWriter& block) {
  for (const std::string& record : block.state_->records) state_->queue->add(record);
  state_->queue->commit();
  if (const auto merged = state_->window.merge(block.state_->window); !merged)
    state_->lost = "the figures of this run are dropped: " + merged.error().front().message;
}

std::string EventLog::finish() {
  if (!state_->lost.empty()) return state_->lost;
  if (state_->window.rows() > 0) {
    state_->windows->add(encodeWindow(telemetry::Encoding::protobuf, {state_->window, state_->identity, state_->privacy,
                                                                      state_->began, state_->now()}));
    if (!state_->windows->commit()) return "the figures of this run are dropped: " + state_->windows->failure();
  }
  const std::uint64_t dropped = state_->queue->dropped() - state_->droppedBefore;
  if (dropped == 0) return {};
  const std::string why = state_->queue->failure().empty() ? "the folder holds no more" : state_->queue->failure();
  return std::to_string(dropped) + " events are dropped: " + why;
}

EventWriter::EventWriter(const EventLog& log)
    : state_(new State{.maker = {log.state_->model, log.state_->baseline, log.state_->identity, log.state_->privacy},
                       .ids = {},
                       .log = *log.state_,
                       .window = log.state_->window.another(),
                       .records = {}}) {}
EventWriter::~EventWriter() = default;

void EventWriter::begin(const Batch& batch, const Scorer& scorer) {
  state_->records.clear();
  state_->maker.begin(batch, scorer);
  state_->window = state_->window.another();
  state_->window.add(batch, scorer);
}

void EventWriter::add(std::size_t row) {
  std::uint64_t random = 0;
  if (::getentropy(&random, sizeof random) != 0) return;  // an id that may come twice is worse than none
  const std::uint64_t nanoseconds = state_->log.now();
  const telemetry::PredictionId id = state_->ids.next(nanoseconds / 1'000'000, random);
  if (!telemetry::isSampled(id, state_->log.share)) return;
  telemetry::PredictionEvent& event = state_->maker.event(row);
  event.id = id;
  event.unixNanoseconds = nanoseconds;
  event.samplingShare = state_->log.share;
  state_->records.push_back(encodeRecord(telemetry::Encoding::protobuf, event));
}

#endif

}  // namespace scorelet::cli
