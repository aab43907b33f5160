// formatNumber: one conversion of C's printf in the C locale, with text around it.
#include <charconv>
#include <cmath>

#include <scorelet/records.hpp>

#include "base/number.hpp"
#include "functions/decimal.hpp"
#include "functions/functions.hpp"

namespace scorelet::functions {

namespace {

struct Conversion {
  bool isLeft = false, hasSign = false, hasBlank = false, isAlternate = false, isZeroPadded = false;
  int width = 0;
  int precision = -1;  // not given
  char letter = 0;
};

constexpr int kMostDigits = 9999;

bool readCount(std::string_view format, std::size_t& i, int& n) {
  n = 0;
  for (; i < format.size() && format[i] >= '0' && format[i] <= '9'; ++i)
    if ((n = n * 10 + (format[i] - '0')) > kMostDigits) return false;
  return true;
}

/// Reads what follows the percent sign; `i` moves behind the letter.
bool readConversion(std::string_view format, std::size_t& i, Conversion& c) {
  for (; i < format.size(); ++i) {
    if (format[i] == '-')
      c.isLeft = true;
    else if (format[i] == '+')
      c.hasSign = true;
    else if (format[i] == ' ')
      c.hasBlank = true;
    else if (format[i] == '#')
      c.isAlternate = true;
    else if (format[i] == '0')
      c.isZeroPadded = true;
    else
      break;
  }
  if (!readCount(format, i, c.width)) return false;
  if (i < format.size() && format[i] == '.') {
    ++i;
    if (!readCount(format, i, c.precision)) return false;
  }
  while (i < format.size() && std::string_view("hlLqjzt").find(format[i]) != std::string_view::npos) ++i;
  if (i >= format.size()) return false;
  c.letter = format[i++];
  return true;
}

void appendFixed(std::string& out, Decimal d, int places, bool isAlternate) {
  d.roundToPlaces(places);
  for (int power = d.digits.empty() || d.exponent < 0 ? 0 : d.exponent; power >= 0; --power) out += d.at(power);
  if (places > 0 || isAlternate) out += '.';
  for (int power = -1; power >= -places; --power) out += d.at(power);
}

void appendScientific(std::string& out, Decimal d, int places, bool isAlternate, char letter) {
  d.roundToPlaces(places - d.exponent);
  out += d.at(d.exponent);
  if (places > 0 || isAlternate) out += '.';
  for (int i = 1; i <= places; ++i) out += d.at(d.exponent - i);
  out += letter;
  out += d.exponent < 0 ? '-' : '+';
  const int size = d.exponent < 0 ? -d.exponent : d.exponent;
  if (size < 10) out += '0';
  char buffer[8];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, size).ptr);
}

/// %g: the shorter of the two forms, without trailing zeros unless asked for.
void appendGeneral(std::string& out, const Decimal& d, int precision, bool isAlternate, char letter) {
  const int digits = precision < 0 ? 6 : precision == 0 ? 1 : precision;
  Decimal rounded = d;
  rounded.roundToPlaces(digits - 1 - d.exponent);
  const int exponent = rounded.exponent;
  const int last = static_cast<int>(rounded.digits.empty() ? 1 : rounded.digits.size()) - 1;
  if (exponent < -4 || exponent >= digits) {
    appendScientific(out, rounded, isAlternate ? digits - 1 : last, isAlternate, letter == 'g' ? 'e' : 'E');
  } else {
    const int places = isAlternate ? digits - 1 - exponent : last - exponent;
    appendFixed(out, rounded, places > 0 ? places : 0, isAlternate);
  }
}

