#include "models/naive_bayes/naive_bayes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.hpp"

namespace scorelet::models {

namespace naive_bayes {

namespace {
constexpr double kNever = -std::numeric_limits<double>::infinity();
}  // namespace

double Density::logAt(double x) const noexcept {
  if (kind == Kind::gaussian) return logarithm - (x - mean) * (x - mean) / (2 * variance);
  // Counts that no record can have: negative, broken, or beyond all reason.
  if (!(x >= 0 && x < 1e300) || x != std::floor(x)) return kNever;
  return (x == 0 ? 0 : x * logarithm) - mean - dm::lgamma(x + 1);
}

/// The logarithm of each class's likelihood into `Buffers::sums`, a factor per input in document order. Products of
/// many small factors would vanish; their logarithms do not. Returns an invalid value met, else 0.
Value NaiveBayesStep::addInputs(const Frame& frame, std::size_t row) const {
  auto& sums = frame.buffers.sums;
  sums.assign(bayes.logCounts.begin(), bayes.logCounts.end());
  const std::size_t k = sums.size();
  for (const Input& input : bayes.inputs) {
    const Value x = frame.at(input.slot)[row];
    if (isInvalid(x)) return x;
    if (isMissing(x)) continue;
    if (!input.stats.empty()) {
      for (std::size_t c = 0; c < k; ++c) {
        const double log = input.stats[c].logAt(x);
        const bool isReplaced = input.isExtension ? dm::exp(log) == 0 : log < bayes.logThreshold;
        sums[c] += isReplaced ? bayes.logThreshold : log;
      }
      continue;
    }
    const auto known = std::lower_bound(input.values.begin(), input.values.end(), x);
    if (known == input.values.end() || *known != x) continue;  // nothing is known of this value
    const double* logs = input.logs.data() + static_cast<std::size_t>(known - input.values.begin()) * k;
    for (std::size_t c = 0; c < k; ++c) sums[c] += logs[c];
  }
  return 0;
}

void NaiveBayesStep::run(const Frame& frame) const {
  const auto& sums = frame.buffers.sums;
  for (std::size_t row = 0; row < frame.n; ++row) {
    Value poison = addInputs(frame, row);
    double most = kNever, total = 0;
    for (const double s : sums) most = std::max(most, s);
    // Where every class is impossible there is nothing to share out.
    if (isPresent(poison) && most == kNever) poison = invalid(Reason::notANumber);
    for (std::size_t c = 0; c < sums.size(); ++c) {
      double& p = frame.at(probabilities[c])[row];
      p = isPresent(poison) ? dm::exp(sums[c] - most) : poison;
      total += p;
    }
    Value best = poison;
    double highest = -1;
    for (std::size_t c = 0; c < sums.size() && isPresent(poison); ++c) {
      double& p = frame.at(probabilities[c])[row];
      p /= total;
      if (p > highest) highest = p, best = bayes.classes[c];
    }
    frame.at(value)[row] = best;
  }
}

}  // namespace naive_bayes

compile::ModelResult compileNaiveBayesModel(compile::ModelContext& context) {
  compile::warnIfFloat(context);
  compile::Builder& builder = context.scope.builder();
  auto step = std::make_unique<naive_bayes::NaiveBayesStep>();
  step->bayes = naive_bayes::read(context);
  compile::ModelResult result;
  if (step->bayes.classes.empty()) return result;
  for (std::size_t c = 0; c < step->bayes.classes.size(); ++c) step->probabilities.push_back(builder.newSlot());
  step->value = builder.newSlot();
  step->type = context.target.value.type;
  result.value = {step->value, step->type};
  result.opType = context.target.opType;
  result.categories = step->bayes.classes;
  result.probabilities = step->probabilities;
  context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
