// UTF-8. Case pairs are Unicode's simple mappings (UnicodeData.txt).
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace scorelet {
namespace {

TEST(Text, SimpleCaseMappings) {
  constexpr struct {
    const char *lower, *upper;
  } kPairs[] = {{"abc xyz", "ABC XYZ"},
                {"\u00e9\u00fc\u00f8", "\u00c9\u00dc\u00d8"},
                {"\u03b1\u03c9", "\u0391\u03a9"},
                {"\u0436\u0451", "\u0416\u0401"},
                {"\u0561", "\u0531"},
                {"\u0105", "\u0104"},
                {"\U00010428", "\U00010400"},
                {"\uff41", "\uff21"},
                {"123 \u4e2d", "123 \u4e2d"}};
  for (const auto& p : kPairs) {
    std::string out = "before";
    toUpper(p.lower, out);
    EXPECT_EQ(out, p.upper);
    toLower(p.upper, out);
    EXPECT_EQ(out, p.lower);
  }
}

TEST(Text, OddOnes) {
  std::string out;
  toUpper("stra\u00dfe", out);
  EXPECT_EQ(out, "STRA\u00dfE");  // no simple upper case
  toLower("\u1e9e", out);
  EXPECT_EQ(out, "\u00df");
  toUpper("\u00ff\u00b5", out);
  EXPECT_EQ(out, "\u0178\u039c");
  toUpper("\u03c2\u03c3", out);
  EXPECT_EQ(out, "\u03a3\u03a3");
  toUpper("a\xff\xc3z", out);  // not UTF-8: kept
  EXPECT_EQ(out, "A\xff\xc3Z");
}

TEST(Text, LengthsInCodePoints) {
  EXPECT_EQ(codePoints(""), 0u);
  EXPECT_EQ(codePoints("abc"), 3u);
  EXPECT_EQ(codePoints("a\u00e9\u4e2d\U0001F600"), 4u);
  EXPECT_EQ(codePoints("\xe4\xb8"), 2u);      // cut off
  EXPECT_EQ(codePoints("\xc0\x80"), 2u);      // overlong
  EXPECT_EQ(codePoints("\xed\xa0\x80"), 3u);  // half of a surrogate pair
  EXPECT_EQ(byteOffset("a\u00e9\u4e2dz", 0), 0u);
  EXPECT_EQ(byteOffset("a\u00e9\u4e2dz", 2), 3u);
  EXPECT_EQ(byteOffset("a\u00e9\u4e2dz", 3), 6u);
  EXPECT_EQ(byteOffset("a\u00e9\u4e2dz", 99), 7u);
}

TEST(Text, WellFormedUtf8) {
  for (const char* text : {"", "abc", "\u00e9\u4e2d\U0001F600", "\U0010FFFF"}) EXPECT_TRUE(isUtf8(text)) << text;
  for (const char* text : {"\x80", "\xc3", "\xc1\xbf", "\xe0\x80\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80",
                           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"})
    EXPECT_FALSE(isUtf8(text));
}

TEST(Text, MalformedBytesAreReplaced) {
  std::string out = "x";
  appendValidUtf8(out, "a\xff\u00e9\xe4\xb8");
  EXPECT_EQ(out, "xa\ufffd\u00e9\ufffd\ufffd");
}

}  // namespace
}  // namespace scorelet
