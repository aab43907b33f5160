// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileTimeSeriesModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);
}  // namespace models

namespace compile {

namespace {
constexpr ModelType kModelTypes[] = {
    {"MiningModel", models::compileMiningModel},
    {"RegressionModel", models::compileRegressionModel},
    {"TimeSeriesModel", models::compileTimeSeriesModel},
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
