// GeneralRegressionModel (spec: General Regression): its attributes, then one of three kinds of answer.
#include <algorithm>
#include <string>

#include "models/general_regression/compilation.hpp"

namespace scorelet::models {

namespace general_regression {

using namespace compile;

namespace {

constexpr std::pair<std::string_view, Family> kModelTypes[] = {{"regression", Family::regression},
                                                               {"generalLinear", Family::generalLinear},
                                                               {"generalizedLinear", Family::generalizedLinear},
                                                               {"multinomialLogistic", Family::multinomialLogistic},
                                                               {"ordinalMultinomial", Family::ordinalMultinomial},
                                                               {"CoxRegression", Family::coxRegression},
                                                               {"logLinear", Family::logLinear}};

/// What the formula of a model's type has no place for must not be dropped in silence.
class AttributeCheck {
 public:
  AttributeCheck(xml::Element model, Family family, bool isClassification)
      : model_(model), type_(model.attribute("modelType", {})), family_(family), isClassification_(isClassification) {}

  /// False: faults were reported.
  [[nodiscard]] bool pass() {
    checkChildren();
    for (const std::string_view a : {"offsetVariable", "offsetValue"})
      onlyFor(a, {Family::generalLinear, Family::generalizedLinear, Family::multinomialLogistic,
                  Family::ordinalMultinomial});
    notBoth("offsetVariable", "offsetValue");
    checkTrials();
    onlyFor("cumulativeLink", {Family::ordinalMultinomial});
    onlyFor("baselineStrataVariable", {Family::coxRegression});
    checkLink();
    const bool mustClassify = isOneOf({Family::multinomialLogistic, Family::ordinalMultinomial});
    if (family_ != Family::generalizedLinear && mustClassify != isClassification_)
      fault("functionName", Code::badValue,
            "modelType=\"" + type_ + "\" is a " + (mustClassify ? "classification." : "regression."));
    return !hasFaults_;
  }

 private:
  void fault(std::string_view attribute, Code code, std::string_view message) {
    model_.error(code, message, attribute);
    hasFaults_ = true;
  }
  [[nodiscard]] bool isOneOf(std::initializer_list<Family> families) const noexcept {
    return std::ranges::find(families, family_) != families.end();
  }
  void onlyFor(std::string_view attribute, std::initializer_list<Family> families) {
    if (model_.attribute(attribute) && !isOneOf(families))
      fault(
          attribute, Code::badValue,
          "modelType=\"" + type_ + "\" has no " + std::string(attribute) + "; remove it or choose another modelType.");
  }
  void notBoth(std::string_view one, std::string_view other) {
    if (model_.attribute(one) && model_.attribute(other))
      fault(other, Code::badValue, "A model has " + std::string(one) + " or " + std::string(other) + ", not both.");
  }

  void checkChildren() {
    // Without predictors there is nothing to correlate; PMML 3.0 leaves the PPMatrix out then.
    const bool hasPredictors =
        model_.child("FactorList").child("Predictor") || model_.child("CovariateList").child("Predictor");
    for (const std::string_view name : {"ParameterList", "PPMatrix", "ParamMatrix"})
      if (!model_.child(name) && (name != "PPMatrix" || hasPredictors))
        fault({}, Code::missingElement, "GeneralRegressionModel needs a " + std::string(name) + ".");
  }

  void checkTrials() {
    for (const std::string_view a : {"trialsVariable", "trialsValue"}) {
      onlyFor(a, {Family::generalizedLinear});
      if (model_.attribute(a) && (isClassification_ || model_.attribute("distribution", "binomial") != "binomial"))
        fault(a, Code::badValue,
              "Trials belong to a binomial distribution of counts: functionName=\"regression\" and, if given, "
              "distribution=\"binomial\".");
    }
    notBoth("trialsVariable", "trialsValue");
  }

  void checkLink() {
    if (family_ == Family::generalizedLinear) return;
    const auto link = model_.attribute("linkFunction");
    const bool isLinear = isOneOf({Family::regression, Family::generalLinear});
    if (!link || (isLinear && *link == "identity") || (family_ == Family::multinomialLogistic && *link == "logit") ||
        (family_ == Family::ordinalMultinomial && *link == model_.attribute("cumulativeLink", {})))
      return;
    fault("linkFunction", Code::badValue,
          "modelType=\"" + type_ + "\" has no linkFunction \"" + std::string(*link) + "\"; generalizedLinear has.");
  }

  xml::Element model_;
  std::string type_;
  Family family_;
  bool isClassification_;
  bool hasFaults_ = false;
};

}  // namespace

ModelResult compileGeneralRegression(ModelContext& context) {
  const xml::Element model = context.model;
  const bool isClassification = context.function == MiningFunction::classification;
  const Family family = model.requiredWord("modelType", Family::regression, kModelTypes);
  if (family == Family::logLinear) {
    model.error(Code::unsupported,
                "logLinear, of PMML 2, has no scoring that the specification defines; write it as generalizedLinear "
                "with linkFunction=\"log\".",
                "modelType");
    return {};
  }
  const bool isPassed = AttributeCheck(model, family, isClassification).pass();
  Compilation compilation{context, model, context.scope.builder(), Reader(context), family};
  if (!compilation.reader.read() || !isPassed) return {};
  if (family == Family::coxRegression) return compileCox(compilation);
  return isClassification ? compileClasses(compilation) : compileMean(compilation);
}

}  // namespace general_regression

compile::ModelResult compileGeneralRegressionModel(compile::ModelContext& context) {
  return general_regression::compileGeneralRegression(context);
}

}  // namespace scorelet::models
