#include "models/bayesian_network/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/math.hpp"

namespace scorelet::models::bayesian_network {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr double kTwoPi = 6.283185307179586;

using Kind = Distribution::Kind;

/// Whether a member matters, and whether something observed lies below it through hidden nodes.
constexpr std::uint32_t kObserved = 1, kRelevant = 2, kConstrained = 4;

/// Roles by walking from children to parents; `isObserved` is asked per node.
template <class IsObserved>
void assignRoles(const Network& network, const Group& group, std::uint32_t target, IsObserved isObserved,
                 std::span<std::uint32_t> roles) {
  for (const std::uint32_t c : group.members) roles[c] = isObserved(c) ? kObserved : 0;
  for (std::size_t i = group.members.size(); i-- > 0;) {
    const std::uint32_t c = group.members[i];
    if ((roles[c] & kObserved) != 0 || c == target) roles[c] |= kRelevant;
    if ((roles[c] & kRelevant) == 0) continue;
    for (const std::uint32_t p : network.continuous[c].parents) {
      if ((roles[p] & kObserved) != 0) continue;
      roles[p] |= kRelevant;
      if ((roles[c] & (kObserved | kConstrained)) != 0) roles[p] |= kConstrained;
    }
  }
}

double normalLog(double difference, double variance) {
  return -0.5 * (dm::log(kTwoPi * variance) + difference * difference / variance);
}

/// Numbers of a distribution whose parameters are known, up to a common shift by hidden nodes.
struct Numbers {
  double mean = 0, variance = 0, lower = 0, upper = 0;
};

/// The mode of a triangular distribution from its mean; NaN if there is none between the ends.
double triangularMode(const Numbers& n) {
  const double width = n.upper - n.lower, mode = 3 * n.mean - n.lower - n.upper;
  const double slack = width * 0x1p-40;  // rounding of the parameters
  if (!(width > 0) || !(mode >= n.lower - slack && mode <= n.upper + slack)) return kUndefined;
  return std::clamp(mode, n.lower, n.upper);
}

/// Logarithm of the density at x; NaN where the parameters describe no distribution.
double logDensity(Kind kind, const Numbers& n, double x) {
  switch (kind) {
    case Kind::normal: return n.variance > 0 ? normalLog(x - n.mean, n.variance) : kUndefined;
    case Kind::lognormal: {
      if (!(n.variance > 0)) return kUndefined;
      const double logarithm = x > 0 ? dm::log(x) : 0;
      return x > 0 ? normalLog(logarithm - n.mean, n.variance) - logarithm : kNever;
    }
    case Kind::uniform:
      if (!(n.lower < n.upper)) return kUndefined;
      return x < n.lower || x > n.upper ? kNever : -dm::log(n.upper - n.lower);
    case Kind::triangular: {
      const double mode = triangularMode(n), width = n.upper - n.lower;
      if (mode != mode) return kUndefined;
      if (x < n.lower || x > n.upper) return kNever;
      const double height = x < mode   ? (x - n.lower) / (mode - n.lower)
                            : x > mode ? (n.upper - x) / (n.upper - mode)
                                       : 1;
      return height > 0 ? dm::log(2 * height / width) : kNever;
    }
  }
  return kUndefined;
}

/// Mean and variance as a pair; NaN where the parameters describe no distribution.
std::pair<double, double> momentsOf(Kind kind, const Numbers& n) {
  switch (kind) {
    case Kind::normal: return {n.mean, n.variance >= 0 ? n.variance : kUndefined};
    case Kind::lognormal: {
      if (!(n.variance >= 0)) return {kUndefined, kUndefined};
      const double mean = dm::exp(n.mean + n.variance / 2);
      return {mean, dm::expm1(n.variance) * mean * mean};
    }
    case Kind::uniform: {
      const double width = n.upper - n.lower;
      return {n.lower + width / 2, width > 0 ? width * width / 12 : kUndefined};
    }
    case Kind::triangular: {
      const double c = triangularMode(n), a = c - n.lower, b = n.upper - c;
      return {n.mean, (a * a + a * b + b * b) / 18};
    }
  }
  return {kUndefined, kUndefined};
}

/// One pass through a group for one configuration of its discrete variables. Hidden nodes so far have the means and
/// covariances of a Gaussian, conditional on what was observed so far.
class Pass {
 public:
  Pass(const Record& record, const Workspace& workspace)
      : record_(record),
        roles_(workspace.roles),
        numbers_(workspace.hidden),
        room_(record.frame.buffers.sums),
        terms_(record.frame.buffers.entries) {}

