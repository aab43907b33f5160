// multinomialLogistic, ordinalMultinomial, and generalizedLinear with two categories.
#include <algorithm>
#include <set>

#include "models/general_regression/compilation.hpp"
#include "models/general_regression/steps.hpp"

namespace scorelet::models::general_regression {

namespace {

using namespace compile;

class ClassCompiler {
 public:
  explicit ClassCompiler(Compilation& compilation) : c_(compilation) {}

  ModelResult compile() {
    auto step = std::make_unique<ClassStep>();
    if (c_.family != Family::multinomialLogistic) {
      const bool isOrdinal = c_.family == Family::ordinalMultinomial;
      const auto link = c_.link(isOrdinal ? "cumulativeLink" : "linkFunction");
      if (!link) return {};
      step->link = *link;
      step->kind = isOrdinal ? ClassStep::Kind::ordinal : ClassStep::Kind::binary;
    }
    std::optional<Value> named;
    if (const auto text = c_.model.attribute("targetReferenceCategory"))
      named = categoryLiteral(c_.context, *text, c_.model, "targetReferenceCategory");
    const std::vector<Value> all = categories(named);
    if (all.size() < 2 || (step->kind == ClassStep::Kind::binary && all.size() != 2)) {
      c_.model.error(Code::badValue, step->kind == ClassStep::Kind::binary
                                         ? "A generalizedLinear classification has two categories; more of them are a "
                                           "multinomialLogistic model."
                                         : "A classification needs at least two categories of its target.");
      return {};
    }
    const auto reference = referenceAmong(all, named);
    step->offset = c_.number("offsetVariable", "offsetValue", 0);
    if (!reference || !checkCoefficients(all, *reference) || step->offset == kNoSlot) return {};
    step->reference = *reference;

    ModelResult result;
    for (std::size_t c = 0; c < all.size(); ++c) {
      step->equations.push_back(c == *reference ? Equation{all[c], {}} : c_.reader.equation(all[c]));
      step->probabilities.push_back(c_.builder.newSlot());
    }
    step->design = c_.reader.take();
    step->winner = c_.builder.newSlot();
    result.categories = all;
    result.probabilities = step->probabilities;
    step->type = c_.context.target.value.type;
    result.value = {step->winner, step->type};
    result.opType = c_.context.target.opType;
    c_.context.scope.body().push_back(std::move(step));
    return result;
  }

 private:
  /// The target's listed values; where none are listed those of the ParamMatrix, the reference last.
  std::vector<Value> categories(std::optional<Value> reference) {
    std::vector<Value> out = c_.context.target.order;
    if (!out.empty()) return out;
    std::set<Value> seen;
    for (const Coefficient& c : c_.reader.coefficients())
      if (c.category && c.category != reference && seen.insert(*c.category).second) out.push_back(*c.category);
    if (reference) out.push_back(*reference);
    return out;
  }

  /// The category whose linear predictor is 0 or, ordinal, whose cumulative probability is 1.
  std::optional<std::size_t> referenceAmong(const std::vector<Value>& all, std::optional<Value> reference) {
    if (!reference && c_.family == Family::ordinalMultinomial) {
      if (c_.context.target.order.empty()) {
        c_.model.error(Code::missingAttribute,
                       "The order of the categories is not known: list them as the target's values, or name the last "
                       "one, which has no coefficients.",
                       "targetReferenceCategory");
        return std::nullopt;
      }
      reference = all.back();
    }
    if (!reference) {
      // It is the one without coefficients; with common ones only, nothing tells it.
      std::set<Value> known;
      for (const Coefficient& c : c_.reader.coefficients())
        if (c.category) known.insert(*c.category);
      std::vector<Value> without;
      for (const Value v : all)
        if (!known.contains(v)) without.push_back(v);
      if (without.size() != 1) {
        c_.model.error(Code::missingAttribute,
                       "Exactly one category of the target must have no coefficients, or targetReferenceCategory must "
                       "name the one that is compared with.",
                       "targetReferenceCategory");
        return std::nullopt;
      }
      reference = without[0];
    }
    const auto found = std::ranges::find(all, *reference);
    if (found == all.end()) {
      c_.model.error(Code::unresolvedReference, "The reference category is not a value of the target.",
                     "targetReferenceCategory");
      return std::nullopt;
    }
    if (c_.family == Family::ordinalMultinomial && found + 1 != all.end()) {
      c_.model.error(Code::unsupported,
                     "Cumulative probabilities end at the target's last value; another reference category has no "
                     "meaning that the specification defines.",
                     "targetReferenceCategory");
      return std::nullopt;
    }
    return static_cast<std::size_t>(found - all.begin());
  }

  /// Every category but the reference has coefficients, and no coefficient belongs to anything else.
  bool checkCoefficients(const std::vector<Value>& all, std::size_t reference) {
    const std::set<Value> valid(all.begin(), all.end());
    std::set<Value> known;
    bool hasCommon = false, isFine = true;
    for (const Coefficient& c : c_.reader.coefficients()) {
      hasCommon |= !c.category;
      if (!c.category) continue;
      known.insert(*c.category);
      if (!valid.contains(*c.category)) {
        c.at.error(Code::unresolvedReference, "The target has no such category.", "targetCategory");
        isFine = false;
      } else if (*c.category == all[reference] && c.beta != 0) {
        c.at.error(Code::badValue, "The reference category has no coefficients: all others are compared with it.",
                   "targetCategory");
        isFine = false;
      }
    }
    // Ordinal categories differ by what is theirs alone; one of two others may be described without being named.
    const bool mayBeCommon = hasCommon && c_.family != Family::ordinalMultinomial;
    for (std::size_t c = 0; c < all.size(); ++c)
      if (c != reference && !known.contains(all[c]) && !mayBeCommon) {
        c_.model.error(Code::missingElement, "The ParamMatrix has no PCell for the category \"" +
                                                 c_.builder.toText(all[c], c_.context.target.value.type) + "\".");
        isFine = false;
      }
    return isFine;
  }

  Compilation& c_;
};

}  // namespace

ModelResult compileClasses(Compilation& compilation) { return ClassCompiler(compilation).compile(); }

}  // namespace scorelet::models::general_regression
