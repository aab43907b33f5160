// The JSON reader against nlohmann/json: the same texts are JSON, and strings and numbers mean the same.
#include <algorithm>
#include <bit>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/json_reader.hpp"

using namespace scorelet;

namespace {

bool accepts(std::string_view text) {
  JsonReader reader;
  reader.open(text);
  return reader.skip() && reader.isAtEnd();
}

/// nlohmann/json refuses numbers that are too large, which are JSON nonetheless.
bool hasLargeExponent(std::string_view text) {
  for (std::size_t at = 0; (at = text.find_first_of("eE", at)) != std::string_view::npos;) {
    at += text.substr(at + 1).starts_with('+') || text.substr(at + 1).starts_with('-') ? 2 : 1;
    if (text.find_first_not_of("0123456789", at) - at > 2) return true;
  }
  return false;
}

std::string escaped(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

TEST(JsonReader, TakesWhatIsJsonAndNothingElse) {
  for (const char* text : {"",
                           " ",
                           "nul",
                           "nulll",
                           "truefalse",
                           "TRUE",
                           "01",
                           "-",
                           "-01",
                           "1.",
                           ".5",
                           "1e",
                           "1e+",
                           "+1",
                           "0x10",
                           "NaN",
                           "Infinity",
                           "-inf",
                           "1 2",
                           "1,",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "[",
                           "]",
                           "[]]",
                           "[}",
                           "{",
                           "{]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{1:1}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":1}}",
                           "\"",
                           "\"a",
                           "\"\\\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\u12g4\"",
                           "\"\\ud800\"",
                           "\"\\ud800x\"",
                           "\"\\ud800\\n\"",
                           "\"\\ud800\\ud800\"",
                           "\"\\udc00\"",
                           "\"\n\"",
                           "\"\t\"",
                           "\"\x1F\"",
                           "\"\xFF\"",
                           "\"\xC0\x80\"",
                           "\"\xED\xA0\x80\"",
                           "\"\xF4\x90\x80\x80\"",
                           "\"\xE2\x82\"",
                           "'a'",
                           "/**/1",
                           "[1]//"}) {
    EXPECT_FALSE(nlohmann::json::accept(text)) << text;
    EXPECT_FALSE(accepts(text)) << text;
  }
  for (const char* text :
       {"0", "-0", "-0.0e-0", "1E+2", "12345678901234567890", "1e400", " \t\r\n[ ] ", "{ }", "[[[{\"\":[{}]}]]]",
        "\"\x7F\"", "\"\\u0000\\uD834\\uDD1E\\/\"", "\xEF\xBB\xBF{}", "\"\xF4\x8F\xBF\xBF\"", "[true,false,null]"}) {
    EXPECT_TRUE(accepts(text)) << text;
  }
}

TEST(JsonReader, AgreesOnDamagedTexts) {
  std::mt19937 random(1);
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  constexpr std::string_view kDocument =
      R"({"a": [1, -2.5e-3, {"b\n": "\u00e9\ud834\udd1e", "c": [[], {}, null]}], "é": true, "d": [0.125, "x\\y", false]})";
  constexpr std::string_view kPieces = "{}[]:,\"\\ntfu0159dDeE+-. \n\x01\xC3\xA9\xED\xF0";
  std::size_t good = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text(kDocument);
    for (std::size_t n = 1 + below(3); n > 0; --n) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0: text[at] = kPieces[below(kPieces.size())]; break;
        case 1: text.insert(at, 1, kPieces[below(kPieces.size())]); break;
        case 2: text.erase(at, 1 + below(4)); break;
        default: text.insert(at, kDocument.substr(below(kDocument.size()), 1 + below(8))); break;
      }
    }
    if (hasLargeExponent(text)) continue;
    const bool expected = nlohmann::json::accept(text);
    ASSERT_EQ(accepts(text), expected) << text;
    good += expected ? 1 : 0;
  }
  EXPECT_GT(good, 10'000u);
}

TEST(JsonReader, StringsAndNumbersMeanTheSame) {
  std::mt19937_64 random(2);
  JsonReader reader;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 8; n > 0; --n) text += static_cast<char>(random() % 128);
    if (i % 3 == 0) text += "\xF0\x9D\x84\x9E\xC3\xA9";
    const std::string written = escaped(text);
    reader.open(written);
    std::string_view read;
    ASSERT_TRUE(reader.string(read) && reader.isAtEnd()) << written;
    ASSERT_EQ(read, text);

    const double x = std::bit_cast<double>(random());
    if (!(x - x == 0)) continue;
    const std::string digits = nlohmann::json(x).dump();
    reader.open(digits);
    double y = 0;
    ASSERT_TRUE(reader.number(y, read) && reader.isAtEnd()) << digits;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(x), std::bit_cast<std::uint64_t>(y)) << digits;
    ASSERT_EQ(read, digits);
  }
}

TEST(JsonReader, DecimalsAreTheNearestDouble) {
  std::mt19937_64 random(3);
  JsonReader reader;
  const auto expectNearest = [&](const std::string& written) {
    reader.open(written);
    double x = 0;
    std::string_view read;
    ASSERT_TRUE(reader.number(x, read) && reader.isAtEnd()) << written;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(x), std::bit_cast<std::uint64_t>(std::strtod(written.c_str(), nullptr)))
        << written;
    ASSERT_EQ(read, written);
  };
  for (const char* written :
       {"0", "-0", "-0.0", "0.1", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993",
        "900719925474099.3", "9999999999999999999", "18446744073709551615", "18446744073709551616",
        "0.000000000000000001", "0.0000000000000000001", "1.000000000000000001", "1e22", "1E-22", "0.1e1"})
    expectNearest(written);
  for (int i = 0; i < 100'000; ++i) {
    const auto digits = [&](std::uint64_t most) {
      std::string out(random() % most + 1, '0');
      for (char& c : out) c = static_cast<char>('0' + random() % 10);
      return out;
    };
    std::string whole = digits(12);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    expectNearest((i % 3 == 0 ? "-" : "") + whole + (i % 5 == 0 ? "" : "." + digits(12)));
  }
}

TEST(JsonReader, DepthCostsNoStack) {
  const std::size_t depth = 5'000'000;
  EXPECT_TRUE(accepts(std::string(depth, '[') + std::string(depth, ']')));
  EXPECT_FALSE(accepts(std::string(depth, '[') + std::string(depth - 1, ']')));
  EXPECT_FALSE(accepts(std::string(depth, '[') + std::string(depth, '}')));
}

}  // namespace
