// A few rows made from a model's own fields: missing, ordinary, listed, extreme and wrong values.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include <scorelet/scorelet.hpp>

namespace scorelet::test {

class MadeRows {
 public:
  explicit MadeRows(const Model& model, std::size_t rows = 12);
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] Batch batch() const;

 private:
  Cell cell(const InputField& field, std::size_t variant);

  std::size_t rows_;
  std::vector<std::vector<Cell>> columns_;
  std::deque<std::string> texts_;
  std::deque<std::vector<Cell>> lists_;
};

}  // namespace scorelet::test
