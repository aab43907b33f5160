// Output by rank: classes, clusters, neighbours, rules (spec: Output, "rank", "rankOrder", "isMultiValued").
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;
using test::expectNoted;
using test::expectRefused;
using test::pmml;
using test::scored;

/// Below 0 the most probable class b is predicted, from 0 on a, which is not the most probable one.
std::string tree(const std::string& output) {
  return pmml(
      R"(<DataField name="x" optype="continuous" dataType="double"/>
         <DataField name="y" optype="categorical" dataType="string"><Value value="a"/><Value value="b"/><Value value="c"/>
         </DataField>)",
      R"(<TreeModel functionName="classification"><MiningSchema><MiningField name="x"/>
           <MiningField name="y" usageType="target"/></MiningSchema><Output>)" +
          output + R"(</Output>
         <Node><True/>
           <Node score="b"><SimplePredicate field="x" operator="lessThan" value="0"/>
             <ScoreDistribution value="a" recordCount="2" confidence="0.1"/>
             <ScoreDistribution value="b" recordCount="5" confidence="0.2"/>
             <ScoreDistribution value="c" recordCount="3" confidence="0.3"/></Node>
           <Node score="a"><SimplePredicate field="x" operator="greaterOrEqual" value="0"/>
             <ScoreDistribution value="a" recordCount="1"/><ScoreDistribution value="b" recordCount="1"/>
             <ScoreDistribution value="c" recordCount="2"/></Node>
         </Node></TreeModel>)");
}

std::string put(const std::string& attributes) { return "<OutputField name=\"o\" " + attributes + "/>"; }

std::string classes(const std::string& attributes) {
  return scored(tree(put(attributes)), R"([{"x": -1}, {"x": 1}, {}])", {"o"});
}

TEST(ranks, of_classes) {
  EXPECT_EQ(classes("feature=\"predictedValue\" rank=\"1\""), R"(["b"] ["a"] [null])");
  EXPECT_EQ(classes("feature=\"predictedValue\" rank=\"2\""), R"(["c"] ["c"] [null])");
  EXPECT_EQ(classes("rank=\"3\""), R"(["a"] ["b"] [null])");
  EXPECT_EQ(classes("rank=\"4\""), "[null] [null] [null]");
  EXPECT_EQ(classes("rank=\"0\""), R"([["b","c","a"]] [["a","c","b"]] [null])");
  EXPECT_EQ(classes("rank=\"2\" isMultiValued=\"1\""), R"([["b","c"]] [["a","c"]] [null])");
  EXPECT_EQ(classes("rankOrder=\"ascending\""), R"(["a"] ["b"] [null])");
  EXPECT_EQ(classes("rankOrder=\"ascending\" rank=\"0\""), R"([["a","c","b"]] [["b","c","a"]] [null])");
}

TEST(ranks, of_what_is_said_of_classes) {
  EXPECT_EQ(classes("feature=\"probability\" rank=\"2\""), "[0.3] [0.5] [null]");
  EXPECT_EQ(classes("feature=\"probability\" rank=\"0\""), "[[0.5,0.3,0.2]] [[0.25,0.5,0.25]] [null]");
  EXPECT_EQ(classes("feature=\"confidence\" rank=\"2\""), "[0.3] [0.5] [null]");
  EXPECT_EQ(classes("feature=\"probability\" value=\"a\" rank=\"2\""), "[0.2] [0.25] [null]") << "a is a, at any rank";
}

TEST(ranks, what_has_none_is_refused) {
  expectRefused(tree(put("feature=\"entityId\" rank=\"2\"")), Code::unsupported, "@rank");
  expectRefused(tree(put("feature=\"entityId\" rank=\"0\"")), Code::unsupported, "@rank");
  expectRefused(tree(put("feature=\"predictedDisplayValue\" rank=\"2\"")), Code::unsupported, "ranks no");
  expectRefused(tree(put("rank=\"-1\"")), Code::badValue, "@rank");
  const std::string number = changed(
      changed(tree(put("rank=\"2\"")), "functionName=\"classification\"", "functionName=\"regression\""),
      "name=\"y\" optype=\"categorical\" dataType=\"string\"", "name=\"y\" optype=\"continuous\" dataType=\"double\"");
  expectRefused(changed(number, "score=\"b\"", "score=\"1\""), Code::unsupported, "ranks no \"predictedValue\"");
}

TEST(ranks, a_list_without_a_rank_is_one_long) {
  expectNoted(tree(put("isMultiValued=\"1\"")), Code::badValue, "rank=\"0\" puts out all");
  EXPECT_EQ(classes("isMultiValued=\"1\""), R"([["b"]] [["a"]] [null])");
}

