// Telemetry behind the npm package: what is told of rows, what a queue keeps, when it is sent and what an answer means.
// JavaScript brings clock, random bits, storage and transport (web/scorelet/src/telemetry).
#include <emscripten/bind.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <scorelet/telemetry/delivery.hpp>
#include <scorelet/telemetry/event.hpp>
#include <scorelet/telemetry/otlp.hpp>
#include <scorelet/telemetry/window.hpp>

#include "block.hpp"
#include "outbox.hpp"
#include "session.hpp"

namespace scorelet::wasm {
namespace {

using namespace telemetry;

constexpr Encoding kEncoding = Encoding::json;

std::uint64_t whole(double x) { return x > 0 ? static_cast<std::uint64_t>(x) : 0; }
std::uint64_t nanoseconds(double milliseconds) { return whole(milliseconds) * 1'000'000; }
double number(std::uint64_t n) { return static_cast<double>(n); }

class Ledger {
 public:
  Ledger(double records, double bytes, bool dropsOldest)
      : ledger_({whole(records), whole(bytes), dropsOldest ? WhenFull::dropOldest : WhenFull::refuseNewest}) {}

  /// How many of the oldest to drop; -1: the record is refused.
  double admit(double bytes) {
    const auto admission = ledger_.admit(whole(bytes));
    return admission.isAdmitted ? number(admission.drop) : -1;
  }
  double found(double bytes) { return number(ledger_.found(whole(bytes))); }
  void remove(double records) { ledger_.remove(whole(records)); }
  [[nodiscard]] double portion(double records, double bytes) const {
    return static_cast<double>(ledger_.portion(static_cast<std::size_t>(records), static_cast<std::size_t>(bytes)));
  }
  [[nodiscard]] double records() const { return number(ledger_.records()); }
  [[nodiscard]] double bytes() const { return number(ledger_.bytes()); }
  [[nodiscard]] double dropped() const { return number(ledger_.dropped()); }

 private:
  QueueLedger ledger_;
};

/// Times are seconds since 1970.
class Sender {
 public:
  Sender(double records, double bytes, double interval, double firstDelay, double longestDelay)
      : delivery_(kEncoding, {static_cast<std::size_t>(records), static_cast<std::size_t>(bytes), interval, firstDelay,
                              longestDelay}) {}

  double wait(double now, double pending, double oldest, bool isLast) {
    return delivery_.wait(now, static_cast<std::size_t>(pending), oldest, isLast);
  }
  [[nodiscard]] double records() const { return static_cast<double>(delivery_.records()); }
  [[nodiscard]] double bytes() const { return static_cast<double>(delivery_.bytes()); }
  /// True if the records are done with.
  bool answered(double now, int status, const std::string& retryAfter, const std::string& body, double records,
                double random) {
    return delivery_.answered(now, {status, retryAfter, body}, static_cast<std::size_t>(records), random) ==
           Verdict::remove;
  }
  [[nodiscard]] bool isRefused() const { return delivery_.isRefused(); }
  [[nodiscard]] double delivered() const { return number(delivery_.counts().delivered); }
  [[nodiscard]] double rejected() const { return number(delivery_.counts().rejected); }
  [[nodiscard]] double dropped() const { return number(delivery_.counts().dropped); }
  [[nodiscard]] double failures() const { return number(delivery_.counts().failures); }

 private:
  Delivery delivery_;
};

/// The other way round than `PredictionId::text`.
std::optional<PredictionId> readId(std::string_view text) {
  PredictionId id;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '-') continue;
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0 || digits == 32) return std::nullopt;
    id.bytes[digits / 2] = static_cast<std::uint8_t>(id.bytes[digits / 2] << 4 | digit);
    ++digits;
  }
  if (digits < 32 || id.text() != text) return std::nullopt;
  return id;
}

/// What is told of the rows of a session. Answers are good until the next call.
class Watch {
 public:
  explicit Watch(Session& session) : session_(session) {}

