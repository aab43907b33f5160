#include "models/general_regression/general_regression.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "base/math.hpp"
#include "models/general_regression/read.hpp"

namespace scorelet::models {

namespace general_regression {
namespace {

using namespace compile;

/// @modelType.
enum class Family : std::uint8_t {
  regression,
  generalLinear,
  generalizedLinear,
  multinomialLogistic,
  ordinalMultinomial,
  coxRegression,
  logLinear
};
constexpr std::pair<std::string_view, Family> kModelTypes[] = {{"regression", Family::regression},
                                                               {"generalLinear", Family::generalLinear},
                                                               {"generalizedLinear", Family::generalizedLinear},
                                                               {"multinomialLogistic", Family::multinomialLogistic},
                                                               {"ordinalMultinomial", Family::ordinalMultinomial},
                                                               {"CoxRegression", Family::coxRegression},
                                                               {"logLinear", Family::logLinear}};

// cauchit is no LINK-FUNCTION of the schema, but a cumulative link, and producers write it.
constexpr std::pair<std::string_view, Link::Kind> kLinks[] = {
    {"identity", Link::Kind::identity},   {"log", Link::Kind::log},         {"logc", Link::Kind::logc},
    {"logit", Link::Kind::logit},         {"probit", Link::Kind::probit},   {"cloglog", Link::Kind::cloglog},
    {"loglog", Link::Kind::loglog},       {"cauchit", Link::Kind::cauchit}, {"negbin", Link::Kind::negbin},
    {"oddspower", Link::Kind::oddspower}, {"power", Link::Kind::power}};
constexpr std::pair<std::string_view, Link::Kind> kCumulativeLinks[] = {{"logit", Link::Kind::logit},
                                                                        {"probit", Link::Kind::probit},
                                                                        {"cloglog", Link::Kind::cloglog},
                                                                        {"loglog", Link::Kind::loglog},
                                                                        {"cauchit", Link::Kind::cauchit}};

/// Bounds of the mean: those of the linear predictor through the inverse link, times the trials.
struct BoundStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value y = frame.at(predictor)[i], error = frame.at(predictorError)[i], n = frame.at(trials)[i];
      Value& out = frame.at(to)[i];
      if (!arePresent(y, error)) {
        out = hole(y, error);
        continue;
      }
      const Value below = link.inverse(y - quantile * error), above = link.inverse(y + quantile * error);
      out = arePresent(below, above) ? checked(n * (isUpper ? std::max(below, above) : std::min(below, above)))
                                     : hole(below, above);
    }
  }
  Link link;
  Slot predictor = kNoSlot, predictorError = kNoSlot, trials = kNoSlot, to = kNoSlot;
  double quantile = 0;
  bool isUpper = false;
};

/// confidenceIntervalLower and -Upper: the shared ones know neither the link nor @modelDF.
class Intervals final : public OutputSource {
 public:
  Intervals(const MeanStep& step, std::optional<double> degrees, bool isRescaled)
      : link_(step.link),
        predictor_(step.predictor),
        predictorError_(step.predictorError),
        trials_(step.trials),
        degrees_(degrees),
        isRescaled_(isRescaled) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    const bool isUpper = request.feature == Feature::confidenceIntervalUpper;
    const bool isInterval = isUpper || request.feature == Feature::confidenceIntervalLower;
    if (!isInterval && request.feature != Feature::standardError) return std::nullopt;
    if (isRescaled_) {
      request.at.error(Code::unsupported,
                       "PCovMatrix speaks of the model's own scale; where Targets change the prediction, neither its "
                       "error nor its interval is defined.",
                       "feature");
      return TypedSlot{};
    }
    if (!isInterval) return std::nullopt;
    const auto share = upperShare(request);
    if (!share) return TypedSlot{};
    auto& step = scope.emit<BoundStep>();
    step.link = link_;
    step.predictor = predictor_;
    step.predictorError = predictorError_;
    step.trials = trials_;
    step.quantile = degrees_ ? dm::studentQuantile(*share, *degrees_) : dm::normalQuantile(*share);
    step.isUpper = isUpper;
    step.to = scope.builder().newSlot();
    return TypedSlot{step.to, DataType::float64};
  }

 private:
  Link link_;
  Slot predictor_, predictorError_, trials_;
  std::optional<double> degrees_;
  bool isRescaled_;
};

