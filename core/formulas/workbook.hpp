// The finished .xlsx.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "formulas/layout.hpp"

namespace scorelet::formulas {

/// `numbers`: of each result of the layout among the program's.
[[nodiscard]] std::vector<std::byte> makeWorkbook(const program::Program& program, const Layout& layout,
                                                  const FormulaSheet& sheet, const std::string& treesSheet,
                                                  const std::vector<std::size_t>& numbers);

}  // namespace scorelet::formulas
