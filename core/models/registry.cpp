// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileBaselineModel(compile::ModelContext&);
compile::ModelResult compileBayesianNetworkModel(compile::ModelContext&);
compile::ModelResult compileGaussianProcessModel(compile::ModelContext&);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);
}  // namespace models

namespace compile {

namespace {
constexpr ModelType kModelTypes[] = {
    {"BaselineModel", models::compileBaselineModel},
    {"BayesianNetworkModel", models::compileBayesianNetworkModel},
    {"GaussianProcessModel", models::compileGaussianProcessModel},
    {"MiningModel", models::compileMiningModel},
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
