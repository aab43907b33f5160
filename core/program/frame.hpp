// What a step sees while it runs: the lanes of all slots for one chunk of rows, and shared services.
//
// A slot is one column of a chunk: `stride` doubles, of which the first `n` are rows. A chunk of one row
// (what-if pages, cells) has stride 1, so that a record's slots lie side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <scorelet/model.hpp>

#include "base/regex.hpp"
#include "base/strings.hpp"
#include "base/value.hpp"
#include "program/state.hpp"
#include "text/text_index.hpp"

namespace scorelet::program {

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0xFFFF'FFFFu;
inline constexpr std::size_t kChunk = 64;

/// Grouped values of the current batch; a list value is an index here.
class Lists {
 public:
  Value add(std::span<const Value> items) {
    items_.insert(items_.end(), items.begin(), items.end());
    ends_.push_back(items_.size());
    return static_cast<Value>(ends_.size() - 2);
  }
  /// Empty for what is no list of this batch: lanes of a segment that did not run hold values of an earlier one.
  [[nodiscard]] std::span<const Value> operator[](Value list) const noexcept {
    if (!(list >= 0 && list < static_cast<Value>(ends_.size() - 1))) return {};
    const auto i = static_cast<std::size_t>(list);
    return {items_.data() + ends_[i], ends_[i + 1] - ends_[i]};
  }
  void clear() noexcept {
    items_.clear();
    ends_.resize(1);
  }

 private:
  std::vector<Value> items_;
  std::vector<std::size_t> ends_{0};
};

/// Memory that steps use within one call and that is kept from row to row.
struct Buffers {
  struct Entry {
    std::uint32_t index;
    double value, weight;
  };
  std::vector<Entry> entries;
  std::vector<double> numbers, sums;
  std::vector<std::pair<double, double>> pairs;
  std::vector<std::uint8_t> marks, ranks;
  std::vector<std::uint32_t> indices;
  std::vector<std::uint32_t> keys;
};

struct Frame {
  double* lanes;
  std::size_t stride;
  std::size_t n;
  Strings& strings;
  Regexes& regexes;
  Lists& lists;
  text::Workspace& text;
  Buffers& buffers;
  std::span<const std::unique_ptr<State>> states;
  const Limits& limits;

  [[nodiscard]] double* at(Slot slot) const noexcept { return lanes + slot * stride; }
};

class Wiring;

/// One column operation or model. Steps are immutable; `run` fills the slots it owns for rows [0, n).
struct Step {
  virtual ~Step() = default;
  virtual void run(const Frame& frame) const = 0;
  /// Says what its slots are made of, for explanations. What is not said counts as made of all inputs.
  virtual void describe(Wiring&) const {}
  /// Bytes beyond the object itself, for `Model::memoryBytes`.
  [[nodiscard]] virtual std::size_t bytes() const noexcept { return 0; }
};

/// A step with memory between rows: `Frame::states[state]`.
struct StatefulStep : Step {
  [[nodiscard]] virtual std::unique_ptr<State> makeState() const = 0;
  std::uint32_t state = 0;
};

using Steps = std::vector<std::unique_ptr<const Step>>;

inline void run(const Steps& steps, const Frame& frame) {
  for (const auto& step : steps) step->run(frame);
}

}  // namespace scorelet::program
