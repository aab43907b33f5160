// The covariance functions of GaussianProcessModel (spec: Gaussian Process, "Kernel Types").
#pragma once

#include <cstdint>
#include <vector>

#include "xml/document.hpp"

namespace scorelet::models::gaussian_process {

struct Kernel {
  enum class Kind : std::uint8_t { squaredExponential, absoluteExponential, generalizedExponential };
  Kind kind = Kind::squaredExponential;
  double gamma = 1;          ///< k(x, x)
  double noiseVariance = 1;  ///< of an observation, on the diagonal only
  double degree = 1;
  std::vector<double> lambda;  ///< one length scale per input

  [[nodiscard]] double operator()(const double* x, const double* z) const noexcept;
};

/// The kernel of `model` for `inputs` inputs; faults are reported.
[[nodiscard]] Kernel readKernel(xml::Element model, std::size_t inputs);

}  // namespace scorelet::models::gaussian_process
