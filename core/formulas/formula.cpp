#include "formulas/formula.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::formulas {

namespace {

Formula make(Node node) { return std::make_shared<const Node>(std::move(node)); }

bool isLogical(const Formula& f, bool b) { return f->kind == Node::Kind::logical && (f->number != 0) == b; }

/// AND or OR without the operands that do not matter.
Formula junction(std::string_view function, bool neutral, Formulas conditions) {
  constexpr std::size_t kMost = 255;  // arguments
  Formulas kept;
  for (Formula& c : conditions) {
    if (isLogical(c, !neutral)) return c;
    if (!isLogical(c, neutral)) kept.push_back(std::move(c));
  }
  if (kept.empty()) return logical(neutral);
  if (kept.size() == 1) return kept[0];
  while (kept.size() > kMost) {
    Formulas grouped;
    for (std::size_t i = 0; i < kept.size(); i += kMost)
      grouped.push_back(junction(function, neutral,
                                 {kept.begin() + static_cast<std::ptrdiff_t>(i),
                                  kept.begin() + static_cast<std::ptrdiff_t>(std::min(kept.size(), i + kMost))}));
    kept = std::move(grouped);
  }
  return call(function, std::move(kept));
}

}  // namespace

Formula number(double x) {
  constexpr double kMost = 9.99e307;  // stands for infinity, which Excel has not
  return make({Node::Kind::number, x == 0 ? 0.0 : std::clamp(x, -kMost, kMost), 0, {}, {}});
}
Formula text(std::string_view s) { return make({Node::Kind::text, 0, 0, std::string(s), {}}); }
Formula logical(bool b) { return make({Node::Kind::logical, b ? 1.0 : 0.0, 0, {}, {}}); }
Formula name(std::uint32_t definition) { return make({Node::Kind::name, 0, definition, {}, {}}); }
Formula call(std::string_view function, Formulas arguments) {
  return make({Node::Kind::call, 0, 0, std::string(function), std::move(arguments)});
}
Formula binary(std::string_view op, Formula a, Formula b) {
  return make({Node::Kind::binary, 0, 0, std::string(op), {std::move(a), std::move(b)}});
}
Formula array(Formulas constants) { return make({Node::Kind::array, 0, 0, {}, std::move(constants)}); }

Formula parameter(std::string_view name) { return make({Node::Kind::parameter, 0, 0, std::string(name), {}}); }
Formula reference(std::string_view cells) { return make({Node::Kind::reference, 0, 0, std::string(cells), {}}); }

std::string columnName(std::size_t column) {
  std::string out;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26) out.insert(0, 1, static_cast<char>('A' + (n - 1) % 26));
  return out;
}

Formula missingFormula() { return text({}); }
Formula invalidFormula() { return call("NA", {}); }

bool isNumber(const Formula& f, double x) { return f->kind == Node::Kind::number && f->number == x; }
bool isMissingFormula(const Formula& f) { return f->kind == Node::Kind::text && f->text.empty(); }
bool isConstant(const Formula& f) { return f->kind <= Node::Kind::logical; }

Formula iff(Formula condition, Formula yes, Formula no) {
  if (condition->kind == Node::Kind::logical) return condition->number != 0 ? yes : no;
  return call("IF", {std::move(condition), std::move(yes), std::move(no)});
}

Formula add(Formula a, Formula b) {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (b->kind == Node::Kind::number && b->number < 0) return binary("-", std::move(a), number(-b->number));
  // c*x with a negative c is written as a difference.
  if (b->kind == Node::Kind::binary && b->text == "*" && b->parts[0]->kind == Node::Kind::number &&
      b->parts[0]->number < 0)
    return binary("-", std::move(a), times(number(-b->parts[0]->number), b->parts[1]));
  return binary("+", std::move(a), std::move(b));
}

Formula subtract(Formula a, Formula b) {
  if (isNumber(b, 0)) return a;
  if (b->kind == Node::Kind::number && b->number < 0) return binary("+", std::move(a), number(-b->number));
  return binary("-", std::move(a), std::move(b));
}

Formula times(Formula a, Formula b) {
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  return binary("*", std::move(a), std::move(b));
}

Formula over(Formula a, Formula b) {
  if (isNumber(b, 1)) return a;
  return binary("/", std::move(a), std::move(b));
}

Formula power(Formula base, double exponent) {
  if (exponent == 0) return number(1);
  if (exponent == 1) return base;
  return binary("^", std::move(base), number(exponent));
}

Formula negate(Formula a) {
  if (a->kind == Node::Kind::number) return number(-a->number);
  return binary("-", number(0), std::move(a));
}

Formula equals(Formula a, Formula b) {
  if (b->kind == Node::Kind::text && !b->text.empty()) return call("EXACT", {std::move(a), std::move(b)});
  return binary("=", std::move(a), std::move(b));
}

Formula isBlank(Formula a) { return binary("=", std::move(a), missingFormula()); }
Formula isFilled(Formula a) { return binary("<>", std::move(a), missingFormula()); }

Formula all(Formulas conditions) { return junction("AND", true, std::move(conditions)); }
Formula any(Formulas conditions) { return junction("OR", false, std::move(conditions)); }

Formula opposite(Formula c) {
  if (c->kind == Node::Kind::logical) return logical(c->number == 0);
  return call("NOT", {std::move(c)});
}

}  // namespace scorelet::formulas
