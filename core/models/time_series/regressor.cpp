#include "models/time_series/regressor.hpp"

#include <algorithm>
#include <string>

#include "document/array.hpp"
#include "models/time_series/series.hpp"

namespace scorelet::models::time_series {

void Regressor::foresee(const Frame& frame, std::size_t row, std::span<double> inputs) const {
  const auto fromField = [&](std::size_t h) -> Value {
    const Value v = frame.at(field.slot)[row];
    if (!isPresent(v)) return v;
    if (field.type != DataType::list) return h == 0 || future == Future::constant ? v : missing();
    const auto items = frame.lists[v];
    return h < items.size() ? items[h] : missing();
  };
  for (std::size_t h = 0; h < inputs.size(); ++h) {
    Value x = missing();
    switch (future) {
      case Future::stored: x = h < storedInputs.size() ? storedInputs[h] : missing(); break;
      case Future::constant:
        x = field ? transformed(transformation, fromField(h)) : pastInputs.empty() ? missing() : pastInputs.back();
        break;
      case Future::given: x = transformed(transformation, fromField(h)); break;
      case Future::trend: {
        const double t = origin + static_cast<double>(h + 1);
        x = 0;
        for (std::size_t i = trend.size(); i-- > 0;) x = x * t + trend[i];
        x = transformed(transformation, checked(x));
        break;
      }
    }
    inputs[h] = x;
  }
}

void Regressor::add(const Frame& frame, std::size_t row, std::span<double> steps, std::span<double> memory) const {
  const std::size_t before = pastInputs.size(), known = pastEffects.size();
  const std::span<double> x = memory.first(before + steps.size()), v = memory.subspan(x.size(), known + steps.size());
  std::copy(pastInputs.begin(), pastInputs.end(), x.begin());
  std::copy(pastEffects.begin(), pastEffects.end(), v.begin());
  foresee(frame, row, x.subspan(before));
  for (std::size_t h = 0; h < steps.size(); ++h) {
    v[known + h] = plusLags(plusLags(0, denominator, v, known + h), numerator, x, before + h);
    steps[h] = plusTerm(steps[h], 1, v[known + h]);
  }
}

namespace {

constexpr std::pair<std::string_view, Regressor::Future> kFutures[] = {{"constant", Regressor::Future::constant},
                                                                       {"trend", Regressor::Future::trend},
                                                                       {"stored", Regressor::Future::stored},
                                                                       {"otherModel", Regressor::Future::given},
                                                                       {"userSupplied", Regressor::Future::given}};

class RegressorReader {
 public:
  RegressorReader(ModelContext& context, xml::Element e, const RegressorNeeds& needs)
      : context_(context), e_(e), needs_(needs), field_(e.required("field")) {}

  Regressor read() {
    r_.transformation = readTransformation(e_);
    r_.future = e_.word("futureValuesMethod", Regressor::Future::constant, kFutures);
    readTransferFunction();
    readValues();
    return std::move(r_);
  }

 private:
  /// coefficients · (1 − B^period)^difference; coefficients of the denominator enter with a minus sign, as those of AR.
  Polynomial readFactor(xml::Element factor, std::uint32_t period, double sign, bool startsAtZero) {
    if (!factor) return {1};
    const xml::Element array = factor.child("Array");
    std::vector<double> c = array ? document::readNumbers(array) : std::vector<double>{};
    const int order = factor.integer("maximumOrder", -1);
    const int difference = factor.integer("difference", 0);
    const bool isSeasonal = factor.name() == "SeasonalFactor";
    if (isSeasonal && period == 0) {
      factor.error(Code::badValue, "A SeasonalFactor needs a model with a period.");
      return {1};
    }
    if (difference < 0 || difference > 16) {
      factor.error(Code::badValue, "A regressor is differenced at most 16 times.", "difference");
      return {1};
    }
    if (order >= 0) {
      startsAtZero = c.size() == static_cast<std::size_t>(order) + 1;
      if (!startsAtZero && c.size() != static_cast<std::size_t>(order)) {
        factor.error(
            Code::badValue,
            "The Array has the coefficients of the orders up to maximumOrder, with or without that of order 0.",
            "maximumOrder");
        return {1};
      }
    }
    const std::size_t step = isSeasonal ? period : 1;
    const std::size_t length = (c.size() + static_cast<std::size_t>(difference)) * step;
    if (c.size() > kMostOrder || length > context_.scope.builder().limits().listItems) {
      factor.error(Code::limitReached, "The factor has more than " + std::to_string(kMostOrder) +
                                           " coefficients, or reaches back too far (limits.listItems).");
      return {1};
    }
    if (!context_.scope.builder().charge(factor, static_cast<std::uint32_t>(length))) return {1};
    double lead = 1;
    if (startsAtZero && !c.empty()) {
      lead = c.front();
      c.erase(c.begin());
    }
    Polynomial p = withLeadingOne(c, sign, step);
    p[0] = lead;
    return product(p, time_series::difference(static_cast<std::size_t>(difference), step));
  }

