// The model types that are scored: one line each.
#include "compile/model.hpp"

namespace scorelet {

namespace models {
compile::ModelResult compileAnomalyDetectionModel(compile::ModelContext&);
compile::ModelResult compileAssociationModel(compile::ModelContext&);
compile::ModelResult compileBaselineModel(compile::ModelContext&);
compile::ModelResult compileBayesianNetworkModel(compile::ModelContext&);
compile::ModelResult compileClusteringModel(compile::ModelContext&);
compile::ModelResult compileGaussianProcessModel(compile::ModelContext&);
compile::ModelResult compileGeneralRegressionModel(compile::ModelContext&);
compile::ModelResult compileMiningModel(compile::ModelContext&);
compile::ModelResult compileNaiveBayesModel(compile::ModelContext&);
compile::ModelResult compileNearestNeighborModel(compile::ModelContext&);
compile::ModelResult compileNeuralNetwork(compile::ModelContext&);
compile::ModelResult compileRegressionModel(compile::ModelContext&);
compile::ModelResult compileRuleSetModel(compile::ModelContext&);
compile::ModelResult compileScorecard(compile::ModelContext&);
compile::ModelResult compileSequenceModel(compile::ModelContext&);
compile::ModelResult compileSupportVectorMachineModel(compile::ModelContext&);
compile::ModelResult compileTextModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);

void findAssociationLists(compile::Builder&, xml::Element model);
void findSequenceLists(compile::Builder&, xml::Element model);
}  // namespace models

namespace compile {

namespace {
constexpr std::uint16_t kAny = 0xFFFF;
constexpr std::uint16_t kClassesAndNumbers = bitOf(MiningFunction::classification) | bitOf(MiningFunction::regression);
constexpr std::uint16_t kSingleAnswers =
    kClassesAndNumbers | bitOf(MiningFunction::clustering) | bitOf(MiningFunction::mixed);

constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", models::compileAnomalyDetectionModel, kSingleAnswers},
    {"AssociationModel", models::compileAssociationModel, kAny, models::findAssociationLists},
    {"BaselineModel", models::compileBaselineModel},
    {"BayesianNetworkModel", models::compileBayesianNetworkModel},
    {"ClusteringModel", models::compileClusteringModel, bitOf(MiningFunction::clustering)},
    {"GaussianProcessModel", models::compileGaussianProcessModel},
    {"GeneralRegressionModel", models::compileGeneralRegressionModel, kClassesAndNumbers},
    {"MiningModel", models::compileMiningModel},
    {"NaiveBayesModel", models::compileNaiveBayesModel},
    {"NearestNeighborModel", models::compileNearestNeighborModel, kSingleAnswers},
    {"NeuralNetwork", models::compileNeuralNetwork, kClassesAndNumbers},
    {"RegressionModel", models::compileRegressionModel, kClassesAndNumbers},
    {"RuleSetModel", models::compileRuleSetModel},
    {"Scorecard", models::compileScorecard},
    {"SequenceModel", models::compileSequenceModel, kAny, models::findSequenceLists},
    {"SupportVectorMachineModel", models::compileSupportVectorMachineModel, kClassesAndNumbers},
    {"TextModel", models::compileTextModel},
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
