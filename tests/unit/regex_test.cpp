#include <gtest/gtest.h>

#include "base/regex.hpp"

namespace scorelet {
namespace {

using enum Regexes::Outcome;

TEST(Regex, OccursAnywhere) {
  Regexes r(100'000);
  const struct {
    const char *pattern, *text;
    bool caseless;
    Regexes::Outcome expected;
  } cases[] = {{"b+", "abbc", false, yes},
               {"^b", "abbc", false, no},
               {"B", "abc", false, no},
               {"B", "abc", true, yes},
               {"", "", false, yes},
               {"^.$", "\u00e9", false, yes},
               {"\\w+", "\u00e9t\u00e9", false, yes},
               {"^\\p{Lu}", "\u00c9t\u00e9", false, yes},
               {"\u00c9", "\u00e9", true, yes},
               {"(?<=a)b", "ab", false, yes},
               {"(a)\\1", "aa", false, yes},
               {"^..$", "\xff\xfe", false, yes},
               {"(", "a", false, badPattern},
               {"[z-a]", "a", false, badPattern},
               {"\\C", "a", false, badPattern}};
  for (const auto& c : cases)
    EXPECT_EQ(r.matches(c.pattern, c.text, c.caseless), c.expected) << c.pattern << " in " << c.text;
}

TEST(Regex, ReplacesEveryMatch) {
  Regexes r(100'000);
  const struct {
    const char *pattern, *text, *replacement, *expected;
  } cases[] = {{"B+", "aBBcB", "x", "axcx"},
               {"(\\w)(\\w)", "abcd", "$2$1", "badc"},
               {"b", "abc", "[$0]", "a[b]c"},
               {"b", "abc", "\\$1", "a$1c"},
               {"b", "abc", "$", "a$c"},
               {"(x)?b", "abc", "<$1>", "a<>c"},
               {"x*", "abc", "-", "-a-b-c-"},
               {"x*", "xab", "-", "--a-b-"},
               {"", "\u00e9\u4e2d", ".", ".\u00e9.\u4e2d."},
               {"$", "a", "!", "a!"},
               {"\\s+", "a  b\tc", " ", "a b c"},
               {"q", "abc", "x", "abc"}};
  for (const auto& c : cases) {
    std::string out = "before";
    EXPECT_EQ(r.replace(c.pattern, c.text, c.replacement, out, 100), std::string_view(c.text) == c.expected ? no : yes)
        << c.pattern;
    EXPECT_EQ(out, c.expected) << c.pattern;
  }
}

TEST(Regex, MoreGroupsThanCanBeNamed) {
  Regexes r(100'000);
  std::string out;
  EXPECT_EQ(r.replace("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "abcdefghijk", "$9$10", out, 100), yes);
  EXPECT_EQ(out, "ia0");
}

TEST(Regex, Splits) {
  Regexes r(100'000);
  std::vector<std::string_view> pieces;
  EXPECT_EQ(r.split("\\s+", "  one two\tthree ", pieces), yes);
  EXPECT_EQ(pieces, (std::vector<std::string_view>{"one", "two", "three"}));
  EXPECT_EQ(r.split(",", "alone", pieces), no);
  EXPECT_EQ(pieces, std::vector<std::string_view>{"alone"});
  EXPECT_EQ(r.split("x*", "axxb\u00e9", pieces), yes);
  EXPECT_EQ(pieces, (std::vector<std::string_view>{"a", "b\u00e9"}));
  EXPECT_EQ(r.split("[", "a", pieces), badPattern);
}

TEST(Regex, CatastrophicPatternsReachTheLimit) {
  Regexes r(100'000);
  const std::string text = std::string(30, 'a') + "!";
  for (const char* pattern : {"(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?R)"})
    EXPECT_EQ(r.matches(pattern, text), limit) << pattern;
  std::string out;
  EXPECT_EQ(r.replace("(a+)+$", text, "", out, 100), limit);
}

TEST(Regex, AllMatchesOfACallShareTheBudget) {
  // One such match is cheap enough, a thousand are not.
  std::string one = std::string(12, 'a') + "b ", many;
  for (int i = 0; i < 1000; ++i) many += one;
  std::string out;
  Regexes r(100'000);
  EXPECT_EQ(r.replace("(a+)+b(?=x)|b", one, "", out, 1 << 20), yes);
  EXPECT_EQ(r.replace("(a+)+b(?=x)|b", many, "", out, 1 << 20), limit);
}

TEST(Regex, LongResultsReachTheLimit) {
  Regexes r(100'000);
  std::string out;
  EXPECT_EQ(r.replace("a", "aaaa", "bbb", out, 11), limit);
  EXPECT_EQ(r.replace("a", "aaaa", "bbb", out, 12), yes);
  EXPECT_EQ(r.replace("a", std::string(1000, 'a'), std::string(100'000, 'b'), out, 1 << 20), limit);
  EXPECT_LT(out.size(), std::size_t{2} << 20);
}

TEST(Regex, ManyPatternsAreForgottenAndCompiledAgain) {
  Regexes r(100'000);
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 600; ++i)
      ASSERT_EQ(r.matches("^p" + std::to_string(i) + "$", "p" + std::to_string(i)), yes) << i;
  Regexes moved = std::move(r);
  EXPECT_EQ(moved.matches("a", "a"), yes);
}

TEST(Regex, ChecksPatternsAtLoad) {
  EXPECT_EQ(Regexes::check("a(b|c)*"), "");
  EXPECT_EQ(Regexes::check("a(b"), "missing closing parenthesis at byte 3");
  EXPECT_NE(Regexes::check(std::string(100'000, 'a')), "");
}

}  // namespace
}  // namespace scorelet