class ModelCompiler {
 public:
  explicit ModelCompiler(ModelContext& context)
      : context_(context), model_(context.model), builder_(context.scope.builder()), reader_(context) {}

  ModelResult compile() {
    family_ = model_.word("modelType", Family::regression, kModelTypes);
    if (!model_.attribute("modelType")) (void)model_.required("modelType");
    if (family_ == Family::logLinear) {
      fault("modelType", Code::unsupported,
            "logLinear, of PMML 2, has no scoring that the specification defines; write it as generalizedLinear with "
            "linkFunction=\"log\".");
      return {};
    }
    checkChildren();
    checkAttributes();
    if (!reader_.read() || hasFaults_) return {};
    switch (family_) {
      case Family::coxRegression: return compileCox();
      case Family::multinomialLogistic:
      case Family::ordinalMultinomial: return compileClasses();
      default: return isClassification() ? compileClasses() : compileMean();
    }
  }

 private:
  void fault(std::string_view attribute, Code code, std::string message) {
    model_.error(code, std::move(message), attribute);
    hasFaults_ = true;
  }
  [[nodiscard]] bool isClassification() const noexcept { return context_.function == MiningFunction::classification; }
  [[nodiscard]] bool isOneOf(std::initializer_list<Family> types) const noexcept {
    return std::ranges::find(types, family_) != types.end();
  }

  void checkChildren() {
    for (const std::string_view name : {"ParameterList", "PPMatrix", "ParamMatrix"})
      if (!model_.child(name))
        fault({}, Code::missingElement, "GeneralRegressionModel needs a " + std::string(name) + ".");
  }

  /// What the formula of the model's type has no place for must not be dropped in silence.
  void checkAttributes() {
    const std::string type(model_.attribute("modelType", {}));
    const auto onlyFor = [&](std::string_view attribute, std::initializer_list<Family> types) {
      if (model_.attribute(attribute) && !isOneOf(types))
        fault(
            attribute, Code::badValue,
            "modelType=\"" + type + "\" has no " + std::string(attribute) + "; remove it or choose another modelType.");
    };
    const auto notBoth = [&](std::string_view one, std::string_view other) {
      if (model_.attribute(one) && model_.attribute(other))
        fault(other, Code::badValue, "A model has " + std::string(one) + " or " + std::string(other) + ", not both.");
    };
    for (const std::string_view a : {"offsetVariable", "offsetValue"})
      onlyFor(a, {Family::generalLinear, Family::generalizedLinear, Family::multinomialLogistic,
                  Family::ordinalMultinomial});
    for (const std::string_view a : {"trialsVariable", "trialsValue"}) {
      onlyFor(a, {Family::generalizedLinear});
      if (model_.attribute(a) && (isClassification() || model_.attribute("distribution", "binomial") != "binomial"))
        fault(a, Code::badValue,
              "Trials belong to a binomial distribution of counts: functionName=\"regression\" and, if given, "
              "distribution=\"binomial\".");
    }
    onlyFor("cumulativeLink", {Family::ordinalMultinomial});
    onlyFor("baselineStrataVariable", {Family::coxRegression});
    notBoth("offsetVariable", "offsetValue");
    notBoth("trialsVariable", "trialsValue");
    checkLink(type);

    const bool mustClassify = isOneOf({Family::multinomialLogistic, Family::ordinalMultinomial});
    if (family_ != Family::generalizedLinear && mustClassify != isClassification())
      fault("functionName", Code::badValue,
            "modelType=\"" + type + "\" is a " + (mustClassify ? "classification." : "regression."));
  }

  void checkLink(const std::string& type) {
    if (family_ == Family::generalizedLinear) return;
    const auto link = model_.attribute("linkFunction");
    const bool isLinear = isOneOf({Family::regression, Family::generalLinear});
    if (!link || (isLinear && *link == "identity") || (family_ == Family::multinomialLogistic && *link == "logit") ||
        (family_ == Family::ordinalMultinomial && *link == model_.attribute("cumulativeLink", {})))
      return;
    fault("linkFunction", Code::badValue,
          "modelType=\"" + type + "\" has no linkFunction \"" + std::string(*link) + "\"; generalizedLinear has.");
  }

