// Random documents around random models.
#include "properties/generator.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::test {

namespace {

/// How a model is used where it stands.
struct Place {
  bool isClassification = false;
  bool needsProbabilities = false;  ///< its probabilities are combined, or put out
  int depth = 0;                    ///< how many models may be nested in it
  std::string target = isClassification ? "cls" : "y";
  std::vector<std::string> otherTargets = {};  ///< of a chain: segments predict these
};

/// What can be asked of a model.
struct Answer {
  bool entity = false, probabilities = false, isList = false, segments = false;
  std::string target = {};                     ///< what it predicts
  std::vector<std::string> otherTargets = {};  ///< of a chain: what earlier segments predict, too
};

enum class Kind { regression, tree, mining };

const std::vector<std::string>& classes() {
  static const std::vector<std::string> list{"low", "mid", "high"};
  return list;
}

class Documents {
 public:
  explicit Documents(std::uint64_t seed) : random_(seed) {}

  std::string document() {
    names_ = {{"x", "z", "k", "f"}, {"color", "size", "note"}, {"flag"}, {"day", "when"}};
    isOrdinalTarget_ = random_.chance(40);
    const std::string functions = definedFunctions();
    const std::string globals = derivedFields("g", 3);
    isOld_ = random_.chance(30);
    static const std::vector<std::string> oldVersions{"3.0", "3.1", "3.2", "4.0"},
        newVersions{"4.1", "4.2", "4.3", "4.4"};
    const std::string version = random_.of(isOld_ ? oldVersions : newVersions);
    Place place{random_.chance(50), false, 2};
    const std::string scored = model(place, {}, true);
    return element(
        "PMML",
        {{"xmlns", "http://www.dmg.org/PMML-" + version.substr(0, 1) + "_" + version.substr(2)}, {"version", version}},
        element("Header") + dictionary() + element("TransformationDictionary", {}, functions + globals) + scored);
  }

  std::vector<Row> rows() {
    std::vector<Row> out;
    for (std::size_t i = 0; i < 14; ++i) out.push_back(row());
    return out;
  }

 private:
  std::string values(const std::vector<std::string>& list, bool withSpecials, const std::string& missing) {
    std::string out;
    for (const std::string& v : list) out += element("Value", {{"value", v}});
    if (withSpecials && random_.chance(50)) out += element("Value", {{"value", missing}, {"property", "missing"}});
    if (withSpecials && random_.chance(30))
      out += element("Value", {{"value", missing == "-999" ? "-998" : "bad"}, {"property", "invalid"}});
    return out;
  }

  std::string dictionary() {
    const auto field = [](const char* name, const char* optype, const char* type, const std::string& content = {}) {
      return element("DataField", {{"name", name}, {"optype", optype}, {"dataType", type}}, content);
    };
    const std::string interval =
        random_.chance(40)
            ? element("Interval", {{"closure", random_.chance(50) ? "closedClosed" : "openOpen"},
                                   {"leftMargin", "-5"},
                                   {"rightMargin", "50"}}) +
                  (random_.chance(50) ? element("Interval", {{"closure", "closedOpen"}, {"leftMargin", "100"}}) : "")
            : "";
    return element(
        "DataDictionary", {},
        field("x", "continuous", "double", values({}, true, "-999") + interval) + field("z", "continuous", "double") +
            field("k", "continuous", "integer", values({}, true, "-999")) + field("f", "continuous", "float") +
            field("color", "categorical", "string", values({"small", "large", "x large", "red"}, true, "n/a")) +
            field("size", "ordinal", "string", values(words(), true, "n/a")) + field("note", "categorical", "string") +
            field("flag", "categorical", "boolean") + field("day", "ordinal", "date") +
            field("when", "ordinal", "dateTime") + field("amounts", "continuous", "double", values({}, true, "-999")) +
            field("tags", "categorical", "string") + field("w", "continuous", "double") +
            field("y", "continuous", random_.chance(20) ? "float" : "double") +
            field("cls", isOrdinalTarget_ ? "ordinal" : "categorical", "string", values(classes(), false, "")));
  }

