// What a NeuralNetwork cannot mean is refused at load, with the reason.
#include <algorithm>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

using test::changed;
using test::expectRefused;
using test::Fault;
using test::listed;

/// Two inputs, two neurons, a number and a class as targets.
const std::string kDocument = test::pmml(
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="y" optype="continuous" dataType="double"/>
       <DataField name="c" optype="categorical" dataType="string"><Value value="p"/><Value value="q"/><Value value="r"/></DataField>)",
    R"(<NeuralNetwork functionName="regression" activationFunction="tanh" threshold="0" width="1" altitude="1">
         <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/>
           <MiningField name="c" usageType="target"/></MiningSchema>
         <LocalTransformations>
           <DerivedField name="d" optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField>
         </LocalTransformations>
         <NeuralInputs>
           <NeuralInput id="i"><DerivedField optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField></NeuralInput>
         </NeuralInputs>
         <NeuralLayer><Neuron id="a" bias="0"><Con from="i" weight="1"/></Neuron></NeuralLayer>
         <NeuralLayer activationFunction="identity"><Neuron id="b"><Con from="a" weight="2"/></Neuron></NeuralLayer>
         <NeuralOutputs>
           <NeuralOutput outputNeuron="b"><DerivedField optype="continuous" dataType="double">
             <NormContinuous field="y"><LinearNorm orig="0" norm="0"/><LinearNorm orig="2" norm="1"/>
               <LinearNorm orig="3" norm="2"/></NormContinuous></DerivedField></NeuralOutput>
           <NeuralOutput outputNeuron="a"><DerivedField optype="categorical" dataType="string"><NormDiscrete field="c" value="p"/></DerivedField></NeuralOutput>
           <NeuralOutput outputNeuron="b"><DerivedField optype="categorical" dataType="string"><NormDiscrete field="c" value="q"/></DerivedField></NeuralOutput>
         </NeuralOutputs>
       </NeuralNetwork>)");

class NeuralNetworkRefusal : public testing::TestWithParam<Fault> {};

TEST(neural_network, the_document_of_the_refusals_is_accepted) {
  const auto model = Model::load(kDocument);
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  EXPECT_EQ(model->results().size(), 2u);
}

TEST_P(NeuralNetworkRefusal, names_the_fault) { expectRefused(kDocument, GetParam()); }

