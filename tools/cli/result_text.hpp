// Result rows as text, in one of the formats.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rows.hpp"

namespace scorelet::cli {

struct ResultFormat {
  Format format = Format::csv;
  RecordOptions record;
  std::vector<std::string> ids;  ///< names of what is passed through, in the order of `Row::ids`
};

class ResultText {
 public:
  ResultText(const Model& model, ResultFormat format) : model_(model), format_(std::move(format)) {}

  /// Before the first row.
  void header();
  void scored(const Scorer& scorer, const Row& row);
  /// A row that could not be read.
  void refused(const Row& row);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  void clear() noexcept { text_.clear(); }

 private:
  void makeLead(const Row& row);

  const Model& model_;
  ResultFormat format_;
  std::vector<std::string> lead_;  // of the row: what is passed through
  std::string text_;
};

}  // namespace scorelet::cli
