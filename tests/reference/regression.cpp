// RegressionModel (spec: Regression).
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "expressions.hpp"
#include "models.hpp"

namespace scorelet::reference {

namespace {

/// Sums from left to right whose terms may be missing or invalid: invalid outweighs missing outweighs numbers. Where
/// there is no sum any more, nothing is added, and what is no number (∞ − ∞, 0 · ∞) is invalid.
struct Sum {
  double total;
  Value hole = Value::number(0);

  void add(const Model& model, double x) {
    if (isNumber(x) && hole.isPresent() && isNumber(total + x)) total = model.round(total + x);
  }
  bool isNumber(double x) {
    if (x != x) absorb(Value::invalid(DataType::float64, "not a number"));
    return x == x;
  }
  bool absorb(const Value& v) {
    if (v.isPresent()) return false;
    if (!hole.isInvalid()) hole = cast(v, DataType::float64);
    return true;
  }
};

double power(double x, double exponent) { return exponent == 1 ? x : exponent == 2 ? x * x : dm::pow(x, exponent); }

Value fieldValue(const Model& model, const std::string& name) {
  const Field* field = model.scope.find(name);
  return field != nullptr ? field->value : Value::invalid(DataType::float64, "there is no field " + name);
}

Value linearPredictor(const Model& model, Node table) {
  Sum sum{model.round(numberOr(table, "intercept", 0))};
  for (Node p : children(table)) {
    const double coefficient = model.round(numberOr(p, "coefficient", 0));
    const std::string name = attributeOr(p, "name", "");
    if (localName(p) == "NumericPredictor") {
      const Value v = cast(fieldValue(model, name), DataType::float64);
      if (sum.absorb(v)) continue;
      const double x = model.round(power(v.asDouble(), numberOr(p, "exponent", 1)));
      sum.add(model, model.round(coefficient * x));
    } else if (localName(p) == "CategoricalPredictor") {
      const Value v = fieldValue(model, name);
      if (v.isInvalid())
        sum.absorb(v);
      else if (equals(v, parse(attributeOr(p, "value", ""), v.type)))
        sum.add(model, coefficient);
    } else if (localName(p) == "PredictorTerm") {
      double product = coefficient;
      bool isWhole = true;  // until a factor is missing or invalid
      for (Node f : children(p, "FieldRef")) {
        const Value v = cast(evaluate(Context{model.scope}, f), DataType::float64);
        if (isWhole || v.isInvalid()) isWhole &= !sum.absorb(v);
        if (isWhole) isWhole = sum.isNumber(product = model.round(product * v.asDouble()));
      }
      if (isWhole) sum.add(model, product);
    }
  }
  return sum.hole.isPresent() ? Value::number(sum.total) : sum.hole;
}

double inverseLink(const std::string& method, double y) {
  if (method == "softmax" || method == "logit") return 1 / (1 + dm::exp(-y));
  if (method == "exp") return dm::exp(y);
  if (method == "probit") return dm::normalCdf(y);
  if (method == "cloglog") return -dm::expm1(-dm::exp(y));  // 1 - exp(-exp(y)), accurate for small y
  if (method == "loglog") return dm::exp(-dm::exp(-y));
  if (method == "cauchit") return 0.5 + dm::atan(y) / 3.141592653589793;
  return y;
}

void normalize(const Model& model, const std::string& method, bool isOrdinal, std::vector<double>& y) {
  const std::size_t k = y.size();
  double sum = 0;
  if (isOrdinal) {
    // A table gives the probability of its category and all before it; the last one closes the sum.
    double before = 0;
    for (std::size_t i = 0; i < k; ++i) {
      const double cumulative = i + 1 == k ? 1 : inverseLink(method, y[i]);
      y[i] = model.round(cumulative - before);
      before = cumulative;
    }
  } else if (method == "softmax") {
    const double most = *std::max_element(y.begin(), y.end());  // against overflow; shares do not change
    for (double& v : y) sum = model.round(sum + (v = model.round(dm::exp(model.round(v - most)))));
    for (double& v : y) v = model.round(v / sum);
  } else if (method == "simplemax") {
    for (const double v : y) sum = model.round(sum + v);
    for (double& v : y) v = model.round(v / sum);
  } else if (k == 2 || method == "none") {
    double rest = 1;
    for (std::size_t i = 0; i + 1 < k; ++i) rest = model.round(rest - (y[i] = model.round(inverseLink(method, y[i]))));
    y[k - 1] = rest;
  } else {
    for (double& v : y) sum = model.round(sum + (v = model.round(inverseLink(method, v))));
    for (double& v : y) v = model.round(v / sum);
  }
}

}  // namespace

Prediction scoreRegression(Model& model) {
  Prediction prediction;
  std::string method = attributeOr(model.node, "normalizationMethod", "none");
  std::vector<Node> tables = children(model.node, "RegressionTable");
  if (!model.isClassification) {
    const Value y = linearPredictor(model, tables.at(0));
    prediction.value = y.isPresent() ? Value::number(model.round(inverseLink(method, y.asDouble()))) : y;
    return prediction;
  }

  std::vector<std::pair<Value, Node>> classes;
  for (Node t : tables) classes.emplace_back(parse(attributeOr(t, "targetCategory", ""), model.targetType), t);
  if (classes.size() == 1) {
    // Files of 4.0 and before: one table for the first category; the other listed value closes the sum.
    for (const Value& v : model.targetValues)
      if (!equals(v, classes[0].first)) {
        classes.emplace_back(v, Node());
        break;
      }
    if (method == "softmax") method = "logit";
  }
  const bool isOrdinal = model.targetIsOrdinal && method != "softmax" && method != "simplemax" && method != "none";
  if (isOrdinal && !model.targetValues.empty()) {
    const auto rank = [&](const Value& v) {
      return std::find_if(model.targetValues.begin(), model.targetValues.end(),
                          [&](const Value& o) { return equals(o, v); });
    };
    std::stable_sort(classes.begin(), classes.end(),
                     [&](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
  }
  std::vector<double> y;
  Value hole = Value::number(0);
  for (const auto& [category, table] : classes) {
    const Value p = table ? linearPredictor(model, table) : Value::number(0);
    if (p.isPresent())
      y.push_back(p.asDouble());
    else if (!hole.isInvalid())
      hole = p;
  }
  if (hole.isPresent()) {
    normalize(model, method, isOrdinal, y);
    if (std::any_of(y.begin(), y.end(), [](double p) { return p != p; }))
      hole = Value::invalid(DataType::float64, "not a number");
  }
  for (const auto& [category, table] : classes) prediction.classes.push_back(category);
  for (std::size_t i = 0; i < classes.size(); ++i)
    prediction.probability.emplace_back(classes[i].first, hole.isPresent() ? Value::number(y[i]) : hole);
  if (!hole.isPresent())
    prediction.value = cast(hole, model.targetType);
  else
    prediction.value = classes[static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin())].first;
  return prediction;
}

}  // namespace scorelet::reference