  /// Takes `c` in; false: `poison` ends the record.
  bool take(std::uint32_t c, std::span<const std::uint32_t> config) {
    const ContinuousNode& node = record_.network.continuous[c];
    const Distribution& d = node.distributions[cellOf(node.shape, config)];
    const Value x = record_.at(node);
    const bool isObserved = isPresent(x);
    terms_.clear();
    Numbers numbers;
    if (!read(d, config, numbers)) return false;
    if (isObserved && terms_.empty()) return add(logDensity(d.kind, numbers, x));
    if (isObserved) {
      if (d.kind != Kind::normal) return unsolvable(c);
      return update(x, numbers);
    }
    if ((isConstrained(c) && d.kind != Kind::normal) || (!terms_.empty() && d.kind == Kind::lognormal))
      return unsolvable(c);
    const auto [mean, variance] = momentsOf(d.kind, numbers);
    if (!(mean - mean == 0) || !(variance - variance == 0)) return noNumber();
    extend(c, mean, variance);
    return true;
  }

  double logLikelihood = 0;
  Value poison = missing();
  [[nodiscard]] double meanOf(std::uint32_t c) const { return mean(hidden(c)); }
  [[nodiscard]] double varianceOf(std::uint32_t c) const { return covariance(hidden(c), hidden(c)); }

 private:
  [[nodiscard]] std::size_t hidden(std::uint32_t c) const { return numbers_[c]; }
  [[nodiscard]] bool isConstrained(std::uint32_t c) const { return (roles_[c] & kConstrained) != 0; }

  // Room: per hidden node its mean and the row of covariances with those before it.
  static std::size_t start(std::size_t h) { return h * (h + 3) / 2; }
  [[nodiscard]] double& mean(std::size_t h) const { return room_[start(h)]; }
  [[nodiscard]] double& covariance(std::size_t a, std::size_t b) const {
    return room_[start(std::max(a, b)) + 1 + std::min(a, b)];
  }

  bool noNumber() {
    poison = invalid(Reason::notANumber);
    return false;
  }
  /// Exact inference would need the value of a hidden node: the first one on which `c` depends, or its own.
  bool unsolvable(std::uint32_t c) {
    const std::uint32_t at = terms_.empty() ? c : terms_[0].index;
    poison = invalid(Reason::missingNotAllowed, record_.network.continuous[at].place);
    return false;
  }
  bool add(double logarithm) {
    if (logarithm != logarithm) return noNumber();
    logLikelihood += logarithm;
    return true;
  }

  /// All parameters as numbers, and what hidden nodes add to the mean in `terms_`. Hidden nodes may shift a
  /// distribution, not change its shape.
  bool read(const Distribution& d, std::span<const std::uint32_t> config, Numbers& out) {
    std::size_t meanTerms = 0;
    if (d.kind != Kind::uniform) {
      if (!read(d.mean, config, out.mean)) return false;
      meanTerms = terms_.size();
    }
    if (d.kind == Kind::normal || d.kind == Kind::lognormal) {
      if (!read(d.variance, config, out.variance)) return false;
      return terms_.size() == meanTerms || unsolvableParameter();
    }
    const std::size_t lowerBegin = terms_.size();
    if (!read(d.lower, config, out.lower)) return false;
    const std::size_t upperBegin = terms_.size();
    if (!read(d.upper, config, out.upper)) return false;
    const std::size_t shift = upperBegin - lowerBegin;
    bool isShift = terms_.size() - upperBegin == shift && (d.kind == Kind::uniform || meanTerms == shift);
    for (std::size_t i = 0; isShift && i < shift; ++i)
      for (std::size_t begin = 0; begin < terms_.size(); begin += shift)
        isShift &= terms_[begin + i].index == terms_[i].index && terms_[begin + i].weight == terms_[i].weight;
    if (!isShift) return unsolvableParameter();
    terms_.resize(shift);
    return true;
  }

  bool unsolvableParameter() { return unsolvable(terms_[0].index); }

