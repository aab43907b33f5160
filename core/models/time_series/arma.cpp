#include "models/time_series/arma.hpp"

#include <algorithm>
#include <string>

#include "document/array.hpp"

namespace scorelet::models::time_series {

std::vector<double> readCoefficients(xml::Element parent, std::size_t count) {
  const xml::Element array = parent ? parent.child("Array") : xml::Element();
  std::vector<double> c = array ? document::readNumbers(array) : std::vector<double>{};
  if (c.size() == count) return c;
  if (parent)
    parent.error(Code::badValue, "<" + std::string(parent.name()) + "> needs an Array with " + std::to_string(count) +
                                     " numbers, as the order says.");
  return std::vector<double>(count, 0.0);
}

std::size_t readOrder(xml::Element e, std::string_view attribute, std::size_t most) {
  const int order = e.integer(attribute, 0);
  if (order >= 0 && static_cast<std::size_t>(order) <= most) return static_cast<std::size_t>(order);
  e.error(Code::badValue, "This is a number from 0 to " + std::to_string(most) + ".", attribute);
  return 0;
}

void Recursion::run(std::span<double> steps, std::span<double> memory) const noexcept {
  std::copy(past.begin(), past.end(), memory.begin());
  for (std::size_t h = 0; h < steps.size(); ++h) {
    const Value known = h < shocks.size() ? checked(constant + shocks[h]) : constant;
    const std::size_t at = past.size() + h;
    steps[h] = memory[at] = plusLags(known, ar, memory, at);
  }
}

void Recursion::foresee(std::span<const double> residuals) {
  shocks.assign(longest(ma), 0.0);
  for (std::size_t h = 0; h < shocks.size(); ++h)
    for (const Lag& l : ma) {
      const std::size_t back = l.lag - h;  // how many residuals ago, 1 is the last
      if (l.lag > h && back <= residuals.size()) shocks[h] += l.coefficient * residuals[residuals.size() - back];
    }
}

void psiWeights(const Lags& ar, const Lags& ma, std::span<double> psi) noexcept {
  for (std::size_t j = 0; j < psi.size(); ++j) {
    Value w = j == 0 ? 1 : 0;
    for (const Lag& l : ma)
      if (l.lag == j) w = l.coefficient;
    psi[j] = plusLags(w, ar, psi, j);
  }
}

}  // namespace scorelet::models::time_series
