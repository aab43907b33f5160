#include "base/fast_float.hpp"

#include <bit>

namespace scorelet {

namespace {

/// A whole number of 1,024 bits, the lowest 32 first.
class Wide {
 public:
  explicit Wide(unsigned power) { parts_[power / 32] = 1u << power % 32; }

  void multiplyBy5() noexcept {
    std::uint64_t carry = 0;
    for (std::uint32_t& part : parts_) {
      carry += std::uint64_t{part} * 5;
      part = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  void divideBy5() noexcept {
    std::uint64_t rest = 0;
    for (std::size_t i = parts_.size(); i-- > 0;) {
      rest = rest << 32 | parts_[i];
      parts_[i] = static_cast<std::uint32_t>(rest / 5);
      rest %= 5;
    }
  }
  /// The position behind the highest bit that is set.
  [[nodiscard]] std::size_t width() const noexcept {
    std::size_t i = parts_.size() - 1;
    while (parts_[i] == 0) --i;
    return i * 32 + static_cast<std::size_t>(std::bit_width(parts_[i]));
  }
  /// The 64 bits below position `end`.
  [[nodiscard]] std::uint64_t below(std::size_t end) const noexcept {
    const std::size_t i = (end - 64) / 32, shift = end % 32;
    const std::uint64_t low = std::uint64_t{parts_[i + 1]} << 32 | parts_[i];
    return shift == 0 ? low : low >> shift | std::uint64_t{parts_[i + 2]} << (64 - shift);
  }

 private:
  std::array<std::uint32_t, 32> parts_ = {};
};

}  // namespace

PowersOfFive powersOfFive() noexcept {
  constexpr std::size_t kOne = std::size_t{2} * 342;  // the place of 5^0
  PowersOfFive out;
  Wide x(300);  // so far up that there are 128 bits to read
  for (std::size_t at = kOne; at < out.size(); at += 2, x.multiplyBy5()) {
    out[at] = x.below(x.width());
    out[at + 1] = x.below(x.width() - 64);
  }
  x = Wide(1023);
  for (std::size_t at = kOne; at > 0; at -= 2) {
    x.divideBy5();
    out[at - 2] = x.below(x.width());
    out[at - 1] = x.below(x.width() - 64);
    const bool isRoundedUp = kOne - at < std::size_t{2} * 27;
    if (isRoundedUp && ++out[at - 1] == 0) ++out[at - 2];
  }
  return out;
}

}  // namespace scorelet

template fast_float::adjusted_mantissa fast_float::digit_comp<double, char>(fast_float::parsed_number_string_t<char>&,
                                                                            fast_float::adjusted_mantissa) noexcept;

#ifdef __EMSCRIPTEN__
const scorelet::PowersOfFive fast_float::powers::power_of_five_128 = scorelet::powersOfFive();
#endif