  /// Treatments of an input; `isInner` fields mostly pass values on.
  std::string miningField(const std::string& name, bool isInner) {
    Attributes a{{"name", name}};
    if (isInner && random_.chance(85)) return element("MiningField", a);
    const bool isNumber = name == "x" || name == "z" || name == "k" || name == "f" || name == "amounts";
    const std::string replacement = isNumber         ? std::string("3")
                                    : name == "flag" ? "true"
                                    : name == "day"  ? "2020-02-29"
                                    : name == "when" ? "1999-12-31T23:59:59"
                                                     : "large";
    static const std::vector<std::string> treatments{"asMissing", "asMissing", "asIs",
                                                     "asIs",      "asValue",   "returnInvalid"};
    const std::string invalid = random_.of(treatments);
    if (random_.chance(90)) a.emplace_back("invalidValueTreatment", invalid);
    if (invalid == "asValue") a.emplace_back("invalidValueReplacement", replacement);
    if (random_.chance(30)) a.emplace_back("missingValueReplacement", replacement);
    if (random_.chance(20)) a.emplace_back("missingValueTreatment", random_.chance(20) ? "returnInvalid" : "asMean");
    if (isNumber && random_.chance(40)) {
      a.emplace_back("outliers", random_.chance(50) ? "asExtremeValues" : "asMissingValues");
      a.emplace_back("lowValue", "-2");
      if (random_.chance(80)) a.emplace_back("highValue", "20");
    }
    return element("MiningField", a);
  }

  std::string schema(const Place& place, bool isTop) {
    std::string out;
    for (const char* name : {"x", "z", "k", "f", "color", "size", "note", "flag", "day", "when", "amounts", "tags"})
      out += miningField(name, !isTop);
    // An inner model sees what its own schema lists: derived fields and outputs around it too.
    if (!isTop)
      for (const auto* list : {&names_.numbers, &names_.texts, &names_.booleans})
        for (const std::string& name : *list)
          if (name[0] == 'l' || name[0] == 'o') out += element("MiningField", {{"name", name}});
    const std::string usage = isOld_ ? "predicted" : "target";
    std::vector<std::string> targets = place.otherTargets;
    targets.insert(targets.begin() + static_cast<std::ptrdiff_t>(random_.below(targets.size() + 1)), place.target);
    for (const std::string& name : targets) out += element("MiningField", {{"name", name}, {"usageType", usage}});
    return element("MiningSchema", {}, out);
  }

  std::string derivedFields(const std::string& prefix, std::size_t most) {
    std::string out;
    for (std::size_t i = 0, n = random_.below(most + 1); i < n; ++i) {
      const std::string name = prefix + std::to_string(fields_++);
      Expressions e(random_, names_, true);
      const std::size_t kind = random_.below(10);
      if (kind < 6) {
        const std::string type = kind < 4 ? "double" : kind == 4 ? "float" : "integer";
        const std::string expression = random_.chance(4) ? lag() : random_.chance(8) ? aggregate() : e.number(3);
        out += element("DerivedField", {{"name", name}, {"optype", "continuous"}, {"dataType", type}}, expression);
        names_.numbers.push_back(name);
      } else if (kind < 8) {
        out += element("DerivedField", {{"name", name}, {"optype", "categorical"}, {"dataType", "string"}}, e.text(3));
        names_.texts.push_back(name);
      } else {
        out +=
            element("DerivedField", {{"name", name}, {"optype", "categorical"}, {"dataType", "boolean"}}, e.boolean(3));
        names_.booleans.push_back(name);
      }
    }
    return out;
  }

  std::string lag() {
    return element(
        "Lag", {{"field", random_.of(names_.numbers)}, {"n", "2"}, {"aggregate", random_.chance(50) ? "none" : "avg"}});
  }

  std::string aggregate() {
    static const std::vector<std::string> functions{"count", "sum", "average", "min", "max"};
    const bool countsTags = random_.chance(20);
    return element("Aggregate", {{"field", countsTags ? "tags" : "amounts"},
                                 {"function", countsTags ? "count" : random_.of(functions)}});
  }

