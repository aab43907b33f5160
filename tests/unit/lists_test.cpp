// A field that holds a list is no single value: whatever reads one refuses it, and says where and what to do.
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::pmml;

const std::string kFields =
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="s" optype="categorical" dataType="string"/>
       <DataField name="y" optype="continuous" dataType="double"/>)";
const std::string kSchema =
    R"(<MiningSchema><MiningField name="x"/><MiningField name="s"/><MiningField name="y" usageType="target"/></MiningSchema>)";
/// Makes `x` and `s` the values of a group of records.
const std::string kGrouped =
    R"(<LocalTransformations>
         <DerivedField name="sum" optype="continuous" dataType="double"><Aggregate field="x" function="sum"/></DerivedField>
         <DerivedField name="some" optype="continuous" dataType="integer"><Aggregate field="s" function="count"/></DerivedField>
       </LocalTransformations>)";

/// A model of one element around what all have.
std::string model(const std::string& element, const std::string& attributes, const std::string& rest) {
  return pmml(kFields,
              "<" + element + " functionName=" + attributes + ">" + kSchema + kGrouped + rest + "</" + element + ">");
}
std::string expression(const std::string& expression) {
  return pmml(kFields, "<RegressionModel functionName=\"regression\">" + kSchema +
                           "<Output><OutputField name=\"out\" feature=\"transformedValue\">" + expression +
                           "</OutputField></Output>" + kGrouped +
                           "<RegressionTable intercept=\"1\"/></RegressionModel>");
}

struct Reader {
  const char* name;
  const char* element;  ///< the one that reads x
  std::string document;
};
void PrintTo(const Reader& reader, std::ostream* out) { *out << reader.name; }

