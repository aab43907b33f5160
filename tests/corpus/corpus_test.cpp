// Every case that is at hand, through the public interface alone.
//
//   corpus_tests [--bits FILE]     FILE (or $SCORELET_BITS) receives one line per case: id and fingerprint of all
//   results
//
// Tests: `<suite>.<case>` scores and compares; `compiled.<case>` compiles the document and compares the bits;
// `batches.<case>` scores in batches of 1, 3 and all rows and compares the bits; `verification.<case>` runs the
// document's own ModelVerification.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

#include "corpus/compare.hpp"
#include "corpus/disputed.hpp"
#include "corpus/manifests.hpp"
#include "support/answers.hpp"
#include "support/files.hpp"

namespace scorelet::test {
namespace {

/// What was done, for the summary and the file of fingerprints.
struct Tally {
  std::map<std::string, std::size_t> scored, values;  ///< by suite
  std::size_t parsed = 0;
  std::vector<std::string> disputed;
  std::map<std::string, std::string> bits;
  std::vector<std::string> absent;
};

Tally& tally() {
  static Tally instance;
  return instance;
}

std::string listed(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += "  " + diagnostic.text() + "\n";
  return text;
}

std::string listed(const std::vector<std::string>& lines, std::size_t most = 12) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) text += "  " + lines[i] + "\n";
  if (lines.size() > most) text += "  and " + std::to_string(lines.size() - most) + " more\n";
  return text;
}

/// What a case needs on the way to its rows; `model` is empty when the test has ended.
struct Opened {
  std::optional<Model> model;
  CaseTables tables;
  std::string document;
};

class CaseTest : public testing::Test {
 public:
  explicit CaseTest(const Case& testCase) : case_(testCase) {}

 protected:
  Opened open() {
    Opened opened;
    const auto document = case_.document();
    if (!document) {
      ADD_FAILURE() << "cannot read " << case_.modelPath;
      return opened;
    }
    auto tables = case_.readTables();
    if (!tables) {
      ADD_FAILURE() << "cannot read the rows of " << case_.id;
      return opened;
    }
    LoadOptions options;
    options.horizon = case_.horizon;
    auto model = Model::load(*document, options);
    if (const Dispute* dispute = disputeOf(case_.id); dispute != nullptr && dispute->isRefused) {
      EXPECT_FALSE(model.has_value()) << "disputed.json says that this document is refused";
      return opened;
    }
    if (!model) {
      ADD_FAILURE() << case_.modelPath << " was refused:\n" << listed(model.error());
      return opened;
    }
    opened.document = *document;
    opened.tables = std::move(*tables);
    opened.model = std::move(*model);
    return opened;
  }

  const Case& case_;
};

class ScoreTest : public CaseTest {
  using CaseTest::CaseTest;
  void TestBody() override {
    Opened opened = open();
    if (!opened.model) return;
    if (const Dispute* dispute = disputeOf(case_.id)) {
      std::printf("disputed: %s: %s\n", case_.id.c_str(), dispute->argument.c_str());
      tally().disputed.push_back(case_.id);
      ASSERT_TRUE(correct(opened.tables.expected, *dispute)) << "disputed.json names a result that does not exist";
    }
    const Binding rows(*opened.model, opened.tables.input);
    Scorer scorer(*opened.model);
    tally().bits[case_.suite + "/" + case_.id] = fingerprint(answers(scorer, rows, rows.rows()));
    const Comparison comparison = compare(case_, opened.tables.expected, scorer);
    EXPECT_GT(comparison.values, 0u) << "nothing was compared";
    EXPECT_TRUE(comparison.differences.empty())
        << comparison.differences.size() << " of " << comparison.values << " values differ:\n"
        << listed(comparison.differences);
    ++tally().scored[case_.suite];
    tally().values[case_.suite] += comparison.values;
  }
};

