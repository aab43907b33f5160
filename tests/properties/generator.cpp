// Random documents around random models.
#include "properties/generator.hpp"

namespace scorelet::test {

namespace {

/// How a model is used where it stands.
struct Place {
  bool isClassification = false;
  bool needsProbabilities = false;  ///< its probabilities are combined
  int depth = 0;
};

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
    const Place place{random_.chance(50), false, 2};
    const std::string scored = model(place, {}, true);
    return element(
        "PMML", {{"xmlns", "http://www.dmg.org/PMML-4_4"}, {"version", "4.4"}},
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
            field("when", "ordinal", "dateTime") + field("y", "continuous", random_.chance(20) ? "float" : "double") +
            field("cls", isOrdinalTarget_ ? "ordinal" : "categorical", "string", values(classes(), false, "")));
  }

  /// Treatments of an input; `isInner` fields mostly pass values on.
  std::string miningField(const std::string& name, bool isInner) {
    Attributes a{{"name", name}};
    if (isInner && random_.chance(85)) return element("MiningField", a);
    const bool isNumber = name == "x" || name == "z" || name == "k" || name == "f";
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
    for (const char* name : {"x", "z", "k", "f", "color", "size", "note", "flag", "day", "when"})
      out += miningField(name, !isTop);
    // An inner model sees what its own schema lists: derived fields and outputs around it too.
    if (!isTop)
      for (const auto* list : {&names_.numbers, &names_.texts, &names_.booleans})
        for (const std::string& name : *list)
          if (name[0] == 'l' || name[0] == 'o') out += element("MiningField", {{"name", name}});
    return element(
        "MiningSchema", {},
        out + element("MiningField", {{"name", place.isClassification ? "cls" : "y"}, {"usageType", "target"}}));
  }

