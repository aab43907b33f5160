// Ensembles in their packed form answer to the bit as the general walk does, segment by segment: the same random
// ensembles are loaded once as they are and once with predicates that only the general walk knows.
#include <bit>
#include <cmath>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "properties/random.hpp"
#include "support/documents.hpp"

namespace scorelet {
namespace {

const std::vector<std::string> kNumbers{"x", "y", "z"}, kTexts{"c", "d"};
const std::vector<std::string> kClasses{"a", "b", "e"};

/// Words of a text field: more than one word of bits holds for `d`.
std::string word(const std::string& field, std::size_t i) { return field + std::to_string(i); }
std::size_t words(const std::string& field) { return field == "c" ? 5 : 90; }

/// A document as random choices make it. `isGeneral`: with compound predicates of the same meaning.
class Ensemble {
 public:
  Ensemble(std::uint64_t seed, bool isGeneral) : random_(seed), isGeneral_(isGeneral) {}

  std::string document() {
    isClassification_ = random_.chance(50);
    const std::vector<std::string> methods =
        isClassification_
            ? std::vector<std::string>{"average", "weightedAverage", "majorityVote", "weightedMajorityVote", "sum",
                                       "max",     "median"}
            : std::vector<std::string>{"sum",    "weightedSum",    "average", "weightedAverage",
                                       "median", "weightedMedian", "max"};
    const std::string function = " functionName=\"" + std::string(isClassification_ ? "classification" : "regression") +
                                 "\"" + (random_.chance(50) ? " x-mathContext=\"float\"" : "");
    const std::string segments = trees(function);
    const std::string method = random_.of(methods);
    const std::string missing = random_.of(std::vector<std::string>{"continue", "skipSegment", "returnMissing"});
    const std::string output = isClassification_
                                   ? "<Output><OutputField name=\"a\" feature=\"probability\" value=\"a\"/>"
                                     "<OutputField name=\"b\" feature=\"probability\" value=\"b\"/></Output>"
                                   : "";
    return within("<MiningModel" + function + ">" + schema() + output + "<Segmentation multipleModelMethod=\"" +
                  method + "\" missingPredictionTreatment=\"" + missing + "\" missingThreshold=\"0.4\">" + segments +
                  "</Segmentation></MiningModel>");
  }

  /// Several ensembles that ask the same fields, one after the other, and a sum of what they answer.
  std::string chain() {
    const std::string function = " functionName=\"regression\"";
    std::string segments, predictors;
    asksTexts_ = random_.chance(20);
    for (std::size_t i = 0, n = 2 + random_.below(4); i < n; ++i) {
      const std::string how = function + (random_.chance(80) ? " x-mathContext=\"float\"" : "");
      const std::string name = "s" + std::to_string(i);
      replacesMissing_ = random_.chance(10);
      segments += "<Segment><True/><MiningModel" + how + ">" + schema() + "<Output><OutputField name=\"" + name +
                  "\" feature=\"predictedValue\"/></Output><Segmentation multipleModelMethod=\"" +
                  random_.of(std::vector<std::string>{"sum", "sum", "weightedSum", "average"}) +
                  "\" missingPredictionTreatment=\"continue\">" + trees(how) +
                  "</Segmentation></MiningModel></Segment>";
      predictors += "<NumericPredictor name=\"" + name + "\" coefficient=\"1.5\"/>";
    }
    replacesMissing_ = false;
    return within("<MiningModel" + function + ">" + schema() + "<Segmentation multipleModelMethod=\"modelChain\">" +
                  segments + "<Segment><True/><RegressionModel" + function +
                  "><MiningSchema/><RegressionTable intercept=\"1\">" + predictors +
                  "</RegressionTable></RegressionModel></Segment></Segmentation></MiningModel>");
  }

 private:
  std::string schema() const {
    return "<MiningSchema><MiningField name=\"t\" usageType=\"target\"/><MiningField name=\"x\"" +
           std::string(replacesMissing_ ? " missingValueReplacement=\"0.5\"" : "") +
           "/><MiningField name=\"y\"/><MiningField name=\"z\"/><MiningField name=\"c\"/><MiningField "
           "name=\"d\"/></MiningSchema>";
  }

  std::string within(const std::string& model) const {
    return test::pmml(
        "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"y\" optype=\"continuous\" dataType=\"float\"/>"
        "<DataField name=\"z\" optype=\"continuous\" dataType=\"integer\"/>"
        "<DataField name=\"c\" optype=\"categorical\" dataType=\"string\"/>"
        "<DataField name=\"d\" optype=\"categorical\" dataType=\"string\"/>" +
            std::string(isClassification_ ? "<DataField name=\"t\" optype=\"categorical\" dataType=\"string\"/>"
                                          : "<DataField name=\"t\" optype=\"continuous\" dataType=\"double\"/>"),
        model);
  }

