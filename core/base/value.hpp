// The one representation of a value inside the scoring core: an IEEE double in a lane.
//
// Every PMML data type fits exactly: numbers as themselves (`float` rounded to binary32), booleans as
// 0/1, dates as days and times as seconds since 1970-01-01 (civil, no zone), strings as ids of interned
// text (base/strings.hpp), lists as ids of stored lists. *Missing* and *invalid* are NaNs told apart by
// one payload bit, so a column is a plain array of doubles, a missing value fails every comparison by
// itself, and an invalid value carries its reason to whoever finally demands it ("poison").
//
// Arithmetic must never be relied on to keep a payload: test first, then compute.
#pragma once

#include <bit>
#include <cstdint>

namespace scorelet {

using Value = double;

/// Why a value is invalid. Stable numbers: they appear in result columns and diagnostics.
enum class Reason : std::uint8_t {
  none = 0,
  notCastable = 1,        ///< input text or number does not fit the field's data type
  notInDomain = 2,        ///< not one of the field's valid Values / inside its Intervals
  declaredInvalid = 3,    ///< equals a Value with property="invalid"
  missingNotAllowed = 4,  ///< missingValueTreatment="returnInvalid"
  functionDomain = 5,     ///< a function was called outside its domain (ln 0, x/0, bad format …)
  regexLimit = 6,         ///< a regular expression exceeded its step or memory limit
  textLimit = 7,          ///< a produced text exceeded its length limit
  notANumber = 8,         ///< a computation has no numeric answer (for example inf - inf)
  stateRequired = 9,      ///< a stateful model was given no state
  derivedNotValid = 10,   ///< a DerivedField's result is not among its listed valid Values
};

inline constexpr std::uint64_t kMissingBits = 0x7FF8'0000'0000'0000u;
inline constexpr std::uint64_t kInvalidBits = 0x7FFC'0000'0000'0000u;

/// The missing value.
[[nodiscard]] constexpr Value missing() noexcept { return std::bit_cast<Value>(kMissingBits); }

/// An invalid value. `where` is the program's number of the field or function at fault.
///
/// The optimizer must not see that it is a NaN: to LLVM all NaNs are one, and it would turn
/// `x < 0 ? invalid(…) : sqrt(x)` into `sqrt(x)`, a NaN without a reason.
[[nodiscard]] constexpr Value invalid(Reason reason, std::uint32_t where = 0) noexcept {
  std::uint64_t bits = kInvalidBits | (static_cast<std::uint64_t>(reason) << 32) | where;
  if !consteval {
    asm("" : "+r"(bits));
  }
  return std::bit_cast<Value>(bits);
}

/// True for ordinary values, infinities included.
[[nodiscard]] constexpr bool isPresent(Value v) noexcept { return v == v; }

[[nodiscard]] constexpr bool isInvalid(Value v) noexcept {
  return (std::bit_cast<std::uint64_t>(v) & kInvalidBits) == kInvalidBits && v != v;
}

[[nodiscard]] constexpr bool isMissing(Value v) noexcept { return v != v && !isInvalid(v); }

[[nodiscard]] constexpr Reason reasonOf(Value v) noexcept {
  return isInvalid(v) ? static_cast<Reason>((std::bit_cast<std::uint64_t>(v) >> 32) & 0xFF) : Reason::none;
}

[[nodiscard]] constexpr std::uint32_t whereOf(Value v) noexcept {
  return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(v));
}

/// A number as a value: NaN, which no PMML value is, becomes invalid.
[[nodiscard]] constexpr Value checked(double x, Reason reason = Reason::notANumber) noexcept {
  return x == x ? x : invalid(reason);
}

[[nodiscard]] constexpr Value fromBool(bool b) noexcept { return b ? 1.0 : 0.0; }

/// Rounds to binary32, as data type `float` and x-mathContext="float" ask.
[[nodiscard]] inline Value toFloat(Value v) noexcept { return v == v ? static_cast<Value>(static_cast<float>(v)) : v; }

}  // namespace scorelet
