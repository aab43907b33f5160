// ClusteringModel and the ComparisonMeasure that it shares with nearest neighbours: what is refused, lists of ranks.
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

/// A model over x and y (numbers), k (text with the values a and b), h (cyclic); every part can be replaced.
struct Clustering {
  std::string attributes = "functionName=\"clustering\" modelClass=\"centerBased\" numberOfClusters=\"2\"";
  std::string output;
  std::string measure = "<ComparisonMeasure kind=\"distance\"><euclidean/></ComparisonMeasure>";
  std::string fields = "<ClusteringField field=\"x\"/><ClusteringField field=\"y\"/>";
  std::string weights;
  std::string clusters = center("1 2") + center("3 4");
  std::string hourDomain = "<Interval closure=\"closedOpen\" leftMargin=\"0\" rightMargin=\"24\"/>";

  static std::string center(const std::string& coordinates, const std::string& attributes = {}) {
    return "<Cluster " + attributes + "><Array type=\"string\">" + coordinates + "</Array></Cluster>";
  }
  [[nodiscard]] std::string text() const {
    return pmml(
        "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>"
        "<DataField name=\"k\" optype=\"categorical\" dataType=\"string\"><Value value=\"a\"/><Value "
        "value=\"b\"/></DataField>"
        "<DataField name=\"h\" optype=\"continuous\" dataType=\"double\" isCyclic=\"1\">" +
            hourDomain + "</DataField>",
        "<ClusteringModel " + attributes +
            "><MiningSchema><MiningField name=\"x\"/><MiningField name=\"y\"/><MiningField name=\"k\"/>"
            "<MiningField name=\"h\"/></MiningSchema>" +
            (output.empty() ? "" : "<Output>" + output + "</Output>") + measure + fields + weights + clusters +
            "</ClusteringModel>");
  }
};

Clustering withMeasure(const std::string& measure) {
  Clustering c;
  c.measure = measure;
  return c;
}
Clustering withFields(const std::string& fields, const std::string& clusters) {
  Clustering c;
  c.fields = fields;
  c.clusters = clusters;
  return c;
}
Clustering withAttributes(const std::string& attributes) {
  Clustering c;
  c.attributes = attributes;
  return c;
}

TEST(clustering, functions_and_classes) {
  expectAccepted(Clustering{}.text());
  for (const char* function : {"associationRules", "sequences", "classification", "regression", "timeSeries", "mixed"})
    expectRefused(withAttributes("functionName=\"" + std::string(function) + "\" modelClass=\"centerBased\"").text(),
                  Code::unsupported, "defines no scoring");
  expectRefused(withAttributes("functionName=\"clustering\"").text(), Code::missingAttribute);
  expectRefused(withAttributes("functionName=\"clustering\" modelClass=\"fuzzy\"").text(), Code::badValue);
  expectRefused(withAttributes("functionName=\"clustering\" modelClass=\"centerBased\" isScorable=\"false\"").text(),
                Code::notScorable);
  expectNoted(withAttributes("functionName=\"clustering\" modelClass=\"centerBased\" numberOfClusters=\"3\"").text(),
              Code::badValue, "There are 2 clusters");
}

TEST(clustering, measures) {
  expectRefused(withMeasure("").text(), Code::missingElement, "needs a ComparisonMeasure");
  expectRefused(withMeasure("<ComparisonMeasure><euclidean/></ComparisonMeasure>").text(), Code::missingAttribute);
  expectRefused(withMeasure("<ComparisonMeasure kind=\"near\"><euclidean/></ComparisonMeasure>").text(),
                Code::badValue);
  expectRefused(withMeasure("<ComparisonMeasure kind=\"distance\"/>").text(), Code::missingElement, "holds one");
  expectRefused(withMeasure("<ComparisonMeasure kind=\"distance\"><euclidean/><jaccard/></ComparisonMeasure>").text(),
                Code::missingElement, "holds one");
  const auto minkowski = [](const std::string& p) {
    return withMeasure("<ComparisonMeasure kind=\"distance\"><minkowski" + p + "/></ComparisonMeasure>").text();
  };
  expectAccepted(minkowski(" p-parameter=\"0.5\""));
  expectRefused(minkowski(""), Code::missingAttribute);
  expectRefused(minkowski(" p-parameter=\"0\""), Code::badValue, "positive");
  expectRefused(minkowski(" p-parameter=\"INF\""), Code::badValue, "finite");
  expectRefused(
      withMeasure("<ComparisonMeasure kind=\"similarity\"><binarySimilarity c00-parameter=\"1\"/></ComparisonMeasure>")
          .text(),
      Code::missingAttribute);
}

