// Words of a text and how far they are from each other, for TextIndex.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "text/text_index.hpp"

namespace scorelet::text {

/// Steps that one evaluation may spend on comparing words; hostile texts would take forever.
inline constexpr std::int64_t kComparisonSteps = 50'000'000;

/// Cuts a text into words: pieces between separators, without punctuation at their ends, none empty.
/// False if the separator's expression is wrong or reached its limit.
bool splitWords(std::string_view separator, std::string_view text, Regexes& regexes,
                std::vector<std::string_view>& words, Regexes::Outcome& outcome);

/// Compares words by code points.
class WordComparison {
 public:
  WordComparison(Workspace& work, bool isCaseSensitive, int maxDistance)
      : work_(work), isCaseSensitive_(isCaseSensitive), maxDistance_(maxDistance < 0 ? 0 : maxDistance) {}

  /// Sum of the words' Levenshtein distances if it is at most the greatest allowed; the spans are equally long.
  std::optional<int> distance(std::span<const std::string_view> a, std::span<const std::string_view> b);
  /// True once there have been too many comparisons: the answers since are worthless.
  [[nodiscard]] bool isExhausted() const noexcept { return steps_ <= 0; }

 private:
  bool equals(std::string_view a, std::string_view b);
  int levenshtein(std::string_view a, std::string_view b, int limit);
  void decode(std::string_view word, std::vector<std::uint32_t>& out) const;

  Workspace& work_;
  bool isCaseSensitive_;
  int maxDistance_;
  std::int64_t steps_ = kComparisonSteps;
};

}  // namespace scorelet::text