/// The digits of a non-negative number; false if the conversion does not apply to it.
bool appendDigits(std::string& out, double x, const Conversion& c) {
  const int places = c.precision < 0 ? 6 : c.precision;
  if (std::isinf(x)) {
    if (std::string_view("feg").find(c.letter) != std::string_view::npos)
      out += "inf";
    else if (std::string_view("FEG").find(c.letter) != std::string_view::npos)
      out += "INF";
    else
      return false;
    return true;
  }
  const Decimal d = Decimal::of(x);
  switch (c.letter) {
    case 'f':
    case 'F': appendFixed(out, d, places, c.isAlternate); return true;
    case 'e':
    case 'E': appendScientific(out, d, places, c.isAlternate, c.letter); return true;
    case 'g':
    case 'G': appendGeneral(out, d, c.precision, c.isAlternate, c.letter); return true;
    case 'd':
    case 'i':
    case 'u': {
      const std::size_t begin = out.size();
      if (x != 0 || c.precision != 0) appendFixed(out, d, 0, false);
      const auto count = static_cast<int>(out.size() - begin);
      if (c.precision > count) out.insert(begin, static_cast<std::size_t>(c.precision - count), '0');
      return true;
    }
    case 'o':
    case 'x':
    case 'X': {
      if (x >= 0x1p63) return false;
      char buffer[24];
      const auto n = static_cast<std::int64_t>(x);
      char* end = std::to_chars(buffer, buffer + sizeof buffer, n, c.letter == 'o' ? 8 : 16).ptr;
      if (c.letter == 'X')
        for (char* p = buffer; p < end; ++p) *p = *p >= 'a' ? static_cast<char>(*p - 32) : *p;
      std::string digits(buffer, end);
      if (n == 0 && c.precision == 0) digits.clear();
      if (c.precision > static_cast<int>(digits.size()))
        digits.insert(0, static_cast<std::size_t>(c.precision) - digits.size(), '0');
      if (c.isAlternate && c.letter == 'o' && !digits.starts_with('0')) digits.insert(0, "0");
      if (c.isAlternate && c.letter != 'o' && n != 0) out.append(1, '0').append(1, c.letter);
      out += digits;
      return true;
    }
    default: return false;
  }
}

bool appendConversion(std::string& out, double x, const Conversion& c) {
  const std::size_t begin = out.size();
  const auto width = static_cast<std::size_t>(c.width);
  const auto padLeft = [&](std::size_t at, char fill) {
    const std::size_t size = out.size() - begin;
    if (size < width) out.insert(at, width - size, fill);
  };
  if (c.letter == 's') {
    appendNumber(out, x);
    if (c.precision >= 0 && out.size() - begin > static_cast<std::size_t>(c.precision))
      out.resize(begin + static_cast<std::size_t>(c.precision));
  } else {
    const bool isInteger = std::string_view("diuoxX").find(c.letter) != std::string_view::npos;
    const bool isSigned = std::string_view("uoxX").find(c.letter) == std::string_view::npos;
    // A fraction where an integer is wanted is rounded as casts round.
    if (isInteger) x = roundHalfUp(x);
    if (x == 0) x = 0;  // zero has no sign
    if (!isSigned && x < 0) return false;
    if (std::signbit(x))
      out += '-';
    else if (isSigned && c.hasSign)
      out += '+';
    else if (isSigned && c.hasBlank)
      out += ' ';
    std::size_t digits = out.size();
    if (!appendDigits(out, std::fabs(x), c)) return false;
    const bool padsZeros = c.isZeroPadded && !c.isLeft && std::isfinite(x) && !(isInteger && c.precision >= 0);
    if (c.isAlternate && (c.letter == 'x' || c.letter == 'X') && x != 0) digits += 2;
    if (padsZeros) padLeft(digits, '0');
  }
  if (!c.isLeft)
    padLeft(begin, ' ');
  else if (out.size() - begin < width)
    out.append(width - (out.size() - begin), ' ');
  return true;
}

}  // namespace

Value formatNumber(Call& call, Arguments a) {
  const std::string_view format = call.strings.text(a[1]);
  std::string& out = call.strings.buffer();
  bool isUsed = false;
  for (std::size_t i = 0; i < format.size();) {
    if (format[i] != '%') {
      out += format[i++];
    } else if (format.substr(i, 2) == "%%") {
      out += '%';
      i += 2;
    } else {
      // There is one number: C would read beyond the arguments for a second conversion.
      Conversion c;
      if (isUsed || !readConversion(format, ++i, c) || !appendConversion(out, a[0], c)) return outsideDomain();
      isUsed = true;
    }
  }
  return internText(call, out);
}

}  // namespace scorelet::functions
