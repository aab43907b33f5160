// The model types that are scored: one line each. A build may leave some out (wasm/CMakeLists.txt).
#include <initializer_list>

#include "compile/left_out.hpp"
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

#ifdef SCORELET_MODELS
constexpr std::string_view kFolders = "," SCORELET_MODELS ",";
#else
constexpr std::string_view kFolders;
#endif

/// Whether the build has the folder: if not, nothing refers to what is in it, and the linker drops its code.
consteval bool has(std::string_view folder) {
  for (std::size_t at = 1; (at = kFolders.find(folder, at)) != std::string_view::npos; ++at)
    if (kFolders[at - 1] == ',' && kFolders[at + folder.size()] == ',') return true;
  return kFolders.empty();
}

ModelResult refuse(ModelContext& context) {
  reportLeftOut(context.model, "<" + std::string(context.model.name()) + "> is");
  return {};
}

using Compile = decltype(ModelType::compile);
consteval Compile in(std::string_view folder, Compile compile) { return has(folder) ? compile : refuse; }

using FindLists = decltype(ModelType::findLists);
consteval FindLists in(std::string_view folder, FindLists find) { return has(folder) ? find : nullptr; }

constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", in("anomaly_detection", models::compileAnomalyDetectionModel), kSingleAnswers},
    {"AssociationModel", in("association", models::compileAssociationModel), bits({associationRules}),
     in("association", models::findAssociationLists)},
    {"BaselineModel", in("baseline", models::compileBaselineModel), bits({regression})},
    {"BayesianNetworkModel", in("bayesian_network", models::compileBayesianNetworkModel), kClassesAndNumbers},
    {"ClusteringModel", in("clustering", models::compileClusteringModel), bits({clustering})},
    {"GaussianProcessModel", in("gaussian_process", models::compileGaussianProcessModel), bits({regression})},
    {"GeneralRegressionModel", in("general_regression", models::compileGeneralRegressionModel), kClassesAndNumbers},
    {"MiningModel", in("mining", models::compileMiningModel)},
    {"NaiveBayesModel", in("naive_bayes", models::compileNaiveBayesModel), bits({classification})},
    {"NearestNeighborModel", in("nearest_neighbor", models::compileNearestNeighborModel), kSingleAnswers},
    {"NeuralNetwork", in("neural_network", models::compileNeuralNetwork), kClassesAndNumbers},
    {"RegressionModel", in("regression", models::compileRegressionModel), kClassesAndNumbers},
    {"RuleSetModel", in("rule_set", models::compileRuleSetModel), kClassesAndNumbers},
    {"Scorecard", in("scorecard", models::compileScorecard), bits({regression})},
    {"SequenceModel", in("sequence", models::compileSequenceModel), kSequences,
     in("sequence", models::findSequenceLists)},
    {"SupportVectorMachineModel", in("support_vector_machine", models::compileSupportVectorMachineModel),
     kClassesAndNumbers},
    {"TextModel", in("text", models::compileTextModel), bits({classification, clustering})},
    {"TimeSeriesModel", in("time_series", models::compileTimeSeriesModel), kForecasts},
    {"TreeModel", in("tree", models::compileTreeModel), kClassesAndNumbers},
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
