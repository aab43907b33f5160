#include "explain/expansion.hpp"

namespace scorelet::explain {

using program::Slot;
using program::Sum;
using program::Term;
using program::Wiring;
using Kind = Wiring::Origin::Kind;

std::optional<Expansion> expand(const Wiring& wiring, const Target& target) {
  constexpr std::size_t kMostTerms = 1'000'000;  // a lane that many sums share is expanded in each
  struct Open {
    Slot slot;
    double weight;
  };
  Expansion out;
  std::vector<Open> open;
  const auto add = [&](const Sum& sum, double weight) {
    out.constant += weight * sum.constant;
    // The last is taken first: terms come out in the order of the document.
    for (auto term = sum.terms.rbegin(); term != sum.terms.rend(); ++term) {
      if (term->factors.empty())
        out.constant += weight * term->weight;
      else if (term->factors.size() == 1 && term->factors[0].parts == nullptr)
        open.push_back({term->factors[0].reads[0], weight * term->weight});
      else
        out.terms.push_back({weight * term->weight, term->factors});
    }
  };
  if (target.margin != nullptr)
    add(*target.margin, 1);
  else
    open.push_back({target.slot, 1});
  while (!open.empty()) {
    if (out.terms.size() + out.trees.size() + open.size() > kMostTerms) return std::nullopt;
    const auto [slot, weight] = open.back();
    open.pop_back();
    const Wiring::Origin& o = wiring.origin(slot);
    const bool isSimple = !o.fields.isAll() && o.fields.list().size() <= 1;
    if (o.kind == Kind::constant) {
      if (!isPresent(o.sum.constant)) return std::nullopt;
      out.constant += weight * o.sum.constant;
    } else if (o.kind == Kind::sum && !isSimple) {
      add(o.sum, weight);
    } else if (o.kind == Kind::trees) {
      for (const program::TreeTerm& tree : o.trees)
        out.trees.push_back({tree.shape, tree.column, weight * tree.weight});
    } else {
      out.terms.push_back(program::termOf(slot, weight));
    }
  }
  return out;
}

}  // namespace scorelet::explain
