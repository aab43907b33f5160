#include "models/rules.hpp"

#include <algorithm>

#include "base/datetime.hpp"
#include "base/sort.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using program::Frame;

/// What is asked of the candidates: which of them fire, in which order.
struct Ranking {
  RuleAlgorithm algorithm;
  RankBasis basis;
  bool isAscending;
  bool operator==(const Ranking&) const = default;
};

/// The numbers of the rules that fire, best first.
struct RankStep final : program::Step {
  void run(const Frame& frame) const override {
    auto& fired = frame.buffers.numbers;
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value v = frame.at(candidates)[i];
      frame.at(to)[i] = v;
      if (!isPresent(v)) continue;
      fired.clear();
      for (const Value c : frame.lists[v]) {
        const auto code = static_cast<std::size_t>(c);
        if (fires(code % 2 != 0)) fired.push_back(places[code / 2]);
      }
      sort(fired);
      for (double& place : fired) place = rules[static_cast<std::size_t>(place)];
      frame.at(to)[i] = frame.lists.add(fired);
    }
  }
  [[nodiscard]] bool fires(bool hasConsequent) const noexcept {
    return algorithm == RuleAlgorithm::recommendation || hasConsequent == (algorithm == RuleAlgorithm::ruleAssociation);
  }
  [[nodiscard]] std::size_t bytes() const noexcept override {
    return (places.size() + rules.size()) * sizeof(std::uint32_t);
  }
  Slot candidates = kNoSlot, to = kNoSlot;
  RuleAlgorithm algorithm = RuleAlgorithm::recommendation;
  std::vector<std::uint32_t> places;  ///< of each rule among all, best first
  std::vector<std::uint32_t> rules;   ///< the rule at each place
};

/// A property of the rules at some ranks.
struct RulePropertyStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t i = 0; i < frame.n; ++i) {
      const Value v = frame.at(ranked)[i];
      frame.at(to)[i] = v;
      if (isPresent(v))
        frame.at(to)[i] = program::atRank(frame, frame.lists[v], ranks, [&](Value rule) { return propertyOf(rule); });
    }
  }
  [[nodiscard]] Value propertyOf(Value rule) const noexcept { return properties[static_cast<std::size_t>(rule)]; }
  [[nodiscard]] std::size_t bytes() const noexcept override { return properties.size() * sizeof(Value); }
  Slot ranked = kNoSlot, to = kNoSlot;
  program::Ranks ranks;
  std::vector<Value> properties;  ///< by rule
};

Value measure(const Rule& rule, Feature feature) noexcept {
  switch (feature) {
    case Feature::support: return rule.support;
    case Feature::lift: return rule.lift;
    case Feature::leverage: return rule.leverage;
    case Feature::affinity: return rule.affinity;
    default: return rule.confidence;
  }
}

Feature featureOf(RankBasis basis) noexcept {
  switch (basis) {
    case RankBasis::support: return Feature::support;
    case RankBasis::lift: return Feature::lift;
    case RankBasis::leverage: return Feature::leverage;
    case RankBasis::affinity: return Feature::affinity;
    case RankBasis::confidence: break;
  }
  return Feature::confidence;
}

const std::string* textOf(const Rule& rule, Feature feature) noexcept {
  switch (feature) {
    case Feature::antecedent: return &rule.antecedent;
    case Feature::consequent: return &rule.consequent;
    case Feature::rule: return &rule.text;
    case Feature::ruleId: return &rule.id;
    default: return nullptr;
  }
}

bool isProperty(Feature feature) noexcept {
  switch (feature) {
    case Feature::antecedent:
    case Feature::consequent:
    case Feature::rule:
    case Feature::ruleId:
    case Feature::confidence:
    case Feature::support:
    case Feature::lift:
    case Feature::leverage:
    case Feature::affinity: return true;
    default: return false;
  }
}

