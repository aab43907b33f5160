// JSON (RFC 8259), token by token from memory: strict, and without recursion, so that depth costs no stack.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scorelet {

/// Every function that answers false has met something else than it reads; `position` is then where that stands.
class JsonReader {
 public:
  /// Begins with `text`, whose bytes must stay until the next call of this.
  void open(std::string_view text) noexcept;

  /// The first character of the next token; 0 at the end of the text.
  [[nodiscard]] char peek() noexcept;
  /// Takes a token of one character, if it is the next.
  bool take(char token) noexcept;
  [[nodiscard]] bool isAtEnd() noexcept { return peek() == 0 && at_ == text_.size(); }

  /// A string's text, valid until the next one is read.
  bool string(std::string_view& text);
  /// A number as the nearest double, an infinity if it is too large, and as it is written.
  bool number(double& x, std::string_view& written) noexcept;
  /// What is written just like this, if it is the next: true, false, null, or a name in its quotes.
  bool word(std::string_view word) noexcept;
  /// Any value, however deep.
  bool skip();
  /// An object: `member(name)` reads the value of each member, and says whether it could.
  template <class Member>
  bool members(const Member& member) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string_view name;
      if (!string(name)) return false;
      const std::string own(name);
      if (!take(':') || !member(own)) return false;
    } while (take(','));
    return take('}');
  }
  /// An array: `item()` reads each.
  template <class Item>
  bool items(const Item& item) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!item()) return false;
    } while (take(','));
    return take(']');
  }

  [[nodiscard]] std::size_t position() const noexcept { return at_; }
  /// Goes on behind `bytes` that somebody else has read.
  void pass(std::size_t bytes) noexcept { at_ += bytes; }
  /// The next characters, for messages.
  [[nodiscard]] std::string_view excerpt() const noexcept { return text_.substr(at_, 16); }

 private:
  bool skipScalar();
  bool skipName();
  bool skipNumber() noexcept;
  bool skipDigits() noexcept;
  bool escape();
  bool hexadecimal(unsigned& unit) noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
  std::string unescaped_;  ///< the text of a string with escapes
  std::string open_;       ///< what closes the objects and arrays around the place, while skipping
};

}  // namespace scorelet
