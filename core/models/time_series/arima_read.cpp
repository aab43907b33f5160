// Reading ARIMA: coefficients, history, outliers, regressors and the state of exact forecasts.
#include <algorithm>
#include <map>
#include <string>

#include "document/array.hpp"
#include "models/time_series/arima.hpp"
#include "models/time_series/innovations.hpp"
#include "models/time_series/series.hpp"
#include "models/time_series/time_series.hpp"

namespace scorelet::models::time_series {

namespace {

/// The orders and coefficients of one component.
struct Component {
  std::vector<double> ar, ma, residuals;
  std::size_t differences = 0;
};

class ArimaReader {
 public:
  ArimaReader(ModelContext& context, xml::Element e) : context_(context), builder_(context.scope.builder()), e_(e) {}

  std::unique_ptr<Arima> read() {
    static constexpr std::pair<std::string_view, bool> methods[] = {{"conditionalLeastSquares", false},
                                                                    {"exactLeastSquares", true}};
    const bool isExact = e_.word("predictionMethod", false, methods);
    const xml::Element likelihood = isExact ? e_.child("MaximumLikelihoodStat") : xml::Element();
    model_->noise.constant = e_.number("constantTerm", 0);
    warnOfMean();
    model_->rmse = e_.number("RMSE").value_or(missing());
    if (!readComponents()) return nullptr;
    readSeries();
    readOutlierEffects();

    const std::size_t back = ar_.size() - 1, lost = differences_.size() - 1;
    const bool isFiltered = isExact && !likelihood;
    const std::size_t history = isFiltered && clean_.size() > lost ? clean_.size() - lost : likelihood ? 0 : back;
    if (clean_.size() < lost + history) {
      e_.error(Code::missingElement, "The forecast needs the last " + std::to_string(lost + history) +
                                         " values of the series; the TimeSeries has " + std::to_string(clean_.size()) +
                                         ".");
      return nullptr;
    }
    model_->level.assign(clean_.end() - static_cast<std::ptrdiff_t>(lost), clean_.end());
    RegressorNeeds needs{period_, std::nullopt, history};
    if (series_) needs.last = series_.last();
    model_->regressors = readRegressors(context_, e_, needs);
    const std::vector<double> past = pastNoise(history);
    if (likelihood)
      readLikelihood(likelihood);
    else if (isFiltered)
      filter(past);
    else {
      model_->noise.past = past;
      model_->noise.foresee(residuals_);
    }
    return std::move(model_);
  }

 private:
  /// Exporters that are known to store the mean of the series in the place of the equation's constant.
  void warnOfMean() const {
    const xml::Element header = builder_.pmml().child("Header");
    const xml::Element application = header ? header.child("Application") : header;
    if (!application || model_->noise.constant == 0) return;
    const std::string_view producer = application.attribute("name", {});
    for (const std::string_view known : {"R PMML Generator", "SoftwareAG PMML Generator", "Nyoka"})
      if (producer.find(known) != std::string_view::npos)
        e_.warn(Code::badValue,
                "The producer of this document is known to write the mean of the series as constantTerm. It is read as "
                "the constant of the equation, which is the mean times 1 - (sum of the AR coefficients).",
                "constantTerm");
  }

  Component readComponent(xml::Element c, std::string_view p, std::string_view d, std::string_view q) {
    Component out;
    if (!c) return out;
    out.differences = readOrder(c, d, 16);
    out.ar = readCoefficients(orSelf(c, c.child("AR"), c.integer(p, 0)), readOrder(c, p, kMostOrder));
    const xml::Element ma = c.child("MA");
    out.ma =
        readCoefficients(orSelf(c, ma ? ma.child("MACoefficients") : ma, c.integer(q, 0)), readOrder(c, q, kMostOrder));
    if (const xml::Element residuals = ma ? ma.child("Residuals") : ma)
      if (const xml::Element array = residuals.child("Array")) out.residuals = document::readNumbers(array);
    return out;
  }

