// The compiled model: immutable, shareable, free of the document.
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <scorelet/model.hpp>

#include "base/strings.hpp"
#include "program/frame.hpp"

namespace scorelet::program {

/// A slot with the type of its lanes.
struct TypedSlot {
  Slot slot = kNoSlot;
  DataType type = DataType::float64;
  DataType item = DataType::float64;  ///< of a list's items
  [[nodiscard]] explicit operator bool() const noexcept { return slot != kNoSlot; }
  /// A value, or a list of such values.
  [[nodiscard]] static TypedSlot of(Slot slot, DataType type, bool isList) noexcept {
    return isList ? TypedSlot{slot, DataType::list, type} : TypedSlot{slot, type};
  }
};

/// A slot that always holds the same.
struct Constant {
  Slot slot = kNoSlot;
  Value value = missing();
  DataType type = DataType::float64;
};

/// How raw input columns become the lanes of a field (spec: Mining Schema; order of treatments in docs/readings.md).
struct InputPlan {
  std::uint32_t input = 0;  ///< index into `Program::inputs`
  Slot slot = kNoSlot;
  DataType type = DataType::float64;
  bool isList = false;
  Slot sets = kNoSlot;       ///< a list of lists: `slot` holds the items of all of them, this where each one ends
  std::uint32_t domain = 0;  ///< index into `Program::treatments`
  /// Numbers in this range pass as they are (of a float, once it is rounded; of an integer, whole ones). At first none.
  double least = std::numeric_limits<double>::infinity(), most = -std::numeric_limits<double>::infinity();
};

/// Domain checks and treatments of one field, on lanes.
struct Treatment {
  std::uint32_t field = 0;  ///< for the payload of invalid values: index into `Program::fieldNames`
  DataType type = DataType::float64;
  std::vector<Value> validValues, invalidValues, missingValues;  ///< sorted
  std::vector<Interval> intervals;
  bool checksDomain = false;  ///< there are listed valid values or intervals
  bool isInner = false;       ///< of a model inside a model: values are checked only where the document says so,
                              ///< and an invalid value of the outer model stays what it is
  bool checksValidity = true;
  InvalidValueTreatment invalidTreatment = InvalidValueTreatment::returnInvalid;
  Value invalidReplacement = missing();
  OutlierTreatment outliers = OutlierTreatment::asIs;
  double low = 0, high = 0;
  bool hasLow = false, hasHigh = false;
  bool missingIsInvalid = false;  ///< missingValueTreatment="returnInvalid"
  Value missingReplacement = missing();

  /// Whether no rule is about values that are there.
  [[nodiscard]] bool passesAll() const noexcept {
    return missingValues.empty() && invalidValues.empty() && !checksDomain && outliers == OutlierTreatment::asIs;
  }
  /// One value through all rules. Input: present, missing, or invalid(notCastable).
  [[nodiscard]] Value apply(Value v) const noexcept;
  /// The same for each of at most `kChunk` lanes.
  void apply(std::span<Value> lanes) const noexcept;
  /// A list as a whole; its items are treated one by one. There is no replacement for a list that is missing.
  [[nodiscard]] Value applyToList(Value v) const noexcept {
    return isMissing(v) && missingIsInvalid ? invalid(Reason::missingNotAllowed, field) : v;
  }
};

/// Slots that `Scorer::details` reads.
struct DetailPlan {
  TypedSlot predictedValue, predictedDisplayValue, entityId;
  std::vector<std::pair<std::string, Slot>> probability, confidence, affinity;
  struct Derived {
    std::string name;
    TypedSlot value;
    std::vector<Slot> active;  ///< all of these are 1 where the model that the field belongs to is asked
  };
  std::vector<Derived> derived;
};

/// Records of the document's ModelVerification.
struct VerificationPlan {
  struct Expected {
    int result = -1;   ///< index into `Program::results`; -1: see `probabilityOf` and `predicted`
    std::string name;  ///< field as the document names it
    double precision = 1e-6, zeroThreshold = 1e-16;
    std::vector<std::string> values;  ///< per record; an absent cell is not compared
    std::vector<bool> present;
  };
  struct Input {
    std::uint32_t input = 0;
    std::vector<std::string> values;
    std::vector<bool> present;
  };
  std::size_t records = 0;
  std::vector<Input> inputs;
  std::vector<Expected> expected;
};

/// What is read and run for a chunk of rows.
struct Plan {
  std::vector<InputPlan> inputs;
  Steps steps;
};

struct Program {
  Symbols symbols;
  ModelInfo info;
  std::vector<InputField> inputs, targets;
  std::vector<ResultField> results;
  std::vector<TypedSlot> resultSlots;   ///< parallel to `results`
  std::vector<std::string> fieldNames;  ///< places that invalid values may name
  Diagnostics notes;

  std::vector<Constant> constants;
  std::vector<Treatment> treatments;
  Plan forResults;
  Plan forDetails;  ///< run after it where details are kept: derived fields that no result needs
  Slot slotCount = 0;
  std::vector<const StatefulStep*> stateful;  ///< in the order of their state numbers
  std::uint64_t fingerprint = 0;              ///< of the document and the choices made at load: whose state is it?

  DetailPlan details;
  VerificationPlan verification;
  Limits limits;
};

}  // namespace scorelet::program
