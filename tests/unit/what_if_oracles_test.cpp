// Curves and goals held against reference values: tests/data/explain, one test per model.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include <scorelet/what_if.hpp>

#include "support/explanations.hpp"
#include "support/refusals.hpp"

namespace scorelet::test {
namespace {

/// The models that have a `part` of the manifest.
std::vector<nlohmann::json> modelsWith(const char* part) {
  std::vector<nlohmann::json> out;
  const nlohmann::json manifest = readJson(explainFolder("manifest.json"));
  for (const auto& model : manifest["models"])
    if (model.contains(part) && model[part].is_object()) out.push_back(model);
  return out;
}

std::string idOf(const testing::TestParamInfo<nlohmann::json>& info) { return textOf(info.param, "id"); }

ResultValue numberValue(double x) {
  ResultValue v;
  v.kind = ResultValue::Kind::number;
  v.number = x;
  return v;
}

class CurveOracles : public testing::TestWithParam<nlohmann::json> {};

TEST_P(CurveOracles, Agree) {
  const ExplainedModel m(textOf(GetParam(), "id"));
  const auto& curves = GetParam()["curves"];
  const double tolerance = numberOf(curves, "tolerance_abs", 0);
  const Table expected = *tableFromCsv(projectRoot() + "/tests/data/explain/" + textOf(curves, "file"));
  // Lines of one curve, in their order.
  std::map<std::vector<std::string>, std::pair<std::vector<ResultValue>, std::vector<double>>> lines;
  for (const auto& row : expected.rows) {
    const auto text = [&](const char* column) {
      const auto& cell = row[static_cast<std::size_t>(expected.column(column))];
      return cell.is_string() ? cell.get<std::string>() : std::string();
    };
    auto& [xs, ys] = lines[{text("field"), text("curve"), text("row"), text("output")}];
    const bool isNumber = m.model.inputs()[m.input(text("field"))].opType == OpType::continuous;
    ResultValue x;
    if (isNumber) {
      x = numberValue(std::stod(text("x")));
    } else {
      x.kind = ResultValue::Kind::text;
      x.text = text("x");
    }
    xs.push_back(x);
    ys.push_back(std::stod(text("y")));
  }
  ASSERT_FALSE(lines.empty());
  for (const auto& [key, line] : lines) {
    auto whatIf = WhatIf::create(m.model, m.background(), quantityOf(textOf(curves, "quantity"), key[3], m.model));
    ASSERT_TRUE(whatIf) << listed(whatIf.error());
    const std::uint32_t input = m.input(key[0]);
    const Curve curve = key[1] == "pdp" ? whatIf->partialDependence(input, line.first)
                                        : whatIf->curve(m.row(std::stoul(key[2])), input, line.first);
    ASSERT_EQ(curve.quantity.size(), line.second.size());
    for (std::size_t i = 0; i < line.second.size(); ++i)
      EXPECT_NEAR(curve.quantity[i], line.second[i], tolerance) << key[0] << ' ' << key[1] << ' ' << key[2] << ' ' << i;
  }
}
INSTANTIATE_TEST_SUITE_P(Explain, CurveOracles, testing::ValuesIn(modelsWith("curves")), idOf);

class GoalOracles : public testing::TestWithParam<nlohmann::json> {};

TEST_P(GoalOracles, Agree) {
  const ExplainedModel m(textOf(GetParam(), "id"));
  const auto& about = GetParam()["goal_seek"];
  // Of a step function the manifest gives split points and leaves open on which side the last number of the field's
  // type lies.
  const bool isFloat = m.model.inputs()[0].dataType == DataType::float32;
  const double tolerance =
      textOf(about, "kind") == "step" ? (isFloat ? 0x1p-22 : 1e-12) : numberOf(about, "tolerance_x", 0);
  auto whatIf =
      WhatIf::create(m.model, m.background(), quantityOf(textOf(about, "quantity"), textOf(about, "output"), m.model));
  ASSERT_TRUE(whatIf) << listed(whatIf.error());
  const nlohmann::json goals = readJson(projectRoot() + "/tests/data/explain/" + textOf(about, "file"));
  ASSERT_FALSE(goals.empty());
  for (const auto& goal : goals) {
    const bool isStep = goal.contains("at_least");
    GoalOptions options;
    options.input = m.input(textOf(goal, "field"));
    options.relation = isStep ? Relation::atLeast : Relation::equals;
    options.target = numberOf(goal, isStep ? "at_least" : "target", 0);
    options.low = numberOf(goal, "low", 0);
    options.high = numberOf(goal, "high", 0);
    const auto found = whatIf->goalSeek(m.row(goal["row"].get<std::size_t>()), options);
    ASSERT_TRUE(found) << listed(found.error());
    std::vector<std::pair<double, double>> ranges, expected;
    for (const GoalRange& r : found->ranges) ranges.emplace_back(r.from.number, r.to.number);
    std::sort(ranges.begin(), ranges.end());
    for (const auto& e : goal[isStep ? "intervals" : "solutions"])
      expected.emplace_back(isStep ? e[0].get<double>() : e.get<double>(),
                            isStep ? e[1].get<double>() : e.get<double>());
    ASSERT_EQ(ranges.size(), expected.size()) << goal.dump();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      EXPECT_NEAR(ranges[i].first, expected[i].first, tolerance) << goal.dump();
      EXPECT_NEAR(ranges[i].second, expected[i].second, tolerance) << goal.dump();
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Explain, GoalOracles, testing::ValuesIn(modelsWith("goal_seek")), idOf);

}  // namespace
}  // namespace scorelet::test
