#include "api/json_reader.hpp"

#include "base/fast_float.hpp"
#include "base/hexadecimal.hpp"
#include "base/text.hpp"

namespace scorelet {

namespace {

bool isPlain(char c) noexcept { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

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
  const char* const begin = text_.data() + at_;
  const auto result = fast_float::from_chars(begin, text_.data() + text_.size(), x, fast_float::chars_format::json);
  if (result.ec == std::errc::invalid_argument) return false;
  written = {begin, static_cast<std::size_t>(result.ptr - begin)};
  at_ += written.size();
  return true;
}

bool JsonReader::quoted(std::string_view plain) noexcept {
  if (peek() != '"') return false;
  const std::string_view rest = text_.substr(at_ + 1);
  if (rest.size() <= plain.size() || rest[plain.size()] != '"' || !rest.starts_with(plain)) return false;
  at_ += plain.size() + 2;
  return true;
}

bool JsonReader::string(std::string_view& text) {
  if (!take('"')) return false;
  bool hasEscapes = false;
  std::size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (isPlain(c)) {
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
