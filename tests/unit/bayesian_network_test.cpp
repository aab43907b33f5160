// BayesianNetworkModel: what is refused at load, what is refused per row, and bounds.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectRefused;

std::string field(std::string_view name, bool isText) {
  return "<DataField name=\"" + std::string(name) +
         (isText ? "\" optype=\"categorical\" dataType=\"string\"/>"
                 : "\" optype=\"continuous\" dataType=\"double\"/>");
}

/// Fields: a, b, t texts; x, y, z numbers. `target` is the target, the others are inputs.
std::string document(std::string_view target, std::string_view nodes, std::string_view function = "classification",
                     std::string_view output = "") {
  std::string fields, schema;
  for (const char* name : {"a", "b", "t", "x", "y", "z"}) {
    fields += field(name, name[0] < 'x');
    schema += "<MiningField name=\"" + std::string(name) + (target == name ? "\" usageType=\"target\"/>" : "\"/>");
  }
  return test::pmml(fields, "<BayesianNetworkModel functionName=\"" + std::string(function) + "\"><MiningSchema>" +
                                schema + "</MiningSchema>" + std::string(output) + "<BayesianNetworkNodes>" +
                                std::string(nodes) + "</BayesianNetworkNodes></BayesianNetworkModel>");
}

std::string root(std::string_view name) {
  return "<DiscreteNode name=\"" + std::string(name) +
         "\"><ValueProbability value=\"0\" probability=\"0.5\"/><ValueProbability value=\"1\" "
         "probability=\"0.5\"/></DiscreteNode>";
}

std::string row(std::string_view parent, std::string_view value) {
  return "<DiscreteConditionalProbability><ParentValue parent=\"" + std::string(parent) + "\" value=\"" +
         std::string(value) +
         "\"/><ValueProbability value=\"0\" probability=\"0.25\"/><ValueProbability value=\"1\" "
         "probability=\"0.75\"/></DiscreteConditionalProbability>";
}

std::string child(std::string_view name, std::string_view rows) {
  return "<DiscreteNode name=\"" + std::string(name) + "\">" + std::string(rows) + "</DiscreteNode>";
}

std::string normal(std::string_view mean, std::string_view variance = "<Constant dataType=\"double\">1</Constant>") {
  return "<ContinuousDistribution><NormalDistributionForBN><Mean>" + std::string(mean) + "</Mean><Variance>" +
         std::string(variance) + "</Variance></NormalDistributionForBN></ContinuousDistribution>";
}

std::string continuous(std::string_view name, std::string_view inside) {
  return "<ContinuousNode name=\"" + std::string(name) + "\">" + std::string(inside) + "</ContinuousNode>";
}

const std::string zero = "<Constant dataType=\"double\">0</Constant>";
std::string ref(std::string_view name) { return "<FieldRef field=\"" + std::string(name) + "\"/>"; }

TEST(bayesian_network, functions) {
  for (const char* word : {"clustering", "associationRules", "sequences", "timeSeries", "mixed"})
    expectRefused(document("t", root("t"), word), Code::unsupported, "classification and regression");
  expectRefused(document("t", root("t"), "regression"), Code::typeMismatch, "no numbers");
  expectRefused(document("y", continuous("y", normal(zero))), Code::typeMismatch, "regression");
}

TEST(bayesian_network, nodes) {
  expectRefused(document("t", ""), Code::missingElement, "nodes");
  expectRefused(document("t", root("a")), Code::unresolvedReference, "\"t\" is not a node");
  expectRefused(document("", root("a")), Code::missingElement, "target");
  expectRefused(document("t", root("t") + root("t")), Code::duplicateName, "two nodes");
  expectRefused(document("t", child("t", "")), Code::missingElement, "ValueProbability");
  expectRefused(document("t", root("t") + continuous("a", normal(zero))), Code::typeMismatch, "number");
  expectRefused(document("t", root("t") + continuous("x", "")), Code::missingElement, "ContinuousDistribution");
  expectRefused(document("t", child("t", "<ValueProbability value=\"0\" probability=\"1.5\"/>")), Code::badValue,
                "between 0 and 1");
}

