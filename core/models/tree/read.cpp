#include <algorithm>

#include "base/number.hpp"
#include "compile/expression.hpp"
#include "compile/predicate.hpp"
#include "models/score_distribution.hpp"
#include "models/tree/tree.hpp"

namespace scorelet::models::tree {

namespace {

using compile::ModelContext;
using xml::Key;
using xml::Tag;

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
  explicit Reader(ModelContext& context) : context_(context), distributions_(context) {
    tree_.isClassification = context.function == compile::MiningFunction::classification;
    tree_.scoreType = tree_.isClassification ? context.target.value.type : DataType::float64;
    tree_.missingValueStrategy = context.model.word("missingValueStrategy", MissingValueStrategy::none, kStrategies);
    tree_.returnsLastPrediction = context.model.word("noTrueChildStrategy", false, kNoTrueChild);
    tree_.missingValuePenalty = context.model.number("missingValuePenalty", 1);
    if (!(tree_.missingValuePenalty >= 0 && tree_.missingValuePenalty <= 1))
      context.model.error(Code::badValue, "missingValuePenalty lies between 0 and 1.", "missingValuePenalty");
    categories_ = DistinctValues(context.target.order);
  }

  Tree read() {
    const xml::Element root = context_.model.child("Node");
    if (!root) {
      context_.model.error(Code::missingElement, "TreeModel needs a Node.");
      return std::move(tree_);
    }
    std::size_t count = 0;
    const xml::Element end = root.afterAll();
    for (xml::Element e = root; e && !(e == end); e = e.following()) count += e.tag() == Tag::node;
    tree_.nodes.reserve(count);
    tree_.predicates.reserve(count);
    if (tree_.isClassification) collectCategories(root);
    std::vector<compile::ModelResult> models;
    if (hasEmbeddedModels()) models = compileEmbedded(root);
    tree_.categories = categories_.values();
    for (compile::ModelResult& m : models)
      if (m) embed(m);  // else reported
    readNode(root);
    // Known only now: nothing in the tree can ask for what the walk through it decides.
    for (const auto& o : tree_.outputs) context_.scope.bind(o.name, o.binding);
    return std::move(tree_);
  }

 private:
  bool hasEmbeddedModels() { return context_.scope.builder().hasEmbeddedModels; }

  void collectCategories(xml::Element node) {
    models::collectCategories(context_, node, categories_);
    for (xml::Element e : xml::children(node, Tag::node)) collectCategories(e);
  }

  /// The models inside Nodes, before the nodes themselves: their classes are the tree's too.
  std::vector<compile::ModelResult> compileEmbedded(xml::Element root) {
    std::vector<compile::ModelResult> models;
    eachEmbedded(root, [&](xml::Element e) {
      if (tree_.missingValueStrategy >= MissingValueStrategy::weightedConfidence)
        e.error(Code::unsupported, "This missingValueStrategy joins record counts of Nodes; a model inside has none.");
      models.push_back(compileEmbeddedModel(context_, e, true));
      for (const Value c : models.back().categories) categories_.add(c);
    });
    return models;
  }

  void embed(compile::ModelResult& m) {
    EmbeddedModel model;
    model.value = castTo(context_.scope, m.value, tree_.scoreType).slot;
    const DistinctValues own(m.categories);
    for (const Value category : tree_.categories) {
      const auto c = own.find(category);
      const auto of = [&](const std::vector<Slot>& slots) {
        return !c || slots.empty() ? compile::kNoSlot : slots[*c];
      };
      model.probabilities.push_back(of(m.probabilities));
      model.confidences.push_back(of(m.confidences.empty() ? m.probabilities : m.confidences));
    }
    tree_.embedded.push_back(std::move(model));
    for (auto* list : {&m.outputs, &m.innerOutputs})
      for (compile::ModelResult::Output& o : *list) show(std::move(o));
  }

