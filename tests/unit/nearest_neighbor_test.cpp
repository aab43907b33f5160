// NearestNeighborModel: what is refused, lists of neighbours.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectAccepted;
using test::expectNoted;
using test::expectRefused;
using test::pmml;

/// A model over x and s with the targets that `schema` names; every part can be replaced.
struct Neighbors {
  std::string attributes = "functionName=\"regression\" numberOfNeighbors=\"2\"";
  std::string schema =
      "<MiningField name=\"x\"/><MiningField name=\"s\"/><MiningField name=\"y\" usageType=\"target\"/>";
  std::string output, local;
  std::string instances = "<TrainingInstances>" + fields("id x y c") + rows + "</TrainingInstances>";
  std::string measure = "<ComparisonMeasure kind=\"distance\"><euclidean/></ComparisonMeasure>";
  std::string inputs = "<KNNInputs><KNNInput field=\"x\"/></KNNInputs>";

  static inline const std::string rows =
      "<InlineTable><row><id>one</id><x>1</x><y>10</y><c>u</c></row><row><id>two</id><x>2</x><y>20</y><c>v</c></row>"
      "<row><id>five</id><x>5</x><y>50</y><c>v</c></row></InlineTable>";
  static std::string fields(const std::string& names) {
    std::string text = "<InstanceFields>";
    std::size_t from = 0;
    while (from < names.size()) {
      const std::size_t to = std::min(names.find(' ', from), names.size());
      text += "<InstanceField field=\"" + names.substr(from, to - from) + "\"/>";
      from = to + 1;
    }
    return text + "</InstanceFields>";
  }
  [[nodiscard]] std::string text() const {
    return pmml(
        "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"><Interval closure=\"closedClosed\" "
        "leftMargin=\"0\" rightMargin=\"100\"/></DataField>"
        "<DataField name=\"s\" optype=\"categorical\" dataType=\"string\"/>"
        "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"c\" optype=\"categorical\" dataType=\"string\"/>",
        "<NearestNeighborModel " + attributes + "><MiningSchema>" + schema + "</MiningSchema>" +
            (output.empty() ? "" : "<Output>" + output + "</Output>") +
            (local.empty() ? "" : "<LocalTransformations>" + local + "</LocalTransformations>") + instances + measure +
            inputs + "</NearestNeighborModel>");
  }
};

Neighbors withAttributes(const std::string& attributes) {
  Neighbors n;
  n.attributes = attributes;
  return n;
}
Neighbors withInstances(const std::string& inside, const std::string& attributes = {}) {
  Neighbors n;
  n.instances = "<TrainingInstances " + attributes + ">" + inside + "</TrainingInstances>";
  return n;
}
Neighbors withInputs(const std::string& inputs) {
  Neighbors n;
  n.inputs = inputs;
  return n;
}

TEST(nearest_neighbor, functions) {
  expectAccepted(Neighbors{}.text());
  for (const char* function : {"associationRules", "sequences", "timeSeries"})
    expectRefused(withAttributes("numberOfNeighbors=\"1\" functionName=\"" + std::string(function) + "\"").text(),
                  Code::unsupported, "defines no scoring");
  Neighbors n;
  n.schema = "<MiningField name=\"x\"/>";
  expectRefused(n.text(), Code::missingElement, "target");
  n.attributes = "functionName=\"clustering\" numberOfNeighbors=\"1\"";
  expectRefused(n.text(), Code::missingAttribute, "instanceIdVariable");
  n.attributes += " instanceIdVariable=\"id\"";
  expectAccepted(n.text());
  n.schema = "<MiningField name=\"x\"/><MiningField name=\"c\" usageType=\"target\"/>";
  n.attributes = "functionName=\"regression\" numberOfNeighbors=\"1\"";
  expectRefused(n.text(), Code::typeMismatch, "averaged");
}

TEST(nearest_neighbor, attributes) {
  expectRefused(withAttributes("functionName=\"regression\"").text(), Code::missingAttribute);
  const auto with = [](const std::string& more) {
    return withAttributes("functionName=\"regression\" " + more).text();
  };
  expectRefused(with("numberOfNeighbors=\"0\""), Code::badValue, "At least one");
  expectNoted(with("numberOfNeighbors=\"4\""), Code::badValue, "only 3");
  expectRefused(with("numberOfNeighbors=\"1\" threshold=\"-0.5\""), Code::badValue, "threshold");
  expectRefused(with("numberOfNeighbors=\"1\" continuousScoringMethod=\"mode\""), Code::badValue);
  expectRefused(with("numberOfNeighbors=\"1\" categoricalScoringMethod=\"mode\""), Code::badValue);
  expectRefused(with("numberOfNeighbors=\"1\" instanceIdVariable=\"number\""), Code::unresolvedReference, "number");
  expectRefused(with("numberOfNeighbors=\"1\" isScorable=\"false\""), Code::notScorable);
}

TEST(nearest_neighbor, weights_are_inverse_distances) {
  Neighbors n = withAttributes(
      "functionName=\"regression\" numberOfNeighbors=\"2\" "
      "continuousScoringMethod=\"weightedAverage\"");
  expectAccepted(n.text());
  n.measure = "<ComparisonMeasure kind=\"similarity\"><euclidean/></ComparisonMeasure>";
  expectRefused(n.text(), Code::unsupported, "inverse distances");
  n.attributes = "functionName=\"regression\" numberOfNeighbors=\"2\"";
  expectAccepted(n.text());
}

