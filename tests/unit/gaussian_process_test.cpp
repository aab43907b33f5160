// GaussianProcessModel: what is refused, and why.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "base/cholesky.hpp"
#include "support/documents.hpp"
#include "support/refusals.hpp"

namespace scorelet {
namespace {

struct Parts {
  std::string function = "regression";
  std::string kernel = "<RadialBasisKernel noiseVariance=\"0.1\"/>";
  std::string attributes = "recordCount=\"2\" fieldCount=\"2\"";
  std::string fields = "<InstanceField field=\"x\" column=\"x\"/><InstanceField field=\"y\" column=\"y\"/>";
  std::string table = "<InlineTable><row><x>0</x><y>1</y></row><row><x>1</x><y>2</y></row></InlineTable>";
  std::string target = "<MiningField name=\"y\" usageType=\"target\"/>";
};

std::string document(const Parts& p) {
  return test::pmml(
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>"
      "<DataField name=\"s\" optype=\"categorical\" dataType=\"string\"/>"
      "<DataField name=\"y\" optype=\"continuous\" dataType=\"double\"/>",
      "<GaussianProcessModel functionName=\"" + p.function +
          "\"><MiningSchema><MiningField name=\"x\"/><MiningField name=\"s\"/>" + p.target + "</MiningSchema>" +
          p.kernel + "<TrainingInstances " + p.attributes + "><InstanceFields>" + p.fields + "</InstanceFields>" +
          p.table + "</TrainingInstances></GaussianProcessModel>");
}

void expectRefused(const Parts& parts, Code code, std::string_view words, const LoadOptions& options = {}) {
  test::expectRefused(document(parts), code, words, options);
}

TEST(gaussian_process, accepts_the_document_that_the_others_are_made_of) {
  EXPECT_TRUE(Model::load(document({})).has_value());
}

TEST(gaussian_process, kernels) {
  expectRefused({.kernel = ""}, Code::missingElement, "RadialBasisKernel");
  expectRefused({.kernel = "<RadialBasisKernel/><AbsoluteExponentialKernel/>"}, Code::duplicateName, "one kernel");
  expectRefused({.kernel = "<RadialBasisKernel lambda=\"0\"/>"}, Code::badValue, "lambda");
  expectRefused({.kernel = "<RadialBasisKernel gamma=\"-1\"/>"}, Code::badValue, "gamma");
  expectRefused({.kernel = "<RadialBasisKernel noiseVariance=\"-0.1\"/>"}, Code::badValue, "noiseVariance");
  expectRefused({.kernel = "<GeneralizedExponentialKernel degree=\"0\"/>"}, Code::badValue, "degree");
  const std::string open = "<AbsoluteExponentialKernel><Lambda>", close = "</Lambda></AbsoluteExponentialKernel>";
  expectRefused({.kernel = open + "<Array type=\"real\">1 2</Array>" + close}, Code::badValue, "2 length scales for 1");
  expectRefused({.kernel = open + "<Array type=\"real\">-1</Array>" + close}, Code::badValue, "greater than 0");
  expectRefused({.kernel = open + "<Array type=\"real\">one</Array>" + close}, Code::badValue, "not a number");
  expectRefused({.kernel = open + close}, Code::missingElement, "Array");
}

TEST(gaussian_process, training_instances) {
  expectRefused({.attributes = "recordCount=\"3\""}, Code::badValue, "there are 2");
  expectRefused({.attributes = "fieldCount=\"3\""}, Code::badValue, "there are 2");
  expectRefused({.fields = "<InstanceField field=\"x\"/>"}, Code::missingElement, "target");
  expectRefused({.attributes = "", .fields = "<InstanceField field=\"y\"/>"}, Code::emptyModel, "input");
  expectRefused({.attributes = "", .fields = ""}, Code::missingElement, "InstanceFields");
  expectRefused({.fields = "<InstanceField field=\"s\"/><InstanceField field=\"y\"/>"}, Code::typeMismatch, "numbers");
  expectRefused({.fields = "<InstanceField field=\"q\"/><InstanceField field=\"y\"/>"}, Code::unresolvedField, "q");
  expectRefused({.attributes = "",
                 .fields = "<InstanceField field=\"x\"/><InstanceField field=\"x\"/><InstanceField field=\"y\"/>"},
                Code::duplicateName, "twice");
  expectRefused({.attributes = "", .table = "<InlineTable/>"}, Code::emptyModel, "no training instances");
  expectRefused({.attributes = "", .table = "<InlineTable><row><x>1</x></row></InlineTable>"}, Code::missingElement,
                "\"y\"");
  expectRefused({.attributes = "", .table = "<InlineTable><row><x>one</x><y>1</y></row></InlineTable>"}, Code::badValue,
                "not a number");
  expectRefused({.table = "<TableLocator/>"}, Code::unsupported, "InlineTable");
  expectRefused({.target = ""}, Code::missingElement, "target");
}

TEST(gaussian_process, a_covariance_that_is_not_positive_definite) {
  const Parts repeated{.kernel = "<RadialBasisKernel noiseVariance=\"0\"/>",
                       .table = "<InlineTable><row><x>1</x><y>1</y></row><row><x>1</x><y>2</y></row></InlineTable>"};
  expectRefused(repeated, Code::badValue, "not positive definite at instance 2");
  Parts noisy = repeated;
  noisy.kernel = "<RadialBasisKernel noiseVariance=\"0.01\"/>";
  EXPECT_TRUE(Model::load(document(noisy)).has_value());
}

TEST(gaussian_process, limits) {
  LoadOptions options;
  options.limits.matrixRows = 1;
  expectRefused({}, Code::limitReached, "matrixRows", options);
}

TEST(cholesky, factors_and_solves) {
  // [4 2 0; 2 5 3; 0 3 6] = L·Lᵀ; b = A·(1, −2, 3)
  Cholesky factor;
  ASSERT_EQ(factor.factor({4, 2, 5, 0, 3, 6}, 3), Cholesky::kNone);
  double b[] = {0, 1, 12};
  factor.forward(b);
  factor.backward(b);
  EXPECT_NEAR(b[0], 1, 1e-14);
  EXPECT_NEAR(b[1], -2, 1e-14);
  EXPECT_NEAR(b[2], 3, 1e-14);
}

TEST(cholesky, names_the_row_that_fails) {
  Cholesky factor;
  EXPECT_EQ(factor.factor({1, 1, 1}, 2), 1u);
  EXPECT_EQ(factor.factor({-1}, 1), 0u);
  EXPECT_EQ(factor.factor({1, 2, 1}, 2), 1u);
}

}  // namespace
}  // namespace scorelet
