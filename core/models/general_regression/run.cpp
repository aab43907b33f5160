#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "models/general_regression/general_regression.hpp"

namespace scorelet::models::general_regression {

namespace {

Value plus(const Design& design, Value y, Value offset) {
  return arePresent(y, offset) ? checked(design.round(y + offset)) : hole(y, offset);
}

std::size_t bytesOf(const Equation& equation) { return equation.terms.size() * sizeof(Term); }

}  // namespace

Value Covariance::error(const std::vector<double>& x) const {
  double variance = 0;
  for (const Entry& e : entries) variance += e.value * x[e.row] * x[e.column];
  return variance >= 0 ? std::sqrt(variance) : invalid(Reason::notANumber);
}

void MeanStep::run(const Frame& frame) const {
  std::vector<double>& x = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    design.evaluate(frame, i, x);
    const Value y = plus(design, design.predictor(equation, x), frame.at(offset)[i]);
    const Value n = frame.at(trials)[i];
    const Value mean = isPresent(y) ? design.round(checked(link.inverse(y))) : y;
    const bool isCount = !isPresent(n) || n >= 0;
    frame.at(value)[i] = !arePresent(mean, n) ? hole(mean, n)
                         : isCount            ? checked(design.round(mean * n))
                                              : invalid(Reason::functionDomain);
    if (covariance.entries.empty()) continue;
    const Value v = frame.at(value)[i];
    // The x may be missing where the coefficients are not asked for them.
    const bool isWhole = std::ranges::all_of(x, [](double one) { return isPresent(one); });
    const Value error = !isPresent(v) ? v : isWhole ? covariance.error(x) : missing();
    frame.at(predictor)[i] = isPresent(v) ? y : v;
    frame.at(predictorError)[i] = error;
    const Value slope = isPresent(v) ? link.slope(y) : v;
    frame.at(valueError)[i] = arePresent(slope, error) ? checked(std::fabs(slope) * error * n) : hole(slope, error);
  }
}

std::size_t MeanStep::bytes() const noexcept {
  return design.bytes() + bytesOf(equation) + covariance.entries.size() * sizeof(Covariance::Entry);
}

void ClassStep::run(const Frame& frame) const {
  const std::size_t k = probabilities.size();
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value none = predictors(frame, i);
    if (isPresent(none)) normalize(frame, i);
    Value best = none;
    double most = 0;
    for (std::size_t c = 0; c < k && isPresent(none); ++c) {
      const double p = frame.at(probabilities[c])[i];
      if (!(p == p))
        none = best = isInvalid(p) ? p : invalid(Reason::notANumber);
      else if (c == 0 || p > most)
        most = p, best = equations[c].category;
    }
    if (!isPresent(none))
      for (const Slot p : probabilities) frame.at(p)[i] = none;
    frame.at(winner)[i] = best;
  }
}

/// The linear predictors in the lanes of the probabilities, the reference's 0; what is returned is present if all are.
Value ClassStep::predictors(const Frame& frame, std::size_t i) const {
  std::vector<double>& x = frame.buffers.numbers;
  design.evaluate(frame, i, x);
  const Value o = frame.at(offset)[i];
  Value none = 0;
  for (std::size_t c = 0; c < equations.size(); ++c) {
    const Value y = c == reference ? 0 : plus(design, design.predictor(equations[c], x), o);
    frame.at(probabilities[c])[i] = y;
    if (!arePresent(none, y)) none = hole(none, y);
  }
  return none;
}

void ClassStep::normalize(const Frame& frame, std::size_t i) const {
  const std::size_t k = probabilities.size();
  const auto lane = [&](std::size_t c) -> double& { return frame.at(probabilities[c])[i]; };
  switch (kind) {
    case Kind::multinomial: {
      double most = lane(0), sum = 0;
      for (std::size_t c = 1; c < k; ++c) most = std::max(most, lane(c));
      for (std::size_t c = 0; c < k; ++c) {
        lane(c) = design.round(dm::exp(design.round(lane(c) - most)));
        sum = design.round(sum + lane(c));
      }
      for (std::size_t c = 0; c < k; ++c) lane(c) = design.round(lane(c) / sum);
      break;
    }
    case Kind::ordinal: {
      // Each category but the last gives the cumulative probability up to itself.
      double before = 0;
      for (std::size_t c = 0; c < k; ++c) {
        const double cumulative = c == reference ? 1 : design.round(link.inverse(lane(c)));
        lane(c) = design.round(cumulative - before);
        before = cumulative;
      }
      break;
    }
    case Kind::binary: {
      const double p = design.round(link.inverse(lane(1 - reference)));
      lane(1 - reference) = p;
      lane(reference) = design.round(1 - p);
      break;
    }
  }
}

std::size_t ClassStep::bytes() const noexcept {
  std::size_t n = design.bytes() + equations.size() * sizeof(Equation);
  for (const Equation& e : equations) n += bytesOf(e);
  return n;
}

const Stratum* CoxStep::stratumOf(Value v) const noexcept {
  if (stratum == program::kNoSlot) return strata.data();
  const auto found = std::ranges::lower_bound(strata, v, {}, &Stratum::value);
  return found != strata.end() && found->value == v ? &*found : nullptr;
}

void CoxStep::run(const Frame& frame) const {
  std::vector<double>& x = frame.buffers.numbers;
  for (std::size_t i = 0; i < frame.n; ++i) {
    Value& out = frame.at(value)[i];
    const Value t = frame.at(endTime)[i];
    const Value s = stratum == program::kNoSlot ? 0 : frame.at(stratum)[i];
    if (!arePresent(t, s)) {
      out = hole(t, s);
      continue;
    }
    const Stratum* known = stratumOf(s);
    if (known == nullptr || t > known->maxTime) {
      out = missing();
      continue;
    }
    // The last step that is not after t; before the first nothing has happened, to whomever.
    const auto after = std::ranges::upper_bound(known->steps, t, {}, &std::pair<double, double>::first);
    if (after == known->steps.begin()) {
      out = 0;
      continue;
    }
    design.evaluate(frame, i, x);
    const Value r = design.predictor(equation, x);
    out = isPresent(r) ? checked(design.round((after - 1)->second * design.round(dm::exp(design.round(r - reference)))))
                       : r;
  }
}

std::size_t CoxStep::bytes() const noexcept {
  std::size_t n = design.bytes() + bytesOf(equation);
  for (const Stratum& s : strata) n += sizeof(Stratum) + s.steps.size() * sizeof(s.steps[0]);
  return n;
}

}  // namespace scorelet::models::general_regression
