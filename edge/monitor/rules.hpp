// What was agreed: thresholds of models, when a group is retrained, who is told, what is then done. A JSON file
// (docs/monitoring.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/mail.hpp"
#include "service/http.hpp"

namespace scorelet {
class JsonWriter;
}
namespace scorelet::service {
class JsonValue;
}

namespace scorelet::monitor {

enum class Figure : std::uint8_t { auc, accuracy, brier, logLoss, calibrationError, rmse, mae };
[[nodiscard]] std::string_view figureName(Figure figure) noexcept;
[[nodiscard]] constexpr bool isHigherBetter(Figure f) noexcept { return f == Figure::auc || f == Figure::accuracy; }

struct QualityRule {
  Figure figure = Figure::auc;
  double threshold = 0;
  int windows = 1;           ///< below for so many, one after the other
  int days = 7;              ///< of a window
  std::uint64_t least = 50;  ///< cases; a window with fewer is not judged
  [[nodiscard]] bool isBelow(double value) const noexcept {
    return isHigherBetter(figure) ? value < threshold : value > threshold;
  }
};

/// What is not said is empty.
struct ModelRule {
  std::string match = "*", group;
  std::optional<QualityRule> quality;
  std::string event, score;  ///< the outcome that the score is the probability of; both empty: the first probability
  std::string prediction;    ///< the result that is compared with outcomes; empty: the first that is no probability
  std::string key;           ///< an input by which outcomes may come
  std::optional<double> drift, jump;   ///< PSI; from one window to the next
  std::optional<double> errors;        ///< share of predictions without a complete answer
  std::optional<double> outside;       ///< share of predictions in which an input is beyond what training had
  std::optional<std::uint64_t> least;  ///< events of a window that is judged
  std::optional<double> silentHours;

  [[nodiscard]] double driftLimit() const noexcept { return drift.value_or(0.25); }
  [[nodiscard]] double jumpLimit() const noexcept { return jump.value_or(0.25); }
  [[nodiscard]] std::uint64_t leastEvents() const noexcept { return least.value_or(100); }
  /// Takes what it does not say itself.
  void complete(const ModelRule& other);
  void write(JsonWriter& w) const;
};
/// One member of a rule of models, as in the file.
[[nodiscard]] service::Answer<void> readMember(service::JsonValue member, ModelRule& out);
/// The figure of that name.
[[nodiscard]] std::optional<Figure> readFigure(std::string_view name) noexcept;

struct GroupRule {
  std::string match = "*";
  std::string retrain = "all";  ///< "any", "all", "3 of 4"
  std::optional<int> windows;   ///< in place of those of the models
  void write(JsonWriter& w) const;
  /// Whether so many of its models below their threshold are enough.
  [[nodiscard]] bool isMet(std::size_t below, std::size_t models) const noexcept;
};
[[nodiscard]] service::Answer<void> readGroupRule(service::JsonValue from, GroupRule& out);
/// "any", "all" or "K of N": K; 0 means all. Nothing if it is none of these.
[[nodiscard]] std::optional<std::size_t> readRetrain(std::string_view text) noexcept;

/// What is done: a command, or a document PUT to a scoring service.
struct Hook {
  std::string on;     ///< "retrain", "promote", "rollback"
  std::string match;  ///< groups; models
  std::vector<std::string> command;
  std::string put, document, tokenFile;
  bool waits = true;  ///< for approval
};

struct Rules {
  std::vector<ModelRule> models;
  std::vector<GroupRule> groups;
  std::vector<Hook> hooks;
  std::string webhook, alertmanager;
  std::optional<MailSettings> mail;
  double quietMinutes = 10;  ///< that an alert has to be over before that is told
  double lateHours = 24;     ///< of hosts
  int eventDays = 30, hourDays = 14, windowDays = 800;

  [[nodiscard]] static service::Answer<Rules> parse(std::string_view json);
  /// The first that matches, or null.
  [[nodiscard]] const ModelRule* model(std::string_view name) const noexcept;
  [[nodiscard]] const GroupRule* group(std::string_view name) const noexcept;
  [[nodiscard]] const Hook* hook(std::string_view on, std::string_view name) const noexcept;
  void writeMembers(JsonWriter& w) const;
};

/// "*" stands for any characters, none included.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept;

}  // namespace scorelet::monitor