TEST(bayesian_network, tables) {
  expectRefused(document("t", root("a") + child("t", row("a", "0"))), Code::missingElement, "2 combinations");
  expectRefused(document("t", root("a") + child("t", row("a", "0") + row("a", "0") + row("a", "1"))),
                Code::duplicateName, "twice");
  expectRefused(document("t", root("a") + root("b") + child("t", row("a", "0") + row("b", "1"))), Code::badValue,
                "same parents");
  expectRefused(document("t", root("a") + child("t", row("a", "0") + row("a", "2"))), Code::unresolvedReference,
                "no such value");
  expectRefused(document("t", child("t", row("t", "0") + row("t", "1"))), Code::cycle, "own parent");
  expectRefused(document("t", child("a", row("t", "0") + row("t", "1")) + child("t", row("a", "0") + row("a", "1"))),
                Code::cycle, "circle");
  expectRefused(document("t", continuous("x", normal(zero)) + child("t", row("x", "0") + row("x", "1"))),
                Code::typeMismatch, "continuous");
  expectRefused(document("t", child("t", row("nowhere", "0") + row("nowhere", "1"))), Code::unresolvedField, "nowhere");
}

TEST(bayesian_network, distributions) {
  const auto y = [](std::string_view inside) { return document("y", continuous("y", inside), "regression"); };
  expectRefused(y("<ContinuousDistribution/>"), Code::missingElement, "NormalDistributionForBN");
  expectRefused(y("<ContinuousDistribution><NormalDistributionForBN><Mean>" + zero +
                  "</Mean></NormalDistributionForBN></ContinuousDistribution>"),
                Code::missingElement, "Variance");
  expectRefused(y(normal("")), Code::missingElement, "expression");
  expectRefused(y(normal(zero, "<Constant dataType=\"double\">-1</Constant>")), Code::badValue, "variance");
  expectRefused(y(normal(zero) + normal(zero)), Code::unsupported, "mixture");
  expectRefused(y(normal(ref("nowhere"))), Code::unresolvedField, "nowhere");
  expectRefused(y(normal(ref("y"))), Code::cycle, "circle");
  expectRefused(document("y", continuous("y", normal(ref("x"))) + continuous("x", normal(ref("y"))), "regression"),
                Code::cycle, "circle");
}

const std::string uniform =
    "<ContinuousDistribution><UniformDistributionForBN><Lower><Constant dataType=\"double\">0</Constant></Lower><Upper>"
    "<Constant dataType=\"double\">1</Constant></Upper></UniformDistributionForBN></ContinuousDistribution>";

TEST(bayesian_network, what_is_never_solvable_is_refused_at_load) {
  // The target is uniform, and an observed node below it depends on it.
  expectRefused(document("y", continuous("y", uniform) + continuous("x", normal(ref("y"))), "regression"),
                Code::unsupported, "cannot be inferred exactly");
  // A mean that is not linear in the target.
  expectRefused(document("y",
                         continuous("y", normal(zero)) +
                             continuous("x", normal("<Apply function=\"exp\">" + ref("y") + "</Apply>")),
                         "regression"),
                Code::unsupported, "cannot be inferred exactly");
  // A variance that depends on the target.
  expectRefused(document("y",
                         continuous("y", normal(zero)) +
                             continuous("x", normal(zero, "<Apply function=\"exp\">" + ref("y") + "</Apply>")),
                         "regression"),
                Code::unsupported, "cannot be inferred exactly");
}

/// One row with the given numbers.
Scorer scored(const std::string& document, std::vector<std::pair<std::string_view, double>> numbers) {
  auto model = Model::load(document);
  EXPECT_TRUE(model.has_value()) << model.error()[0].text();
  Scorer scorer(*model);
  Batch batch{1, std::vector<Column>(model->inputs().size())};
  std::vector<Cell> cells(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    cells[i] = Cell::of(numbers[i].second);
    batch.columns[static_cast<std::size_t>(model->inputIndex(numbers[i].first))] = Column::ofCells(&cells[i]);
  }
  scorer.score(batch);
  return scorer;
}

TEST(bayesian_network, what_this_row_leaves_open_is_refused_with_its_name) {
  const std::string nodes =
      continuous("z", uniform) + continuous("x", normal(ref("z"))) + continuous("y", normal(ref("z")));
  const std::string d = document("y", nodes, "regression");
  EXPECT_EQ(scored(d, {{"z", 0.25}, {"x", 9}}).column(0)[0], 0.25);
  EXPECT_EQ(scored(d, {}).column(0)[0], 0.5);
  const Scorer open = scored(d, {{"x", 9}});
  ASSERT_FALSE(open.ok(0));
  EXPECT_EQ(open.diagnostics(0)[0].field, "z");
  EXPECT_EQ(open.diagnostics(0)[0].code, Code::missingValue);
}

TEST(bayesian_network, parameters_that_describe_no_distribution) {
  const std::string d =
      document("y", continuous("x", normal(zero)) + continuous("y", normal(zero, ref("x"))), "regression");
  EXPECT_TRUE(scored(d, {{"x", 2}}).ok(0));
  EXPECT_FALSE(scored(d, {{"x", -2}}).ok(0));
}