  template <std::size_t N>
  std::optional<Link> readLink(std::string_view attribute, const std::pair<std::string_view, Link::Kind> (&words)[N]) {
    if (!model_.attribute(attribute)) {
      (void)model_.required(attribute);
      return std::nullopt;
    }
    Link link{model_.word(attribute, Link::Kind::identity, words), 0};
    const std::string_view needed = link.kind == Link::Kind::negbin ? "distParameter"
                                    : link.kind == Link::Kind::oddspower || link.kind == Link::Kind::power
                                        ? "linkParameter"
                                        : "";
    if (needed.empty()) return link;
    const auto parameter = model_.number(needed);
    const bool isUsable = parameter && (link.kind != Link::Kind::negbin || *parameter > 0);
    if (!isUsable) {
      model_.error(parameter ? Code::badValue : Code::missingAttribute,
                   "The link " + std::string(model_.attribute(attribute, {})) + " needs a " + std::string(needed) +
                       (link.kind == Link::Kind::negbin ? " above 0." : "."),
                   needed);
      return std::nullopt;
    }
    link.parameter = *parameter;
    return link;
  }

  /// A number for every record: a field's, a constant, or `otherwise`. kNoSlot after a report.
  Slot number(std::string_view variable, std::string_view value, double otherwise) {
    if (const auto name = model_.attribute(variable)) {
      const Binding* field = context_.scope.resolve(*name, model_, variable);
      return field == nullptr ? kNoSlot : castTo(context_.scope, field->value, DataType::float64).slot;
    }
    const double x = value.empty() ? otherwise : model_.number(value, otherwise);
    return builder_.constant(context_.isFloat ? toFloat(x) : x, DataType::float64).slot;
  }

  /// The one equation of a model without classes; targetCategory, if present, is the same in all of its cells.
  std::optional<Equation> onlyEquation() {
    std::optional<Value> category;
    for (const Coefficient& c : reader_.coefficients()) {
      if (c.category && category && *c.category != *category) {
        c.at.error(Code::badValue, "A regression has one equation, so its cells cannot have several target categories.",
                   "targetCategory");
        return std::nullopt;
      }
      if (c.category) category = c.category;
    }
    if (reader_.coefficients().empty() && family_ != Family::coxRegression) {
      model_.error(Code::emptyModel, "The ParamMatrix has no PCell.");
      return std::nullopt;
    }
    return reader_.equation(category.value_or(missing()));
  }

  ModelResult compileMean() {
    auto step = std::make_unique<MeanStep>();
    if (family_ == Family::generalizedLinear) {
      const auto link = readLink("linkFunction", kLinks);
      if (!link) return {};
      step->link = *link;
    }
    auto equation = onlyEquation();
    step->offset = number("offsetVariable", "offsetValue", 0);
    step->trials = number("trialsVariable", "trialsValue", 1);
    if (const auto n = model_.number("trialsValue"); n && !(*n >= 1)) {
      model_.error(Code::badValue, "The number of trials is positive.", "trialsValue");
      return {};
    }
    if (!equation || step->offset == kNoSlot || step->trials == kNoSlot) return {};
    step->equation = *std::move(equation);
    const bool hasErrors = static_cast<bool>(model_.child("PCovMatrix"));
    if (hasErrors && !readCovariance(*step)) return {};
    step->design = reader_.take();
    step->value = builder_.newSlot();
    ModelResult result;
    result.value = {step->value, DataType::float64};
    if (!step->covariance.entries.empty()) {
      step->predictor = builder_.newSlot();
      step->predictorError = builder_.newSlot();
      step->valueError = builder_.newSlot();
      result.standardError = {step->valueError, DataType::float64};
      const auto degrees = model_.number("modelDF");
      if (degrees && !(*degrees > 0)) model_.error(Code::badValue, "Degrees of freedom are positive.", "modelDF");
      result.outputSource = std::make_shared<Intervals>(*step, degrees, isRescaled());
    }
    context_.scope.body().push_back(std::move(step));
    return result;
  }

