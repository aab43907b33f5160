// Loading a PMML document and scoring rows with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/fields.hpp>

namespace scorelet {

namespace program {
struct Program;
}
class Scratch;

/// Bounds on a hostile document or row. Every default is generous for real models.
struct Limits {
  std::size_t documentBytes = std::size_t{512} << 20;  ///< size of the XML
  std::uint32_t depth = 512;                           ///< nesting of elements
  std::uint32_t elements = 50'000'000;                 ///< XML elements
  std::uint32_t expressionDepth = 256;                 ///< nesting after functions are expanded
  std::uint32_t expressionNodes = 4'000'000;           ///< size after functions are expanded
  std::uint32_t segmentDepth = 16;                     ///< models inside models
  std::uint32_t regexSteps = 1'000'000;                ///< match steps of one regular expression call
  std::uint32_t textBytes = 1 << 20;                   ///< length of one produced or matched text
  std::uint32_t listItems = 1'000'000;                 ///< items in one grouped value
  std::uint32_t forecastSteps = 10'000;                ///< longest forecast horizon
  std::uint32_t matrixRows = 4'000;                    ///< of a matrix that is factored at load (Gaussian processes)
  std::uint32_t inferenceCells = 1 << 20;              ///< of all tables that one record needs (Bayesian networks)
  std::uint32_t reportedDiagnostics = 200;             ///< findings listed before the rest is only counted
};

struct LoadOptions {
  Limits limits;
  std::string modelName;  ///< which model of the document; empty: the first that is scorable
  /// Time series: forecasts are made for the steps 1…horizon where the document has no input field that says how many.
  std::uint32_t horizon = 1;
  /// Keeps what `Explainer` needs of ensembles of trees beside their packed form (some 60 bytes a node).
  bool explains = false;
  /// False while a module in two parts (wasm/cut.py) has only its first one: model types of the second are refused as
  /// `furtherPart`.
  bool hasFurtherTypes = true;
};

/// An immutable, compiled model. Cheap to copy (shared); safe to use from several threads,
/// each with a `Scorer` of its own.
class Model {
 public:
  /// Parses, checks and compiles a PMML document, or what `compileDocument` made of one. On failure: every fault found,
  /// not only the first. The bytes are not needed afterwards.
  [[nodiscard]] static Expected<Model> load(std::span<const std::byte> pmml, const LoadOptions& options = {});
  [[nodiscard]] static Expected<Model> load(std::string_view pmml, const LoadOptions& options = {});

  /// Warnings and notes of a successful load.
  [[nodiscard]] const Diagnostics& notes() const noexcept;
  [[nodiscard]] const ModelInfo& info() const noexcept;
  /// Fields to supply, in the order in which `Batch::columns` are bound. Target fields are not among
  /// them unless an Output needs the actual value (`residual`).
  [[nodiscard]] std::span<const InputField> inputs() const noexcept;
  /// Target fields of the top-level MiningSchema (name, type, domain).
  [[nodiscard]] std::span<const InputField> targets() const noexcept;
  /// Result columns: targets first, then OutputFields in document order.
  [[nodiscard]] std::span<const ResultField> results() const noexcept;
  /// Index into `inputs()`, or -1.
  [[nodiscard]] int inputIndex(std::string_view name) const noexcept;
  /// Index into `results()`, or -1.
  [[nodiscard]] int resultIndex(std::string_view name) const noexcept;
  /// What stands for a text in `Scorer::scoreRecord`. Empty for a text that the document does not mention: a record
  /// that holds one goes through `Scorer::score`.
  [[nodiscard]] std::optional<double> numberOf(std::string_view text) const noexcept;
  /// The text that a number of `numberOf` stands for; empty for others.
  [[nodiscard]] std::optional<std::string_view> textOf(double number) const noexcept;
  /// True if results depend on earlier rows (Lag, baselines): row order matters and `Scorer` keeps state.
  [[nodiscard]] bool isStateful() const noexcept;
  /// Bytes held by the compiled program.
  [[nodiscard]] std::size_t memoryBytes() const noexcept;
  /// The model as JSON: info, inputs, targets, results, notes (schema in docs/describe.md).
  [[nodiscard]] std::string describeJson() const;

  [[nodiscard]] const program::Program& program() const noexcept { return *program_; }

