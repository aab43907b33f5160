// What a SupportVectorMachineModel cannot mean is refused at load, with the reason.
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

/// Two vectors and two machines for three classes.
const std::string kDocument = test::pmml(
    R"(<DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="s" optype="categorical" dataType="string"/>
       <DataField name="c" optype="categorical" dataType="string"><Value value="p"/><Value value="q"/><Value value="r"/></DataField>)",
    R"(<SupportVectorMachineModel functionName="classification">
         <MiningSchema><MiningField name="x"/><MiningField name="s"/><MiningField name="c" usageType="target"/></MiningSchema>
         <LinearKernelType/>
         <VectorDictionary><VectorFields><FieldRef field="x"/><CategoricalPredictor name="s" value="a" coefficient="1"/></VectorFields>
           <VectorInstance id="v"><Array type="real" n="2">1 2</Array></VectorInstance>
           <VectorInstance id="w"><REAL-SparseArray n="2"><Indices>1 2</Indices><REAL-Entries>3 4</REAL-Entries></REAL-SparseArray></VectorInstance>
         </VectorDictionary>
         <SupportVectorMachine targetCategory="p"><SupportVectors><SupportVector vectorId="v"/></SupportVectors>
           <Coefficients absoluteValue="1"><Coefficient value="1"/></Coefficients></SupportVectorMachine>
         <SupportVectorMachine targetCategory="q"><SupportVectors><SupportVector vectorId="w"/></SupportVectors>
           <Coefficients absoluteValue="2"><Coefficient value="2"/></Coefficients></SupportVectorMachine>
       </SupportVectorMachineModel>)");

class SupportVectorMachineRefusal : public testing::TestWithParam<Fault> {};

TEST(support_vector_machine, the_document_of_the_refusals_is_accepted) {
  const auto model = Model::load(kDocument);
  ASSERT_TRUE(model.has_value()) << listed(model.error());
}

