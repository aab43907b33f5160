// Regular expressions in the standard's dialect (PCRE), with step and memory limits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/value.hpp"

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
  /// Replaces every occurrence; `$1` … `$9`, `$0` name groups. `out` is overwritten.
  /// Stops with `limit` if the result would exceed `maxBytes`.
  Outcome replace(std::string_view pattern, std::string_view text, std::string_view replacement,
                  std::string& out, std::uint32_t maxBytes, bool caseless = false);
  /// Next match at or after `from`: its begin and end. `no` when there is none.
  Outcome find(std::string_view pattern, std::string_view text, std::size_t from,
               std::size_t& begin, std::size_t& end, bool caseless = false);

  /// Empty if the pattern compiles, else what is wrong with it and where.
  static std::string check(std::string_view pattern);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
