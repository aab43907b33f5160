#include "table.hpp"

#include <algorithm>

namespace scorelet::cli {
namespace {

/// Code points, which is what most terminals give one place each.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (std::size_t c = 0; c < widths.size(); ++c) {
    for (std::size_t r = 1; r < rows_.size(); ++r) widths[c] = std::max(widths[c], width(rows_[r][c]));
    if (widths[c] > 0) widths[c] = std::max(widths[c], width(rows_.front()[c]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line = "  ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (widths[c] == 0) continue;
      line += row[c] + std::string(widths[c] - width(row[c]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

}  // namespace scorelet::cli
