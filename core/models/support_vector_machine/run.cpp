#include <array>
#include <cmath>

#include "base/math.hpp"
#include "base/number.hpp"
#include "models/row_sums.hpp"
#include "models/support_vector_machine/machine.hpp"

namespace scorelet::models::support_vector_machine {

namespace {

/// From dot products (radialBasis: squared distances) to kernel values, in place.
template <bool isFloat>
void applyKernel(const Kernel& kernel, double* k, std::size_t count) {
  constexpr auto r = rounded<isFloat>;
  const auto each = [&](auto&& f) {
    for (std::size_t i = 0; i < count; ++i) k[i] = f(k[i]);
  };
  const auto shifted = [&](double x) { return r(r(kernel.gamma * x) + kernel.coef0); };
  switch (kernel.type) {
    case KernelType::linear: return;
    case KernelType::polynomial: return each([&](double x) { return r(dm::pow(shifted(x), kernel.degree)); });
    case KernelType::radialBasis: return each([&](double x) { return r(dm::exp(-r(kernel.gamma * x))); });
    case KernelType::sigmoid: return each([&](double x) { return r(dm::tanh(shifted(x))); });
  }
}

/// Fills x (coordinates), k (kernels of the vectors) and f (machines), each unit by unit.
template <bool isFloat>
void evaluate(const Machines& m, std::size_t n, const double* x, double* k, double* f) {
  const auto termsOf = [&](const Run& run) {
    return Terms{0, m.weights.data() + run.first, m.from.data() + run.first, run.count};
  };
  const auto vector = [&](std::size_t v) { return termsOf(m.vectors[v]); };
  if (m.kernel.type == KernelType::radialBasis)
    sumRows<SquaredDifference, isFloat>(m.vectors.size(), vector, x, n, k);
  else
    sumRows<Product, isFloat>(m.vectors.size(), vector, x, n, k);
  applyKernel<isFloat>(m.kernel, k, m.vectors.size() * n);

  const auto machine = [&](std::size_t s) { return termsOf(m.machines[s].coefficients); };
  sumRows<Product, isFloat>(m.machines.size(), machine, m.vectors.empty() ? x : k, n, f);
  for (std::size_t s = 0; s < m.machines.size(); ++s)
    for (std::size_t i = 0; i < n; ++i) f[s * n + i] = rounded<isFloat>(f[s * n + i] + m.machines[s].absoluteValue);
}

}  // namespace

void MachinesStep::run(const Frame& frame) const {
  const Machines& m = machines;
  const std::size_t n = frame.n;
  std::vector<double>& numbers = frame.buffers.numbers;
  numbers.resize((m.coordinates.size() + m.vectors.size() + m.machines.size()) * n);
  double* x = numbers.data();
  double* k = x + m.coordinates.size() * n;
  double* f = k + m.vectors.size() * n;

  std::array<Value, program::kChunk> hole{};  // why a row has no value
  for (std::size_t c = 0; c < m.coordinates.size(); ++c) {
    const Coordinate& coordinate = m.coordinates[c];
    const Value* in = frame.at(coordinate.slot);
    for (std::size_t i = 0; i < n; ++i) {
      // A missing category equals nothing (spec: CategoricalPredictor).
      const bool isHole = coordinate.isCategorical ? isInvalid(in[i]) : !isPresent(in[i]);
      if (isHole && !isInvalid(hole[i])) hole[i] = in[i];
      x[c * n + i] = coordinate.isCategorical ? fromBool(in[i] == coordinate.category)
                     : m.isFloat              ? toFloat(in[i])
                                              : in[i];
    }
  }
  if (m.isFloat)
    evaluate<true>(m, n, x, k, f);
  else
    evaluate<false>(m, n, x, k, f);
  double* out = frame.at(value);
  for (std::size_t i = 0; i < n; ++i)
    out[i] = !isPresent(hole[i]) ? hole[i] : m.decision == Decision::none ? checked(f[i]) : decide(frame, f, i);
}

Value MachinesStep::decide(const Frame& frame, const double* values, std::size_t i) const {
  const Machines& m = machines;
  const std::size_t n = frame.n;
  for (std::size_t s = 0; s < m.machines.size(); ++s)
    if (!isPresent(values[s * n + i])) return invalid(Reason::notANumber);
  switch (m.decision) {
    case Decision::oneAgainstAll: {
      std::size_t best = 0;
      for (std::size_t s = 1; s < m.machines.size(); ++s) {
        const double a = values[s * n + i], b = values[best * n + i];
        if (m.maxWins ? a > b : a < b) best = s;
      }
      return m.categories[m.machines[best].target];
    }
    case Decision::rounded: {
      const double y = roundHalfUp(values[i]);
      return y == 1   ? m.categories[m.machines[0].target]
             : y == 0 ? m.categories[m.machines[0].alternate]
                      : invalid(Reason::notInDomain);
    }
    default: {
      auto& votes = frame.buffers.sums;
      votes.assign(m.categories.size(), 0);
      for (std::size_t s = 0; s < m.machines.size(); ++s) {
        const Machine& machine = m.machines[s];
        const double f = values[s * n + i];
        ++votes[(m.maxWins ? f > machine.threshold : f < machine.threshold) ? machine.target : machine.alternate];
      }
      std::size_t best = 0;
      for (std::size_t c = 1; c < votes.size(); ++c)
        if (votes[c] > votes[best]) best = c;
      return m.categories[best];
    }
  }
}

std::size_t Machines::bytes() const noexcept {
  return coordinates.size() * sizeof(Coordinate) + vectors.size() * sizeof(Run) + machines.size() * sizeof(Machine) +
         weights.size() * (sizeof(double) + sizeof(std::uint32_t)) + categories.size() * sizeof(Value);
}

}  // namespace scorelet::models::support_vector_machine
