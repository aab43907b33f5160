// TreeModel (spec: Trees).
#include <algorithm>

#include "base/math.hpp"
#include "models.hpp"
#include "predicates.hpp"

namespace scorelet::reference {

namespace {

/// One class in the answer of a node.
struct Share {
  Value category;
  double count = 0, probability = 0, confidence = 0;
};
using Shares = std::vector<Share>;

class Walk {
 public:
  explicit Walk(Model& model)
      : model_(model),
        strategy_(attributeOr(model.node, "missingValueStrategy", "none")),
        keepsLast_(attributeOr(model.node, "noTrueChildStrategy", "returnNullPrediction") == "returnLastPrediction") {
    categories_ = model.targetValues;
    if (model.isClassification) collect(child(model.node, "Node"));
    scoreInside(child(model.node, "Node"));
  }

  Prediction run() {
    const Node root = child(model_.node, "Node");
    Prediction out;
    out.classes = categories_;
    out.value = Value::missing(model_.isClassification ? model_.targetType : DataType::float64);
    for (const Value& c : hasShares_ ? categories_ : std::vector<Value>()) {
      out.probability.emplace_back(c, Value::missing(DataType::float64));
      out.confidence.emplace_back(c, Value::missing(DataType::float64));
    }
    const bool mixes = strategy_ == "weightedConfidence" || strategy_ == "aggregateNodes";
    const Truth truth = test(model_.scope, predicateIn(root));
    if (truth.is(Truth::invalid))
      poison(truth.reason);
    else if (truth.is(Truth::yes) || (mixes && truth.is(Truth::unknown)))
      mixes ? mix(root, out) : descend(root, out);
    putOut(out);
    if (invalid_.isInvalid()) spread(out, invalid_);
    for (const auto& [name, value] : out.innerOutputs) model_.scope.bind(name, {value, false, {}});
    return out;
  }

 private:
  void poison(const std::string& reason) {
    if (!invalid_.isInvalid()) invalid_ = Value::invalid(DataType::float64, reason);
  }

  void addCategory(const std::string& text) {
    const Value v = parse(text, model_.targetType);
    if (std::none_of(categories_.begin(), categories_.end(), [&](const Value& c) { return equals(c, v); }))
      categories_.push_back(v);
  }

  void collect(Node node) {
    for (Node c : children(node)) {
      if (localName(c) == "ScoreDistribution") hasShares_ = true, addCategory(attributeOr(c, "value", ""));
      if (localName(c) == "Node") collect(c);
    }
    if (const auto score = attribute(node, "score")) addCategory(*score);
  }

  /// The models inside Nodes, in the order of the document: their classes are the tree's too.
  void scoreInside(Node node) {
    for (Node c : children(node)) {
      if (localName(c) == "Node") scoreInside(c);
      if (!isEmbeddedModel(c)) continue;
      inside_.emplace_back(node, scoreEmbedded(model_, c, true));
      const Prediction& p = inside_.back().second;
      hasShares_ |= !p.probability.empty();
      for (const Value& v : p.classes)
        if (std::none_of(categories_.begin(), categories_.end(), [&](const Value& k) { return equals(k, v); }))
          categories_.push_back(v);
    }
  }

  /// What those models put out: that of the node where the record ends. Names of several models have the first's type.
  void putOut(Prediction& out) const {
    for (const auto& [node, p] : inside_)
      for (const auto* outputs : {&p.outputs, &p.innerOutputs})
        for (const auto& [name, value] : *outputs) {
          auto known = std::find_if(out.innerOutputs.begin(), out.innerOutputs.end(),
                                    [&](const auto& o) { return o.first == name; });
          if (known == out.innerOutputs.end())
            known = out.innerOutputs.insert(known, {name, Value::missing(value.type)});
          if (node == end_) known->second = cast(value, known->second.type);
        }
  }

  /// The answer of the model inside a node.
  void answerInside(const Prediction& p, Node node, Prediction& out) const {
    out.value = cast(p.value, out.value.type);
    out.entityId = out.value.isPresent() ? idOf(node) : cast(out.value, DataType::string);
    for (Weighted* shares : {&out.probability, &out.confidence}) {
      const Weighted& own = shares == &out.probability || p.confidence.empty() ? p.probability : p.confidence;
      // A class that the model does not know has probability 0; a model without probabilities gives none.
      Value other = own.empty() ? Value::missing(DataType::float64) : own.front().second;
      if (own.empty() && out.value.isInvalid()) other = cast(out.value, DataType::float64);
      if (other.isPresent()) other = Value::number(0);
      for (auto& [category, share] : *shares) {
        const Value* known = entryOf(own, category);
        share = known != nullptr ? *known : other;
      }
    }
  }

