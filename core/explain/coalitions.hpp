// Shapley values of any function of the inputs, by scoring mixtures of a record with background records.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/value.hpp"
#include "explain/table.hpp"

namespace scorelet::explain {

/// All subsets of so many fields are scored; of more, samples.
inline constexpr std::size_t kMostEnumerated = 12;

/// The function: a value for each record of a batch.
using Evaluate = std::function<void(const Batch& batch, std::vector<Value>& values)>;

class Coalitions {
 public:
  Coalitions(const Table& background, std::size_t inputs) : background_(background), mixtures_(inputs) {}

  /// Adds the exact contributions of the fields `players`, at most kMostEnumerated. False if a mixture has no value.
  bool enumerate(std::span<const Cell> row, std::span<const std::uint32_t> players, const Evaluate& evaluate,
                 std::span<double> contributions);

  struct Sampling {
    double standardError = 0;       ///< wanted
    std::uint64_t evaluations = 0;  ///< at most
    std::uint64_t seed = 0;
  };
  /// Adds estimates. Each goes once through all background records, a pair of opposite orders for each; what it takes
  /// together is exact: the contributions add up. Returns the largest standard error, or not present if a mixture has
  /// no value.
  Value sample(std::span<const Cell> row, std::span<const std::uint32_t> players, const Evaluate& evaluate,
               const Sampling& options, std::span<double> contributions);

 private:
  /// Of `players`, those in which the row differs from the background record: the others have no say.
  void findDifferent(std::span<const Cell> row, std::span<const Cell> background,
                     std::span<const std::uint32_t> players);
  bool addSubsets(const Value* values, double share, std::span<double> contributions);

  const Table& background_;
  Mixtures mixtures_;
  std::vector<Value> values_;
  std::vector<std::uint32_t> different_;
};

}  // namespace scorelet::explain
