#include "models/time_series/time_series.hpp"

namespace scorelet::models {

namespace {

using compile::MiningFunction;
using compile::ModelContext;
using compile::ModelResult;

struct Algorithm {
  std::string_view element;
  ModelResult (*compile)(ModelContext&, xml::Element);  ///< null: PMML gives the element no content
};
constexpr Algorithm kAlgorithms[] = {
    {"ARIMA", time_series::compileArima},    {"ExponentialSmoothing", time_series::compileExponentialSmoothing},
    {"GARCH", time_series::compileGarch},    {"StateSpaceModel", time_series::compileStateSpace},
    {"SeasonalTrendDecomposition", nullptr}, {"SpectralAnalysis", nullptr}};

}  // namespace

ModelResult compileTimeSeriesModel(ModelContext& context) {
  compile::warnIfFloat(context);
  const xml::Element model = context.model;
  const std::string_view name = model.required("bestFit");
  if (name.empty()) return {};
  for (const Algorithm& algorithm : kAlgorithms) {
    if (algorithm.element != name) continue;
    if (algorithm.compile == nullptr) {
      model.error(Code::unsupported,
                  "PMML 4.4 reserves <" + std::string(name) +
                      "> for a later version and defines no content for it, so it cannot be scored.",
                  "bestFit");
      return {};
    }
    const xml::Element e = model.child(name);
    if (!e) {
      model.error(Code::missingElement, "bestFit names <" + std::string(name) + ">, which the model does not hold.",
                  "bestFit");
      return {};
    }
    return algorithm.compile(context, e);
  }
  model.error(Code::badValue, "\"" + std::string(name) + "\" is not an algorithm of a TimeSeriesModel.", "bestFit");
  return {};
}

}  // namespace scorelet::models
