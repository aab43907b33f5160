#include "hundred_trees.hpp"

#include <cstdint>

#include <scorelet/records.hpp>
#include "support/documents.hpp"

namespace scorelet::test {
namespace {

constexpr std::size_t kTrees = 100, kFields = 28, kRows = 200;
constexpr int kDepth = 6;

/// The same numbers everywhere.
class Chance {
 public:
  std::uint64_t below(std::uint64_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33) % n;
  }
  /// About a bell, from -3 to 3.
  std::string number() {
    double sum = -3;
    for (int i = 0; i < 6; ++i) sum += static_cast<double>(below(1 << 20)) / (1 << 20);
    std::string out;
    appendNumber(out, sum);
    return out;
  }

 private:
  std::uint64_t state_ = 1;
};

std::string field(std::uint64_t i) { return "f" + std::to_string(i); }

/// Children have the numbers 2i and 2i + 1.
void appendNode(std::string& out, Chance& chance, const std::string& predicate, std::uint64_t id, int depth) {
  out += "<Node id=\"" + std::to_string(id) + "\"";
  if (depth == 0) {
    out += " score=\"" + chance.number() + "\">" + predicate + "</Node>";
    return;
  }
  const std::string name = field(chance.below(kFields)), threshold = chance.number();
  const auto split = [&](const char* sign) {
    return "<SimplePredicate field=\"" + name + "\" operator=\"" + sign + "\" value=\"" + threshold + "\"/>";
  };
  out += " defaultChild=\"" + std::to_string(2 * id + chance.below(2)) + "\">" + predicate;
  appendNode(out, chance, split("lessThan"), 2 * id, depth - 1);
  appendNode(out, chance, split("greaterOrEqual"), 2 * id + 1, depth - 1);
  out += "</Node>";
}

}  // namespace

std::string hundredTrees() {
  Chance chance;
  std::string fields = R"(<DataField name="y" optype="continuous" dataType="double"/>)";
  std::string schema = R"(<MiningSchema><MiningField name="y" usageType="target"/>)", trees;
  for (std::size_t i = 0; i < kFields; ++i) {
    fields += "<DataField name=\"" + field(i) + "\" optype=\"continuous\" dataType=\"float\"/>";
    schema += "<MiningField name=\"" + field(i) + "\"/>";
  }
  schema += "</MiningSchema>";
  for (std::size_t i = 0; i < kTrees; ++i) {
    trees += "<Segment><True/><TreeModel functionName=\"regression\" x-mathContext=\"float\" " +
             std::string("missingValueStrategy=\"defaultChild\" splitCharacteristic=\"binarySplit\">") + schema;
    appendNode(trees, chance, "<True/>", 1, kDepth);
    trees += "</TreeModel></Segment>";
  }
  return pmml(fields, "<MiningModel functionName=\"regression\" x-mathContext=\"float\">" + schema +
                          "<Segmentation multipleModelMethod=\"sum\">" + trees + "</Segmentation></MiningModel>");
}

std::string hundredTreesRows() {
  Chance chance;
  std::string out;
  for (std::size_t i = 0; i < kFields; ++i) out += (i == 0 ? "" : ",") + field(i);
  for (std::size_t row = 0; row < kRows; ++row)
    for (std::size_t i = 0; i < kFields; ++i)
      out += (i == 0 ? "\n" : ",") + (chance.below(20) == 0 ? std::string() : chance.number());
  return out + "\n";
}

}  // namespace scorelet::test