  /// Trees in segments.
  std::string trees(const std::string& function) {
    // Each makes the whole ensemble need another form, so each is rare within one.
    hasFloatsOnly_ = random_.chance(60);
    strictness_ = random_.of(std::vector<unsigned>{0, 50, 100});
    hasThreeWays_ = random_.chance(15);
    const std::string strategy = random_.of(std::vector<std::string>{"none", "lastPrediction", "nullPrediction",
                                                                     "defaultChild", "defaultChild", "defaultChild"});
    const std::string noTrueChild = random_.chance(50) ? "returnLastPrediction" : "returnNullPrediction";
    std::string segments;
    for (std::size_t i = 0, n = 1 + random_.below(40); i < n; ++i) {
      ids_ = 0;
      segments += "<Segment weight=\"" + std::to_string(random_.below(5)) + ".3\"><True/><TreeModel" + function +
                  " missingValueStrategy=\"" + strategy + "\" noTrueChildStrategy=\"" + noTrueChild + "\">" + schema() +
                  node("<True/>", static_cast<int>(random_.below(6))) + "</TreeModel></Segment>";
    }
    return segments;
  }

  std::string number() {
    const double x = static_cast<double>(random_.below(41)) / 8 - 2.5;
    return std::to_string(hasFloatsOnly_ || random_.chance(50) ? x : x + 0.1);
  }

  std::string predicate(const std::string& field, const std::string& op, const std::string& value) const {
    return whole("<SimplePredicate field=\"" + field + "\" operator=\"" + op + "\" value=\"" + value + "\"/>");
  }
  std::string whole(const std::string& test) const {
    return isGeneral_ ? "<CompoundPredicate booleanOperator=\"and\">" + test + "<True/></CompoundPredicate>" : test;
  }
  std::string isIn(const std::string& field, const std::string& members, const std::string& op) const {
    return whole("<SimpleSetPredicate field=\"" + field + "\" booleanOperator=\"" + op + "\"><Array type=\"string\">" +
                 members + "</Array></SimpleSetPredicate>");
  }

  /// The tests of a node's children: two that complete each other, a test and what is left, or several of any kind.
  std::vector<std::string> tests() {
    if (asksTexts_ && random_.chance(40)) {
      const std::string field = random_.of(kTexts);
      std::string in, out;
      for (std::size_t i = 0; i < words(field); ++i) (random_.chance(50) ? in : out) += word(field, i) + " ";
      if (in.empty() || out.empty() || random_.chance(20))
        return {predicate(field, "equal", word(field, 1)), predicate(field, "notEqual", word(field, 1))};
      const bool isPair = random_.chance(80);
      return {isIn(field, in, "isIn"), isPair ? isIn(field, out, "isIn") : isIn(field, in, "isNotIn")};
    }
    const std::string field = random_.of(kNumbers);
    const std::string value = field == "z" ? std::to_string(random_.below(5)) : number();
    const bool isStrict = random_.chance(strictness_);
    const std::string below = predicate(field, isStrict ? "lessThan" : "lessOrEqual", value);
    const std::string above = predicate(field, isStrict ? "greaterOrEqual" : "greaterThan", value);
    if (random_.chance(30)) return {below, "<True/>"};
    if (random_.chance(20)) return {above};
    if (hasThreeWays_ && random_.chance(20)) return {below, predicate(random_.of(kNumbers), "lessThan", "1"), above};
    return {below, above};
  }

  std::string node(const std::string& test, int depth) {
    const bool isRoot = ids_ == 0;
    std::string attributes = " id=\"" + std::to_string(ids_++) + "\"", content = test;
    if (depth == 0 || random_.chance(80))
      attributes += " score=\"" + (isClassification_ ? random_.of(kClasses) : number()) + "\"";
    std::string distribution;
    if (isClassification_ && (isRoot || random_.chance(97)))
      for (const std::string& c : kClasses)
        distribution +=
            "<ScoreDistribution value=\"" + c + "\" recordCount=\"" + std::to_string(1 + random_.below(6)) + "\"/>";
    content += distribution;
    if (depth > 0 && random_.chance(90)) {
      const std::vector<std::string> all = tests();
      const std::size_t chosen = random_.below(all.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == chosen) attributes += " defaultChild=\"" + std::to_string(ids_) + "\"";
        content += node(all[i], depth - 1);
      }
    }
    return "<Node" + attributes + ">" + content + "</Node>";
  }

