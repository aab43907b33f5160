// From a program to definitions: one formula for each lane that results need.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formulas/forest_table.hpp"
#include "formulas/formula.hpp"
#include "program/predicate.hpp"
#include "program/program.hpp"
#include "program/wiring.hpp"

namespace scorelet::formulas {

using program::Slot;

/// A formula with a name of its own.
struct Definition {
  std::string hint;  ///< what to call it
  Formula formula;   ///< null: the cell of `input`
  std::uint32_t input = 0;
  bool isNamed = false;  ///< the document names it: kept apart even where it is used once
};

/// What a lane of the program is in a sheet: numbers as numbers, texts as texts, booleans as TRUE and FALSE; a missing
/// value is the empty text, an invalid one an error.
struct Lane {
  Formula formula;
  DataType type = DataType::float64;
  bool mayBeMissing = true;
  bool mayBeInvalid = true;
  bool isSingle = false;  ///< every value is one of single precision, whatever the type
};

class Translation {
 public:
  /// `treesSheet`: ensembles of trees become a table of nodes on a sheet of that name where they fit one.
  Translation(const program::Program& program, const program::Wiring& wiring, std::string treesSheet = {});

  /// The lane of a slot. One that has no formula makes the step that asks refused as well.
  [[nodiscard]] const Lane& lane(Slot slot);
  /// The same as a number: TRUE counts as 1.
  [[nodiscard]] Lane numberLane(Slot slot);
  void set(Slot slot, Lane lane, std::string_view hint = {});
  /// Gives a formula a name, so that it can be used several times.
  [[nodiscard]] Formula define(std::string_view hint, Formula formula);
  /// Says why what is being translated has no formula.
  void refuse(std::string reason) {
    if (refusal_.empty()) refusal_ = std::move(reason);
  }
  /// Lets the refusal of one slot be that of another.
  void pass(Slot from, Slot to) { refusals_[to] = refusals_[from]; }
  [[nodiscard]] const std::string& hintOf(Slot slot) const { return hints_[slot]; }
  /// Empty, or why a slot has no formula.
  [[nodiscard]] const std::string& refusalOf(Slot slot) const { return refusals_[slot]; }

  /// A value of the program as a constant of type `type`.
  [[nodiscard]] Formula constant(Value v, DataType type);
  [[nodiscard]] Lane constantLane(Value v, DataType type);
  [[nodiscard]] const program::Program& program() const noexcept { return program_; }
  [[nodiscard]] std::vector<Definition>& definitions() noexcept { return definitions_; }
  /// Single precision was asked for somewhere: formulas compute in double.
  bool isSinglePrecision = false;
  NodeTable table;
  [[nodiscard]] bool makesTable() const noexcept { return !treesSheet_.empty(); }
  [[nodiscard]] const std::string& treesSheet() const noexcept { return treesSheet_; }
  [[nodiscard]] const program::Wiring& wiring() const noexcept { return wiring_; }

 private:
  void translate(const program::Wiring::Known& step);
  void readInput(const program::InputPlan& plan);

  const program::Program& program_;
  const program::Wiring& wiring_;
  const std::string treesSheet_;
  std::vector<std::optional<Lane>> lanes_;
  std::vector<std::string> refusals_;
  std::vector<std::string> hints_;  ///< by slot: what the document calls it
  const Lane nothing_{number(0)};   ///< stands for what has no formula
  std::string refusal_;             ///< of the step that is being translated
  std::vector<Definition> definitions_;
};

// --- Shared by the steps of all kinds.

/// `then` where all of `lanes` are present; missing where one is, and an error where one is invalid, which goes first.
[[nodiscard]] Formula whenPresent(const std::vector<Lane>& lanes, Formula then, Formula otherwise = missingFormula());
[[nodiscard]] bool anyMissing(const std::vector<Lane>& lanes);
[[nodiscard]] bool anyInvalid(const std::vector<Lane>& lanes);
/// x rounded to single precision.
[[nodiscard]] Formula toSingle(Translation& t, const Lane& x);
/// x in the lanes of another type.
[[nodiscard]] Lane cast(Translation& t, const Lane& x, DataType to);
/// The nearest integer, halves upward.
[[nodiscard]] Formula nearestInteger(Formula x);
/// A comparison of a present number with a constant, that holds for values of 15 digits as for doubles.
[[nodiscard]] Formula isBelow(const Lane& x, double limit);      // x < limit
[[nodiscard]] Formula isBelowOrAt(const Lane& x, double limit);  // x <= limit
[[nodiscard]] Formula isAbove(const Lane& x, double limit);
[[nodiscard]] Formula isAboveOrAt(const Lane& x, double limit);
/// A present lane is one of `values`.
[[nodiscard]] Formula isAmong(Translation& t, const Lane& x, std::span<const Value> values);
[[nodiscard]] Formula isIn(const Interval& interval, const Lane& x);
/// Domain checks and treatments of one field.
[[nodiscard]] Lane treat(Translation& t, Lane x, const program::Treatment& treatment, const std::string& hint);

/// Predicates in three-valued logic, as conditions that are TRUE or FALSE; errors pass.
class Truths {
 public:
  Truths(Translation& t, const program::Predicates& predicates) : t_(t), predicates_(predicates) {}
  [[nodiscard]] Formula isYes(std::uint32_t i);
  [[nodiscard]] Formula isNo(std::uint32_t i);
  [[nodiscard]] Formula isUnknown(std::uint32_t i);
  /// Some value that the predicate looks at may be invalid.
  [[nodiscard]] bool mayBeInvalid(std::uint32_t i);

 private:
  [[nodiscard]] Formula comparison(const program::Predicates::Node& node, const Lane& x, bool isTrue);
  Translation& t_;
  const program::Predicates& predicates_;
};

/// The number of the largest of several numbers as `values` say it, the first of equals.
[[nodiscard]] Formula largest(Translation& t, const Formulas& numbers, const Formulas& values);

}  // namespace scorelet::formulas
