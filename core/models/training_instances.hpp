// TrainingInstances: the records that a model carries along (spec: Nearest Neighbors, "TrainingInstances").
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::models {

struct TrainingInstances {
  struct Field {
    std::string_view field, column;
    xml::Element at;
  };
  std::vector<Field> fields;
  std::vector<xml::Element> rows;

  [[nodiscard]] const Field* find(std::string_view field) const noexcept {
    for (const Field& f : fields)
      if (f.field == field) return &f;
    return nullptr;
  }
};

/// The child TrainingInstances of `model`; nothing after a report. @recordCount and @fieldCount must tell the truth:
/// a table that lost rows would score quietly and wrongly.
[[nodiscard]] std::optional<TrainingInstances> readTrainingInstances(xml::Element model);

/// A cell as a number; an absent one or one that is no number is reported.
[[nodiscard]] double numberOf(xml::Element row, const TrainingInstances::Field& field);

}  // namespace scorelet::models