  test::Random random_;
  bool isGeneral_, isClassification_ = false, hasFloatsOnly_ = false, hasThreeWays_ = false;
  bool asksTexts_ = true, replacesMissing_ = false;
  unsigned strictness_ = 0;
  int ids_ = 0;
};

/// `x`, a number near it, or one of the doubles beside it, which no float tells from it.
double nearby(test::Random& random, double x) {
  const std::vector<double> others{x + 0.1, std::nextafter(x, 9), std::nextafter(x, -9)};
  return random.chance(60) ? x : random.of(others);
}

/// Values that tests separate, missing and unseen ones, and some that no field can be cast to.
std::vector<std::vector<Cell>> rowsFor(std::uint64_t seed, std::size_t n, std::vector<std::string>& texts) {
  test::Random random(seed);
  texts = {"unseen", "not a number"};
  for (const std::string& field : kTexts)
    for (std::size_t i = 0; i < words(field); ++i) texts.push_back(word(field, i));
  std::vector<std::vector<Cell>> columns(5);
  const unsigned missing = static_cast<unsigned>(random.below(3)) * 8;
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t i = 0; i < 5; ++i) {
      Cell cell;
      if (i == 2)
        cell = Cell::of(static_cast<double>(random.below(6)));
      else if (i < 2)
        cell = Cell::of(nearby(random, static_cast<double>(random.below(41)) / 8 - 2.5));
      else
        cell = Cell::of(texts[2 + (i == 3 ? random.below(5) : 5 + random.below(90))]);
      if (random.chance(missing)) cell = Cell::none();
      if (random.chance(2)) cell = i < 3 ? Cell::of(texts[1]) : Cell::of(texts[0]);
      columns[i].push_back(cell);
    }
  return columns;
}

std::vector<std::uint64_t> answers(Scorer& scorer, std::size_t results, const std::vector<std::vector<Cell>>& columns,
                                   std::size_t first, std::size_t n) {
  Batch batch{n, {}};
  for (const auto& column : columns) batch.columns.push_back(Column::ofCells(column.data() + first));
  scorer.score(batch);
  std::vector<std::uint64_t> out;
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t c = 0; c < results; ++c) out.push_back(std::bit_cast<std::uint64_t>(scorer.column(c)[row]));
  return out;
}

void expectAsGeneral(std::uint64_t seed, const std::string& document, const std::string& same) {
  constexpr std::size_t kRows = 64 + 21;
  SCOPED_TRACE(seed);
  auto packed = Model::load(document);
  auto general = Model::load(same);
  ASSERT_TRUE(packed && general) << packed.error()[0].text() << document;
  std::vector<std::string> texts;
  const auto columns = rowsFor(seed, kRows, texts);
  Scorer one(*packed), other(*general);
  const std::size_t results = packed->results().size();
  const auto expected = answers(other, results, columns, 0, kRows);
  ASSERT_EQ(answers(one, results, columns, 0, kRows), expected) << document;
  const auto at = [&](std::size_t row) { return expected.begin() + static_cast<std::ptrdiff_t>(row * results); };
  for (const std::size_t n : {1, 2, 7, 11, 12, 17, 23, 24, 33})  // few rows are walked one by one, or with others
    for (std::size_t row = 0; row + n <= kRows; row += n)
      ASSERT_EQ(answers(one, results, columns, row, n), std::vector<std::uint64_t>(at(row), at(row + n)))
          << document << row << " " << n;
}

TEST(forest, answers_as_the_general_walk_does) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed)
    expectAsGeneral(seed, Ensemble(seed, false).document(), Ensemble(seed, true).document());
}

TEST(forest, forests_of_a_chain_answer_as_the_general_walk_does) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed)
    expectAsGeneral(seed, Ensemble(seed, false).chain(), Ensemble(seed, true).chain());
}

/// Two numbers and a text, trees from one leaf to chains and bushes of hundreds, thresholds at the ends of what doubles
/// are, sets of one, of two and of more words.
class Shapes {
 public:
  explicit Shapes(std::uint64_t seed) : random_(seed) {
    isNarrow_ = random_.chance(50);
    for (std::size_t i = 0, n = random_.of(std::vector<std::size_t>{2, 50, 100, 200}); i < n; ++i)
      texts_.push_back(word("c", i));
    for (std::size_t i = 0; i < 400; ++i)
      numbers_.push_back((isNarrow_ ? 1 : 1.1) * static_cast<double>(random_.below(400)) / 8 - 25);
    for (const double x : {0.0, -0.0, 5e-324, -5e-324, 1e-310, 1.7e308, -1.7e308, 1e-45, 3.5e38}) numbers_.push_back(x);
  }

