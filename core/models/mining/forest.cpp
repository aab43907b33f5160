#include "models/mining/forest.hpp"

#include <algorithm>

namespace scorelet::models::mining {

using program::kChunk;
using tree::PackedForest;

namespace {

/// From so many rows on one tree after the other takes less time than one row after the other.
constexpr std::size_t kManyRows = 12;

}  // namespace

void ForestStep::run(const Frame& frame) const {
  std::uint64_t unclear = forest->readRows(frame);
  if (!isSummed)
    unclear = ~std::uint64_t{0};
  else if (addsFloats)
    sum<float>(frame, unclear);
  else
    sum<double>(frame, unclear);
  // The sums first: rows that are combined from lanes use the same buffers.
  for (std::size_t i = 0; i < frame.n; ++i)
    if ((unclear >> i & 1) == 0) answer(frame, i);
  for (std::size_t i = 0; i < frame.n && unclear != 0; ++i)
    if ((unclear >> i & 1) != 0) combineUnclear(frame, i);
}

/// Each row's sums in the document's order and precision, into `Buffers::numbers`: row by row, those of joined forests
/// forest by forest.
template <class Real>
void ForestStep::sum(const Frame& frame, std::uint64_t& unclear) const {
  frame.buffers.numbers.assign(frame.n * sumsOfRow(), 0);
  if (frame.n >= kManyRows) return sumRows<Real>(frame, unclear);
  for (std::size_t i = 0; i < frame.n; ++i) sumRow<Real>(frame, i, unclear);
}

template <class Real>
Real ForestStep::term(std::size_t tree, std::size_t share) const noexcept {
  return static_cast<Real>(weights[tree] * shares[share]);
}

template <class Real>
void ForestStep::sumRow(const Frame& frame, std::size_t row, std::uint64_t& unclear) const {
  const std::uint32_t* keys = forest->rowKeys(frame, row);
  double* sums = frame.buffers.numbers.data() + row * width;
  std::uint32_t leaves[PackedForest::kWindow];
  const bool isJoined = !places.empty();
  Real joined[kMostJoined];
  if (isJoined) std::fill_n(joined, sumsOfRow(), Real{0});
  Real one = 0;
  for (std::size_t first = 0, count = 0; first < forest->size(); first += count) {
    count = forest->walkRow(keys, first, leaves);
    for (std::size_t k = 0; k < count && forest->mayEndNowhere(); ++k)
      unclear |= std::uint64_t{leaves[k] == PackedForest::kNoLeaf} << row;
    for (std::size_t k = 0; k < count && isJoined; ++k)
      joined[places[first + k].forest] += term<Real>(first + k, leaves[k]);
    for (std::size_t k = 0; k < count && width == 1 && !isJoined; ++k) one += term<Real>(first + k, leaves[k]);
    for (std::size_t k = 0; k < count && width > 1; ++k)
      for (std::size_t c = 0; c < width; ++c)
        sums[c] = static_cast<Real>(sums[c]) + term<Real>(first + k, leaves[k] * width + c);
  }
  if (width == 1 && !isJoined) sums[0] = one;
  for (std::size_t s = 0; s < sumsOfRow() && isJoined; ++s) sums[s * frame.n] = joined[s];
}

template <class Real>
void ForestStep::sumRows(const Frame& frame, std::uint64_t& unclear) const {
  double* sums = frame.buffers.numbers.data();
  std::uint32_t leaves[kChunk];
  Real single[kChunk] = {};
  forest->rankRows(frame);
  for (std::size_t tree = 0; tree < forest->size(); ++tree) {
    forest->walkRows(frame, tree, leaves);
    for (std::size_t i = 0; i < frame.n && forest->mayEndNowhere(); ++i)
      unclear |= std::uint64_t{leaves[i] == PackedForest::kNoLeaf} << i;
    double* const joined = places.empty() ? nullptr : sums + places[tree].forest * frame.n;
    for (std::size_t i = 0; i < frame.n && joined != nullptr; ++i)
      joined[i] = static_cast<Real>(joined[i]) + term<Real>(tree, leaves[i]);
    for (std::size_t i = 0; i < frame.n && width == 1 && joined == nullptr; ++i)
      single[i] += term<Real>(tree, leaves[i]);
    for (std::size_t i = 0; i < frame.n && width > 1; ++i)
      for (std::size_t c = 0; c < width; ++c)
        sums[i * width + c] = static_cast<Real>(sums[i * width + c]) + term<Real>(tree, leaves[i] * width + c);
  }
  if (width == 1 && places.empty()) std::copy_n(single, frame.n, sums);
}

void ForestStep::answer(const Frame& frame, std::size_t row) const {
  const std::span<double> sums(frame.buffers.numbers.data() + row * width, width);
  if (combine.isVote())
    combine.answerVotes(frame, row, sums, total, 0);
  else if (combine.isClassification)
    combine.answerProbabilities(frame, row, sums, total);
  else
    combine.answerNumber(frame, row, sums[0], total);
  for (std::size_t f = 0; f < further.size(); ++f)
    further[f].combine.answerNumber(frame, row, frame.buffers.numbers[(f + 1) * frame.n + row], further[f].total);
}

/// A row with a value that goes its own way, or without an answer of some tree: as segments are combined.
void ForestStep::combineUnclear(const Frame& frame, std::size_t row) const {
  for (std::size_t tree = 0; tree < forest->size(); ++tree) {
    Value none = missing();
    const std::uint32_t leaf = forest->walkUnclear(frame, tree, row, none);
    fillLanes(frame, tree, row, leaf, none);
  }
  combine.combine(frame, row);
  for (const Further& f : further) f.combine.combine(frame, row);
}

void ForestStep::fillLanes(const Frame& frame, std::size_t tree, std::size_t row, std::uint32_t leaf,
                           Value none) const {
  const mining::Member& member =
      places.empty() ? combine.members[tree] : combineOf(places[tree].forest).members[places[tree].tree];
  const bool isNothing = leaf == PackedForest::kNoLeaf;
  frame.at(member.value)[row] = isNothing ? none : values.empty() ? shares[leaf] : values[leaf];
  if (!combine.combinesProbabilities()) return;
  for (std::size_t c = 0; c < width; ++c)
    if (member.probabilities[c] != kNoSlot)
      frame.at(member.probabilities[c])[row] = isNothing ? none : shares[leaf * width + c];
}

std::size_t ForestStep::bytes() const noexcept {
  std::size_t n = forest->bytes() + combine.bytes() +
                  (weights.size() + shares.size() + values.size()) * sizeof(double) + further.size() * sizeof(Further) +
                  places.size() * sizeof(places[0]);
  for (const Further& f : further) n += f.combine.bytes();
  return n;
}

}  // namespace scorelet::models::mining