  /// Half of the symmetric matrix is enough; what it leaves out is 0.
  bool readCovariance(MeanStep& step) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> entries;
    bool isRead = true;
    for (xml::Element c : xml::children(model_.child("PCovMatrix"), "PCovCell")) {
      if (!builder_.charge(c)) return false;
      const auto row = reader_.parameter(c, "pRow"), column = reader_.parameter(c, "pCol");
      const double value = c.requiredNumber("value");
      if (!row || !column) {
        isRead = false;
        continue;
      }
      const auto [known, isNew] = entries.emplace(std::minmax(*row, *column), value);
      if (!isNew && known->second != value) {
        c.error(Code::badValue, "The covariance of two parameters has two different values.", "value");
        isRead = false;
      }
    }
    for (const auto& [pair, value] : entries)
      step.covariance.entries.push_back({reader_.row(pair.first, step.equation.category, model_),
                                         reader_.row(pair.second, step.equation.category, model_),
                                         pair.first == pair.second ? value : 2 * value});
    return isRead;
  }

  [[nodiscard]] bool isRescaled() const {
    for (xml::Element t : xml::children(model_.child("Targets"), "Target"))
      for (const std::string_view a : {"min", "max", "rescaleFactor", "rescaleConstant", "castInteger"})
        if (t.attribute(a)) return true;
    return false;
  }

  /// The target's listed values; where none are listed those of the ParamMatrix, the reference last.
  std::vector<Value> categories(std::optional<Value> reference) {
    std::vector<Value> out = context_.target.order;
    if (!out.empty()) return out;
    std::set<Value> seen;
    for (const Coefficient& c : reader_.coefficients())
      if (c.category && c.category != reference && seen.insert(*c.category).second) out.push_back(*c.category);
    if (reference) out.push_back(*reference);
    return out;
  }

  /// The category whose linear predictor is 0 or, ordinal, whose cumulative probability is 1.
  std::optional<std::size_t> referenceAmong(const std::vector<Value>& all, std::optional<Value> reference) {
    if (!reference && family_ == Family::ordinalMultinomial) reference = all.back();
    if (!reference) {
      // It is the one without coefficients; with common ones only, nothing tells it.
      std::set<Value> known;
      for (const Coefficient& c : reader_.coefficients())
        if (c.category) known.insert(*c.category);
      std::vector<Value> without;
      for (const Value v : all)
        if (!known.contains(v)) without.push_back(v);
      if (without.size() != 1) {
        model_.error(Code::missingAttribute,
                     "Exactly one category of the target must have no coefficients, or targetReferenceCategory must "
                     "name the one that is compared with.",
                     "targetReferenceCategory");
        return std::nullopt;
      }
      reference = without[0];
    }
    const auto found = std::ranges::find(all, *reference);
    if (found == all.end()) {
      model_.error(Code::unresolvedReference, "The reference category is not a value of the target.",
                   "targetReferenceCategory");
      return std::nullopt;
    }
    if (family_ == Family::ordinalMultinomial && found + 1 != all.end()) {
      model_.error(Code::unsupported,
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
    for (const Coefficient& c : reader_.coefficients()) {
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
    const bool mayBeCommon = hasCommon && family_ != Family::ordinalMultinomial;
    for (std::size_t c = 0; c < all.size(); ++c)
      if (c != reference && !known.contains(all[c]) && !mayBeCommon) {
        model_.error(Code::missingElement, "The ParamMatrix has no PCell for the category \"" +
                                               builder_.toText(all[c], context_.target.value.type) + "\".");
        isFine = false;
      }
    return isFine;
  }

  ModelResult compileClasses() {
    auto step = std::make_unique<ClassStep>();
    if (family_ != Family::multinomialLogistic) {
      const bool isOrdinal = family_ == Family::ordinalMultinomial;
      const auto link = isOrdinal ? readLink("cumulativeLink", kCumulativeLinks) : readLink("linkFunction", kLinks);
      if (!link) return {};
      step->link = *link;
      step->kind = isOrdinal ? ClassStep::Kind::ordinal : ClassStep::Kind::binary;
    }
    std::optional<Value> named;
    if (const auto text = model_.attribute("targetReferenceCategory"))
      named = categoryLiteral(context_, *text, model_, "targetReferenceCategory");
    const std::vector<Value> all = categories(named);
    if (all.size() < 2 || (step->kind == ClassStep::Kind::binary && all.size() != 2)) {
      model_.error(Code::badValue, step->kind == ClassStep::Kind::binary
                                       ? "A generalizedLinear classification has two categories; more of them are a "
                                         "multinomialLogistic model."
                                       : "A classification needs at least two categories of its target.");
      return {};
    }
    const auto reference = referenceAmong(all, named);
    step->offset = number("offsetVariable", "offsetValue", 0);
    if (!reference || !checkCoefficients(all, *reference) || step->offset == kNoSlot) return {};
    step->reference = *reference;

    ModelResult result;
    for (std::size_t c = 0; c < all.size(); ++c) {
      step->equations.push_back(c == *reference ? Equation{all[c], {}} : reader_.equation(all[c]));
      step->probabilities.push_back(builder_.newSlot());
    }
    step->design = reader_.take();
    step->winner = builder_.newSlot();
    result.categories = all;
    result.probabilities = step->probabilities;
    result.value = {step->winner, context_.target.value.type};
    result.opType = context_.target.opType;
    context_.scope.body().push_back(std::move(step));
    return result;
  }

  ModelResult compileCox() {
    auto step = std::make_unique<CoxStep>();
    auto equation = onlyEquation();
    if (!equation) return {};
    step->equation = *std::move(equation);
    const auto round = [&](double x) { return context_.isFloat ? toFloat(x) : x; };
    for (const Coefficient& c : reader_.coefficients())
      step->reference = round(step->reference + round(c.beta * reader_.referencePoint(c.parameter)));
    if (const auto name = model_.attribute("endTimeVariable")) {
      const Binding* field = context_.scope.resolve(*name, model_, "endTimeVariable");
      if (field != nullptr) step->endTime = castTo(context_.scope, field->value, DataType::float64).slot;
    } else {
      (void)model_.required("endTimeVariable");
    }
    const bool isRead = readStrata(*step);
    if (step->endTime == kNoSlot || !isRead) return {};
    step->design = reader_.take();
    step->value = builder_.newSlot();
    ModelResult result;
    result.value = {step->value, DataType::float64};
    context_.scope.body().push_back(std::move(step));
    return result;
  }

  bool readStrata(CoxStep& step) {
    const xml::Element tables = model_.child("BaseCumHazardTables");
    if (!tables) {
      model_.error(Code::missingElement, "A Cox regression needs BaseCumHazardTables.");
      return false;
    }
    const auto variable = model_.attribute("baselineStrataVariable");
    const bool hasStrata = static_cast<bool>(tables.child("BaselineStratum"));
    if (hasStrata != variable.has_value() || (hasStrata && tables.child("BaselineCell"))) {
      tables.error(Code::badValue,
                   "A model with a baselineStrataVariable has BaselineStratum elements only, one without has "
                   "BaselineCell elements only.");
      return false;
    }
    if (!hasStrata) {
      auto only = readStratum(tables);
      if (only) step.strata.push_back(*std::move(only));
      return only.has_value();
    }
    const Binding* field = context_.scope.resolve(*variable, model_, "baselineStrataVariable");
    if (field == nullptr) return false;
    step.stratum = field->value.slot;
    bool isRead = true;
    for (xml::Element e : xml::children(tables, "BaselineStratum")) {
      auto stratum = readStratum(e);
      const Value value = builder_.literal(e.required("value"), field->value.type, e, "value");
      isRead &= stratum.has_value() && isPresent(value);
      if (!isRead) continue;
      stratum->value = value;
      step.strata.push_back(*std::move(stratum));
    }
    std::ranges::sort(step.strata, {}, &Stratum::value);
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
      if (!builder_.charge(c)) return std::nullopt;
      const double hazard = c.requiredNumber("cumHazard");
      stratum.steps.emplace_back(c.requiredNumber("time"), context_.isFloat ? toFloat(hazard) : hazard);
    }
    std::ranges::sort(stratum.steps);
    const auto time = &std::pair<double, double>::first;
    if (std::ranges::adjacent_find(stratum.steps, {}, time) != stratum.steps.end()) {
      e.error(Code::badValue, "Two BaselineCell elements have the same time.");
      return std::nullopt;
    }
    return stratum;
  }

  ModelContext& context_;
  xml::Element model_;
  Builder& builder_;
  Reader reader_;
  Family family_ = Family::regression;
  bool hasFaults_ = false;
};

}  // namespace
}  // namespace general_regression

compile::ModelResult compileGeneralRegressionModel(compile::ModelContext& context) {
  return general_regression::ModelCompiler(context).compile();
}

}  // namespace scorelet::models
