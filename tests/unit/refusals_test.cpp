// What the standard names but gives no way to score is refused before the first row (tests/coverage/refused.json).
#include <algorithm>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"

namespace scorelet {
namespace {

struct Refusal {
  const char* item;  ///< of the checklist
  std::string document;
  Code code;
  const char* says;  ///< a part of the message
};

std::string aggregate(const std::string& attributes) {
  return test::scoringExpression("<Aggregate field=\"x\" function=\"sum\" " + attributes + "/>");
}

/// A sparse vector of integers where the schema allows one of real numbers only.
std::string sparse(const std::string& array) {
  return test::pmml("<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>",
                    "<SupportVectorMachineModel functionName=\"regression\">"
                    "<MiningSchema><MiningField name=\"x\"/></MiningSchema><LinearKernelType/>"
                    "<VectorDictionary><VectorFields><FieldRef field=\"x\"/></VectorFields>"
                    "<VectorInstance id=\"a\">" +
                        array +
                        "</VectorInstance></VectorDictionary>"
                        "<SupportVectorMachine><SupportVectors><SupportVector vectorId=\"a\"/></SupportVectors>"
                        "<Coefficients><Coefficient value=\"1\"/></Coefficients></SupportVectorMachine>"
                        "</SupportVectorMachineModel>");
}

const std::string kSparse =
    sparse("<INT-SparseArray n=\"1\" defaultValue=\"0\"><Indices>1</Indices><INT-Entries>2</INT-Entries></INT-SparseArray>");

const Refusal kRefusals[] = {
    {"Aggregate@sqlWhere", aggregate("sqlWhere=\"x > 1\""), Code::unsupported, "no grammar"},
    {"Apply@invalidValueTreatment=asValue",
     test::scoringExpression("<Apply function=\"ln\" invalidValueTreatment=\"asValue\"><FieldRef field=\"x\"/></Apply>"),
     Code::badValue, "asValue"},
    {"INT-SparseArray", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-SparseArray@n", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-SparseArray@defaultValue", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-Entries", kSparse, Code::unknownElement, "INT-SparseArray"},
};

TEST(refusals, come_with_a_reason) {
  for (const Refusal& refusal : kRefusals) {
    const auto model = Model::load(refusal.document);
    ASSERT_FALSE(model.has_value()) << refusal.item << " was accepted";
    std::string said;
    for (const Diagnostic& d : model.error()) said += d.text() + "\n";
    EXPECT_TRUE(std::ranges::any_of(model.error(), [&](const Diagnostic& d) {
      return d.code == refusal.code && d.message.find(refusal.says) != std::string::npos;
    })) << refusal.item << " was refused, but not for its reason:\n" << said;
  }
}

}  // namespace
}  // namespace scorelet