  Polynomial readFraction(xml::Element part, double sign) {
    if (!part) return {1};
    return product(readFactor(part.child("NonseasonalFactor"), 1, sign, sign > 0),
                   readFactor(part.child("SeasonalFactor"), needs_.period, sign, false));
  }

  void readTransferFunction() {
    Polynomial above = readFraction(e_.child("Numerator"), 1), below = readFraction(e_.child("Denominator"), -1);
    const int delay = e_.integer("delay", 0);
    if (delay < 0 || static_cast<std::uint32_t>(delay) > context_.scope.builder().limits().forecastSteps) {
      e_.error(Code::badValue, "The delay of a regressor is a number of steps, 0 or more (limits.forecastSteps).",
               "delay");
      return;
    }
    if (below[0] == 0) {
      e_.error(Code::badValue, "The Denominator's coefficient of order 0 is not 0.");
      return;
    }
    for (double& c : above) c /= below[0];
    for (std::size_t i = below.size(); i-- > 0;) below[i] /= below[0];
    above.insert(above.begin(), static_cast<std::size_t>(delay), 0.0);
    r_.numerator = lagsOf(above, 0, 1);
    r_.denominator = lagsOf(below, 1, -1);
    if (r_.numerator.size() + r_.denominator.size() > kMostTerms)
      e_.error(Code::limitReached, "The transfer function has too many terms.");
  }

  void readTrend(xml::Element coefficients) {
    const xml::Element sparse = coefficients ? coefficients.child("REAL-SparseArray") : xml::Element();
    const xml::Element indices = sparse ? sparse.child("Indices") : xml::Element();
    const xml::Element entries = sparse ? sparse.child("REAL-Entries") : xml::Element();
    if (!indices || !entries) {
      e_.error(Code::missingElement,
               "futureValuesMethod=\"trend\" needs TrendCoefficients with Indices and REAL-Entries.");
      return;
    }
    const std::vector<double> at = document::readNumbers(indices), c = document::readNumbers(entries);
    const int n = sparse.integer("n", 0);
    if (n < 0 || n > 64) sparse.error(Code::limitReached, "A trend has at most 64 coefficients.", "n");
    r_.trend.assign(static_cast<std::size_t>(std::clamp(n, 0, 64)), sparse.number("defaultValue", 0));
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at.size() != c.size() || !(at[i] >= 1 && at[i] <= 64)) {
        sparse.error(Code::badValue,
                     "Indices and REAL-Entries come in pairs; the index is the power of the time plus 1, up to 64.");
        return;
      }
      const auto power = static_cast<std::size_t>(at[i]) - 1;
      if (power >= r_.trend.size()) r_.trend.resize(power + 1, 0.0);
      r_.trend[power] = c[i];
    }
  }

  /// The forecast of another model of the document, or what an earlier segment or the record says.
  TypedSlot otherModel() {
    compile::Builder& builder = context_.scope.builder();
    if (context_.scope.parent() == nullptr)
      for (xml::Element m : xml::children(builder.pmml())) {
        if (!compile::isModelElement(m.name()) || m == context_.model) continue;
        for (xml::Element f : xml::children(m.child("MiningSchema"), "MiningField")) {
          const std::string_view usage = f.attribute("usageType", {});
          if (f.attribute("name", {}) != field_ || (usage != "target" && usage != "predicted")) continue;
          auto& open = builder.expanding;
          if (std::find(open.begin(), open.end(), field_) != open.end()) {
            e_.error(Code::cycle, "The models that predict \"" + std::string(field_) + "\" need each other.", "field");
            return {};
          }
          open.push_back(field_);
          const compile::ModelResult other = compile::compileModel(builder, nullptr, m, context_.scope.body());
          open.pop_back();
          return other.value;
        }
      }
    const compile::Binding* known = context_.scope.resolveAny(field_, e_);
    return known == nullptr ? TypedSlot{} : fieldValue(*known);
  }

  static TypedSlot fieldValue(const compile::Binding& field) {
    TypedSlot value = field.value;
    // A field of several values has the type of one.
    if (field.isList && value.type != DataType::list) value = {value.slot, DataType::list, value.type};
    return value;
  }

