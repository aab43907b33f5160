// Records that explanations mix, cell by cell.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include <scorelet/batch.hpp>

namespace scorelet::explain {

/// A copy of a batch that owns what its cells view.
class Table {
 public:
  Table(const Batch& batch, std::size_t columns);
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::span<const Cell> row(std::size_t i) const noexcept {
    return {cells_.data() + i * columns_, columns_};
  }

 private:
  Cell own(const Cell& cell);
  std::size_t rows_, columns_;
  std::vector<Cell> cells_;  ///< row by row
  std::deque<std::string> texts_;
  std::deque<std::vector<Cell>> lists_;
};

/// One row of a batch as cells that view what the batch views.
void readRow(const Batch& batch, std::size_t row, std::span<Cell> cells);

/// Whether two cells hold the same.
[[nodiscard]] bool areSame(const Cell& a, const Cell& b) noexcept;

/// Records under construction, to be scored together.
class Mixtures {
 public:
  explicit Mixtures(std::size_t columns) : columns_(columns) {}
  void clear() noexcept;
  /// Adds a record; the cells are copied, what they view is not.
  void add(std::span<const Cell> row);
  /// Replaces a cell of the record added last.
  void set(std::size_t column, const Cell& cell) { columns_[column].back() = cell; }
  [[nodiscard]] std::size_t rows() const noexcept { return columns_.empty() ? 0 : columns_[0].size(); }
  /// Valid until the next change.
  [[nodiscard]] Batch batch() const;

 private:
  std::vector<std::vector<Cell>> columns_;
};

/// A copy of a batch that is a batch in turn.
class Records {
 public:
  Records() : table_({}, 0), rows_(0) {}
  Records(const Batch& batch, std::size_t columns);
  [[nodiscard]] Batch batch() const { return rows_.batch(); }

 private:
  Table table_;
  Mixtures rows_;
};

}  // namespace scorelet::explain
