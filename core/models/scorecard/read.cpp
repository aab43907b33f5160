#include <cmath>

#include "base/distinct_values.hpp"
#include "compile/expression.hpp"
#include "compile/predicate.hpp"
#include "models/scorecard/scorecard.hpp"

namespace scorelet::models::scorecard {

namespace {

using compile::ModelContext;

constexpr std::pair<std::string_view, bool> kAlgorithms[] = {{"pointsAbove", true}, {"pointsBelow", false}};

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context) {}

  Card read() {
    const xml::Element model = context_.model;
    card_.isFloat = context_.isFloat;
    card_.initialScore = points(model, "initialScore").value_or(0);
    card_.useReasonCodes = model.boolean("useReasonCodes", true);
    card_.countsPointsAbove = model.word("reasonCodeAlgorithm", false, kAlgorithms);
    baselineScore_ = points(model, "baselineScore");
    for (xml::Element e : xml::children(model.child("Characteristics"), "Characteristic")) readCharacteristic(e);
    card_.reasonCodes = codes_.values();
    if (card_.characteristics.empty())
      model.error(Code::missingElement, "Scorecard needs Characteristics with a Characteristic.");
    return std::move(card_);
  }

 private:
  std::optional<double> points(xml::Element e, std::string_view attribute) {
    const auto x = e.number(attribute);
    if (x && !std::isfinite(*x)) e.error(Code::badValue, "Points are finite numbers.", attribute);
    return x && card_.isFloat ? toFloat(*x) : x;
  }

  void readCharacteristic(xml::Element e) {
    Characteristic c;
    c.first = static_cast<std::uint32_t>(card_.attributes.size());
    auto baseline = points(e, "baselineScore");
    if (!baseline) baseline = baselineScore_;
    if (!baseline && !card_.lacksBaseline) card_.lacksBaseline = e;
    c.baselineScore = baseline.value_or(0);
    for (xml::Element a : xml::children(e, "Attribute")) readAttribute(a, e);
    c.count = static_cast<std::uint32_t>(card_.attributes.size()) - c.first;
    if (c.count == 0) e.error(Code::missingElement, "Characteristic needs an Attribute.");
    card_.characteristics.push_back(c);
  }

  void readAttribute(xml::Element e, xml::Element characteristic) {
    if (!context_.scope.builder().charge(e)) return;
    Attribute a;
    a.predicate = compile::compilePredicate(context_.scope, compile::predicateOf(e), card_.predicates);
    a.partialScore = points(e, "partialScore").value_or(0);
    if (const xml::Element complex = e.child("ComplexPartialScore")) {
      const compile::ExpressionContext expression{context_.scope, nullptr, 0, DataType::float64};
      const compile::TypedSlot points = compileChildExpression(expression, complex);
      a.complexPartialScore = castSingle(context_.scope, points, DataType::float64, complex).slot;
    } else if (!e.attribute("partialScore")) {
      e.error(Code::missingElement, "Attribute needs a partialScore or a ComplexPartialScore.");
    }
    auto code = e.attribute("reasonCode");
    if (!code) code = characteristic.attribute("reasonCode");
    if (code)
      a.reasonCode = codes_.add(context_.scope.builder().symbol(*code));
    else if (!card_.lacksCode)
      card_.lacksCode = e;
    card_.attributes.push_back(a);
  }

  ModelContext& context_;
  Card card_;
  DistinctValues codes_;
  std::optional<double> baselineScore_;
};

}  // namespace

Card read(ModelContext& context) { return Reader(context).read(); }

}  // namespace scorelet::models::scorecard
