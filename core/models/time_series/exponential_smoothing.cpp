// ExponentialSmoothing: level, trend and season as they stood at the end of the series.
#include <cmath>

#include "document/array.hpp"
#include "models/time_series/time_series.hpp"

namespace scorelet::models::time_series {

namespace {

enum class Trend : std::uint8_t {
  none,
  additive,
  dampedAdditive,
  multiplicative,
  dampedMultiplicative,
  polynomialExponential
};
constexpr std::pair<std::string_view, Trend> kTrends[] = {{"additive", Trend::additive},
                                                          {"damped_additive", Trend::dampedAdditive},
                                                          {"multiplicative", Trend::multiplicative},
                                                          {"damped_multiplicative", Trend::dampedMultiplicative},
                                                          {"polynomial_exponential", Trend::polynomialExponential}};

enum class Season : std::uint8_t { none, additive, multiplicative };
constexpr std::pair<std::string_view, Season> kSeasons[] = {{"additive", Season::additive},
                                                            {"multiplicative", Season::multiplicative}};

class Smoothing final : public Forecaster {
 public:
  void values(const Frame&, std::size_t, std::span<double> out, std::span<double>) const override {
    // Σ φ^j for j = 1…h, the steps that a damped trend still makes.
    double steps = 0, power = 1;
    for (std::size_t h = 1; h <= out.size(); ++h) {
      power *= phi;
      steps += power;
      double y = level;
      switch (trend) {
        case Trend::none: break;
        case Trend::additive: y += static_cast<double>(h) * slope; break;
        case Trend::dampedAdditive: y += slope * steps; break;
        case Trend::multiplicative: y *= dm::pow(slope, static_cast<double>(h)); break;
        case Trend::dampedMultiplicative: y *= dm::pow(slope, steps); break;
        case Trend::polynomialExponential: y = polynomial(static_cast<double>(h)); break;
      }
      const double factor = factors.empty() ? 0 : factors[(phase + h - 1) % factors.size()];
      if (season == Season::additive) y += factor;
      if (season == Season::multiplicative) y *= factor;
      out[h - 1] = checked(y);
    }
  }

  /// Known in closed form where all is additive (Hyndman, Koehler, Ord, Snyder 2008, class 1).
  [[nodiscard]] bool hasDeviations() const noexcept override {
    const bool isLinear = trend == Trend::none || trend == Trend::additive || trend == Trend::dampedAdditive;
    return isPresent(rmse) && isPresent(alpha) && isLinear && season != Season::multiplicative &&
           (trend == Trend::none || isPresent(gamma)) && (season == Season::none || isPresent(delta));
  }

  void deviations(std::span<double> out, std::span<double>) const override {
    const double damping = trend == Trend::dampedAdditive ? phi : 1;
    double sum = 1, steps = 0, power = 1;
    for (std::size_t h = 1; h <= out.size(); ++h) {
      out[h - 1] = checked(rmse * std::sqrt(sum));
      // What an error now does to the observation h steps later.
      power *= damping;
      steps += power;
      double weight = alpha;
      if (trend != Trend::none) weight += alpha * gamma * steps;
      if (season == Season::additive && h % factors.size() == 0) weight += delta * (1 - alpha);
      sum += weight * weight;
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept override {
    return sizeof(*this) + (factors.size() + coefficients.size()) * sizeof(double);
  }

  Trend trend = Trend::none;
  Season season = Season::none;
  double level = 0, slope = 0, phi = 1;
  double rmse = missing(), alpha = missing(), gamma = missing(), delta = missing();
  std::vector<double> factors;
  std::size_t phase = 0;             ///< the factor of the first forecast
  std::vector<double> coefficients;  ///< of h⁰, h¹, …

 private:
  [[nodiscard]] double polynomial(double h) const noexcept {
    double y = 0, power = 1;
    for (const double c : coefficients) {
      y += c * power;
      power *= h;
    }
    return y;
  }
};

/// A weight that only intervals need; missing where it is not given.
double weightOf(xml::Element e, std::string_view attribute) { return e.number(attribute).value_or(missing()); }

void readTrend(xml::Element e, Smoothing& model, std::optional<double> level) {
  model.trend = e.word("trend", Trend::additive, kTrends);
  model.gamma = weightOf(e, "gamma");
  model.phi = e.number("phi", 1);
  if (model.trend != Trend::polynomialExponential) {
    model.slope = e.requiredNumber("smoothedValue");
    return;
  }
  // The constant is the level's where that has one.
  if (level) model.coefficients.push_back(*level);
  const xml::Element array = e.child("Array");
  if (!array) {
    e.error(Code::missingElement, "A polynomial_exponential trend needs an Array with its coefficients.");
    return;
  }
  for (const double c : document::readNumbers(array)) model.coefficients.push_back(c);
}

void readSeason(xml::Element e, Smoothing& model) {
  (void)e.required("type");
  model.season = e.word("type", Season::additive, kSeasons);
  model.delta = weightOf(e, "delta");
  const xml::Element array = e.child("Array");
  if (array) model.factors = document::readNumbers(array);
  (void)e.required("period");
  const int period = e.integer("period", 1);
  if (!array || model.factors.empty() || static_cast<int>(model.factors.size()) != period) {
    e.error(Code::badValue, "Seasonality_ExpoSmooth needs an Array with one factor for each of its periods.", "period");
    model.factors.assign(1, 0);
    return;
  }
  const int phase = e.integer("phase", 1);
  if (phase < 1 || phase > period)
    e.error(Code::badValue,
            "The phase is the number of the first forecast's factor: 1 to " + std::to_string(period) + ".", "phase");
  else
    model.phase = static_cast<std::size_t>(phase - 1);
}

}  // namespace

compile::ModelResult compileExponentialSmoothing(ModelContext& context, xml::Element e) {
  auto model = std::make_unique<Smoothing>();
  model->rmse = weightOf(e, "RMSE");
  const xml::Element level = e.child("Level");
  if (!level) {
    e.error(Code::missingElement, "ExponentialSmoothing needs a Level.");
    return {};
  }
  const std::optional<double> smoothed = level.number("smoothedValue");
  model->level = smoothed.value_or(0);
  model->alpha = weightOf(level, "alpha");
  if (const xml::Element trend = e.child("Trend_ExpoSmooth")) readTrend(trend, *model, smoothed);
  if (!smoothed && model->trend != Trend::polynomialExponential) (void)level.required("smoothedValue");
  if (const xml::Element season = e.child("Seasonality_ExpoSmooth")) readSeason(season, *model);
  const Transformation transformation = readTransformation(e);
  const Horizon horizon = readHorizon(context, e);
  return emitForecast(context, horizon, std::move(model), transformation);
}

}  // namespace scorelet::models::time_series
