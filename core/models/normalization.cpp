#include "models/normalization.hpp"

#include "base/math.hpp"

namespace scorelet::models {

namespace {
constexpr std::pair<std::string_view, Normalization> kNormalizations[] = {
    {"none", Normalization::none},   {"simplemax", Normalization::simplemax}, {"softmax", Normalization::softmax},
    {"logit", Normalization::logit}, {"probit", Normalization::probit},       {"cloglog", Normalization::cloglog},
    {"exp", Normalization::exp},     {"loglog", Normalization::loglog},       {"cauchit", Normalization::cauchit}};
}  // namespace

Normalization readNormalization(xml::Element e, std::string_view attribute) {
  return e.word(attribute, Normalization::none, kNormalizations);
}

double inverseLink(Normalization normalization, double y) {
  switch (normalization) {
    case Normalization::none:
    case Normalization::simplemax: return y;
    case Normalization::softmax:
    case Normalization::logit: return 1 / (1 + dm::exp(-y));
    case Normalization::probit: return dm::normalCdf(y);
    case Normalization::cloglog: return -dm::expm1(-dm::exp(y));
    case Normalization::exp: return dm::exp(y);
    case Normalization::loglog: return dm::exp(-dm::exp(-y));
    case Normalization::cauchit: return 0.5 + dm::atan(y) / 3.141592653589793;
  }
  return y;
}

}  // namespace scorelet::models