TEST(bayesian_network, outputs_of_other_targets) {
  std::string two = document("t", root("t") + continuous("y", normal(zero)), "classification",
                             "<Output><OutputField name=\"o\" targetField=\"y\" feature=\"probability\"/></Output>");
  const std::string plain = "<MiningField name=\"y\"/>";
  two.replace(two.find(plain), plain.size(), "<MiningField name=\"y\" usageType=\"target\"/>");
  expectRefused(two, Code::unsupported, "no \"probability\"");
}

/// A grid of n × n nodes, each with its upper and left neighbours as parents: its treewidth is n.
std::string grid(int n) {
  std::string nodes, fields, schema;
  const auto name = [](int i, int k) { return "n" + std::to_string(i) + "_" + std::to_string(k); };
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k) {
      std::vector<std::string> parents;
      if (i > 0) parents.push_back(name(i - 1, k));
      if (k > 0) parents.push_back(name(i, k - 1));
      std::string rows;
      for (int c = 0; c < 1 << parents.size(); ++c) {
        std::string conditions;
        for (std::size_t p = 0; p < parents.size(); ++p)
          conditions += "<ParentValue parent=\"" + parents[p] + "\" value=\"" + std::to_string(c >> p & 1) + "\"/>";
        const std::string values =
            "<ValueProbability value=\"0\" probability=\"0.5\"/><ValueProbability value=\"1\" probability=\"0.5\"/>";
        rows += parents.empty()
                    ? values
                    : "<DiscreteConditionalProbability>" + conditions + values + "</DiscreteConditionalProbability>";
      }
      nodes += "<DiscreteNode name=\"" + name(i, k) + "\">" + rows + "</DiscreteNode>";
      fields += field(name(i, k), true);
      schema += "<MiningField name=\"" + name(i, k) + (i == n - 1 && k == n - 1 ? "\" usageType=\"target\"/>" : "\"/>");
    }
  return test::pmml(fields, "<BayesianNetworkModel functionName=\"classification\"><MiningSchema>" + schema +
                                "</MiningSchema><BayesianNetworkNodes>" + nodes +
                                "</BayesianNetworkNodes></BayesianNetworkModel>");
}

TEST(bayesian_network, the_cost_of_inference_is_known_at_load) {
  EXPECT_TRUE(Model::load(grid(8)).has_value());
  expectRefused(grid(30), Code::limitReached, "inferenceCells");
  LoadOptions options;
  options.limits.inferenceCells = 16;
  expectRefused(grid(4), Code::limitReached, "inferenceCells", options);
}

/// Two thousand observed children: their product must not leave the range of doubles.
TEST(bayesian_network, many_small_probabilities) {
  std::string nodes = root("t"), fields = field("t", true), schema = "<MiningField name=\"t\" usageType=\"target\"/>";
  for (int i = 0; i < 2000; ++i) {
    const std::string name = "c" + std::to_string(i), p = i % 2 == 0 ? "0.001" : "0.002",
                      q = i % 2 == 0 ? "0.002" : "0.001";
    const auto rowOf = [&](std::string_view value, const std::string& probability) {
      return "<DiscreteConditionalProbability><ParentValue parent=\"t\" value=\"" + std::string(value) +
             "\"/><ValueProbability value=\"y\" probability=\"" + probability +
             "\"/><ValueProbability value=\"n\" probability=\"0.999\"/></DiscreteConditionalProbability>";
    };
    nodes += "<DiscreteNode name=\"" + name + "\">" + rowOf("0", p) + rowOf("1", q) + "</DiscreteNode>";
    fields += field(name, true);
    schema += "<MiningField name=\"" + name + "\"/>";
  }
  const auto model = Model::load(test::pmml(
      fields, "<BayesianNetworkModel functionName=\"classification\"><MiningSchema>" + schema +
                  "</MiningSchema><BayesianNetworkNodes>" + nodes + "</BayesianNetworkNodes></BayesianNetworkModel>"));
  ASSERT_TRUE(model.has_value()) << model.error()[0].text();
  Scorer scorer(*model);
  const Cell yes = Cell::of(std::string_view("y"));
  Batch batch{1, std::vector<Column>(model->inputs().size(), Column::ofCells(&yes))};
  scorer.score(batch);
  ASSERT_TRUE(scorer.ok(0));
  EXPECT_DOUBLE_EQ(scorer.details(0).probability[0].value, 0.5);
}

}  // namespace
}  // namespace scorelet
