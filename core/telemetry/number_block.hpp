// A block of one column's numbers, as floats where all are.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "telemetry/counting/counting.hpp"

namespace scorelet::telemetry {

class NumberBlock {
 public:
  enum class Floats { round, look, no };
  /// At most kBlock numbers, NaN where there is none; they must outlive the block. `round` makes floats of them, `look`
  /// sees whether they are.
  NumberBlock(const counting::Kernel& kernel, std::span<const double> given, Floats floats);
  NumberBlock(const NumberBlock&) = delete;
  NumberBlock& operator=(const NumberBlock&) = delete;

  [[nodiscard]] const counting::Extent& extent() const noexcept { return extent_; }
  [[nodiscard]] bool isFloats() const noexcept { return isFloats_; }
  /// Calls it with the passes, the numbers, and how many these are, filled up.
  template <class Do>
  void with(const Do& it) const {
    if (isFloats_)
      it(kernel_.ofFloats, floats_.data(), filled_);
    else
      it(kernel_.ofDoubles, doubles_, filled_);
  }
  /// The numbers that are there.
  [[nodiscard]] std::span<const double> present(std::array<double, counting::kBlock>& room) const;

 private:
  const counting::Kernel& kernel_;
  std::size_t filled_;
  const double* doubles_;
  bool isFloats_;
  counting::Extent extent_;
  std::array<double, counting::kBlock> filledUp_;
  std::array<float, counting::kBlock> floats_;
};

}  // namespace scorelet::telemetry
