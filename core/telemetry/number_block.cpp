#include "telemetry/number_block.hpp"

#include <algorithm>
#include <limits>

namespace scorelet::telemetry {

// What is used of the two arrays is filled.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
NumberBlock::NumberBlock(const counting::Kernel& kernel, std::span<const double> given, Floats floats)
    : kernel_(kernel),
      filled_((given.size() + counting::kFilled - 1) / counting::kFilled * counting::kFilled),
      doubles_(given.data()) {
  if (filled_ != given.size()) {
    const auto end = std::ranges::copy(given, filledUp_.begin()).out;
    std::fill(end, filledUp_.begin() + filled_, std::numeric_limits<double>::quiet_NaN());
    doubles_ = filledUp_.data();
  }
  const bool areSame = floats != Floats::no && kernel_.measureFloats(doubles_, filled_, floats_.data(), extent_);
  isFloats_ = areSame || floats == Floats::round;
  if (!isFloats_) kernel_.measure(doubles_, filled_, extent_);
}

std::span<const double> NumberBlock::present(std::array<double, counting::kBlock>& room) const {
  std::size_t found = 0;
  with([&](const auto&, const auto* x, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      if (x[i] == x[i]) room[found++] = static_cast<double>(x[i]);
  });
  return {room.data(), found};
}

}  // namespace scorelet::telemetry
