#include "program/wiring.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::program {

void Fields::add(std::uint32_t input) {
  if (isAll_) return;
  const auto at = std::ranges::lower_bound(list_, input);
  if (at != list_.end() && *at == input) return;
  list_.insert(at, input);
  if (list_.size() > kMost) *this = all();
}

void Fields::add(const Fields& other) {
  if (other.isAll_) *this = all();
  for (const std::uint32_t input : other.list_) add(input);
}

Wiring::Wiring(const Program& program) : origins_(program.slotCount) {}

Wiring Wiring::of(const Program& program) {
  Wiring out(program);
  for (const auto& [slot, value, type] : program.constants) {
    Origin& o = out.at(slot, Origin::Kind::constant);
    o.sum.constant = value;
    o.fields = Fields::none();
  }
  for (const InputPlan& plan : program.forResults.inputs)
    for (const Slot slot : {plan.slot, plan.sets}) {
      if (slot == kNoSlot) continue;
      Origin& o = out.at(slot, Origin::Kind::input);
      o.input = plan.input;
      o.fields = Fields::none();
      o.fields.add(plan.input);
    }
  for (const auto& step : program.forResults.steps) step->describe(out);
  return out;
}

void Wiring::add(Known step) { known_.push_back(step); }

Wiring::Origin& Wiring::at(Slot to, Origin::Kind kind) {
  origins_[to] = {};
  origins_[to].kind = kind;
  return origins_[to];
}

Fields Wiring::fields(const Term& term) const {
  Fields out = Fields::none();
  for (const Factor& factor : term.factors)
    for (const Slot slot : factor.reads) out.add(fields(slot));
  return out;
}

void Wiring::addFields(Fields& to, const Sum& sum) const {
  for (const Term& term : sum.terms) to.add(fields(term));
}

void Wiring::function(Slot to, std::vector<Slot> reads) {
  if (to == kNoSlot) return;
  Fields fields = Fields::none();
  for (const Slot slot : reads) fields.add(origins_[slot].fields);
  Origin& o = at(to, Origin::Kind::function);
  o.reads = std::move(reads);
  o.fields = std::move(fields);
}

void Wiring::treated(Slot to, Slot from) {
  function(to, {from});
  origins_[to].carried = from;
}

std::vector<double> Wiring::cutsOf(std::uint32_t input) const {
  const auto isOf = [&](Slot slot) {
    while (origins_[slot].carried != kNoSlot) slot = origins_[slot].carried;
    return origins_[slot].kind == Origin::Kind::input && origins_[slot].input == input;
  };
  std::vector<double> out;
  for (const auto& [slot, value] : cuts_)
    if (isPresent(value) && isOf(slot)) out.push_back(value);
  for (const TreeShape& shape : shapes_)
    for (const TreeShape::Test& test : shape.tests)
      if (test.set == TreeShape::kNoSet && isOf(test.slot)) out.push_back(test.threshold);
  std::sort(out.begin(), out.end());
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

void Wiring::sum(Slot to, Sum sum) {
  if (to == kNoSlot) return;
  Fields fields = Fields::none();
  addFields(fields, sum);
  Origin& o = at(to, Origin::Kind::sum);
  o.sum = std::move(sum);
  o.fields = std::move(fields);
}

void Wiring::link(Slot to, Sum sum, std::vector<Slot> reads) {
  if (to == kNoSlot) return;
  Fields fields = Fields::none();
  addFields(fields, sum);
  for (const Slot slot : reads) fields.add(origins_[slot].fields);
  Origin& o = at(to, Origin::Kind::link);
  o.sum = std::move(sum);
  o.reads = std::move(reads);
  o.fields = std::move(fields);
}

std::uint32_t Wiring::shape(TreeShape shape) {
  shapes_.push_back(std::move(shape));
  return static_cast<std::uint32_t>(shapes_.size() - 1);
}

void Wiring::trees(Slot to, std::vector<TreeTerm> trees) {
  if (to == kNoSlot) return;
  Fields fields = Fields::none();
  for (const TreeTerm& tree : trees)
    for (const TreeShape::Test& test : shapes_[tree.shape].tests) fields.add(origins_[test.slot].fields);
  Origin& o = at(to, Origin::Kind::trees);
  o.trees = std::move(trees);
  o.fields = std::move(fields);
}

Value Wiring::constant(Slot slot) const noexcept {
  const Origin& o = origins_[slot];
  return o.kind == Origin::Kind::constant ? o.sum.constant : missing();
}

}  // namespace scorelet::program
