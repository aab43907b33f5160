// The quantity that is explained, for any records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <scorelet/explain.hpp>

#include "program/wiring.hpp"
#include "run/scratch.hpp"

namespace scorelet::explain {

/// Where a program has a quantity.
struct Target {
  program::Slot slot = program::kNoSlot;
  const program::Sum* margin = nullptr;  ///< if there is one, it is the quantity, and not the lane
};

/// The slot, or the sum before a link function, of a quantity; else why there is none.
[[nodiscard]] Expected<Target> findTarget(const program::Program& program, const program::Wiring& wiring,
                                          const Quantity& quantity);

/// A sum on one row. Not present if one of its factors is not.
[[nodiscard]] Value valueOf(const program::Sum& sum, const program::Frame& frame, std::size_t row);

/// Scores records and looks at the quantity.
class Probe {
 public:
  Probe(const program::Program& program, Target target);

  using Look = std::function<void(const program::Frame& frame, std::size_t first)>;
  /// Runs the program and shows each chunk of rows to `look`.
  void run(const Batch& batch, const Look& look);
  /// The quantity of each record.
  void evaluate(const Batch& batch, std::vector<Value>& out);
  [[nodiscard]] Value at(const program::Frame& frame, std::size_t row) const {
    return target_.margin != nullptr ? valueOf(*target_.margin, frame, row) : frame.at(target_.slot)[row];
  }
  [[nodiscard]] std::size_t inputs() const noexcept { return scratch_.program.inputs.size(); }

 private:
  Target target_;
  Scratch scratch_;
};

}  // namespace scorelet::explain