 private:
  friend struct ModelAccess;
  std::shared_ptr<const program::Program> program_;
};

/// A value of a result or detail: missing, number, boolean or text (dates in ISO form), or a list.
struct ResultValue {
  enum class Kind : std::uint8_t { missing, number, boolean, text, list };
  Kind kind = Kind::missing;
  double number = 0;
  std::string text;
  std::vector<ResultValue> items;
};

/// Everything known about one row beyond its result columns.
struct RowDetails {
  struct Weighted {
    std::string key;
    double value;
  };
  ResultValue predictedValue;
  ResultValue predictedDisplayValue;
  ResultValue entityId;
  std::vector<Weighted> probability, confidence, affinity;
  std::vector<std::pair<std::string, ResultValue>> derived;
};

/// Scores batches. Owns all mutable state, which is reused: one per thread.
class Scorer {
 public:
  explicit Scorer(Model model);
  ~Scorer();
  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;

  /// Scores all rows. Afterwards the accessors below speak of this batch, until the next call.
  /// The answer of a row does not depend on the batch around it (stateful models: only on the rows before it).
  void score(const Batch& batch);
  /// Scores one record of plain numbers, the way with the least around it. `values[i]` belongs to `Model::inputs()[i]`
  /// and is read as a column of numbers is (NaN, and what is not there, is missing), but for a text it is the number
  /// that `Model::numberOf` gives; a grouped field takes lists, which this cannot hold. Writes one lane of each of
  /// `Model::results()`, as `column` gives them. The accessors below then speak of this record.
  void scoreRecord(std::span<const double> values, std::span<double> results);

  [[nodiscard]] std::size_t rows() const noexcept;
  /// Result column `c` of `Model::results()`, one lane per row. Numbers as numbers, booleans 0/1, dates as
  /// days or seconds since 1970-01-01; text columns hold ids (use `text`). Missing and invalid are NaN.
  [[nodiscard]] std::span<const double> column(std::size_t c) const noexcept;
  [[nodiscard]] bool isMissing(std::size_t c, std::size_t row) const noexcept;  ///< missing or invalid
  /// The value as text: numbers in shortest round-trip form, dates ISO. Empty when missing.
  [[nodiscard]] std::string text(std::size_t c, std::size_t row) const;
  [[nodiscard]] ResultValue value(std::size_t c, std::size_t row) const;
  /// Text of a text column without a copy; valid until the next `score`.
  [[nodiscard]] std::string_view view(std::size_t c, std::size_t row) const noexcept;
  /// True if the row has no diagnostics (all its results could be computed; missing is an answer too).
  [[nodiscard]] bool ok(std::size_t row) const noexcept;
  /// Why a row has no (complete) answer; empty if `ok`.
  [[nodiscard]] Diagnostics diagnostics(std::size_t row) const;
  /// Of one row of the last batch; empty if `keepDetails(false)` was said before it was scored.
  [[nodiscard]] RowDetails details(std::size_t row) const;

  /// Whether `score` keeps what `details` needs (default: yes). Hosts that never ask save the copies, and derived
  /// fields that no result needs are not computed. (If such a field looks back, with Lag, it sees the rows that had
  /// details.)
  void keepDetails(bool keep) noexcept;

  /// Forgets the rows seen so far (stateful models).
  void reset();

  /// What the rows seen so far left behind (stateful models: Lag, baselines), to go on elsewhere or later: a scorer of
  /// the same model that restores these bytes answers the rows that follow as this one would, to the bit. The bytes
  /// are the same on every target. They hold values of the rows, texts included, in the clear.
  [[nodiscard]] std::vector<std::byte> saveState() const;
  /// Takes over what `saveState` gave. Bytes of another document, of other load options or of an unknown version, and
  /// bytes that no scorer saved, are refused; the scorer then keeps the state that it has.
  [[nodiscard]] Expected<void> restoreState(std::span<const std::byte> bytes);

  [[nodiscard]] const Model& model() const noexcept { return model_; }

 private:
  Model model_;
  std::unique_ptr<Scratch> scratch_;
};

/// One field of one ModelVerification record that did not come out as recorded.
struct VerificationMismatch {
  std::size_t record = 0;  ///< 1-based
  std::string field, expected, actual;
};
struct VerificationReport {
  std::size_t records = 0;
  std::size_t fields = 0;  ///< result fields compared per record
  std::vector<VerificationMismatch> mismatches;
  Diagnostics diagnostics;            ///< records that could not be scored
  std::vector<std::size_t> unscored;  ///< their numbers, 1-based, ascending
  /// The inputs of the first record as recorded: field and value, without those that it leaves out.
  std::vector<std::pair<std::string, std::string>> firstRecord;
  [[nodiscard]] bool passed() const noexcept { return mismatches.empty() && diagnostics.empty(); }
};
/// Runs the document's own ModelVerification (spec: Model Verification; relative `precision`, `zeroThreshold`).
/// `records` is 0 when the document has none.
[[nodiscard]] VerificationReport verify(const Model& model);

}  // namespace scorelet