  /// The node's distribution over all classes of the tree; empty if it has none.
  Shares sharesOf(Node node) const {
    const std::vector<Node> given = children(node, "ScoreDistribution");
    if (given.empty() || !model_.isClassification) return {};
    double total = 0;
    for (Node d : given) total += numberOr(d, "recordCount", 0);
    Shares shares;
    for (const Value& c : categories_) {
      Share share{c};
      for (Node d : given)
        if (equals(parse(attributeOr(d, "value", ""), model_.targetType), c)) {
          share.count = numberOr(d, "recordCount", 0);
          const double fraction = total > 0 ? share.count / total : 0;
          share.probability = numberOr(d, "probability", fraction);
          share.confidence = numberOr(d, "confidence", fraction);
        }
      shares.push_back(share);
    }
    return shares;
  }

  double recordCount(Node node) const {
    const double given = numberOr(node, "recordCount", 0);
    if (given != 0) return given;
    double total = 0;
    for (Node d : children(node, "ScoreDistribution")) total += numberOr(d, "recordCount", 0);
    return total;
  }

  /// Node@score, else the class with most records.
  Value scoreOf(Node node) const {
    const DataType type = model_.isClassification ? model_.targetType : DataType::float64;
    if (const auto score = attribute(node, "score")) {
      const Value v = parse(*score, type);
      return v.isNumber() && !model_.isClassification ? Value::number(model_.round(v.asDouble())) : v;
    }
    Value best = Value::missing(type);
    double most = -1;
    if (model_.isClassification)
      for (Node d : children(node, "ScoreDistribution"))
        if (numberOr(d, "recordCount", 0) > most)
          most = numberOr(d, "recordCount", 0), best = parse(attributeOr(d, "value", ""), type);
    return best;
  }

  /// A record that no child takes stays at a node that has a score of its own, if the model says so.
  bool keeps(Node node) const { return keepsLast_ && attribute(node, "score"); }

  /// @id, else the 1-based number of the node in document order.
  Value idOf(Node wanted) const {
    if (const auto id = attribute(wanted, "id")) return Value::text(*id);
    int number = 0;
    (void)isReached(child(model_.node, "Node"), wanted, number);
    return Value::text(std::to_string(number));
  }

  /// Counts the tree's own nodes until `wanted` is one.
  static bool isReached(Node node, Node wanted, int& number) {
    ++number;
    if (node == wanted) return true;
    for (Node c : children(node, "Node"))
      if (isReached(c, wanted, number)) return true;
    return false;
  }

  void answer(Node node, double levels, Prediction& out) {
    end_ = node;
    for (const auto& [at, p] : inside_)
      if (at == node) return answerInside(p, node, out);
    out.value = scoreOf(node);
    if (out.value.isPresent()) out.entityId = idOf(node);
    const double penalty = levels == 0 ? 1 : dm::pow(numberOr(model_.node, "missingValuePenalty", 1), levels);
    const Shares shares = sharesOf(node);
    for (std::size_t c = 0; c < shares.size(); ++c) {
      out.probability[c].second = Value::number(shares[c].probability);
      out.confidence[c].second = Value::number(shares[c].confidence * penalty);
    }
  }

  void descend(Node node, Prediction& out) {
    double levels = 0;
    while (true) {
      const std::vector<Node> below = children(node, "Node");
      if (below.empty()) return answer(node, levels, out);
      Node next;
      for (Node c : below) {
        const Truth truth = test(model_.scope, predicateIn(c));
        if (truth.is(Truth::invalid)) return poison(truth.reason);
        if (truth.is(Truth::yes)) {
          next = c;
          levels += truth.usedSurrogate ? 1 : 0;
          break;
        }
        if (truth.is(Truth::no) || strategy_ == "none") continue;
        if (strategy_ == "nullPrediction") return;
        if (strategy_ == "lastPrediction") return answer(node, levels, out);
        for (Node d : below)
          if (attributeOr(d, "id", "") == attributeOr(node, "defaultChild", "")) next = d;
        if (!next) return;
        levels += 1;
        break;
      }
      if (!next) {
        if (keeps(node)) answer(node, levels, out);
        return;
      }
      node = next;
    }
  }

