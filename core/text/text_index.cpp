#include "text/text_index.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "base/sort.hpp"
#include "base/strings.hpp"
#include "base/text.hpp"
#include "text/normalization.hpp"
#include "text/words.hpp"

namespace scorelet::text {

namespace {

/// Hits of the term's words in the text's; empty if comparing took too long.
std::optional<double> countWordHits(const TextIndex& index, Workspace& work) {
  const std::span<const std::string_view> text(work.textWords), term(work.termWords);
  if (term.empty()) return 0;
  WordComparison comparison(work, index.isCaseSensitive, index.maxLevenshteinDistance);
  double hits = 0;
  int best = std::max(index.maxLevenshteinDistance, 0);
  for (std::size_t i = 0; i + term.size() <= text.size(); ++i) {
    const std::optional<int> distance = comparison.distance(text.subspan(i, term.size()), term);
    if (!distance) continue;
    if (index.countHits == CountHits::bestHits && *distance < best) {
      best = *distance;
      hits = 0;
    }
    if (index.countHits == CountHits::allHits || *distance == best) ++hits;
  }
  return comparison.isExhausted() ? std::nullopt : std::optional(hits);
}

/// Hits of the term's characters; empty if comparing would take too long.
std::optional<double> countPartHits(const TextIndex& index, std::string_view text, std::string_view term) {
  if (isTooLongToFind(text, term)) return std::nullopt;
  double hits = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; !term.empty() && at < text.size(); (void)nextCodePoint(text, at)) {
    at = findPart(text, term, at, index.isCaseSensitive, end);
    if (at == std::string_view::npos) break;
    ++hits;
  }
  return hits;
}

/// How often the most frequent word of the text stands in it.
double mostFrequent(const TextIndex& index, Workspace& work) {
  work.hashes.clear();
  for (const std::string_view word : work.textWords) {
    if (!index.isCaseSensitive) toLower(word, work.buffer);
    work.hashes.push_back(hashText(index.isCaseSensitive ? word : std::string_view(work.buffer)));
  }
  sort(work.hashes);
  std::size_t most = 0, run = 0;
  for (std::size_t i = 0; i < work.hashes.size(); ++i) {
    run = i > 0 && work.hashes[i] == work.hashes[i - 1] ? run + 1 : 1;
    most = std::max(most, run);
  }
  return static_cast<double>(most);
}

}  // namespace

Value evaluate(const TextIndex& index, std::string_view text, std::string_view term, Regexes& regexes, Workspace& work,
               std::uint32_t textBytes) {
  if (text.size() > textBytes || term.size() > textBytes) return invalid(Reason::textLimit);
  const std::string_view separator = index.wordSeparatorCharacterRE;
  const bool isPlain = index.normalizations.empty();
  if (!isPlain || work.text != text || work.separator != separator) work.holdsTextWords = false;
  work.text = text;
  work.term = term;
  for (const Normalization& n : index.normalizations)
    for (std::string* s : {&work.text, &work.term})
      if (const Reason reason = normalize(n, *s, regexes, work, textBytes); reason != Reason::none)
        return invalid(reason);

  if (index.tokenize || index.localTermWeights == LocalTermWeights::augmentedNormalizedTermFrequency) {
    auto outcome = Regexes::Outcome::yes;
    if ((!work.holdsTextWords && !splitWords(separator, work.text, regexes, work.textWords, outcome)) ||
        !splitWords(separator, work.term, regexes, work.termWords, outcome))
      return invalid(outcome == Regexes::Outcome::limit ? Reason::regexLimit : Reason::functionDomain);
    work.holdsTextWords = isPlain;
    work.separator = separator;
  }
  const std::optional<double> counted =
      index.tokenize ? countWordHits(index, work) : countPartHits(index, work.text, work.term);
  if (!counted) return invalid(Reason::textLimit);
  const bool needsMost = index.localTermWeights == LocalTermWeights::augmentedNormalizedTermFrequency && *counted > 0;
  return localWeight(index.localTermWeights, *counted, needsMost ? mostFrequent(index, work) : 0);
}

double localWeight(LocalTermWeights weights, double count, double most) {
  switch (weights) {
    case LocalTermWeights::termFrequency: return count;
    case LocalTermWeights::binary: return fromBool(count > 0);
    case LocalTermWeights::logarithmic: return dm::log10(1 + count);
    case LocalTermWeights::augmentedNormalizedTermFrequency: break;
  }
  return count > 0 && most > 0 ? 0.5 * (1 + count / most) : 0;
}

}  // namespace scorelet::text
