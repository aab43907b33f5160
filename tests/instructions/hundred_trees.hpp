// A boosted ensemble as training libraries write it, of 100 trees of depth 6 over 28 fields of floats, and rows for it.
#pragma once

#include <string>

namespace scorelet::test {

[[nodiscard]] std::string hundredTrees();
/// 200 rows, in which one value in twenty is missing.
[[nodiscard]] std::string hundredTreesRows();

}  // namespace scorelet::test
