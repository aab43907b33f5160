#include "models/general_regression/compilation.hpp"

#include <string>

namespace scorelet::models::general_regression {

using namespace compile;

namespace {

// cauchit is no LINK-FUNCTION of the schema, but a cumulative link, and producers write it.
constexpr std::pair<std::string_view, Link::Kind> kLinks[] = {
    {"identity", Link::Kind::identity},   {"log", Link::Kind::log},         {"logc", Link::Kind::logc},
    {"logit", Link::Kind::logit},         {"probit", Link::Kind::probit},   {"cloglog", Link::Kind::cloglog},
    {"loglog", Link::Kind::loglog},       {"cauchit", Link::Kind::cauchit}, {"negbin", Link::Kind::negbin},
    {"oddspower", Link::Kind::oddspower}, {"power", Link::Kind::power}};
constexpr std::pair<std::string_view, Link::Kind> kCumulativeLinks[] = {{"logit", Link::Kind::logit},
                                                                        {"probit", Link::Kind::probit},
                                                                        {"cloglog", Link::Kind::cloglog},
                                                                        {"loglog", Link::Kind::loglog},
                                                                        {"cauchit", Link::Kind::cauchit}};

}  // namespace

std::optional<Link> Compilation::link(std::string_view attribute) const {
  if (!model.attribute(attribute)) {
    (void)model.required(attribute);
    return std::nullopt;
  }
  Link link{attribute == "cumulativeLink" ? model.word(attribute, Link::Kind::logit, kCumulativeLinks)
                                          : model.word(attribute, Link::Kind::identity, kLinks),
            0};
  const std::string_view needed = link.kind == Link::Kind::negbin ? "distParameter"
                                  : link.kind == Link::Kind::oddspower || link.kind == Link::Kind::power
                                      ? "linkParameter"
                                      : "";
  if (needed.empty()) return link;
  const auto parameter = model.number(needed);
  if (!parameter || (link.kind == Link::Kind::negbin && !(*parameter > 0))) {
    model.error(parameter ? Code::badValue : Code::missingAttribute,
                "The link " + std::string(model.attribute(attribute, {})) + " needs a " + std::string(needed) +
                    (link.kind == Link::Kind::negbin ? " above 0." : "."),
                needed);
    return std::nullopt;
  }
  link.parameter = *parameter;
  return link;
}

Slot Compilation::number(std::string_view variable, std::string_view value, double otherwise) const {
  if (const auto name = model.attribute(variable)) {
    const Binding* field = context.scope.resolve(*name, model, variable);
    return field == nullptr ? kNoSlot : castTo(context.scope, field->value, DataType::float64).slot;
  }
  const double x = value.empty() ? otherwise : model.number(value, otherwise);
  return builder.constant(context.isFloat ? toFloat(x) : x, DataType::float64).slot;
}

std::optional<Equation> Compilation::onlyEquation() {
  std::optional<Value> category;
  for (const Coefficient& c : reader.coefficients()) {
    if (c.category && category && *c.category != *category) {
      c.at.error(Code::badValue, "A regression has one equation, so its cells cannot have several target categories.",
                 "targetCategory");
      return std::nullopt;
    }
    if (c.category) category = c.category;
  }
  if (reader.coefficients().empty() && family != Family::coxRegression) {
    model.error(Code::emptyModel, "The ParamMatrix has no PCell.");
    return std::nullopt;
  }
  return reader.equation(category.value_or(missing()));
}

}  // namespace scorelet::models::general_regression
