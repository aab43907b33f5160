// All mutable state of scoring: lanes, texts and lists of the batch, results, memory of stateful steps.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "program/program.hpp"

namespace scorelet {

class Scratch {
 public:
  explicit Scratch(const program::Program& program);

  void score(const Batch& batch);
  void scoreRecord(std::span<const double> values);
  void reset();
  [[nodiscard]] std::vector<std::byte> saveState() const;
  [[nodiscard]] Expected<void> restoreState(std::span<const std::byte> bytes);

  const program::Program& program;
  Strings strings;
  Regexes regexes;
  program::Lists lists;
  text::Workspace text;
  program::Buffers buffers;
  std::vector<std::unique_ptr<program::State>> states;

  std::size_t rows = 0;
  bool keepsDetails = true;
  /// Shown the lanes of each chunk of rows, and which row of the batch is its first: for explanations.
  std::function<void(const program::Frame&, std::size_t first)> look;
  std::vector<std::vector<double>> results;  ///< per result column, one lane per row
  std::vector<std::vector<double>> details;  ///< per detail slot (run/details.cpp gives the order)
  std::vector<std::uint8_t> ok;

 private:
  void begin(std::size_t rowsToCome);
  void resize(std::size_t rowsToCome);
  void setStride(std::size_t stride);
  /// The parts of the program that are needed now.
  template <class Function>
  void forEachPlan(const Function& function) const {
    const program::Plan* const plans[] = {&program.forResults, &program.forDetails};
    for (std::size_t p = 0; p < (keepsDetails ? 2 : 1); ++p) function(*plans[p]);
  }
  void runChunk(std::size_t first, std::size_t n);
  void keepRow(const program::Frame& frame, std::size_t row);
  void keepRows(const program::Frame& frame, std::size_t first);
  void readInputs(const program::Plan& of, const Batch& batch, std::size_t first, std::size_t n);
  /// The same of one row: most of its values are plain numbers.
  void readRow(const program::Plan& of, const Batch& batch, std::size_t row);
  void readInput(const program::InputPlan& plan, const Column& column, std::size_t first, std::size_t n);
  /// A number of a record that does not pass as it is.
  void readNumber(const program::InputPlan& plan, double x);
  void readList(const program::InputPlan& plan, const Cell& cell, std::size_t i);

  std::vector<program::Slot> detailSlots_;
  std::vector<double> lanes_;
  std::size_t stride_ = 0;
  std::vector<Value> items_, ends_;  ///< of the list that is being read
};

/// The slots that details need, in the order in which `Scratch::details` keeps them.
[[nodiscard]] std::vector<program::Slot> detailSlots(const program::DetailPlan& plan);

/// A lane as a value for people: text, number, boolean, list.
[[nodiscard]] ResultValue toResultValue(Value v, DataType type, DataType item, const Strings& strings,
                                        const program::Lists& lists);

}  // namespace scorelet
