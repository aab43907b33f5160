#include "text/words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace scorelet::text {

namespace {

/// `\s` of the standard's dialect: Unicode's general category Z, and what ends lines and columns.
bool isSpace(std::uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// What `Regexes::split` answers for kSpaces: a text that is not UTF-8 has no spaces but ASCII's.
void splitAtSpaces(std::string_view text, std::vector<std::string_view>& words) {
  words.clear();
  const std::uint32_t last = isUtf8(text) ? kMalformed : 0x7F;
  std::size_t begin = 0;
  const auto end = [&](std::size_t at) {
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const std::uint32_t c = nextCodePoint(text, at);
    if (c > last || !isSpace(c)) continue;
    end(start);
    begin = at;
  }
  end(text.size());
}

/// Unicode's general category P, as far as running text has it at the ends of words.
bool isPunctuation(std::uint32_t c) {
  if (c < 0x80)
    return c != 0 && std::string_view("!\"#%&'()*,-./:;?@[\\]_{}").find(static_cast<char>(c)) != std::string_view::npos;
  constexpr std::uint32_t kRanges[][2] = {
      {0xA1, 0xA1},     {0xA7, 0xA7},     {0xAB, 0xAB},     {0xB6, 0xB7},     {0xBB, 0xBB},     {0xBF, 0xBF},
      {0x60C, 0x60D},   {0x61B, 0x61F},   {0x2010, 0x2027}, {0x2030, 0x2043}, {0x2045, 0x2051}, {0x2053, 0x205E},
      {0x3001, 0x3003}, {0x3008, 0x3011}, {0x3014, 0x301F}, {0xFF01, 0xFF03}, {0xFF05, 0xFF0A}, {0xFF0C, 0xFF0F},
      {0xFF1A, 0xFF1B}, {0xFF1F, 0xFF20}, {0xFF5F, 0xFF65}};
  return std::ranges::any_of(kRanges, [c](const auto& r) { return c >= r[0] && c <= r[1]; });
}

std::string_view withoutPunctuation(std::string_view word) {
  std::size_t begin = 0, end = 0;  // of the part between the first and the last other character
  bool isEmpty = true;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t start = at;
    if (isPunctuation(nextCodePoint(word, at))) continue;
    if (isEmpty) begin = start;
    isEmpty = false;
    end = at;
  }
  return word.substr(begin, end - begin);
}

}  // namespace

bool splitWords(std::string_view separator, std::string_view text, Regexes& regexes,
                std::vector<std::string_view>& words, Regexes::Outcome& outcome) {
  outcome = Regexes::Outcome::yes;
  if (separator == kSpaces)
    splitAtSpaces(text, words);
  else
    outcome = regexes.split(separator, text, words);
  if (outcome == Regexes::Outcome::badPattern || outcome == Regexes::Outcome::limit) return false;
  for (std::string_view& w : words) w = withoutPunctuation(w);
  std::erase_if(words, [](std::string_view w) { return w.empty(); });
  return true;
}

bool WordComparison::equals(std::string_view a, std::string_view b) {
  if (isCaseSensitive_) {
    steps_ -= a.size() == b.size() ? static_cast<std::int64_t>(a.size()) : 0;
    return a == b;
  }
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    --steps_;
    if (lowerCodePoint(nextCodePoint(a, i)) != lowerCodePoint(nextCodePoint(b, j))) return false;
  }
  return i == a.size() && j == b.size();
}

void WordComparison::decode(std::string_view word, std::vector<std::uint32_t>& out) const {
  out.clear();
  for (std::size_t at = 0; at < word.size();) {
    const std::uint32_t c = nextCodePoint(word, at);
    out.push_back(isCaseSensitive_ ? c : lowerCodePoint(c));
  }
}

/// The distance, or limit + 1 if it is greater. Only cells within `limit` of the diagonal can matter.
int WordComparison::levenshtein(std::string_view first, std::string_view second, int limit) {
  decode(first, work_.a);
  decode(second, work_.b);
  const auto& a = work_.a;
  const auto& b = work_.b;
  const auto n = static_cast<std::int64_t>(a.size()), m = static_cast<std::int64_t>(b.size());
  const int tooFar = limit + 1;
  steps_ -= n + m;
  if (n - m > limit || m - n > limit) return tooFar;
  auto& row = work_.distances;
  row.resize(b.size() + 1);
  for (std::int64_t j = 0; j <= m; ++j)
    row[static_cast<std::size_t>(j)] = static_cast<int>(std::min<std::int64_t>(j, tooFar));
  for (std::int64_t i = 1; i <= n; ++i) {
    const std::int64_t begin = std::max<std::int64_t>(1, i - limit), end = std::min(m, i + limit);
    steps_ -= end - begin + 1;
    if (isExhausted()) return tooFar;
    int diagonal = row[static_cast<std::size_t>(begin - 1)];
    row[static_cast<std::size_t>(begin - 1)] =
        begin == 1 ? static_cast<int>(std::min<std::int64_t>(i, tooFar)) : tooFar;
    int best = row[static_cast<std::size_t>(begin - 1)];
    for (std::int64_t j = begin; j <= end; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const int substitution = diagonal + (a[static_cast<std::size_t>(i - 1)] == b[at - 1] ? 0 : 1);
      const int deletion = j < i + limit ? row[at] + 1 : tooFar;  // above the band there is nothing
      diagonal = row[at];
      row[at] = std::min({substitution, deletion, row[at - 1] + 1, tooFar});
      best = std::min(best, row[at]);
    }
    if (best > limit) return tooFar;
  }
  return row[b.size()];
}

std::optional<int> WordComparison::distance(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  int sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (--steps_ <= 0) return std::nullopt;
    if (equals(a[i], b[i])) continue;
    if (maxDistance_ == sum) return std::nullopt;
    // No word is farther than its length, so a greater limit changes nothing.
    const auto longest = static_cast<int>(std::max(a[i].size(), b[i].size()));
    sum += levenshtein(a[i], b[i], std::min(maxDistance_ - sum, longest));
    if (sum > maxDistance_) return std::nullopt;
  }
  return sum;
}

}  // namespace scorelet::text
