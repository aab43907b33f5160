// TextIndex. The long text and its tables are worked by hand from the rules of the specification.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/text.hpp"
#include "text/text_index.hpp"
#include "text/words.hpp"

namespace scorelet::text {
namespace {

class TextIndexTest : public testing::Test {
 protected:
  Value evaluate(const TextIndex& index, std::string_view text, std::string_view term,
                 std::uint32_t textBytes = 1 << 20) {
    return text::evaluate(index, text, term, regexes_, work_, textBytes);
  }

  Regexes regexes_{1'000'000};
  Workspace work_;
};

constexpr std::string_view kReview =
    "Testing the app for a few days convinced me the interfaces are excellent! The app, \"THE APP\", is user-friendly.";

TEST_F(TextIndexTest, CountsWordsWithoutPunctuation) {
  TextIndex index;
  EXPECT_EQ(evaluate(index, kReview, "the"), 4);
  EXPECT_EQ(evaluate(index, kReview, "The App"), 3);
  EXPECT_EQ(evaluate(index, kReview, "excellent"), 1);
  EXPECT_EQ(evaluate(index, kReview, "excel"), 0);
  EXPECT_EQ(evaluate(index, kReview, "user-friendly"), 1);
  EXPECT_EQ(evaluate(index, kReview, ""), 0);
  EXPECT_EQ(evaluate(index, "", "the"), 0);
  EXPECT_EQ(evaluate(index, "a a a", "a a"), 2);
  EXPECT_EQ(evaluate(index, "\u00abCaf\u00c9\u00bb, caf\u00e9\u2026", "caf\u00e9"), 2);
}

/// Words of `text`, cut by the expression for spaces and by one that is spelled otherwise.
void expectSameWords(const std::string& text, Regexes& regexes) {
  std::vector<std::string_view> words, expected;
  Regexes::Outcome outcome;
  ASSERT_TRUE(splitWords(kSpaces, text, regexes, words, outcome));
  ASSERT_TRUE(splitWords("(?:\\s)+", text, regexes, expected, outcome));
  ASSERT_EQ(words, expected) << testing::PrintToString(text);
}

TEST_F(TextIndexTest, SpacesAreThoseOfRegularExpressions) {
  const std::string_view ends[] = {"a", " a", ""};
  for (std::uint32_t c = 0; c < 0x110000; c = c == 0xD7FF ? 0xE000 : c + 1) {
    std::string text = "a";
    appendCodePoint(text, c);
    expectSameWords(text.append(ends[c % 3]), regexes_);
  }
  // Bytes at random: hardly any of these texts is UTF-8.
  std::mt19937 random(1);
  constexpr std::string_view kBytes = "ab \t\n\xC2\x85\xA0\xE2\x80\x83";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint32_t n = random() % 12; n > 0; --n) text += kBytes[random() % kBytes.size()];
    expectSameWords(text, regexes_);
  }
}

TEST_F(TextIndexTest, CaseAndSeparators) {
  TextIndex index;
  index.isCaseSensitive = true;
  EXPECT_EQ(evaluate(index, kReview, "the"), 2);
  EXPECT_EQ(evaluate(index, kReview, "THE APP"), 1);
  index.wordSeparatorCharacterRE = "[,;]";
  EXPECT_EQ(evaluate(index, "new york,paris;new york", "new york"), 2);
  EXPECT_EQ(evaluate(index, "new york,paris;new york", "york"), 0);
}

TEST_F(TextIndexTest, WordsOfOneTextAreKeptOnlyWhileTheyHold) {
  TextIndex blanks, commas;
  commas.wordSeparatorCharacterRE = ",";
  EXPECT_EQ(evaluate(blanks, "a b,c", "a"), 1);
  EXPECT_EQ(evaluate(blanks, "a b,c", "b,c"), 1);
  EXPECT_EQ(evaluate(commas, "a b,c", "c"), 1);
  EXPECT_EQ(evaluate(blanks, "a b,c", "c"), 0);
  EXPECT_EQ(evaluate(blanks, "c", "c"), 1);
}

TEST_F(TextIndexTest, Untokenized) {
  TextIndex index;
  index.tokenize = false;
  EXPECT_EQ(evaluate(index, kReview, "app"), 3);
  EXPECT_EQ(evaluate(index, kReview, "face"), 1);
  EXPECT_EQ(evaluate(index, "aaa", "aa"), 2);
  index.isCaseSensitive = true;
  EXPECT_EQ(evaluate(index, kReview, "app"), 2);
  EXPECT_EQ(evaluate(index, kReview, ""), 0);
}

TEST_F(TextIndexTest, EditDistanceIsSummedOverTheWords) {
  TextIndex index;
  index.maxLevenshteinDistance = 1;
  EXPECT_EQ(evaluate(index, "brown fox, brwn fox, brwn fx", "brown fox"), 2);
  index.maxLevenshteinDistance = 2;
  EXPECT_EQ(evaluate(index, "brown fox, brwn fox, brwn fx", "brown fox"), 3);
  index.countHits = CountHits::bestHits;
  EXPECT_EQ(evaluate(index, "brown fox, brwn fox, brwn fx", "brown fox"), 1);
  EXPECT_EQ(evaluate(index, "brwn fox brown fx brwn fx", "brown fox"), 2);
  EXPECT_EQ(evaluate(index, "nothing alike", "brown fox"), 0);
}

