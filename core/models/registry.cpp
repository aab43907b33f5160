// The model types that are scored: one line each.
#include <initializer_list>

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
compile::ModelResult compileTimeSeriesModel(compile::ModelContext&);
compile::ModelResult compileTreeModel(compile::ModelContext&);

void findAssociationLists(compile::Builder&, xml::Element model);
void findSequenceLists(compile::Builder&, xml::Element model);
}  // namespace models

namespace compile {

namespace {
/// The functionNames for which the chapters define a scoring.
constexpr std::uint16_t bits(std::initializer_list<MiningFunction> functions) {
  std::uint16_t all = 0;
  for (const MiningFunction f : functions) all |= bitOf(f);
  return all;
}
using enum MiningFunction;
constexpr std::uint16_t kClassesAndNumbers = bits({classification, regression});
constexpr std::uint16_t kSingleAnswers = bits({classification, regression, clustering, mixed});
// Forecasts of older producers say regression, sequences of some associationRules.
constexpr std::uint16_t kForecasts = bits({timeSeries, regression});
constexpr std::uint16_t kSequences = bits({sequences, associationRules});

constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", models::compileAnomalyDetectionModel, kSingleAnswers},
    {"AssociationModel", models::compileAssociationModel, bits({associationRules}), models::findAssociationLists},
    {"BaselineModel", models::compileBaselineModel, bits({regression})},
    {"BayesianNetworkModel", models::compileBayesianNetworkModel, kClassesAndNumbers},
    {"ClusteringModel", models::compileClusteringModel, bits({clustering})},
    {"GaussianProcessModel", models::compileGaussianProcessModel, bits({regression})},
    {"GeneralRegressionModel", models::compileGeneralRegressionModel, kClassesAndNumbers},
    {"MiningModel", models::compileMiningModel},
    {"NaiveBayesModel", models::compileNaiveBayesModel, bits({classification})},
    {"NearestNeighborModel", models::compileNearestNeighborModel, kSingleAnswers},
    {"NeuralNetwork", models::compileNeuralNetwork, kClassesAndNumbers},
    {"RegressionModel", models::compileRegressionModel, kClassesAndNumbers},
    {"RuleSetModel", models::compileRuleSetModel, kClassesAndNumbers},
    {"Scorecard", models::compileScorecard, bits({regression})},
    {"SequenceModel", models::compileSequenceModel, kSequences, models::findSequenceLists},
    {"SupportVectorMachineModel", models::compileSupportVectorMachineModel, kClassesAndNumbers},
    {"TextModel", models::compileTextModel, bits({classification, clustering})},
    {"TimeSeriesModel", models::compileTimeSeriesModel, kForecasts},
    {"TreeModel", models::compileTreeModel, kClassesAndNumbers},
};
}  // namespace

std::span<const ModelType> modelTypes() noexcept { return kModelTypes; }

const ModelType* findModelType(std::string_view element) noexcept {
  for (const ModelType& t : kModelTypes)
    if (t.element == element) return &t;
  return nullptr;
}

}  // namespace compile
}  // namespace scorelet