  std::string localTransformations(unsigned percent) {
    const std::string fields = random_.chance(percent) ? derivedFields("l", 2) : "";
    return fields.empty() ? "" : element("LocalTransformations", {}, fields);
  }

  Kind anyKind(int depth) {
    const std::size_t kind = random_.below(depth > 0 ? 5 : 3);
    return kind == 0 ? Kind::regression : kind < 3 ? Kind::tree : Kind::mining;
  }

  std::string model(Place place, const std::string& output, bool isTop) {
    const Names outside = names_;
    const Kind kind = anyKind(place.depth);
    const std::string transformations = localTransformations(60);
    has_ = {};
    has_.target = place.target;
    std::string body = kind == Kind::regression ? regression(place) : kind == Kind::tree ? tree(place) : "";
    if (kind == Kind::mining) body = isOld_ && random_.chance(60) ? composition(place) : mining(place, isTop);
    const Answer has = has_;
    Attributes a{{"functionName", place.isClassification ? "classification" : "regression"}};
    if (isTop && random_.chance(15)) a.emplace_back("x-mathContext", "float");
    for (const auto& more : attributes_) a.push_back(more);
    attributes_.clear();
    // A schema lists only what was visible outside.
    const Names inside = names_;
    names_ = outside;
    const std::string mining = schema(place, isTop);
    names_ = inside;
    const std::string targets = random_.chance(50) ? this->targets(place) : "";
    const std::string out =
        element(kind == Kind::regression ? "RegressionModel"
                : kind == Kind::tree     ? "TreeModel"
                                         : "MiningModel",
                a, mining + (isTop ? outputs(place, kind, has) : output) + targets + transformations + body);
    names_ = outside;
    has_ = has;
    return out;
  }

  /// A Regression or DecisionTree inside a model (deprecated since 4.1). What it puts out is known to what follows.
  std::string embedded(const Place& place) {
    const Names outside = names_;
    const bool isTree = random_.chance(50);
    const std::string transformations = localTransformations(30);
    const Names inside = names_;
    const std::string body = isTree ? tree(place) : regression(place);
    Attributes a{{"functionName", place.isClassification ? "classification" : "regression"}};
    for (const auto& more : attributes_) a.push_back(more);
    attributes_.clear();
    const std::string targets = random_.chance(20) ? this->targets(place) : "";
    Names made = names_;
    names_ = outside;
    const auto keep = [](std::vector<std::string>& into, const std::vector<std::string>& from, std::size_t known) {
      into.insert(into.end(), from.begin() + static_cast<std::ptrdiff_t>(known), from.end());
    };
    keep(names_.numbers, made.numbers, inside.numbers.size());
    keep(names_.texts, made.texts, inside.texts.size());
    std::string results;
    if (random_.chance(70)) {
      const std::string name = "o" + std::to_string(fields_++);
      results = element("ResultField", {{"name", name},
                                        {"optype", place.isClassification ? "categorical" : "continuous"},
                                        {"dataType", place.isClassification ? "string" : "double"},
                                        {"feature", "predictedValue"}});
      (place.isClassification ? names_.texts : names_.numbers).push_back(name);
    }
    return element(isTree ? "DecisionTree" : "Regression", a, targets + transformations + results + body);
  }

  /// Where a model inside answers for the one around it.
  static Place innerPlace(Place place) {
    --place.depth;
    return place;
  }

  /// The composition of PMML 3 and 4.0: models in their order, of which the last one answers.
  std::string composition(Place& place) {
    std::string out;
    for (std::size_t i = 0, n = random_.below(3); i < n; ++i) {
      const bool isClassification = random_.chance(50);
      out += embedded({isClassification, false, place.depth - 1, ""});
    }
    const bool hasSegments = random_.chance(20);
    out += hasSegments ? mining(place, false) : embedded(innerPlace(place));
    attributes_.clear();
    if (hasSegments) return out;
    has_ = {};
    has_.target = place.target;
    return out;
  }

