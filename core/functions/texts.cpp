#include <cmath>

#include "base/number.hpp"
#include "base/regex.hpp"
#include "base/text.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

Value ofOutcome(Regexes::Outcome outcome, Value yes, Value no) {
  switch (outcome) {
    case Regexes::Outcome::yes: return yes;
    case Regexes::Outcome::no: return no;
    case Regexes::Outcome::limit: return invalid(Reason::regexLimit);
    case Regexes::Outcome::badPattern: break;
  }
  return outsideDomain();
}

}  // namespace

Value uppercase(Call& call, Arguments a) {
  std::string& out = call.strings.buffer();
  toUpper(call.strings.text(a[0]), out);
  return internText(call, out);
}

Value lowercase(Call& call, Arguments a) {
  std::string& out = call.strings.buffer();
  toLower(call.strings.text(a[0]), out);
  return internText(call, out);
}

Value stringLength(Call& call, Arguments a) { return static_cast<double>(codePoints(call.strings.text(a[0]))); }

Value substring(Call& call, Arguments a) {
  const double start = std::floor(a[1]), length = std::floor(a[2]);
  if (!(start >= 1) || !(length >= 0)) return outsideDomain();
  const std::string_view text = call.strings.text(a[0]);
  const auto clamp = [&](double n) {
    return n < static_cast<double>(text.size()) ? static_cast<std::size_t>(n) : text.size();
  };
  const std::string_view rest = text.substr(byteOffset(text, clamp(start - 1)));
  return call.strings.intern(rest.substr(0, byteOffset(rest, clamp(length))));
}

Value trimBlanks(Call& call, Arguments a) { return call.strings.intern(trim(call.strings.text(a[0]))); }

Value concat(Call& call, Arguments a) {
  std::string& out = call.strings.buffer();
  for (const Value v : a) {
    out += call.strings.text(v);
    if (out.size() > call.textBytes) break;
  }
  return internText(call, out);
}

Value replace(Call& call, Arguments a) {
  const std::string_view text = call.strings.text(a[0]);
  if (text.size() > call.textBytes) return invalid(Reason::textLimit);
  std::string& out = call.strings.buffer();
  const Regexes::Outcome outcome =
      call.regexes.replace(call.strings.text(a[1]), text, call.strings.text(a[2]), out, call.textBytes);
  if (out.size() > call.textBytes) return invalid(Reason::textLimit);
  if (outcome == Regexes::Outcome::yes) return internText(call, out);
  return ofOutcome(outcome, missing(), a[0]);
}

Value matches(Call& call, Arguments a) {
  const std::string_view text = call.strings.text(a[0]);
  if (text.size() > call.textBytes) return invalid(Reason::textLimit);
  return ofOutcome(call.regexes.matches(call.strings.text(a[1]), text), 1, 0);
}

}  // namespace scorelet::functions
