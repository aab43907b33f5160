#include <algorithm>
#include <cmath>

#include "base/distinct_values.hpp"
#include "base/math.hpp"
#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "models/naive_bayes/naive_bayes.hpp"

namespace scorelet::models::naive_bayes {

namespace {

using compile::ModelContext;

/// Exports of R from before PMML 4.2, which brought continuous inputs, keep those in Extension elements.
template <class F>
void eachChild(xml::Element parent, std::string_view name, const F& f) {
  for (xml::Element e : xml::children(parent)) {
    if (e.name() == name) f(e);
    if (e.name() == "Extension")
      for (xml::Element inner : xml::children(e, name)) f(inner);
  }
}

xml::Element firstChild(xml::Element parent, std::string_view name) {
  xml::Element first;
  eachChild(parent, name, [&](xml::Element e) {
    if (!first) first = e;
  });
  return first;
}

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context) {}

  Bayes read() {
    const xml::Element model = context_.model;
    const double threshold = model.requiredNumber("threshold");
    if (!(threshold >= 0 && threshold <= 1))
      model.error(Code::badValue, "threshold is a probability, from 0 to 1.", "threshold");
    logThreshold_ = bayes_.logThreshold = dm::log(threshold);
    readOutput(model.child("BayesOutput"));
    if (bayes_.classes.empty()) return std::move(bayes_);
    const xml::Element inputs = model.child("BayesInputs");
    if (!inputs) model.error(Code::missingElement, "NaiveBayesModel needs BayesInputs.");
    eachChild(inputs, "BayesInput", [&](xml::Element e) { readInput(e); });
    return std::move(bayes_);
  }

 private:
  void readOutput(xml::Element e) {
    if (!e) {
      context_.model.error(Code::missingElement, "NaiveBayesModel needs a BayesOutput.");
      return;
    }
    const std::string_view target = e.attribute("fieldName", context_.targetName);
    const document::MiningField* field = context_.scope.schema().find(target);
    if (context_.targetName.empty() || (field != nullptr && field->usageType == UsageType::target)) {
      context_.targetName = target;  // the MiningSchema may list several or none
      context_.target = context_.scope.targetBinding(target);
      if (field != nullptr && field->opType) context_.target.opType = *field->opType;
    } else if (target != context_.targetName) {
      e.error(Code::unresolvedField,
              "The MiningSchema's target is \"" + std::string(context_.targetName) + "\", not \"" +
                  std::string(target) + "\".",
              "fieldName");
    }
    for (xml::Element c : xml::children(e.child("TargetValueCounts"), "TargetValueCount")) {
      const Value v = categoryLiteral(context_, c.required("value"), c, "value");
      if (classes_.find(v)) {
        c.error(Code::duplicateName, "The class is counted twice.", "value");
        continue;
      }
      classes_.add(v);
      bayes_.logCounts.push_back(dm::log(count(c)));
    }
    bayes_.classes = classes_.values();
    if (bayes_.classes.empty()) e.error(Code::missingElement, "BayesOutput needs a TargetValueCount.");
  }

  double count(xml::Element e) {
    const double n = e.requiredNumber("count");
    if (n >= 0 && std::isfinite(n)) return n;
    e.error(Code::badValue, "A count is a finite number, not below 0.", "count");
    return 0;
  }

  /// The number of a class, unless BayesOutput does not count it.
  std::optional<std::uint32_t> classOf(xml::Element e) {
    const auto known = classes_.find(categoryLiteral(context_, e.required("value"), e, "value"));
    if (!known)
      e.warn(Code::unresolvedReference, "BayesOutput does not count this class, so it is never predicted.", "value");
    return known;
  }

  void readInput(xml::Element e) {
    if (!context_.scope.builder().charge(e)) return;
    Input input;
    const std::string_view name = e.required("fieldName");
    compile::TypedSlot field;
    if (const xml::Element derived = e.child("DerivedField")) {
      const compile::Binding binding = compileDerivedField(context_.scope, derived);
      if (isSingle(binding, derived)) field = binding.value;
    } else if (const compile::Binding* binding = context_.scope.resolve(name, e, "fieldName")) {
      field = binding->value;
    }
    if (!field) return;
    const xml::Element stats = firstChild(e, "TargetValueStats");
    if (stats) {
      field = castTo(context_.scope, field, DataType::float64);
      input.isExtension = stats.parent().name() == "Extension" || e.parent().name() == "Extension";
      readStats(stats, input);
    } else {
      readPairCounts(e, field.type, input);
    }
    input.slot = field.slot;
    bayes_.inputs.push_back(std::move(input));
  }