  /// Where coefficients must be but are not, the component itself is at fault.
  static xml::Element orSelf(xml::Element component, xml::Element coefficients, int order) {
    return coefficients || order == 0 ? coefficients : component;
  }

  bool readComponents() {
    const Component plain = readComponent(e_.child("NonseasonalComponent"), "p", "d", "q");
    const xml::Element s = e_.child("SeasonalComponent");
    const Component seasonal = readComponent(s, "P", "D", "Q");
    if (s) {
      (void)s.required("period");
      period_ = static_cast<std::uint32_t>(readOrder(s, "period", builder_.limits().forecastSteps));
      if (period_ == 0) {
        s.error(Code::badValue, "The period of a season is 1 or more.", "period");
        return false;
      }
    }
    const std::size_t season = std::max<std::size_t>(period_, 1);
    const std::size_t length = plain.ar.size() + plain.ma.size() + plain.differences +
                               season * (seasonal.ar.size() + seasonal.ma.size() + seasonal.differences);
    if (length > builder_.limits().listItems || !builder_.charge(e_, static_cast<std::uint32_t>(length))) {
      e_.error(Code::limitReached, "Orders and period make a recursion that is too long (limits.listItems).");
      return false;
    }
    ar_ = product(withLeadingOne(plain.ar, -1), withLeadingOne(seasonal.ar, -1, season));
    ma_ = product(withLeadingOne(plain.ma, 1), withLeadingOne(seasonal.ma, 1, season));
    differences_ = product(difference(plain.differences, 1), difference(seasonal.differences, season));
    // Both components end with the last residual; the longer list holds what the other one says.
    residuals_ = plain.residuals.size() > seasonal.residuals.size() ? plain.residuals : seasonal.residuals;
    model_->noise.ar = lagsOf(ar_, 1, -1);
    model_->noise.ma = lagsOf(ma_, 1, 1);
    model_->integration = lagsOf(differences_, 1, -1);
    model_->whole = lagsOf(product(ar_, differences_), 1, -1);
    const double reach = static_cast<double>(ar_.size() + ma_.size() + differences_.size());
    const std::size_t terms = model_->whole.size() + model_->noise.ma.size();
    if (terms <= kMostTerms && reach * static_cast<double>(terms) <= 1e8) return true;
    e_.error(Code::limitReached, "Orders and period make a recursion of too many terms.");
    return false;
  }

  void readSeries() {
    series_ = readHistory(context_, context_.targetName);
    transform(series_, readTransformation(e_));
    if (series_) model_->last = series_.last();
    clean_ = series_.values;
  }

  void readOutlierEffects() {
    for (const Outlier& o : readOutliers(e_, period_)) {
      const std::size_t work = o.type == Outlier::Type::innovational ? model_->whole.size() + 1 : 1;
      if (!builder_.charge(e_, chargeOf(clean_.size(), work))) return;
      if (!series_) {
        e_.error(Code::missingElement, "An OutlierEffect needs the TimeSeries, which says where the forecast begins.");
        return;
      }
      if (o.type == Outlier::Type::innovational) {
        carry(o);
        continue;
      }
      for (std::size_t t = 0; t < clean_.size(); ++t) clean_[t] -= o.at(series_.first + static_cast<double>(t));
      model_->outliers.push_back(o);
    }
  }

  /// An innovational outlier is a shock that the model carries on as it does its own.
  void carry(const Outlier& o) {
    if (o.start < series_.first) {
      e_.error(Code::badValue, "An innovational outlier starts within the stored TimeSeries or after it.");
      return;
    }
    const auto shock = [&](double t) {
      const double since = t - o.start;
      return since >= 0 && since < static_cast<double>(ma_.size()) ? o.magnitude * ma_[static_cast<std::size_t>(since)]
                                                                   : 0;
    };
    Recursion effect;
    effect.ar = model_->whole;
    std::vector<double> u(clean_.size());
    for (std::size_t t = 0; t < u.size(); ++t) {
      u[t] = plusLags(shock(series_.first + static_cast<double>(t)), effect.ar, u, t);
      clean_[t] -= u[t];
    }
    const std::size_t kept = std::min(u.size(), longest(effect.ar));
    effect.past.assign(u.end() - static_cast<std::ptrdiff_t>(kept), u.end());
    const double end = std::clamp(o.start + static_cast<double>(ma_.size()) - model_->last, 0.0,
                                  static_cast<double>(builder_.limits().forecastSteps));
    for (double h = 1; h <= end; ++h) effect.shocks.push_back(shock(model_->last + h));
    model_->innovational.push_back(std::move(effect));
  }

