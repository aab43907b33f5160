// CSV whose first line names the columns, as input rows.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/csv.hpp"
#include "service/cell_table.hpp"

namespace scorelet::service {

class CsvRecords {
 public:
  /// `kept`: a column whose texts are wanted; empty: the first one where it is called "id" and no input.
  CsvRecords(const Model& model, std::string body, char separator, std::string_view kept = {})
      : model_(model), table_(model), kept_(kept), input_(std::move(body)), reader_(input_, separator, kRecordBytes) {}

  [[nodiscard]] Answer<void> read(std::size_t mostRows);
  [[nodiscard]] Batch batch() const { return table_.batch(rows_); }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// As the kept column is called in the header, if it is there.
  [[nodiscard]] const std::optional<std::string>& keptName() const noexcept { return keptName_; }
  [[nodiscard]] const std::string& kept(std::size_t row) const { return keptTexts_[row]; }

 private:
  static constexpr std::size_t kRecordBytes = std::size_t{1} << 20;
  [[nodiscard]] Answer<void> addRow(const std::vector<int>& inputs);

  const Model& model_;
  CellTable table_;
  std::string kept_;
  cli::Bytes input_;
  cli::CsvReader reader_;
  std::deque<std::string> texts_;
  std::vector<std::string> keptTexts_;
  std::optional<std::string> keptName_;
  std::size_t keptColumn_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace scorelet::service
