// What has been received: events, each once; summaries of hours and days, kept up to date with them; outcomes; hosts.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <scorelet/telemetry/otlp_reading.hpp>
#include <scorelet/telemetry/outcomes.hpp>
#include <scorelet/telemetry/summary.hpp>

#include "monitor/database.hpp"
#include "monitor/in_force.hpp"
#include "monitor/judge.hpp"
#include "monitor/rules.hpp"
#include "monitor/times.hpp"
#include "service/http.hpp"

namespace scorelet::monitor {

using telemetry::Baseline;
using telemetry::EventSummary;
using telemetry::OutcomeSummary;

/// One version of a model in one role.
struct Stream {
  std::int64_t id = 0;
  std::string model, version, sha256, variant;
  Time first = 0, last = 0;
  double predictions = 0;
  /// What is tried beside the champion.
  [[nodiscard]] bool isChallenger() const noexcept {
    return variant == "challenger" || variant == "shadow" || variant == "canary";
  }
};

struct HostState {
  std::string instance, kind, version;
  Time lastEvent = 0, lastSeen = 0;
  std::int64_t events = 0;
};

/// What came true, of one prediction (by id) or of all of a key.
struct Outcome {
  std::optional<telemetry::PredictionId> id;
  std::string key, model, value;  ///< an empty model: any
  Time time = 0;                  ///< 0: now
};

struct Taken {
  std::uint64_t taken = 0, repeated = 0, refused = 0;
  std::string why;  ///< the first was refused
};
struct TakenOutcomes {
  std::uint64_t taken = 0, waiting = 0, repeated = 0;        ///< waiting: their predictions have not arrived
  std::vector<std::pair<std::size_t, std::string>> refused;  ///< by their place in the list
};

struct Totals {
  double predictions = 0, errors = 0;
};

/// What the bundle of a model brings.
struct BundleNews {
  std::string sha256;  ///< of the whole
  bool isSigned = false;
  std::string_view manifest;
  std::string baseline;  ///< empty: the one that is there stays
};

/// A window of several streams together.
struct WindowOf {
  EventSummary summary;
  bool hasBaseline = false;  ///< its bins are those of the baseline that is in force
};

class Store {
 public:
  /// `rules` must live longer.
  [[nodiscard]] static std::expected<Store, std::string> open(const std::string& path, const Rules& rules);

  // What returned is on the disk. A failure (503) has changed nothing.
  [[nodiscard]] service::Answer<Taken> take(const telemetry::ReceivedLogs& logs, Time now);
  [[nodiscard]] service::Answer<TakenOutcomes> take(std::span<const Outcome> outcomes, Time now);
  /// Summaries of days of which all events are still there are made anew.
  [[nodiscard]] service::Answer<void> setBaseline(const std::string& model, std::string_view json);
  /// From now on the model is watched as its bundle says, as far as the rules file says nothing else.
  [[nodiscard]] service::Answer<void> setBundle(const std::string& model, const BundleNews& bundle);
  /// Deletes what the rules keep no longer.
  [[nodiscard]] service::Answer<void> expire(Time now);

  [[nodiscard]] std::vector<Stream> streams();
  [[nodiscard]] std::optional<Baseline> baseline(const std::string& model);
  [[nodiscard]] std::vector<HostState> hosts();
  /// Hosts that report these streams, and the time of their last event of any.
  [[nodiscard]] std::map<std::string, Time> reports(std::span<const Stream> streams);
  /// By start; `from` included, `to` not.
  [[nodiscard]] std::map<Time, WindowOf> windows(std::span<const Stream> streams, Time step, Time from, Time to);
  /// Predictions by window.
  [[nodiscard]] std::map<Time, double> volumes(std::span<const Stream> streams, Time step, Time from, Time to);
  /// The newest first.
  [[nodiscard]] std::vector<Time> lastWindows(std::span<const Stream> streams, Time step, std::size_t most);
  [[nodiscard]] std::map<Time, OutcomeSummary> outcomes(std::span<const Stream> streams, Time from, Time to);
  /// Differences of losses, champion's minus challenger's, of requests that both scored.
  [[nodiscard]] std::map<Time, OutcomeSummary::Losses> pairs(const std::string& model, Time from);
  /// Of a stretch of hours or days, by stream.
  [[nodiscard]] std::map<std::int64_t, Totals> totals(Time step, Time from, Time to);

  /// Models of which something has come since the last call.
  [[nodiscard]] std::set<std::string> touched() { return std::exchange(touched_, {}); }
  /// Another connection may have changed what is in memory.
  void refresh();
  [[nodiscard]] InForce& inForce() noexcept { return inForce_; }

  [[nodiscard]] Database& database() noexcept { return database_; }

 private:
  struct Key {
    std::int64_t stream;
    Time step, start;
    auto operator<=>(const Key&) const = default;
  };
  struct Cached {
    EventSummary summary;
    std::int64_t baseline = 0;  // which one its bins are of
    bool isDirty = false;
  };
  struct KnownBaseline {
    std::int64_t id = 0;
    std::optional<Baseline> baseline;
  };
  struct Stored {
    std::int64_t stream = 0;
    Time time = 0;
    std::string key, record;
  };

  Store(Database&& database, const Rules& rules) : database_(std::move(database)), rules_(rules), inForce_(rules) {}
  bool prepare();
  void readBundles();
  /// `baseline` is what `json` says.
  void applyBaseline(const std::string& model, std::string_view json, Baseline baseline);
  void forget();
  Stream& streamOf(const telemetry::ModelIdentity& model);
  const KnownBaseline& known(const std::string& model);
  Cached& window(const Key& key, const KnownBaseline& baseline);
  void summarize(const Stream& stream, const telemetry::PredictionEvent& event, Time time);
  void takeEvent(Stream& stream, const telemetry::PredictionEvent& event, Time time, Taken& out);
  void saveWindows();
  void takeHost(const telemetry::Host& host, const std::map<std::int64_t, Time>& lasts, std::int64_t events, Time now);
  void awaited(const Stream& stream, const telemetry::PredictionEvent& event, Time time, const std::string& key);
  void takeOutcome(const Outcome& outcome, std::size_t place, Time now, TakenOutcomes& out);
  void judge(const telemetry::PredictionId& id, const Stored& event, std::string_view value);
  void pair(const Stream& stream, const Stored& event, double loss);
  std::unexpected<service::Failure> failed();

  Database database_;
  const Rules& rules_;
  InForce inForce_;
  std::int64_t bundlesAt_ = -1;  // which change of bundles they are as of
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Stream> streams_;
  std::map<std::int64_t, const Stream*> byId_;
  std::map<std::string, KnownBaseline> baselines_;
  std::map<Key, Cached> cache_;
  std::map<std::pair<std::int64_t, Time>, OutcomeSummary> judged_;
  std::set<std::string> touched_;
  std::int64_t waiting_ = 0;  // outcomes without a prediction
};

}  // namespace scorelet::monitor