  /// The last `count` values of what ARMA describes: differences less what the regressors do.
  std::vector<double> pastNoise(std::size_t count) const {
    const Lags terms = lagsOf(differences_, 0, 1);
    std::vector<double> n(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t t = clean_.size() - count + i;
      Value w = 0;
      for (const Lag& l : terms) w = plusTerm(w, l.coefficient, clean_[t - l.lag]);
      for (const Regressor& r : model_->regressors)
        if (r.pastEffects.size() >= count) w = plusTerm(w, -1, r.pastEffects[r.pastEffects.size() - count + i]);
      n[i] = w;
    }
    return n;
  }

  void filter(const std::vector<double>& past) {
    const std::size_t r = std::max(ar_.size() - 1, ma_.size());
    if (r > kMostFiltered ||
        static_cast<double>(r) * static_cast<double>(r) * static_cast<double>(past.size()) > kMostFilterSteps) {
      e_.error(
          Code::unsupported,
          "An exact forecast with a season or history this long needs a MaximumLikelihoodStat with the final state.",
          "predictionMethod");
      return;
    }
    model_->exact = filtered(ar_, ma_, model_->noise.constant, past);
    if (!model_->exact)
      e_.error(Code::badValue,
               "An exact forecast without MaximumLikelihoodStat needs a stationary autoregression; that of AR is not.",
               "predictionMethod");
  }

  void readLikelihood(xml::Element e) {
    static constexpr std::pair<std::string_view, bool> methods[] = {{"kalman", true}, {"thetaRecursion", false}};
    (void)e.required("method");
    const bool isKalman = e.word("method", true, methods);
    model_->deficit = readOrder(e, "periodDeficit", builder_.limits().forecastSteps);
    const std::string_view name = isKalman ? "KalmanState" : "ThetaRecursionState";
    const xml::Element state = e.child(name);
    if (!state)
      e.error(Code::missingElement, "This method needs a " + std::string(name) + ".", "method");
    else if (isKalman)
      readKalman(state);
    else
      readTheta(state);
  }

  std::vector<double> numbersOf(xml::Element parent, std::string_view name) const {
    const xml::Element e = parent.child(name), array = e ? e.child("Array") : e;
    if (!array) {
      parent.error(Code::missingElement,
                   "<" + std::string(parent.name()) + "> needs <" + std::string(name) + "> with an Array.");
      return {};
    }
    return document::readNumbers(array);
  }

  void readKalman(xml::Element e) {
    CompanionState s;
    s.constant = model_->noise.constant;
    s.state = numbersOf(e, "FinalStateVector");
    const std::size_t r = s.state.size();
    if (r < std::max<std::size_t>(ar_.size() - 1, 1) || r > kMostStates) {
      e.error(Code::badValue,
              "FinalStateVector has at least as many numbers as the autoregression has lags, and at most " +
                  std::to_string(kMostStates) + ".");
      return;
    }
    s.observation.assign(r, 0.0);
    s.observation[0] = 1;
    if (e.child("HVector")) s.observation = numbersOf(e, "HVector");
    if (s.observation.size() != r) {
      e.child("HVector").error(Code::badValue, "HVector has as many numbers as FinalStateVector.");
      return;
    }
    s.ar.assign(r, 0.0);
    for (const Lag& l : model_->noise.ar) s.ar[l.lag - 1] = l.coefficient;
    if (const xml::Element omega = e.child("FinalOmega")) {
      s.omega = readMatrixIn(omega);
      if (s.omega.rows != 0 && (s.omega.rows != r || s.omega.columns != r))
        omega.error(Code::badValue, "FinalOmega has a row and a column for each number of FinalStateVector.");
      if (s.omega.rows != r || s.omega.columns != r) return;
    } else {
      e.error(Code::missingElement, "KalmanState needs a FinalOmega.");
      return;
    }
    model_->exact = std::move(s);
  }

