// What the rows of a stretch of time were like, field by field, as small sums that merge.
//
//   telemetry::Window today(model, baseline);
//   scorer.score(batch); today.add(batch, scorer);
//   for (std::size_t i = 0; i < today.fields(); ++i)
//     if (const auto f = today.field(i); f.hasDrifted()) ...
//
// Windows of parts (threads, devices, hours) merged in any order give the window of the whole, to the bit: counts are
// whole numbers, sums are exact until they are asked for. Memory: at most 9 kB for each field of numbers, whatever
// the number of rows (docs/telemetry.md), and names of at most 20 novel values. Rows of small batches wait until there
// are 64, or until somebody looks at a field or merges: two threads may not even look at one window at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <scorelet/telemetry/baseline.hpp>
#include <scorelet/telemetry/drift.hpp>
#include <scorelet/telemetry/exponential_histogram.hpp>

namespace scorelet::telemetry {

/// A category that the baseline has not seen.
struct NovelValue {
  std::string value;  ///< at most 100 bytes of it
  std::uint64_t count = 0;
};

/// One field or result of a window beside its baseline. Views are valid until the window changes.
struct FieldReport {
  std::string_view name;
  bool isResult = false;
  FieldBaseline::Kind kind = FieldBaseline::Kind::number;
  const FieldBaseline* baseline = nullptr;  ///< null: there is none

  std::uint64_t rows = 0, missing = 0, invalid = 0;  ///< `rows` includes the other two
  /// Beyond the baseline's minimum and maximum (the model extrapolates), or not among its values; valid or not.
  std::uint64_t outside = 0, novel = 0;
  double mean = 0, minimum = 0, maximum = 0;        ///< of valid numbers
  std::span<const std::uint64_t> bins;              ///< of valid values, as `FieldBaseline::counts`
  const ExponentialHistogram* histogram = nullptr;  ///< of valid numbers
  /// Of the novel values those with the smallest hashes: a sample that merges.
  std::span<const NovelValue> novelValues;

  BinComparison drift;   ///< NaN where the baseline has no counts or the window no valid value
  double meanShift = 0;  ///< from the baseline's mean, in its standard deviations; NaN where those are not known

  /// PSI above the threshold, and above what it is for so few rows if nothing drifted.
  [[nodiscard]] bool hasDrifted(double threshold = 0.25) const noexcept {
    return drift.psi > threshold && drift.psi > drift.psiBound;
  }
};

class Window {
 public:
  /// Used fields that are no lists, then results.
  Window(const Model& model, const Baseline& baseline);
  ~Window();
  Window(Window&&) noexcept;
  Window& operator=(Window&&) noexcept;
  /// An empty one that merges with this.
  [[nodiscard]] Window another() const;

  /// The rows that `scorer` has just scored.
  void add(const Batch& batch, const Scorer& scorer);
  /// Refused unless one was made by `another` of the other, or for the same model with the same baseline.
  [[nodiscard]] Expected<void> merge(const Window& other);

  [[nodiscard]] std::uint64_t rows() const noexcept;
  [[nodiscard]] std::uint64_t errors() const noexcept;  ///< rows without a complete answer
  [[nodiscard]] std::size_t fields() const noexcept;
  [[nodiscard]] FieldReport field(std::size_t i) const;

 private:
  struct Plan;
  struct State;
  explicit Window(std::shared_ptr<const Plan> plan);
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet::telemetry