class RuleSource final : public OutputSource {
 public:
  RuleSource(std::vector<Rule> rules, Slot candidates, RuleAlgorithm algorithm)
      : rules_(std::move(rules)), candidates_(candidates), algorithm_(algorithm) {}

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    const auto feature = featureFor(request);
    if (!feature) return std::nullopt;
    const RuleAlgorithm algorithm = request.at.attribute("algorithm") ? request.algorithm : algorithm_;
    const auto declared = document::readDataType(request.at, false);
    return property(scope, {algorithm, request.rankBasis, request.ranks.isAscending}, *feature, request.ranks,
                    declared);
  }

  std::vector<Slot*> slots() override { return {&candidates_}; }

  TypedSlot property(Scope& scope, const Ranking& ranking, Feature feature, const program::Ranks& ranks,
                     std::optional<DataType> declared = std::nullopt) {
    auto step = std::make_unique<RulePropertyStep>();
    step->ranked = ranked(scope, ranking);
    step->to = scope.builder().newSlot();
    step->ranks = ranks;
    const bool isText = feature == Feature::antecedent || feature == Feature::consequent || feature == Feature::rule ||
                        feature == Feature::ruleId;
    const DataType own = isText ? DataType::string : DataType::float64;
    const DataType type = declared.value_or(own);
    Strings strings(scope.builder().program().symbols);
    for (const Rule& rule : rules_) {
      Value v = isText ? scope.builder().symbol(*textOf(rule, feature)) : measure(rule, feature);
      if (type != own && isPresent(v)) {
        v = castValue(v, own, type, strings);
        // A text made here must last as long as the model.
        if (type == DataType::string && isPresent(v)) v = scope.builder().symbol(std::string(strings.text(v)));
      }
      step->properties.push_back(v);
    }
    const Slot to = step->to;
    scope.body().push_back(std::move(step));
    return TypedSlot::of(to, type, ranks.isList);
  }

 private:
  static std::optional<Feature> featureFor(const OutputRequest& request) {
    if (request.feature == Feature::predictedValue) return Feature::consequent;
    if (request.feature == Feature::entityId) return Feature::ruleId;
    if (isProperty(request.feature)) return request.feature;
    if (request.feature != Feature::ruleValue) return std::nullopt;
    if (isProperty(request.ruleFeature)) return request.ruleFeature;
    request.at.error(
        Code::badValue,
        "A rule has antecedent, consequent, rule, ruleId, confidence, support, lift, leverage and affinity.",
        "ruleFeature");
    return Feature::consequent;
  }

  /// The rules are ranked once for all who ask for the same ranking in the same steps.
  Slot ranked(Scope& scope, const Ranking& ranking) {
    for (const Known& k : known_)
      if (k.body == &scope.body() && k.ranking == ranking) return k.slot;
    auto& step = scope.emit<RankStep>();
    step.candidates = candidates_;
    step.to = scope.builder().newSlot();
    step.algorithm = ranking.algorithm;
    step.rules = order(ranking);
    step.places.resize(rules_.size());
    for (std::uint32_t place = 0; place < step.rules.size(); ++place) step.places[step.rules[place]] = place;
    known_.push_back({&scope.body(), ranking, step.to});
    return step.to;
  }

  /// All rules, best first: those without the measure last, equal ones in the order of the document.
  std::vector<std::uint32_t> order(const Ranking& ranking) const {
    std::vector<std::uint32_t> out(rules_.size());
    for (std::uint32_t r = 0; r < out.size(); ++r) out[r] = r;
    const Feature basis = featureOf(ranking.basis);
    sort(out, [&](std::uint32_t a, std::uint32_t b) {
      const Value x = measure(rules_[a], basis), y = measure(rules_[b], basis);
      if (isPresent(x) != isPresent(y)) return isPresent(x);
      if (isPresent(x) && x != y) return ranking.isAscending ? x < y : x > y;
      return a < b;
    });
    return out;
  }

  struct Known {
    const Steps* body;
    Ranking ranking;
    Slot slot;
  };
  std::vector<Rule> rules_;
  Slot candidates_;
  RuleAlgorithm algorithm_;
  std::vector<Known> known_;
};

}  // namespace

void putOutRules(ModelContext& context, ModelResult& result, std::vector<Rule> rules, Slot candidates,
                 RuleAlgorithm algorithm) {
  auto source = std::make_shared<RuleSource>(std::move(rules), candidates, algorithm);
  const Ranking ranking{algorithm, RankBasis::confidence, false};
  result.value = source->property(context.scope, ranking, Feature::consequent, {});
  result.opType = OpType::categorical;
  result.entityId = source->property(context.scope, ranking, Feature::ruleId, {});
  if (context.scope.parent() == nullptr && !context.model.child("Output")) {
    // Nothing was ordered, and a sequence model cannot order anything: the ids of all rules that fire.
    ModelResult::Output all;
    all.name = "_rules";
    all.binding.value = source->property(context.scope, ranking, Feature::ruleId, {0, true});
    all.binding.opType = all.description.opType = OpType::categorical;
    all.binding.isList = true;
    all.description.name = "_rules";
    all.description.kind = ResultField::Kind::output;
    all.description.feature = "ruleId";
    all.description.dataType = DataType::list;
    result.outputs.push_back(std::move(all));
  }
  result.outputSource = std::move(source);
}

}  // namespace scorelet::models
