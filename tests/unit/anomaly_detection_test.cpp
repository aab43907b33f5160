// AnomalyDetectionModel: what is refused.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::expectAccepted;
using test::expectNoted;
using test::expectRefused;

const std::string schema = "<MiningSchema><MiningField name=\"x\"/></MiningSchema>";
const std::string number =
    "<RegressionModel functionName=\"regression\">" + schema + "<RegressionTable intercept=\"1\"/></RegressionModel>";
const std::string label =
    "<TreeModel functionName=\"classification\">" + schema + "<Node score=\"odd\"><True/></Node></TreeModel>";

std::string clusters(const std::string& kind = "distance", const std::string& modelClass = "centerBased") {
  return "<ClusteringModel functionName=\"clustering\" numberOfClusters=\"2\" modelClass=\"" + modelClass + "\">" +
         schema + "<ComparisonMeasure kind=\"" + kind +
         "\"><euclidean/></ComparisonMeasure><ClusteringField field=\"x\"/>"
         "<Cluster><Array>1</Array></Cluster><Cluster><Array>2</Array></Cluster></ClusteringModel>";
}

std::string anomaly(const std::string& attributes, const std::string& inside) {
  return test::pmml("<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>",
                    "<AnomalyDetectionModel " + attributes + ">" + schema + inside + "</AnomalyDetectionModel>");
}
std::string means(const std::string& array) { return "<MeanClusterDistances>" + array + "</MeanClusterDistances>"; }

TEST(anomaly_detection, functions) {
  for (const char* function : {"associationRules", "sequences", "timeSeries"})
    expectRefused(anomaly("algorithmType=\"other\" functionName=\"" + std::string(function) + "\"", number),
                  Code::unsupported, "defines no scoring");
  expectAccepted(anomaly("algorithmType=\"other\" functionName=\"regression\"", number));
  expectRefused(anomaly("algorithmType=\"other\" functionName=\"classification\"", number), Code::badValue, "the same");
  expectNoted(anomaly("algorithmType=\"ocsvm\" functionName=\"classification\"", number), Code::badValue, "a number");
}

TEST(anomaly_detection, algorithms) {
  expectRefused(anomaly("functionName=\"regression\"", number), Code::missingAttribute);
  expectRefused(anomaly("functionName=\"regression\" algorithmType=\"lof\"", number), Code::badValue);
  const std::string forest = "functionName=\"regression\" algorithmType=\"iforest\"";
  expectAccepted(anomaly(forest + " sampleDataSize=\"2\"", number));
  expectRefused(anomaly(forest, number), Code::missingAttribute);
  for (const char* size : {"1", "many", "INF", "-5"})
    expectRefused(anomaly(forest + " sampleDataSize=\"" + size + "\"", number), Code::badValue, "at least 2");
  expectRefused(anomaly(forest + " sampleDataSize=\"9\"", label), Code::typeMismatch, "predicts a class");
  expectRefused(anomaly("functionName=\"regression\" algorithmType=\"ocsvm\"", label), Code::typeMismatch);
}

TEST(anomaly_detection, inner_model) {
  const std::string other = "functionName=\"regression\" algorithmType=\"other\"";
  expectRefused(anomaly(other, ""), Code::missingElement, "needs a model");
  expectRefused(anomaly(other, number + number), Code::badValue, "one model");
  expectRefused(anomaly(other, "<RegressionModel functionName=\"regression\" isScorable=\"false\">" + schema +
                                   "<RegressionTable intercept=\"1\"/></RegressionModel>"),
                Code::notScorable);
  expectRefused(anomaly(other + " isScorable=\"false\"", number), Code::notScorable);
  expectRefused(anomaly(other, "<RegressionModel functionName=\"regression\">" + schema + "</RegressionModel>"),
                Code::missingElement);
  std::string nested = number;
  for (int i = 0; i < 40; ++i)
    nested = "<AnomalyDetectionModel " + other + ">" + schema + nested + "</AnomalyDetectionModel>";
  expectRefused(anomaly(other, nested), Code::tooDeep);
}

TEST(anomaly_detection, mean_distances) {
  const std::string mean = "functionName=\"regression\" algorithmType=\"clusterMeanDist\"";
  expectAccepted(anomaly(mean, clusters() + means("<Array>1 2</Array>")));
  expectRefused(anomaly(mean, clusters()), Code::missingElement, "MeanClusterDistances");
  expectRefused(anomaly(mean, clusters() + means("<Array>1</Array>")), Code::badValue, "2 clusters");
  expectRefused(anomaly(mean, clusters() + means("<Array>1 0</Array>")), Code::badValue, "positive");
  expectRefused(anomaly(mean, clusters("similarity") + means("<Array>1 2</Array>")), Code::typeMismatch);
  expectRefused(anomaly(mean, number + means("<Array>1 2</Array>")), Code::typeMismatch, "ClusteringModel");
}

}  // namespace
}  // namespace scorelet
