// Fields and results of rows, as statistics see them.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/telemetry/baseline.hpp>

#include "program/program.hpp"

namespace scorelet::telemetry {

/// A field or a result of which statistics are kept.
struct Watched {
  std::string name;
  bool isResult = false;
  std::size_t column = 0;  ///< of `Model::inputs()` or `Model::results()`
  DataType type = DataType::float64;
  FieldBaseline::Kind kind = FieldBaseline::Kind::number;
  /// Tells missing and invalid values of a field, and replaces none.
  std::optional<program::Treatment> domain;
};

/// Used input fields that hold no lists, then results that are no lists.
[[nodiscard]] std::vector<Watched> watchedOf(const Model& model);

/// One value: `checked` is present, missing or invalid; `raw` the same before the field's domain was looked at.
struct Seen {
  Value checked, raw;
};

class RowReader {
 public:
  explicit RowReader(Model model) : model_(std::move(model)), strings_(model_.program().symbols) {}

  /// Forgets the texts of the batch before.
  void begin() noexcept { strings_.clear(); }
  [[nodiscard]] Seen read(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t row);
  /// The first `rows` rows of a column: calls `each(first row, raw, checked)`, with a chunk of them.
  template <class Each>
  void readChunks(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t rows, const Each& each) {
    Value raw[program::kChunk], checked[program::kChunk];
    readDictionary(of, batch, rows);
    for (std::size_t first = 0; first < rows; first += program::kChunk) {
      const std::size_t n = std::min(program::kChunk, rows - first);
      readChunk(of, batch, scorer, first, {raw, n}, {checked, n});
      each(first, std::span<const Value>(raw, n), std::span<const Value>(checked, n));
    }
    dictionary_.clear();
  }
  /// The same row by row: calls `each(row, Seen)`.
  template <class Each>
  void read(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t rows, const Each& each) {
    readChunks(of, batch, scorer, rows, [&](std::size_t first, auto raw, auto checked) {
      for (std::size_t i = 0; i < raw.size(); ++i) each(first + i, Seen{checked[i], raw[i]});
    });
  }
  /// The text of a present raw value; valid until the next call.
  [[nodiscard]] std::string_view text(const Watched& of, Value raw, const Scorer& scorer, std::size_t row);
  /// The lane of a category's text where every batch has the same one; else missing.
  [[nodiscard]] Value laneOf(const Watched& of, const std::string& category);
  [[nodiscard]] const Model& model() const noexcept { return model_; }

 private:
  void readChunk(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t first, std::span<Value> raw,
                 std::span<Value> checked);
  void readDictionary(const Watched& of, const Batch& batch, std::size_t rows);
  Model model_;
  Strings strings_;
  std::vector<Value> dictionary_;  // the lanes of the texts of a column of codes, as long as it is read
  std::string text_;
};

}  // namespace scorelet::telemetry
