// The column operations that expressions compile to.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "functions/builtins.hpp"
#include "program/program.hpp"
#include "text/text_index.hpp"

namespace scorelet::program {

/// MiningField treatments inside nested models, domain of derived fields.
struct TreatStep final : Step {
  TreatStep(Slot from, Slot to, Treatment treatment) : from(from), to(to), treatment(std::move(treatment)) {}
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from, to;
  Treatment treatment;
  bool isList = false;  ///< treats the items
};

struct CastStep final : Step {
  CastStep(TypedSlot from, TypedSlot to) : from(from), to(to) {}
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  TypedSlot from, to;
};

/// Casts each item of a list.
struct CastItemsStep final : Step {
  CastItemsStep(TypedSlot from, TypedSlot to) : from(from), to(to) {}
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  TypedSlot from, to;
};

struct ReplaceMissingStep final : Step {
  ReplaceMissingStep(Slot from, Slot to, Value value) : from(from), to(to), value(value) {}
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from, to;
  Value value;
};

/// Copies lanes (results that join several sources).
struct CopyStep final : Step {
  CopyStep(Slot from, Slot to) : from(from), to(to) {}
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from, to;
};

/// Apply of a built-in function with the protocol of the standard: mapMissingTo, call, defaultValue, invalid treatment.
struct CallStep final : Step {
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  const functions::Builtin* function = nullptr;
  functions::Columns columns = nullptr;  ///< the function on whole columns, where it has such a form
  std::vector<Slot> arguments;
  std::vector<DataType> types;
  Slot to = kNoSlot;
  DataType resultType = DataType::float64;
  Value mapMissingTo = missing();
  Value defaultValue = missing();
  bool mapsMissing = false;       ///< any missing argument → mapMissingTo, function not called
  bool invalidIsMissing = false;  ///< invalidValueTreatment="asMissing"
  bool roundsToFloat = false;
  std::uint32_t place = 0;

 private:
  Value one(const Frame& frame, std::size_t i) const;
  Value call(const Frame& frame, std::span<const Value> values) const;
};

/// Apply@mapMissingTo of a function that was expanded in place: the replacement where any argument is missing.
struct FunctionResultStep final : Step {
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  std::vector<Slot> arguments;
  Slot from = kNoSlot, to = kNoSlot;
  bool mapsMissing = false, invalidIsMissing = false;
  Value mapMissingTo = missing(), defaultValue = missing();
};

/// NormContinuous: piecewise linear, also read backwards by neural outputs.
struct NormContinuousStep final : Step {
  enum class Outliers : std::uint8_t { asIs, asMissingValues, asExtremeValues };
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from = kNoSlot, to = kNoSlot;
  std::vector<double> orig, norm;
  Outliers outliers = Outliers::asIs;
  Value mapMissingTo = missing();
  bool roundsToFloat = false;  ///< of a network with x-mathContext="float"
};

struct NormDiscreteStep final : Step {
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from = kNoSlot, to = kNoSlot;
  Value value = missing();
  Value mapMissingTo = missing();
};

struct DiscretizeStep final : Step {
  struct Bin {
    Interval interval;
    Value value;
  };
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from = kNoSlot, to = kNoSlot;
  std::vector<Bin> bins;
  DataType type = DataType::string;  ///< of the values
  Value mapMissingTo = missing();
  Value defaultValue = missing();
};

/// MapValues: rows sorted by key; equal keys keep the first row.
struct MapValuesStep final : Step {
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  std::vector<Slot> keys;
  std::vector<Value> rows;    ///< keys.size() lanes per row, sorted
  std::vector<Value> values;  ///< per row
  Slot to = kNoSlot;
  DataType type = DataType::string;  ///< of the values
  Value mapMissingTo = missing();
  Value defaultValue = missing();
};

struct TextIndexStep final : Step {
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot text = kNoSlot, term = kNoSlot, to = kNoSlot;
  text::TextIndex index;
};

/// Aggregate over the items of a list.
struct AggregateStep final : Step {
  enum class Function : std::uint8_t { count, sum, average, min, max, multiset };
  void run(const Frame& frame) const override;
  void describe(Wiring& wiring) const override;
  Slot from = kNoSlot, to = kNoSlot;
  Function function = Function::count;
};

/// Lag: the value some records ago within a block of records, or an aggregate over the records before this one.
struct LagStep final : StatefulStep {
  enum class Aggregate : std::uint8_t { none, avg, max, median, min, product, sum, stddev };
  void run(const Frame& frame) const override;
  [[nodiscard]] std::unique_ptr<State> makeState() const override;
  Slot from = kNoSlot, to = kNoSlot;
  DataType type = DataType::float64;
  std::size_t n = 1;
  Aggregate aggregate = Aggregate::none;
  std::vector<TypedSlot> blocks;
};

}  // namespace scorelet::program
