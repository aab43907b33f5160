// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileGeneralRegressionModel(compile::ModelContext&);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileNeuralNetwork(compile::ModelContext&);
compile::ModelResult compileAnomalyDetectionModel(compile::ModelContext&);
compile::ModelResult compileClusteringModel(compile::ModelContext&);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileNearestNeighborModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileSupportVectorMachineModel(compile::ModelContext&);
compile::ModelResult compileNaiveBayesModel(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileRuleSetModel(compile::ModelContext&);
compile::ModelResult compileScorecard(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);
}  // namespace models

namespace compile {

namespace {
constexpr std::uint16_t kClassesAndNumbers = bitOf(MiningFunction::classification) | bitOf(MiningFunction::regression);
constexpr ModelType kModelTypes[] = {
    {"GeneralRegressionModel", models::compileGeneralRegressionModel, kClassesAndNumbers},
    {"MiningModel", models::compileMiningModel},
    {"RegressionModel", models::compileRegressionModel, kClassesAndNumbers},
    {"NeuralNetwork", models::compileNeuralNetwork, kClassesAndNumbers},
constexpr std::uint16_t kSingleAnswers = bitOf(MiningFunction::classification) | bitOf(MiningFunction::regression) |
                                         bitOf(MiningFunction::clustering) | bitOf(MiningFunction::mixed);
constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", models::compileAnomalyDetectionModel, kSingleAnswers},
    {"ClusteringModel", models::compileClusteringModel, bitOf(MiningFunction::clustering)},
    {"MiningModel", models::compileMiningModel},
    {"NearestNeighborModel", models::compileNearestNeighborModel, kSingleAnswers},
    {"RegressionModel", models::compileRegressionModel},
    {"SupportVectorMachineModel", models::compileSupportVectorMachineModel, kClassesAndNumbers},
    {"NaiveBayesModel", models::compileNaiveBayesModel},
    {"RegressionModel", models::compileRegressionModel},
    {"RuleSetModel", models::compileRuleSetModel},
    {"Scorecard", models::compileScorecard},
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
