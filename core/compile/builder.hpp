// What compilation shares: the program under construction, slots, constants, budgets.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/datetime.hpp"
#include "document/fields.hpp"
#include "program/program.hpp"
#include "xml/document.hpp"

namespace scorelet::compile {

using program::kNoSlot;
using program::Slot;
using program::Steps;
using program::TypedSlot;

/// A name in scope: where its lanes are and what the document says of it.
struct Binding {
  TypedSlot value;
  OpType opType = OpType::continuous;
  bool isList = false;
  Slot sets = kNoSlot;  ///< of a list of lists: where in the list of all items each of them ends
  bool isCyclic = false;
  std::vector<Value> order;  ///< valid values as listed: the order of an ordinal field
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(value); }
};

/// What is compiled for: decides where steps go and which inputs count as used.
enum class Purpose : std::uint8_t {
  results,
  details,  ///< derived fields of the model that no result needs
  checks,   ///< those of models inside it: only their faults are of interest
};

class Builder {
 public:
  Builder(program::Program& program, xml::Element pmml, const document::DataDictionary& dictionary,
          const LoadOptions& options)
      : program_(program), pmml_(pmml), dictionary_(dictionary), options_(options), strings_(program.symbols) {
    hasEmbeddedModels = pmml.isMentioned("Regression") || pmml.isMentioned("DecisionTree");
  }

  [[nodiscard]] program::Program& program() noexcept { return program_; }
  [[nodiscard]] xml::Element pmml() const noexcept { return pmml_; }
  [[nodiscard]] const document::DataDictionary& dictionary() const noexcept { return dictionary_; }
  [[nodiscard]] const Limits& limits() const noexcept { return program_.limits; }

  [[nodiscard]] const LoadOptions& options() const noexcept { return options_; }

  [[nodiscard]] Slot newSlot() noexcept { return program_.slotCount++; }
  [[nodiscard]] Slot newSlots(std::size_t n) noexcept {
    const Slot first = program_.slotCount;
    program_.slotCount += static_cast<Slot>(n);
    return first;
  }
  /// A slot that always holds `v`; equal constants share one.
  [[nodiscard]] TypedSlot constant(Value v, DataType type);
  /// What a slot made by `constant` holds.
  [[nodiscard]] std::optional<Value> constantOf(Slot slot) const noexcept;
  [[nodiscard]] TypedSlot missingOf(DataType type) { return constant(missing(), type); }

  /// A text that lives as long as the compilation, as the document's own do.
  [[nodiscard]] std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  /// The id of a text, interned for good.
  [[nodiscard]] Value symbol(std::string_view text) { return Value(program_.symbols.intern(text)); }
  /// The symbol of a number that counts things from 1: nodes without an id, rules …
  [[nodiscard]] Value ordinal(std::size_t n);
  [[nodiscard]] std::string_view textOf(Value symbol) const noexcept {
    return program_.symbols.text(static_cast<std::uint32_t>(symbol));
  }
  /// A constant of the document in the lanes of `type`; reports text that does not fit.
  [[nodiscard]] Value literal(std::string_view text, DataType type, xml::Element at, std::string_view attribute = {});
  /// The type of an expression that may also yield `text`: one of integers becomes real where the text is no integer.
  [[nodiscard]] DataType widened(DataType type, std::optional<std::string_view> text) const;
  /// The text of a value of `type`.
  [[nodiscard]] std::string toText(Value v, DataType type) const;

  std::uint32_t addInput(std::string_view name, InputField field) {
    const auto at = static_cast<std::uint32_t>(program_.inputs.size());
    inputs_.emplace(name, at);
    program_.inputs.push_back(std::move(field));
    return at;
  }
  /// Where an input of that name is among the program's.
  [[nodiscard]] std::optional<std::uint32_t> inputOf(std::string_view name) const noexcept {
    const auto at = inputs_.find(name);
    return at == inputs_.end() ? std::nullopt : std::optional(at->second);
  }

  /// A number that names `name` in the payload of invalid values.
  [[nodiscard]] std::uint32_t place(std::string_view name);

  /// Charges `n` expression nodes; false (and one diagnostic) when the budget is spent.
  [[nodiscard]] bool charge(xml::Element at, std::uint32_t n = 1);
  /// The same for numbers that a table needs and the document does not list (absent counts): cheaper than nodes.
  [[nodiscard]] bool chargeCells(xml::Element at, std::size_t cells);

  /// Gives a step its memory between rows.
  void keepState(program::StatefulStep& step) {
    if (purpose == Purpose::checks) return;
    step.state = static_cast<std::uint32_t>(program_.stateful.size());
    program_.stateful.push_back(&step);
  }
  [[nodiscard]] std::size_t statefulCount() const noexcept { return program_.stateful.size(); }

  Purpose purpose = Purpose::results;
  Steps unused;  ///< steps that were compiled for `Purpose::checks`

  /// The part of the program that reads the inputs that are bound now.
  [[nodiscard]] program::Plan& plan() noexcept {
    return purpose == Purpose::results ? program_.forResults : program_.forDetails;
  }
  /// Where steps go now that for results belong into `body`.
  [[nodiscard]] Steps& bodyOr(Steps& body) noexcept {
    if (purpose == Purpose::results) return body;
    return purpose == Purpose::details ? program_.forDetails.steps : unused;
  }

  /// Input fields that hold the values of a group of records: those that Aggregate names, and what models add.
  std::set<std::string_view> listFields;
  std::set<std::string_view> setFields;     ///< those of them whose items may be lists: one set per transaction
  bool hasEmbeddedModels;                   ///< models inside the nodes of trees, or inside a MiningModel
  std::vector<std::string_view> expanding;  ///< names of the DefineFunctions being expanded: cycle check

 private:
  program::Program& program_;
  xml::Element pmml_;
  const document::DataDictionary& dictionary_;
  const LoadOptions& options_;
  Strings strings_;
  std::unordered_map<std::string_view, std::uint32_t> inputs_;
  std::map<std::pair<std::uint64_t, DataType>, Slot> constants_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
  std::deque<std::string> kept_;
  std::vector<Value> ordinals_;
  std::uint32_t nodes_ = 0;
  bool spent_ = false;
};

}  // namespace scorelet::compile
