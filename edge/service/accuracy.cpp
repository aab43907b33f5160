#include "service/accuracy.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

#include <scorelet/evaluation.hpp>
#include <scorelet/records.hpp>

#include "service/csv_records.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {
namespace {

constexpr std::size_t kMostRows = 10'000'000;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Regression {
  std::string_view name;
  double (*of)(const RegressionEvaluation&);
};
constexpr Regression kRegression[] = {{"mae", [](const RegressionEvaluation& e) { return e.mae(); }},
                                      {"rmse", [](const RegressionEvaluation& e) { return e.rmse(); }},
                                      {"r2", [](const RegressionEvaluation& e) { return e.r2(); }},
                                      {"bias", [](const RegressionEvaluation& e) { return e.bias(); }}};
struct Binary {
  std::string_view name;
  double (*of)(const BinaryEvaluation&);
};
constexpr Binary kBinary[] = {{"auc", [](const BinaryEvaluation& e) { return e.auc(); }},
                              {"ks", [](const BinaryEvaluation& e) { return e.ks(); }},
                              {"brier", [](const BinaryEvaluation& e) { return e.brier(); }},
                              {"logLoss", [](const BinaryEvaluation& e) { return e.logLoss(); }}};

std::unexpected<Failure> wrongThreshold(const std::string& what) {
  return fail(400, "Of the thresholds: " + what, "thresholds");
}

/// Labelled rows, scored.
struct Scored {
  const CsvRecords& records;
  const Scorer& scorer;
  std::size_t target;

  [[nodiscard]] double accuracy() const {
    std::size_t right = 0, known = 0;
    for (std::size_t row = 0; row < records.rows(); ++row) {
      known += records.kept(row).empty() ? 0 : 1;
      right += !records.kept(row).empty() && scorer.text(target, row) == records.kept(row) ? 1 : 0;
    }
    return known == 0 ? kUnknown : static_cast<double>(right) / static_cast<double>(known);
  }

  [[nodiscard]] double regression(const Regression& figure) const {
    RegressionEvaluation evaluation;
    for (std::size_t row = 0; row < records.rows(); ++row) evaluation.add(scorer.column(target)[row], number(row));
    // A row that cannot be scored is no reason to look better.
    return evaluation.counts().missingPredictions > 0 ? kUnknown : figure.of(evaluation);
  }

  [[nodiscard]] double binary(const Binary& figure, std::size_t result, std::string_view event) const {
    BinaryEvaluation evaluation;
    for (std::size_t row = 0; row < records.rows(); ++row)
      evaluation.add(scorer.column(result)[row], records.kept(row).empty()    ? kUnknown
                                                 : records.kept(row) == event ? 1
                                                                              : 0);
    return evaluation.counts().missingPredictions > 0 ? kUnknown : figure.of(evaluation);
  }

 private:
  /// What came true, as a number.
  [[nodiscard]] double number(std::size_t row) const {
    const std::string& text = records.kept(row);
    const auto tree = JsonTree::read(text, 1);
    return tree && tree->root().is(JsonKind::number) ? tree->root().node().number : kUnknown;
  }
};

Answer<double> figureOf(const Scored& scored, JsonValue threshold) {
  const std::string_view name = threshold.member("figure").text();
  if (name == "accuracy") return scored.accuracy();
  for (const Regression& figure : kRegression)
    if (figure.name == name) return scored.regression(figure);
  for (const Binary& figure : kBinary) {
    if (figure.name != name) continue;
    const int result = scored.scorer.model().resultIndex(threshold.member("result").text());
    const JsonValue event = threshold.member("event");
    if (result < 0 || !event.is(JsonKind::text))
      return wrongThreshold("\"" + std::string(name) +
                            "\" needs a \"result\" of the model and the \"event\" that it is the probability of.");
    return scored.binary(figure, static_cast<std::size_t>(result), event.text());
  }
  return wrongThreshold("there is no figure \"" + std::string(name) +
                        "\"; there are accuracy, auc, ks, brier, logLoss, mae, rmse, r2, bias.");
}

Answer<void> check(const Scored& scored, JsonValue threshold) {
  const JsonValue least = threshold.member("minimum"), most = threshold.member("maximum");
  if (!least.is(JsonKind::number) && !most.is(JsonKind::number))
    return wrongThreshold("one has a \"minimum\" or a \"maximum\".");
  const auto found = figureOf(scored, threshold);
  if (!found) return std::unexpected(found.error());
  const bool isGood =
      !std::isnan(*found) && (!least || *found >= least.node().number) && (!most || *found <= most.node().number);
  if (isGood) return {};
  std::string said = "The model is not as good as its bundle says: ";
  said.append(threshold.member("figure").text()).append(" of the labelled rows is ");
  if (std::isnan(*found))
    said += "not to be had";
  else
    appendNumber(said, *found);
  if (least) said.append(", at least ").append(least.raw());
  if (most) said.append(", at most ").append(most.raw());
  return fail(400, said + " is wanted.", "thresholds");
}

}  // namespace

Answer<void> checkAccuracy(const Model& model, std::string_view manifest, std::string_view labelled) {
  const auto tree = JsonTree::read(manifest, 10'000);
  if (!tree) return std::unexpected(tree.error());
  const JsonValue thresholds = tree->root().member("thresholds");
  if (thresholds.size() == 0) return {};
  if (labelled.empty()) return wrongThreshold("there are no labelled rows to hold the model against.");
  if (model.targets().empty()) return wrongThreshold("the model has no target.");
  const std::string& target = model.targets().front().name;
  const int column = model.resultIndex(target);
  CsvRecords records(model, std::string(labelled), ',', target);
  if (auto ok = records.read(kMostRows); !ok) return wrongThreshold("the labelled rows: " + ok.error().message);
  if (!records.keptName() || column < 0) return wrongThreshold("the labelled rows have no column \"" + target + "\".");
  Scorer scorer(model);
  scorer.keepDetails(false);
  scorer.score(records.batch());
  const Scored scored{records, scorer, static_cast<std::size_t>(column)};
  for (const JsonValue threshold : thresholds)
    if (auto ok = check(scored, threshold); !ok) return ok;
  return {};
}

}  // namespace scorelet::service
