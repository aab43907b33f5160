#include <scorelet/telemetry/outcomes.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/math.hpp"
#include "evaluation/figures.hpp"
#include "telemetry/packing.hpp"

namespace scorelet::telemetry {

namespace {

using evaluation::kNaN;
constexpr std::uint64_t kOutcomesVersion = 1;
constexpr double kNormal = 1.959963984540054;  // 0.975 quantile
constexpr double kRisk = 0.05, kNarrowest = 1'000, kLeastPairs = 50;

/// To 12 digits behind the leading one.
float rounded(double x) {
  constexpr std::uint32_t kDropped = 11;
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(x)) + (1u << (kDropped - 1));
  return std::bit_cast<float>(bits & ~((1u << kDropped) - 1));
}

OutcomeSummary::Figure around(double value, double error) {
  return {value, value - kNormal * error, value + kNormal * error};
}

double deviationOfMean(double n, double sum, double squares) {
  return std::sqrt(std::max(0.0, squares / n - (sum / n) * (sum / n)) / n);
}

/// Half the width of a confidence sequence for a mean of `n` terms.
double halfWidth(double n, double variance, double risk) {
  const double logs = -2 * dm::log(risk);
  const double rho2 = (logs + dm::log(logs + 1)) / kNarrowest;
  const double t = n * rho2 + 1;
  return std::sqrt(variance) * std::sqrt(2 * t / (n * n * rho2) * dm::log(std::sqrt(t) / risk));
}

}  // namespace

std::optional<double> JudgedCase::loss() const {
  if (probability) return (*probability - (isEvent ? 1 : 0)) * (*probability - (isEvent ? 1 : 0));
  if (predicted && actual) return (*predicted - *actual) * (*predicted - *actual);
  if (isRight) return *isRight ? 0 : 1;
  return std::nullopt;
}

double OutcomeSummary::Losses::variance() const noexcept {
  return std::max(0.0, squares / count - (sum / count) * (sum / count));
}

void OutcomeSummary::add(const JudgedCase& judged) {
  const auto loss = judged.loss();
  if (!loss || !std::isfinite(*loss)) return;
  ++cases_;
  losses_.add(*loss);
  if (judged.probability && *judged.probability >= 0 && *judged.probability <= 1)
    ++scores_[rounded(*judged.probability)][judged.isEvent ? 1 : 0];
  if (judged.isRight) ++classes_, right_ += *judged.isRight ? 1 : 0;
  if (!judged.predicted || !judged.actual) return;
  const double e = *judged.predicted - *judged.actual;
  numbers_ += 1;
  errors_ += e;
  absolute_ += std::fabs(e);
  squared_ += e * e;
  fourth_ += e * e * e * e;
}

void OutcomeSummary::merge(const OutcomeSummary& other) {
  cases_ += other.cases_;
  classes_ += other.classes_;
  right_ += other.right_;
  for (const auto& [score, counts] : other.scores_)
    for (std::size_t i = 0; i < 2; ++i) scores_[score][i] += counts[i];
  numbers_ += other.numbers_;
  errors_ += other.errors_;
  absolute_ += other.absolute_;
  squared_ += other.squared_;
  fourth_ += other.fourth_;
  losses_.merge(other.losses_);
}

BinaryEvaluation OutcomeSummary::binary() const {
  BinaryEvaluation out;
  for (const auto& [score, counts] : scores_)
    for (std::size_t outcome = 0; outcome < 2; ++outcome)
      for (std::uint64_t left = counts[outcome]; left > 0; --left) out.add(score, static_cast<double>(outcome));
  return out;
}

OutcomeSummary::Figure OutcomeSummary::auc() const {
  const BinaryEvaluation all = binary();
  Figure out = around(all.auc(), all.aucStandardError());
  out.low = std::max(out.low, 0.0), out.high = std::min(out.high, 1.0);
  return out;
}