  std::uintptr_t reserve(std::size_t bytes) {
    inbox_.reserve(bytes);
    return inbox_.address();
  }
  void setIdentity(ModelIdentity identity) { identity_ = std::move(identity); }
  /// Numbers of FieldPolicy.
  void setPolicies(std::uint8_t inputs, std::uint8_t results) {
    privacy_.inputs = static_cast<FieldPolicy>(inputs);
    privacy_.results = static_cast<FieldPolicy>(results);
  }
  void setPolicy(const std::string& field, std::uint8_t policy) {
    privacy_.fields.emplace_back(field, static_cast<FieldPolicy>(policy));
  }
  /// 16 bytes at the start of the inbox.
  void setSalt() { std::copy_n(inbox_.at<std::uint8_t>(0), privacy_.salt.size(), privacy_.salt.begin()); }
  /// Begins with the baseline in the first `size` bytes, or that of the document: [why it was refused].
  std::uintptr_t begin(std::size_t size) {
    auto baseline = size > 0 ? Baseline::parse({inbox_.at<char>(0), size}) : Baseline::ofModel(session_.model());
    outbox_.diagnostics(outbox_.begin(1), baseline ? Diagnostics{} : baseline.error());
    if (baseline) {
      window_.emplace(session_.model(), *baseline);
      closed_.emplace(window_->another());
      all_.emplace(window_->another());
      maker_.emplace(session_.model(), *std::move(baseline), identity_, privacy_);
    }
    return outbox_.address();
  }

  /// The rows that were scored last: how many they are. `counts`: they go into the window.
  std::size_t take(bool counts) {
    const Batch& batch = session_.scored();
    maker_->begin(batch, session_.scorer());
    if (counts) window_->add(batch, session_.scorer());
    return std::min(batch.rows, session_.scorer().rows());
  }
  /// [id, record] of a row of `take`; nothing if it is not among the share. `high` and `low`: 32 random bits each.
  std::uintptr_t event(std::size_t row, double milliseconds, std::uint32_t high, std::uint32_t low, double seconds,
                       double share) {
    const PredictionId id = ids_.next(whole(milliseconds), std::uint64_t{high} << 32 | low);
    if (!isSampled(id, share)) return give({});
    PredictionEvent& event = maker_->event(row);
    event.id = id;
    event.unixNanoseconds = nanoseconds(milliseconds);
    event.seconds = seconds;
    event.samplingShare = share;
    return give({id.text(), encodeRecord(kEncoding, event)});
  }
  /// [record] of what came true; nothing if there is no such id. `kind` is a Cell::Kind.
  std::uintptr_t outcome(const std::string& id, double milliseconds, int kind, double number, const std::string& text) {
    const auto known = readId(id);
    if (!known) return give({});
    OutcomeEvent event{*known, nanoseconds(milliseconds), identity_, number};
    if (kind == static_cast<int>(Cell::Kind::boolean)) event.outcome = number != 0;
    if (kind == static_cast<int>(Cell::Kind::text)) event.outcome = text;
    return give({encodeRecord(kEncoding, event)});
  }

  /// Rows of the window.
  [[nodiscard]] double rows() const { return number(window_->rows()); }
  /// Ends the window; `metrics` tells it. The next one begins.
  void close() {
    join(*all_, *closed_);
    closed_ = std::exchange(window_, window_->another());
  }
  /// [body of a request] of the closed window.
  std::uintptr_t metrics(const Host& host, double start, double end) {
    return give(
        {encodeMetrics(kEncoding, host, {*closed_, identity_, privacy_, nanoseconds(start), nanoseconds(end)})});
  }
  /// The closed window could not be told: its rows go into the next one.
  void reopen() {
    join(*window_, *closed_);
    closed_ = window_->another();
  }

  /// Of each field since the watch began: web/scorelet/src/telemetry/watch.ts knows the order.
  std::uintptr_t fields() {
    Window all = all_->another();
    for (const auto* part : {&all_, &closed_, &window_}) join(all, **part);
    std::size_t cell = outbox_.begin(all.fields());
    for (std::size_t i = 0; i < all.fields(); ++i, cell = Outbox::next(cell)) write(cell, all.field(i));
    return outbox_.address();
  }

 private:
  /// They are made of one another, so none refuses.
  static void join(Window& into, const Window& part) { [[maybe_unused]] const auto joined = into.merge(part); }

