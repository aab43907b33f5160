// What the three kinds of answer share while they are compiled.
#pragma once

#include <optional>
#include <string_view>

#include "models/general_regression/link.hpp"
#include "models/general_regression/read.hpp"

namespace scorelet::models::general_regression {

/// @modelType.
enum class Family : std::uint8_t {
  regression,
  generalLinear,
  generalizedLinear,
  multinomialLogistic,
  ordinalMultinomial,
  coxRegression,
  logLinear
};

struct Compilation {
  ModelContext& context;
  xml::Element model;
  compile::Builder& builder;
  Reader reader;
  Family family;

  /// The link that `attribute` names, with its parameter; nothing after a report.
  [[nodiscard]] std::optional<Link> link(std::string_view attribute) const;
  /// A number for every record: that of the field which `variable` names, a constant, or `otherwise`. kNoSlot after a
  /// report.
  [[nodiscard]] Slot number(std::string_view variable, std::string_view value, double otherwise) const;
  /// The equation of a model without classes; targetCategory, if present, is the same in all of its cells.
  [[nodiscard]] std::optional<Equation> onlyEquation();
};

[[nodiscard]] compile::ModelResult compileMean(Compilation&);
[[nodiscard]] compile::ModelResult compileClasses(Compilation&);
[[nodiscard]] compile::ModelResult compileCox(Compilation&);

}  // namespace scorelet::models::general_regression
