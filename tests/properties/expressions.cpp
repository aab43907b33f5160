#include "properties/generator.hpp"

namespace scorelet::test {

std::string element(const std::string& name, const Attributes& attributes, const std::string& content) {
  std::string out = "<" + name;
  for (const auto& [key, value] : attributes) out += " " + key + "=\"" + value + "\"";
  return out + (content.empty() ? "/>" : ">" + content + "</" + name + ">");
}

const std::vector<std::string>& words() {
  static const std::vector<std::string> list{"small", "Medium", "large", "x large"};
  return list;
}

std::string definedFunctions() {
  const auto field = [](const char* name) { return element("FieldRef", {{"field", name}}); };
  return element("DefineFunction", {{"name", "blend"}, {"optype", "continuous"}, {"dataType", "double"}},
                 element("ParameterField", {{"name", "a"}, {"optype", "continuous"}, {"dataType", "double"}}) +
                     element("ParameterField", {{"name", "b"}, {"optype", "continuous"}, {"dataType", "integer"}}) +
                     element("Apply", {{"function", "/"}},
                             field("a") +
                                 element("Apply", {{"function", "-"}}, field("b") + element("Constant", {}, "2")))) +
         element("DefineFunction", {{"name", "mark"}, {"optype", "categorical"}, {"dataType", "string"}},
                 element("ParameterField", {{"name", "x"}, {"optype", "categorical"}, {"dataType", "string"}}) +
                     element("Apply", {{"function", "concat"}},
                             field("x") + element("Constant", {{"dataType", "string"}}, "!")));
}

std::string Expressions::literal() {
  static const std::vector<std::string> list{"0",  "1",   "-1", "2",   "0.5",   "-2.5",   "3",
                                             "10", "0.1", "7",  "1e3", "-0.25", "100.125"};
  return random_.of(list);
}

std::string Expressions::constant() {
  const std::string text = literal();
  if (random_.chance(4)) return element("Constant", {{"dataType", "double"}, {"missing", "true"}}, text);
  if (random_.chance(50)) return element("Constant", {}, text);
  return element("Constant", {{"dataType", random_.chance(30) ? "float" : "double"}}, text);
}

std::string Expressions::textConstant() {
  return element("Constant", {{"dataType", "string"}}, random_.chance(70) ? random_.of(words()) : "other");
}

std::string Expressions::reference(const std::vector<std::string>& names, const std::string& mapped) {
  Attributes a{{"field", random_.of(names)}};
  if (random_.chance(15)) a.emplace_back("mapMissingTo", mapped);
  return element("FieldRef", a);
}

std::string Expressions::apply(const std::string& function, const std::string& arguments, const std::string& mapped) {
  Attributes a{{"function", function}};
  if (random_.chance(12)) a.emplace_back("mapMissingTo", mapped);
  if (random_.chance(12)) a.emplace_back("defaultValue", mapped);
  if (random_.chance(40))
    a.emplace_back("invalidValueTreatment", random_.chance(70)   ? "asMissing"
                                            : random_.chance(50) ? "asIs"
                                                                 : "returnInvalid");
  return element("Apply", a, arguments);
}

std::string Expressions::discretize(bool toText) {
  std::string bins;
  static const std::vector<std::string> closures{"openClosed", "openOpen", "closedOpen", "closedClosed"};
  const std::size_t n = 1 + random_.below(3);
  for (std::size_t i = 0; i < n; ++i) {
    Attributes interval{{"closure", random_.of(closures)}};
    if (i > 0 || random_.chance(60)) interval.emplace_back("leftMargin", std::to_string(static_cast<int>(i) * 2 - 2));
    if (i + 1 < n || random_.chance(60)) interval.emplace_back("rightMargin", std::to_string(i * 2));
    bins += element("DiscretizeBin", {{"binValue", toText ? random_.of(words()) : literal()}},
                    element("Interval", interval));
  }
  Attributes a{{"field", random_.of(names_.numbers)}, {"dataType", toText ? "string" : "double"}};
  if (random_.chance(40)) a.emplace_back("mapMissingTo", toText ? "none" : "-9");
  if (random_.chance(40)) a.emplace_back("defaultValue", toText ? "rest" : "99");
  return element("Discretize", a, bins);
}

std::string Expressions::mapValues(bool toText) {
  const bool isPair = random_.chance(40);
  std::string content = element("FieldColumnPair", {{"field", random_.of(names_.texts)}, {"column", "a"}});
  if (isPair) content += element("FieldColumnPair", {{"field", random_.of(names_.booleans)}, {"column", "b"}});
  std::string rows;
  for (std::size_t i = 0, n = 1 + random_.below(6); i < n; ++i) {
    std::string cells = element("a", {}, random_.of(words()));
    if (isPair) cells += element("b", {}, random_.chance(50) ? "true" : "false");
    if (!random_.chance(10)) cells += element("out", {}, toText ? random_.of(words()) : literal());
    rows += element("row", {}, cells);
  }
  Attributes a{{"outputColumn", "out"}, {"dataType", toText ? "string" : "double"}};
  if (random_.chance(40)) a.emplace_back("mapMissingTo", toText ? "none" : "-9");
  if (random_.chance(40)) a.emplace_back("defaultValue", toText ? "rest" : "99");
  return element("MapValues", a, content + element("InlineTable", {}, rows));
}

std::string Expressions::number(int depth) {
  if (depth <= 0) return random_.chance(70) ? reference(names_.numbers, "4") : constant();
  switch (random_.below(10)) {
    case 0: return reference(names_.numbers, "4");
    case 1: {
      std::string norms;
      for (std::size_t i = 0, n = 2 + random_.below(3); i < n; ++i)
        norms += element("LinearNorm", {{"orig", std::to_string(static_cast<int>(i) * 3 - 3)}, {"norm", literal()}});
      Attributes a{{"field", random_.of(names_.numbers)}};
      if (random_.chance(40)) a.emplace_back("mapMissingTo", "0.75");
      if (random_.chance(70))
        a.emplace_back("outliers", random_.chance(50)   ? "asMissingValues"
                                   : random_.chance(50) ? "asExtremeValues"
                                                        : "asIs");
      return element("NormContinuous", a, norms);
    }
    case 2: {
      Attributes a{{"field", random_.of(names_.texts)}, {"value", random_.of(words())}};
      if (random_.chance(40)) a.emplace_back("mapMissingTo", "0.5");
      return element("NormDiscrete", a);
    }
    case 3: return random_.chance(50) ? discretize(false) : mapValues(false);
    case 4: {
      static const std::vector<std::string> unary{
          "abs",   "exp",  "ln",  "sqrt",         "floor",        "ceil",         "round", "rint", "log10",
          "expm1", "ln1p", "sin", "cos",          "tan",          "asin",         "acos",  "atan", "sinh",
          "cosh",  "tanh", "erf", "stdNormalCDF", "stdNormalPDF", "stdNormalIDF", "expit", "logit"};
      return apply(random_.of(unary), number(depth - 1), "7");
    }
    case 5: {
      static const std::vector<std::string> binary{"+",         "-",     "*",       "/",   "pow", "modulo",
                                                   "threshold", "hypot", "x-atan2", "min", "max"};
      return apply(random_.of(binary), number(depth - 1) + number(depth - 1), "7");
    }
    case 6: {
      static const std::vector<std::string> many{"sum",     "avg",       "min",       "max",      "median",
                                                 "product", "normalCDF", "normalPDF", "normalIDF"};
      return apply(random_.of(many), number(depth - 1) + number(depth - 1) + number(depth - 1), "7");
    }
    case 7:
      return apply("if", boolean(depth - 1) + number(depth - 1) + (random_.chance(80) ? number(depth - 1) : ""), "7");
    case 8:
      if (hasFunctions_ && random_.chance(50)) return apply("blend", number(depth - 1) + number(depth - 1), "7");
      return random_.chance(50) ? apply("stringLength", text(depth - 1), "7")
                                : apply(random_.chance(50) ? "dateDaysSinceYear" : "dateSecondsSinceYear",
                                        reference(names_.moments, "2001-02-03") + element("Constant", {}, "1980"), "7");
    default: {
      Attributes a{{"textField", random_.of(names_.texts)}};
      static const std::vector<std::string> weights{"termFrequency", "binary", "logarithmic",
                                                    "augmentedNormalizedTermFrequency"};
      a.emplace_back("localTermWeights", random_.of(weights));
      if (random_.chance(40)) a.emplace_back("isCaseSensitive", "true");
      if (random_.chance(30)) a.emplace_back("maxLevenshteinDistance", "1");
      if (random_.chance(30)) a.emplace_back("countHits", "bestHits");
      std::string rows =
          element("row", {}, element("string", {}, "Medium") + element("stem", {}, "large")) +
          element("row", {},
                  element("string", {}, "sm.ll") + element("stem", {}, "tiny") + element("regex", {}, "true"));
      const std::string normalization =
          random_.chance(40) ? element("TextIndexNormalization", {{"recursive", random_.chance(50) ? "true" : "false"}},
                                       element("InlineTable", {}, rows))
                             : "";
      return element("TextIndex", a, normalization + textConstant());
    }
  }
}

std::string Expressions::text(int depth) {
  if (depth <= 0) return random_.chance(75) ? reference(names_.texts, "none") : textConstant();
  switch (random_.below(9)) {
    case 0: return reference(names_.texts, "none");
    case 1: return random_.chance(50) ? discretize(true) : mapValues(true);
    case 2: return apply(random_.chance(50) ? "uppercase" : "lowercase", text(depth - 1), "none");
    case 3:
      return apply("concat", text(depth - 1) + (random_.chance(50) ? number(depth - 1) : text(depth - 1)), "none");
    case 4:
      return apply(
          "substring",
          text(depth - 1) + element("Constant", {}, std::to_string(random_.below(4))) + element("Constant", {}, "3"),
          "none");
    case 5: return apply("if", boolean(depth - 1) + text(depth - 1) + text(depth - 1), "none");
    case 6:
      return apply("replace",
                   text(depth - 1) + element("Constant", {{"dataType", "string"}}, "l+([a-z])") +
                       element("Constant", {{"dataType", "string"}}, "[$1]"),
                   "none");
    case 7:
      if (hasFunctions_ && random_.chance(50)) return apply("mark", text(depth - 1), "none");
      return apply(
          "formatDatetime",
          reference(names_.moments, "2001-02-03") + element("Constant", {{"dataType", "string"}}, "%Y/%m/%d %j"),
          "none");
    default:
      return apply(
          "formatNumber",
          number(depth - 1) + element("Constant", {{"dataType", "string"}}, random_.chance(50) ? "%8.3f" : "%d"),
          "none");
  }
}

std::string Expressions::boolean(int depth) {
  if (depth <= 0) return reference(names_.booleans, "true");
  static const std::vector<std::string> comparisons{"equal",       "notEqual",    "lessThan",
                                                    "lessOrEqual", "greaterThan", "greaterOrEqual"};
  switch (random_.below(7)) {
    case 0: return reference(names_.booleans, "true");
    case 1: return apply(random_.of(comparisons), number(depth - 1) + number(depth - 1), "true");
    case 2: return apply(random_.of(comparisons), text(depth - 1) + text(depth - 1), "true");
    case 3: return apply(random_.chance(50) ? "and" : "or", boolean(depth - 1) + boolean(depth - 1), "true");
    case 4: return apply("not", boolean(depth - 1), "true");
    case 5:
      return apply(random_.chance(50) ? "isIn" : "isNotIn", text(depth - 1) + textConstant() + textConstant(), "true");
    default: {
      static const std::vector<std::string> questions{"isMissing", "isNotMissing", "isValid", "isNotValid"};
      return apply(random_.of(questions), number(depth - 1), "true");
    }
  }
}

std::string predicate(Random& random, const Names& names, int depth) {
  const std::size_t kind = random.below(depth > 0 ? 10 : 7);
  if (kind == 0)
    return element("SimplePredicate", {{"field", random.of(names.numbers)},
                                       {"operator", random.chance(50) ? "isMissing" : "isNotMissing"}});
  static const std::vector<std::string> comparisons{"equal",       "notEqual",    "lessThan",
                                                    "lessOrEqual", "greaterThan", "greaterOrEqual"};
  static const std::vector<std::string> constants{"0", "1", "0.5", "-1", "2.5", "10", "5"};
  if (kind <= 3)
    return element(
        "SimplePredicate",
        {{"field", random.of(names.numbers)}, {"operator", random.of(comparisons)}, {"value", random.of(constants)}});
  if (kind == 4)
    return element("SimplePredicate",
                   {{"field", "size"}, {"operator", random.of(comparisons)}, {"value", random.of(words())}});
  if (kind == 5)
    return element("SimplePredicate", {{"field", random.of(names.texts)},
                                       {"operator", random.chance(50) ? "equal" : "notEqual"},
                                       {"value", random.of(words())}});
  if (kind == 6)
    return element(
        "SimpleSetPredicate",
        {{"field", random.of(names.texts)}, {"booleanOperator", random.chance(50) ? "isIn" : "isNotIn"}},
        element("Array", {{"type", "string"}, {"n", "3"}},
                "small &quot;x large&quot; " +
                    random.of(words().size() > 2 ? std::vector<std::string>{"Medium", "large", "other"} : words())));
  static const std::vector<std::string> operators{"and", "or", "xor", "surrogate"};
  std::string operands;
  for (std::size_t i = 0, n = 2 + random.below(2); i < n; ++i) operands += predicate(random, names, depth - 1);
  return element("CompoundPredicate", {{"booleanOperator", random.of(operators)}}, operands);
}

}  // namespace scorelet::test