TEST(nearest_neighbor, training_instances) {
  Neighbors n;
  n.instances = "";
  expectRefused(n.text(), Code::missingElement, "TrainingInstances");
  expectRefused(withInstances(Neighbors::rows).text(), Code::missingElement, "InstanceFields");
  expectRefused(withInstances(Neighbors::fields("x y")).text(), Code::missingElement, "InlineTable");
  expectRefused(withInstances(Neighbors::fields("x y") + "<TableLocator/>").text(), Code::unsupported, "external data");
  expectRefused(withInstances(Neighbors::fields("x y") + "<InlineTable/>").text(), Code::emptyModel);
  expectRefused(withInstances(Neighbors::fields("x y x") + Neighbors::rows).text(), Code::duplicateName, "twice");
  expectRefused(withInstances(Neighbors::fields("x") + Neighbors::rows).text(), Code::unresolvedReference, "target");
  expectRefused(withInstances(Neighbors::fields("y") + Neighbors::rows, "isTransformed=\"true\"").text(),
                Code::unresolvedReference, "no column of \"x\"");
  expectRefused(withInstances(Neighbors::fields("y") + Neighbors::rows).text(), Code::unresolvedReference);
  expectNoted(withInstances(Neighbors::fields("x y") + Neighbors::rows, "recordCount=\"7\"").text(), Code::badValue,
              "There are 3");
  const auto row = [](const std::string& x) {
    return withInstances(Neighbors::fields("x y") + "<InlineTable><row><x>" + x + "</x><y>1</y></row></InlineTable>");
  };
  expectRefused(row("many").text(), Code::badValue, "not of data type double");
  expectRefused(row("101").text(), Code::invalidValue, "invalid for its field");
  expectNoted(row("100").text(), Code::badValue, "only 1");
}

TEST(nearest_neighbor, inputs) {
  expectRefused(withInputs("<KNNInputs/>").text(), Code::missingElement, "KNNInput");
  expectRefused(withInputs("<KNNInputs><KNNInput field=\"z\"/></KNNInputs>").text(), Code::unresolvedField);
  for (const std::string item : {"KNNInput@compareFunction=gaussSim", "KNNInput@compareFunction=table"})
    expectRefused(withInputs("<KNNInputs><KNNInput field=\"x\" compareFunction=\"" + item.substr(item.find('=') + 1) +
                             "\"/></KNNInputs>")
                      .text(),
                  Code::unsupported, "gives KNNInput neither");
  Neighbors n;
  n.measure = "<ComparisonMeasure kind=\"similarity\"><tanimoto/></ComparisonMeasure>";
  expectRefused(n.text(), Code::badValue, "0 and 1");
}

TEST(nearest_neighbor, stored_rows_are_transformed) {
  Neighbors n = withInputs("<KNNInputs><KNNInput field=\"d\"/></KNNInputs>");
  const auto derived = [&](const std::string& expression) {
    n.local = "<DerivedField name=\"d\" optype=\"continuous\" dataType=\"double\">" + expression + "</DerivedField>";
    return n.text();
  };
  expectAccepted(derived("<FieldRef field=\"x\"/>"));
  expectRefused(derived("<FieldRef field=\"d\"/>"), Code::cycle);
  expectRefused(derived("<Lag field=\"x\"/>"), Code::unsupported, "Lag");
  expectRefused(derived("<Apply function=\"ln\"><Apply function=\"-\"><FieldRef field=\"x\"/><Constant>1</Constant>"
                        "</Apply></Apply>"),
                Code::invalidValue, "no valid value");
  expectRefused(derived("<NormDiscrete field=\"s\" value=\"a\"/>"), Code::unresolvedReference, "no column");
}

TEST(nearest_neighbor, outputs) {
  Neighbors n;
  n.attributes += " instanceIdVariable=\"id\"";
  n.output = "<OutputField name=\"o\" feature=\"affinity\" value=\"six\"/>";
  expectRefused(n.text(), Code::unresolvedReference, "no stored record");
  n.output = "<OutputField name=\"o\" feature=\"entityId\" rank=\"3\"/>";
  expectNoted(n.text(), Code::badValue, "none of this rank");
  n.output = "<OutputField name=\"o\" feature=\"probability\"/>";
  expectRefused(n.text(), Code::unsupported);
  n.output =
      "<OutputField name=\"ids\" feature=\"entityId\" rank=\"0\"/>"
      "<OutputField name=\"far\" feature=\"affinity\" rank=\"0\" isMultiValued=\"1\"/>";
  EXPECT_EQ(test::scored(n.text(), R"([{"x": 1.25}, {"x": 50}, {}])", {"y", "ids", "far"}),
            R"([15,["one","two"],[0.25,0.75]] [35,["five","two"],[45,48]] [null,null,null])");
}

TEST(nearest_neighbor, optype_of_any_target) {
  Neighbors n;
  n.schema =
      "<MiningField name=\"x\"/><MiningField name=\"c\" usageType=\"target\"/>"
      "<MiningField name=\"y\" usageType=\"target\"/>";
  n.attributes = "functionName=\"mixed\" numberOfNeighbors=\"3\"";
  const auto y = [&] { return test::scored(n.text(), R"([{"x": 4}])", {"y"}); };
  EXPECT_EQ(y(), "[26.666666666666668]");
  n.instances = "<Targets><Target field=\"y\" optype=\"categorical\"/></Targets>" + n.instances;
  EXPECT_EQ(y(), "[10]");  // one vote each, stored once each: the smallest value
}

TEST(nearest_neighbor, a_budget_bounds_the_rows) {
  LoadOptions options;
  options.limits.expressionNodes = 2;
  expectRefused(Neighbors{}.text(), Code::limitReached, {}, options);
}

}  // namespace
}  // namespace scorelet
