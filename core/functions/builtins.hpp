// The built-in functions of PMML 4.4.1 (section "Built-in Functions") and the common vendor ones, one table.
//
// A function works on one lane. Casting is the compiler's business: arguments arrive in the kinds that the
// table asks for, so no function parses or prints. `MissingRule::propagate` and poison (an invalid
// argument) are handled by the caller: the function then sees present values only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <scorelet/fields.hpp>

#include "base/strings.hpp"
#include "base/value.hpp"

namespace scorelet {

class Regexes;

namespace functions {

/// What a function wants of an argument.
enum class ParamKind : std::uint8_t {
  any,     ///< as it is; with another `any` argument: both in their common type
  number,  ///< numeric types as they are; strings are cast to double, booleans to 0/1
  text,    ///< text: numbers in shortest form, dates ISO
  boolean,
  moment,  ///< date, time or dateTime (text is cast to dateTime or date by its form)
};

/// Data type of the result.
enum class ResultRule : std::uint8_t {
  boolean,
  integer,
  real,
  text,
  promoted,  ///< integer if all arguments are integers, float if all are integer or float, else double
  alike,     ///< common type of the arguments of kind `any` (if: of the two branches)
};

enum class MissingRule : std::uint8_t {
  propagate,  ///< any missing argument → missing, function not called
  skip,       ///< missing arguments are left out; called with the rest; none left → missing
  own,        ///< the function sees missing and invalid arguments itself: `if`, `and` and `or` ignore those that
              ///< do not decide and otherwise answer the first invalid one, else missing; isMissing … isNotValid
              ///< always answer true or false; isIn and isNotIn answer an unusable first argument as it is
};

/// What a call may use.
struct Call {
  Strings& strings;
  Regexes& regexes;
  std::span<const DataType> types;  ///< of the arguments, after casts
  std::uint32_t textBytes;          ///< limit on a produced text; beyond: invalid(Reason::textLimit)
};

using Function = Value (*)(Call&, std::span<const Value> arguments);

struct Builtin {
  std::string_view name;
  std::uint8_t minArguments;
  std::uint8_t maxArguments;  ///< 255: any number
  ParamKind parameters[4];    ///< the last one repeats
  ResultRule result;
  MissingRule missing;
  Function function;
  bool isVendor;             ///< not in the standard: a DefineFunction of this name goes before it
  std::string_view summary;  ///< one line for the generated support table
};

/// Null if there is no such function. Names are case-sensitive as in PMML.
[[nodiscard]] const Builtin* find(std::string_view name) noexcept;
[[nodiscard]] std::span<const Builtin> all() noexcept;

inline constexpr std::size_t kColumnArguments = 3;
/// A function on whole columns: the same values, and NaN wherever the function itself must be asked: where it has no
/// answer, and where an argument that counts is missing or invalid.
using Columns = void (*)(const double* const* arguments, std::size_t n, double* out);
/// The column form of a function for arguments of these types, null if there is none.
[[nodiscard]] Columns columnsOf(const Builtin& function, std::span<const DataType> types) noexcept;

}  // namespace functions
}  // namespace scorelet
