// Conditions that hold become alerts, once each; those that end are resolved; what people decide stays decided.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/database.hpp"
#include "monitor/times.hpp"

namespace scorelet::monitor {

enum class Severity : std::uint8_t { act, watch };
[[nodiscard]] std::string_view severityName(Severity severity) noexcept;

/// Something that is so now.
struct Condition {
  std::string key;  ///< the same as long as it is the same
  std::string kind;
  Severity severity = Severity::watch;
  std::string title, text, model, group, field;  ///< no title: as it was said before
  std::vector<std::string> actions;
  Time since = 0;
  std::string facts = {};  ///< the same in figures: a JSON object
};

struct Alert {
  std::int64_t id = 0;
  std::string key, kind, severity, state, title, text, model, group, field;
  Time since = 0;
  std::optional<Time> resolved, later;
  std::vector<std::string> actions;
  std::int64_t told = 0;
  std::string facts;  ///< empty: of an earlier version of this program
};

struct Change {
  Time time = 0;
  std::string kind, text, by, model, group;
  std::string facts = {};
};

/// The tables of alerts and changes; the caller holds a transaction around what belongs together.
class AlertBook {
 public:
  explicit AlertBook(Database& database) : database_(database) {}

  /// Opens what is new, resolves what ended, keeps what a person closed closed until it has ended. One that comes again
  /// within `quiet` is the old one, and nobody hears that it was over. The ids of those that were opened.
  std::vector<std::int64_t> update(const std::vector<Condition>& conditions, Time now, Time quiet);
  [[nodiscard]] bool isOpen(const std::string& key);
  [[nodiscard]] std::optional<Alert> find(std::int64_t id);
  /// Open ones first; those that ended since `from`.
  [[nodiscard]] std::vector<Alert> list(Time from);
  /// That must be told to somebody: new ones; told ones that were closed, or have been over since `quietSince`.
  [[nodiscard]] std::vector<Alert> untold(Time quietSince);
  void told(const Alert& alert);
  void putOff(std::int64_t id, Time until);
  /// By a person. It may then have other actions.
  void close(std::int64_t id, std::string_view actions = {});

  void record(const Change& change);
  [[nodiscard]] std::vector<Change> changes(Time from, Time to);
  /// When retraining was approved, of groups that meet their rule since before that.
  [[nodiscard]] std::map<std::string, Time> approvals();

 private:
  Database& database_;
};

}  // namespace scorelet::monitor
