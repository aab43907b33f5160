// StateSpaceModel: y = G x + d with the state x ← F x + c from step to step; the stored x is that of the first
// forecast.
#include <algorithm>
#include <cmath>

#include "document/array.hpp"
#include "document/matrix.hpp"
#include "models/time_series/kalman.hpp"
#include "models/time_series/lags.hpp"
#include "models/time_series/regressor.hpp"
#include "models/time_series/series.hpp"
#include "models/time_series/time_series.hpp"

namespace scorelet::models::time_series {

namespace {

using document::Matrix;

/// What all targets of a model share.
struct StateSpace {
  std::vector<double> state, intercept;
  std::vector<Lags> transition;  ///< the cells of each row that are not 0; `lag` is the column
  Matrix predicted, selected;    ///< covariances: of the first state, of the shocks to it

  [[nodiscard]] std::size_t size() const noexcept { return state.size(); }
};

/// a·M·a'.
double quadratic(std::span<const double> a, const Matrix& m) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < a.size(); ++j) sum += a[i] * m.at(i, j) * a[j];
  }
  return sum;
}

class StateSpaceForecast final : public Forecaster {
 public:
  [[nodiscard]] std::size_t memory(std::size_t steps) const noexcept override {
    std::size_t most = 2 * model->size();
    for (const Regressor& r : regressors) most = std::max(most, r.memory(steps));
    return most;
  }

  void values(const Frame& frame, std::size_t row, std::span<double> out, std::span<double> memory) const override {
    const std::size_t n = model->size();
    std::span<double> x = memory.first(n), next = memory.subspan(n, n);
    std::copy(model->state.begin(), model->state.end(), x.begin());
    for (double& y : out) {
      y = 0;
      for (std::size_t i = 0; i < n; ++i)
        if (measurement[i] != 0) y = plusTerm(y, measurement[i], x[i]);
      y = plusTerm(y, 1, intercept);
      for (std::size_t i = 0; i < n; ++i) {
        next[i] = model->intercept[i];
        for (const Lag& cell : model->transition[i]) next[i] = plusTerm(next[i], cell.coefficient, x[cell.lag]);
      }
      std::swap(x, next);
    }
    for (const Regressor& r : regressors) r.add(frame, row, out, memory);
  }

  [[nodiscard]] bool hasDeviations() const noexcept override {
    return isPresent(variance) && (!psi.empty() || model->predicted.rows != 0);
  }