class ParseTest : public CaseTest {
  using CaseTest::CaseTest;
  void TestBody() override {
    const auto document = case_.document();
    ASSERT_TRUE(document.has_value()) << "cannot read " << case_.modelPath;
    ++tally().parsed;
    const auto model = Model::load(*document);
    if (model) {
      EXPECT_TRUE(nlohmann::json::accept(model->describeJson()));
      return;
    }
    ASSERT_FALSE(model.error().empty());
    for (const Diagnostic& diagnostic : model.error()) EXPECT_FALSE(diagnostic.message.empty());
    std::printf("not scorable:\n%s", listed(model.error()).c_str());
  }
};

class BatchTest : public CaseTest {
  using CaseTest::CaseTest;
  void TestBody() override {
    Opened opened = open();
    if (!opened.model) return;
    const Binding rows(*opened.model, opened.tables.input);
    Scorer scorer(*opened.model);
    const auto all = answers(scorer, rows, rows.rows());
    for (const std::size_t size : {std::size_t{1}, std::size_t{3}}) {
      const auto some = answers(scorer, rows, size);
      ASSERT_EQ(some.size(), all.size());
      const auto differs = std::ranges::mismatch(some, all).in1;
      EXPECT_EQ(differs, some.end()) << "batches of " << size << " answer differently from row "
                                     << differs - some.begin() + 1;
    }
  }
};

class CompiledTest : public CaseTest {
  using CaseTest::CaseTest;
  void TestBody() override {
    Opened opened = open();
    if (!opened.model) return;
    LoadOptions options;
    options.horizon = case_.horizon;
    const auto bytes = compileDocument(opened.document, {}, options);
    ASSERT_TRUE(bytes.has_value()) << listed(bytes.error());
    const auto model = Model::load(std::span(*bytes), options);
    ASSERT_TRUE(model.has_value()) << listed(model.error());
    const Binding rows(*opened.model, opened.tables.input);
    Scorer fromDocument(*opened.model), fromBytes(*model);
    EXPECT_EQ(answers(fromBytes, rows, rows.rows()), answers(fromDocument, rows, rows.rows()));
    ASSERT_EQ(model->notes().size(), opened.model->notes().size());
    for (std::size_t i = 0; i < model->notes().size(); ++i) {
      EXPECT_EQ(model->notes()[i].message, opened.model->notes()[i].message);
      EXPECT_EQ(model->notes()[i].path, opened.model->notes()[i].path);
      EXPECT_EQ(model->notes()[i].line, opened.model->notes()[i].line);
    }
  }
};

class VerificationTest : public CaseTest {
  using CaseTest::CaseTest;
  void TestBody() override {
    Opened opened = open();
    if (!opened.model) return;
    const VerificationReport report = verify(*opened.model);
    EXPECT_GT(report.records, 0u);
    EXPECT_TRUE(report.diagnostics.empty()) << listed(report.diagnostics);
    std::vector<std::string> lines;
    for (const auto& m : report.mismatches)
      lines.push_back("record " + std::to_string(m.record) + ", " + m.field + ": " + m.expected + ", got " + m.actual);
    EXPECT_TRUE(lines.empty()) << listed(lines);
  }
};

/// Printed after the last test; writes the fingerprints.
class Summary : public testing::Environment {
 public:
  explicit Summary(std::string bitsFile) : bitsFile_(std::move(bitsFile)) {}
  void TearDown() override {
    for (const auto& [suite, count] : tally().scored)
      std::printf("%-9s %4zu cases scored, %zu values compared\n", suite.c_str(), count, tally().values[suite]);
    if (tally().parsed) std::printf("parsed    %4zu documents without expected values\n", tally().parsed);
    for (const std::string& id : tally().disputed)
      std::printf("DISPUTED  %s (tests/corpus/disputed.json)\n", id.c_str());
    for (const std::string& what : tally().absent)
      std::printf("*** ABSENT: %s: its cases were NOT run ***\n", what.c_str());
    if (bitsFile_.empty()) return;
    std::FILE* file = std::fopen(bitsFile_.c_str(), "wb");  // WASI's library has no std::ofstream
    ASSERT_TRUE(file) << "cannot write " << bitsFile_;
    for (const auto& [id, bits] : tally().bits) std::fprintf(file, "%s %s\n", id.c_str(), bits.c_str());
    EXPECT_EQ(std::fclose(file), 0) << "cannot write " << bitsFile_;
  }