  std::string regression(const Place& place) {
    const auto table = [&](const std::string& category) {
      Expressions e(random_, names_, false);
      Attributes a{{"intercept", e.literal()}};
      if (!category.empty()) a.emplace_back("targetCategory", category);
      std::string terms;
      for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
        Attributes t{{"name", random_.of(names_.numbers)}, {"coefficient", e.literal()}};
        if (random_.chance(30)) t.emplace_back("exponent", random_.chance(50) ? "2" : random_.chance(50) ? "0" : "3");
        terms += element("NumericPredictor", t);
      }
      for (std::size_t i = 0, n = random_.below(3); i < n; ++i)
        terms +=
            element("CategoricalPredictor",
                    {{"name", random_.of(names_.texts)}, {"value", random_.of(words())}, {"coefficient", e.literal()}});
      if (random_.chance(30))
        terms += element("PredictorTerm", {{"coefficient", e.literal()}},
                         element("FieldRef", {{"field", random_.of(names_.numbers)}}) +
                             element("FieldRef", {{"field", random_.of(names_.numbers)}}));
      return element("RegressionTable", a, terms);
    };
    static const std::vector<std::string> links{"none",   "softmax", "logit",  "exp",
                                                "probit", "cloglog", "loglog", "cauchit"};
    static const std::vector<std::string> methods{"softmax", "softmax", "simplemax", "none",   "logit",
                                                  "probit",  "cloglog", "loglog",    "cauchit"};
    attributes_ = {{"normalizationMethod", random_.of(place.isClassification ? methods : links)}};
    if (!place.isClassification) return table("");
    has_.probabilities = true;
    std::string out;
    for (const std::string& c : classes()) out += table(c);
    return out;
  }

  struct TreeShape {
    Place place;
    bool hasDistributions, hasDefaults, hasModels;
  };

  std::string node(const TreeShape& shape, int depth, const std::string& predicateOfNode) {
    const std::string id = "n" + std::to_string(nodes_++);
    std::string below, first;
    if (depth > 0)
      for (std::size_t i = 0, n = 1 + random_.below(3); i < n; ++i) {
        if (i == 0) first = "n" + std::to_string(nodes_);
        const bool isLast = i + 1 == n && random_.chance(50);
        below +=
            node(shape, random_.chance(75) ? depth - 1 : 0, isLast ? element("True") : predicate(random_, names_, 1));
      }
    Attributes a{{"id", id}, {"recordCount", std::to_string(10 + random_.below(90))}};
    if (below.empty() && shape.hasModels && random_.chance(30)) {
      const Names outside = names_;
      const std::string model = embedded(innerPlace(shape.place));
      // What it puts out is known after the tree only.
      later_.numbers.insert(later_.numbers.end(),
                            names_.numbers.begin() + static_cast<std::ptrdiff_t>(outside.numbers.size()),
                            names_.numbers.end());
      later_.texts.insert(later_.texts.end(), names_.texts.begin() + static_cast<std::ptrdiff_t>(outside.texts.size()),
                          names_.texts.end());
      names_ = outside;
      return element("Node", a, predicateOfNode + model);
    }
    Expressions e(random_, names_, false);
    if (below.empty() || !random_.chance(40))
      a.emplace_back("score", shape.place.isClassification ? random_.of(classes()) : e.literal());
    if (!below.empty() && shape.hasDefaults) a.emplace_back("defaultChild", first);
    std::string distribution;
    if (shape.hasDistributions && (depth == 3 || !random_.chance(5)))
      for (const std::string& c : classes()) {
        Attributes d{{"value", c}, {"recordCount", std::to_string(1 + random_.below(30))}};
        if (random_.chance(20)) d.emplace_back("confidence", "0.4");
        distribution += element("ScoreDistribution", d);
      }
    return element("Node", a, predicateOfNode + distribution + below);
  }

