// The models of tests/data/explain with their records.
#pragma once

#include <string>

#include <scorelet/explain.hpp>

#include "support/binding.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet::test {

inline std::string explainFolder(const std::string& id) { return projectRoot() + "/tests/data/explain/" + id; }

/// A model of the folder, ready to be asked.
struct ExplainedModel {
  explicit ExplainedModel(const std::string& id)
      : model(*Model::load(*readFile(explainFolder(id) + "/model.pmml"), {.explains = true})),
        rowTable(*tableFromCsv(explainFolder(id) + "/rows.csv")),
        backgroundTable(*tableFromCsv(explainFolder(id) + "/background.csv")),
        rowsBound(model, rowTable),
        backgroundBound(model, backgroundTable) {}
  [[nodiscard]] Batch rows() const { return rowsBound.batch(0, rowsBound.rows()); }
  [[nodiscard]] Batch row(std::size_t i) const { return rowsBound.batch(i, 1); }
  [[nodiscard]] Batch background() const { return backgroundBound.batch(0, backgroundBound.rows()); }
  [[nodiscard]] std::uint32_t input(const std::string& name) const {
    return static_cast<std::uint32_t>(model.inputIndex(name));
  }

  Model model;
  Table rowTable, backgroundTable;
  Binding rowsBound, backgroundBound;
};

/// The quantity that the manifest names; a regression has no classes, its margin is that of the one prediction.
inline Quantity quantityOf(const std::string& quantity, const std::string& output, const Model& model) {
  Quantity q;
  if (quantity == "margin") q.kind = Quantity::Kind::margin;
  if (quantity == "probability") q.kind = Quantity::Kind::probability;
  if (quantity != "prediction" && model.info().functionName == "classification") q.name = output;
  return q;
}

}  // namespace scorelet::test
