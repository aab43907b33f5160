#include <algorithm>

#include "base/number.hpp"
#include "compile/predicate.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

namespace {

using compile::ModelContext;

constexpr std::pair<std::string_view, MissingValueStrategy> kStrategies[] = {
    {"none", MissingValueStrategy::none},
    {"lastPrediction", MissingValueStrategy::lastPrediction},
    {"nullPrediction", MissingValueStrategy::nullPrediction},
    {"defaultChild", MissingValueStrategy::defaultChild},
    {"weightedConfidence", MissingValueStrategy::weightedConfidence},
    {"aggregateNodes", MissingValueStrategy::aggregateNodes}};
constexpr std::pair<std::string_view, bool> kNoTrueChild[] = {{"returnNullPrediction", false},
                                                              {"returnLastPrediction", true}};

class Reader {
 public:
  explicit Reader(ModelContext& context) : context_(context) {
    tree_.isClassification = context.function == compile::MiningFunction::classification;
    tree_.scoreType = tree_.isClassification ? context.target.value.type : DataType::float64;
    tree_.missingValueStrategy = context.model.word("missingValueStrategy", MissingValueStrategy::none, kStrategies);
    tree_.returnsLastPrediction = context.model.word("noTrueChildStrategy", false, kNoTrueChild);
    tree_.missingValuePenalty = context.model.number("missingValuePenalty", 1);
    if (!(tree_.missingValuePenalty >= 0 && tree_.missingValuePenalty <= 1))
      context.model.error(Code::badValue, "missingValuePenalty lies between 0 and 1.", "missingValuePenalty");
    tree_.categories = context.target.order;
  }

  Tree read() {
    const xml::Element root = context_.model.child("Node");
    if (!root) {
      context_.model.error(Code::missingElement, "TreeModel needs a Node.");
      return std::move(tree_);
    }
    if (tree_.isClassification) collectCategories(root);
    readNode(root);
    return std::move(tree_);
  }

 private:
  void addCategory(Value v) {
    if (isPresent(v) && std::find(tree_.categories.begin(), tree_.categories.end(), v) == tree_.categories.end())
      tree_.categories.push_back(v);
  }

  void collectCategories(xml::Element node) {
    for (xml::Element e : xml::children(node)) {
      if (e.name() == "ScoreDistribution")
        addCategory(categoryLiteral(context_, e.required("value"), e, "value"));
      else if (e.name() == "Node")
        collectCategories(e);
    }
    if (const auto score = node.attribute("score")) addCategory(categoryLiteral(context_, *score, node, "score"));
  }

  std::uint32_t readNode(xml::Element e) {
    compile::Builder& builder = context_.scope.builder();
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.emplace_back();
    Node node;
    node.predicate = compile::compilePredicate(context_.scope, compile::predicateOf(e), tree_.predicates);
    node.id = builder.symbol(e.attribute("id") ? std::string(*e.attribute("id")) : std::to_string(index + 1));
    node.recordCount = e.number("recordCount", 0);
    if (const auto score = e.attribute("score")) {
      node.hasScore = true;
      node.score = tree_.isClassification ? categoryLiteral(context_, *score, e, "score") : regressionScore(e, *score);
    }
    readDistribution(e, node);
    if (e.child("Regression") || e.child("DecisionTree"))
      e.error(Code::unsupported,
              "Models embedded in a Node were never given a meaning by the standard; use a MiningModel.");

    std::uint32_t last = kNone;
    std::vector<std::pair<std::string_view, std::uint32_t>> ids;
    for (xml::Element c : xml::children(e, "Node")) {
      const std::uint32_t child = readNode(c);
      (last == kNone ? node.firstChild : tree_.nodes[last].nextSibling) = child;
      last = child;
      ids.emplace_back(c.attribute("id", {}), child);
    }
    if (const auto name = e.attribute("defaultChild")) {
      for (const auto& [id, child] : ids)
        if (id == *name) node.defaultChild = child;
      if (node.defaultChild == kNone)
        e.error(Code::unresolvedReference, "There is no child node with the id \"" + std::string(*name) + "\".",
                "defaultChild");
    }
    if (!context_.scope.builder().charge(e)) return index;
    tree_.nodes[index] = node;
    return index;
  }

  Value regressionScore(xml::Element e, std::string_view text) {
    const auto x = parseDouble(text);
    if (!x || *x != *x) {
      e.error(Code::badValue, "\"" + std::string(text) + "\" is not a number.", "score");
      return missing();
    }
    return context_.isFloat ? toFloat(*x) : *x;
  }

  void readDistribution(xml::Element e, Node& node) {
    const std::size_t k = tree_.categories.size();
    double total = 0, most = -1;
    Value dominant = missing();
    bool any = false;
    std::vector<xml::Element> rows;
    for (xml::Element d : xml::children(e, "ScoreDistribution")) {
      rows.push_back(d);
      const double count = d.requiredNumber("recordCount");
      total += count;
      any = true;
      if (tree_.isClassification && count > most) {
        most = count;
        dominant = categoryLiteral(context_, d.attribute("value", {}), d, "value");
      }
    }
    if (!any || !tree_.isClassification) return;
    if (!isPresent(node.score)) node.score = dominant;
    node.distribution = static_cast<std::uint32_t>(tree_.counts.size() / k);
    tree_.counts.resize(tree_.counts.size() + k, 0);
    tree_.probabilities.resize(tree_.probabilities.size() + k, 0);
    tree_.confidences.resize(tree_.confidences.size() + k, 0);
    const std::size_t base = node.distribution * k;
    for (const xml::Element d : rows) {
      const Value category = categoryLiteral(context_, d.attribute("value", {}), d, "value");
      const auto c = static_cast<std::size_t>(std::find(tree_.categories.begin(), tree_.categories.end(), category) -
                                              tree_.categories.begin());
      if (c == k) continue;
      const double count = d.number("recordCount", 0);
      const double share = total > 0 ? count / total : 0;
      tree_.counts[base + c] = count;
      tree_.probabilities[base + c] = d.number("probability", share);
      tree_.confidences[base + c] = d.number("confidence", share);
    }
    if (node.recordCount == 0) node.recordCount = total;
  }

  ModelContext& context_;
  Tree tree_;
};

}  // namespace

Tree read(ModelContext& context) { return Reader(context).read(); }

std::size_t Tree::bytes() const noexcept {
  return nodes.size() * sizeof(Node) + predicates.bytes() +
         (probabilities.size() + confidences.size() + counts.size() + categories.size()) * sizeof(double);
}

}  // namespace scorelet::models::tree
