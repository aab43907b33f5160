#include <scorelet/trace.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>

#include <scorelet/records.hpp>

#include "base/datetime.hpp"
#include "explain/expansion.hpp"
#include "explain/probe.hpp"
#include "explain/table.hpp"

namespace scorelet {

using program::Frame;
using program::Program;
using program::Slot;
using program::TreeShape;
using program::TypedSlot;
using program::Wiring;

std::string_view treatmentName(Trace::Treatment treatment) noexcept {
  switch (treatment) {
    case Trace::Treatment::asGiven: return "asGiven";
    case Trace::Treatment::missing: return "missing";
    case Trace::Treatment::replaced: return "replaced";
    case Trace::Treatment::asMissing: return "asMissing";
    case Trace::Treatment::invalid: break;
  }
  return "invalid";
}

namespace {

class Tracer {
 public:
  Tracer(const Program& program, const Wiring& wiring) : program_(program), wiring_(wiring) {
    for (const program::InputPlan& plan : program.forResults.inputs)
      names_.emplace(plan.slot, Name{program.inputs[plan.input].name, plan.type});
    for (const auto& derived : program.details.derived)
      names_.emplace(derived.value.slot, Name{derived.name, derived.value.type});
  }

  void readInputs(const Frame& frame, std::span<const Cell> record, Trace& out) const {
    std::vector<bool> isKnown(program_.inputs.size());
    for (const program::InputPlan& plan : program_.forResults.inputs) {
      if (isKnown[plan.input]) continue;
      isKnown[plan.input] = true;
      const Cell& given = record[plan.input];
      const Value lane = frame.at(plan.slot)[0];
      Trace::Input in{plan.input, valueIn(given), used(frame, lane, TypedSlot::of(plan.slot, plan.type, plan.isList)),
                      Trace::Treatment::asGiven};
      const bool isGiven = given.kind != Cell::Kind::missing;
      if (isInvalid(lane))
        in.treatment = Trace::Treatment::invalid;
      else if (!isPresent(lane))
        in.treatment = isGiven ? Trace::Treatment::asMissing : Trace::Treatment::missing;
      else if (!isGiven || !says(given, plan, lane, frame))
        in.treatment = Trace::Treatment::replaced;
      out.inputs.push_back(std::move(in));
    }
  }

  void addUp(const Frame& frame, const explain::Expansion& sum, Trace& out) const {
    out.isSum = true;
    out.constant = sum.constant;
    for (const program::Term& term : sum.terms) {
      Trace::Term shown{{}, term.weight, 1};
      for (const program::Factor& factor : term.factors) {
        const Value x = factor.at(frame, 0);
        out.isSum &= isPresent(x);
        shown.value *= x;
        for (const Slot slot : factor.reads)
          if (std::string name = nameOf(slot).text; std::ranges::find(shown.fields, name) == shown.fields.end())
            shown.fields.push_back(std::move(name));
      }
      out.terms.push_back(std::move(shown));
    }
    for (const program::TreeTerm& tree : sum.trees) out.isSum &= walk(frame, tree, out.trees.emplace_back());
    if (!out.isSum) out.terms.clear(), out.trees.clear(), out.constant = 0;
  }

 private:
  struct Name {
    std::string text;
    DataType type = DataType::float64;
  };

  static ResultValue valueIn(const Cell& cell) {
    ResultValue v;
    v.kind = static_cast<ResultValue::Kind>(cell.kind);  // the same kinds in the same order
    v.number = cell.number;
    v.text = cell.text;
    for (const Cell& item : cell.items) v.items.push_back(valueIn(item));
    return v;
  }

  static ResultValue used(const Frame& frame, Value lane, TypedSlot slot) {
    return toResultValue(lane, slot.type, slot.item, frame.strings, frame.lists);
  }

  /// Whether a cell says what its lane holds.
  bool says(const Cell& given, const program::InputPlan& plan, Value lane, const Frame& frame) const {
    if (plan.isList) return true;
    const Value read = given.kind == Cell::Kind::text   ? castText(given.text, plan.type, frame.strings)
                       : plan.type == DataType::float32 ? toFloat(given.number)
                       : plan.type == DataType::string
                           ? castValue(given.number, DataType::float64, plan.type, frame.strings)
                           : given.number;
    return read == lane || given.kind == Cell::Kind::boolean;
  }

  /// A lane by the name of the field that it is, or is made of.
  Name nameOf(Slot slot) const {
    for (;;) {
      if (const auto known = names_.find(slot); known != names_.end()) return known->second;
      const Wiring::Origin& o = wiring_.origin(slot);
      if (o.carried == program::kNoSlot) break;
      slot = o.carried;
    }
    std::string text;
    const program::Fields& fields = wiring_.fields(slot);
    for (const std::uint32_t input : fields.list()) text += (text.empty() ? "" : ", ") + program_.inputs[input].name;
    return {std::move(text)};
  }

  std::string textOf(Value v, DataType type) const {
    if (type == DataType::string) return std::string(program_.symbols.text(static_cast<std::uint32_t>(v)));
    std::string out;
    appendNumber(out, v);
    return out;
  }

  bool walk(const Frame& frame, const program::TreeTerm& term, Trace::Tree& out) const {
    const TreeShape& shape = wiring_.shape(term.shape);
    std::int32_t at = shape.root;
    while (at >= 0) {
      const TreeShape::Test& t = shape.tests[static_cast<std::size_t>(at)];
      const Value x = frame.at(t.slot)[0];
      if (isInvalid(x)) return false;
      const Name name = nameOf(t.slot);
      Trace::Test& test = out.path.emplace_back();
      test.field = name.text;
      bool isYes = false;
      if (!isPresent(x)) {
        test.outcome = Trace::Test::Outcome::missing;
      } else if (t.set == TreeShape::kNoSet) {
        isYes = x < t.threshold;
        test.outcome = isYes ? Trace::Test::Outcome::below : Trace::Test::Outcome::notBelow;
        test.threshold = t.threshold;
      } else {
        isYes = std::ranges::binary_search(shape.sets[t.set], x);
        test.outcome = isYes ? Trace::Test::Outcome::in : Trace::Test::Outcome::notIn;
        for (const Value v : shape.sets[t.set]) test.values.push_back(textOf(v, name.type));
      }
      at = !isPresent(x) ? t.hole : isYes ? t.yes : t.no;
    }
    const Value share = shape.shares[static_cast<std::size_t>(~at) * shape.width + term.column];
    out.share = term.weight * share;
    return isPresent(share);
  }

  const Program& program_;
  const Wiring& wiring_;
  std::unordered_map<Slot, Name> names_;
};

}  // namespace

Expected<Trace> trace(const Model& model, const Batch& record, const Quantity& quantity) {
  const Program& program = model.program();
  const Wiring wiring = Wiring::of(program);
  const auto target = explain::findTarget(program, wiring, quantity);
  if (!target) return std::unexpected(target.error());
  Batch one = record;
  one.rows = 1;
  std::vector<Cell> cells(program.inputs.size());
  explain::readRow(one, 0, cells);
  const auto sum = explain::expand(wiring, *target);
  const Tracer tracer(program, wiring);
  explain::Probe probe(program, *target);
  Trace out;
  probe.run(one, [&](const Frame& frame, std::size_t) {
    out.value = probe.at(frame, 0);
    tracer.readInputs(frame, cells, out);
    if (sum) tracer.addUp(frame, *sum, out);
  });
  Scorer scorer(model);
  scorer.score(one);
  for (auto& [name, value] : scorer.details(0).derived) out.derived.emplace_back(std::move(name), std::move(value));
  return out;
}

}  // namespace scorelet
