#include <algorithm>

#include "base/sort.hpp"
#include "models/rules.hpp"
#include "models/sequence/sequence.hpp"

namespace scorelet::models::sequence {

namespace {

/// The set items [first, last) of transaction `k` in the list of all items of a field.
std::span<const Value> itemsOf(const Frame& frame, const ItemSource& source, std::size_t i, std::size_t k) {
  const Value v = frame.at(source.slot)[i];
  if (!isPresent(v)) return {};
  const auto all = frame.lists[v];
  if (source.sets == compile::kNoSlot) return k < all.size() ? all.subspan(k, 1) : std::span<const Value>{};
  const auto ends = frame.lists[frame.at(source.sets)[i]];
  if (k >= ends.size()) return {};
  const auto first = k == 0 ? std::size_t{0} : static_cast<std::size_t>(ends[k - 1]);
  return all.subspan(first, static_cast<std::size_t>(ends[k]) - first);
}

std::size_t transactionsOf(const Frame& frame, const ItemSource& source, std::size_t i) {
  const Value v = frame.at(source.sets == compile::kNoSlot ? source.slot : source.sets)[i];
  return isPresent(v) ? frame.lists[v].size() : 0;
}

}  // namespace

void SequenceStep::run(const Frame& frame) const {
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value windows = windowsOf(frame, i);
    frame.at(to)[i] = windows;
    if (!isPresent(windows)) continue;
    const auto n = static_cast<std::size_t>(windows);
    if (n > kMostSteps / stepsPerWindow) {
      frame.at(to)[i] = invalid(Reason::textLimit);
      continue;
    }
    fillWindows(frame, i, n);
    findRules(frame, n);
    frame.at(to)[i] = frame.lists.add(frame.buffers.numbers);
  }
}

/// Puts the transactions of record `i` in order: `buffers.entries` holds their numbers and, as weights, their windows.
/// Answers how many windows there are, or why that is not known.
Value SequenceStep::windowsOf(const Frame& frame, std::size_t i) const {
  bool isKnown = items.sources.empty();
  std::size_t count = 0;
  for (const ItemSource& source : items.sources) {
    const Value v = frame.at(source.slot)[i];
    if (isInvalid(v)) return v;
    if (isMissing(v)) continue;
    isKnown = true;
    count = std::max(count, transactionsOf(frame, source, i));
  }
  if (!isKnown) return missing();

  auto& entries = frame.buffers.entries;
  entries.clear();
  const Value times = order == compile::kNoSlot ? missing() : frame.at(order)[i];
  if (isInvalid(times)) return times;
  if (isMissing(times)) {
    // Without times, transactions are one unit apart, in the order in which they come.
    for (std::uint32_t k = 0; k < count; ++k) entries.push_back({k, 0, static_cast<double>(k)});
    return static_cast<Value>(count);
  }
  const auto all = frame.lists[times];
  if (all.size() != count) return invalid(Reason::notCastable, orderPlace);
  for (std::uint32_t k = 0; k < count; ++k) {
    // A transaction that cannot be placed leaves the order unknown.
    if (!isPresent(all[k])) return all[k];
    entries.push_back({k, all[k], 0});
  }
  sort(entries,
       [](const auto& a, const auto& b) { return a.value != b.value ? a.value < b.value : a.index < b.index; });
  double windows = 0;
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if (k == 0 || entries[k].value != entries[k - 1].value) ++windows;
    entries[k].weight = windows - 1;
  }
  return windows;
}

/// `buffers.marks`: for each set, in which windows it is; then room for the positions of a match, and for items.
void SequenceStep::fillWindows(const Frame& frame, std::size_t i, std::size_t windows) const {
  auto& marks = frame.buffers.marks;
  marks.assign(items.sets.size() * windows + 2 * windows + items.count, 0);
  std::uint8_t* const itemMarks = marks.data() + items.sets.size() * windows + 2 * windows;
  const auto& entries = frame.buffers.entries;
  for (std::size_t k = 0; k < entries.size();) {
    const double number = entries[k].weight;
    const auto window = static_cast<std::size_t>(number);
    std::fill_n(itemMarks, items.count, std::uint8_t{0});
    for (; k < entries.size() && entries[k].weight == number; ++k)
      for (const ItemSource& source : items.sources)
        for (const Value item : itemsOf(frame, source, i, entries[k].index)) source.mark(item, itemMarks);
    for (std::size_t s = 0; s < items.sets.size(); ++s)
      marks[s * windows + window] = items.sets[s].isIn(itemMarks) ? 1 : 0;
  }
}

/// The candidates into `buffers.numbers`.
void SequenceStep::findRules(const Frame& frame, std::size_t windows) const {
  auto& found = frame.buffers.numbers;
  found.clear();
  const std::uint8_t* const sets = frame.buffers.marks.data();
  // Where the chain so far may end; all ways to match are followed at once.
  std::uint8_t* ends = frame.buffers.marks.data() + items.sets.size() * windows;
  std::uint8_t* next = ends + windows;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const Chain& chain = rules[r];
    bool isAlive = true, hasAntecedent = false;
    for (std::size_t l = 0; l < chain.links.size() && isAlive; ++l) {
      const std::uint8_t* const holds = sets + chain.links[l].set * windows;
      isAlive = false;
      bool before = l == 0;  // the chain so far ends before this window; in it, for `nextAfter`: right before it
      for (std::size_t w = 0; w < windows; ++w) {
        const bool fits = l > 0 && chain.links[l].follows == Follows::together ? ends[w] != 0 : before;
        next[w] = fits && holds[w] != 0 ? 1 : 0;
        isAlive |= next[w] != 0;
        if (l > 0) before = ends[w] != 0 || (before && chain.links[l].follows == Follows::later);
      }
      std::swap(ends, next);
      hasAntecedent |= isAlive && l + 1 == chain.antecedent;
    }
    if (hasAntecedent) found.push_back(candidate(r, isAlive));
  }
}

std::size_t SequenceStep::bytes() const noexcept {
  return items.bytes() + rules.size() * sizeof(Chain) + rules.size() * 4 * sizeof(Link);
}

}  // namespace scorelet::models::sequence
