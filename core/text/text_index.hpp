// TextIndex (spec: Transformations, "Text Index"): how often a term occurs in a text.
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
  std::string wordSeparatorCharacterRE;
};

struct TextIndex {
  LocalTermWeights localTermWeights = LocalTermWeights::termFrequency;
  bool isCaseSensitive = false;
  int maxLevenshteinDistance = 0;
  CountHits countHits = CountHits::allHits;
  std::string wordSeparatorCharacterRE = "\\s+";
  bool tokenize = true;
  std::vector<Normalization> normalizations;
};

/// Buffers reused from call to call.
struct Workspace {
  std::string text, term, buffer;
  std::vector<std::string_view> textWords, termWords;
  std::vector<int> distances;
};

/// The index of `term` in `text`. Invalid (regexLimit, textLimit) rather than a guess when a limit is reached.
[[nodiscard]] Value evaluate(const TextIndex& index, std::string_view text, std::string_view term,
                             Regexes& regexes, Workspace& work, std::uint32_t textBytes);

}  // namespace scorelet::text
