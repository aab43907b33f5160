#include "models/gaussian_process/kernel.hpp"

#include <cmath>

#include "base/math.hpp"
#include "document/array.hpp"

namespace scorelet::models::gaussian_process {

double Kernel::operator()(const double* x, const double* z) const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < lambda.size(); ++i) {
    const double d = std::fabs(x[i] - z[i]) / lambda[i];
    switch (kind) {
      case Kind::squaredExponential: sum += d * d; break;
      case Kind::absoluteExponential: sum += d; break;
      case Kind::generalizedExponential: sum += dm::pow(d, degree); break;
    }
  }
  return gamma * dm::exp(kind == Kind::squaredExponential ? -0.5 * sum : -sum);
}

namespace {

double atLeastZero(xml::Element e, std::string_view attribute, double x, bool mayBeZero) {
  if (x > 0 || (mayBeZero && x == 0)) return x;
  e.error(Code::badValue, std::string(attribute) + (mayBeZero ? " must not be negative." : " must be greater than 0."),
          attribute);
  return 1;
}

/// Length scales: one per input, or one for all; none means 1.
std::vector<double> readLambda(xml::Element kernel, std::size_t inputs) {
  std::vector<double> lambda;
  for (const xml::Element e : xml::children(kernel, "Lambda")) {
    xml::Element array = e.child("Array");
    if (!array) array = e.child("array");  // so spelled in the example of PMML 4.3
    if (!array) {
      e.error(Code::missingElement, "Lambda needs an Array.");
      continue;
    }
    for (const double x : document::readNumbers(array)) {
      if (!(x > 0)) array.error(Code::badValue, "A length scale must be greater than 0.");
      lambda.push_back(x > 0 ? x : 1);
    }
  }
  if (lambda.empty()) lambda.push_back(1);
  if (lambda.size() == 1) lambda.resize(inputs, lambda[0]);
  if (lambda.size() != inputs)
    kernel.error(Code::badValue, "Lambda has " + std::to_string(lambda.size()) + " length scales for " +
                                     std::to_string(inputs) + " inputs.");
  lambda.resize(inputs, 1);
  return lambda;
}

}  // namespace

Kernel readKernel(xml::Element model, std::size_t inputs) {
  constexpr std::pair<std::string_view, Kernel::Kind> kKernels[] = {
      {"RadialBasisKernel", Kernel::Kind::squaredExponential},
      {"ARDSquaredExponentialKernel", Kernel::Kind::squaredExponential},
      {"AbsoluteExponentialKernel", Kernel::Kind::absoluteExponential},
      {"GeneralizedExponentialKernel", Kernel::Kind::generalizedExponential}};
  Kernel kernel;
  kernel.lambda.assign(inputs, 1);
  xml::Element found;
  for (const xml::Element e : xml::children(model))
    for (const auto& [name, kind] : kKernels)
      if (e.name() == name) {
        if (found) e.error(Code::duplicateName, "A GaussianProcessModel has one kernel.");
        found = e;
        kernel.kind = kind;
      }
  if (!found) {
    model.error(
        Code::missingElement,
        "GaussianProcessModel needs a RadialBasisKernel, ARDSquaredExponentialKernel, AbsoluteExponentialKernel "
        "or GeneralizedExponentialKernel.");
    return kernel;
  }
  kernel.gamma = atLeastZero(found, "gamma", found.number("gamma", 1), false);
  kernel.noiseVariance = atLeastZero(found, "noiseVariance", found.number("noiseVariance", 1), true);
  if (kernel.kind == Kernel::Kind::generalizedExponential)
    kernel.degree = atLeastZero(found, "degree", found.number("degree", 1), false);
  if (found.name() == "RadialBasisKernel")
    kernel.lambda.assign(inputs, atLeastZero(found, "lambda", found.number("lambda", 1), false));
  else
    kernel.lambda = readLambda(found, inputs);
  return kernel;
}

}  // namespace scorelet::models::gaussian_process