 private:
  std::string bitsFile_;
};

/// Folders of tests/data/features: documents for single features, one folder per model type.
constexpr const char* kFeatureFolders[] = {"anomaly_detection",
                                           "association",
                                           "baseline",
                                           "bayesian_network",
                                           "clustering",
                                           "composition",
                                           "documents",
                                           "gaussian_process",
                                           "general_regression",
                                           "mining",
                                           "naive_bayes",
                                           "nearest_neighbor",
                                           "neural_network",
                                           "output",
                                           "regression",
                                           "rule_set",
                                           "scorecard",
                                           "sequence",
                                           "support_vector_machine",
                                           "text",
                                           "time_series",
                                           "transformations",
                                           "tree"};

std::vector<Case> collectCases() {
  const std::string data = projectRoot() + "/tests/data";
  const std::string shared = sharedRoot();
  std::vector<Case> cases;
  std::set<std::string> seen;
  const auto add = [&](std::vector<Case> more) {
    for (Case& one : more)
      if (seen.insert(one.id).second) cases.push_back(std::move(one));
    return !more.empty();
  };
  const auto addShared = [&](std::vector<Case> more, const std::string& what) {
    if (!add(std::move(more))) tally().absent.push_back(what);
  };
  add(trainedModel("demo", data + "/demo"));
  add(recordCases("examples", data + "/examples"));
  add(trainedModels("models", data + "/models"));
  add(recordCases("oracles", data + "/oracles"));
  for (const char* type : kFeatureFolders) add(recordCases("features", data + "/features/" + type));
  // Cases that tests/data holds are not run twice.
  addShared(trainedModels("models", shared + "/models"), shared + "/models");
  addShared(recordCases("oracles", shared + "/pmml/oracles"), shared + "/pmml/oracles");
  addShared(foreignCases("corpus", shared + "/corpus"), shared + "/corpus");
  return cases;
}

const std::vector<Case>& everyCase() {
  static const std::vector<Case> cases = collectCases();
  return cases;
}

/// Test names may hold letters, digits and underscores only.
std::string testName(const std::string& id) {
  std::string name = id;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

template <class Test>
void add(const std::string& suite, const Case& testCase) {
  testing::RegisterTest(suite.c_str(), testName(testCase.id).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [&testCase]() -> CaseTest* { return new Test(testCase); });
}

void registerTests(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    if (one.kind == Case::Kind::parseOnly) {
      add<ParseTest>(one.suite, one);
      continue;
    }
    add<ScoreTest>(one.suite, one);
    const auto document = one.document();
    if (!document) continue;
    add<BatchTest>("batches", one);
    add<CompiledTest>("compiled", one);
    if (document->find("ModelVerification") != std::string::npos) add<VerificationTest>("verification", one);
  }
}

TEST(coverage, tests_data_is_complete) {
  std::map<std::string, std::size_t> count;
  for (const Case& one : everyCase()) ++count[one.suite];
  EXPECT_EQ(count["demo"], 1u);
  EXPECT_EQ(count["examples"], 2u);
  EXPECT_GE(count["models"], 70u);
  EXPECT_EQ(count["oracles"], 74u);
  EXPECT_TRUE(count["corpus"] == 167 || !tally().absent.empty());
}

TEST(coverage, every_dispute_names_a_known_case_and_argues) {
  const auto& cases = everyCase();
  const bool hasForeign = tally().absent.empty();
  for (const Dispute& dispute : disputes()) {
    EXPECT_GT(dispute.argument.size(), 40u) << dispute.id;
    EXPECT_TRUE(!hasForeign || std::ranges::find(cases, dispute.id, &Case::id) != cases.end()) << dispute.id;
  }
}

}  // namespace
}  // namespace scorelet::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const char* fromEnvironment = std::getenv("SCORELET_BITS");
  std::string bitsFile = fromEnvironment ? fromEnvironment : "";
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string_view(argv[i]) == "--bits") bitsFile = argv[i + 1];

  scorelet::test::registerTests(scorelet::test::everyCase());
  testing::AddGlobalTestEnvironment(new scorelet::test::Summary(bitsFile));
  return RUN_ALL_TESTS();
}