  std::string tree(const Place& place) {
    static const std::vector<std::string> strategies{"none",         "lastPrediction",     "nullPrediction",
                                                     "defaultChild", "weightedConfidence", "aggregateNodes"};
    const std::string strategy = random_.of(strategies);
    const bool mixes = strategy == "weightedConfidence" || strategy == "aggregateNodes";
    const TreeShape shape{place, place.isClassification && (place.needsProbabilities || mixes || random_.chance(70)),
                          strategy == "defaultChild", isOld_ && place.depth > 0 && !mixes && random_.chance(50)};
    const Names around = std::exchange(later_, {});
    const std::string root = node(shape, 3, random_.chance(90) ? element("True") : predicate(random_, names_, 1));
    names_.numbers.insert(names_.numbers.end(), later_.numbers.begin(), later_.numbers.end());
    names_.texts.insert(names_.texts.end(), later_.texts.begin(), later_.texts.end());
    later_ = around;
    has_.entity = true;
    has_.probabilities = shape.hasDistributions;
    attributes_ = {{"missingValueStrategy", strategy},
                   {"noTrueChildStrategy", random_.chance(50) ? "returnLastPrediction" : "returnNullPrediction"},
                   {"splitCharacteristic", "multiSplit"}};
    if (random_.chance(40)) attributes_.emplace_back("missingValuePenalty", "0.8");
    return root;
  }

  /// What a segment puts out. Segments may use one name for it.
  std::string segmentOutput(const Place& inner, std::vector<std::string>& numbers, std::vector<std::string>& texts) {
    std::vector<std::string>& known = inner.isClassification ? texts : numbers;
    const bool isOldName = !known.empty() && random_.chance(35);
    const std::string name = isOldName ? random_.of(known) : "o" + std::to_string(fields_++);
    if (!isOldName) known.push_back(name);
    static const std::vector<std::string> types{"double", "double", "integer", "float"};
    std::string out = element("OutputField", {{"name", name},
                                              {"optype", inner.isClassification ? "categorical" : "continuous"},
                                              {"dataType", inner.isClassification ? "string" : random_.of(types)},
                                              {"feature", "predictedValue"}});
    if (!inner.isClassification || !inner.needsProbabilities || random_.chance(50)) return element("Output", {}, out);
    const std::string share =
        random_.chance(30) && !numbers.empty() ? random_.of(numbers) : "o" + std::to_string(fields_++);
    if (std::find(numbers.begin(), numbers.end(), share) == numbers.end()) numbers.push_back(share);
    out += element("OutputField", {{"name", share},
                                   {"optype", "continuous"},
                                   {"dataType", "double"},
                                   {"feature", random_.chance(50) ? "probability" : "confidence"},
                                   {"value", random_.of(classes())}});
    return element("Output", {}, out);
  }

