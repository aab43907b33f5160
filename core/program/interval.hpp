// Whether a number lies in an Interval: the one reading of `closure`.
#pragma once

#include <scorelet/fields.hpp>

namespace scorelet::program {

[[nodiscard]] inline bool inInterval(const Interval& i, double x) noexcept {
  return (i.leftClosed ? x >= i.left : x > i.left) && (i.rightClosed ? x <= i.right : x < i.right);
}

}  // namespace scorelet::program
