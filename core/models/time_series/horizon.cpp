#include <algorithm>
#include <cmath>

#include "models/time_series/forecast.hpp"

namespace scorelet::models::time_series {

Value Horizon::at(const Frame& frame, std::size_t row) const noexcept {
  if (slot == kNoSlot) return steps;
  const Value h = frame.at(slot)[row];
  if (!isPresent(h)) return h;
  return h >= 1 && h <= frame.limits.forecastSteps && h == std::floor(h) ? h : invalid(Reason::notANumber);
}

Horizon readHorizon(ModelContext& context, xml::Element algorithm) {
  compile::Scope& scope = context.scope;
  const auto isRegressor = [&](std::string_view name) {
    for (xml::Element r : xml::children(algorithm, "DynamicRegressor"))
      if (r.attribute("field", {}) == name) return true;
    return false;
  };
  const auto counts = [&](const document::MiningField& f) {
    DataType type = DataType::string;
    if (const document::DataField* data = scope.builder().dictionary().find(f.name))
      type = data->dataType;
    else if (const compile::Binding* field = scope.find(f.name))
      type = field->value.type;
    // The exporter of the R package pmml declares its supplementary field h as a double.
    const bool isOfR = f.name == "h" && f.usageType == UsageType::supplementary;
    return type == DataType::integer || (isOfR && isNumeric(type));
  };
  Horizon horizon;
  for (const UsageType usage : {UsageType::supplementary, UsageType::active}) {
    std::string_view name;
    for (const document::MiningField& f : scope.schema().fields) {
      if (f.usageType != usage || isRegressor(f.name) || !counts(f)) continue;
      if (!name.empty()) {
        f.at.error(Code::badValue,
                   "Both \"" + std::string(name) + "\" and \"" + std::string(f.name) +
                       "\" could say how many steps to forecast; only one integer input may.",
                   "name");
        return horizon;
      }
      name = f.name;
    }
    if (name.empty()) continue;
    if (const compile::Binding* field = scope.resolve(name, context.model)) horizon.slot = field->value.slot;
    return horizon;
  }
  horizon.steps = scope.builder().options().horizon;
  if (horizon.steps < 1 || horizon.steps > scope.builder().limits().forecastSteps)
    context.model.error(Code::limitReached, "A forecast horizon is between 1 and " +
                                                std::to_string(scope.builder().limits().forecastSteps) +
                                                " steps (limits.forecastSteps).");
  return horizon;
}

}  // namespace scorelet::models::time_series
