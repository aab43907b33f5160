// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileAnomalyDetectionModel(compile::ModelContext&);
compile::ModelResult compileClusteringModel(compile::ModelContext&);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileNearestNeighborModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);
}  // namespace models

namespace compile {

namespace {
constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", models::compileAnomalyDetectionModel},
    {"ClusteringModel", models::compileClusteringModel},
    {"MiningModel", models::compileMiningModel},
    {"NearestNeighborModel", models::compileNearestNeighborModel},
    {"RegressionModel", models::compileRegressionModel},
    {"TreeModel", models::compileTreeModel},
};
}  // namespace

const ModelType* findModelType(std::string_view element) noexcept {
  for (const ModelType& t : kModelTypes)
    if (t.element == element) return &t;
  return nullptr;
}

}  // namespace compile
}  // namespace scorelet