  /// Children that the record may belong to; one that is certain and comes first excludes the others.
  std::vector<Node> possible(Node node, bool endsAtCertain) {
    std::vector<Node> out;
    for (Node c : children(node, "Node")) {
      const Truth truth = test(model_.scope, predicateIn(c));
      if (truth.is(Truth::invalid)) {
        poison(truth.reason);
        return {};
      }
      if (truth.is(Truth::no)) continue;
      out.push_back(c);
      if (truth.is(Truth::yes) && (endsAtCertain || out.size() == 1)) break;
    }
    return out;
  }

  void leaves(Node node, std::vector<Node>& out) {
    const bool isLeaf = children(node, "Node").empty();
    const std::vector<Node> next = possible(node, true);
    if (isLeaf || (next.empty() && keeps(node))) out.push_back(node);
    for (Node c : next) leaves(c, out);
  }

  struct Blend {
    std::vector<double> confidences;
    double mean = 0;
  };

  /// Confidences of the possible children by record count, and so on downward.
  std::optional<Blend> blend(Node node) {
    const std::size_t k = categories_.size();
    const std::vector<Node> next = possible(node, false);
    if (invalid_.isInvalid()) return std::nullopt;
    if (next.empty()) {
      if (!children(node, "Node").empty() && !keeps(node)) return std::nullopt;
      Blend own{std::vector<double>(k, 0), 0};
      const Shares shares = sharesOf(node);
      for (std::size_t c = 0; c < shares.size(); ++c) own.confidences[c] = shares[c].confidence;
      if (model_.isClassification) return shares.empty() ? std::nullopt : std::optional(own);
      const Value score = scoreOf(node);
      own.mean = score.isPresent() ? score.asDouble() : 0;
      return own;
    }
    if (next.size() == 1 && test(model_.scope, predicateIn(next[0])).is(Truth::yes)) return blend(next[0]);
    Blend sum{std::vector<double>(k, 0), 0};
    double total = 0;
    for (Node c : next) {
      const auto part = blend(c);
      if (!part) continue;
      const double weight = recordCount(c);
      for (std::size_t i = 0; i < k; ++i) sum.confidences[i] += weight * part->confidences[i];
      sum.mean += weight * part->mean;
      total += weight;
    }
    if (!(total > 0)) return std::nullopt;
    for (double& s : sum.confidences) s /= total;
    sum.mean /= total;
    return sum;
  }

  void mix(Node root, Prediction& out) {
    Blend result{std::vector<double>(categories_.size(), 0), 0};
    double total = 0;
    if (strategy_ == "weightedConfidence") {
      const auto blended = blend(root);
      if (!blended) return;
      result = *blended;
      total = 1;
    } else {
      std::vector<Node> reached;
      leaves(root, reached);
      for (Node leaf : reached) {
        const Shares shares = sharesOf(leaf);
        for (std::size_t c = 0; c < shares.size(); ++c)
          result.confidences[c] += shares[c].count, total += shares[c].count;
        if (const Value score = scoreOf(leaf); !model_.isClassification && score.isPresent())
          result.mean += recordCount(leaf) * score.asDouble(), total += recordCount(leaf);
      }
      if (!(total > 0)) return;
      result.mean /= total;
    }
    if (!model_.isClassification) {
      out.value = Value::number(result.mean);
      return;
    }
    double most = 0;
    for (std::size_t c = 0; c < categories_.size(); ++c) {
      if (result.confidences[c] > most) most = result.confidences[c], out.value = categories_[c];
      if (hasShares_)
        out.probability[c].second = out.confidence[c].second = Value::number(result.confidences[c] / total);
    }
  }

  Model& model_;
  std::string strategy_;
  bool keepsLast_;
  bool hasShares_ = false;
  std::vector<Value> categories_;
  std::vector<std::pair<Node, Prediction>> inside_;  ///< Nodes with a model inside, and what it answers
  Node end_;                                         ///< the node where the record ends
  Value invalid_ = Value::missing(DataType::float64);
};

}  // namespace

Prediction scoreTree(Model& model) { return Walk(model).run(); }

}  // namespace scorelet::reference
