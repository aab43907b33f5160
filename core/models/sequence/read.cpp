#include "models/rules.hpp"
#include "models/sequence/sequence.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using namespace sequence;

/// Delimiter: how what comes after it follows what comes before.
Follows readDelimiter(xml::Element e) {
  enum class Window : std::uint8_t { same, across };
  constexpr std::pair<std::string_view, Window> kWindows[] = {{"sameTimeWindow", Window::same},
                                                              {"acrossTimeWindows", Window::across}};
  // Whether there were gaps may be unknown; then none is ruled out.
  constexpr std::pair<std::string_view, Follows> kGaps[] = {
      {"true", Follows::later}, {"unknown", Follows::later}, {"false", Follows::nextAfter}};
  (void)e.required("delimiter");
  (void)e.required("gap");
  const Follows across = e.word("gap", Follows::later, kGaps);
  return e.word("delimiter", Window::across, kWindows) == Window::same ? Follows::together : across;
}

class SequenceReader {
 public:
  explicit SequenceReader(ModelContext& context) : context_(context), builder_(context.scope.builder()) {}

  ModelResult read() {
    step_->items = readItems(context_);
    for (const ItemSource& source : step_->items.sources)
      if (!source.isList)
        context_.model.error(Code::typeMismatch,
                             "An active field of a SequenceModel must hold the items of a group, not a single value; a "
                             "DerivedField has only one.");
    for (xml::Element e : xml::children(context_.model, "Sequence")) readSequence(e);
    for (xml::Element e : xml::children(context_.model, "SequenceRule")) readRule(e);
    if (sequences_.empty()) context_.model.error(Code::missingElement, "A SequenceModel needs a Sequence.");
    readOrder();
    step_->stepsPerWindow += step_->items.count;
    for (const ItemSet& set : step_->items.sets) step_->stepsPerWindow += set.items.size() + 1;
    step_->items.setById.clear();
    const Slot candidates = step_->to = builder_.newSlot();
    context_.scope.body().push_back(std::move(step_));
    ModelResult result;
    putOutRules(context_, result, std::move(rules_), candidates, RuleAlgorithm::recommendation);
    return result;
  }

 private:
  void readSequence(xml::Element e) {
    std::vector<Link> links;
    Follows follows = Follows::later;
    bool isDelimited = false;
    for (xml::Element c : xml::children(e)) {
      if (!builder_.charge(c)) break;
      if (c.name() == "Delimiter") follows = readDelimiter(c), isDelimited = true;
      if (c.name() != "SetReference") continue;
      const std::string_view id = c.required("setId");
      const auto set = step_->items.setById.find(id);
      if (set == step_->items.setById.end()) {
        c.error(Code::unresolvedReference,
                "There is no Itemset or SetPredicate with the id \"" + std::string(id) + "\".", "setId");
        continue;
      }
      if (!links.empty() && !isDelimited)
        c.error(Code::missingElement, "A Delimiter must say how this set follows the one before.");
      links.push_back({set->second, follows});
      isDelimited = false;
    }
    if (links.empty()) e.error(Code::missingElement, "A Sequence needs a SetReference.");
    const std::string_view id = e.required("id");
    if (!sequences_.emplace(id, std::move(links)).second)
      e.error(Code::duplicateName, "There are two sequences with the id \"" + std::string(id) + "\".", "id");
  }

  const std::vector<Link>* side(xml::Element rule, std::string_view name) {
    const xml::Element e = rule.child(name);
    const xml::Element reference = e.child("SequenceReference");
    if (!reference) {
      rule.error(Code::missingElement, "The rule needs an " + std::string(name) + " with a SequenceReference.");
      return nullptr;
    }
    const std::string_view id = reference.required("seqId");
    const auto at = sequences_.find(id);
    if (at != sequences_.end()) return &at->second;
    reference.error(Code::unresolvedReference, "There is no Sequence with the id \"" + std::string(id) + "\".",
                    "seqId");
    return nullptr;
  }

  void readRule(xml::Element e) {
    if (!builder_.charge(e)) return;
    const auto *antecedent = side(e, "AntecedentSequence"), *consequent = side(e, "ConsequentSequence");
    const xml::Element delimiter = e.child("Delimiter");
    if (!delimiter) e.error(Code::missingElement, "The rule needs a Delimiter between its two sides.");
    const Follows follows = delimiter ? readDelimiter(delimiter) : Follows::later;
    Rule rule;
    rule.id = e.required("id");
    rule.support = e.requiredNumber("support");
    rule.confidence = e.requiredNumber("confidence");
    rule.lift = e.number("lift").value_or(missing());
    if (antecedent == nullptr || consequent == nullptr || antecedent->empty() || consequent->empty()) return;
    if (!builder_.charge(e, static_cast<std::uint32_t>(antecedent->size() + consequent->size()))) return;
    Chain chain;
    chain.links = *antecedent;
    chain.antecedent = antecedent->size();
    chain.links.insert(chain.links.end(), consequent->begin(), consequent->end());
    chain.links[chain.antecedent].follows = follows;
    rule.antecedent = words(*antecedent);
    rule.consequent = words(*consequent);
    rule.text = text(*antecedent) + "->" + text(*consequent);
    step_->stepsPerWindow += chain.links.size();
    step_->rules.push_back(std::move(chain));
    rules_.push_back(std::move(rule));
  }

  /// `{a},{b,c}`: the sets in their order.
  std::string text(const std::vector<Link>& links) const {
    std::string out;
    for (const Link& l : links) out.append(out.empty() ? "" : ",").append(step_->items.sets[l.set].text);
    return out;
  }
  std::string words(const std::vector<Link>& links) const {
    return links.size() == 1 ? std::string(step_->items.sets[links[0].set].words()) : text(links);
  }

  void readOrder() {
    for (const document::MiningField& f : context_.scope.schema().fields) {
      if (f.usageType != UsageType::order || step_->order != kNoSlot) continue;
      const Binding* binding = context_.scope.resolveAny(f.name, f.at, "name");
      if (binding == nullptr) continue;
      if (binding->value.type == DataType::string || binding->value.type == DataType::boolean)
        f.at.error(Code::typeMismatch,
                   "The order field must be a number, a date or a time; a text has no place in time.", "name");
      if (!binding->isList)
        f.at.error(Code::typeMismatch, "The order field must hold one value per transaction.", "name");
      step_->order = binding->value.slot;
      step_->orderPlace = builder_.place(f.name);
    }
  }

  ModelContext& context_;
  Builder& builder_;
  std::unique_ptr<SequenceStep> step_ = std::make_unique<SequenceStep>();
  std::map<std::string_view, std::vector<Link>> sequences_;
  std::vector<Rule> rules_;
};

}  // namespace

void findSequenceLists(Builder& builder, xml::Element model) {
  for (const std::string_view name : activeFields(model)) {
    builder.listFields.insert(name);
    builder.setFields.insert(name);
  }
  for (xml::Element f : xml::children(model.child("MiningSchema"), "MiningField"))
    if (f.attribute("usageType", {}) == "order") builder.listFields.insert(f.attribute("name", {}));
}

ModelResult compileSequenceModel(ModelContext& context) { return SequenceReader(context).read(); }

}  // namespace scorelet::models
