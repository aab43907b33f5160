// BaselineModel (spec: Baseline Models): one test statistic of the records seen so far against a baseline.
#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "models/baseline/count_table.hpp"
#include "models/baseline/counted_tests.hpp"
#include "models/baseline/stream_tests.hpp"

namespace scorelet::models {

namespace baseline {

using namespace compile;

enum class TestStatistic : std::uint8_t { zValue, chiSquareIndependence, chiSquareDistribution, cusum, scalarProduct };

constexpr std::pair<std::string_view, TestStatistic> kStatistics[] = {
    {"zValue", TestStatistic::zValue},
    {"zScore", TestStatistic::zValue},  // so written by some producers
    {"chiSquareIndependence", TestStatistic::chiSquareIndependence},
    {"chiSquareDistribution", TestStatistic::chiSquareDistribution},
    {"CUSUM", TestStatistic::cusum},
    {"scalarProduct", TestStatistic::scalarProduct}};
constexpr std::pair<std::string_view, NormalizationScheme> kSchemes[] = {
    {"Independent", NormalizationScheme::independent}, {"SizeWeighted", NormalizationScheme::sizeWeighted}};

class Compiler {
 public:
  Compiler(ModelContext& context, xml::Element test)
      : context_(context), scope_(context.scope), test_(test), baseline_(test.child("Baseline")) {}

  TypedSlot compile() {
    if (!baseline_) {
      test_.error(Code::missingElement, "TestDistributions needs a Baseline.");
      return {};
    }
    const std::string_view word = test_.required("testStatistic");
    statistic_ = test_.word("testStatistic", statistic_, kStatistics);
    if (word == "zScore") test_.warn(Code::badValue, "PMML's word for it is zValue.", "testStatistic");
    const int window = test_.integer("windowSize", 0);
    if (window < 0) test_.error(Code::badValue, "windowSize is a number of records.", "windowSize");
    window_ = static_cast<std::size_t>(window < 0 ? 0 : window);
    if (window_ > scope_.builder().limits().listItems)
      test_.error(Code::limitReached, "windowSize is larger than limits.listItems.", "windowSize");
    const Binding* field = scope_.resolve(test_.required("field"), test_);
    readExtensions();
    if (test_.child("Alternate") && statistic_ != TestStatistic::cusum)
      test_.child("Alternate").warn(Code::badValue, "Only CUSUM compares with an Alternate; it is ignored here.");
    if (test_.attribute("normalizationScheme") && statistic_ != TestStatistic::scalarProduct)
      test_.warn(Code::badValue, "Only scalarProduct is normalized; it is ignored here.", "normalizationScheme");
    if (field == nullptr) return {};
    switch (statistic_) {
      case TestStatistic::zValue: return zValue(*field);
      case TestStatistic::cusum: return cusum(*field);
      case TestStatistic::chiSquareIndependence: return independence();
      default: return compareCounts();
    }
  }

 private:
  /// What Augustus, the first producer of these models, keeps in extensions.
  void readExtensions() {
    for (const xml::Element extension : xml::children(test_, "Extension"))
      for (const xml::Element e : xml::children(extension)) {
        if (e.name() == "X-ODG-CUSUMInitialization") start_ = e.requiredNumber("value");
        if (e.name() == "X-ODG-BinsOfInterest")
          e.error(Code::unsupported, "A test of some of the bins is not defined by PMML; remove the extension.");
      }
  }

  TypedSlot number(const Binding& field) {
    if (test_.attribute("weightField"))
      test_.error(Code::unsupported, "PMML defines weights for statistics that count values only.", "weightField");
    if (isNumeric(field.value.type)) return field.value;
    test_.error(Code::typeMismatch, "This test statistic needs a numeric field.", "field");
    return {};
  }

  TypedSlot zValue(const Binding& field) {
    const TypedSlot from = number(field);
    const Distribution distribution = readDistribution(baseline_);
    if (!from) return {};
    auto& step = scope_.emit<ZValueStep>();
    step.from = from.slot;
    step.baseline = distribution;
    step.window = window_;
    if (window_ > 1) scope_.builder().keepState(step);
    return {step.to = scope_.builder().newSlot(), DataType::float64};
  }

  Distribution withDensity(xml::Element parent) {
    const Distribution d = readDistribution(parent);
    if (!d.hasDensity() && parent.child("AnyDistribution"))
      parent.error(Code::unsupported, "CUSUM needs a density; AnyDistribution has none, only mean and variance.");
    return d;
  }

  TypedSlot cusum(const Binding& field) {
    const TypedSlot from = number(field);
    const Distribution distribution = withDensity(baseline_);
    const xml::Element alternate = test_.child("Alternate");
    if (!alternate) {
      test_.error(Code::missingElement, "CUSUM needs an Alternate.");
      return {};
    }
    const Distribution other = withDensity(alternate);
    const double resetValue = test_.number("resetValue", 0);
    if (!from) return {};
    auto& step = scope_.emit<CusumStep>();
    step.from = from.slot;
    step.baseline = distribution;
    step.alternate = other;
    step.resetValue = resetValue;
    step.start = start_;
    step.window = window_;
    scope_.builder().keepState(step);
    return {step.to = scope_.builder().newSlot(), DataType::float64};
  }