const Reader kReaders[] = {
    {"Regression", "NumericPredictor",
     model("RegressionModel", "\"regression\"",
           R"(<RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/></RegressionTable>)")},
    {"CategoricalPredictor", "CategoricalPredictor",
     model(
         "RegressionModel", "\"regression\"",
         R"(<RegressionTable intercept="1"><CategoricalPredictor name="x" value="1" coefficient="1"/></RegressionTable>)")},
    {"PredictorTerm", "FieldRef",
     model(
         "RegressionModel", "\"regression\"",
         R"(<RegressionTable intercept="1"><PredictorTerm coefficient="1"><FieldRef field="x"/></PredictorTerm></RegressionTable>)")},
    {"Tree", "SimplePredicate",
     model("TreeModel", "\"regression\"",
           R"(<Node score="1"><SimplePredicate field="x" operator="greaterThan" value="1"/></Node>)")},
    {"TreeSet", "SimpleSetPredicate",
     model(
         "TreeModel", "\"regression\"",
         R"(<Node score="1"><SimpleSetPredicate field="x" booleanOperator="isIn"><Array type="real">1</Array></SimpleSetPredicate></Node>)")},
    {"RuleSet", "SimplePredicate",
     model(
         "RuleSetModel", "\"regression\"",
         R"(<RuleSet><RuleSelectionMethod criterion="firstHit"/><SimpleRule score="1"><SimplePredicate field="x" operator="equal" value="1"/></SimpleRule></RuleSet>)")},
    {"Scorecard", "SimplePredicate",
     model(
         "Scorecard", "\"regression\" useReasonCodes=\"false\"",
         R"(<Characteristics><Characteristic name="c"><Attribute partialScore="1"><SimplePredicate field="x" operator="lessThan" value="1"/></Attribute></Characteristic></Characteristics>)")},
    {"ComplexPartialScore", "ComplexPartialScore",
     model(
         "Scorecard", "\"regression\" useReasonCodes=\"false\"",
         R"(<Characteristics><Characteristic name="c"><Attribute><True/><ComplexPartialScore><FieldRef field="x"/></ComplexPartialScore></Attribute></Characteristic></Characteristics>)")},
    {"Network", "DerivedField",
     model(
         "NeuralNetwork", "\"regression\" activationFunction=\"identity\"",
         R"(<NeuralInputs><NeuralInput id="0"><DerivedField optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField></NeuralInput></NeuralInputs>
              <NeuralLayer><Neuron id="1"><Con from="0" weight="1"/></Neuron></NeuralLayer>
              <NeuralOutputs><NeuralOutput outputNeuron="1"><DerivedField optype="continuous" dataType="double"><FieldRef field="y"/></DerivedField></NeuralOutput></NeuralOutputs>)")},
    {"Machine", "FieldRef",
     model("SupportVectorMachineModel", "\"regression\" svmRepresentation=\"Coefficients\"",
           R"(<LinearKernelType/><VectorDictionary><VectorFields><FieldRef field="x"/></VectorFields></VectorDictionary>
              <SupportVectorMachine><Coefficients absoluteValue="1"><Coefficient value="1"/></Coefficients></SupportVectorMachine>)")},
    {"GeneralRegression", "Predictor",
     model("GeneralRegressionModel", "\"regression\" modelType=\"generalLinear\"",
           R"(<ParameterList><Parameter name="p"/></ParameterList><CovariateList><Predictor name="x"/></CovariateList>
              <PPMatrix><PPCell value="1" predictorName="x" parameterName="p"/></PPMatrix>
              <ParamMatrix><PCell parameterName="p" beta="1"/></ParamMatrix>)")},
    {"Clustering", "ClusteringField",
     model("ClusteringModel", "\"clustering\" modelClass=\"centerBased\" numberOfClusters=\"1\"",
           R"(<ComparisonMeasure kind="distance"><euclidean/></ComparisonMeasure><ClusteringField field="x"/>
              <Cluster><Array type="real">1</Array></Cluster>)")},
    {"Neighbours", "KNNInput",
     model("NearestNeighborModel", "\"regression\" numberOfNeighbors=\"1\"",
           R"(<TrainingInstances><InstanceFields><InstanceField field="x"/><InstanceField field="y"/></InstanceFields>
              <InlineTable><row><x>1</x><y>1</y></row></InlineTable></TrainingInstances>
              <ComparisonMeasure kind="distance"><euclidean/></ComparisonMeasure><KNNInputs><KNNInput field="x"/></KNNInputs>)")},
    {"Bayes", "BayesInput",
     model(
         "NaiveBayesModel", "\"classification\" threshold=\"0.1\"",
         R"(<BayesInputs><BayesInput fieldName="x"><TargetValueStats><TargetValueStat value="1"><GaussianDistribution mean="0" variance="1"/></TargetValueStat></TargetValueStats></BayesInput></BayesInputs>
              <BayesOutput fieldName="y"><TargetValueCounts><TargetValueCount value="1" count="1"/></TargetValueCounts></BayesOutput>)")},
    {"GaussianProcess", "InstanceField",
     model(
         "GaussianProcessModel", "\"regression\"",
         R"(<RadialBasisKernel/><TrainingInstances><InstanceFields><InstanceField field="x"/><InstanceField field="y"/></InstanceFields>
              <InlineTable><row><x>1</x><y>1</y></row></InlineTable></TrainingInstances>)")},
    {"Baseline", "TestDistributions",
     model(
         "BaselineModel", "\"regression\"",
         R"(<TestDistributions field="x" testStatistic="zValue"><Baseline><GaussianDistribution mean="0" variance="1"/></Baseline></TestDistributions>)")},
    {"Text", "MiningField",
     model(
         "TextModel", "\"classification\" numberOfTerms=\"1\" numberOfDocuments=\"1\"",
         R"(<TextDictionary><Array type="string">a</Array></TextDictionary><TextCorpus><TextDocument id="d"/></TextCorpus>
              <DocumentTermMatrix><Matrix nbRows="1" nbCols="1"><Array type="real">1</Array></Matrix></DocumentTermMatrix>)")},
    {"Segment", "SimplePredicate",
     model(
         "MiningModel", "\"regression\"",
         R"(<Segmentation multipleModelMethod="sum"><Segment><SimplePredicate field="x" operator="lessThan" value="1"/>
              <RegressionModel functionName="regression"><MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>
              <RegressionTable intercept="1"/></RegressionModel></Segment></Segmentation>)")},
    {"Norm", "NormContinuous",
     expression(
         R"(<NormContinuous field="x"><LinearNorm orig="0" norm="0"/><LinearNorm orig="1" norm="1"/></NormContinuous>)")},
    {"Discretize", "Discretize",
     expression(
         R"(<Discretize field="x"><DiscretizeBin binValue="1"><Interval closure="openOpen"/></DiscretizeBin></Discretize>)")},
    {"MapValues", "FieldColumnPair",
     expression(
         R"(<MapValues outputColumn="o"><FieldColumnPair field="x" column="i"/><InlineTable><row><i>1</i><o>2</o></row></InlineTable></MapValues>)")},
    {"Lag", "Lag", expression(R"(<Lag field="x"/>)")},
    {"TextIndex", "TextIndex", expression(R"(<TextIndex textField="s"><Constant>a</Constant></TextIndex>)")},
    {"Mapped", "FieldRef", expression(R"(<FieldRef field="x" mapMissingTo="1"/>)")},
    {"Sum", "Apply", expression(R"(<Apply function="+"><FieldRef field="x"/><Constant>1</Constant></Apply>)")},
    {"Equal", "Apply", expression(R"(<Apply function="equal"><FieldRef field="x"/><FieldRef field="x"/></Apply>)")},
    {"If", "Apply",
     expression(R"(<Apply function="if"><Constant dataType="boolean">true</Constant><FieldRef field="x"/></Apply>)")},
};

class Lists : public testing::TestWithParam<Reader> {};

TEST_P(Lists, are_no_single_values) {
  const auto loaded = Model::load(GetParam().document);
  ASSERT_FALSE(loaded.has_value()) << GetParam().document;
  const Diagnostic& d = loaded.error()[0];
  EXPECT_EQ(d.code, Code::typeMismatch) << d.text();
  EXPECT_NE(d.path.find(std::string("/") + GetParam().element), std::string::npos) << d.text();
  EXPECT_GT(d.line, 0u) << d.text();
  EXPECT_NE(d.message.find("Aggregate"), std::string::npos) << "says what to do: " << d.text();
}

INSTANTIATE_TEST_SUITE_P(Readers, Lists, testing::ValuesIn(kReaders),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(lists, may_be_joined_and_asked_whether_they_are_there) {
  const std::string document = model("TreeModel", "\"regression\" noTrueChildStrategy=\"returnLastPrediction\"",
                                     R"(<Node score="0"><True/><Node score="1"><CompoundPredicate booleanOperator="and">
                 <SimplePredicate field="x" operator="isNotMissing"/>
                 <SimplePredicate field="sum" operator="greaterThan" value="5"/></CompoundPredicate></Node></Node>)");
  EXPECT_EQ(test::scored(document, R"([{"x": [2, 4]}, {"x": [2]}, {}])", {"y"}), "[1] [0] [0]");
  EXPECT_EQ(test::scored(expression(R"(<Apply function="isMissing"><FieldRef field="x"/></Apply>)"),
                         R"([{"x": [2, 4]}, {}])", {"out"}),
            "[false] [true]");
}

/// A cell of a verification record holds one value.
TEST(lists, are_not_verified) {
  const std::string document = model(
      "TreeModel", "\"regression\"",
      R"(<ModelVerification recordCount="1"><VerificationFields><VerificationField field="x"/><VerificationField field="y"/>
               </VerificationFields><InlineTable><row><x>1 2</x><y>0</y></row></InlineTable></ModelVerification>
               <Node score="1"><True/></Node>)");
  test::expectNoted(document, Code::unsupported, "a cell holds one");
  EXPECT_EQ(verify(*Model::load(document)).records, 0u);
}

}  // namespace
}  // namespace scorelet
