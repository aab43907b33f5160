#include "api/json_reader.hpp"

#include "api/json_plain.hpp"
#include "base/fast_float.hpp"
#include "base/hexadecimal.hpp"
#include "base/text.hpp"

namespace scorelet {

namespace {

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Most numbers, in a fraction of the time: up to 19 digits without an exponent. Answers where the number ends, or
/// nullptr for any other, right or wrong.
const char* plainNumber(const char* begin, const char* end, double& x) noexcept {
  const bool isNegative = *begin == '-';
  const char* at = begin + (isNegative ? 1 : 0);
  const char* const digits = at;
  std::uint64_t significand = 0;  // overflows with more digits only
  while (at != end && isDigit(*at)) significand = 10 * significand + static_cast<std::uint64_t>(*at++ - '0');
  std::ptrdiff_t count = at - digits, decimals = 0;
  if (count == 0 || (count > 1 && *digits == '0')) return nullptr;
  if (at != end && *at == '.') {
    const char* const point = at++;
    fast_float::loop_parse_if_eight_digits(at, end, significand);
    while (at != end && isDigit(*at)) significand = 10 * significand + static_cast<std::uint64_t>(*at++ - '0');
    decimals = at - point - 1;
    if (decimals == 0) return nullptr;
  }
  if (count + decimals > 19 || (at != end && (*at == 'e' || *at == 'E'))) return nullptr;
  using Double = fast_float::binary_format<double>;
  if (significand <= Double::max_mantissa_fast_path()) {  // both are exact, so their quotient is the nearest
    x = static_cast<double>(significand) / Double::exact_power_of_ten(decimals);
    if (isNegative) x = -x;
    return at;
  }
  fast_float::parsed_number_string_t<char> parsed;
  parsed.valid = true;
  parsed.negative = isNegative;
  parsed.mantissa = significand;
  parsed.exponent = -decimals;
  parsed.lastmatch = at;
  return fast_float::from_chars_advanced(parsed, x).ptr;
}

}  // namespace

void JsonReader::open(std::string_view text) noexcept {
  text_ = text;
  at_ = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

char JsonReader::peek() noexcept {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return c;
    ++at_;
  }
  return 0;
}

bool JsonReader::take(char token) noexcept {
  if (peek() != token || at_ == text_.size()) return false;
  ++at_;
  return true;
}

bool JsonReader::word(std::string_view word) noexcept {
  if (peek() == 0 || !text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool JsonReader::number(double& x, std::string_view& written) noexcept {
  if (peek() == 0) return false;
  const char *const begin = text_.data() + at_, *const end = text_.data() + text_.size();
  const char* behind = plainNumber(begin, end, x);
  if (behind == nullptr) {
    const auto result = fast_float::from_chars(begin, end, x, fast_float::chars_format::json);
    if (result.ec == std::errc::invalid_argument) return false;
    behind = result.ptr;
  }
  written = {begin, behind};
  at_ += written.size();
  return true;
}

bool JsonReader::string(std::string_view& text) {
  if (!take('"')) return false;
  bool hasEscapes = false;
  std::size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (isPlainJson(c)) {
      ++at_;
    } else if (c == '"') {
      text = text_.substr(begin, at_++ - begin);
      if (hasEscapes) text = unescaped_.append(text);
      return true;
    } else if (c == '\\') {
      if (!hasEscapes) unescaped_.clear();
      hasEscapes = true;
      unescaped_.append(text_, begin, at_ - begin);
      if (!escape()) return false;
      begin = at_;
    } else {
      const std::size_t before = at_;
      if (const std::uint32_t point = nextCodePoint(text_, at_); point >= kMalformed || point < 0x20) {
        at_ = before;
        return false;
      }
    }
  }
  return false;
}

/// Appends what the escape sequence at the place means.
bool JsonReader::escape() {
  constexpr std::string_view kNames = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  if (++at_ == text_.size()) return false;
  if (const auto known = kNames.find(text_[at_]); known != std::string_view::npos) {
    unescaped_ += kMeanings[known];
    ++at_;
    return true;
  }
  unsigned unit = 0, low = 0;
  if (!hexadecimal(unit)) return false;
  if (unit >= 0xD800 && unit < 0xE000) {  // the first half of a pair, then the second
    if (unit >= 0xDC00 || at_ == text_.size() || text_[at_] != '\\') return false;
    ++at_;
    if (!hexadecimal(low) || low < 0xDC00 || low >= 0xE000) return false;
    unit = 0x1'0000 + ((unit & 0x3FF) << 10 | (low & 0x3FF));
  }
  appendCodePoint(unescaped_, unit);
  return true;
}

/// u and four digits.
bool JsonReader::hexadecimal(unsigned& unit) noexcept {
  if (text_.size() - at_ < 5 || text_[at_] != 'u') return false;
  ++at_;
  unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hexValue(text_[at_]);
    if (digit < 0) return false;
    unit = unit * 16 + static_cast<unsigned>(digit);
    ++at_;
  }
  return true;
}

bool JsonReader::skipDigits() noexcept {
  const std::size_t before = at_;
  while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
  return at_ != before;
}

bool JsonReader::skipNumber() noexcept {
  const auto isNext = [&](char a, char b) { return at_ < text_.size() && (text_[at_] == a || text_[at_] == b); };
  if (isNext('-', '-')) ++at_;
  if (isNext('0', '0')) {
    ++at_;
  } else if (!skipDigits()) {
    return false;
  }
  if (isNext('.', '.')) {
    ++at_;
    if (!skipDigits()) return false;
  }
  if (!isNext('e', 'E')) return true;
  ++at_;
  if (isNext('+', '-')) ++at_;
  return skipDigits();
}

bool JsonReader::skipScalar() {
  std::string_view text;
  switch (peek()) {
    case '"': return string(text);
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default: return skipNumber();
  }
}

bool JsonReader::skipName() {
  std::string_view name;
  return string(name) && take(':');
}

bool JsonReader::skip() {
  open_.clear();
  for (;;) {
    const char first = peek();
    if (first == '{' || first == '[') {
      ++at_;
      const char close = first == '{' ? '}' : ']';
      if (!take(close)) {
        open_ += close;
        if (close == '}' && !skipName()) return false;
        continue;
      }
    } else if (!skipScalar()) {
      return false;
    }
    while (!open_.empty() && take(open_.back())) open_.pop_back();
    if (open_.empty()) return true;
    if (!take(',') || (open_.back() == '}' && !skipName())) return false;
  }
}

}  // namespace scorelet