  std::string mining(Place& place, bool isTop) {
    static const std::vector<std::string> numeric{"average", "weightedAverage", "median",      "weightedMedian", "max",
                                                  "sum",     "weightedSum",     "selectFirst", "modelChain"};
    static const std::vector<std::string> categorical{
        "majorityVote", "weightedMajorityVote", "average",   "weightedAverage", "median",
        "max",          "selectFirst",          "modelChain"};
    const std::string method =
        isTop && random_.chance(8) ? "selectAll" : random_.of(place.isClassification ? categorical : numeric);
    const bool isChain = method == "modelChain", votes = method.find("Vote") != std::string::npos,
               picks = isChain || method == "selectFirst" || method == "selectAll";
    static const std::vector<std::string> treatments{"continue", "skipSegment", "returnMissing"};
    Attributes a{{"multipleModelMethod", method}};
    if (random_.chance(60)) a.emplace_back("missingPredictionTreatment", random_.of(treatments));
    if (random_.chance(50)) a.emplace_back("missingThreshold", "0.5");
    // The chain's schema lists some of the targets of its segments.
    if (isChain && random_.chance(50))
      for (const char* name : {"y", "cls", "w"})
        if (name != place.target && random_.chance(50)) place.otherTargets.emplace_back(name);
    const bool allHaveProbabilities =
        place.needsProbabilities || (place.isClassification && !votes && (!picks || random_.chance(50)));
    std::vector<std::string> numbers, texts;  // put out by segments so far
    const Names outside = names_;
    std::string segments;
    Answer last;
    std::vector<std::string> predicted;
    for (std::size_t i = 0, n = 2 + random_.below(3); i < n; ++i) {
      const bool isLast = i + 1 == n;
      // Earlier models of a chain may predict anything; where probabilities count, every segment has some.
      Place inner{isChain && !isLast ? random_.chance(50) : place.isClassification, allHaveProbabilities,
                  place.depth - 1};
      inner.target = inner.isClassification ? "cls" : isChain && random_.chance(30) ? "w" : "y";
      // What a model around it predicts, it lists.
      const bool isListed =
          std::find(place.otherTargets.begin(), place.otherTargets.end(), inner.target) != place.otherTargets.end();
      if (!isChain || (isLast && !isListed)) inner.target = place.target;
      std::string output;
      if (isChain ? !isLast || random_.chance(30) : method == "selectFirst" && random_.chance(40))
        output = segmentOutput(inner, numbers, texts);
      const std::string condition = random_.chance(60) ? element("True") : predicate(random_, names_, 1);
      std::string content = condition + model(inner, output, false);
      last = has_;
      predicted.push_back(last.target);
      if (!isChain && random_.chance(20)) content += element("VariableWeight", {{"field", random_.of(names_.numbers)}});
      segments += element("Segment",
                          {{"id", "s" + std::to_string(i)}, {"weight", std::to_string(1 + random_.below(4))}}, content);
      if (!isChain) continue;
      names_ = outside;
      names_.numbers.insert(names_.numbers.end(), numbers.begin(), numbers.end());
      names_.texts.insert(names_.texts.end(), texts.begin(), texts.end());
    }
    attributes_.clear();
    const auto isIn = [](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    has_ = {method == "selectFirst" || (isChain && last.entity), allHaveProbabilities, method == "selectAll", true};
    has_.target = isChain && isIn(place.otherTargets, last.target) ? last.target : place.target;
    for (const char* name : {"y", "cls", "w"})
      if (name != has_.target && (name == place.target || isIn(place.otherTargets, name)) && isIn(predicted, name))
        has_.otherTargets.emplace_back(name);
    return element("Segmentation", a, segments);
  }

  /// Models inside others may leave out the name.
  static Attributes targetField(const Place& place) {
    return place.target.empty() ? Attributes{} : Attributes{{"field", place.target}};
  }

  std::string targets(const Place& place) {
    if (place.isClassification) {
      if (random_.chance(50)) return "";
      return element(
          "Targets", {},
          element("Target", targetField(place),
                  element("TargetValue", {{"value", "low"}, {"displayValue", "Low!"}, {"priorProbability", "0.25"}}) +
                      element("TargetValue", {{"value", "high"}, {"priorProbability", "0.75"}})));
    }
    Attributes a = targetField(place);
    if (random_.chance(50)) a.emplace_back("min", "-5");
    if (random_.chance(50)) a.emplace_back("max", "30.5");
    if (random_.chance(50)) a.emplace_back("rescaleFactor", "1.1");
    if (random_.chance(50)) a.emplace_back("rescaleConstant", "-0.3");
    static const std::vector<std::string> casts{"round", "ceiling", "floor"};
    if (random_.chance(30)) a.emplace_back("castInteger", random_.of(casts));
    return element("Targets", {},
                   element("Target", a, random_.chance(40) ? element("TargetValue", {{"defaultValue", "12.5"}}) : ""));
  }

  std::string outputs(const Place& place, Kind kind, const Answer& has) {
    std::string out;
    const auto add = [&](const char* name, const char* type, const char* feature, Attributes more = {},
                         const std::string& content = {}) {
      Attributes a{{"name", name},
                   {"optype", std::string(type) == "double" ? "continuous" : "categorical"},
                   {"dataType", type},
                   {"feature", feature}};
      a.insert(a.end(), more.begin(), more.end());
      out += element("OutputField", a, content);
    };
    add("answer", place.isClassification ? "string" : "double", "predictedValue");
    add("shown", "string", "predictedDisplayValue");
    if (has.entity) add("leaf", "string", "entityId");
    if (random_.chance(30) && !has.isList) {
      if (!place.isClassification)
        add("rest", "double", "residual");
      else if (kind == Kind::regression)
        add("rest", "double", "residual", {{"value", "mid"}});
    }
    if (has.segments && random_.chance(50) && place.otherTargets.empty())
      add("first", place.isClassification ? "string" : "double", "predictedValue", {{"segmentId", "s1"}});
    for (const std::string& target : has.otherTargets)
      if (random_.chance(50)) add(("of_" + target).c_str(), "string", "predictedValue", {{"targetField", target}});
    if (place.isClassification && has.probabilities && !has.isList) {
      add("p_low", "double", "probability", {{"value", "low"}});
      add("p_best", "double", "probability");
      add("c_mid", "double", "confidence", {{"value", "mid"}});
      add("c_best", "double", "confidence");
    }
    if (!has.isList) (place.isClassification ? names_.texts : names_.numbers).push_back("answer");
    Expressions e(random_, names_, true);
    add("made", "double", "transformedValue", {}, e.number(2));
    names_.numbers.push_back("made");
    add("said", "string", "transformedValue", {}, e.text(2));
    add("rank", "integer", "transformedValue", {}, e.number(1));
    return element("Output", {}, out);
  }

  Row row() {
    Row out;
    const auto put = [&](const char* name, const std::vector<std::string>& texts) {
      Input cell{name, Input::Kind::text, random_.of(texts), 0};
      if (random_.chance(12)) cell = {name, Input::Kind::missing, {}, 0};
      out.push_back(cell);
    };
    const auto putNumber = [&](const char* name, bool isInteger) {
      if (random_.chance(20)) return put(name, {"-999", "-998", "text", "1e3", "", "7", "-3"});
      Input cell{name,
                 Input::Kind::number,
                 {},
                 static_cast<double>(static_cast<int>(random_.below(400)) - 60) / (isInteger ? 1 : 16)};
      if (random_.chance(12)) cell.kind = Input::Kind::missing;
      out.push_back(cell);
    };
    const auto putList = [&](const char* name, const std::vector<std::string>& items,
                             const std::vector<std::string>& rare) {
      Input cell{name, Input::Kind::list, {}, 0};
      for (std::size_t i = 0, n = random_.below(5); i < n; ++i) {
        const std::string& text = !rare.empty() && random_.chance(4) ? random_.of(rare) : random_.of(items);
        cell.items.push_back({name, random_.chance(8) ? Input::Kind::missing : Input::Kind::text, text, 0});
      }
      if (random_.chance(10)) cell = {name, Input::Kind::missing, {}, 0};
      if (random_.chance(10)) cell = {name, Input::Kind::text, random_.of(items), 0};
      out.push_back(cell);
    };
    putNumber("x", false);
    putNumber("z", false);
    putNumber("k", true);
    putNumber("f", false);
    putList("amounts", {"-999", "3", "0.25", "1e3", "-7.5", "12", "", "2"}, {"text"});
    putList("tags", {"small", "large", "red", ""}, {});
    put("color", {"small", "large", "x large", "red", "n/a", "bad", "unseen"});
    put("size", {"small", "Medium", "large", "x large", "n/a", "unseen"});
    put("note", {"small", "The large, Medium one", "smell small SMALL", "", "a-b c", "medium x large (small)"});
    put("flag", {"true", "false", "1", "maybe"});
    put("day", {"2020-02-29", "1969-12-31", "2001-09-09", "2001-02-30"});
    put("cls", {"low", "mid", "high"});
    putNumber("y", false);
    putNumber("w", false);
    put("when", {"2020-02-29T12:30:00", "1969-12-31T23:59:59", "1999-01-01 00:00:00", "noon"});
    return out;
  }

  Random random_;
  Names names_, later_;    ///< later_: known once the tree being made is complete
  Attributes attributes_;  ///< of the model being made
  Answer has_;             ///< what the model made last can say
  bool isOrdinalTarget_ = false, isOld_ = false;
  int fields_ = 0, nodes_ = 0;
};

}  // namespace

Generated generate(std::uint64_t seed) {
  Documents documents(seed);
  Generated out;
  out.document = documents.document();
  out.rows = documents.rows();
  return out;
}

}  // namespace scorelet::test
