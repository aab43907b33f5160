// CoxRegression: the cumulative hazard of a record at its end time.
#include <algorithm>

#include "base/math.hpp"
#include "base/sort.hpp"
#include "models/general_regression/compilation.hpp"

namespace scorelet::models::general_regression {

namespace {

using namespace compile;

/// The baseline cumulative hazard of one stratum: steps in the order of time.
struct Stratum {
  Value value = missing();
  double maxTime = 0;
  std::vector<std::pair<double, double>> steps;  ///< time, cumulative hazard
};

struct CoxStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Design design;
  Equation equation;
  double reference = 0;  ///< Σ beta·referencePoint
  Slot endTime = kNoSlot;
  Slot stratum = kNoSlot;       ///< none: there is one
  std::vector<Stratum> strata;  ///< by value
  Slot value = kNoSlot;

 private:
  [[nodiscard]] const Stratum* stratumOf(Value v) const noexcept;
};

const Stratum* CoxStep::stratumOf(Value v) const noexcept {
  if (stratum == kNoSlot) return strata.data();
  const auto found = std::ranges::lower_bound(strata, v, {}, &Stratum::value);
  return found != strata.end() && found->value == v ? &*found : nullptr;
}

void CoxStep::run(const Frame& frame) const {
  std::vector<double>& x = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value& out = frame.at(value)[i];
    const Value t = frame.at(endTime)[i];
    const Value s = stratum == kNoSlot ? 0 : frame.at(stratum)[i];
    if (!arePresent(t, s)) {
      out = hole(t, s);
      continue;
    }
    const Stratum* known = stratumOf(s);
    if (known == nullptr || t > known->maxTime) {
      out = missing();
      continue;
    }
    // The last step that is not after t; before the first nothing has happened, to whomever.
    const auto after = std::ranges::upper_bound(known->steps, t, {}, &std::pair<double, double>::first);
    if (after == known->steps.begin()) {
      out = 0;
      continue;
    }
    design.evaluate(frame, i, x);
    const Value r = design.predictor(equation, x);
    out = isPresent(r) ? checked(design.round((after - 1)->second * design.round(dm::exp(design.round(r - reference)))))
                       : r;
  }
}

std::size_t CoxStep::bytes() const noexcept {
  std::size_t n = design.bytes() + equation.bytes();
  for (const Stratum& s : strata) n += sizeof(Stratum) + s.steps.size() * sizeof(s.steps[0]);
  return n;
}

class CoxCompiler {
 public:
  explicit CoxCompiler(Compilation& compilation) : c_(compilation) {}

  ModelResult compile() {
    auto step = std::make_unique<CoxStep>();
    auto equation = c_.onlyEquation();
    if (!equation) return {};
    step->equation = *std::move(equation);
    const auto round = [&](double x) { return c_.context.isFloat ? toFloat(x) : x; };
    for (const Coefficient& c : c_.reader.coefficients())
      step->reference = round(step->reference + round(c.beta * c_.reader.referencePoint(c.parameter)));
    if (const auto name = c_.model.attribute("endTimeVariable")) {
      const Binding* field = c_.context.scope.resolve(*name, c_.model, "endTimeVariable");
      if (field != nullptr) step->endTime = castTo(c_.context.scope, field->value, DataType::float64).slot;
    } else {
      (void)c_.model.required("endTimeVariable");
    }
    const bool isRead = readStrata(*step);
    if (step->endTime == kNoSlot || !isRead) return {};
    step->design = c_.reader.take();
    step->value = c_.builder.newSlot();
    ModelResult result;
    result.value = {step->value, DataType::float64};
    c_.context.scope.body().push_back(std::move(step));
    return result;
  }

 private:
  bool readStrata(CoxStep& step) {
    const xml::Element tables = c_.model.child("BaseCumHazardTables");
    if (!tables) {
      c_.model.error(Code::missingElement, "A Cox regression needs BaseCumHazardTables.");
      return false;
    }
    const auto variable = c_.model.attribute("baselineStrataVariable");
    const bool hasStrata = static_cast<bool>(tables.child("BaselineStratum"));
    if (hasStrata != variable.has_value() || (hasStrata && tables.child("BaselineCell"))) {
      tables.error(Code::badValue,
                   "A model with a baselineStrataVariable has BaselineStratum elements only, one without has "
                   "BaselineCell elements only.");
      return false;
    }
    if (!hasStrata) {
      auto only = readStratum(tables);
      if (!only) return false;
      step.strata.push_back(*std::move(only));
      return true;
    }
    const Binding* field = c_.context.scope.resolve(*variable, c_.model, "baselineStrataVariable");
    if (field == nullptr) return false;
    step.stratum = field->value.slot;
    bool isRead = true;
    for (xml::Element e : xml::children(tables, "BaselineStratum")) {
      auto stratum = readStratum(e);
      const Value value = c_.builder.literal(e.required("value"), field->value.type, e, "value");
      isRead &= stratum.has_value() && isPresent(value);
      if (!isRead) continue;
      stratum->value = value;
      step.strata.push_back(*std::move(stratum));
    }
    sort(step.strata, [](const Stratum& a, const Stratum& b) { return a.value < b.value; });
    if (std::ranges::adjacent_find(step.strata, {}, &Stratum::value) != step.strata.end()) {
      tables.error(Code::duplicateName, "Two BaselineStratum elements have the same value.");
      return false;
    }
    return isRead;
  }

  std::optional<Stratum> readStratum(xml::Element e) {
    Stratum stratum;
    const auto most = e.number("maxTime");
    if (!most) {
      (void)e.required("maxTime");
      return std::nullopt;
    }
    stratum.maxTime = *most;
    for (xml::Element c : xml::children(e, "BaselineCell")) {
      if (!c_.builder.charge(c)) return std::nullopt;
      const double hazard = c.requiredNumber("cumHazard");
      stratum.steps.emplace_back(c.requiredNumber("time"), c_.context.isFloat ? toFloat(hazard) : hazard);
    }
    sort(stratum.steps);
    const auto time = &std::pair<double, double>::first;
    if (std::ranges::adjacent_find(stratum.steps, {}, time) != stratum.steps.end()) {
      e.error(Code::badValue, "Two BaselineCell elements have the same time.");
      return std::nullopt;
    }
    return stratum;
  }

  Compilation& c_;
};

}  // namespace

ModelResult compileCox(Compilation& compilation) { return CoxCompiler(compilation).compile(); }

}  // namespace scorelet::models::general_regression
