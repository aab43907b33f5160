// Evaluations behind the npm package: cases come as columns in a block, figures go out as one answer.
#include <scorelet/evaluation.hpp>

#include <emscripten/bind.h>

#include <string>
#include <vector>

#include "block.hpp"
#include "outbox.hpp"

namespace scorelet::wasm {
namespace {

/// Rows as two columns of doubles, one after the other, at the start of the block. Each answer is good until the next
/// call.
class Cases {
 public:
  std::uintptr_t reserve(std::size_t rows) {
    columns_.reserve(2 * rows * sizeof(double));
    return columns_.address();
  }

 protected:
  template <class Add>
  void each(std::size_t rows, const Add& add) {
    const auto* predicted = columns_.at<double>(0);
    const auto* actual = predicted + rows;
    for (std::size_t i = 0; i < rows; ++i) add(predicted[i], actual[i]);
  }

  /// Numbers given by JavaScript at the start of the block.
  [[nodiscard]] std::span<const double> numbers(std::size_t count) { return {columns_.at<double>(0), count}; }

  std::uintptr_t answer(const std::vector<double>& figures) {
    std::size_t cell = outbox_.begin(figures.size());
    for (const double figure : figures) {
      outbox_.number(cell, figure);
      cell = Outbox::next(cell);
    }
    return outbox_.address();
  }

 private:
  Block columns_;
  Outbox outbox_;
};

double number(std::uint64_t n) { return static_cast<double>(n); }

/// web/scorelet/src/evaluation.ts knows the order of the figures.
class BinaryCases : public Cases {
 public:
  explicit BinaryCases(std::size_t resolution) : evaluation_({resolution}) {}

  void add(std::size_t rows) {
    each(rows, [&](double score, double outcome) { evaluation_.add(score, outcome); });
  }
  bool merge(const BinaryCases& other) { return evaluation_.merge(other.evaluation_).has_value(); }

  std::uintptr_t figures() {
    const auto& c = evaluation_.counts();
    return answer({number(c.rows), number(c.events), number(c.nonEvents), number(c.missingPredictions),
                   number(c.missingOutcomes), evaluation_.auc(), evaluation_.aucStandardError(), evaluation_.aucBound(),
                   evaluation_.ks(), evaluation_.brier(), evaluation_.logLoss(), evaluation_.meanScore(),
                   evaluation_.eventRate()});
  }
  std::uintptr_t at(double threshold) { return answer(flat(evaluation_.at(threshold))); }
  std::uintptr_t curve(std::size_t most) {
    std::vector<double> list;
    for (const auto& p : evaluation_.curve(most)) {
      list.insert(list.end(), {p.threshold, number(p.truePositives), number(p.falsePositives)});
    }
    return answer(list);
  }
  std::uintptr_t top(double cases) { return answer(flat(evaluation_.top(cases))); }
  std::uintptr_t topWith(double share) { return answer(flat(evaluation_.topWith(share))); }
  std::uintptr_t calibration(std::size_t groups, bool equalWidths) {
    std::vector<double> list;
    for (const auto& g : equalWidths ? evaluation_.reliability(groups) : evaluation_.calibration(groups)) {
      list.insert(list.end(), {number(g.cases), number(g.events), g.lowest, g.highest, g.meanScore, g.rate,
                               g.intervalLow, g.intervalHigh});
    }
    return answer(list);
  }
  std::uintptr_t best(double truePositive, double falsePositive, double trueNegative, double falseNegative) {
    const auto best = evaluation_.best({truePositive, falsePositive, trueNegative, falseNegative});
    std::vector<double> list = flat(best.confusion);
    list.insert(list.end(), {best.threshold, best.payoff});
    return answer(list);
  }
  std::uintptr_t histogram(std::size_t edges) {
    std::vector<double> list;
    for (const auto& bin : evaluation_.histogram(numbers(edges))) {
      list.insert(list.end(), {number(bin.nonEvents), number(bin.events), number(bin.unknown)});
    }
    return answer(list);
  }
  [[nodiscard]] double quantile(double p) const { return evaluation_.quantile(p); }

 private:
  static std::vector<double> flat(const Confusion& c) {
    return {number(c.truePositives), number(c.falsePositives), number(c.trueNegatives), number(c.falseNegatives)};
  }
  static std::vector<double> flat(const BinaryEvaluation::Top& top) {
    return {top.cases, top.events, top.share, top.lift};
  }

