// TextIndex (spec: Transformations, "Text Index"): normalise, tokenise, count, weigh.
#include <algorithm>
#include <numeric>

#include "base/math.hpp"
#include "base/text.hpp"
#include "expressions.hpp"

namespace scorelet::reference {

namespace {

struct Settings {
  bool isCaseSensitive = false;
  bool tokenizes = true;
  int maxDistance = 0;
  std::string separator = "\\s+";
};

Settings settingsOf(Node e, const Settings& inherited) {
  return {flag(e, "isCaseSensitive", inherited.isCaseSensitive), flag(e, "tokenize", inherited.tokenizes),
          static_cast<int>(numberOr(e, "maxLevenshteinDistance", inherited.maxDistance)),
          attributeOr(e, "wordSeparatorCharacterRE", inherited.separator)};
}

std::string folded(const std::string& text, bool isCaseSensitive) {
  if (isCaseSensitive) return text;
  std::string out;
  toLower(text, out);
  return out;
}

/// Punctuation of ASCII (general category P; signs like + and $ are symbols).
bool isPunctuation(char c) {
  return c != '\0' && std::string_view("!\"#%&'()*,-./:;?@[\\]_{}").find(c) != std::string_view::npos;
}

/// The words of a text, as views of it.
std::vector<std::string_view> wordsOf(std::string_view text, const Settings& s) {
  std::vector<std::string_view> words;
  (void)regexes().split(s.separator, text, words);
  for (std::string_view& w : words) {
    while (!w.empty() && isPunctuation(w.back())) w.remove_suffix(1);
    while (!w.empty() && isPunctuation(w.front())) w.remove_prefix(1);
  }
  std::erase_if(words, [](std::string_view w) { return w.empty(); });
  return words;
}

std::vector<std::string> charactersOf(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t i = 0, n = codePoints(text); i < n; ++i) {
    const std::size_t from = byteOffset(text, i);
    out.emplace_back(text.substr(from, byteOffset(text, i + 1) - from));
  }
  return out;
}

int levenshtein(std::string_view first, std::string_view second) {
  const std::vector<std::string> a = charactersOf(first), b = charactersOf(second);
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1] ? 1 : 0)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// Sum of the edit distances of the term's words to those that stand at `at`.
int distance(const std::vector<std::string_view>& text, std::size_t at, const std::vector<std::string_view>& term,
             const Settings& s) {
  int sum = 0;
  for (std::size_t k = 0; k < term.size(); ++k)
    sum += levenshtein(folded(std::string(text[at + k]), s.isCaseSensitive),
                       folded(std::string(term[k]), s.isCaseSensitive));
  return sum;
}

/// Every occurrence of the row's words, left to right, becomes the row's text; all else stays.
std::string replaceWords(const std::string& text, const std::string& from, const std::string& to, const Settings& s) {
  const auto words = wordsOf(text, s), wanted = wordsOf(from, s);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; !wanted.empty() && i + wanted.size() <= words.size();) {
    if (distance(words, i, wanted, s) > s.maxDistance) {
      ++i;
      continue;
    }
    const std::string_view last = words[i + wanted.size() - 1];
    out += text.substr(copied, static_cast<std::size_t>(words[i].data() - text.data()) - copied) + to;
    copied = static_cast<std::size_t>(last.data() - text.data()) + last.size();
    i += wanted.size();
  }
  return out + text.substr(copied);
}

/// Without tokenizing: wherever the characters stand.
std::string replaceParts(const std::string& text, const std::string& from, const std::string& to, const Settings& s) {
  const std::string where = folded(text, s.isCaseSensitive), what = folded(from, s.isCaseSensitive);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; !what.empty() && (at = where.find(what, copied)) != std::string::npos;
       copied = at + what.size())
    out += text.substr(copied, at - copied) + to;
  return out + text.substr(copied);
}

Node cell(Node row, const std::string& column) {
  const std::size_t colon = column.find(':');
  return child(row, colon == std::string::npos ? column : column.substr(colon + 1));
}

std::string normalized(std::string text, Node e, const Settings& outer) {
  const Settings s = settingsOf(e, outer);
  const std::string in = attributeOr(e, "inField", "string"), out = attributeOr(e, "outField", "stem"),
                    regex = attributeOr(e, "regexField", "regex");
  for (int pass = 0; pass < 1000; ++pass) {
    const std::string before = text;
    for (Node row : children(child(e, "InlineTable"), "row")) {
      const std::string from = textIn(cell(row, in)), to = textIn(cell(row, out));
      if (textIn(cell(row, regex)) == "true") {
        std::string replaced;
        if (regexes().replace(from, text, to, replaced, 1 << 20, !s.isCaseSensitive) == Regexes::Outcome::yes)
          text = replaced;
      } else {
        text = s.tokenizes ? replaceWords(text, from, to, s) : replaceParts(text, from, to, s);
      }
    }
    if (!flag(e, "recursive", false) || text == before) break;
  }
  return text;
}

double hits(const std::string& text, const std::string& term, const Settings& s, bool bestOnly) {
  if (!s.tokenizes) {
    const std::string where = folded(text, s.isCaseSensitive), what = folded(term, s.isCaseSensitive);
    double count = 0;
    for (std::size_t at = 0; !what.empty() && (at = where.find(what, at)) != std::string::npos; ++at) ++count;
    return count;
  }
  const auto words = wordsOf(text, s), wanted = wordsOf(term, s);
  std::map<int, double> byDistance;
  for (std::size_t i = 0; !wanted.empty() && i + wanted.size() <= words.size(); ++i)
    if (const int d = distance(words, i, wanted, s); d <= s.maxDistance) ++byDistance[d];
  double all = 0;
  for (const auto& [d, n] : byDistance) all += n;
  return bestOnly && !byDistance.empty() ? byDistance.begin()->second : all;
}

}  // namespace

Value evaluateTextIndex(const Context& context, Node e) {
  const Settings s = settingsOf(e, {});
  const std::string weights = attributeOr(e, "localTermWeights", "termFrequency");
  const bool bestOnly = attributeOr(e, "countHits", "allHits") == "bestHits";
  const bool isCount = weights == "termFrequency" || weights == "binary";
  const DataType type = isCount ? DataType::integer : DataType::float64;
  const Value text = cast(context.field(attributeOr(e, "textField", "")).value, DataType::string);
  const Value term = cast(evaluate(Context{context.scope, context.parameters}, expressionIn(e)), DataType::string);
  for (const Value* v : {&text, &term})
    if (v->isInvalid()) return Value::invalid(type, v->reason());
  if (text.isMissing() || term.isMissing()) return Value::missing(type);

  std::string t = text.asText(), q = term.asText();
  for (Node n : children(e, "TextIndexNormalization")) {
    t = normalized(t, n, s);
    q = normalized(q, n, s);
  }
  const double n = hits(t, q, s, bestOnly);
  if (weights == "termFrequency") return Value::number(n, type);
  if (weights == "binary") return Value::number(n > 0 ? 1 : 0, type);
  if (weights == "logarithmic") return Value::number(dm::log10(1 + n));
  // Augmented: relative to the most frequent term of the text.
  double most = 0;
  for (const auto words = wordsOf(t, s); const std::string_view w : words) {
    double k = 0;
    for (const std::string_view other : words)
      k += folded(std::string(w), s.isCaseSensitive) == folded(std::string(other), s.isCaseSensitive) ? 1 : 0;
    most = std::max(most, k);
  }
  return Value::number(n > 0 && most > 0 ? 0.5 * (1 + n / most) : 0);
}

}  // namespace scorelet::reference
