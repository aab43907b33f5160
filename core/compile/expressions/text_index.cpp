// TextIndex and its normalization tables (spec: Transformations, "Text Index").
#include "base/number.hpp"
#include "compile/expression.hpp"
#include "document/tables.hpp"
#include "program/steps.hpp"

namespace scorelet::compile::expressions {

namespace {

constexpr std::pair<std::string_view, text::LocalTermWeights> kWeights[] = {
    {"termFrequency", text::LocalTermWeights::termFrequency},
    {"binary", text::LocalTermWeights::binary},
    {"logarithmic", text::LocalTermWeights::logarithmic},
    {"augmentedNormalizedTermFrequency", text::LocalTermWeights::augmentedNormalizedTermFrequency}};
constexpr std::pair<std::string_view, text::CountHits> kCountHits[] = {{"allHits", text::CountHits::allHits},
                                                                       {"bestHits", text::CountHits::bestHits}};

void checkSeparator(xml::Element e, const std::string& separator) {
  if (separator != text::kSpaces) checkRegex(e, separator, "wordSeparatorCharacterRE");
}

text::Normalization readNormalization(xml::Element e, const text::TextIndex& index) {
  text::Normalization out;
  const std::string_view inField = e.attribute("inField", "string");
  const std::string_view outField = e.attribute("outField", "stem");
  const std::string_view regexField = e.attribute("regexField", "regex");
  out.recursive = e.boolean("recursive", false);
  out.isCaseSensitive = e.boolean("isCaseSensitive", index.isCaseSensitive);
  out.maxLevenshteinDistance = e.integer("maxLevenshteinDistance", index.maxLevenshteinDistance);
  out.tokenize = e.boolean("tokenize", index.tokenize);
  out.wordSeparatorCharacterRE = e.attribute("wordSeparatorCharacterRE", index.wordSeparatorCharacterRE);
  checkSeparator(e, out.wordSeparatorCharacterRE);
  const xml::Element table = document::inlineTable(e);
  if (!table) return out;
  for (xml::Element row : xml::children(table, "row")) {
    const auto from = document::cell(row, inField), to = document::cell(row, outField);
    if (!from) {
      row.error(Code::missingElement, "The row has no cell \"" + std::string(inField) + "\".");
      continue;
    }
    const auto flag = document::cell(row, regexField);
    text::NormalizationRow r{std::string(*from), std::string(to.value_or("")),
                             flag && parseBoolean(trim(*flag)).value_or(false)};
    if (r.isRegex) checkRegex(row, r.from);
    out.rows.push_back(std::move(r));
  }
  return out;
}

}  // namespace

TypedSlot textIndex(const ExpressionContext& context, xml::Element e) {
  Scope& scope = context.scope;
  text::TextIndex index;
  index.localTermWeights = e.word("localTermWeights", index.localTermWeights, kWeights);
  index.isCaseSensitive = e.boolean("isCaseSensitive", false);
  index.maxLevenshteinDistance = e.integer("maxLevenshteinDistance", 0);
  index.countHits = e.word("countHits", index.countHits, kCountHits);
  index.wordSeparatorCharacterRE = e.attribute("wordSeparatorCharacterRE", index.wordSeparatorCharacterRE);
  index.tokenize = e.boolean("tokenize", true);
  checkSeparator(e, index.wordSeparatorCharacterRE);
  for (xml::Element n : xml::children(e, "TextIndexNormalization"))
    index.normalizations.push_back(readNormalization(n, index));
  const Binding* field = context.resolve(e.required("textField"), e, "textField");
  const TypedSlot term = castTo(scope, compileChildExpression(context.deeper(), e), DataType::string);
  if (field == nullptr || !term) return {};
  const TypedSlot text = castTo(scope, field->value, DataType::string);
  auto& step = scope.emit<program::TextIndexStep>();
  step.text = text.slot;
  step.term = term.slot;
  step.to = scope.builder().newSlot();
  step.index = std::move(index);
  const bool isCount = step.index.localTermWeights == text::LocalTermWeights::termFrequency ||
                       step.index.localTermWeights == text::LocalTermWeights::binary;
  return {step.to, isCount ? DataType::integer : DataType::float64};
}

}  // namespace scorelet::compile::expressions
