#include "explain/sum_game.hpp"

#include <algorithm>

#include "explain/subset_weights.hpp"

namespace scorelet::explain {

using program::Fields;
using program::Term;
using program::Wiring;

std::optional<SumGame> SumGame::build(const Wiring& wiring, std::vector<Term> terms) {
  SumGame out;
  for (Term& term : terms) {
    const Fields all = wiring.fields(term);
    if (all.isAll() || all.list().size() > kMostPlayers) return std::nullopt;
    if (all.list().empty()) continue;  // the same for all records
    // Factors by field; what depends on none goes with the first.
    std::vector<std::uint32_t> players;
    for (const program::Factor& factor : term.factors) {
      Fields fields = Fields::none();
      for (const program::Slot slot : factor.reads) fields.add(wiring.fields(slot));
      if (fields.isAll() || fields.list().size() > 1) {
        if (all.list().size() > 1) return std::nullopt;
        fields = all;
      }
      players.push_back(fields.list().empty() ? all.list()[0] : fields.list()[0]);
    }
    OwnTerm own;
    own.term.weight = term.weight;
    for (const std::uint32_t player : all.list()) {
      Part part{player, static_cast<std::uint32_t>(out.factors_ + own.term.factors.size()), 0};
      for (std::size_t f = 0; f < players.size(); ++f)
        if (players[f] == player) own.term.factors.push_back(std::move(term.factors[f])), ++part.count;
      own.parts.push_back(part);
    }
    out.factors_ += own.term.factors.size();
    out.hasProducts_ |= own.parts.size() > 1;
    out.terms_.push_back(std::move(own));
  }
  return out;
}

void SumGame::look(const program::Frame& frame, std::size_t row, std::vector<Value>& factors) const {
  factors.clear();
  for (const OwnTerm& own : terms_)
    for (const program::Factor& factor : own.term.factors) factors.push_back(factor.at(frame, row));
}

namespace {

double productOf(const std::vector<Value>& factors, std::uint32_t first, std::uint32_t count) {
  double product = 1;
  for (std::uint32_t f = first; f < first + count; ++f) product *= factors[f];
  return product;
}

}  // namespace

void SumGame::addBackground(const std::vector<Value>& factors) {
  records_ += 1;
  for (OwnTerm& own : terms_)
    if (own.parts.size() == 1) own.mean += productOf(factors, own.parts[0].first, own.parts[0].count);
  if (hasProducts_) background_.push_back(factors);
}

bool SumGame::explain(const std::vector<Value>& factors, std::span<double> contributions) const {
  if (!std::ranges::all_of(factors, isPresent)) return false;
  std::vector<double> known, unknown, values, sums;
  for (const OwnTerm& own : terms_) {
    const std::size_t n = own.parts.size();
    if (n == 1) {
      const Part& part = own.parts[0];
      contributions[part.player] +=
          own.term.weight * (productOf(factors, part.first, part.count) - own.mean / records_);
      continue;
    }
    const std::vector<double> weights = subsetWeights(n);
    const std::size_t subsets = std::size_t{1} << n;
    known.resize(n), unknown.resize(n), values.resize(subsets);
    sums.assign(n, 0);
    for (std::size_t p = 0; p < n; ++p) known[p] = productOf(factors, own.parts[p].first, own.parts[p].count);
    for (const std::vector<Value>& background : background_) {
      for (std::size_t p = 0; p < n; ++p) unknown[p] = productOf(background, own.parts[p].first, own.parts[p].count);
      for (std::size_t s = 0; s < subsets; ++s) {
        values[s] = 1;
        for (std::size_t p = 0; p < n; ++p) values[s] *= (s >> p & 1) != 0 ? known[p] : unknown[p];
      }
      for (std::size_t p = 0; p < n; ++p) addShapley(values, p, weights, sums[p]);
    }
    for (std::size_t p = 0; p < n; ++p) contributions[own.parts[p].player] += own.term.weight * sums[p] / records_;
  }
  return true;
}

}  // namespace scorelet::explain
