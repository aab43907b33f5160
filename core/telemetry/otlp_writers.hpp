// One description of a message, written as JSON or as protobuf: both writers have the same members. A member takes the
// field's number and its JSON name (OTLP: lowerCamelCase; 64-bit integers are decimal texts, enumerations numbers).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <scorelet/records.hpp>

#include "base/text.hpp"

namespace scorelet::telemetry {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  template <class Body>
  void root(const Body& body) {
    out_ += '{';
    body();
    out_ += '}';
  }
  template <class Body>
  void message(int, std::string_view name, const Body& body) {
    begin(name);
    root(body);
  }
  template <class List, class Body>
  void each(int, std::string_view name, const List& list, const Body& body) {
    begin(name);
    out_ += '[';
    for (const auto& item : list) {
      comma();
      root([&] { body(item); });
    }
    out_ += ']';
  }
  /// Messages that are written already.
  void raw(int, std::string_view name, std::span<const std::string> messages) {
    begin(name);
    out_ += '[';
    for (const std::string& message : messages) comma(), out_ += message;
    out_ += ']';
  }
  void text(int, std::string_view name, std::string_view value) {
    begin(name);
    appendJsonString(out_, value);
  }
  void fixed64(int, std::string_view name, std::uint64_t value) { quoted(name, std::to_string(value)); }
  void signedFixed64(int, std::string_view name, std::int64_t value) { quoted(name, std::to_string(value)); }
  void integer(int, std::string_view name, std::int64_t value) { quoted(name, std::to_string(value)); }
  void number(int, std::string_view name, double value) {
    begin(name);
    append(value);
  }
  void enumeration(int, std::string_view name, std::uint32_t value) { begin(name), out_ += std::to_string(value); }
  void zigzag(int, std::string_view name, std::int32_t value) { begin(name), out_ += std::to_string(value); }
  void flag(int, std::string_view name, bool value) { begin(name), out_ += value ? "true" : "false"; }
  void fixedCounts(int number, std::string_view name, std::span<const std::uint64_t> values) {
    counts(number, name, values);
  }
  void counts(int, std::string_view name, std::span<const std::uint64_t> values) {
    begin(name);
    out_ += '[';
    for (const std::uint64_t n : values) comma(), out_ += '"' + std::to_string(n) + '"';
    out_ += ']';
  }
  void numbers(int, std::string_view name, std::span<const double> values) {
    begin(name);
    out_ += '[';
    for (const double x : values) comma(), append(x);
    out_ += ']';
  }

 private:
  void comma() {
    if (out_.back() != '{' && out_.back() != '[') out_ += ',';
  }
  void begin(std::string_view name) {
    comma();
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
  void quoted(std::string_view name, const std::string& digits) { begin(name), out_ += '"' + digits + '"'; }
  void append(double x) {
    if (std::isfinite(x))
      appendNumber(out_, x);
    else
      out_ += std::isnan(x) ? "\"NaN\"" : x > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  }

  std::string& out_;
};

class ProtobufWriter {
 public:
  explicit ProtobufWriter(std::string& out) : out_(out) {}

  template <class Body>
  void root(const Body& body) {
    body();
  }
  template <class Body>
  void message(int number, std::string_view, const Body& body) {
    tag(number, 2);
    const std::size_t start = out_.size();
    body();
    std::string length;
    appendVarint(length, out_.size() - start);
    out_.insert(start, length);
  }
  template <class List, class Body>
  void each(int number, std::string_view name, const List& list, const Body& body) {
    for (const auto& item : list) message(number, name, [&] { body(item); });
  }
  void raw(int number, std::string_view, std::span<const std::string> messages) {
    for (const std::string& message : messages) bytes(number, message);
  }
  /// A string of protobuf is well-formed UTF-8, or the whole request is refused.
  void text(int number, std::string_view, std::string_view value) {
    std::string valid;
    appendValidUtf8(valid, value);
    bytes(number, valid);
  }
  void fixed64(int number, std::string_view, std::uint64_t value) { tag(number, 1), appendFixed(value); }
  void signedFixed64(int number, std::string_view name, std::int64_t value) {
    fixed64(number, name, static_cast<std::uint64_t>(value));
  }
  void integer(int number, std::string_view, std::int64_t value) {
    tag(number, 0);
    appendVarint(out_, static_cast<std::uint64_t>(value));
  }
  void number(int number, std::string_view, double value) {
    tag(number, 1);
    appendFixed(std::bit_cast<std::uint64_t>(value));
  }
  void enumeration(int number, std::string_view, std::uint32_t value) { tag(number, 0), appendVarint(out_, value); }
  void zigzag(int number, std::string_view, std::int32_t value) {
    tag(number, 0);
    appendVarint(out_, (static_cast<std::uint32_t>(value) << 1) ^ static_cast<std::uint32_t>(value >> 31));
  }
  void flag(int number, std::string_view, bool value) { tag(number, 0), out_ += value ? '\1' : '\0'; }
  void fixedCounts(int number, std::string_view name, std::span<const std::uint64_t> values) {
    if (!values.empty())
      message(number, name, [&] {
        for (const std::uint64_t n : values) appendFixed(n);
      });
  }
  void counts(int number, std::string_view name, std::span<const std::uint64_t> values) {
    if (!values.empty())
      message(number, name, [&] {
        for (const std::uint64_t n : values) appendVarint(out_, n);
      });
  }
  void numbers(int number, std::string_view name, std::span<const double> values) {
    if (values.empty()) return;
    message(number, name, [&] {
      for (const double x : values) appendFixed(std::bit_cast<std::uint64_t>(x));
    });
  }

 private:
  void tag(int number, unsigned type) { appendVarint(out_, static_cast<std::uint64_t>(number) << 3 | type); }
  void bytes(int number, std::string_view value) {
    tag(number, 2);
    appendVarint(out_, value.size());
    out_ += value;
  }
  static void appendVarint(std::string& out, std::uint64_t x) {
    for (; x >= 0x80; x >>= 7) out += static_cast<char>(x | 0x80);
    out += static_cast<char>(x);
  }
  void appendFixed(std::uint64_t x) {
    for (int shift = 0; shift < 64; shift += 8) out_ += static_cast<char>(x >> shift);
  }

  std::string& out_;
};

}  // namespace scorelet::telemetry
