#include "explain/probe.hpp"

#include "explain/refusal.hpp"

#include <utility>

namespace scorelet::explain {

using program::Frame;
using program::Program;
using program::Slot;
using program::Sum;
using program::Wiring;
using Kind = Wiring::Origin::Kind;

namespace {

/// The lane that a slot is a plain copy of.
Slot sourceOf(const Wiring& wiring, Slot slot) {
  for (;;) {
    const Wiring::Origin& o = wiring.origin(slot);
    const bool isCopy = o.kind == Kind::sum && o.sum.constant == 0 && o.sum.terms.size() == 1 &&
                        o.sum.terms[0].weight == 1 && o.sum.terms[0].factors.size() == 1 &&
                        o.sum.terms[0].factors[0].parts == nullptr;
    if (!isCopy) return slot;
    slot = o.sum.terms[0].factors[0].reads[0];
  }
}

Expected<Slot> findClass(const Program& program, const std::string& name) {
  std::string known;
  for (const auto& [key, slot] : program.details.probability) {
    if (key == name) return slot;
    known += (known.empty() ? "" : ", ") + key;
  }
  if (known.empty()) return refuse("This model gives no probabilities.");
  return refuse("The model has no class \"" + name + "\". It has " + known + ".");
}

Expected<Slot> findResult(const Program& program, const std::string& name) {
  for (std::size_t r = 0; r < program.results.size(); ++r) {
    if (program.results[r].name != name && !name.empty()) continue;
    if (isNumeric(program.resultSlots[r].type) && program.results[r].opType == OpType::continuous)
      return program.resultSlots[r].slot;
    return refuse("The result \"" + program.results[r].name +
                  "\" is not a number. Explain the probability of a class instead.");
  }
  return refuse("The model has no result \"" + name + "\".");
}

}  // namespace

Expected<Target> findTarget(const Program& program, const Wiring& wiring, const Quantity& quantity) {
  const bool isClass = quantity.kind == Quantity::Kind::probability ||
                       (quantity.kind == Quantity::Kind::margin && !program.details.probability.empty());
  const Expected<Slot> slot = isClass ? findClass(program, quantity.name) : findResult(program, quantity.name);
  if (!slot) return std::unexpected(slot.error());
  if (quantity.kind != Quantity::Kind::margin) return Target{*slot};
  const Slot source = sourceOf(wiring, *slot);
  const Wiring::Origin& o = wiring.origin(source);
  if (o.kind == Kind::link) return Target{source, &o.sum};
  if (!isClass && (o.kind == Kind::sum || o.kind == Kind::trees)) return Target{source};
  return refuse("This model has no sum before a link function. Explain its " +
                std::string(isClass ? "probability" : "prediction") + " instead.");
}

Value valueOf(const Sum& sum, const Frame& frame, std::size_t row) {
  Value y = sum.constant;
  for (const program::Term& term : sum.terms) {
    Value product = term.weight;
    for (const program::Factor& factor : term.factors) {
      const Value x = factor.at(frame, row);
      if (!isPresent(x)) return x;
      product *= x;
    }
    y += product;
  }
  return checked(y);
}

Probe::Probe(const Program& program, Target target) : target_(target), scratch_(program) {
  scratch_.keepsDetails = false;
}

void Probe::run(const Batch& batch, const Look& look) {
  scratch_.look = look;
  scratch_.score(batch);
}

void Probe::evaluate(const Batch& batch, std::vector<Value>& out) {
  out.resize(batch.rows);
  run(batch, [&](const Frame& frame, std::size_t first) {
    for (std::size_t i = 0; i < frame.n; ++i) out[first + i] = at(frame, i);
  });
}

}  // namespace scorelet::explain