TEST_F(TextIndexTest, EditDistancesOfKnownPairs) {
  // Distances of pairs that the literature uses; a hit at the distance, none below it.
  constexpr struct {
    const char *a, *b;
    int distance;
  } kPairs[] = {{"kitten", "sitting", 3},      {"saturday", "sunday", 3},   {"flaw", "lawn", 2},
                {"intention", "execution", 5}, {"\u00e9t\u00e9", "ete", 2}, {"book", "back", 2},
                {"abc", "abcde", 2},           {"gumbo", "gambol", 2}};
  for (const auto& p : kPairs)
    for (int allowed = 1; allowed < 8; ++allowed) {
      TextIndex index;
      index.maxLevenshteinDistance = allowed;
      EXPECT_EQ(evaluate(index, p.a, p.b), allowed >= p.distance ? 1 : 0) << p.a << " " << p.b << " " << allowed;
      EXPECT_EQ(evaluate(index, p.b, p.a), allowed >= p.distance ? 1 : 0) << p.b << " " << p.a << " " << allowed;
    }
}

TEST_F(TextIndexTest, LocalTermWeights) {
  TextIndex index;
  const std::string_view text = "a b a c a b d";
  using enum LocalTermWeights;
  const struct {
    LocalTermWeights weights;
    const char* term;
    double expected;
  } cases[] = {{termFrequency, "b", 2},
               {binary, "b", 1},
               {binary, "x", 0},
               {logarithmic, "a", 0.6020599913279624},
               {logarithmic, "x", 0},
               {augmentedNormalizedTermFrequency, "a", 1},
               {augmentedNormalizedTermFrequency, "b", 0.5 * (1 + 2.0 / 3)},
               {augmentedNormalizedTermFrequency, "x", 0}};
  for (const auto& c : cases) {
    index.localTermWeights = c.weights;
    EXPECT_NEAR(evaluate(index, text, c.term), c.expected, 1e-15) << c.term;
  }
}

TEST_F(TextIndexTest, NormalizationWithRegularExpressions) {
  TextIndex index;
  index.normalizations.push_back({.rows = {{"interfaces?", "interface", true},
                                           {"is|are|seem(ed|s)?|were", "be", true},
                                           {"user[ -]friendl(y|iness)", "user_friendly", true}}});
  index.normalizations.push_back({.rows = {{"interface be (user_friendly|well designed|excellent)", "ui_good", true}}});
  EXPECT_EQ(evaluate(index, kReview, "ui_good"), 1);
  EXPECT_EQ(evaluate(index, kReview, "interfaces are excellent"), 1);  // the term is normalised likewise
  EXPECT_EQ(evaluate(index, kReview, "user_friendly"), 1);
}

TEST_F(TextIndexTest, NormalizationOfWordsAndParts) {
  TextIndex index;
  Normalization words{.rows = {{"new york", "nyc", false}, {"cat", "animal", false}}};
  index.normalizations = {words};
  EXPECT_EQ(evaluate(index, "In New York, a cat; no concatenation.", "nyc"), 1);
  EXPECT_EQ(evaluate(index, "In New York, a cat; no concatenation.", "animal"), 1);
  EXPECT_EQ(evaluate(index, "In New York, a cat; no concatenation.", "concatenation"), 1);
  index.normalizations[0].maxLevenshteinDistance = 1;
  EXPECT_EQ(evaluate(index, "In New Yorc, a cut", "animal"), 1);
  index.normalizations[0].maxLevenshteinDistance = 0;
  index.normalizations[0].tokenize = false;
  EXPECT_EQ(evaluate(index, "no concatenation.", "conanimalenation"), 1);
  index.normalizations[0].isCaseSensitive = true;
  EXPECT_EQ(evaluate(index, "a CAT", "animal"), 0);
}

TEST_F(TextIndexTest, RecursiveNormalization) {
  TextIndex index;
  Normalization n{.rows = {{"c", "d", true}, {"b", "c", true}, {"a", "b", true}}};
  index.normalizations = {n};
  EXPECT_EQ(evaluate(index, "a", "d"), 0);
  EXPECT_EQ(evaluate(index, "b", "c"), 0);  // the term became "d", the text "c"
  index.normalizations[0].recursive = true;
  EXPECT_EQ(evaluate(index, "a b c", "d d d"), 1);
  index.normalizations[0].rows = {{"^x", "xx", true}};  // grows for ever
  EXPECT_EQ(reasonOf(evaluate(index, "x", "x", 4096)), Reason::textLimit);
  index.normalizations[0].rows = {{"(.)(.+)", "$2$1", true}};  // goes round for ever
  EXPECT_EQ(reasonOf(evaluate(index, "abc", "x")), Reason::textLimit);
}

TEST_F(TextIndexTest, Limits) {
  TextIndex index;
  EXPECT_EQ(reasonOf(evaluate(index, "0123456789", "1", 9)), Reason::textLimit);
  index.wordSeparatorCharacterRE = "(a+)+$";
  EXPECT_EQ(reasonOf(evaluate(index, std::string(40, 'a') + "!", "a")), Reason::regexLimit);
  index.wordSeparatorCharacterRE = "(";
  EXPECT_EQ(reasonOf(evaluate(index, "a", "a")), Reason::functionDomain);
  // Half a million times half of the words would be compared.
  TextIndex plain;
  std::string text, term;
  for (int i = 0; i < 500'000; ++i) text += "a ";
  for (int i = 0; i < 250'000; ++i) term += "a ";
  EXPECT_EQ(reasonOf(evaluate(plain, text, term + "b")), Reason::textLimit);
  plain.maxLevenshteinDistance = 1'000'000'000;
  EXPECT_EQ(reasonOf(evaluate(plain, std::string(100'000, 'a'), std::string(100'000, 'b'))), Reason::textLimit);
  plain.tokenize = false;
  EXPECT_EQ(reasonOf(evaluate(plain, text, term + "b")), Reason::textLimit);
}

}  // namespace
}  // namespace scorelet::text
