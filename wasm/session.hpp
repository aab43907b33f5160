// What a JavaScript `Model` holds: a loaded model, its scorer, and the two blocks through which data crosses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "block.hpp"
#include "outbox.hpp"

namespace scorelet::wasm {

/// Every function that returns an address has written an answer there: a list of cells (Outbox), good until the
/// next call. Wasm memory may grow in any call, so JavaScript takes its views afterwards.
class Session {
 public:
  explicit Session(Model model)
      : scorer_(std::move(model)), numbers_(scorer_.model().inputs().size() + scorer_.model().results().size()) {}

  [[nodiscard]] const Model& model() const noexcept { return scorer_.model(); }
  /// Of the rows that were scored last, those of `scored`.
  [[nodiscard]] const Scorer& scorer() const noexcept { return scorer_; }
  /// Good until the next call.
  [[nodiscard]] const Batch& scored();
  [[nodiscard]] std::string describe() const { return scorer_.model().describeJson(); }

  /// Room for `bytes` bytes of input; its address. What was written there stays.
  std::uintptr_t reserve(std::size_t bytes);
  /// Scores the `columns` WireColumns at the start of the inbox; `details`: they may be asked for afterwards.
  void score(std::size_t rows, std::size_t columns, bool details);

  /// A record of plain numbers and its results, as `Scorer::scoreRecord` takes and gives them: one double per input,
  /// then one per result. It stays where it is.
  [[nodiscard]] std::uintptr_t numbers() const noexcept { return reinterpret_cast<std::uintptr_t>(numbers_.data()); }
  /// Scores them; details may be asked for afterwards. True if there are no diagnostics.
  bool scoreNumbers();
  /// What stands for a text there, or -1.
  [[nodiscard]] double numberOf(const std::string& text) const;

  /// Doubles of result column `c`, one per row: not an answer, the column itself.
  [[nodiscard]] std::uintptr_t lanes(std::size_t c) const noexcept;
  /// [offset of an int32 per row, -1 for missing; [the distinct values]] of result column `c`.
  std::uintptr_t codes(std::size_t c);
  /// [[row, diagnostics] …] of the rows that have any.
  std::uintptr_t diagnostics();
  /// [a value per result column …, diagnostics] of one row.
  std::uintptr_t record(std::size_t row);
  /// [predictedValue, predictedDisplayValue, entityId, probability, confidence, affinity, derived] of one row, the
  /// last four as [name, value, name, value …].
  std::uintptr_t details(std::size_t row);
  /// [records, fields, [[record, field, expected, actual] …], diagnostics, first record as [name, value …]].
  std::uintptr_t verify();
  /// [the batch as the command line writes it: one JSON object per row and line].
  std::uintptr_t ndjson(bool allOutputs, bool details);
  /// [the batch as the command line writes it in CSV, with or without the line of names].
  std::uintptr_t csv(bool allOutputs, bool header);

  [[nodiscard]] bool isStateful() const noexcept { return scorer_.model().isStateful(); }
  void reset() { scorer_.reset(); }
  /// [the state, as bytes in place of a text].
  std::uintptr_t saveState();
  /// Takes over the `size` bytes at the start of the inbox: [why they were refused].
  std::uintptr_t restoreState(std::size_t size);

 private:
  void scoreNumbers(bool details);
  [[nodiscard]] Column column(const WireColumn& wire, std::size_t rows);
  [[nodiscard]] std::span<const Cell> cells(std::size_t offset, std::size_t count);

  Scorer scorer_;
  std::vector<double> numbers_;
  bool detailsLater_ = false;  // the last record was scored without them
  Block inbox_;
  Outbox outbox_;
  Batch batch_;                           // without rows if the numbers are the record that was scored last
  std::vector<std::vector<Cell>> cells_;  // of this batch: one vector per column of cells and per list, reused
  std::size_t cellsUsed_ = 0;
};

}  // namespace scorelet::wasm
