#include "models/bayesian_network/affine.hpp"

#include <algorithm>

#include "compile/expression.hpp"

namespace scorelet::models::bayesian_network {

namespace {

Affine scaled(Affine a, double factor) {
  a.constant *= factor;
  for (auto& [node, coefficient] : a.terms) coefficient *= factor;
  return a;
}

Affine sum(Affine a, const Affine& b) {
  a.constant += b.constant;
  for (const auto& [node, coefficient] : b.terms) {
    const auto same = std::find_if(a.terms.begin(), a.terms.end(), [&](const auto& t) { return t.first == node; });
    if (same != a.terms.end())
      same->second += coefficient;
    else
      a.terms.emplace_back(node, coefficient);
  }
  return a;
}

}  // namespace

xml::Element expressionIn(xml::Element parent) {
  for (const xml::Element e : xml::children(parent))
    if (compile::isExpression(e.name())) return e;
  return {};
}

Expressions::Expressions(const compile::ModelContext& context, const Network& network)
    : builder_(context.scope.builder()), network_(network) {
  const auto add = [&](xml::Element section) {
    for (const xml::Element f : xml::children(section, "DerivedField")) derived_.emplace(f.attribute("name", {}), f);
  };
  for (const xml::Element node : xml::children(context.model.child("BayesianNetworkNodes"))) add(node);
  add(context.model.child("LocalTransformations"));
  add(builder_.pmml().child("TransformationDictionary"));
}

References Expressions::references(xml::Element expression) const {
  References found;
  std::set<std::string_view> seen;
  visit(expression, true, seen, found);
  return found;
}

void Expressions::visit(xml::Element e, bool isDirect, std::set<std::string_view>& seen, References& found) const {
  if (!e || !builder_.charge(e)) return;
  // FieldRef, NormContinuous, FieldColumnPair …: whatever refers to a field does so by these attributes.
  for (const std::string_view attribute : {"field", "textField"})
    if (const auto name = e.attribute(attribute)) refer(*name, isDirect, seen, found);
  for (const xml::Element c : xml::children(e)) visit(c, isDirect, seen, found);
}

void Expressions::refer(std::string_view name, bool isDirect, std::set<std::string_view>& seen,
                        References& found) const {
  if (isDirect) found.fields.insert(name);
  if (const std::uint32_t v = network_.findVariable(name); v != kNone) {
    found.variables.insert(v);
    if (!isDirect) found.indirect.insert(v);
  } else if (const std::uint32_t c = network_.findContinuous(name); c != kNone) {
    found.continuous.insert(c);
  } else if (const auto d = derived_.find(name); d != derived_.end() && seen.insert(name).second) {
    visit(expressionIn(d->second), false, seen, found);
  }
}

std::optional<Affine> Expressions::affineForm(xml::Element expression,
                                              const std::unordered_map<std::uint32_t, Value>& values) const {
  auto form = read(expression, values, 0);
  if (!form) return std::nullopt;
  bool isFinite = form->constant - form->constant == 0;
  for (const auto& [node, coefficient] : form->terms) isFinite &= coefficient - coefficient == 0;
  std::erase_if(form->terms, [](const auto& t) { return t.second == 0; });
  return isFinite ? form : std::nullopt;
}

std::optional<Affine> Expressions::read(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                                        std::uint32_t depth) const {
  if (!e || depth > builder_.limits().expressionDepth || !builder_.charge(e)) return std::nullopt;
  if (e.name() == "Constant") {
    if (e.boolean("missing", false)) return std::nullopt;
    const Value x = builder_.literal(e.text(), DataType::float64, e);
    return isPresent(x) ? std::optional(Affine{x, {}}) : std::nullopt;
  }
  if (e.name() == "FieldRef") return readField(e, values, depth);
  if (e.name() == "Apply") return readApply(e, values, depth);
  return std::nullopt;
}

std::optional<Affine> Expressions::readField(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                                             std::uint32_t depth) const {
  const std::string_view name = e.attribute("field", {});
  if (e.attribute("mapMissingTo")) return std::nullopt;
  if (const std::uint32_t v = network_.findVariable(name); v != kNone) {
    const auto value = values.find(v);
    if (value == values.end() || !isNumeric(network_.variables[v].type)) return std::nullopt;
    return Affine{value->second, {}};
  }
  if (const std::uint32_t c = network_.findContinuous(name); c != kNone) return Affine{0, {{c, 1}}};
  const auto derived = derived_.find(name);
  if (derived == derived_.end() || document::readDataType(derived->second, false) != DataType::float64)
    return std::nullopt;
  return read(expressionIn(derived->second), values, depth + 1);
}

std::optional<Affine> Expressions::readApply(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                                             std::uint32_t depth) const {
  if (e.attribute("defaultValue") || e.attribute("mapMissingTo")) return std::nullopt;
  const std::string_view function = e.attribute("function", {});
  std::vector<Affine> arguments;
  for (const xml::Element c : xml::children(e)) {
    if (!compile::isExpression(c.name())) continue;
    auto argument = read(c, values, depth + 1);
    if (!argument) return std::nullopt;
    arguments.push_back(std::move(*argument));
  }
  if (function == "sum" || function == "avg") {
    Affine total;
    for (const Affine& a : arguments) total = sum(std::move(total), a);
    return function == "sum" ? total : scaled(std::move(total), 1 / static_cast<double>(arguments.size()));
  }
  if (arguments.size() != 2) return std::nullopt;
  const Affine &a = arguments[0], &b = arguments[1];
  if (function == "+") return sum(a, b);
  if (function == "-") return sum(a, scaled(b, -1));
  if (function == "*" && a.terms.empty()) return scaled(b, a.constant);
  if (function == "*" && b.terms.empty()) return scaled(a, b.constant);
  // Without a node among the dividend the quotient may be one of integers, which is rounded.
  if (function == "/" && !a.terms.empty() && b.terms.empty() && b.constant != 0) return scaled(a, 1 / b.constant);
  return std::nullopt;
}

}  // namespace scorelet::models::bayesian_network