constexpr const char* kNorm = "<LinearNorm orig=\"2\" norm=\"1\"/>";
INSTANTIATE_TEST_SUITE_P(
    Documents, NeuralNetworkRefusal,
    testing::Values(
        Fault{"association", "functionName=\"regression\"", "functionName=\"associationRules\"", Code::unsupported,
              "no scoring"},
        Fault{"sequences", "functionName=\"regression\"", "functionName=\"sequences\"", Code::unsupported,
              "no scoring"},
        Fault{"clustering", "functionName=\"regression\"", "functionName=\"clustering\"", Code::unsupported,
              "no scoring"},
        Fault{"time_series", "functionName=\"regression\"", "functionName=\"timeSeries\"", Code::unsupported,
              "no scoring"},
        Fault{"mixed", "functionName=\"regression\"", "functionName=\"mixed\"", Code::unsupported, "no scoring"},
        Fault{"not_scorable", "functionName=\"regression\"", "functionName=\"regression\" isScorable=\"false\"",
              Code::notScorable, "cannot be scored"},
        Fault{"no_activation_function", " activationFunction=\"tanh\"", "", Code::missingAttribute,
              "activationFunction"},
        Fault{"unknown_activation_function", "\"tanh\"", "\"relu\"", Code::badValue, "relu"},
        Fault{"unknown_normalization", "activationFunction=\"identity\"", "normalizationMethod=\"logit\"",
              Code::badValue, "logit"},
        Fault{"same_layer", "<Con from=\"a\" weight=\"2\"/>", "<Con from=\"b\" weight=\"2\"/>", Code::unsupported,
              "recurrent"},
        Fault{"later_layer", "<Con from=\"i\" weight=\"1\"/>", "<Con from=\"b\" weight=\"1\"/>", Code::unsupported,
              "recurrent"},
        Fault{"unknown_unit", "<Con from=\"a\"", "<Con from=\"z\"", Code::unresolvedReference, "\"z\""},
        Fault{"no_connection", "<Con from=\"a\" weight=\"2\"/>", "", Code::missingElement, "needs a Con"},
        Fault{"no_weight", "<Con from=\"a\" weight=\"2\"/>", "<Con from=\"a\"/>", Code::missingAttribute, "weight"},
        Fault{"two_neurons_of_one_id", "<Neuron id=\"b\">", "<Neuron id=\"i\">", Code::duplicateName, "\"i\""},
        Fault{"no_neuron", "<Neuron id=\"a\" bias=\"0\"><Con from=\"i\" weight=\"1\"/></Neuron>", "",
              Code::missingElement, "needs a Neuron"},
        Fault{"no_input",
              "<NeuralInput id=\"i\"><DerivedField optype=\"continuous\" dataType=\"double\"><FieldRef "
              "field=\"x\"/></DerivedField></NeuralInput>",
              "", Code::missingElement, "NeuralInputs"},
        Fault{"no_derived_field",
              "<NeuralInput id=\"i\"><DerivedField optype=\"continuous\" dataType=\"double\"><FieldRef "
              "field=\"x\"/></DerivedField></NeuralInput>",
              "<NeuralInput id=\"i\"/>", Code::missingElement, "DerivedField"},
        Fault{"unknown_input_field",
              "<NeuralInput id=\"i\"><DerivedField optype=\"continuous\" dataType=\"double\"><FieldRef field=\"x\"/>",
              "<NeuralInput id=\"i\"><DerivedField optype=\"continuous\" dataType=\"double\"><FieldRef field=\"w\"/>",
              Code::unresolvedField, "\"w\""},
        Fault{"no_width", "\"tanh\" threshold=\"0\" width=\"1\"", "\"radialBasis\"", Code::missingAttribute, "width"},
        Fault{"no_positive_width", "\"tanh\" threshold=\"0\" width=\"1\"", "\"radialBasis\" width=\"0\"",
              Code::badValue, "width"},
        Fault{"no_positive_altitude", "\"tanh\" threshold=\"0\" width=\"1\" altitude=\"1\"",
              "\"radialBasis\" width=\"1\" altitude=\"-1\"", Code::badValue, "altitude"},
        Fault{"unknown_output_neuron", "outputNeuron=\"b\"", "outputNeuron=\"z\"", Code::unresolvedReference, "\"z\""},
        Fault{"flat_norm", kNorm, "<LinearNorm orig=\"2\" norm=\"2\"/>", Code::unsupported, "rise or fall"},
        Fault{"norm_with_a_peak", kNorm, "<LinearNorm orig=\"2\" norm=\"5\"/>", Code::unsupported, "rise or fall"},
        Fault{"unsorted_norm", kNorm, "<LinearNorm orig=\"4\" norm=\"1\"/>", Code::wrongOrder, "increase"},
        Fault{"inverse_of_a_function", "<NormDiscrete field=\"c\" value=\"p\"/>",
              "<Apply function=\"ln\"><FieldRef field=\"x\"/></Apply>", Code::unsupported, "cannot be inverted"},
        Fault{"inverse_of_bins", "<NormDiscrete field=\"c\" value=\"p\"/>",
              "<Discretize field=\"y\"><DiscretizeBin binValue=\"1\"><Interval "
              "closure=\"openOpen\"/></DiscretizeBin></Discretize>",
              Code::unsupported, "cannot be inverted"},
        Fault{"output_without_field",
              "<DerivedField optype=\"categorical\" dataType=\"string\"><NormDiscrete field=\"c\" "
              "value=\"p\"/></DerivedField>",
              "", Code::missingElement, "DerivedField"},
        Fault{"output_of_no_target", "<NormDiscrete field=\"c\" value=\"p\"/>", "<FieldRef field=\"d\"/>",
              Code::unresolvedField, "no target"},
        Fault{"one_class_twice", "field=\"c\" value=\"q\"", "field=\"c\" value=\"p\"", Code::duplicateName, "\"p\""},
        Fault{"a_class_and_a_number", "<NormDiscrete field=\"c\" value=\"q\"/>", "<FieldRef field=\"c\"/>",
              Code::badValue, "classes and for numbers"},
        Fault{"a_number_twice", "<NormDiscrete field=\"c\" value=\"p\"/>", "<FieldRef field=\"y\"/>",
              Code::duplicateName, "\"y\""},
        Fault{"one_neuron_for_three_classes",
              "<NeuralOutput outputNeuron=\"a\"><DerivedField optype=\"categorical\" "
              "dataType=\"string\"><NormDiscrete field=\"c\" value=\"p\"/></DerivedField></NeuralOutput>",
              "", Code::missingElement, "every category"},
        Fault{"thermometer", "field=\"c\" value=\"p\"", "field=\"c\" value=\"p\" method=\"thermometer\"",
              Code::unsupported, "indicator"},
        Fault{"a_cycle_of_derived_fields",
              "name=\"d\" optype=\"continuous\" dataType=\"double\"><FieldRef field=\"x\"/>",
              "name=\"y\" optype=\"continuous\" dataType=\"double\"><FieldRef field=\"y\"/>", Code::missingElement,
              "leads to a target"}),
    test::nameOf);

