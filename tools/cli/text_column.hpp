// One input column of texts, built row by row in Arrow's layout.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>

namespace scorelet::cli {

class TextColumn {
 public:
  void add(std::string_view text, bool present) {
    const std::size_t row = offsets_.size() - 1;
    if (row % 8 == 0) validity_.push_back(0);
    if (present) {
      bytes_ += text;
      validity_.back() |= static_cast<std::uint8_t>(1u << (row % 8));
    }
    offsets_.push_back(static_cast<std::int32_t>(bytes_.size()));
  }
  void clear() noexcept {
    bytes_.clear();
    offsets_.resize(1);
    validity_.clear();
  }
  [[nodiscard]] Column view() const noexcept {
    return Column::ofTexts({bytes_.data(), offsets_.data(), offsets_.size() - 1}, validity_.data());
  }

 private:
  std::string bytes_;
  std::vector<std::int32_t> offsets_{0};
  std::vector<std::uint8_t> validity_;
};

}  // namespace scorelet::cli