const std::string kLists =
    R"(<OutputField name="second" feature="entityId" rank="2"/>
       <OutputField name="two" feature="entityId" rank="2" isMultiValued="1"/>
       <OutputField name="all" feature="entityId" rank="0"/>
       <OutputField name="worst" feature="entityId" rankOrder="ascending"/>
       <OutputField name="farthest" feature="affinity" rank="2" isMultiValued="1" rankOrder="ascending"/>)";
const std::vector<std::string> kNames = {"second", "two", "all", "worst", "farthest"};
const std::string kX = R"(<DataField name="x" optype="continuous" dataType="double"/>)";

/// Three clusters at 1, 2 and 5; 1 and 5 are equally far from 3.
TEST(ranks, of_clusters) {
  const auto center = [](const char* id, const char* x) {
    return std::string("<Cluster id=\"") + id + "\"><Array type=\"real\">" + x + "</Array></Cluster>";
  };
  const std::string document =
      pmml(kX,
           "<ClusteringModel functionName=\"clustering\" modelClass=\"centerBased\" numberOfClusters=\"3\">"
           "<MiningSchema><MiningField name=\"x\"/></MiningSchema><Output>" +
               kLists +
               "</Output><ComparisonMeasure kind=\"distance\"><euclidean/></ComparisonMeasure>"
               "<ClusteringField field=\"x\" compareFunction=\"absDiff\"/>" +
               center("one", "1") + center("two", "2") + center("five", "5") + "</ClusteringModel>");
  EXPECT_EQ(scored(document, R"([{"x": 3}, {"x": 6}, {}])", kNames),
            R"(["one",["two","one"],["two","one","five"],"one",[2,2]])"
            R"( ["two",["five","two"],["five","two","one"],"one",[5,4]])"
            R"( [null,null,null,null,null])");
}

/// Of the three stored records two are found: `all` and `worst` are of those.
TEST(ranks, of_neighbours) {
  const std::string document =
      pmml(kX,
           "<NearestNeighborModel functionName=\"clustering\" numberOfNeighbors=\"2\" instanceIdVariable=\"id\">"
           "<MiningSchema><MiningField name=\"x\"/></MiningSchema><Output>" +
               kLists +
               "</Output><TrainingInstances><InstanceFields><InstanceField field=\"id\"/><InstanceField field=\"x\"/>"
               "</InstanceFields><InlineTable><row><id>one</id><x>1</x></row><row><id>two</id><x>2</x></row>"
               "<row><id>five</id><x>5</x></row></InlineTable></TrainingInstances>"
               "<ComparisonMeasure kind=\"distance\"><euclidean/></ComparisonMeasure>"
               "<KNNInputs><KNNInput field=\"x\"/></KNNInputs></NearestNeighborModel>");
  EXPECT_EQ(scored(document, R"([{"x": 3}, {"x": 1.5}, {}])", kNames),
            R"(["one",["two","one"],["two","one"],"one",[2,1]])"
            R"( ["two",["one","two"],["one","two"],"one",[0.5,0.5]])"
            R"( [null,null,null,null,null])");
}

/// Other types have the same rule: the first n, 0 for all, worst first if asked.
TEST(ranks, of_rules) {
  const std::string document = pmml(
      R"(<DataField name="id" optype="categorical" dataType="string"/>
         <DataField name="what" optype="categorical" dataType="string"/>)",
      R"(<AssociationModel functionName="associationRules" numberOfTransactions="9" minimumSupport="0"
           minimumConfidence="0" numberOfItems="4" numberOfItemsets="4" numberOfRules="3">
         <MiningSchema><MiningField name="id" usageType="group"/><MiningField name="what"/></MiningSchema><Output>
           <OutputField name="two" feature="ruleId" rank="2" isMultiValued="1" algorithm="recommendation"/>
           <OutputField name="all" feature="ruleId" rank="0" algorithm="recommendation"/>
           <OutputField name="worst" feature="ruleId" rankOrder="ascending" algorithm="recommendation"/></Output>
         <Item id="1" value="a"/><Item id="2" value="b"/><Item id="3" value="c"/><Item id="4" value="d"/>
         <Itemset id="1"><ItemRef itemRef="1"/></Itemset><Itemset id="2"><ItemRef itemRef="2"/></Itemset>
         <Itemset id="3"><ItemRef itemRef="3"/></Itemset><Itemset id="4"><ItemRef itemRef="4"/></Itemset>
         <AssociationRule id="r1" antecedent="1" consequent="2" support="0.1" confidence="0.5"/>
         <AssociationRule id="r2" antecedent="1" consequent="3" support="0.1" confidence="0.9"/>
         <AssociationRule id="r3" antecedent="1" consequent="4" support="0.1" confidence="0.7"/></AssociationModel>)");
  EXPECT_EQ(scored(document, R"([{"what": ["a"]}, {"what": ["b"]}])", {"two", "all", "worst"}),
            R"([["r2","r3"],["r2","r3","r1"],"r1"] [[],[],null])");
}

}  // namespace
}  // namespace scorelet