  void write(std::size_t cell, const FieldReport& f) {
    const double figures[] = {f.isResult ? 1.0 : 0.0,
                              number(f.rows),
                              number(f.missing),
                              number(f.invalid),
                              number(f.outside),
                              number(f.novel),
                              f.kind == FieldBaseline::Kind::number ? f.mean : kNone,
                              f.meanShift,
                              f.drift.psi,
                              f.drift.psiBound,
                              f.drift.jensenShannon,
                              f.drift.ksOnBins,
                              f.drift.homogeneity.p,
                              f.hasDrifted() ? 1.0 : 0.0};
    std::size_t item = outbox_.list(cell, std::size(figures) + 1);
    outbox_.text(item, f.name);
    for (const double figure : figures) outbox_.number(item = Outbox::next(item), figure);
  }
  std::uintptr_t give(const std::vector<std::string>& texts) {
    std::size_t cell = outbox_.begin(texts.size());
    for (const std::string& text : texts) {
      outbox_.text(cell, text);
      cell = Outbox::next(cell);
    }
    return outbox_.address();
  }

  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Session& session_;
  ModelIdentity identity_;
  Privacy privacy_;
  PredictionIds ids_;
  std::optional<EventMaker> maker_;
  std::optional<Window> window_, closed_, all_;  // all: of those before `closed_`
  Block inbox_;
  Outbox outbox_;
};

/// [body of a request] of the records in the first `size` bytes, each with a line feed behind it.
std::uintptr_t logs(Block& block, std::size_t size, const Host& host, Outbox& out) {
  std::vector<std::string> records;
  for (std::string_view rest{block.at<char>(0), size}; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    records.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  out.text(out.begin(1), encodeLogs(kEncoding, host, records));
  return out.address();
}

double overhead(const Host& host, double records) {
  return static_cast<double>(logsOverhead(host, static_cast<std::size_t>(records)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(scorelet_telemetry) {
  using namespace emscripten;

  value_object<Host>("TelemetryHost")
      .field("serviceName", &Host::serviceName)
      .field("serviceVersion", &Host::serviceVersion)
      .field("instanceId", &Host::instanceId)
      .field("environment", &Host::environment)
      .field("kind", &Host::kind)
      .field("version", &Host::version);
  value_object<ModelIdentity>("ModelIdentity")
      .field("name", &ModelIdentity::name)
      .field("version", &ModelIdentity::version)
      .field("sha256", &ModelIdentity::sha256)
      .field("variant", &ModelIdentity::variant);
  class_<Ledger>("Ledger")
      .constructor<double, double, bool>()
      .function("admit", &Ledger::admit)
      .function("found", &Ledger::found)
      .function("remove", &Ledger::remove)
      .function("portion", &Ledger::portion)
      .property("records", &Ledger::records)
      .property("bytes", &Ledger::bytes)
      .property("dropped", &Ledger::dropped);
  class_<Sender>("Sender")
      .constructor<double, double, double, double, double>()
      .function("wait", &Sender::wait)
      .function("answered", &Sender::answered)
      .property("records", &Sender::records)
      .property("bytes", &Sender::bytes)
      .property("isRefused", &Sender::isRefused)
      .property("delivered", &Sender::delivered)
      .property("rejected", &Sender::rejected)
      .property("dropped", &Sender::dropped)
      .property("failures", &Sender::failures);
  class_<Watch>("Watch")
      .constructor<Session&>()
      .function("reserve", &Watch::reserve)
      .function("setIdentity", &Watch::setIdentity)
      .function("setPolicies", &Watch::setPolicies)
      .function("setPolicy", &Watch::setPolicy)
      .function("setSalt", &Watch::setSalt)
      .function("begin", &Watch::begin)
      .function("take", &Watch::take)
      .function("event", &Watch::event)
      .function("outcome", &Watch::outcome)
      .property("rows", &Watch::rows)
      .function("close", &Watch::close)
      .function("metrics", &Watch::metrics)
      .function("reopen", &Watch::reopen)
      .function("fields", &Watch::fields);
  function("logs", &logs);
  function("logsOverhead", &overhead);
}

}  // namespace scorelet::wasm
