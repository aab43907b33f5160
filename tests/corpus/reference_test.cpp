// The reference interpreter held against the same expected values as the library, so that it may referee generated
// models.
#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "corpus/compare.hpp"
#include "corpus/disputed.hpp"
#include "corpus/manifests.hpp"
#include "reference/reference.hpp"
#include "support/files.hpp"

namespace scorelet::test {
namespace {

using nlohmann::json;
using reference::Record;
using reference::Reference;

/// It walks the XML for every row: enough rows of each case.
constexpr std::size_t kMostRows = 400;

reference::Value inputValue(const json& cell) {
  using reference::Value;
  if (cell.is_number()) return Value::number(cell.get<double>());
  if (cell.is_boolean()) return Value::boolean(cell.get<bool>());
  if (cell.is_string()) return Value::text(cell.get<std::string>());
  std::vector<Value> items;
  for (const json& item : cell) items.push_back(inputValue(item));
  return Value::list(std::move(items));
}

ResultValue resultValue(const reference::Value& v) {
  using Kind = ResultValue::Kind;
  if (!v.isPresent()) return {};
  if (v.isNumber()) return {Kind::number, v.asDouble(), {}, {}};
  if (v.type == DataType::boolean) return {Kind::boolean, v.asDouble(), {}, {}};
  if (!v.isList()) return {Kind::text, 0, reference::textOf(v), {}};
  ResultValue list{Kind::list, 0, {}, {}};
  for (const reference::Value& item : v.items()) list.items.push_back(resultValue(item));
  return list;
}

/// A column "@observed" holds the actual value of the target.
std::vector<Record> records(const Table& table, const std::string& target) {
  std::vector<Record> out;
  for (std::size_t r = 0; r < std::min(table.rows.size(), kMostRows); ++r) {
    Record& record = out.emplace_back();
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (const json& cell = table.rows[r][c]; !cell.is_null() && !cell.is_discarded())
        record.emplace(table.columns[c] == "@observed" ? target : table.columns[c], inputValue(cell));
  }
  return out;
}

std::string targetOf(const Reference& interpreter) {
  for (reference::Node f : reference::children(reference::child(interpreter.model(), "MiningSchema"), "MiningField"))
    if (const auto usage = reference::attribute(f, "usageType"); usage == "target" || usage == "predicted")
      return reference::attributeOr(f, "name", "");
  return {};
}

struct Count {
  std::size_t cases = 0, values = 0;
};

void hold(const Case& testCase, Count& count) {
  if (testCase.kind != Case::Kind::score) return;
  const auto document = testCase.document();
  ASSERT_TRUE(document.has_value()) << "cannot read " << testCase.modelPath;
  auto interpreter = Reference::load(*document);
  if (!interpreter) return;  // of another model type
  auto tables = testCase.readTables();
  ASSERT_TRUE(tables.has_value());
  if (const Dispute* dispute = disputeOf(testCase.id)) ASSERT_TRUE(correct(tables->expected, *dispute));
  const std::vector<Record> results = interpreter->score(records(tables->input, targetOf(*interpreter)));
  const Table& expected = tables->expected;
  std::size_t differences = 0;
  for (std::size_t r = 0; r < results.size() && r < expected.rows.size(); ++r)
    for (std::size_t c = 0; c < expected.columns.size(); ++c) {
      const std::string& name = expected.columns[c];
      const json& wanted = expected.rows[r][c];
      if (wanted.is_discarded()) continue;
      const auto found = results[r].find(name);
      if (found == results[r].end() && !name.starts_with('@') && testCase.ignoresUnknownColumns) continue;
      ++count.values;
      const auto invalid = results[r].find("@invalid");
      const auto exception = testCase.tolerance.relativeOf.find(name);
      const double relative =
          exception == testCase.tolerance.relativeOf.end() ? testCase.tolerance.relative : exception->second;
      bool isMet = name == "@error" ? invalid != results[r].end()
                                    : found != results[r].end() && matches(wanted, resultValue(found->second),
                                                                           testCase.tolerance.absolute, relative);
      if (isMet || ++differences > 5) continue;
      ADD_FAILURE() << testCase.suite << "." << testCase.id << " row " << r + 1 << ", " << name << ": expected "
                    << wanted.dump() << ", got "
                    << (found == results[r].end() ? "no such result" : toText(resultValue(found->second)))
                    << (invalid == results[r].end() ? "" : " (invalid: " + reference::textOf(invalid->second) + ")");
    }
  EXPECT_EQ(differences, 0u) << testCase.suite << "." << testCase.id;
  ++count.cases;
}

void holdAll(const std::vector<Case>& cases) {
  Count count;
  for (const Case& c : cases) hold(c, count);
  std::printf("reference: %zu cases, %zu values\n", count.cases, count.values);
  EXPECT_GT(count.cases, 0u);
}

std::string data(const char* folder) { return projectRoot() + "/tests/data/" + folder; }

TEST(reference_interpreter, feature_oracles) { holdAll(recordCases("oracles", data("oracles"))); }
TEST(reference_interpreter, examples) { holdAll(recordCases("examples", data("examples"))); }
TEST(reference_interpreter, trained_models) { holdAll(trainedModels("models", data("models"))); }

TEST(reference_interpreter, foreign_documents) {
  const std::vector<Case> cases = foreignCases("corpus", sharedRoot() + "/corpus");
  if (cases.empty())
    std::printf("*** ABSENT: %s/corpus: its cases were NOT run ***\n", sharedRoot().c_str());
  else
    holdAll(cases);
}

}  // namespace
}  // namespace scorelet::test
