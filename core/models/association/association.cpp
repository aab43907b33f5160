// AssociationModel (spec: Association Rules): which rules have their items in a basket.
#include "models/items.hpp"
#include "models/rules.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using program::Frame;

struct Sides {
  std::uint32_t antecedent, consequent;  ///< itemsets
};

/// The candidates among the rules (models/rules.hpp) of each record.
struct BasketStep final : program::Step {
  void run(const Frame& frame) const override {
    auto& marks = frame.buffers.marks;
    auto& found = frame.buffers.numbers;
    for (std::size_t i = 0; i < frame.n; ++i) {
      marks.assign(items.count + items.sets.size(), 0);
      const Value hole = fillBasket(frame, i, marks.data());
      frame.at(to)[i] = hole;
      if (!isPresent(hole)) continue;
      std::uint8_t* const holds = marks.data() + items.count;
      for (std::size_t s = 0; s < items.sets.size(); ++s) holds[s] = items.sets[s].isIn(marks.data()) ? 1 : 0;
      found.clear();
      for (std::size_t r = 0; r < rules.size(); ++r)
        if (holds[rules[r].antecedent] != 0) found.push_back(candidate(r, holds[rules[r].consequent] != 0));
      frame.at(to)[i] = frame.lists.add(found);
    }
  }
  [[nodiscard]] std::size_t bytes() const noexcept override { return items.bytes() + rules.size() * sizeof(Sides); }

  Items items;
  std::vector<Sides> rules;
  Slot to = kNoSlot;

 private:
  /// Marks the items of record `i`. A record of which no field is known has no basket; an invalid column spoils it. An
  /// invalid value within a list is none of the items, so that no rule depends on it.
  Value fillBasket(const Frame& frame, std::size_t i, std::uint8_t* marks) const {
    bool isKnown = items.sources.empty();
    for (const ItemSource& source : items.sources) {
      const Value v = frame.at(source.slot)[i];
      if (isInvalid(v)) return v;
      if (isMissing(v)) continue;
      isKnown = true;
      if (source.isList)
        for (const Value item : frame.lists[v]) source.mark(item, marks);
      else
        source.mark(v, marks);
    }
    return isKnown ? 0 : missing();
  }
};

/// A measure that is not given, from those that are: nothing if one of them is missing.
template <class Formula>
Value measureOf(xml::Element rule, std::string_view attribute, Formula formula) {
  if (const auto given = rule.number(attribute)) return checked(*given);
  const double x = formula();
  return x == x ? x : missing();
}

}  // namespace

void findAssociationLists(Builder& builder, xml::Element model) {
  const auto fields = activeFields(model);
  const auto isColumn = [&](xml::Element item) {
    return item.attribute("value", {}) == fields[0] || item.attribute("category", {}) == fields[0];
  };
  if (!isGrouped(model)) {
    // Without a group there may still be one field that holds the whole basket.
    if (fields.size() != 1) return;
    for (xml::Element item : xml::children(model, "Item"))
      if (isColumn(item)) return;
  }
  builder.listFields.insert(fields.begin(), fields.end());
}

ModelResult compileAssociationModel(ModelContext& context) {
  Builder& builder = context.scope.builder();
  if (context.function != MiningFunction::associationRules)
    context.model.error(Code::badValue, "An AssociationModel has the function associationRules.", "functionName");
  auto step = std::make_unique<BasketStep>();
  step->items = readItems(context);
  std::vector<Rule> rules;
  for (xml::Element e : xml::children(context.model, "AssociationRule")) {
    if (!builder.charge(e)) break;
    const auto side = [&](std::string_view attribute) {
      const std::string_view id = e.required(attribute);
      const auto set = step->items.setById.find(id);
      if (set != step->items.setById.end()) return set->second;
      if (e.attribute(attribute))
        e.error(Code::unresolvedReference, "There is no Itemset with the id \"" + std::string(id) + "\".", attribute);
      return std::uint32_t{0};
    };
    const Sides sides{side("antecedent"), side("consequent")};
    if (step->items.sets.empty()) continue;  // reported
    const ItemSet& left = step->items.sets[sides.antecedent];
    const ItemSet& right = step->items.sets[sides.consequent];
    Rule rule;
    rule.id = e.attribute("id") ? std::string(*e.attribute("id")) : std::to_string(rules.size() + 1);
    rule.antecedent = left.words();
    rule.consequent = right.words();
    rule.text = left.text + "->" + right.text;
    const double support = rule.support = e.requiredNumber("support");
    const double confidence = rule.confidence = e.requiredNumber("confidence");
    rule.lift = measureOf(e, "lift", [&] { return right.support > 0 ? confidence / right.support : missing(); });
    rule.leverage = measureOf(e, "leverage", [&] { return support - left.support * right.support; });
    rule.affinity = measureOf(e, "affinity", [&] {
      const double either = left.support + right.support - support;
      return either > 0 ? support / either : missing();
    });
    step->rules.push_back(sides);
    rules.push_back(std::move(rule));
  }
  step->to = builder.newSlot();
  const Slot candidates = step->to;
  step->items.setById.clear();
  context.scope.body().push_back(std::move(step));
  ModelResult result;
  putOutRules(context, result, std::move(rules), candidates, RuleAlgorithm::exclusiveRecommendation);
  return result;
}

}  // namespace scorelet::models