  /// One parameter: the expression's lane where its nodes are observed, else its linear form.
  bool read(const Parameter& p, std::span<const std::uint32_t> config, double& out) {
    const Parameter::Variant& variant = p.variants[cellOf(p.shape, config)];
    std::uint32_t hiddenPlace = kNone;
    for (const std::uint32_t c : p.nodes)
      if (!isPresent(record_.at(record_.network.continuous[c])) && hiddenPlace == kNone)
        hiddenPlace = record_.network.continuous[c].place;
    for (const std::uint32_t v : p.indirect)
      if (record_.state[v] == kNone && hiddenPlace == kNone) hiddenPlace = record_.network.variables[v].place;
    if (hiddenPlace == kNone) {
      const Value value = record_.frame.at(variant.slot)[record_.row];
      if (!isPresent(value)) {
        poison = value;
        return false;
      }
      out = value;
      return true;
    }
    if (!variant.isAffine) {
      poison = invalid(Reason::missingNotAllowed, hiddenPlace);
      return false;
    }
    out = variant.affine.constant;
    for (const auto& [node, coefficient] : variant.affine.terms) {
      const Value x = record_.at(record_.network.continuous[node]);
      if (isPresent(x))
        out += coefficient * x;
      else
        terms_.push_back({node, 0, coefficient});
    }
    return out == out || noNumber();
  }

  [[nodiscard]] static std::size_t cellOf(const Shape& shape, std::span<const std::uint32_t> config) {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < shape.variables.size(); ++i)
      cell += std::size_t{config[shape.variables[i]]} * shape.strides[i];
    return cell;
  }

  /// A hidden node joins: mean + Σ b·parent with a variance of its own.
  void extend(std::uint32_t c, double ownMean, double ownVariance) {
    const std::size_t h = count_++;
    numbers_[c] = static_cast<std::uint32_t>(h);
    if (room_.size() < start(count_)) room_.resize(start(count_));
    double m = ownMean, v = ownVariance;
    for (const auto& t : terms_) m += t.weight * mean(hidden(t.index));
    for (std::size_t j = 0; j < h; ++j) {
      double sum = 0;
      for (const auto& t : terms_) sum += t.weight * covariance(hidden(t.index), j);
      covariance(h, j) = sum;
    }
    for (const auto& t : terms_) v += t.weight * covariance(h, hidden(t.index));
    mean(h) = m;
    covariance(h, h) = v;
  }

  /// An observed linear function of hidden nodes with noise: its density, then the hidden nodes given it.
  bool update(double x, const Numbers& numbers) {
    double predicted = numbers.mean, variance = numbers.variance;
    if (!(variance >= 0)) return noNumber();
    const std::size_t gains = start(count_);
    if (room_.size() < gains + count_) room_.resize(gains + count_);
    for (const auto& t : terms_) predicted += t.weight * mean(hidden(t.index));
    for (std::size_t j = 0; j < count_; ++j) {
      double sum = 0;
      for (const auto& t : terms_) sum += t.weight * covariance(hidden(t.index), j);
      room_[gains + j] = sum;
    }
    for (const auto& t : terms_) variance += t.weight * room_[gains + hidden(t.index)];
    if (!(variance > 0)) return noNumber();
    const double innovation = x - predicted;
    for (std::size_t j = 0; j < count_; ++j) {
      mean(j) += room_[gains + j] * innovation / variance;
      for (std::size_t k = 0; k <= j; ++k) covariance(j, k) -= room_[gains + j] * room_[gains + k] / variance;
    }
    return add(normalLog(innovation, variance));
  }

  const Record& record_;
  std::span<const std::uint32_t> roles_;
  std::span<std::uint32_t> numbers_;  ///< of hidden nodes, in the order of their joining
  std::vector<double>& room_;
  std::vector<program::Buffers::Entry>& terms_;
  std::size_t count_ = 0;
};

}  // namespace

