// TextIndex (spec: Transformations, "Text Index"): how often a term occurs in a text.
//
// 1. Text and term go through each normalization in turn. A regular expression works on the text as a whole;
//    any other row replaces its words (tokenize) or its characters (not tokenize) wherever they occur.
//    `recursive` repeats the table until nothing changes.
// 2. tokenize: text and term are cut into words, without punctuation at their ends; a hit is a position at which
//    the words of the term stand in the text with at most `maxLevenshteinDistance` edits, summed over the words.
//    Otherwise a hit is a position at which the term's characters stand; edit distance is about words and has no
//    part in it.
// 3. The number of hits is weighted: n; n > 0; log10(1 + n); (1 + n / count of the text's most frequent word) / 2.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/regex.hpp"
#include "base/value.hpp"

namespace scorelet::text {

enum class LocalTermWeights : std::uint8_t { termFrequency, binary, logarithmic, augmentedNormalizedTermFrequency };
enum class CountHits : std::uint8_t { allHits, bestHits };

/// What separates words unless a document says otherwise. Texts are cut there without a regular expression.
inline constexpr std::string_view kSpaces = "\\s+";

/// One row of a TextIndexNormalization table.
struct NormalizationRow {
  std::string from, to;
  bool isRegex = false;
};

struct Normalization {
  std::vector<NormalizationRow> rows;
  bool isCaseSensitive = false;
  bool recursive = false;
  bool tokenize = true;
  int maxLevenshteinDistance = 0;
  std::string wordSeparatorCharacterRE{kSpaces};
};

struct TextIndex {
  LocalTermWeights localTermWeights = LocalTermWeights::termFrequency;
  bool isCaseSensitive = false;
  int maxLevenshteinDistance = 0;
  CountHits countHits = CountHits::allHits;
  std::string wordSeparatorCharacterRE{kSpaces};
  bool tokenize = true;
  std::vector<Normalization> normalizations;
};

/// Buffers reused from call to call.
struct Workspace {
  std::string text, term, buffer, before;
  std::vector<std::string_view> textWords, termWords, rowWords;
  std::vector<std::uint32_t> a, b;  // code points of two words that are compared
  std::vector<int> distances;
  std::vector<std::uint64_t> hashes;
  // Many terms are looked up in one text: `textWords` stay while text and separator do.
  bool holdsTextWords = false;
  std::string separator;
};

/// The weight of a term that stands `count` times in a text whose most frequent term stands in it `most` times.
[[nodiscard]] double localWeight(LocalTermWeights weights, double count, double most);

/// The index of `term` in `text`. Invalid (regexLimit, textLimit) rather than a guess when a limit is reached.
[[nodiscard]] Value evaluate(const TextIndex& index, std::string_view text, std::string_view term, Regexes& regexes,
                             Workspace& work, std::uint32_t textBytes);

}  // namespace scorelet::text
