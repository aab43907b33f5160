// What the standard names but gives no way to score is refused before the first row (tests/coverage/refused.json).
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/json.hpp"
#include "support/refusals.hpp"

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

const std::string kSparse = sparse(
    "<INT-SparseArray n=\"1\" defaultValue=\"0\"><Indices>1</Indices><INT-Entries>2</INT-Entries></INT-SparseArray>");

const Refusal kRefusals[] = {
    {"Aggregate@sqlWhere", aggregate("sqlWhere=\"x > 1\""), Code::unsupported, "no grammar"},
    {"Apply@invalidValueTreatment=asValue",
     test::scoringExpression(
         "<Apply function=\"ln\" invalidValueTreatment=\"asValue\"><FieldRef field=\"x\"/></Apply>"),
     Code::badValue, "asValue"},
    {"INT-SparseArray", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-SparseArray@n", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-SparseArray@defaultValue", kSparse, Code::unknownElement, "INT-SparseArray"},
    {"INT-Entries", kSparse, Code::unknownElement, "INT-SparseArray"},
};

TEST(refusals, come_with_a_reason) {
  for (const Refusal& refusal : kRefusals) {
    SCOPED_TRACE(refusal.item);
    test::expectRefused(refusal.document, refusal.code, refusal.says);
  }
}

/// Every "Model@functionName=name" of refused.json.
TEST(refusals, functions_that_no_chapter_scores) {
  constexpr std::string_view attribute = "@functionName=";
  std::size_t count = 0;
  const auto refused = test::readJson(test::projectRoot() + "/tests/coverage/refused.json");
  for (const auto& [item, reason] : refused.items()) {
    const auto at = item.find(attribute);
    if (at == std::string::npos) continue;
    const std::string model = item.substr(0, at), function = item.substr(at + attribute.size());
    SCOPED_TRACE(item);
    test::expectRefused(test::pmml("<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>",
                                   "<" + model + " functionName=\"" + function +
                                       "\"><MiningSchema><MiningField name=\"x\"/></MiningSchema></" + model + ">"),
                        Code::unsupported, "@functionName");
    ++count;
  }
  EXPECT_GT(count, 50u);
}

}  // namespace
}  // namespace scorelet