Value evaluateGroup(const Record& record, const Group& group, std::uint32_t target, double* factor, Moments moments,
                    const Workspace& workspace) {
  const Network& network = record.network;
  assignRoles(
      network, group, target, [&](std::uint32_t c) { return isPresent(record.at(network.continuous[c])); },
      workspace.roles);
  Walk<1> walk;
  walk.variables = group.shape.variables;
  walk.strides[0] = group.shape.strides.data();
  walk.streams = 1;
  const Walk<1> beginning = walk;
  double most = kNever;
  walk.start(record, workspace.position);
  do {
    for (std::size_t i = 0; i < walk.variables.size(); ++i) {
      const std::uint32_t v = walk.variables[i];
      workspace.config[v] = record.state[v] == kNone ? workspace.position[i] : record.state[v];
    }
    Pass pass(record, workspace);
    for (const std::uint32_t c : group.members)
      if ((workspace.roles[c] & kRelevant) != 0 && !pass.take(c, workspace.config)) return pass.poison;
    const std::size_t cell = walk.offsets[0];
    factor[cell] = pass.logLikelihood;
    most = std::max(most, pass.logLikelihood);
    if (target != kNone) {
      moments.mean[cell] = pass.meanOf(target);
      moments.variance[cell] = pass.varianceOf(target);
    }
  } while (walk.next(record, workspace.position));
  if (!(most > kNever)) return invalid(Reason::notANumber);  // the evidence is impossible
  walk = beginning;
  walk.start(record, workspace.position);
  do factor[walk.offsets[0]] = dm::exp(factor[walk.offsets[0]] - most);
  while (walk.next(record, workspace.position));
  return 0;
}

namespace {

/// The terms of a parameter's form in nodes that are never observed; nothing if it has no form and needs one.
std::optional<std::vector<std::pair<std::uint32_t, double>>> openTerms(const Network& network, const Parameter& p,
                                                                       const Parameter::Variant& variant) {
  const auto isOpen = [&](std::uint32_t c) { return network.continuous[c].evidence == kNoSlot; };
  bool needsForm = false;
  for (const std::uint32_t c : p.nodes) needsForm |= isOpen(c);
  for (const std::uint32_t v : p.indirect) needsForm |= network.variables[v].evidence == kNoSlot;
  std::vector<std::pair<std::uint32_t, double>> terms;
  if (!needsForm) return terms;
  if (!variant.isAffine) return std::nullopt;
  for (const auto& t : variant.affine.terms)
    if (isOpen(t.first)) terms.push_back(t);
  return terms;
}

bool isSolvable(const Network& network, const Distribution& d, std::uint32_t role) {
  const auto forms = [&](const Parameter& p) {
    std::vector<std::vector<std::pair<std::uint32_t, double>>> all;
    for (const Parameter::Variant& v : p.variants) {
      auto terms = openTerms(network, p, v);
      if (!terms) return decltype(all){};
      all.push_back(std::move(*terms));
    }
    return all;
  };
  const auto isFixed = [](const auto& all) {
    return !all.empty() && std::all_of(all.begin(), all.end(), [](const auto& terms) { return terms.empty(); });
  };
  const bool isObserved = (role & kObserved) != 0, isConstrained = (role & kConstrained) != 0;
  const bool hasMean = d.kind != Kind::uniform, hasVariance = d.kind == Kind::normal || d.kind == Kind::lognormal;
  const auto mean = forms(d.mean), variance = forms(d.variance), lower = forms(d.lower), upper = forms(d.upper);
  if ((hasMean && mean.empty()) || (hasVariance ? variance.empty() : lower.empty() || upper.empty())) return false;
  if (hasVariance && !isFixed(variance)) return false;
  const bool isAllFixed = (!hasMean || isFixed(mean)) && (hasVariance || (isFixed(lower) && isFixed(upper)));
  if (isObserved) return isAllFixed || d.kind == Kind::normal;
  if (isConstrained) return d.kind == Kind::normal;
  return isAllFixed || d.kind != Kind::lognormal;
}

}  // namespace

std::uint32_t firstUnsolvable(const Network& network, const Group& group, std::uint32_t target) {
  std::vector<std::uint32_t> roles(network.continuous.size());
  assignRoles(
      network, group, target, [&](std::uint32_t c) { return network.continuous[c].evidence != kNoSlot; }, roles);
  for (const std::uint32_t c : group.members)
    if ((roles[c] & kRelevant) != 0)
      for (const Distribution& d : network.continuous[c].distributions)
        if (!isSolvable(network, d, roles[c])) return c;
  return kNone;
}

}  // namespace scorelet::models::bayesian_network