TEST(clustering, compared_fields) {
  const auto one = [](const std::string& field, const std::string& coordinate) {
    return withFields("<ClusteringField " + field + "/>", Clustering::center(coordinate)).text();
  };
  expectAccepted(one("field=\"x\"", "1"));
  expectRefused(one("field=\"nothing\"", "1"), Code::unresolvedField);
  expectRefused(one("field=\"x\"", "1 2"), Code::badValue, "2 coordinates for 1 fields");
  expectRefused(one("field=\"x\"", "one"), Code::badValue);
  expectRefused(one("field=\"x\" fieldWeight=\"-INF\"", "1"), Code::badValue, "finite");
  expectRefused(one("field=\"x\" isCenterField=\"no\"", "1"), Code::badValue);
  expectRefused(one("field=\"x\" isCenterField=\"false\"", ""), Code::missingElement, "with a coordinate");
  expectRefused(one("field=\"x\" compareFunction=\"gaussSim\"", "1"), Code::missingAttribute);
  expectRefused(one("field=\"x\" compareFunction=\"gaussSim\" similarityScale=\"0\"", "1"), Code::badValue);
  expectRefused(one("field=\"x\" compareFunction=\"similar\"", "1"), Code::badValue);
  expectRefused(one("field=\"k\"", "a"), Code::typeMismatch, "delta, equal or table");
  expectAccepted(one("field=\"k\" compareFunction=\"delta\"", "a"));
}

TEST(clustering, tables) {
  const auto table = [](const std::string& field, const std::string& comparisons, const std::string& coordinate) {
    return withFields("<ClusteringField compareFunction=\"table\" field=\"" + field + "\">" + comparisons +
                          "</ClusteringField>",
                      Clustering::center(coordinate))
        .text();
  };
  const std::string square = "<Comparisons><Matrix><Array>0 1</Array><Array>1 0</Array></Matrix></Comparisons>";
  expectAccepted(table("k", square, "b"));
  expectRefused(table("k", "", "b"), Code::missingElement, "Comparisons");
  expectRefused(table("x", square, "1"), Code::badValue, "lists its Values or Intervals");
  expectRefused(table("k", "<Comparisons><Matrix><Array>0 1</Array></Matrix></Comparisons>", "b"), Code::badValue,
                "2 rows and columns");
  expectRefused(table("k", "<Comparisons><Matrix nbRows=\"2000000000\" nbCols=\"2000000000\"/></Comparisons>", "b"),
                Code::limitReached);
  expectRefused(table("k", square, "c"), Code::badValue, "not among");
  expectRefused(table("h", "<Comparisons><Matrix><Array>0</Array></Matrix></Comparisons>", "24"), Code::badValue,
                "not among");
}

TEST(clustering, cyclic_fields_have_a_round) {
  Clustering c = withFields("<ClusteringField field=\"h\"/>", Clustering::center("1"));
  expectAccepted(c.text());
  for (const char* domain :
       {"", "<Interval closure=\"closedOpen\" leftMargin=\"0\"/>",
        "<Interval closure=\"closedClosed\" leftMargin=\"1\" rightMargin=\"1\"/>", "<Value value=\"3\"/>"}) {
    c.hourDomain = domain;
    expectRefused(c.text(), Code::badValue, "cyclic");
  }
}

TEST(clustering, binary_measures_compare_bits) {
  Clustering c = withMeasure("<ComparisonMeasure kind=\"similarity\"><jaccard/></ComparisonMeasure>");
  expectRefused(c.text(), Code::badValue, "0 and 1");
  c.clusters = Clustering::center("0 1");
  expectAccepted(c.text());
  const auto model = Model::load(c.text());
  ASSERT_TRUE(model);
  JsonRows rows(*model);
  ASSERT_TRUE(rows.add(R"({"x": 0, "y": 0.5})"));
  Scorer scorer(*model);
  scorer.score(rows.batch());
  EXPECT_FALSE(scorer.ok(0));
  EXPECT_EQ(scorer.diagnostics(0).at(0).message, "The value of \"y\" is not one that the model knows.");
  c.fields = "<ClusteringField field=\"x\" fieldWeight=\"2\"/><ClusteringField field=\"y\"/>";
  expectNoted(c.text(), Code::badValue, "weights");
  c.fields = "<ClusteringField field=\"x\"/><ClusteringField field=\"k\"/>";
  expectRefused(c.text(), Code::typeMismatch, "text");
}

