// The model types that are scored: one line each. A build may leave some out (wasm/CMakeLists.txt).
#include <initializer_list>

#include "compile/builder.hpp"
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

// Lists of folders, separated by commas; empty: all.
#ifdef SCORELET_MODELS
constexpr std::string_view kFolders = "," SCORELET_MODELS ",";
#else
constexpr std::string_view kFolders;
#endif
#ifdef SCORELET_FIRST_MODELS
constexpr std::string_view kFirstFolders = "," SCORELET_FIRST_MODELS ",";
#else
constexpr std::string_view kFirstFolders;
#endif

consteval bool isIn(std::string_view folders, std::string_view folder) {
  for (std::size_t at = 1; (at = folders.find(folder, at)) != std::string_view::npos; ++at)
    if (folders[at - 1] == ',' && folders[at + folder.size()] == ',') return true;
  return folders.empty();
}

/// Whether the build has the folder: if not, nothing refers to what is in it, and the linker drops its code.
consteval bool has(std::string_view folder) { return isIn(kFolders, folder); }

ModelResult refuse(ModelContext& context) {
  reportLeftOut(context.model, "<" + std::string(context.model.name()) + "> is");
  return {};
}

/// Of a module in two parts, the first has these folders (wasm/cut.py).
consteval bool isFirst(std::string_view folder) { return isIn(kFirstFolders, folder); }

using Compile = decltype(ModelType::compile);
template <Compile compile>
ModelResult compileIfThere(ModelContext& context) {
  if (context.scope.builder().options().hasFurtherTypes) return compile(context);
  context.model.error(Code::furtherPart, "<" + std::string(context.model.name()) +
                                             "> is scored by the second part of this module, which is not there.");
  return {};
}
template <Compile compile>
consteval Compile in(std::string_view folder) {
  if (!has(folder)) return refuse;
  return isFirst(folder) ? compile : compileIfThere<compile>;
}

using FindLists = decltype(ModelType::findLists);
template <FindLists find>
void findIfThere(Builder& builder, xml::Element model) {
  if (builder.options().hasFurtherTypes) find(builder, model);
}
template <FindLists find>
consteval FindLists in(std::string_view folder) {
  if (!has(folder)) return nullptr;
  return isFirst(folder) ? find : findIfThere<find>;
}

constexpr ModelType kModelTypes[] = {
    {"AnomalyDetectionModel", in<models::compileAnomalyDetectionModel>("anomaly_detection"), kSingleAnswers},
    {"AssociationModel", in<models::compileAssociationModel>("association"), bits({associationRules}),
     in<models::findAssociationLists>("association")},
    {"BaselineModel", in<models::compileBaselineModel>("baseline"), bits({regression})},
    {"BayesianNetworkModel", in<models::compileBayesianNetworkModel>("bayesian_network"), kClassesAndNumbers},
    {"ClusteringModel", in<models::compileClusteringModel>("clustering"), bits({clustering})},
    {"GaussianProcessModel", in<models::compileGaussianProcessModel>("gaussian_process"), bits({regression})},
    {"GeneralRegressionModel", in<models::compileGeneralRegressionModel>("general_regression"), kClassesAndNumbers},
    {"MiningModel", in<models::compileMiningModel>("mining")},
    {"NaiveBayesModel", in<models::compileNaiveBayesModel>("naive_bayes"), bits({classification})},
    {"NearestNeighborModel", in<models::compileNearestNeighborModel>("nearest_neighbor"), kSingleAnswers},
    {"NeuralNetwork", in<models::compileNeuralNetwork>("neural_network"), kClassesAndNumbers},
    {"RegressionModel", in<models::compileRegressionModel>("regression"), kClassesAndNumbers},
    {"RuleSetModel", in<models::compileRuleSetModel>("rule_set"), kClassesAndNumbers},
    {"Scorecard", in<models::compileScorecard>("scorecard"), bits({regression})},
    {"SequenceModel", in<models::compileSequenceModel>("sequence"), kSequences,
     in<models::findSequenceLists>("sequence")},
    {"SupportVectorMachineModel", in<models::compileSupportVectorMachineModel>("support_vector_machine"),
     kClassesAndNumbers},
    {"TextModel", in<models::compileTextModel>("text"), bits({classification, clustering})},
    {"TimeSeriesModel", in<models::compileTimeSeriesModel>("time_series"), kForecasts},
    {"TreeModel", in<models::compileTreeModel>("tree"), kClassesAndNumbers},
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
