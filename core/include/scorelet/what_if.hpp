// What would change a prediction: curves, sensitivities, goals and counterfactuals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <scorelet/explain.hpp>

namespace scorelet {

/// Which side of a target is wanted.
enum class Relation : std::uint8_t { equals, atLeast, atMost };

/// The quantity along one field: `quantity[i]` where the field has `values[i]`; NaN where there is no prediction.
struct Curve {
  std::vector<ResultValue> values;
  std::vector<double> quantity;
};

/// How far one field moves the quantity, all others as in the record.
struct Sensitivity {
  std::uint32_t input = 0;    ///< index into `Model::inputs()`
  double low = 0, high = 0;   ///< least and greatest quantity over the field's values
  ResultValue atLow, atHigh;  ///< the values that give them
};

/// Values of a field with which the goal is reached, ends included; a number alone has from = to. Of a categorical
/// field each value is a range of its own.
struct GoalRange {
  ResultValue from, to;
};
struct Goal {
  std::vector<GoalRange> ranges;  ///< the nearest to the record's own value first
  ResultValue closest;  ///< the value that comes closest to the target; missing if no value gives a prediction
  double closestQuantity = 0;
};
struct GoalOptions {
  std::uint32_t input = 0;  ///< the field to move
  Relation relation = Relation::equals;
  double target = 0;                ///< in units of the quantity
  std::optional<double> low, high;  ///< narrower than the field's domain
};

/// What a counterfactual may do with a field; fields without an entry may take any value that the training data had
/// (see `WhatIf`).
struct FieldFreedom {
  std::uint32_t input = 0;
  bool isFrozen = false;
  std::optional<double> low, high;  ///< in place of the training data's least and greatest; inside the domain
  double step = 0;                  ///< values lie this far apart, counted from the record's own; 0: any
  int direction = 0;                ///< 1: only upwards, -1: only downwards
  double cost = 1;                  ///< of a move by one standard deviation of the background, or to another category
};
struct Change {
  std::uint32_t input = 0;
  ResultValue to;
};
struct Counterfactual {
  std::vector<Change> changes;
  double quantity = 0;
  double cost = 0;  ///< sum over the changes
};
struct CounterfactualOptions {
  Relation relation = Relation::atLeast;  ///< equals: within a thousandth of the quantity's range over the background
  double target = 0;
  std::vector<FieldFreedom> fields;
  std::size_t changes = 3;  ///< fields changed at most
  std::size_t count = 3;    ///< answers at most
  /// Asked now and then, with the share of the work that is done; false ends the search with what is found.
  std::function<bool(double done)> goOn;
};

/// Asks a model what would be if fields had other values. Values stay inside a field's domain: its declared intervals
/// or valid values, else what the background holds. Sensitivities and counterfactuals stay inside what the training
/// data had, too, where the model's statistics tell (`InputField::statistics`). Holds mutable buffers: one per thread.
class WhatIf {
 public:
  /// `background` gives domains, scales and averages; it may be empty where every field declares its domain. With
  /// `LoadOptions::explains` the thresholds of packed trees are known, and answers about them are exact.
  [[nodiscard]] static Expected<WhatIf> create(Model model, const Batch& background, const Quantity& quantity);
  ~WhatIf();
  WhatIf(WhatIf&&) noexcept;
  WhatIf& operator=(WhatIf&&) noexcept;

  // Each takes the first row of `record` (columns as `Model::inputs()`).

  [[nodiscard]] double quantity(const Batch& record);  ///< NaN if there is no prediction
  /// Values that show a field: numbers evenly over its domain, at most `points`; categories; integers one by one.
  [[nodiscard]] Expected<std::vector<ResultValue>> grid(std::uint32_t input, std::size_t points = 41) const;
  /// Individual conditional expectation (Goldstein et al. 2015).
  [[nodiscard]] Curve curve(const Batch& record, std::uint32_t input, std::span<const ResultValue> values);
  /// Partial dependence (Friedman 2001): the mean over the background records.
  [[nodiscard]] Curve partialDependence(std::uint32_t input, std::span<const ResultValue> values);
  /// Of all fields that have a domain, over the part of it that the training data had; the greatest span first.
  [[nodiscard]] std::vector<Sensitivity> tornado(const Batch& record, std::size_t points = 41);
  /// All values of one field that reach the target. Exact where the model's answers jump at thresholds it names
  /// (trees, rules, scorecards, discretised fields); where they change smoothly a crossing is found if the quantity is
  /// on different sides at two neighbours of 401 values, and then to the last bits.
  [[nodiscard]] Expected<Goal> goalSeek(const Batch& record, const GoalOptions& options);
  /// Few and small changes that reach the target: a beam search over fields (Wachter et al. 2017 for the notion,
  /// Mothilal et al. 2020 for diversity), each answer shrunk until no change could be smaller or left out.
  [[nodiscard]] Expected<std::vector<Counterfactual>> counterfactuals(const Batch& record,
                                                                      const CounterfactualOptions& options);

  [[nodiscard]] const Model& model() const noexcept;

 private:
  struct State;
  explicit WhatIf(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