TEST(clustering, clusters) {
  Clustering c;
  c.clusters = "";
  expectRefused(c.text(), Code::emptyModel);
  c.clusters = "<Cluster/>";
  expectRefused(c.text(), Code::missingElement, "its centre");
  c.clusters = Clustering::center("1 2", "id=\"2\"") + Clustering::center("3 4");
  expectRefused(c.text(), Code::duplicateName, "\"2\"");
  c = {};
  c.output = "<OutputField name=\"o\" feature=\"affinity\" value=\"3\"/>";
  expectRefused(c.text(), Code::unresolvedReference, "no cluster");
  c = {};
  for (const char* bad : {"<Array>1</Array>", "<Array>1 -1</Array>", "<Array>1 INF</Array>", "<Array>1 x</Array>"}) {
    c.weights = "<MissingValueWeights>" + std::string(bad) + "</MissingValueWeights>";
    expectRefused(c.text(), Code::badValue);
  }
  c.weights = "<MissingValueWeights/>";
  expectRefused(c.text(), Code::missingElement);
}

TEST(clustering, distributions) {
  Clustering c = withAttributes("functionName=\"clustering\" modelClass=\"distributionBased\"");
  c.measure = "";  // said, but not used
  c.fields = "<ClusteringField field=\"x\"/><ClusteringField field=\"k\"/>";
  const auto cluster = [](const std::string& x, const std::string& k, const std::string& attributes = {}) {
    return "<Cluster><Partition name=\"p\" " + attributes + "><PartitionFieldStats field=\"x\">" + x +
           "</PartitionFieldStats><PartitionFieldStats field=\"k\">" + k +
           "</PartitionFieldStats></Partition></Cluster>";
  };
  const std::string x = "<NumericInfo mean=\"1\" standardDeviation=\"2\"/>", k = "<Array>3 4</Array>";
  const auto is = [&](const std::string& clusters) {
    c.clusters = clusters;
    return c.text();
  };
  expectAccepted(is(cluster(x, k)));
  expectRefused(is("<Cluster/>"), Code::missingElement, "PartitionFieldStats");
  expectRefused(is(cluster("", k)), Code::missingElement, "NumericInfo");
  expectRefused(is(cluster("<NumericInfo mean=\"1\"/>", k)), Code::missingAttribute);
  expectRefused(is(cluster("<NumericInfo mean=\"1\" standardDeviation=\"0\"/>", k)), Code::badValue, "positive");
  expectRefused(is(cluster(x, "")), Code::missingElement, "frequencies");
  expectRefused(is(cluster(x, "<Array>3</Array>")), Code::badValue, "2 values");
  expectRefused(is(cluster(x, "<Array>0 0</Array>")), Code::badValue, "all be 0");
  expectRefused(is(cluster(x, "<Array>-1 2</Array>")), Code::badValue, "negative");
  expectRefused(is(cluster(x, k, "size=\"3\"") + cluster(x, k)), Code::missingAttribute, "size");
  expectRefused(is(cluster(x, k, "size=\"0\"")), Code::badValue, "all be 0");
  expectRefused(is(cluster(x, k, "size=\"-2\"")), Code::badValue);
}

TEST(clustering, all_ranks_are_a_list) {
  Clustering c;
  c.output =
      "<OutputField name=\"all\" feature=\"entityId\" rank=\"0\"/>"
      "<OutputField name=\"far\" feature=\"affinity\" rank=\"0\" isMultiValued=\"1\"/>";
  EXPECT_EQ(test::scored(c.text(), R"([{"x": 3, "y": 4}, {}])", {"all", "far"}),
            "[[\"2\",\"1\"],[0,2.8284271247461903]] [null,null]");
}

TEST(clustering, a_budget_bounds_the_centres) {
  LoadOptions options;
  options.limits.expressionNodes = 7;
  expectRefused(Clustering{}.text(), Code::limitReached, {}, options);
}

}  // namespace
}  // namespace scorelet
