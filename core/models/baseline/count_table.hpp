// CountTable and NormalizedCountTable (spec: Baseline Models, "COUNT-TABLE-TYPE").
#pragma once

#include <vector>

#include "compile/model.hpp"

namespace scorelet::models::baseline {

/// A field whose values are counted.
struct CountedField {
  compile::TypedSlot value;
  std::string_view name;
};

struct CountTable {
  struct Cell {
    std::vector<std::string> values;  ///< as text in the form of the field's type, one per field
    double count = 0;
  };
  std::vector<CountedField> fields;
  std::vector<Cell> cells;  ///< in document order
  double total = 0;
};

/// Reads a table and binds its fields. Nothing counts in an empty one: that is reported.
[[nodiscard]] CountTable readCountTable(compile::ModelContext& context, xml::Element table);

}  // namespace scorelet::models::baseline
