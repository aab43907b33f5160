// JSON records as input rows.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

struct JsonRowsOptions {
  std::size_t recordBytes = std::size_t{16} << 20;  ///< longer records are refused
  std::size_t listItems = 1'000'000;                ///< longer lists are refused
  std::size_t arrayRecords = 10'000'000;            ///< longer arrays of records are refused
  std::vector<std::string> missingTexts;            ///< strings that mean missing
  std::vector<std::string> kept;                    ///< names whose values are wanted back, inputs or not
};

/// Reads JSON objects ({"field": value, …}) into cells bound to a model's inputs, and keeps their texts alive.
/// Values are numbers, strings (cast to the field's data type, as CSV cells are), true/false, null (missing)
/// and, for grouped fields, arrays of these. Of a name given twice the last value counts.
/// Names that are not inputs are ignored and listed in `unknownFields`.
class JsonRows {
 public:
  explicit JsonRows(const Model& model, JsonRowsOptions options = {});
  ~JsonRows();
  JsonRows(JsonRows&&) noexcept;
  JsonRows& operator=(JsonRows&&) noexcept;

  /// Adds one record. On failure (Code::badRecord) no row is added.
  Expected<void> add(std::string_view record);
  /// Adds one record or an array of records; on failure none of them.
  Expected<void> addAll(std::string_view recordOrArray);
  /// Adds the record that `text` begins with, whatever follows: answers how many bytes it takes; 0 if it cannot be
  /// read, when no row is added and `add` of the record alone says why.
  std::size_t addFirst(std::string_view text);
  /// Forgets the rows, keeps the memory.
  void clear() noexcept;

  [[nodiscard]] std::size_t rows() const noexcept;
  /// The rows so far, valid until the next call that changes them.
  [[nodiscard]] const Batch& batch();

  /// A value of `JsonRowsOptions::kept` as it came: JSON text of a number, string, boolean or null ("null" if absent).
  struct Kept {
    bool isText = false;
    std::string_view value;  ///< the string's own text, or the JSON text of anything else
  };
  [[nodiscard]] Kept kept(std::size_t row, std::size_t name) const noexcept;
  /// Kept values of a record that was refused, as far as it could be read.
  [[nodiscard]] Kept keptOfRefused(std::size_t name) const noexcept;

  /// Code::unknownField notes, one for each name (at most 100), over the whole life of this object.
  [[nodiscard]] const Diagnostics& unknownFields() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
