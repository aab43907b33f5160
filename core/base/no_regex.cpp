// In place of regex.cpp in builds without regular expressions, where what needs one is refused at load.
#include "base/regex.hpp"

namespace scorelet {

struct Regexes::State {};

Regexes::Regexes(std::uint32_t) {}
Regexes::~Regexes() = default;
Regexes::Regexes(Regexes&&) noexcept = default;
Regexes& Regexes::operator=(Regexes&&) noexcept = default;

Regexes::Outcome Regexes::matches(std::string_view, std::string_view, bool) { return Outcome::badPattern; }

Regexes::Outcome Regexes::replace(std::string_view, std::string_view, std::string_view, std::string&, std::uint32_t,
                                  bool) {
  return Outcome::badPattern;
}

Regexes::Outcome Regexes::split(std::string_view, std::string_view, std::vector<std::string_view>&) {
  return Outcome::badPattern;
}

bool Regexes::areLeftOut() noexcept { return true; }

std::string Regexes::check(std::string_view) { return "there are none"; }

}  // namespace scorelet
