// The quantity of one record, and of the same record with some fields replaced.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <scorelet/what_if.hpp>

#include "explain/domain.hpp"
#include "explain/probe.hpp"
#include "explain/table.hpp"

namespace scorelet::explain {

/// A value as a cell that views it.
[[nodiscard]] inline Cell cellOf(const ResultValue& v) noexcept {
  switch (v.kind) {
    case ResultValue::Kind::number: return Cell::of(v.number);
    case ResultValue::Kind::boolean: return Cell::of(v.number != 0);
    case ResultValue::Kind::text: return Cell::of(std::string_view(v.text));
    default: return Cell::none();
  }
}
[[nodiscard]] ResultValue valueOf(double x);
[[nodiscard]] ResultValue valueOf(std::string text);
/// The number in a cell, if there is one.
[[nodiscard]] std::optional<double> numberIn(const Cell& cell);
/// What a cell holds as the text of a category.
[[nodiscard]] std::string textIn(const Cell& cell);

/// Whether a quantity reaches a target. A prediction that is not there reaches none.
[[nodiscard]] inline bool reaches(Value quantity, Relation relation, double target, double tolerance = 0) noexcept {
  switch (relation) {
    case Relation::atLeast: return quantity >= target;
    case Relation::atMost: return quantity <= target;
    case Relation::equals: break;
  }
  return quantity >= target - tolerance && quantity <= target + tolerance;
}

class Asker {
 public:
  Asker(const program::Program& program, Target target) : probe_(program, target), mixtures_(program.inputs.size()) {}

  /// Takes over the first row of `batch`.
  void setRecord(const Batch& batch);
  [[nodiscard]] std::span<const Cell> record() const noexcept { return record_->row(0); }

  struct Replaced {
    std::uint32_t input;
    Cell cell;
  };
  [[nodiscard]] Value ask(std::span<const Replaced> replaced);
  [[nodiscard]] Value ask(std::uint32_t input, double x) {
    const Replaced replaced{input, Cell::of(x)};
    return ask({&replaced, 1});
  }
  /// Many at once: `clear`, then `add` each, then `answers`.
  void clear() noexcept { mixtures_.clear(); }
  void add(std::span<const Replaced> replaced);
  [[nodiscard]] std::size_t size() const noexcept { return mixtures_.rows(); }
  [[nodiscard]] const std::vector<Value>& answers();
  [[nodiscard]] Probe& probe() noexcept { return probe_; }

 private:
  Probe probe_;
  Mixtures mixtures_;
  std::optional<Table> record_;
  std::vector<Value> values_;
};

/// Points that show a numeric field: evenly spaced, and both sides of each cut. Ascending.
[[nodiscard]] std::vector<double> pointsOf(const Domain& domain, std::span<const double> cuts, std::size_t points);

[[nodiscard]] Goal seekGoal(Asker& asker, const Domain& domain, std::span<const double> cuts,
                            const GoalOptions& options);

/// A field that counterfactuals may change.
struct FreeField {
  FieldFreedom freedom;
  Domain domain;
  std::vector<double> cuts;
};
[[nodiscard]] std::vector<Counterfactual> findCounterfactuals(Asker& asker, std::span<const FreeField> fields,
                                                              const CounterfactualOptions& options, double tolerance);

}  // namespace scorelet::explain