  void readValues() {
    const xml::Element values = e_.child("RegressorValues");
    const xml::Element stored = values ? values.child("TimeSeries") : xml::Element();
    Series series = stored ? readSeries(context_.scope.builder(), stored) : readHistory(context_, field_);
    if (series) transform(series, r_.transformation);
    split(series, stored && stored.attribute("usage", {}) == "prediction");
    r_.origin = needs_.last.value_or(0);
    const std::string_view method = e_.attribute("futureValuesMethod", "constant");
    switch (r_.future) {
      case Regressor::Future::trend: readTrend(values ? values.child("TrendCoefficients") : xml::Element()); break;
      case Regressor::Future::stored:
        if (r_.storedInputs.empty())
          e_.error(
              Code::missingElement,
              "futureValuesMethod=\"stored\" needs RegressorValues with a TimeSeries that goes beyond the forecast's "
              "beginning.");
        break;
      case Regressor::Future::constant:
        if (past_.empty()) readField();
        break;
      case Regressor::Future::given:
        if (method == "otherModel") {
          r_.field = otherModel();
        } else {
          context_.scope.builder().listFields.insert(field_);  // a value for each step
          readField();
        }
        break;
    }
    if (r_.field && !isNumeric(r_.field.type == DataType::list ? r_.field.item : r_.field.type))
      e_.error(Code::typeMismatch, "A regressor is a number.", "field");
    readEffects(values ? values.child("TransferFunctionValues") : xml::Element());
  }

  void readField() {
    if (const compile::Binding* field = context_.scope.resolveAny(field_, e_)) r_.field = fieldValue(*field);
  }

  /// What was observed with the series, and what comes after it.
  void split(const Series& series, bool isPrediction) {
    if (!series) return;
    const bool isAllFuture = isPrediction || (!needs_.last && r_.future == Regressor::Future::stored);
    const double last = isAllFuture ? series.first - 1 : needs_.last.value_or(series.last());
    if (series.last() < last || series.first > last + 1 || (isPrediction && needs_.last && series.first != last + 1)) {
      series.at.error(Code::badValue,
                      "The values of a regressor reach the end of the series that is forecast, or go on from there.");
      return;
    }
    const auto known = static_cast<std::ptrdiff_t>(last - series.first + 1);
    past_.assign(series.values.begin(), series.values.begin() + known);
    r_.storedInputs.assign(series.values.begin() + known, series.values.end());
  }

  /// Keeps as much of the past as the forecast needs: of x, and of the transfer function's output.
  void readEffects(xml::Element stored) {
    const std::size_t reach = longest(r_.numerator), needed = std::max(needs_.effects, longest(r_.denominator));
    std::vector<double> effects;
    if (stored) {
      const xml::Element array = stored.child("Array");
      if (array) effects = document::readNumbers(array);
    } else {
      const std::size_t terms = std::min(r_.numerator.size() + r_.denominator.size(), kMostTerms) + 1;
      if (!context_.scope.builder().charge(e_, chargeOf(past_.size(), terms))) return;
      for (std::size_t t = reach; t < past_.size(); ++t) {
        effects.push_back(0);
        effects.back() = plusLags(plusLags(0, r_.denominator, effects, effects.size() - 1), r_.numerator, past_, t);
      }
    }
    if (past_.size() < reach || effects.size() < needed) {
      e_.error(Code::missingElement,
               "The forecast needs the last " + std::to_string(reach) + " values of \"" + std::string(field_) +
                   "\" and the last " + std::to_string(needed) +
                   " outputs of its transfer function: store a longer TimeSeries, or TransferFunctionValues.");
      return;
    }
    // The last value itself is the constant that goes on.
    const std::size_t kept = std::max<std::size_t>(reach, past_.empty() ? 0 : 1);
    r_.pastInputs.assign(past_.end() - static_cast<std::ptrdiff_t>(kept), past_.end());
    r_.pastEffects.assign(effects.end() - static_cast<std::ptrdiff_t>(needed), effects.end());
  }

  ModelContext& context_;
  xml::Element e_;
  const RegressorNeeds& needs_;
  std::string_view field_;
  Regressor r_;
  std::vector<double> past_;
};

}  // namespace

std::vector<Regressor> readRegressors(ModelContext& context, xml::Element algorithm, const RegressorNeeds& needs) {
  std::vector<Regressor> regressors;
  for (xml::Element e : xml::children(algorithm, "DynamicRegressor")) {
    if (!context.scope.builder().charge(e)) break;
    if (e.attribute("targetField", context.targetName) != context.targetName) continue;
    regressors.push_back(RegressorReader(context, e, needs).read());
  }
  return regressors;
}

}  // namespace scorelet::models::time_series
