// What the windows of a model say: its quality beside what was agreed, its data beside the baseline, its challenger.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "monitor/store.hpp"

namespace scorelet::monitor {

enum class Status : std::uint8_t { unknown, fine, falling, below };
[[nodiscard]] std::string_view statusName(Status status) noexcept;

struct QualityWindow {
  Time start = 0;
  std::uint64_t cases = 0;
  double predictions = 0;
  OutcomeSummary::Figure figure{};
  bool isJudged = false, isBelow = false;
};

struct Quality {
  Status status = Status::unknown;
  std::vector<QualityWindow> windows;  ///< from the first with cases on; those after it may be empty
  std::size_t belowFor = 0;            ///< judged windows up to the last
  [[nodiscard]] const QualityWindow* last() const noexcept;  ///< that is judged
};

struct FieldDrift {
  std::string name;
  bool isResult = false, hasDrifted = false;
  double psi = 0, bound = 0;
  std::optional<Time> jumped;           ///< if it drifted by a jump: the day
  double medianBefore = 0, median = 0;  ///< of the days before and after it
};

/// An input whose values were beyond what training had: numbers beyond its range, categories that it had not.
struct FieldOutside {
  std::string name;
  double share = 0;  ///< of the predictions
};

struct Drift {
  Time start = 0;  ///< the day that is judged; 0: none
  std::uint64_t events = 0, errors = 0;
  double p95 = 0;  ///< seconds; NaN if it is not told
  std::vector<FieldDrift> fields;
  std::vector<FieldOutside> outside;  ///< inputs that were so at all
};

struct Comparison {
  bool isPaired = false;
  double cases = 0;  ///< pairs, or challenger's
  Time since = 0;
  telemetry::SequentialDifference
      difference;  ///< champion's loss minus the challenger's: above 0 the challenger is better
  struct Side {
    std::string version;
    OutcomeSummary summary;
  };
  Side champion, challenger;
  struct Point {
    Time start;
    double cases;
    telemetry::SequentialDifference difference;
  };
  std::vector<Point> series;    ///< as it was seen day by day
  std::optional<Time> certain;  ///< the day from which on it stayed decided
};

/// A model as its last windows show it.
struct ModelState {
  std::string name, group;
  std::vector<Stream> streams;
  Quality quality;
  Drift drift;
  std::optional<Comparison> comparison;
  double predictions24h = 0, errors24h = 0;
  Time last = 0;
};

struct GroupState {
  std::string name, region;
  GroupRule rule;
  Source source = Source::standard;
  std::vector<const ModelState*> models;
  std::size_t below = 0, falling = 0;
  [[nodiscard]] bool mustRetrain() const noexcept { return rule.isMet(below, models.size()); }
  [[nodiscard]] bool mustWatch() const noexcept { return !mustRetrain() && below + falling > 0; }
};

/// Those that are silent for so long, or whose newest event is so much older than that of others: they are offline, or
/// send what they kept.
[[nodiscard]] std::vector<HostState> lateOf(std::vector<HostState> hosts, Time now, double hours);
[[nodiscard]] std::vector<Stream> inRole(std::span<const Stream> streams, bool isChallenger);

/// `windows`: for how many the threshold must be missed; 0: as the rule of the model says.
[[nodiscard]] Quality qualityOf(Store& store, const QualityRule& rule, int windows, std::span<const Stream> streams,
                                Time now, std::size_t most);
[[nodiscard]] Drift driftOf(Store& store, const ModelRule& rule, std::span<const Stream> streams);
[[nodiscard]] std::optional<Comparison> comparisonOf(Store& store, const std::string& model,
                                                     std::span<const Stream> streams, Time now);
/// Of the same bins; undefined where there are none.
[[nodiscard]] telemetry::BinComparison change(const telemetry::FieldSummary& before,
                                              const telemetry::FieldSummary& now);

/// The version of the champions, or challengers, that was heard of last.
[[nodiscard]] std::string newestVersion(std::span<const Stream> streams);
/// What is usual in a window: the median of those at the same time in the four weeks before; NaN if there are none.
[[nodiscard]] double usualOf(const std::map<Time, double>& volumes, Time start);

[[nodiscard]] ModelState assess(Store& store, int windows, std::string name, std::vector<Stream> streams, Time now);
/// Rules of groups that persons have changed, by name.
[[nodiscard]] std::map<std::string, GroupRule> changedRules(Store& store);
[[nodiscard]] std::map<std::string, GroupState> groupsOf(const InForce& inForce,
                                                         const std::map<std::string, GroupRule>& changed,
                                                         const std::map<std::string, ModelState>& models);

}  // namespace scorelet::monitor
