#include "text/term_counter.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "text/words.hpp"

namespace scorelet::text {

void TermCounter::add(std::string_view term, std::span<const std::uint32_t> counts) {
  Term& added = terms_.emplace_back();
  toLower(term, added.text);
  added.counts.assign(counts.begin(), counts.end());
}

void TermCounter::finish() {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> tree;
  std::vector<std::vector<std::uint32_t>> atNode(1);
  Regexes regexes(1'000'000);
  std::vector<std::string_view> words;
  for (const Term& term : terms_) {
    auto outcome = Regexes::Outcome::yes;
    if (!splitWords(kSpaces, term.text, regexes, words, outcome)) continue;
    std::uint32_t node = 0;
    for (const std::string_view word : words) {
      const auto [at, isNew] = tree.try_emplace({node, words_.intern(word)}, static_cast<std::uint32_t>(atNode.size()));
      if (isNew) atNode.emplace_back();
      node = at->second;
    }
    if (node != 0) atNode[node].insert(atNode[node].end(), term.counts.begin(), term.counts.end());
  }
  for (const auto& [key, to] : tree) edges_.push_back({key.first, key.second, to});
  ends_.push_back(0);
  for (const auto& counts : atNode) {
    counts_.insert(counts_.end(), counts.begin(), counts.end());
    ends_.push_back(static_cast<std::uint32_t>(counts_.size()));
  }
  terms_.clear();
}

const TermCounter::Edge* TermCounter::follow(std::uint32_t node, std::uint32_t word) const noexcept {
  const std::pair key(node, word);
  const auto at = std::lower_bound(edges_.begin(), edges_.end(), key,
                                   [](const Edge& e, const auto& wanted) { return e.key() < wanted; });
  return at != edges_.end() && at->key() == key ? &*at : nullptr;
}

Reason TermCounter::count(std::string_view text, Regexes& regexes, Workspace& work, std::uint32_t textBytes,
                          std::span<double> counts) const {
  if (text.size() > textBytes) return Reason::textLimit;
  work.holdsTextWords = false;  // `textWords` are about to be those of another text
  toLower(text, work.buffer);
  auto outcome = Regexes::Outcome::yes;
  if (!splitWords(kSpaces, work.buffer, regexes, work.textWords, outcome)) return Reason::regexLimit;
  work.a.clear();
  for (const std::string_view word : work.textWords) work.a.push_back(words_.find(word));
  std::int64_t steps = kComparisonSteps;
  for (std::size_t i = 0; i < work.a.size(); ++i) {
    std::uint32_t node = 0;
    for (std::size_t k = i; k < work.a.size() && work.a[k] != Symbols::npos; ++k) {
      if (--steps == 0) return Reason::textLimit;
      const Edge* edge = follow(node, work.a[k]);
      if (edge == nullptr) break;
      node = edge->to;
      for (std::uint32_t c = ends_[node]; c < ends_[node + 1]; ++c) ++counts[counts_[c]];
    }
  }
  return Reason::none;
}

std::size_t TermCounter::bytes() const noexcept {
  return words_.bytes() + edges_.size() * sizeof(Edge) + (ends_.size() + counts_.size()) * sizeof(std::uint32_t);
}

}  // namespace scorelet::text
