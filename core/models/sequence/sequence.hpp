// SequenceModel (spec: Sequences): rules over sets of items in the order of time.
//
// One record is one group. Its transactions are the items of a list of lists, or single items side by side with the
// values of the order field, equal values being one transaction. A transaction is a time window.
#pragma once

#include <vector>

#include "models/items.hpp"

namespace scorelet::models::sequence {

using program::Frame;

/// How the next set of a sequence follows the one before (spec: Delimiter).
enum class Follows : std::uint8_t {
  together,   ///< sameTimeWindow: in the same transaction
  later,      ///< acrossTimeWindows with a gap, or where it is not known whether there is one
  nextAfter,  ///< acrossTimeWindows without a gap: in the next transaction
};

struct Link {
  std::uint32_t set;
  Follows follows = Follows::later;  ///< how it follows the link before, unless it is the first
};

/// Antecedent and consequent as one chain of sets.
struct Chain {
  std::vector<Link> links;
  std::size_t antecedent = 0;  ///< how many of them are the antecedent's
};

/// The candidates among the rules (models/rules.hpp) of each record.
struct SequenceStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  Items items;
  std::vector<Chain> rules;
  std::size_t stepsPerWindow = 1;  ///< comparisons that one transaction may need
  Slot order = compile::kNoSlot;   ///< values of the order field
  std::uint32_t orderPlace = 0;    ///< for the payload where they do not fit the transactions
  Slot to = compile::kNoSlot;

 private:
  Value windowsOf(const Frame& frame, std::size_t i) const;
  void fillWindows(const Frame& frame, std::size_t i, std::size_t windows) const;
  void findRules(const Frame& frame, std::size_t windows) const;
};

/// Work for one record, in comparisons: hostile ones would take forever.
inline constexpr std::size_t kMostSteps = 50'000'000;

}  // namespace scorelet::models::sequence
