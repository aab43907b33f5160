// NormContinuous, NormDiscrete, Discretize (spec: Transformations).
#include "compile/expression.hpp"
#include "program/steps.hpp"

namespace scorelet::compile::expressions {

namespace {

using program::NormContinuousStep;

constexpr std::pair<std::string_view, NormContinuousStep::Outliers> kOutliers[] = {
    {"asIs", NormContinuousStep::Outliers::asIs},
    {"asMissingValues", NormContinuousStep::Outliers::asMissingValues},
    {"asExtremeValues", NormContinuousStep::Outliers::asExtremeValues}};

}  // namespace

bool readNormContinuous(xml::Element e, NormContinuousStep& step) {
  for (xml::Element p : xml::children(e, "LinearNorm")) {
    step.orig.push_back(p.requiredNumber("orig"));
    step.norm.push_back(p.requiredNumber("norm"));
    if (step.orig.size() > 1 && !(step.orig[step.orig.size() - 2] < step.orig.back()))
      p.error(Code::wrongOrder, "The orig values of LinearNorm must increase.", "orig");
  }
  if (step.orig.size() < 2) {
    e.error(Code::missingElement, "NormContinuous needs at least two LinearNorm elements.");
    return false;
  }
  step.outliers = e.word("outliers", NormContinuousStep::Outliers::asIs, kOutliers);
  if (const auto x = e.number("mapMissingTo")) step.mapMissingTo = *x;
  return true;
}

TypedSlot normContinuous(const ExpressionContext& context, xml::Element e) {
  const Binding* field = context.resolve(e.required("field"), e);
  auto step = std::make_unique<NormContinuousStep>();
  if (!readNormContinuous(e, *step) || field == nullptr) return {};
  step->from = castTo(context.scope, field->value, DataType::float64).slot;
  step->to = context.scope.builder().newSlot();
  const TypedSlot out{step->to, DataType::float64};
  context.scope.body().push_back(std::move(step));
  return out;
}

TypedSlot normDiscrete(const ExpressionContext& context, xml::Element e) {
  const Binding* field = context.resolve(e.required("field"), e);
  const std::string_view value = e.required("value");
  if (const auto method = e.attribute("method"); method && *method != "indicator")
    e.error(
        Code::unsupported,
        "NormDiscrete method=\"" + std::string(*method) + "\" was dropped from PMML in 4.3; only indicator is defined.",
        "method");
  if (field == nullptr) return {};
  auto& step = context.scope.emit<program::NormDiscreteStep>();
  step.from = field->value.slot;
  step.to = context.scope.builder().newSlot();
  step.value = context.scope.builder().literal(value, field->value.type, e, "value");
  if (const auto x = e.number("mapMissingTo")) step.mapMissingTo = *x;
  return {step.to, DataType::float64};
}

TypedSlot discretize(const ExpressionContext& context, xml::Element e) {
  Builder& builder = context.scope.builder();
  const Binding* field = context.resolve(e.required("field"), e);
  const DataType type = document::readDataType(e, false).value_or(context.wanted.value_or(DataType::string));
  std::vector<program::DiscretizeStep::Bin> bins;
  for (xml::Element b : xml::children(e, "DiscretizeBin")) {
    std::vector<ListedValue> values;
    std::vector<Interval> intervals;
    document::readDomain(b, values, intervals);
    const Value value = builder.literal(b.required("binValue"), type, b, "binValue");
    if (intervals.empty()) b.error(Code::missingElement, "DiscretizeBin needs an Interval.");
    for (const Interval& i : intervals) bins.push_back({i, value});
  }
  if (field == nullptr) return {};
  const TypedSlot from = castTo(context.scope, field->value, DataType::float64);
  auto& step = context.scope.emit<program::DiscretizeStep>();
  step.from = from.slot;
  step.to = builder.newSlot();
  step.type = type;
  step.bins = std::move(bins);
  if (const auto text = e.attribute("mapMissingTo"))
    step.mapMissingTo = builder.literal(*text, type, e, "mapMissingTo");
  if (const auto text = e.attribute("defaultValue"))
    step.defaultValue = builder.literal(*text, type, e, "defaultValue");
  return {step.to, type};
}

}  // namespace scorelet::compile::expressions