  /// `isGeneral` as for ensembles. Both of a seed are made by two objects of the same seed.
  std::string document(bool isGeneral) {
    isGeneral_ = isGeneral;
    const std::string how = random_.of(std::vector<std::string>{"", " missingValueStrategy=\"defaultChild\"",
                                                                " missingValueStrategy=\"lastPrediction\""});
    std::string segments;
    for (const std::size_t leaves : {1, 2, 2 + static_cast<int>(random_.below(9)), 64, 128, 255, 256, 257, 300})
      for (const bool isChain : {false, true})
        if (leaves < 100 || random_.chance(50))
          segments += "<Segment><True/><TreeModel functionName=\"regression\"" + how + ">" + kFields +
                      node("<True/>", isChain ? std::min(leaves, std::size_t{64}) : leaves, isChain) +
                      "</TreeModel></Segment>";
    return test::pmml(
        "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"c\" optype=\"categorical\" dataType=\"string\"/>"
        "<DataField name=\"t\" optype=\"continuous\" dataType=\"double\"/>",
        std::string("<MiningModel functionName=\"regression\">") + kFields +
            "<Segmentation multipleModelMethod=\"sum\">" + segments + "</Segmentation></MiningModel>");
  }

  std::vector<std::vector<Cell>> rows(std::size_t n) {
    std::vector<std::vector<Cell>> columns(3);
    for (std::size_t row = 0; row < n; ++row) {
      for (std::size_t i = 0; i < 2; ++i) {
        columns[i].push_back(Cell::of(nearby(random_, random_.of(numbers_))));
        if (random_.chance(3)) columns[i].back() = Cell::of((random_.chance(50) ? 1 : -1) * HUGE_VAL);
      }
      columns[2].push_back(Cell::of(random_.of(texts_)));
      for (auto& column : columns)
        if (random_.chance(10)) column.back() = Cell::none();
    }
    return columns;
  }

 private:
  static constexpr const char* kFields =
      "<MiningSchema><MiningField name=\"t\" usageType=\"target\"/><MiningField name=\"x\"/>"
      "<MiningField name=\"y\"/><MiningField name=\"c\"/></MiningSchema>";

  std::string node(const std::string& test, std::size_t leaves, bool isChain) {
    const std::string id = " id=\"" + std::to_string(ids_++) + "\"";
    const std::string score = " score=\"" + std::to_string(random_.below(1000)) + ".7\"";
    if (leaves == 1) return "<Node" + id + score + ">" + test + "</Node>";
    const std::size_t below = isChain ? (random_.chance(70) ? 1 : leaves - 1) : 1 + random_.below(leaves - 1);
    const auto [is, isNot] = random_.chance(25) ? setTests() : numberTests();
    const int first = ids_;
    const std::string yes = node(is, below, isChain);
    const int second = ids_;
    const std::string no = node(isNot, leaves - below, isChain);
    return "<Node" + id + score + " defaultChild=\"" + std::to_string(random_.chance(50) ? first : second) + "\">" +
           test + yes + no + "</Node>";
  }
  using Tests = std::pair<std::string, std::string>;
  Tests numberTests() {
    const std::string field = random_.chance(50) ? "x" : "y";
    std::string value;
    appendNumber(value, random_.of(numbers_));
    const auto test = [&](const std::string& op) {
      return whole("<SimplePredicate field=\"" + field + "\" operator=\"" + op + "\" value=\"" + value + "\"/>");
    };
    const bool isStrict = !isNarrow_ && random_.chance(50);
    return {test(isStrict ? "lessThan" : "lessOrEqual"), test(isStrict ? "greaterOrEqual" : "greaterThan")};
  }
  Tests setTests() {
    std::string members = texts_.front();
    for (const std::string& text : texts_)
      if (random_.chance(30)) members += " " + text;
    const auto test = [&](const std::string& op) {
      return whole("<SimpleSetPredicate field=\"c\" booleanOperator=\"" + op + "\"><Array type=\"string\">" + members +
                   "</Array></SimpleSetPredicate>");
    };
    return {test("isIn"), test("isNotIn")};
  }
  std::string whole(const std::string& test) const {
    return isGeneral_ ? "<CompoundPredicate booleanOperator=\"and\">" + test + "<True/></CompoundPredicate>" : test;
  }

  test::Random random_;
  std::vector<double> numbers_;
  std::vector<std::string> texts_;
  bool isNarrow_ = false, isGeneral_ = false;
  int ids_ = 0;
};

TEST(forest, of_any_shape_answers_as_the_general_walk_does) {
  constexpr std::size_t kRows = 3 * 64 + 13;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    Shapes shapes(seed);
    auto packed = Model::load(shapes.document(false));
    auto general = Model::load(Shapes(seed).document(true));
    ASSERT_TRUE(packed && general) << packed.error()[0].text();
    const auto columns = shapes.rows(kRows);
    Scorer one(*packed), other(*general);
    const std::size_t results = packed->results().size();
    const auto expected = answers(other, results, columns, 0, kRows);
    ASSERT_EQ(answers(one, results, columns, 0, kRows), expected);
    for (std::size_t row = 0; row < kRows; ++row)
      ASSERT_EQ(answers(one, results, columns, row, 1)[0], expected[row * results]) << row;
  }
}

}  // namespace
}  // namespace scorelet