TEST_P(SupportVectorMachineRefusal, names_the_fault) { expectRefused(kDocument, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Documents, SupportVectorMachineRefusal,
    testing::Values(
        Fault{"association", "\"classification\"", "\"associationRules\"", Code::unsupported, "no scoring"},
        Fault{"sequences", "\"classification\"", "\"sequences\"", Code::unsupported, "no scoring"},
        Fault{"clustering", "\"classification\"", "\"clustering\"", Code::unsupported, "no scoring"},
        Fault{"time_series", "\"classification\"", "\"timeSeries\"", Code::unsupported, "no scoring"},
        Fault{"mixed", "\"classification\"", "\"mixed\"", Code::unsupported, "no scoring"},
        Fault{"two_machines_of_a_regression", "\"classification\"", "\"regression\"", Code::badValue, "exactly one"},
        Fault{"not_scorable", "\"classification\"", "\"classification\" isScorable=\"false\"", Code::notScorable,
              "cannot be scored"},
        Fault{"no_kernel", "<LinearKernelType/>", "", Code::missingElement, "kernel"},
        Fault{"unknown_method", "\"classification\"", "\"classification\" classificationMethod=\"Pairs\"",
              Code::badValue, "Pairs"},
        Fault{"unknown_representation", "\"classification\"", "\"classification\" svmRepresentation=\"Dual\"",
              Code::badValue, "Dual"},
        Fault{"bad_gamma", "<LinearKernelType/>", "<RadialBasisKernelType gamma=\"wide\"/>", Code::badValue, "wide"},
        Fault{"coefficients_beside_vectors", "\"classification\"",
              "\"classification\" svmRepresentation=\"Coefficients\"", Code::badValue, "no SupportVectors"},
        Fault{"no_vector_fields",
              "<FieldRef field=\"x\"/><CategoricalPredictor name=\"s\" value=\"a\" coefficient=\"1\"/>", "",
              Code::missingElement, "VectorFields"},
        Fault{"unknown_field", "<FieldRef field=\"x\"/>", "<FieldRef field=\"z\"/>", Code::unresolvedField, "\"z\""},
        Fault{"unknown_categorical_field", "name=\"s\" value", "name=\"z\" value", Code::unresolvedField, "\"z\""},
        Fault{"weighed_category", "coefficient=\"1\"", "coefficient=\"2\"", Code::badValue, "is 1"},
        Fault{"short_vector", "<Array type=\"real\" n=\"2\">1 2</Array>", "<Array type=\"real\">1</Array>",
              Code::badValue, "1 items for 2"},
        Fault{"long_vector", "<Array type=\"real\" n=\"2\">1 2</Array>", "<Array type=\"real\">1 2 3</Array>",
              Code::badValue, "3 items for 2"},
        Fault{"no_numbers", "<Array type=\"real\" n=\"2\">1 2</Array>", "<Array type=\"real\">1 b</Array>",
              Code::badValue, "\"b\""},
        Fault{"empty_instance", "<Array type=\"real\" n=\"2\">1 2</Array>", "", Code::missingElement,
              "REAL-SparseArray"},
        Fault{"index_zero", "<Indices>1 2</Indices>", "<Indices>0 1</Indices>", Code::badValue, "among 1 to 2"},
        Fault{"index_beyond", "<Indices>1 2</Indices>", "<Indices>1 3</Indices>", Code::badValue, "among 1 to 2"},
        Fault{"index_no_integer", "<Indices>1 2</Indices>", "<Indices>1 1.5</Indices>", Code::badValue, "among 1 to 2"},
        Fault{"index_twice", "<Indices>1 2</Indices>", "<Indices>2 2</Indices>", Code::badValue, "twice"},
        Fault{"fewer_indices", "<Indices>1 2</Indices>", "<Indices>1</Indices>", Code::badValue, "1 indices for 2"},
        Fault{"other_size", "<REAL-SparseArray n=\"2\">", "<REAL-SparseArray n=\"3\">", Code::badValue, "n=3"},
        Fault{"two_vectors_of_one_id", "id=\"w\"", "id=\"v\"", Code::duplicateName, "\"v\""},
        Fault{"unknown_vector", "vectorId=\"w\"", "vectorId=\"z\"", Code::unresolvedReference, "\"z\""},
        Fault{"no_support_vectors", "<SupportVectors><SupportVector vectorId=\"v\"/></SupportVectors>", "",
              Code::missingElement, "SupportVectors"},
        Fault{"no_coefficients", "<Coefficients absoluteValue=\"1\"><Coefficient value=\"1\"/></Coefficients>", "",
              Code::missingElement, "Coefficients"},
        Fault{"more_coefficients", "<Coefficient value=\"1\"/>", "<Coefficient value=\"1\"/><Coefficient value=\"1\"/>",
              Code::badValue, "2 Coefficients for 1"},
        Fault{"fewer_coefficients", "<Coefficient value=\"1\"/>", "", Code::badValue, "0 Coefficients for 1"},
        Fault{"no_target_category", " targetCategory=\"p\"", "", Code::missingAttribute, "targetCategory"},
        Fault{"one_category_twice", "targetCategory=\"q\"", "targetCategory=\"p\"", Code::duplicateName,
              "each category"},
        Fault{"no_alternate", "\"classification\"", "\"classification\" classificationMethod=\"OneAgainstOne\"",
              Code::missingAttribute, "alternateTargetCategory"}),
    test::nameOf);

TEST(support_vector_machine, one_machine_needs_two_classes) {
  std::string document = kDocument;
  const auto second = document.rfind("<SupportVectorMachine targetCategory");
  document.erase(second, document.find("</SupportVectorMachine>", second) + 23 - second);
  const auto model = Model::load(document);
  ASSERT_FALSE(model.has_value());
  EXPECT_NE(listed(model.error()).find("alternateTargetCategory"), std::string::npos) << listed(model.error());
}

TEST(support_vector_machine, weights_of_fields_need_the_linear_kernel) {
  std::string document =
      changed(kDocument, "\"classification\"", "\"classification\" svmRepresentation=\"Coefficients\"");
  document = changed(document, "<LinearKernelType/>", "<SigmoidKernelType/>");
  const auto model = Model::load(document);
  ASSERT_FALSE(model.has_value());
  EXPECT_NE(listed(model.error()).find("linear kernel"), std::string::npos) << listed(model.error());
}

TEST(support_vector_machine, sparse_vectors_written_out_are_charged) {
  LoadOptions options;
  options.limits.expressionNodes = 40;
  const std::string fields = test::repeat("<FieldRef field=\"x\"/>", 100);
  std::string document = changed(
      kDocument, "<FieldRef field=\"x\"/><CategoricalPredictor name=\"s\" value=\"a\" coefficient=\"1\"/>", fields);
  document = changed(document, "<Array type=\"real\" n=\"2\">1 2</Array>", "<REAL-SparseArray/>");
  document = changed(document, " n=\"2\"", "");
  EXPECT_TRUE(Model::load(document, options).has_value()) << "what is left out of a product costs nothing";
  const auto model = Model::load(changed(document, "LinearKernelType", "RadialBasisKernelType"), options);
  ASSERT_FALSE(model.has_value());
  EXPECT_TRUE(test::says(model.error(), Code::limitReached)) << listed(model.error());
}

TEST(support_vector_machine, what_is_not_defined_is_reported) {
  std::string document =
      changed(kDocument, "<LinearKernelType/>",
              "<Output><OutputField name=\"o\" feature=\"probability\" value=\"p\" dataType=\"double\" "
              "optype=\"continuous\"/></Output><LinearKernelType/>");
  const auto asked = Model::load(document);
  ASSERT_TRUE(asked.has_value()) << listed(asked.error());
  EXPECT_NE(listed(asked->notes()).find("no probabilities"), std::string::npos) << listed(asked->notes());

  document = changed(kDocument, "targetCategory=\"p\"", "targetCategory=\"p\" alternateTargetCategory=\"q\"");
  document = changed(document, "targetCategory=\"q\"><", "targetCategory=\"q\" alternateTargetCategory=\"r\"><");
  const auto pairs = Model::load(document);
  ASSERT_TRUE(pairs.has_value()) << listed(pairs.error());
  EXPECT_NE(listed(pairs->notes()).find("OneAgainstOne"), std::string::npos) << listed(pairs->notes());
}

}  // namespace
}  // namespace scorelet
