// Packed trees that are small for their depth, once more as lists of tests (models/test_lists): what many rows find
// their leaves by.
#pragma once

#include <cstdint>
#include <vector>

#include "models/test_lists/test_lists.hpp"

namespace scorelet::models::tree {

class PackedForest;

class ListedTrees {
 public:
  [[nodiscard]] static ListedTrees of(const PackedForest& forest);

  [[nodiscard]] bool empty() const noexcept { return columns_.empty(); }
  [[nodiscard]] bool has(std::size_t tree) const noexcept { return tree < trees_.size() && trees_[tree].isListed; }
  /// The columns of bytes that lists ask, from columns of kChunk keys.
  void rank(const std::uint32_t* keys, std::vector<std::uint8_t>& ranks) const;
  /// The leaves where the first n rows end.
  void find(std::size_t tree, const std::uint8_t* ranks, const std::uint64_t* sets, std::size_t n,
            std::uint32_t* leaves) const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend class TreeLister;
  struct Tree {
    std::uint32_t tests, leaves;  ///< the first ones
    std::uint8_t size, start;     ///< tests; the leaf where rows start
    bool isListed, hasSets;
  };
  struct Column {
    std::uint32_t keys;        ///< column of keys
    std::uint32_t thresholds;  ///< the first
    std::uint8_t size;         ///< 0: members of sets, which fill two columns
  };

  const test_lists::Kernel* kernel_ = nullptr;
  std::vector<Tree> trees_;  ///< none where none is listed
  std::vector<test_lists::Test> tests_;
  std::vector<std::uint32_t> sets_;    ///< of each test, in forests with sets
  std::vector<std::uint32_t> leaves_;  ///< their numbers; empty where these are themselves
  std::vector<Column> columns_;
  std::vector<std::uint32_t> thresholds_;
};

}  // namespace scorelet::models::tree
