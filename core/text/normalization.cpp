#include "text/normalization.hpp"

#include "base/text.hpp"
#include "text/words.hpp"

namespace scorelet::text {

namespace {

/// A table that has not settled after so many rounds goes round in circles.
constexpr int kMostRounds = 1000;

Reason reasonOf(Regexes::Outcome outcome) {
  return outcome == Regexes::Outcome::limit ? Reason::regexLimit : Reason::functionDomain;
}

/// Whether `part` stands at byte `at`; `end` is then the byte behind it.
bool standsAt(std::string_view text, std::string_view part, std::size_t at, std::size_t& end) {
  std::size_t i = at, j = 0;
  while (j < part.size()) {
    if (i >= text.size() || lowerCodePoint(nextCodePoint(text, i)) != lowerCodePoint(nextCodePoint(part, j)))
      return false;
  }
  end = i;
  return true;
}

/// One row of the table, its replacement built in `out`.
class Row {
 public:
  Row(const Normalization& table, const NormalizationRow& row, Regexes& regexes, Workspace& work,
      std::uint32_t textBytes)
      : table_(table), row_(row), regexes_(regexes), work_(work), textBytes_(textBytes) {}

  Reason apply(std::string& text) {
    if (row_.isRegex) {
      const auto outcome =
          regexes_.replace(row_.from, text, row_.to, work_.buffer, textBytes_, !table_.isCaseSensitive);
      if (work_.buffer.size() > textBytes_) return Reason::textLimit;
      if (outcome == Regexes::Outcome::badPattern || outcome == Regexes::Outcome::limit) return reasonOf(outcome);
      text.swap(work_.buffer);
      return Reason::none;
    }
    const Reason reason = table_.tokenize ? replaceWords(text) : replaceParts(text);
    if (reason != Reason::none) return reason;
    if (work_.buffer.size() > textBytes_) return Reason::textLimit;
    text.swap(work_.buffer);
    return Reason::none;
  }

 private:
  Reason replaceWords(std::string_view text) {
    work_.buffer.clear();
    Regexes::Outcome outcome;
    const std::string_view separator = table_.wordSeparatorCharacterRE;
    if (!splitWords(separator, text, regexes_, work_.textWords, outcome)) return reasonOf(outcome);
    if (!splitWords(separator, row_.from, regexes_, work_.rowWords, outcome)) return reasonOf(outcome);
    const std::span<const std::string_view> words(work_.textWords), wanted(work_.rowWords);
    WordComparison comparison(work_, table_.isCaseSensitive, table_.maxLevenshteinDistance);
    std::size_t copied = 0;
    for (std::size_t i = 0; !wanted.empty() && i + wanted.size() <= words.size();) {
      if (!comparison.distance(words.subspan(i, wanted.size()), wanted)) {
        ++i;
        continue;
      }
      const std::string_view first = words[i], last = words[i + wanted.size() - 1];
      const auto begin = static_cast<std::size_t>(first.data() - text.data());
      work_.buffer.append(text.substr(copied, begin - copied)).append(row_.to);
      if (work_.buffer.size() > textBytes_) return Reason::textLimit;
      copied = static_cast<std::size_t>(last.data() - text.data()) + last.size();
      i += wanted.size();
    }
    work_.buffer += text.substr(copied);
    return comparison.isExhausted() ? Reason::textLimit : Reason::none;
  }

  Reason replaceParts(std::string_view text) {
    work_.buffer.clear();
    if (isTooLongToFind(text, row_.from)) return Reason::textLimit;
    std::size_t copied = 0, end = 0;
    while (!row_.from.empty()) {
      const std::size_t begin = findPart(text, row_.from, copied, table_.isCaseSensitive, end);
      if (begin == std::string_view::npos) break;
      work_.buffer.append(text.substr(copied, begin - copied)).append(row_.to);
      if (work_.buffer.size() > textBytes_) return Reason::textLimit;
      copied = end;
    }
    work_.buffer += text.substr(copied);
    return Reason::none;
  }

  const Normalization& table_;
  const NormalizationRow& row_;
  Regexes& regexes_;
  Workspace& work_;
  std::uint32_t textBytes_;
};

}  // namespace

std::size_t findPart(std::string_view text, std::string_view part, std::size_t from, bool isCaseSensitive,
                     std::size_t& end) {
  if (isCaseSensitive) {
    const std::size_t at = text.find(part, from);
    end = at + part.size();
    return at;
  }
  for (std::size_t at = from; at < text.size(); (void)nextCodePoint(text, at))
    if (standsAt(text, part, at, end)) return at;
  return std::string_view::npos;
}

Reason normalize(const Normalization& normalization, std::string& text, Regexes& regexes, Workspace& work,
                 std::uint32_t textBytes) {
  for (int round = 0; round < kMostRounds; ++round) {
    if (normalization.recursive) work.before = text;
    for (const NormalizationRow& row : normalization.rows) {
      const Reason reason = Row(normalization, row, regexes, work, textBytes).apply(text);
      if (reason != Reason::none) return reason;
    }
    if (!normalization.recursive || text == work.before) return Reason::none;
  }
  return Reason::textLimit;
}

}  // namespace scorelet::text