  void readTheta(xml::Element e) {
    const std::size_t p = ar_.size() - 1, q = ma_.size() - 1;
    const std::vector<double> noise = numbersOf(e, "FinalNoise"), predicted = numbersOf(e, "FinalPredictedNoise");
    ThetaRows rows;
    rows.q = q;
    rows.nu = numbersOf(e, "FinalNu");
    if (q > 512) {
      e.error(Code::limitReached, "A theta recursion has at most 512 lags here; store a KalmanState.");
      return;
    }
    if (noise.size() < std::max(p, q) || predicted.size() < q || rows.nu.size() < q) {
      e.error(Code::badValue, "The state needs the last " + std::to_string(std::max(p, q)) + " noises and the last " +
                                  std::to_string(q) + " predicted noises and nus.");
      return;
    }
    rows.nu.erase(rows.nu.begin(), rows.nu.end() - static_cast<std::ptrdiff_t>(q));
    if (!readThetaRows(e, rows)) return;
    std::vector<double> innovations(q);
    for (std::size_t k = 0; k < q; ++k)
      innovations[k] = noise[noise.size() - q + k] - predicted[predicted.size() - q + k];
    const auto shocks = foreseenShocks(ma_, std::move(rows), innovations);
    if (!shocks) {
      e.error(Code::badValue, "FinalNu holds prediction errors, which are positive.");
      return;
    }
    model_->noise.shocks = *shocks;
    model_->noise.past.assign(noise.end() - static_cast<std::ptrdiff_t>(p), noise.end());
  }

  /// Rows in ascending i are the last q of the recursion; j is the lag. What is not listed is 0.
  bool readThetaRows(xml::Element e, ThetaRows& rows) {
    std::map<int, std::vector<double>> byRow;
    for (xml::Element t : xml::children(e.child("FinalTheta"), "Theta")) {
      if (!builder_.charge(t)) return false;
      (void)t.required("i");
      (void)t.required("j");
      const int row = t.integer("i", 0), lag = t.integer("j", 1);
      if (lag < 1 || static_cast<std::size_t>(lag) > rows.q) {
        t.error(Code::badValue, "j is the lag that the coefficient belongs to: 1 to " + std::to_string(rows.q) + ".",
                "j");
        return false;
      }
      auto& values = byRow[row];
      values.resize(rows.q);
      values[static_cast<std::size_t>(lag - 1)] = t.requiredNumber("theta");
    }
    if (byRow.size() < rows.q) {
      e.error(Code::badValue, "FinalTheta has a row i for each of the last " + std::to_string(rows.q) + " times.");
      return false;
    }
    for (auto it = std::next(byRow.begin(), static_cast<std::ptrdiff_t>(byRow.size() - rows.q)); it != byRow.end();
         ++it)
      rows.theta.insert(rows.theta.end(), it->second.begin(), it->second.end());
    return true;
  }

  ModelContext& context_;
  compile::Builder& builder_;
  xml::Element e_;
  std::unique_ptr<Arima> model_ = std::make_unique<Arima>();
  Polynomial ar_, ma_, differences_;
  std::uint32_t period_ = 0;
  std::vector<double> residuals_;
  Series series_;
  std::vector<double> clean_;  ///< the series on the model's scale, without outliers
};

}  // namespace

compile::ModelResult compileArima(ModelContext& context, xml::Element e) {
  const Horizon horizon = readHorizon(context, e);
  return emitForecast(context, horizon, ArimaReader(context, e).read(), readTransformation(e));
}

}  // namespace scorelet::models::time_series
