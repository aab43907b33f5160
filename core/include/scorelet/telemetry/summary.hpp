// What the events of a stretch of time say, field by field: where events arrive, as `Window` is where rows are scored.
//
//   telemetry::EventSummary hour;
//   for (const auto& event : events) hour.add(event, &baseline);
//   day.merge(hour); day.save(bytes);
//
// All of it is counts, so summaries of parts merge in any order to the summary of the whole, to the bit. Of a field: at
// most 2.6 kB of histogram, 8 bytes a bin, and the names of 20 values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/telemetry/baseline.hpp>
#include <scorelet/telemetry/drift.hpp>
#include <scorelet/telemetry/event.hpp>
#include <scorelet/telemetry/exponential_histogram.hpp>
#include <scorelet/telemetry/window.hpp>

namespace scorelet::telemetry {

/// One field or result, as far as its values were told.
struct FieldSummary {
  std::string_view name;
  bool isResult = false;
  std::uint64_t rows = 0, missing = 0, invalid = 0, outside = 0, novel = 0;
  std::span<const std::uint64_t> bins;  ///< as `FieldBaseline::counts`; empty: no baseline when they came
  const ExponentialHistogram* numbers = nullptr;
  /// Values without a bin: those with the smallest hashes, and how many there were of any.
  std::span<const NovelValue> others;
  std::uint64_t otherCount = 0;
};

class EventSummary {
 public:
  EventSummary();
  ~EventSummary();
  EventSummary(const EventSummary& other);
  EventSummary& operator=(const EventSummary& other);
  EventSummary(EventSummary&&) noexcept;
  EventSummary& operator=(EventSummary&&) noexcept;

  /// `baseline` may be null; the same for all that merge. Ranges that hosts send as text are found among its bins.
  void add(const PredictionEvent& event, const Baseline* baseline);
  /// Bins of another number than there are already are left out.
  void merge(const EventSummary& other);

  [[nodiscard]] std::uint64_t events() const noexcept;
  [[nodiscard]] std::uint64_t errors() const noexcept;  ///< without a complete answer
  /// What the events stand for where only a share is sent.
  [[nodiscard]] double predictions() const noexcept;
  [[nodiscard]] const ExponentialHistogram& seconds() const noexcept;  ///< that scoring took
  [[nodiscard]] std::size_t fields() const noexcept;
  [[nodiscard]] FieldSummary field(std::size_t i) const;
  [[nodiscard]] std::optional<FieldSummary> field(std::string_view name, bool isResult) const;

  void save(std::string& out) const;
  [[nodiscard]] static std::optional<EventSummary> read(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The bins of a summary beside those of the baseline; undefined (NaN) where either is missing.
[[nodiscard]] BinComparison compare(const FieldBaseline* baseline, const FieldSummary& field);
/// What the bins of a baseline are called: "<9000", "[9000, 19000)", ">=19000"; categories and "other".
[[nodiscard]] std::vector<std::string> binLabels(const FieldBaseline& baseline);

}  // namespace scorelet::telemetry
