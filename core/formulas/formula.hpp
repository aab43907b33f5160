// A spreadsheet formula as a tree, before it is written in a style.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scorelet::formulas {

struct Node;
using Formula = std::shared_ptr<const Node>;
using Formulas = std::vector<Formula>;

struct Node {
  enum class Kind : std::uint8_t {
    number,
    text,
    logical,    ///< `number` is 0 or 1
    name,       ///< of a definition: `id`
    call,       ///< the function `text`
    binary,     ///< the operator `text`
    array,      ///< a row of constants
    parameter,  ///< of a LAMBDA or LET inside a formula: `text`
    reference,  ///< cells of another sheet: `text`
  };
  Kind kind = Kind::number;
  double number = 0;
  std::uint32_t id = 0;
  std::string text;
  Formulas parts;
};

[[nodiscard]] Formula number(double x);
[[nodiscard]] Formula text(std::string_view s);
[[nodiscard]] Formula logical(bool b);
[[nodiscard]] Formula name(std::uint32_t definition);
[[nodiscard]] Formula call(std::string_view function, Formulas arguments);
[[nodiscard]] Formula binary(std::string_view op, Formula a, Formula b);
[[nodiscard]] Formula array(Formulas constants);
[[nodiscard]] Formula parameter(std::string_view name);
[[nodiscard]] Formula reference(std::string_view cells);
/// "A", "B" … "XFD".
[[nodiscard]] std::string columnName(std::size_t column);

/// The missing value: an empty text, which is also what a blank cell equals.
[[nodiscard]] Formula missingFormula();
/// An invalid value: an error, which spreads by itself as an invalid value does in the core.
[[nodiscard]] Formula invalidFormula();

[[nodiscard]] bool isNumber(const Formula& f, double x);
[[nodiscard]] bool isMissingFormula(const Formula& f);
[[nodiscard]] bool isConstant(const Formula& f);

// Shorthands; constants among the arguments are worked out.
[[nodiscard]] Formula iff(Formula condition, Formula yes, Formula no);
[[nodiscard]] Formula add(Formula a, Formula b);
[[nodiscard]] Formula subtract(Formula a, Formula b);
[[nodiscard]] Formula times(Formula a, Formula b);
[[nodiscard]] Formula over(Formula a, Formula b);
[[nodiscard]] Formula power(Formula base, double exponent);
[[nodiscard]] Formula negate(Formula a);
[[nodiscard]] Formula equals(Formula a, Formula b);
[[nodiscard]] Formula isBlank(Formula a);
[[nodiscard]] Formula isFilled(Formula a);
[[nodiscard]] Formula all(Formulas conditions);
[[nodiscard]] Formula any(Formulas conditions);
[[nodiscard]] Formula opposite(Formula condition);

}  // namespace scorelet::formulas
