// TextIndex (spec: Transformations, "Text Index"): normalise, tokenise, count, weigh.
#include <algorithm>
#include <numeric>

#include "base/math.hpp"
#include "base/regex.hpp"
#include "base/text.hpp"
#include "expressions.hpp"

namespace scorelet::reference {

namespace {

using Words = std::vector<std::string>;

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

Regexes& regexes() {
  static Regexes instance(1'000'000);
  return instance;
}

std::string folded(const std::string& text, bool isCaseSensitive) {
  if (isCaseSensitive) return text;
  std::string out;
  toLower(text, out);
  return out;
}

bool isPunctuation(char c) { return static_cast<unsigned char>(c) < 128 && std::ispunct(static_cast<unsigned char>(c)); }

Words tokens(const std::string& text, const Settings& s) {
  if (!s.tokenizes) return {text};
  Words words;
  const auto add = [&](std::string word) {
    while (!word.empty() && isPunctuation(word.back())) word.pop_back();
    while (!word.empty() && isPunctuation(word.front())) word.erase(0, 1);
    if (!word.empty()) words.push_back(word);
  };
  std::vector<std::string_view> pieces;
  (void)regexes().split(s.separator, text, pieces);
  for (const std::string_view piece : pieces) add(std::string(piece));
  return words;
}

int levenshtein(const std::string& a, const std::string& b) {
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

int distance(const Words& text, std::size_t at, const Words& term, const Settings& s) {
  int sum = 0;
  for (std::size_t k = 0; k < term.size(); ++k)
    sum += levenshtein(folded(text[at + k], s.isCaseSensitive), folded(term[k], s.isCaseSensitive));
  return sum;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : " ") + w;
  return out;
}

/// Every occurrence of the row's words, left to right, becomes the row's text.
std::string replaceWords(const std::string& text, const std::string& from, const std::string& to, const Settings& s) {
  const Words words = tokens(text, s), term = tokens(from, s);
  if (term.empty()) return text;
  Words out;
  for (std::size_t i = 0; i < words.size();) {
    if (i + term.size() <= words.size() && distance(words, i, term, s) <= s.maxDistance) {
      if (!to.empty()) out.push_back(to);
      i += term.size();
    } else {
      out.push_back(words[i++]);
    }
  }
  return joined(out);
}

Node cell(Node row, const std::string& column) {
  const std::size_t colon = column.find(':');
  return child(row, colon == std::string::npos ? column : column.substr(colon + 1));
}

std::string normalized(std::string text, Node e, const Settings& outer) {
  const Settings s = settingsOf(e, outer);
  const std::string in = attributeOr(e, "inField", "string"), out = attributeOr(e, "outField", "stem"),
                    regex = attributeOr(e, "regexField", "regex");
  for (int pass = 0; pass < 100; ++pass) {
    const std::string before = text;
    for (Node row : children(child(e, "InlineTable"), "row")) {
      const std::string from = textIn(cell(row, in)), to = textIn(cell(row, out));
      if (textIn(cell(row, regex)) == "true") {
        std::string replaced;
        if (regexes().replace(from, text, to, replaced, 1 << 20, !s.isCaseSensitive) == Regexes::Outcome::yes) text = replaced;
      } else {
        text = replaceWords(text, from, to, s);
      }
    }
    if (!flag(e, "recursive", false) || text == before) break;
  }
  return text;
}

struct Hits {
  double count = 0;
  int best = 0;
};

Hits hits(const Words& words, const Words& term, const Settings& s, bool bestOnly) {
  std::map<int, double> byDistance;
  if (!term.empty())
    for (std::size_t i = 0; i + term.size() <= words.size(); ++i)
      if (const int d = distance(words, i, term, s); d <= s.maxDistance) ++byDistance[d];
  if (byDistance.empty()) return {};
  double all = 0;
  for (const auto& [d, n] : byDistance) all += n;
  return {bestOnly ? byDistance.begin()->second : all, byDistance.begin()->first};
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
  const Words words = tokens(t, s), wanted = tokens(q, s);
  const double n = hits(words, wanted, s, bestOnly).count;
  if (weights == "termFrequency") return Value::number(n, type);
  if (weights == "binary") return Value::number(n > 0 ? 1 : 0, type);
  if (weights == "logarithmic") return Value::number(dm::log10(1 + n));
  // Augmented: relative to the most frequent term of the text.
  double most = 0;
  for (const std::string& w : words) {
    double k = 0;
    for (const std::string& other : words) k += folded(w, s.isCaseSensitive) == folded(other, s.isCaseSensitive) ? 1 : 0;
    most = std::max(most, k);
  }
  return Value::number(n > 0 ? 0.5 * (1 + n / most) : 0);
}

}  // namespace scorelet::reference
