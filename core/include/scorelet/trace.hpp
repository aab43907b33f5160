// How a number came about: what became of the inputs, what was derived, and what was added up.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <scorelet/explain.hpp>

namespace scorelet {

struct Trace {
  /// What the treatments of MiningSchema and DataDictionary did with a value.
  enum class Treatment : std::uint8_t {
    asGiven,
    missing,    ///< not given, and nothing takes its place
    replaced,   ///< not given, or not usable: `used` takes its place
    asMissing,  ///< given, but counted as missing
    invalid,    ///< given, and no prediction is possible with it
  };
  struct Input {
    std::uint32_t input = 0;  ///< index into `Model::inputs()`
    ResultValue given, used;
    Treatment treatment = Treatment::asGiven;
  };
  /// A summand that is no tree: weight · value, `fields` being what its value is made of.
  struct Term {
    std::vector<std::string> fields;
    double weight = 1, value = 0;
  };
  struct Test {
    enum class Outcome : std::uint8_t { below, notBelow, in, notIn, missing };
    std::string field;
    Outcome outcome = Outcome::below;
    double threshold = 0;             ///< below, notBelow
    std::vector<std::string> values;  ///< in, notIn: the set
  };
  struct Tree {
    std::vector<Test> path;  ///< from the root to the leaf
    double share = 0;        ///< what the leaf adds
  };

  std::vector<Input> inputs;  ///< those that results depend on
  std::vector<std::pair<std::string, ResultValue>> derived;
  /// The quantity as a sum, as far as the model is one: value = constant + terms + trees. Empty if it is none.
  bool isSum = false;
  double constant = 0;
  std::vector<Term> terms;
  std::vector<Tree> trees;
  double value = 0;  ///< of the quantity; NaN if there is none
};
[[nodiscard]] std::string_view treatmentName(Trace::Treatment treatment) noexcept;

/// Traces the first row of `record` (columns as `Model::inputs()`); trees need `LoadOptions::explains`.
[[nodiscard]] Expected<Trace> trace(const Model& model, const Batch& record, const Quantity& quantity);

}  // namespace scorelet
