#include "explain/leaf_game.hpp"

#include <algorithm>
#include <utility>

#include "explain/subset_weights.hpp"

namespace scorelet::explain {

namespace {

/// std::popcount is a call where processors need not have the instruction.
std::size_t bitsOf(std::uint32_t x) {
  x -= x >> 1 & 0x5555'5555;
  x = (x & 0x3333'3333) + (x >> 2 & 0x3333'3333);
  return ((x + (x >> 4)) & 0x0F0F'0F0F) * 0x0101'0101 >> 24;
}

}  // namespace

LeafGame::LeafGame()
    : counts_(std::size_t{1} << kMostForAll), own_(kMostPlayers + 1), passing_((kMostPlayers + 1) * kMostPlayers) {
  for (std::size_t players = 1; players <= kMostPlayers; ++players) {
    const std::vector<double> weights = subsetWeights(players);
    for (std::size_t ofRecord = 0; ofRecord <= players; ++ofRecord) {
      const std::size_t others = players - ofRecord;
      if (ofRecord > 0) weights_[ofRecord][others][loss] = weights[others];
      if (others == 0) continue;
      weights_[ofRecord][others][gain] = weights[others - 1];
      if (ofRecord < kMostPlayers) weights_[ofRecord + 1][others][lastGain] = weights[others - 1];
    }
  }
}

void LeafGame::count(std::span<const std::uint32_t> failed, std::size_t players, std::vector<Pattern>& background,
                     std::size_t first) {
  if (players > kMostForAll) {
    for (const std::uint32_t f : failed) {
      const auto own = background.begin() + static_cast<std::ptrdiff_t>(first);
      const auto at = std::ranges::lower_bound(own, background.end(), f, {}, &Pattern::failed);
      if (at != background.end() && at->failed == f)
        ++at->count;
      else
        background.insert(at, {f, 1});
    }
    return;
  }
  for (const std::uint32_t f : failed) ++counts_[f];
  for (Pattern& b : std::span(background).subspan(first)) b.count += std::exchange(counts_[b.failed], 0);
  for (const std::uint32_t f : failed)
    if (counts_[f] != 0) background.push_back({f, std::exchange(counts_[f], 0)});
}

void LeafGame::explain(std::span<const Pattern> background, std::size_t players, std::uint32_t failed, double* out) {
  // Which patterns are met is hard to foretell: no branch depends on it.
  patterns_.resize(std::max(patterns_.size(), background.size()));
  Pattern* end = patterns_.data();
  for (const Pattern& b : background) {
    *end = b;
    end += (b.failed & failed) == 0 ? 1 : 0;
  }
  // By the number of fields: how many there are, and of these how many that a further field lets through.
  std::fill_n(own_.data(), players + 1, 0);
  std::fill_n(passing_.data(), (players + 1) * players, 0);
  for (const Pattern* b = patterns_.data(); b != end; ++b) {
    const std::size_t n = bitsOf(b->failed);
    const double count = b->count;
    own_[n] += count;
    for (std::size_t p = 0; p < players; ++p) passing_[n * players + p] += (b->failed >> p & 1) != 0 ? 0 : count;
  }
  const auto& weights = weights_[bitsOf(failed)];
  double gains = 0, losses = 0;
  std::fill_n(out, players, 0);
  for (std::size_t n = 0; n <= players; ++n) {
    gains += own_[n] * weights[n][gain];
    losses += own_[n] * weights[n][loss];
    for (std::size_t p = 0; p < players; ++p) out[p] += passing_[n * players + p] * weights[n][gain];
  }
  for (std::size_t p = 0; p < players; ++p) out[p] = (failed >> p & 1) != 0 ? -losses : gains - out[p];
}

void LeafGame::explainAll(std::span<const Pattern> background, std::size_t players, double* out) {
  const std::size_t patterns = std::size_t{1} << players, width = players + 1;
  // Those that all fields of x let through are those that it meets. Fewer fields meet more: field by field.
  meets_.assign(patterns * width, 0);
  for (const Pattern& b : background) meets_[(patterns - 1 - b.failed) * width + bitsOf(b.failed)] = b.count;
  for (std::size_t half = width; half < meets_.size(); half *= 2)
    for (double* fewer = meets_.data(); fewer != meets_.data() + meets_.size(); fewer += 2 * half)
      for (std::size_t i = 0; i < half; ++i) fewer[i] += fewer[half + i];
  sums_.assign(patterns, {});
  for (std::size_t x = 0; x < patterns; ++x) {
    const auto& weights = weights_[bitsOf(static_cast<std::uint32_t>(x))];
    const double* meets = meets_.data() + x * width;
    Weights sums{};
    for (std::size_t n = 0; n < width; ++n)
      for (std::size_t kind = 0; kind < kKinds; ++kind) sums[kind] += meets[n] * weights[n][kind];
    sums_[x] = sums;
  }
  for (std::size_t p = 0; p < players; ++p, out += patterns) {
    const std::size_t own = std::size_t{1} << p;
    for (std::size_t x = 0; x < patterns; ++x)
      out[x] = (x & own) != 0 ? -sums_[x][loss] : sums_[x][gain] - sums_[x | own][lastGain];
  }
}

}  // namespace scorelet::explain
