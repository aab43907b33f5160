#include "models/tree/packed_forest.hpp"

#include <algorithm>

namespace scorelet::models::tree {

using program::kChunk;

namespace {

constexpr std::size_t kRowsAbreast = 16;
static_assert(kChunk % kRowsAbreast == 0 && kChunk <= 64);

}  // namespace

std::uint64_t PackedForest::readRows(const Frame& frame) const {
  const std::size_t stride = strideOf(frame);
  auto& keys = frame.buffers.keys;
  if (keys.size() < columns_.size() * stride) keys.resize(columns_.size() * stride);
  std::fill_n(keys.data(), stride, ForestInput::kLeast);
  std::uint64_t unclear = 0;
  for (const ForestInput& input : inputs_) unclear |= input.fill(frame, keys.data(), stride);
  return unclear;
}

template <bool hasSets, std::size_t stride>
inline std::uint32_t PackedForest::next(std::uint32_t at, const std::uint32_t* keys) const noexcept {
  const Node node = nodes_[at];
  const std::uint32_t distance = node.link & ((std::uint32_t{1} << distanceBits_) - 1);
  if constexpr (!hasSets) {
    const std::uint32_t key = keys[(node.link >> distanceBits_) * stride];
    return at + distance + !(key < node.threshold);
  } else {
    // Both tests are the last bit of a word that is shifted right: a number's test of its difference, by all of it.
    const auto isNumber = static_cast<std::int64_t>(static_cast<std::int32_t>(node.link) >> 31);
    const std::int64_t key = keys[((node.link & 0x7FFF'FFFFu) >> distanceBits_) * stride];
    const std::int64_t threshold = node.threshold;
    const std::int64_t set = (threshold + (key >> 6)) & ~isNumber;
    const std::uint64_t bits =
        sets_[static_cast<std::size_t>(set)] | static_cast<std::uint64_t>((key - threshold) & isNumber);
    const auto yes = static_cast<std::uint32_t>(bits >> ((key | isNumber) & 63)) & 1;
    return at + distance + (yes ^ 1);
  }
}

template <bool hasSets>
void PackedForest::walkTrees(const std::uint32_t* keys, std::size_t first, std::size_t count,
                             std::uint32_t* leaves) const noexcept {
  std::uint32_t at[kAbreast] = {};  // node 0 is a leaf
  std::uint32_t depth = 0;
  for (std::size_t k = 0; k < count; ++k) {
    at[k] = roots_[first + k];
    depth = std::max(depth, depths_[first + k]);
  }
  for (std::uint32_t level = 0; level < depth; ++level)
#pragma GCC unroll 16
    for (std::size_t k = 0; k < kAbreast; ++k) at[k] = next<hasSets, 1>(at[k], keys);
  for (std::size_t k = 0; k < count; ++k) leaves[k] = nodes_[at[k]].threshold - 1;
}

template <bool hasSets>
void PackedForest::walkChunk(const std::uint32_t* keys, std::size_t tree, std::size_t n,
                             std::uint32_t* leaves) const noexcept {
  // The last walks may run over keys of no row: whatever they hold, a walk stays in its tree.
  for (std::size_t row = 0; row < n; row += kRowsAbreast) {
    std::uint32_t at[kRowsAbreast];
    std::fill_n(at, kRowsAbreast, roots_[tree]);
    for (std::uint32_t level = 0; level < depths_[tree]; ++level)
#pragma GCC unroll 16
      for (std::size_t k = 0; k < kRowsAbreast; ++k) at[k] = next<hasSets, kChunk>(at[k], keys + row + k);
    for (std::size_t k = 0; k < kRowsAbreast; ++k) leaves[row + k] = nodes_[at[k]].threshold - 1;
  }
}

void PackedForest::walkRow(const Frame& frame, std::size_t first, std::size_t count,
                           std::uint32_t* leaves) const noexcept {
  const std::uint32_t* keys = frame.buffers.keys.data();
  sets_.empty() ? walkTrees<false>(keys, first, count, leaves) : walkTrees<true>(keys, first, count, leaves);
}

void PackedForest::walkRows(const Frame& frame, std::size_t tree, std::uint32_t* leaves) const noexcept {
  const std::uint32_t* keys = frame.buffers.keys.data();
  sets_.empty() ? walkChunk<false>(keys, tree, frame.n, leaves) : walkChunk<true>(keys, tree, frame.n, leaves);
}

std::uint32_t PackedForest::walkUnclear(const Frame& frame, std::size_t tree, std::size_t row,
                                        Value& poison) const noexcept {
  const std::size_t stride = strideOf(frame);
  const std::uint32_t* keys = frame.buffers.keys.data() + row;
  std::uint32_t at = roots_[tree];
  while (true) {
    const Node node = nodes_[at];
    const std::uint32_t link = sets_.empty() ? node.link : node.link & 0x7FFF'FFFFu;
    if ((link & ((std::uint32_t{1} << distanceBits_) - 1)) == 0) return node.threshold - 1;
    const std::uint32_t column = link >> distanceBits_;
    const Meaning& meaning = columns_[column];
    const Value x = frame.at(meaning.slot)[row];
    if (isInvalid(x)) {
      poison = x;
      return kNoLeaf;
    }
    if (!isPresent(x) && meaning.hole == Way::own) return holes_.empty() ? kNoLeaf : holes_[at];
    if (isPresent(x) && meaning.strays && keys[column * stride] == ForestInput::kInNone)
      return strangers_.empty() ? kNoLeaf : strangers_[at];
    at = !sets_.empty() ? stride == 1 ? next<true, 1>(at, keys) : next<true, kChunk>(at, keys)
         : stride == 1 ? next<false, 1>(at, keys)
                        : next<false, kChunk>(at, keys);
  }
}

std::size_t PackedForest::bytes() const noexcept {
  std::size_t n = nodes_.size() * sizeof(Node) + (roots_.size() + depths_.size()) * sizeof(std::uint32_t) +
                  sets_.size() * sizeof(std::uint64_t) + columns_.size() * sizeof(Meaning) +
                  (holes_.size() + strangers_.size()) * sizeof(std::uint32_t);
  for (const ForestInput& input : inputs_) n += input.bytes();
  return n;
}

}  // namespace scorelet::models::tree
