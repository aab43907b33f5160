// The scale on which a series is modelled (spec: attribute transformation).
#pragma once

#include <cmath>

#include "base/math.hpp"
#include "base/value.hpp"
#include "xml/document.hpp"

namespace scorelet::models::time_series {

enum class Transformation : std::uint8_t { none, logarithmic, squareroot };

[[nodiscard]] inline Transformation readTransformation(xml::Element e) {
  static constexpr std::pair<std::string_view, Transformation> words[] = {{"none", Transformation::none},
                                                                          {"logarithmic", Transformation::logarithmic},
                                                                          {"squareroot", Transformation::squareroot}};
  return e.word("transformation", Transformation::none, words);
}

/// A value of the series on the model's scale; invalid where the function is not defined.
[[nodiscard]] inline Value transformed(Transformation t, Value y) {
  if (t == Transformation::none || !isPresent(y)) return y;
  if (t == Transformation::logarithmic) return y > 0 ? dm::log(y) : invalid(Reason::notANumber);
  return y >= 0 ? std::sqrt(y) : invalid(Reason::notANumber);
}

/// A forecast back on the scale of the series.
[[nodiscard]] inline Value restored(Transformation t, Value z) {
  if (t == Transformation::none || !isPresent(z)) return z;
  return t == Transformation::logarithmic ? dm::exp(z) : z * z;
}

/// A bound of an interval back on the scale of the series: as `restored`, but a root that is negative is none.
[[nodiscard]] inline Value restoredBound(Transformation t, Value z) {
  return t == Transformation::squareroot && z < 0 ? 0 : restored(t, z);
}

/// The standard deviation of exp(Z) or Z² where Z is normal with mean z and deviation d.
[[nodiscard]] inline Value restoredDeviation(Transformation t, Value z, Value d) {
  if (t == Transformation::none || !isPresent(d)) return d;
  if (!isPresent(z)) return z;
  if (t == Transformation::logarithmic) return checked(dm::exp(z + d * d / 2) * std::sqrt(dm::expm1(d * d)));
  return checked(d * std::sqrt(4 * z * z + 2 * d * d));
}

}  // namespace scorelet::models::time_series