  BinaryEvaluation evaluation_;
};

class RegressionCases : public Cases {
 public:
  explicit RegressionCases(std::size_t resolution) : resolution_{resolution}, evaluation_({}, resolution_) {}

  /// Begins anew with the edges at the start of the block.
  void setEdges(std::size_t edges) {
    const std::span<const double> given = numbers(edges);
    evaluation_ = RegressionEvaluation({given.begin(), given.end()}, resolution_);
  }
  void add(std::size_t rows) {
    each(rows, [&](double predicted, double actual) { evaluation_.add(predicted, actual); });
  }
  bool merge(const RegressionCases& other) { return evaluation_.merge(other.evaluation_).has_value(); }

  std::uintptr_t figures() {
    const auto& c = evaluation_.counts();
    return answer({number(c.rows), number(c.cases), number(c.missingPredictions), number(c.missingOutcomes),
                   evaluation_.mae(), evaluation_.maeStandardError(), evaluation_.rmse(), evaluation_.bias(),
                   evaluation_.maximumError(), evaluation_.r2(), evaluation_.meanActual()});
  }
  std::uintptr_t groups() {
    std::vector<double> list;
    for (const auto& g : evaluation_.groups()) {
      list.insert(list.end(), {number(g.cases), g.meanPredicted, g.meanResidual, g.deviation});
    }
    return answer(list);
  }
  std::uintptr_t histogram(std::size_t edges) {
    std::vector<double> list;
    for (const std::uint64_t n : evaluation_.residuals().histogram(numbers(edges))) list.push_back(number(n));
    return answer(list);
  }
  [[nodiscard]] double quantile(double p) const { return evaluation_.residuals().quantile(p); }

 private:
  Resolution resolution_;
  RegressionEvaluation evaluation_;
};

class ClassCases : public Cases {
 public:
  explicit ClassCases(std::size_t classes) : evaluation_(classes) {}

  void add(std::size_t rows) {
    each(rows, [&](double predicted, double actual) { evaluation_.add(classOf(predicted), classOf(actual)); });
  }
  bool merge(const ClassCases& other) { return evaluation_.merge(other.evaluation_).has_value(); }

  std::uintptr_t figures() {
    const auto& c = evaluation_.counts();
    std::vector<double> list = {number(c.rows), number(c.cases), number(c.missingPredictions),
                                number(c.missingOutcomes), evaluation_.accuracy()};
    const std::size_t n = evaluation_.classes();
    for (std::size_t i = 0; i < n; ++i) list.insert(list.end(), {evaluation_.precision(i), evaluation_.recall(i)});
    for (std::size_t i = 0; i < n * n; ++i) list.push_back(number(evaluation_.cell(i / n, i % n)));
    return answer(list);
  }

 private:
  static std::int64_t classOf(double x) {
    return x >= 0 && x < static_cast<double>(ClassEvaluation::kMost) ? static_cast<std::int64_t>(x) : -1;
  }

  ClassEvaluation evaluation_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(scorelet_evaluation) {
  using namespace emscripten;

  class_<Cases>("Cases").function("reserve", &Cases::reserve);
  class_<BinaryCases, base<Cases>>("BinaryCases")
      .constructor<std::size_t>()
      .function("add", &BinaryCases::add)
      .function("merge", &BinaryCases::merge)
      .function("figures", &BinaryCases::figures)
      .function("at", &BinaryCases::at)
      .function("curve", &BinaryCases::curve)
      .function("top", &BinaryCases::top)
      .function("topWith", &BinaryCases::topWith)
      .function("calibration", &BinaryCases::calibration)
      .function("best", &BinaryCases::best)
      .function("histogram", &BinaryCases::histogram)
      .function("quantile", &BinaryCases::quantile);
  class_<RegressionCases, base<Cases>>("RegressionCases")
      .constructor<std::size_t>()
      .function("setEdges", &RegressionCases::setEdges)
      .function("add", &RegressionCases::add)
      .function("merge", &RegressionCases::merge)
      .function("figures", &RegressionCases::figures)
      .function("groups", &RegressionCases::groups)
      .function("histogram", &RegressionCases::histogram)
      .function("quantile", &RegressionCases::quantile);
  class_<ClassCases, base<Cases>>("ClassCases")
      .constructor<std::size_t>()
      .function("add", &ClassCases::add)
      .function("merge", &ClassCases::merge)
      .function("figures", &ClassCases::figures);
}

}  // namespace scorelet::wasm