  void readPairCounts(xml::Element e, DataType type, Input& input) {
    const std::size_t k = bayes_.classes.size();
    std::vector<std::pair<Value, std::vector<double>>> rows;
    std::vector<double> totals(k, 0);
    eachChild(e, "PairCounts", [&](xml::Element pair) {
      std::vector<double> counts(k, 0);
      std::size_t listed = 0;
      for (xml::Element c : xml::children(pair.child("TargetValueCounts"), "TargetValueCount")) {
        ++listed;
        if (const auto of = classOf(c)) counts[*of] = count(c);
      }
      if (!context_.scope.builder().chargeCells(pair, k - std::min(k, listed))) return;
      for (std::size_t c = 0; c < k; ++c) totals[c] += counts[c];
      rows.emplace_back(context_.scope.builder().literal(pair.required("value"), type, pair, "value"),
                        std::move(counts));
    });
    if (rows.empty()) e.error(Code::missingElement, "BayesInput needs PairCounts or TargetValueStats.");
    sort(rows, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& [value, counts] = rows[i];
      if (i > 0 && value == rows[i - 1].first) e.error(Code::duplicateName, "A value has PairCounts twice.");
      input.values.push_back(value);
      for (std::size_t c = 0; c < k; ++c)
        input.logs.push_back(counts[c] > 0 ? dm::log(counts[c] / totals[c]) : logThreshold_);
    }
  }

  void readStats(xml::Element e, Input& input) {
    const std::size_t k = bayes_.classes.size();
    input.stats.resize(k);
    std::vector<bool> isKnown(k, false);
    for (xml::Element s : xml::children(e, "TargetValueStat")) {
      const auto c = classOf(s);
      if (!c) continue;
      if (isKnown[*c]) s.error(Code::duplicateName, "The class has two distributions.", "value");
      isKnown[*c] = true;
      input.stats[*c] = readDensity(s);
    }
    for (std::size_t c = 0; c < k; ++c)
      if (!isKnown[c])
        e.error(Code::missingElement,
                "There is no TargetValueStat for the class \"" +
                    context_.scope.builder().toText(bayes_.classes[c], context_.target.value.type) + "\".");
  }

  static Density readDensity(xml::Element e) {
    Density d;
    if (const xml::Element gaussian = firstChild(e, "GaussianDistribution")) {
      d.mean = finite(gaussian, "mean");
      d.variance = finite(gaussian, "variance");
      if (!(d.variance > 0)) gaussian.error(Code::badValue, "A variance is above 0.", "variance");
      constexpr double kLogTwoPi = 1.8378770664093454836;
      d.logarithm = -0.5 * (kLogTwoPi + dm::log(d.variance));
    } else if (const xml::Element poisson = firstChild(e, "PoissonDistribution")) {
      d.kind = Density::Kind::poisson;
      d.mean = finite(poisson, "mean");
      if (!(d.mean >= 0)) poisson.error(Code::badValue, "The mean of a Poisson distribution is not below 0.", "mean");
      d.logarithm = dm::log(d.mean);
    } else {
      e.error(Code::unsupported, "Naive Bayes is defined for GaussianDistribution and PoissonDistribution only.");
    }
    return d;
  }

  static double finite(xml::Element e, std::string_view attribute) {
    const double x = e.requiredNumber(attribute);
    if (!std::isfinite(x)) e.error(Code::badValue, "This must be a finite number.", attribute);
    return x;
  }

  ModelContext& context_;
  Bayes bayes_;
  DistinctValues classes_;
  double logThreshold_ = 0;
};

}  // namespace

Bayes read(ModelContext& context) { return Reader(context).read(); }

std::size_t Bayes::bytes() const noexcept {
  std::size_t n = classes.size() * (sizeof(Value) + sizeof(double));
  for (const Input& i : inputs)
    n += (i.values.size() + i.logs.size()) * sizeof(double) + i.stats.size() * sizeof(Density);
  return n;
}

}  // namespace scorelet::models::naive_bayes
