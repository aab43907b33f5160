// NaiveBayesModel: what is refused at load.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

const std::string good = test::pmml(
    R"(<DataField name="k" optype="categorical" dataType="integer"/>
       <DataField name="g" optype="continuous" dataType="double"/>
       <DataField name="p" optype="continuous" dataType="double"/>
       <DataField name="y" optype="categorical" dataType="string"/>)",
    R"(<NaiveBayesModel functionName="classification" threshold="0.01">
         <MiningSchema><MiningField name="k"/><MiningField name="g"/><MiningField name="p"/>
           <MiningField name="y" usageType="target"/></MiningSchema>
         <BayesInputs>
           <BayesInput fieldName="k">
             <PairCounts value="1"><TargetValueCounts><TargetValueCount value="a" count="3"/></TargetValueCounts></PairCounts>
             <PairCounts value="2"><TargetValueCounts><TargetValueCount value="b" count="2"/></TargetValueCounts></PairCounts>
           </BayesInput>
           <BayesInput fieldName="g"><TargetValueStats>
             <TargetValueStat value="a"><GaussianDistribution mean="0" variance="1"/></TargetValueStat>
             <TargetValueStat value="b"><GaussianDistribution mean="1" variance="2"/></TargetValueStat>
           </TargetValueStats></BayesInput>
           <BayesInput fieldName="p"><TargetValueStats>
             <TargetValueStat value="a"><PoissonDistribution mean="4"/></TargetValueStat>
             <TargetValueStat value="b"><PoissonDistribution mean="0"/></TargetValueStat>
           </TargetValueStats></BayesInput>
         </BayesInputs>
         <BayesOutput fieldName="y"><TargetValueCounts>
           <TargetValueCount value="a" count="5"/><TargetValueCount value="b" count="6"/>
         </TargetValueCounts></BayesOutput>
       </NaiveBayesModel>)");

TEST(naive_bayes, faults_are_named) {
  test::expectAllRefused(
      good,
      {{" threshold=\"0.01\"", "", Code::missingAttribute, "threshold"},
       {"threshold=\"0.01\"", "threshold=\"-0.1\"", Code::badValue, "threshold"},
       {"threshold=\"0.01\"", "threshold=\"1.5\"", Code::badValue, "threshold"},
       {"fieldName=\"k\"", "fieldName=\"q\"", Code::unresolvedField, "q"},
       {"fieldName=\"y\"", "fieldName=\"k\"", Code::unresolvedField, "target"},
       {"value=\"a\" count=\"5\"", "value=\"b\" count=\"5\"", Code::duplicateName, "twice"},
       {"count=\"5\"", "count=\"-5\"", Code::badValue, "count"},
       {"count=\"3\"", "count=\"INF\"", Code::badValue, "count"},
       {" count=\"3\"", "", Code::missingAttribute, "count"},
       {"PairCounts value=\"1\"", "PairCounts value=\"one\"", Code::badValue, "one"},
       {"PairCounts value=\"1\"", "PairCounts value=\"2\"", Code::duplicateName, "PairCounts"},
       {"<TargetValueStat value=\"a\"><Gauss", "<TargetValueStat value=\"b\"><Gauss", Code::missingElement, "\"a\""},
       {"<TargetValueStat value=\"a\"><Gauss", "<TargetValueStat value=\"b\"><Gauss", Code::duplicateName, "two"},
       {"variance=\"2\"", "variance=\"0\"", Code::badValue, "variance"},
       {"mean=\"1\"", "mean=\"-INF\"", Code::badValue, "finite"},
       {"PoissonDistribution mean=\"0\"", "PoissonDistribution mean=\"-1\"", Code::badValue, "Poisson"},
       {"<GaussianDistribution mean=\"1\" variance=\"2\"/>", "<UniformDistribution lower=\"0\" upper=\"1\"/>",
        Code::unsupported, "GaussianDistribution"},
       {"<GaussianDistribution mean=\"1\" variance=\"2\"/>", "<AnyDistribution mean=\"1\" variance=\"2\"/>",
        Code::unsupported, "GaussianDistribution"}});
}

TEST(naive_bayes, parts_that_lack_are_named) {
  const auto without = [](const std::string& from, const std::string& to) {
    const auto start = good.find(from), end = good.find(to, start);
    std::string text = good;
    return text.erase(start, end + to.size() - start);
  };
  test::expectRefused(without("<BayesOutput", "</BayesOutput>"), Code::missingElement, "BayesOutput");
  test::expectRefused(without("<BayesInputs>", "</BayesInputs>"), Code::missingElement, "BayesInputs");
  test::expectRefused(without("<TargetValueCount value=\"a\" count=\"5\"", "count=\"6\"/>"), Code::missingElement,
                      "TargetValueCount");
  test::expectRefused(test::changed(without("<PairCounts value=\"1\"", "</PairCounts>"),
                                    "<PairCounts value=\"2\"><TargetValueCounts><TargetValueCount value=\"b\" "
                                    "count=\"2\"/></TargetValueCounts></PairCounts>",
                                    ""),
                      Code::missingElement, "PairCounts");
}

TEST(naive_bayes, predicts_a_class) {
  test::expectFunctionsRefused(good, "NaiveBayesModel", "classification",
                               {"associationRules", "sequences", "regression", "clustering", "timeSeries", "mixed"});
}

TEST(naive_bayes, a_class_that_is_not_counted_is_reported) {
  const auto model = Model::load(test::changed(good, "value=\"a\" count=\"3\"", "value=\"z\" count=\"3\""));
  ASSERT_TRUE(model.has_value()) << test::listed(model.error());
  EXPECT_NE(test::listed(model->notes()).find("never predicted"), std::string::npos);
}

TEST(naive_bayes, the_budget_bounds_inputs_and_absent_counts) {
  LoadOptions small;
  small.limits.expressionNodes = 2;
  test::expectRefused(good, Code::limitReached, "limits.expressionNodes", small);
  // A thousand classes and a thousand values with one count each imply a million counts.
  std::string classes, pairs;
  for (int i = 0; i < 1000; ++i) {
    const std::string count = "<TargetValueCount value=\"c" + std::to_string(i) + "\" count=\"1\"/>";
    classes += count;
    pairs += "<PairCounts value=\"" + std::to_string(i + 3) + "\"><TargetValueCounts>" + count +
             "</TargetValueCounts></PairCounts>";
  }
  std::string many = test::changed(good, "</PairCounts>", "</PairCounts>" + pairs);
  many = test::changed(many, "<TargetValueCount value=\"a\" count=\"5\"/>",
                       "<TargetValueCount value=\"a\" count=\"5\"/>" + classes);
  const auto start = many.find("<BayesInput fieldName=\"g\""), end = many.find("</BayesInputs>");
  many.erase(start, end - start);
  test::expectAccepted(many);
  small.limits.expressionNodes = 100'000;
  test::expectRefused(many, Code::limitReached, "limits.expressionNodes", small);
}

}  // namespace
}  // namespace scorelet