TEST(neural_network, needs_outputs) {
  std::string document = kDocument;
  const auto from = document.find("<NeuralOutputs>"), to = document.find("</NeuralOutputs>");
  document.erase(from, to + 16 - from);
  const auto model = Model::load(document);
  ASSERT_FALSE(model.has_value());
  EXPECT_NE(listed(model.error()).find("NeuralOutputs"), std::string::npos);
}

TEST(neural_network, function_and_outputs_agree) {
  std::string document = kDocument;
  const auto from = document.find("<NeuralOutput outputNeuron=\"b\">");
  document.erase(from, document.find("<NeuralOutput outputNeuron=\"a\">") - from);
  const auto model = Model::load(document);
  ASSERT_FALSE(model.has_value());
  EXPECT_NE(listed(model.error()).find("NormDiscrete outputs"), std::string::npos) << listed(model.error());
  EXPECT_TRUE(Model::load(changed(document, "\"regression\"", "\"classification\"")).has_value());
}

TEST(neural_network, all_faults_at_once) {
  std::string document = changed(kDocument, "\"tanh\"", "\"relu\"");
  document = changed(document, "<Con from=\"a\"", "<Con from=\"z\"");
  document = changed(document, kNorm, "");
  document = changed(document, "outputNeuron=\"a\"", "outputNeuron=\"zz\"");
  const auto model = Model::load(document);
  ASSERT_FALSE(model.has_value());
  EXPECT_GE(std::ranges::count(model.error(), Severity::error, &Diagnostic::severity), 3);
}

TEST(neural_network, connections_are_charged) {
  LoadOptions options;
  options.limits.expressionNodes = 10;
  const std::string many = "<Con from=\"i\" weight=\"1\"/>" + test::repeat("<Con from=\"i\" weight=\"1\"/>", 20);
  const auto model = Model::load(changed(kDocument, "<Con from=\"i\" weight=\"1\"/>", many), options);
  ASSERT_FALSE(model.has_value());
  EXPECT_TRUE(test::says(model.error(), Code::limitReached)) << listed(model.error());
}

TEST(neural_network, ignored_bias_is_reported) {
  const auto model =
      Model::load(changed(changed(kDocument, "\"tanh\"", "\"radialBasis\""), "bias=\"0\"", "bias=\"3\""));
  ASSERT_TRUE(model.has_value()) << listed(model.error());
  EXPECT_NE(listed(model->notes()).find("no bias"), std::string::npos);
}

TEST(neural_network, output_of_an_unknown_target_is_refused) {
  const auto model = Model::load(changed(kDocument, "<LocalTransformations>",
                                         "<Output><OutputField name=\"o\" dataType=\"double\" optype=\"continuous\" "
                                         "targetField=\"x\"/></Output><LocalTransformations>"));
  ASSERT_FALSE(model.has_value());
  EXPECT_NE(listed(model.error()).find("no such answer"), std::string::npos) << listed(model.error());
}

}  // namespace
}  // namespace scorelet