  template <class F>
  static void eachEmbedded(xml::Element node, const F& f) {
    for (xml::Element e : xml::children(node))
      if (compile::isEmbeddedModel(e.name()))
        f(e);
      else if (e.name() == "Node")
        eachEmbedded(e, f);
  }

  /// A name that the model just compiled puts out; models of other nodes may put out the same.
  void show(compile::ModelResult::Output output) {
    const auto model = static_cast<std::uint32_t>(tree_.embedded.size() - 1);
    compile::TypedSlot& value = output.binding.value;
    for (std::size_t i = 0; i < tree_.outputs.size(); ++i)
      if (tree_.outputs[i].name == output.name) {
        const DataType type = tree_.outputs[i].binding.value.type;
        tree_.embeddedOutputs[i].from.emplace_back(model, castTo(context_.scope, value, type).slot);
        return;
      }
    EmbeddedOutput shown;
    shown.from.emplace_back(model, value.slot);
    shown.to = value.slot = context_.scope.builder().newSlot();
    tree_.embeddedOutputs.push_back(std::move(shown));
    tree_.outputs.push_back(std::move(output));
  }

  std::uint32_t readNode(xml::Element e) {
    compile::Builder& builder = context_.scope.builder();
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.emplace_back();
    Node node;
    node.predicate = compile::compilePredicate(context_.scope, compile::predicateOf(e), tree_.predicates);
    const auto id = e.attribute(Key::id);
    node.id = id ? builder.symbol(*id) : builder.ordinal(index + 1);
    node.recordCount = readRecordCount(e);
    node.hasScore = e.has(Key::score);
    if (node.hasScore) node.score = tree_.isClassification ? categoryScore(e) : regressionScore(e);
    readDistribution(e, node);
    if (hasEmbeddedModels()) readEmbedded(e, node);

    const auto defaultChild = e.attribute(Key::defaultChild);
    std::uint32_t last = kNone;
    for (xml::Element c : xml::children(e, Tag::node)) {
      const std::uint32_t child = readNode(c);
      (last == kNone ? node.firstChild : tree_.nodes[last].nextSibling) = child;
      last = child;
      if (defaultChild && c.attribute(Key::id, {}) == *defaultChild) node.defaultChild = child;
    }
    if (defaultChild && node.defaultChild == kNone)
      e.error(Code::unresolvedReference, "There is no child node with the id \"" + std::string(*defaultChild) + "\".",
              "defaultChild");
    if (!context_.scope.builder().charge(e)) return index;
    tree_.nodes[index] = node;
    return index;
  }

  void readEmbedded(xml::Element e, Node& node) {
    std::size_t models = 0;
    for (xml::Element c : xml::children(e)) models += compile::isEmbeddedModel(c.name());
    if (models > 0) node.embedded = nextEmbedded_++;
    if (models > 1 || (models == 1 && (e.child("Node") || e.child("ScoreDistribution"))))
      e.error(Code::unsupported, "A Node holds either one model or its own distribution and child nodes.");
  }

  Value categoryScore(xml::Element e) { return categoryLiteral(context_, e.attribute(Key::score, {}), e, "score"); }

  Value regressionScore(xml::Element e) {
    const auto x = e.number(Key::score);
    if (!x) return missing();
    return context_.isFloat ? toFloat(*x) : *x;
  }

  void readDistribution(xml::Element e, Node& node) {
    if (!tree_.isClassification) return;
    const ScoreDistribution& d = distributions_.read(e, categories_);
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
  ScoreDistributionReader distributions_;
  Tree tree_;
  DistinctValues categories_;
  std::uint32_t nextEmbedded_ = 0;  ///< nodes are read in the order in which their models were compiled
};

}  // namespace

Tree read(ModelContext& context) { return Reader(context).read(); }

std::size_t Tree::bytes() const noexcept {
  return nodes.size() * sizeof(Node) + predicates.bytes() +
         (probabilities.size() + confidences.size() + counts.size() + categories.size()) * sizeof(double);
}

}  // namespace scorelet::models::tree
