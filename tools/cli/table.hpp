// Aligned columns of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scorelet::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> titles) : rows_{std::move(titles)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Every line indented by two; columns in which no row says anything are left out.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the first holds the titles
};

}  // namespace scorelet::cli
