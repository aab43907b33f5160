#include <algorithm>

#include "base/number.hpp"
#include "compile/predicate.hpp"
#include "models/score_distribution.hpp"
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
  void collectCategories(xml::Element node) {
    models::collectCategories(context_, node, tree_.categories);
    for (xml::Element e : xml::children(node, "Node")) collectCategories(e);
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
    if (!tree_.isClassification) return;
    const ScoreDistribution d = readScoreDistribution(context_, e, tree_.categories);
    if (d.empty()) return;
    if (!isPresent(node.score)) node.score = d.dominant;
    node.distribution = static_cast<std::uint32_t>(tree_.counts.size() / tree_.categories.size());
    const auto append = [](std::vector<double>& to, const std::vector<double>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(tree_.counts, d.counts);
    append(tree_.probabilities, d.probabilities);
    append(tree_.confidences, d.confidences);
    if (node.recordCount == 0) node.recordCount = d.total;
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
