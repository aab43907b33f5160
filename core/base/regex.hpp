// Regular expressions in the standard's dialect (PCRE), with step and memory limits.
//
// Patterns and texts that are UTF-8 are matched by code points with Unicode properties; if either is not, by bytes.
// `matchSteps` bounds the backtracking of one call, all its matches together. Scanning is not backtracking: its
// worst case is quadratic in the length of the text, which callers bound.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scorelet {

/// Compiled patterns, kept per scorer (a pattern may be computed per row); bounded, oldest dropped first.
class Regexes {
 public:
  explicit Regexes(std::uint32_t matchSteps);
  ~Regexes();
  Regexes(Regexes&&) noexcept;
  Regexes& operator=(Regexes&&) noexcept;

  enum class Outcome : std::uint8_t { yes, no, badPattern, limit };
  /// Whether the pattern occurs anywhere in the text.
  Outcome matches(std::string_view pattern, std::string_view text, bool caseless = false);
  /// Replaces every occurrence; `$1` … `$9`, `$0` name groups, a backslash takes the next character as it is.
  /// `out` is overwritten.
  /// Stops with `limit` if the result would exceed `maxBytes`.
  Outcome replace(std::string_view pattern, std::string_view text, std::string_view replacement, std::string& out,
                  std::uint32_t maxBytes, bool caseless = false);
  /// Cuts the text at every non-empty match of the pattern; `pieces` is overwritten with the non-empty pieces
  /// (views of `text`). `no` when the pattern does not occur.
  Outcome split(std::string_view pattern, std::string_view text, std::vector<std::string_view>& pieces);

  /// Empty if the pattern compiles, else what is wrong with it and where.
  static std::string check(std::string_view pattern);
  /// Whether this build is without regular expressions (no_regex.cpp).
  static bool areLeftOut() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