  TypedSlot countWith(CountedTestStep& step) {
    Builder& builder = scope_.builder();
    step.plan.window = window_;
    if (const auto name = test_.attribute("weightField")) {
      const Binding* weight = scope_.resolve(*name, test_, "weightField");
      if (weight == nullptr) return {};
      if (!isNumeric(weight->value.type)) {
        test_.error(Code::typeMismatch, "A weight is a number.", "weightField");
        return {};
      }
      step.weight = weight->value.slot;
      step.weightPlace = builder.place(*name);
    }
    builder.keepState(step);
    return {step.to = builder.newSlot(), DataType::float64};
  }

  /// Records against the table in Baseline.
  TypedSlot compareCounts() {
    const xml::Element element = countTable();
    if (!element) {
      baseline_.error(Code::missingElement, "This test statistic needs a CountTable or NormalizedCountTable.");
      return {};
    }
    const CountTable table = readCountTable(context_, element);
    bool namesField = false;
    for (const CountedField& f : table.fields) namesField |= f.name == test_.attribute("field", {});
    if (!namesField) element.error(Code::badValue, "The table does not count the field that TestDistributions names.");
    const bool isProduct = statistic_ == TestStatistic::scalarProduct;
    const NormalizationScheme scheme =
        isProduct ? test_.word("normalizationScheme", NormalizationScheme::none, kSchemes) : NormalizationScheme::none;
    auto& step = scope_.emit<CountedTestStep>();
    step.statistic =
        isProduct ? CountedTestStep::Statistic::scalarProduct : CountedTestStep::Statistic::chiSquareDistribution;
    step.scheme = scheme;
    for (const CountedField& f : table.fields) step.plan.fields.push_back(f.value);
    for (const CountTable::Cell& cell : table.cells) {
      step.plan.cells.push_back(cell.values);
      step.baseline.push_back(isProduct ? cell.count : cell.count / table.total);
    }
    return countWith(step);
  }

  /// Fields that Baseline lists: their table grows with the records. A table that it gives: tested as it stands.
  TypedSlot independence() {
    if (const xml::Element element = countTable()) return independenceOf(element);
    std::vector<TypedSlot> fields;
    for (const xml::Element e : xml::children(baseline_, "FieldRef"))
      if (const TypedSlot field = expressions::fieldRef(ExpressionContext{scope_}, e)) {
        if (field.type == DataType::list) e.error(Code::typeMismatch, "Only single values can be counted.", "field");
        fields.push_back(field);
      }
    if (fields.size() < 2) {
      baseline_.error(Code::missingElement,
                      "chiSquareIndependence needs two or more FieldRefs, or a CountTable of two or more fields.");
      return {};
    }
    auto& step = scope_.emit<CountedTestStep>();
    step.statistic = CountedTestStep::Statistic::chiSquareIndependence;
    step.plan.fields = std::move(fields);
    return countWith(step);
  }

  TypedSlot independenceOf(xml::Element element) {
    CountTable table = readCountTable(context_, element);
    if (window_ != 0 || test_.attribute("weightField"))
      test_.error(Code::unsupported,
                  "A table that Baseline gives is tested as it stands: no record is counted into it.");
    if (table.fields.size() < 2) {
      element.error(Code::badValue, "Independence is a question between two or more fields.");
      return {};
    }
    if (!(table.total > 0)) return {};
    // Proportions become the counts of the sample behind them.
    double scale = 1;
    if (element.name() == "NormalizedCountTable") {
      scale = element.requiredNumber("sample") / table.total;
      if (!(scale > 0)) element.error(Code::badValue, "The size of a sample is greater than 0.", "sample");
    }
    TallyPlan plan;
    std::vector<double> counts;
    for (const CountedField& f : table.fields) plan.fields.push_back(f.value);
    for (const CountTable::Cell& cell : table.cells) {
      plan.cells.push_back(cell.values);
      counts.push_back(cell.count * scale);
    }
    const Tally tally(plan);
    std::vector<std::vector<double>> margins(plan.fields.size());
    const double statistic = baseline::independence(tally, counts, margins);
    if (statistic != statistic) element.error(Code::badValue, "The counts of this table give no number.");
    return scope_.builder().constant(checked(statistic), DataType::float64);
  }

  [[nodiscard]] xml::Element countTable() const {
    const xml::Element counts = baseline_.child("CountTable");
    return counts ? counts : baseline_.child("NormalizedCountTable");
  }

  ModelContext& context_;
  Scope& scope_;
  xml::Element test_, baseline_;
  TestStatistic statistic_ = TestStatistic::zValue;
  std::size_t window_ = 0;
  double start_ = 0;
};

}  // namespace baseline

compile::ModelResult compileBaselineModel(compile::ModelContext& context) {
  compile::warnIfFloat(context);
  const xml::Element test = context.model.child("TestDistributions");
  if (!test) {
    context.model.error(Code::missingElement, "BaselineModel needs TestDistributions.");
    return {};
  }
  compile::ModelResult result;
  result.value = baseline::Compiler(context, test).compile();
  return result;
}

}  // namespace scorelet::models