  void deviations(std::span<double> out, std::span<double> memory) const override {
    if (!psi.empty()) {
      double sum = 0;
      for (std::size_t h = 0; h < out.size(); ++h) {
        if (h < psi.size()) sum += psi[h] * psi[h];
        out[h] = h < psi.size() ? checked(std::sqrt(variance * sum)) : missing();
      }
      return;
    }
    // g = G F^(h−1) says how the state of the first step, and each shock since, reach the forecast.
    const std::size_t n = model->size();
    std::span<double> g = memory.first(n), next = memory.subspan(n, n);
    std::copy(measurement.begin(), measurement.end(), g.begin());
    double shocks = 0;
    for (double& d : out) {
      d = checked(std::sqrt(variance * (quadratic(g, model->predicted) + shocks + observationVariance)));
      shocks += quadratic(g, model->selected);
      std::fill(next.begin(), next.end(), 0.0);
      for (std::size_t i = 0; i < n; ++i)
        for (const Lag& cell : model->transition[i]) next[cell.lag] += g[i] * cell.coefficient;
      std::swap(g, next);
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept override {
    std::size_t n = sizeof(*this) + sizeof(*model) + (psi.size() + measurement.size()) * sizeof(double) +
                    (model->predicted.entries.size() + model->selected.entries.size()) * sizeof(double);
    for (const Lags& row : model->transition) n += row.size() * sizeof(Lag);
    return n;
  }

  std::shared_ptr<const StateSpace> model;
  std::vector<double> measurement;
  double intercept = 0, variance = 1, observationVariance = 0;
  std::vector<double> psi;  ///< ψ₀, ψ₁, …; before the covariances where both are given
  std::vector<Regressor> regressors;
};

class StateSpaceReader {
 public:
  StateSpaceReader(ModelContext& context, xml::Element e) : context_(context), e_(e) {}

  compile::ModelResult compile() {
    const Horizon horizon = readHorizon(context_, e_);
    auto model = std::make_shared<StateSpace>();
    const Matrix measurement = matrixOf("MeasurementMatrix", true);
    readStates(*model);
    const std::size_t n = model->size();
    if (n == 0 || measurement.rows == 0 || measurement.columns != n) {
      if (n != 0 && measurement.rows != 0)
        e_.child("MeasurementMatrix").error(Code::badValue, "MeasurementMatrix has a column for each state.");
      return {};
    }
    const std::vector<std::string_view> targets = targetNames();
    if (measurement.rows > targets.size()) {
      e_.child("MeasurementMatrix")
          .error(Code::badValue, "MeasurementMatrix has a row for each target of the MiningSchema, in its order.");
      return {};
    }
    readCovariances(*model, measurement);
    compile::ModelResult result;
    for (std::size_t row = 0; row < measurement.rows; ++row) {
      // Regressors and weights may name the target that they are for.
      const std::string_view own = context_.targetName;
      context_.targetName = targets[row];
      compile::ModelResult one =
          emitForecast(context_, horizon, forecast(model, measurement, row), Transformation::none);
      context_.targetName = own;
      if (!one) return {};
      if (row == 0)
        result = std::move(one);
      else
        result.otherTargets.push_back({targets[row], std::move(one)});
    }
    return result;
  }

 private:
  Matrix matrixOf(std::string_view name, bool isNeeded) {
    const xml::Element e = e_.child(name);
    if (e) return readMatrixIn(e);
    if (isNeeded) e_.error(Code::missingElement, "StateSpaceModel needs a " + std::string(name) + ".");
    return {};
  }

  std::vector<std::string_view> targetNames() const {
    std::vector<std::string_view> names;
    for (const document::MiningField& f : context_.scope.schema().fields)
      if (f.usageType == UsageType::target) names.push_back(f.name);
    if (names.empty()) names.emplace_back();
    return names;
  }

  void readStates(StateSpace& model) {
    const Matrix transition = matrixOf("TransitionMatrix", true);
    const xml::Element vector = e_.child("StateVector"), array = vector ? vector.child("Array") : vector;
    if (!array) {
      (vector ? vector : e_).error(Code::missingElement, "StateSpaceModel needs a StateVector with an Array.");
      return;
    }
    std::vector<double> state = document::readNumbers(array);
    if (transition.rows == 0) return;
    if (state.size() != transition.rows || transition.rows != transition.columns || state.size() > kMostStates) {
      e_.child("TransitionMatrix")
          .error(Code::badValue, "TransitionMatrix has a row and a column for each number of StateVector, at most " +
                                     std::to_string(kMostStates) + ".");
      return;
    }
    model.transition.resize(state.size());
    for (std::size_t i = 0; i < state.size(); ++i)
      for (std::size_t j = 0; j < state.size(); ++j)
        if (transition.at(i, j) != 0)
          model.transition[i].push_back({static_cast<std::uint32_t>(j), transition.at(i, j)});
    model.intercept = interceptOf("state", state.size());
    model.state = std::move(state);
  }

  /// The InterceptVector of this equation, zeros if it is the other one's.
  std::vector<double> interceptOf(std::string_view equation, std::size_t size) {
    static constexpr std::pair<std::string_view, std::string_view> types[] = {{"state", "state"},
                                                                              {"observation", "observation"}};
    const xml::Element e = e_.child("InterceptVector");
    if (!e || e.word("type", types[0].second, types) != equation) return std::vector<double>(size, 0.0);
    const xml::Element array = e.child("Array");
    std::vector<double> c = array ? document::readNumbers(array) : std::vector<double>{};
    if (c.size() != size) {
      e.error(Code::badValue, "InterceptVector has a number for each " +
                                  std::string(equation == "state" ? "state" : "target") + ": " + std::to_string(size) +
                                  ".");
      c.assign(size, 0.0);
    }
    return c;
  }

  void readCovariances(StateSpace& model, const Matrix& measurement) {
    const std::size_t n = model.size();
    Matrix predicted = matrixOf("PredictedStateCovarianceMatrix", false);
    Matrix selected = matrixOf("SelectedStateCovarianceMatrix", false);
    observation_ = matrixOf("ObservationVarianceMatrix", false);
    for (const auto& [matrix, name] : {std::pair(&predicted, "PredictedStateCovarianceMatrix"),
                                       std::pair(&selected, "SelectedStateCovarianceMatrix")})
      if (matrix->rows != 0 && (matrix->rows != n || matrix->columns != n)) {
        e_.child(name).error(Code::badValue, "A covariance has a row and a column for each state.");
        return;
      }
    if (observation_.rows != 0 && (observation_.rows < measurement.rows || observation_.columns < measurement.rows)) {
      e_.child("ObservationVarianceMatrix").error(Code::badValue, "The matrix has a row and a column for each target.");
      return;
    }
    if (predicted.rows == 0) return;
    if (selected.rows == 0) selected = {n, n, std::vector<double>(n * n, 0.0)};
    const std::vector<double> g(measurement.entries.begin(),
                                measurement.entries.begin() + static_cast<std::ptrdiff_t>(n));
    // A state that makes the first forecast certain is not the predicted one, but that of the last observation, which
    // the exporter of the R package pmml stores here: it is one step behind.
    if (quadratic(g, predicted) <= 1e-9 * quadratic(g, selected)) predicted = advanced(model, predicted, selected);
    model.predicted = std::move(predicted);
    model.selected = std::move(selected);
  }

  /// F P F' + V.
  static Matrix advanced(const StateSpace& model, const Matrix& p, const Matrix& v) {
    const std::size_t n = model.size();
    Matrix half = {n, n, std::vector<double>(n * n, 0.0)}, out = v;
    for (std::size_t i = 0; i < n; ++i)
      for (const Lag& cell : model.transition[i])
        for (std::size_t j = 0; j < n; ++j) half.at(i, j) += cell.coefficient * p.at(cell.lag, j);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (const Lag& cell : model.transition[j]) out.at(i, j) += cell.coefficient * half.at(i, cell.lag);
    return out;
  }

  std::unique_ptr<Forecaster> forecast(const std::shared_ptr<const StateSpace>& model, const Matrix& measurement,
                                       std::size_t row) {
    auto f = std::make_unique<StateSpaceForecast>();
    f->model = model;
    for (std::size_t i = 0; i < model->size(); ++i) f->measurement.push_back(measurement.at(row, i));
    f->intercept = e_.number("intercept", 0) + interceptOf("observation", measurement.rows)[row];
    const std::optional<double> variance = e_.number("variance");
    f->variance = variance.value_or(1);
    if (observation_.rows != 0) f->observationVariance = observation_.at(row, row);
    if (const xml::Element psi = e_.child("PsiVector");
        psi && psi.attribute("targetField", context_.targetName) == context_.targetName) {
      const xml::Element array = psi.child("Array");
      if (array)
        f->psi = document::readNumbers(array);
      else
        psi.error(Code::missingElement, "PsiVector needs an Array.");
      // ψ₀ is 1, whether it is written or not.
      if (f->psi.empty() || f->psi.front() != 1) f->psi.insert(f->psi.begin(), 1.0);
      const std::optional<double> own = psi.number("variance");
      f->variance = own ? *own : variance.value_or(missing());
    }
    if (f->variance < 0) e_.error(Code::badValue, "A variance is not negative.", "variance");
    RegressorNeeds needs;
    const std::string_view period = e_.attribute("period", "none");
    if (period != "none") {
      const int length = e_.integer("period", 0);
      if (length < 1)
        e_.error(Code::badValue, "The period of a season is a number of steps, or \"none\".", "period");
      else
        needs.period = static_cast<std::uint32_t>(length);
    }
    if (const Series series = readHistory(context_, context_.targetName)) needs.last = series.last();
    f->regressors = readRegressors(context_, e_, needs);
    return f;
  }

  ModelContext& context_;
  xml::Element e_;
  Matrix observation_;
};

}  // namespace

compile::ModelResult compileStateSpace(ModelContext& context, xml::Element e) {
  return StateSpaceReader(context, e).compile();
}

}  // namespace scorelet::models::time_series
