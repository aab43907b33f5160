// x-mathContext="float": rounded after each operation, or said to have no effect.
#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

class DoublePrecision : public testing::TestWithParam<const char*> {};

TEST_P(DoublePrecision, is_said) {
  const auto document = test::readFile(test::projectRoot() + "/tests/data/features/" + GetParam());
  ASSERT_TRUE(document.has_value());
  test::expectNoted(test::changed(*document, "functionName=", "x-mathContext=\"float\" functionName="),
                    Code::unsupported, "double precision");
  const auto plain = Model::load(*document);
  ASSERT_TRUE(plain.has_value());
  EXPECT_FALSE(test::says(plain->notes(), Code::unsupported, "double precision"));
}

INSTANTIATE_TEST_SUITE_P(Models, DoublePrecision,
                         testing::Values("naive_bayes/models/continuous.pmml",
                                         "gaussian_process/models/gp_radial_basis.pmml",
                                         "bayesian_network/models/bn_discrete.pmml", "baseline/models/base_chi2.pmml",
                                         "text/models/defaults.pmml", "clustering/models/distributions.pmml",
                                         "anomaly_detection/models/cluster_mean_dist.pmml",
                                         "time_series/models/arima_mean_only.pmml"),
                         [](const auto& info) {
                           const std::string path = info.param;
                           return path.substr(0, path.find('/'));
                         });

/// Expected values by numpy.float32; the sum in double of the rounded weights would give 0.23333333432674408.
TEST(math_context, weights_of_rules) {
  const std::string rules = test::pmml(
      R"(<DataField name="x" optype="continuous" dataType="double"/>
         <DataField name="y" optype="categorical" dataType="string"/>)",
      R"(<RuleSetModel functionName="classification"><MiningSchema><MiningField name="x"/>
           <MiningField name="y" usageType="target"/></MiningSchema>
         <Output><OutputField name="sure" feature="confidence"/></Output>
         <RuleSet><RuleSelectionMethod criterion="weightedSum"/>
           <SimpleRule score="a" weight="0.1"><True/></SimpleRule>
           <SimpleRule score="a" weight="0.2"><True/></SimpleRule>
           <SimpleRule score="a" weight="0.4"><True/></SimpleRule></RuleSet></RuleSetModel>)");
  EXPECT_EQ(test::scored(rules, R"([{"x": 1}])", {"sure"}), "[0.23333333333333336]");
  EXPECT_EQ(test::scored(test::changed(rules, "functionName=", "x-mathContext=\"float\" functionName="),
                         R"([{"x": 1}])", {"sure"}),
            "[0.23333334922790527]");
}

}  // namespace
}  // namespace scorelet