OutcomeSummary::Figure OutcomeSummary::brier() const {
  double n = 0, sum = 0, squares = 0;
  for (const auto& [score, counts] : scores_)
    for (std::size_t outcome = 0; outcome < 2; ++outcome) {
      const double off = static_cast<double>(score) - static_cast<double>(outcome), loss = off * off;
      const auto times = static_cast<double>(counts[outcome]);
      n += times, sum += times * loss, squares += times * loss * loss;
    }
  return n > 0 ? around(sum / n, deviationOfMean(n, sum, squares)) : Figure{kNaN, kNaN, kNaN};
}

OutcomeSummary::Figure OutcomeSummary::accuracy() const {
  if (classes_ == 0) return {kNaN, kNaN, kNaN};
  const auto n = static_cast<double>(classes_);
  const double rate = static_cast<double>(right_) / n, z = kNormal;
  const double middle = (rate + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
  return {rate, std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

OutcomeSummary::Figure OutcomeSummary::rmse() const {
  if (!(numbers_ > 0)) return {kNaN, kNaN, kNaN};
  const Figure mean = around(squared_ / numbers_, deviationOfMean(numbers_, squared_, fourth_));
  return {std::sqrt(mean.value), std::sqrt(std::max(0.0, mean.low)), std::sqrt(mean.high)};
}

OutcomeSummary::Figure OutcomeSummary::mae() const {
  if (!(numbers_ > 0)) return {kNaN, kNaN, kNaN};
  return around(absolute_ / numbers_, deviationOfMean(numbers_, absolute_, squared_));
}

double OutcomeSummary::bias() const { return numbers_ > 0 ? errors_ / numbers_ : kNaN; }

void OutcomeSummary::save(std::string& out) const {
  Packer to(out);
  to.count(kOutcomesVersion);
  for (const std::uint64_t n : {cases_, classes_, right_}) to.count(n);
  for (const double x : {numbers_, errors_, absolute_, squared_, fourth_, losses_.count, losses_.sum, losses_.squares})
    to.number(x);
  to.count(scores_.size());
  for (const auto& [score, counts] : scores_) {
    to.count(std::bit_cast<std::uint32_t>(score));
    for (const std::uint64_t n : counts) to.count(n);
  }
}

std::optional<OutcomeSummary> OutcomeSummary::read(std::string_view bytes) {
  Unpacker from(bytes);
  OutcomeSummary out;
  if (from.count() != kOutcomesVersion) return std::nullopt;
  for (std::uint64_t* n : {&out.cases_, &out.classes_, &out.right_}) *n = from.count();
  for (double* x : {&out.numbers_, &out.errors_, &out.absolute_, &out.squared_, &out.fourth_, &out.losses_.count,
                    &out.losses_.sum, &out.losses_.squares})
    *x = from.number();
  for (std::size_t left = from.size(); left > 0; --left) {
    const auto score = std::bit_cast<float>(static_cast<std::uint32_t>(from.count()));
    if (!(score >= 0 && score <= 1)) return std::nullopt;
    for (std::uint64_t& n : out.scores_[score]) n = from.count();
  }
  if (!from.isWhole()) return std::nullopt;
  return out;
}

SequentialDifference sequentialDifference(const OutcomeSummary::Losses& pairs) {
  if (pairs.count < kLeastPairs) return {kNaN, kNaN, kNaN};
  const double half = halfWidth(pairs.count, pairs.variance(), kRisk);
  return {pairs.mean(), pairs.mean() - half, pairs.mean() + half};
}

SequentialDifference sequentialDifference(const OutcomeSummary::Losses& first, const OutcomeSummary::Losses& second) {
  if (first.count < kLeastPairs || second.count < kLeastPairs) return {kNaN, kNaN, kNaN};
  const double difference = first.mean() - second.mean();
  const double half =
      halfWidth(first.count, first.variance(), kRisk / 2) + halfWidth(second.count, second.variance(), kRisk / 2);
  return {difference, difference - half, difference + half};
}

}  // namespace scorelet::telemetry
