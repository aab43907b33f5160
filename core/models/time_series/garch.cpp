// GARCH: an ARMA mean, and σ²_t = ω + Σ α_i e²_{t−i} + Σ β_j σ²_{t−j}.
#include <cmath>

#include "document/array.hpp"
#include "models/time_series/arma.hpp"
#include "models/time_series/series.hpp"
#include "models/time_series/time_series.hpp"

namespace scorelet::models::time_series {

namespace {

class Garch final : public Forecaster {
 public:
  [[nodiscard]] std::size_t memory(std::size_t steps) const noexcept override {
    return std::max(mean.memory(steps), pastSquares.size() + pastVariances.size() + 2 * steps);
  }

  void values(const Frame&, std::size_t, std::span<double> out, std::span<double> memory) const override {
    mean.run(out, memory);
  }

  [[nodiscard]] bool hasDeviations() const noexcept override { return true; }

  /// The conditional deviation of each step: a shock to come is expected to have its variance.
  void deviations(std::span<double> out, std::span<double> memory) const override {
    const std::size_t before = pastSquares.size(), known = pastVariances.size();
    const std::span<double> squares = memory.first(before + out.size());
    const std::span<double> variances = memory.subspan(squares.size(), known + out.size());
    std::copy(pastSquares.begin(), pastSquares.end(), squares.begin());
    std::copy(pastVariances.begin(), pastVariances.end(), variances.begin());
    for (std::size_t h = 0; h < out.size(); ++h) {
      const Value v = plusLags(plusLags(constant, alpha, squares, before + h), beta, variances, known + h);
      squares[before + h] = variances[known + h] = v;
      out[h] = checked(std::sqrt(v));
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept override {
    return sizeof(*this) + (alpha.size() + beta.size() + mean.ar.size() + mean.ma.size()) * sizeof(Lag) +
           (pastSquares.size() + pastVariances.size() + mean.past.size() + mean.shocks.size()) * sizeof(double);
  }

  Recursion mean;
  double constant = 0;
  Lags alpha, beta;
  std::vector<double> pastSquares, pastVariances;  ///< the last ones, oldest first
};

/// The last `count` numbers of the Array in `name`.
std::vector<double> lastOf(xml::Element parent, std::string_view name, std::size_t count) {
  const xml::Element e = parent ? parent.child(name) : parent, array = e ? e.child("Array") : e;
  std::vector<double> all = array ? document::readNumbers(array) : std::vector<double>{};
  if (all.size() < count) {
    if (parent)
      parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs <" + std::string(name) +
                                             "> with the last " + std::to_string(count) + " values.");
    return std::vector<double>(count, 0.0);
  }
  return {all.end() - static_cast<std::ptrdiff_t>(count), all.end()};
}

xml::Element neededChild(xml::Element parent, std::string_view name, bool isNeeded) {
  const xml::Element e = parent.child(name);
  if (!e && isNeeded)
    parent.error(Code::missingElement, "<" + std::string(parent.name()) + "> needs <" + std::string(name) + ">.");
  return e;
}

void readMean(ModelContext& context, xml::Element e, Garch& model) {
  (void)e.required("p");
  (void)e.required("q");
  const std::size_t p = readOrder(e, "p", kMostOrder), q = readOrder(e, "q", kMostOrder);
  model.mean.constant = e.number("constant", 0);
  model.mean.ar = lagsOf(withLeadingOne(readCoefficients(neededChild(e, "AR", p > 0), p), 1), 1, 1);
  const xml::Element ma = neededChild(e, "MA", q > 0);
  const std::vector<double> theta = readCoefficients(ma ? neededChild(ma, "MACoefficients", q > 0) : ma, q);
  model.mean.ma = lagsOf(withLeadingOne(theta, 1), 1, 1);
  model.mean.foresee(lastOf(q > 0 ? ma : xml::Element(), "Residuals", q));
  if (p == 0) return;
  const Series series = readHistory(context, context.targetName);
  if (series.values.size() < p) {
    e.error(Code::missingElement, "The forecast needs the last " + std::to_string(p) + " values of the series.");
    return;
  }
  model.mean.past.assign(series.values.end() - static_cast<std::ptrdiff_t>(p), series.values.end());
}

void readVariance(xml::Element e, Garch& model) {
  (void)e.required("gp");
  (void)e.required("gq");
  const std::size_t gp = readOrder(e, "gp", kMostOrder), gq = readOrder(e, "gq", kMostOrder);
  model.constant = e.number("constant", 0);
  if (const xml::Element squares = neededChild(e, "ResidualSquareCoefficients", gq > 0)) {
    const std::vector<double> alpha = readCoefficients(neededChild(squares, "MACoefficients", gq > 0), gq);
    model.alpha = lagsOf(withLeadingOne(alpha, 1), 1, 1);
    for (const double r : lastOf(squares, "Residuals", gq)) model.pastSquares.push_back(r * r);
  }
  if (const xml::Element variances = neededChild(e, "VarianceCoefficients", gp > 0)) {
    const std::vector<double> beta = readCoefficients(neededChild(variances, "MACoefficients", gp > 0), gp);
    model.beta = lagsOf(withLeadingOne(beta, 1), 1, 1);
    model.pastVariances = lastOf(variances, "PastVariances", gp);
  }
}

}  // namespace

compile::ModelResult compileGarch(ModelContext& context, xml::Element e) {
  const Horizon horizon = readHorizon(context, e);
  auto model = std::make_unique<Garch>();
  const xml::Element mean = neededChild(e, "ARMAPart", true), variance = neededChild(e, "GARCHPart", true);
  if (!mean || !variance) return {};
  readMean(context, mean, *model);
  readVariance(variance, *model);
  return emitForecast(context, horizon, std::move(model), Transformation::none);
}

}  // namespace scorelet::models::time_series
