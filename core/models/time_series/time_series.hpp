// TimeSeriesModel (spec: Time Series): one file per family of algorithms.
#pragma once

#include "models/time_series/forecast.hpp"

namespace scorelet::models::time_series {

// Each compiles the element named like it, a child of context.model.
[[nodiscard]] compile::ModelResult compileExponentialSmoothing(ModelContext& context, xml::Element e);
[[nodiscard]] compile::ModelResult compileArima(ModelContext& context, xml::Element e);
[[nodiscard]] compile::ModelResult compileStateSpace(ModelContext& context, xml::Element e);
[[nodiscard]] compile::ModelResult compileGarch(ModelContext& context, xml::Element e);

}  // namespace scorelet::models::time_series
