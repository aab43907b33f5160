#include "models/time_series/outlier.hpp"

#include <cmath>

#include "base/math.hpp"

namespace scorelet::models::time_series {

namespace {
using Type = Outlier::Type;
constexpr std::pair<std::string_view, Type> kTypes[] = {
    {"additive", Type::additive},   {"level", Type::level},
    {"transient", Type::transient}, {"seasonalAdditive", Type::seasonalAdditive},
    {"trend", Type::trend},         {"innovational", Type::innovational}};
}  // namespace

double Outlier::at(double t) const noexcept {
  const double since = t - start;
  if (since < 0) return 0;
  switch (type) {
    case Type::additive:
    case Type::innovational: return since == 0 ? magnitude : 0;
    case Type::level: return magnitude;
    case Type::transient: return magnitude * dm::pow(damping, since);
    case Type::seasonalAdditive: return dm::fmod(since, period) == 0 ? magnitude : 0;
    case Type::trend: return magnitude * (since + 1);
  }
  return 0;
}

std::vector<Outlier> readOutliers(xml::Element arima, std::uint32_t period) {
  std::vector<Outlier> outliers;
  for (xml::Element e : xml::children(arima, "OutlierEffect")) {
    Outlier o{};
    (void)e.required("type");
    o.type = e.word("type", Type::additive, kTypes);
    o.start = e.requiredNumber("startTime");
    o.magnitude = e.requiredNumber("magnitude");
    o.period = period;
    if (o.type == Type::transient) o.damping = e.requiredNumber("dampingCoefficient");
    if (o.start != std::floor(o.start))
      e.error(Code::badValue, "An outlier starts at one of the series' indices, a whole number.", "startTime");
    if (o.type == Type::seasonalAdditive && period == 0)
      e.error(Code::badValue, "A seasonalAdditive outlier needs a SeasonalComponent with a period.", "type");
    outliers.push_back(o);
  }
  return outliers;
}

}  // namespace scorelet::models::time_series
