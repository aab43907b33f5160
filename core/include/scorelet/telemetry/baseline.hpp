// What fields and results were like in the data that later rows are compared with.
//
// It comes from the document's own ModelStats, or is made from rows and kept as a JSON file beside the document
// (docs/telemetry.md): the document, its digest and its signature stay what they are, compiled models have a baseline
// too, and the file holds results, of which ModelStats cannot speak.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet::telemetry {

/// One field or result. What is not known is absent or empty.
struct FieldBaseline {
  enum class Kind : std::uint8_t { number, category };
  static constexpr std::size_t kMostBins = 20;     ///< of numbers
  static constexpr std::size_t kMostValues = 100;  ///< of categories, the most frequent; the rest is "other"

  std::string name;
  Kind kind = Kind::number;
  double rows = 0, missing = 0, invalid = 0;  ///< rows (or weights); `rows` includes the other two
  /// Numbers: below the first edge, [edge, next edge) …, from the last edge on. Ascending.
  std::vector<double> edges;
  /// Categories, and after them all others.
  std::vector<std::string> values;
  std::vector<double> counts;  ///< of valid values: one more than there are edges or values, or none at all
  std::optional<double> minimum, maximum, mean, deviation;

  /// A value that is not among `values` has not been there: all that were are listed.
  [[nodiscard]] bool listsAll() const noexcept { return !counts.empty() && counts.back() == 0; }
};

struct Baseline {
  std::string modelName, modelVersion, modelSha256;  ///< of the document; empty: not said
  std::vector<FieldBaseline> fields, results;

  /// From the document's ModelStats: fields that have any. Ranges of its histograms are joined to at most kMostBins of
  /// similar frequency; without a histogram the quantiles are the edges.
  [[nodiscard]] static Baseline ofModel(const Model& model);
  [[nodiscard]] const FieldBaseline* field(std::string_view name) const noexcept;
  [[nodiscard]] const FieldBaseline* result(std::string_view name) const noexcept;

  [[nodiscard]] std::string json() const;
  [[nodiscard]] static Expected<Baseline> parse(std::string_view json);
};

/// Makes a baseline from rows and what the model says to them.
class BaselineBuilder {
 public:
  explicit BaselineBuilder(const Model& model);
  ~BaselineBuilder();
  BaselineBuilder(BaselineBuilder&&) noexcept;
  BaselineBuilder& operator=(BaselineBuilder&&) noexcept;

  /// The rows that `scorer` has just scored.
  void add(const Batch& batch, const Scorer& scorer);
  [[nodiscard]] std::uint64_t rows() const noexcept;
  /// Numbers in ten ranges of equally many rows, as far as ties let them.
  [[nodiscard]] Baseline finish() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet::telemetry
