// The fast form of a tree: a chain of simple tests, each with a way for yes, no and missing.
//
// Almost every tree of the wild has it: comparisons and set tests on one field. `x <= t` is stored as
// `x < next double after t`, `>` and `>=` with the ways exchanged, so that one comparison serves all.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/value.hpp"
#include "program/frame.hpp"

namespace scorelet::models::tree {

struct Tree;

struct Split {
  double threshold;  ///< or, with `isSet`, the index of a set
  program::Slot slot;
  std::int32_t yes, no, hole;  ///< ≥ 0: next split; < 0: answer ~x, where kNone's complement means none
  bool isSet;
};

/// Members of a set test: bits by symbol where the lanes are small whole numbers, else sorted values.
struct SplitSet {
  std::vector<std::uint64_t> bits;
  std::vector<Value> sorted;
  [[nodiscard]] bool contains(Value x) const noexcept;
  template <class F>
  void eachMember(const F& f) const {
    for (const Value v : sorted) f(v);
    for (std::size_t w = 0; w < bits.size(); ++w)
      for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1)
        f(static_cast<Value>(w * 64 + static_cast<std::size_t>(std::countr_zero(rest))));
  }
};

class SplitTree {
 public:
  static constexpr std::int32_t kNoAnswer = INT32_MIN;

  [[nodiscard]] bool empty() const noexcept { return !isBuilt_; }
  /// The form of `tree`, empty if one of its predicates is compound or its strategy needs the general walk.
  [[nodiscard]] static SplitTree build(const Tree& tree);

  /// The number of the node that answers, kNoAnswer for none; an invalid value met is put into `poison`.
  /// `lanes` begin at the row; a known `stride` (of the frame) is one thing less to wait for at each split.
  template <std::size_t stride>
  [[nodiscard]] std::int32_t walk(const double* lanes, Value& poison) const noexcept {
    std::int32_t at = root_;
    while (at >= 0) {
      const Split& s = splits_[static_cast<std::size_t>(at)];
      const Value x = lanes[s.slot * stride];
      if (!isPresent(x)) [[unlikely]] {
        if (isInvalid(x)) {
          poison = x;
          return kNoAnswer;
        }
        at = s.hole;
      } else if (s.isSet) {
        at = sets_[static_cast<std::size_t>(s.threshold)].contains(x) ? s.yes : s.no;
      } else {
        at = x < s.threshold ? s.yes : s.no;
      }
    }
    return at == kNoAnswer ? kNoAnswer : ~at;
  }

  [[nodiscard]] std::int32_t root() const noexcept { return root_; }
  [[nodiscard]] std::span<const Split> splits() const noexcept { return splits_; }
  [[nodiscard]] const SplitSet& setOf(const Split& s) const noexcept {
    return sets_[static_cast<std::size_t>(s.threshold)];
  }
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend class SplitBuilder;
  bool isBuilt_ = false;
  std::int32_t root_ = kNoAnswer;
  std::vector<Split> splits_;
  std::vector<SplitSet> sets_;
};

}  // namespace scorelet::models::tree