  std::string derivedFields(const std::string& prefix, std::size_t most) {
    std::string out;
    for (std::size_t i = 0, n = random_.below(most + 1); i < n; ++i) {
      const std::string name = prefix + std::to_string(fields_++);
      Expressions e(random_, names_, true);
      const std::size_t kind = random_.below(10);
      if (kind < 6) {
        const std::string type = kind < 4 ? "double" : kind == 4 ? "float" : "integer";
        const std::string expression = random_.chance(4)
                                           ? element("Lag", {{"field", random_.of(names_.numbers)},
                                                             {"n", "2"},
                                                             {"aggregate", random_.chance(50) ? "none" : "avg"}})
                                           : e.number(3);
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

  std::string model(const Place& place, const std::string& output, bool isTop) {
    const Names outside = names_;
    const std::size_t kind = random_.below(place.depth > 0 ? 5 : 3);
    std::string transformations = random_.chance(60) ? derivedFields("l", 2) : "";
    if (!transformations.empty()) transformations = element("LocalTransformations", {}, transformations);
    const std::string body = kind == 0 ? regression(place) : kind < 3 ? tree(place) : mining(place);
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
        element(kind == 0  ? "RegressionModel"
                : kind < 3 ? "TreeModel"
                           : "MiningModel",
                a, mining + (isTop ? outputs(place, kind) : output) + targets + transformations + body);
    names_ = outside;
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
    std::string out;
    for (const std::string& c : classes()) out += table(c);
    return out;
  }

  struct TreeShape {
    bool isClassification, hasDistributions, hasDefaults;
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
    Expressions e(random_, names_, false);
    if (below.empty() || !random_.chance(40))
      a.emplace_back("score", shape.isClassification ? random_.of(classes()) : e.literal());
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
    const TreeShape shape{place.isClassification,
                          place.isClassification && (place.needsProbabilities || mixes || random_.chance(70)),
                          strategy == "defaultChild"};
    const std::string root = node(shape, 3, random_.chance(90) ? element("True") : predicate(random_, names_, 1));
    attributes_ = {{"missingValueStrategy", strategy},
                   {"noTrueChildStrategy", random_.chance(50) ? "returnLastPrediction" : "returnNullPrediction"},
                   {"splitCharacteristic", "multiSplit"}};
    if (random_.chance(40)) attributes_.emplace_back("missingValuePenalty", "0.8");
    return root;
  }

  std::string mining(const Place& place) {
    static const std::vector<std::string> numeric{"average", "weightedAverage", "median",      "weightedMedian", "max",
                                                  "sum",     "weightedSum",     "selectFirst", "modelChain"};
    static const std::vector<std::string> categorical{
        "majorityVote", "weightedMajorityVote", "average",   "weightedAverage", "median",
        "max",          "selectFirst",          "modelChain"};
    const std::string method = random_.of(place.isClassification ? categorical : numeric);
    const bool isChain = method == "modelChain", votes = method.find("Vote") != std::string::npos,
               picks = isChain || method == "selectFirst";
    static const std::vector<std::string> treatments{"continue", "skipSegment", "returnMissing"};
    Attributes a{{"multipleModelMethod", method}};
    if (random_.chance(60)) a.emplace_back("missingPredictionTreatment", random_.of(treatments));
    if (random_.chance(50)) a.emplace_back("missingThreshold", "0.5");
    std::string segments;
    bool isMixed = false;
    for (std::size_t i = 0, n = 2 + random_.below(3); i < n; ++i) {
      const bool isLast = i + 1 == n;
      // Earlier models of a chain may predict anything; where probabilities count, every segment has some.
      const Place inner{isChain && !isLast ? random_.chance(50) : place.isClassification,
                        place.needsProbabilities || (place.isClassification && !votes && !picks), place.depth - 1};
      isMixed |= inner.isClassification != place.isClassification;
      std::string output, made;
      if (isChain && !isLast) {
        made = "o" + std::to_string(fields_++);
        output = element("Output", {},
                         element("OutputField", {{"name", made},
                                                 {"optype", inner.isClassification ? "categorical" : "continuous"},
                                                 {"dataType", inner.isClassification ? "string" : "double"},
                                                 {"feature", "predictedValue"}}));
      }
      // Of a chain whose models predict different things the last one must answer.
      const std::string condition =
          (isLast && isMixed) || random_.chance(60) ? element("True") : predicate(random_, names_, 1);
      std::string content = condition + model(inner, output, false);
      if (!isChain && random_.chance(20)) content += element("VariableWeight", {{"field", random_.of(names_.numbers)}});
      segments += element("Segment",
                          {{"id", "s" + std::to_string(i)}, {"weight", std::to_string(1 + random_.below(4))}}, content);
      if (!made.empty()) (inner.isClassification ? names_.texts : names_.numbers).push_back(made);
    }
    attributes_.clear();
    return element("Segmentation", a, segments);
  }

  std::string targets(const Place& place) {
    if (place.isClassification) {
      if (random_.chance(50)) return "";
      return element(
          "Targets", {},
          element("Target", {{"field", "cls"}},
                  element("TargetValue", {{"value", "low"}, {"displayValue", "Low!"}, {"priorProbability", "0.25"}}) +
                      element("TargetValue", {{"value", "high"}, {"priorProbability", "0.75"}})));
    }
    Attributes a{{"field", "y"}};
    if (random_.chance(50)) a.emplace_back("min", "-5");
    if (random_.chance(50)) a.emplace_back("max", "30.5");
    if (random_.chance(50)) a.emplace_back("rescaleFactor", "1.1");
    if (random_.chance(50)) a.emplace_back("rescaleConstant", "-0.3");
    static const std::vector<std::string> casts{"round", "ceiling", "floor"};
    if (random_.chance(30)) a.emplace_back("castInteger", random_.of(casts));
    return element("Targets", {},
                   element("Target", a, random_.chance(40) ? element("TargetValue", {{"defaultValue", "12.5"}}) : ""));
  }

  std::string outputs(const Place& place, std::size_t kind) {
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
    if (kind == 1 || kind == 2) add("leaf", "string", "entityId");
    if (random_.chance(30)) {
      if (!place.isClassification)
        add("rest", "double", "residual");
      else if (kind == 0)
        add("rest", "double", "residual", {{"value", "mid"}});
    }
    if (kind > 2 && random_.chance(50))
      add("first", place.isClassification ? "string" : "double", "predictedValue", {{"segmentId", "s1"}});
    if (place.isClassification && kind == 0) {
      add("p_low", "double", "probability", {{"value", "low"}});
      add("p_best", "double", "probability");
    }
    const bool isNumber = !place.isClassification;
    if (isNumber)
      names_.numbers.push_back("answer");
    else
      names_.texts.push_back("answer");
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
    putNumber("x", false);
    putNumber("z", false);
    putNumber("k", true);
    putNumber("f", false);
    put("color", {"small", "large", "x large", "red", "n/a", "bad", "unseen"});
    put("size", {"small", "Medium", "large", "x large", "n/a", "unseen"});
    put("note", {"small", "The large, Medium one", "smell small SMALL", "", "a-b c", "medium x large (small)"});
    put("flag", {"true", "false", "1", "maybe"});
    put("day", {"2020-02-29", "1969-12-31", "2001-09-09", "2001-02-30"});
    put("cls", {"low", "mid", "high"});
    putNumber("y", false);
    put("when", {"2020-02-29T12:30:00", "1969-12-31T23:59:59", "1999-01-01 00:00:00", "noon"});
    return out;
  }

  Random random_;
  Names names_;
  Attributes attributes_;  ///< of the model being made
  bool isOrdinalTarget_ = false;
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
