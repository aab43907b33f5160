#include <algorithm>
#include <cmath>
#include <set>

#include "base/distinct_values.hpp"
#include "base/math.hpp"
#include "base/text.hpp"
#include "compile/expression.hpp"
#include "document/array.hpp"
#include "document/sparse_matrix.hpp"
#include "models/taxonomy.hpp"
#include "models/text/text.hpp"

namespace scorelet::models {

namespace {

using namespace compile;
using namespace text_model;

enum class Global : std::uint8_t { inverseDocumentFrequency, none, gfidf, normal, probabilisticInverse };

constexpr std::pair<std::string_view, text::LocalTermWeights> kLocal[] = {
    {"termFrequency", text::LocalTermWeights::termFrequency},
    {"binary", text::LocalTermWeights::binary},
    {"logarithmic", text::LocalTermWeights::logarithmic},
    {"augmentedNormalizedTermFrequency", text::LocalTermWeights::augmentedNormalizedTermFrequency}};
constexpr std::pair<std::string_view, Global> kGlobal[] = {
    {"inverseDocumentFrequency", Global::inverseDocumentFrequency},
    {"none", Global::none},
    {"GFIDF", Global::gfidf},
    {"normal", Global::normal},
    {"probabilisticInverse", Global::probabilisticInverse}};
constexpr std::pair<std::string_view, bool> kNormalized[] = {{"none", false}, {"cosine", true}};
constexpr std::pair<std::string_view, bool> kDistances[] = {
    {"euclidean", true}, {"cosine", false}, {"cosineSimilarity", false}};  // the last one is a vendor's

/// Documents at other ranks than the first, or several of them.
class DocumentSource final : public OutputSource {
 public:
  DocumentSource(Slot similarities, std::vector<Value> ids, bool isDistance)
      : ids_(std::move(ids)), isDistance_(isDistance) {
    for (Slot d = 0; d < ids_.size(); ++d) similarities_.push_back(similarities + d);
  }

  std::optional<TypedSlot> answer(Scope& scope, const OutputRequest& request) override {
    const bool putsOutId = request.feature == Feature::entityId || request.feature == Feature::clusterId;
    const bool isAffinity = request.feature == Feature::affinity || request.feature == Feature::entityAffinity ||
                            request.feature == Feature::clusterAffinity;
    if (!putsOutId && (!isAffinity || request.value)) return std::nullopt;
    if (request.ranks.isBest()) return std::nullopt;
    auto& step = scope.emit<DocumentRankStep>();
    step.similarities = similarities_;
    step.ids = ids_;
    step.isDistance = isDistance_;
    step.ranks = request.ranks;
    step.putsOutId = putsOutId;
    step.to = scope.builder().newSlot();
    const DataType type = putsOutId ? DataType::string : DataType::float64;
    return TypedSlot::of(step.to, type, step.ranks.isList);
  }

  std::vector<Slot*> slots() override {
    std::vector<Slot*> out;
    for (Slot& s : similarities_) out.push_back(&s);
    return out;
  }

 private:
  std::vector<Slot> similarities_;
  std::vector<Value> ids_;
  bool isDistance_;
};

class TextReader {
 public:
  explicit TextReader(ModelContext& context)
      : context_(context), builder_(context.scope.builder()), model_(context.model) {}

  ModelResult read() {
    readTerms();
    readDocuments();
    readFields();
    readWeights();
    ModelResult result;
    if (step_->ids.empty() || terms_.empty()) return result;
    readAnswers(result);
    step_->similarities = builder_.newSlots(step_->ids.size());
    step_->id = builder_.newSlot();
    step_->value = builder_.newSlot();
    result.value.slot = step_->value;
    result.entityId = {step_->id, DataType::string};
    for (std::size_t d = 0; d < documentIds_.size(); ++d)
      result.affinities.emplace_back(documentIds_[d], step_->similarities + static_cast<Slot>(d));
    result.outputSource = std::make_shared<DocumentSource>(step_->similarities, step_->ids, step_->isDistance);
    context_.scope.body().push_back(std::move(step_));
    return result;
  }

 private:
  /// The element, or nothing after a report.
  xml::Element required(std::string_view name) {
    const xml::Element e = model_.child(name);
    if (!e) model_.error(Code::missingElement, "A TextModel needs a " + std::string(name) + ".");
    return e;
  }

  /// Sizes that the document states and that weights depend on.
  void checkCount(std::string_view attribute, std::size_t count) {
    const double stated = model_.requiredNumber(attribute);
    if (stated != static_cast<double>(count))
      model_.error(Code::badValue, "The model has " + std::to_string(count) + " of them.", attribute);
  }

  void readTerms() {
    const xml::Element e = required("TextDictionary");
    const xml::Element array = e ? e.child("Array") : xml::Element();
    if (!e) return;
    if (!array) return e.error(Code::missingElement, "A TextDictionary needs an Array of terms.");
    for (std::string& text : document::readArray(array)) {
      if (!builder_.charge(array)) return;
      const std::string_view term = builder_.keep(std::move(text));
      if (!counts_.emplace(term, std::vector{static_cast<std::uint32_t>(terms_.size())}).second)
        array.error(Code::duplicateName, "The term \"" + std::string(term) + "\" stands twice in the dictionary.");
      terms_.push_back(term);
    }
    if (terms_.empty()) array.error(Code::emptyModel, "The dictionary has no terms.");
    checkCount("numberOfTerms", terms_.size());
    // What stands below a term in the taxonomy is an occurrence of it too.
    if (const xml::Element t = e.child("Taxonomy")) {
      const std::map<std::string_view, std::vector<std::uint32_t>> own = counts_;
      Taxonomy(t).forEachAncestor(builder_, [&](std::string_view child, std::string_view ancestor) {
        if (const auto above = own.find(ancestor); above != own.end()) counts_[child].push_back(above->second[0]);
      });
    }
    for (const auto& [term, at] : counts_) step_->terms.add(term, at);
    step_->terms.finish();
  }

  void readDocuments() {
    const xml::Element e = required("TextCorpus");
    std::set<std::string_view> known;
    for (xml::Element d : xml::children(e, "TextDocument")) {
      if (!builder_.charge(d)) return;
      const std::string_view id = d.required("id");
      if (!known.insert(id).second)
        d.error(Code::duplicateName, "There are two documents with the id \"" + std::string(id) + "\".", "id");
      documentIds_.push_back(id);
      step_->ids.push_back(builder_.symbol(id));
    }
    if (e && documentIds_.empty()) e.error(Code::emptyModel, "The corpus has no documents.");
    if (e) checkCount("numberOfDocuments", documentIds_.size());
  }

  /// Texts are searched for the terms; a number is how often the term occurs that the field is named like.
  void readFields() {
    for (const document::MiningField& f : context_.scope.schema().fields) {
      if (f.usageType != UsageType::active) continue;
      const Binding* field = context_.scope.resolve(f.name, f.at, "name");
      if (field == nullptr) continue;
      const DataType type = field->value.type;
      if (type == DataType::string) {
        step_->texts.push_back(field->value.slot);
      } else if (const auto term =
                     std::find_if(terms_.begin(), terms_.end(), [&](std::string_view t) { return isSame(t, f.name); });
                 term != terms_.end()) {
        step_->columns.emplace_back(castTo(context_.scope, field->value, DataType::float64).slot,
                                    static_cast<std::uint32_t>(term - terms_.begin()));
      } else {
        f.at.error(Code::unresolvedField,
                   "\"" + std::string(f.name) + "\" is neither a text nor named like a term of the TextDictionary.",
                   "name");
      }
    }
    if (step_->texts.empty() && step_->columns.empty())
      model_.error(Code::unresolvedField, "A TextModel needs an active field: a text, or the counts of a term.");
  }

  static bool isSame(std::string_view a, std::string_view b) {
    std::string x, y;
    toLower(a, x);
    toLower(b, y);
    return x == y;
  }

  void readWeights() {
    const xml::Element e = required("DocumentTermMatrix");
    const xml::Element table = e ? e.child("Matrix") : xml::Element();
    if (!e) return;
    if (!table) return e.error(Code::missingElement, "A DocumentTermMatrix needs a Matrix.");
    const document::SparseMatrix matrix = document::readSparseMatrix(table, builder_.limits().expressionNodes);
    if (matrix.rows != documentIds_.size() || matrix.columns != terms_.size())
      return table.error(Code::badValue, "The matrix has a row for each document and a column for each term: " +
                                             std::to_string(documentIds_.size()) + " by " +
                                             std::to_string(terms_.size()) + ".");
    for (const auto& cell : matrix.cells)
      if (!(cell.value >= 0)) return table.error(Code::badValue, "Terms cannot occur less often than never.");

    const xml::Element how = model_.child("TextModelNormalization");
    step_->weighting.local =
        how ? how.word("localTermWeights", step_->weighting.local, kLocal) : step_->weighting.local;
    step_->weighting.isNormalized = how && how.word("documentNormalization", false, kNormalized);
    weighTerms(how ? how : model_,
               how ? how.word("globalTermWeights", Global::inverseDocumentFrequency, kGlobal)
                   : Global::inverseDocumentFrequency,
               matrix);
    weighDocuments(matrix);
    xml::Element similarity = model_.child("TextModelSimiliarity");
    if (!similarity) similarity = model_.child("TextModelSimilarity");  // as it should be spelled
    step_->isDistance = similarity && similarity.word("similarityType", false, kDistances);
  }

  void weighTerms(xml::Element at, Global method, const document::SparseMatrix& matrix) {
    std::vector<double> documents(terms_.size(), 0), total(terms_.size(), 0), squares(terms_.size(), 0);
    for (const auto& cell : matrix.cells) {
      ++documents[cell.column];
      total[cell.column] += cell.value;
      squares[cell.column] += cell.value * cell.value;
    }
    const auto all = static_cast<double>(matrix.rows);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      const double df = documents[t];
      double weight = 1;
      if (method != Global::none && df == 0) {
        weight = 0;  // no document can be found by it
      } else if (method == Global::inverseDocumentFrequency) {
        weight = dm::log10(all / df);
      } else if (method == Global::gfidf) {
        weight = total[t] / df;
      } else if (method == Global::normal) {
        weight = 1 / std::sqrt(squares[t]);
      } else if (method == Global::probabilisticInverse) {
        if (df == all)
          at.error(Code::badValue,
                   "The term \"" + std::string(terms_[t]) +
                       "\" is in every document, where probabilisticInverse is the logarithm of 0.",
                   "globalTermWeights");
        weight = df == all ? 0 : dm::log10((all - df) / df);
      }
      step_->weighting.global.push_back(weight);
    }
  }

  /// A term that a document does not hold has the weight 0 by all methods.
  void weighDocuments(const document::SparseMatrix& matrix) {
    std::vector<double> counts;
    std::vector<std::uint32_t> terms;
    auto cell = matrix.cells.begin();
    for (std::uint32_t d = 0; d < matrix.rows; ++d) {
      counts.clear();
      terms.clear();
      for (; cell != matrix.cells.end() && cell->row == d; ++cell) {
        counts.push_back(cell->value);
        terms.push_back(cell->column);
      }
      step_->weighting.apply(counts, terms.data());
      const auto first = static_cast<std::uint32_t>(step_->weights.size());
      for (std::size_t k = 0; k < counts.size(); ++k) step_->weights.push_back({terms[k], counts[k]});
      step_->documents.push_back({first, static_cast<std::uint32_t>(step_->weights.size()), lengthOf(counts)});
    }
  }

  /// The model predicts a document; where a vendor's ClassLabels give each document a class, that class.
  void readAnswers(ModelResult& result) {
    result.value.type = DataType::string;
    result.opType = OpType::categorical;
    step_->answers = step_->ids;
    const xml::Element labels = model_.child("ClassLabels");
    if (!labels) return;
    const xml::Element array = labels.child("Array");
    const std::vector<std::string> texts = array ? document::readArray(array) : std::vector<std::string>();
    if (texts.size() != step_->ids.size())
      return labels.error(Code::badValue, "ClassLabels need an Array with one class for each document.");
    result.value.type = context_.target.value.type;
    result.opType = context_.target.opType;
    for (std::size_t d = 0; d < texts.size(); ++d) step_->answers[d] = categoryLiteral(context_, texts[d], array, {});
    result.categories = DistinctValues(step_->answers).values();
  }

  ModelContext& context_;
  Builder& builder_;
  xml::Element model_;
  std::unique_ptr<TextStep> step_ = std::make_unique<TextStep>();
  std::vector<std::string_view> terms_, documentIds_;
  std::map<std::string_view, std::vector<std::uint32_t>> counts_;  ///< of which terms a word is an occurrence
};

}  // namespace

ModelResult compileTextModel(ModelContext& context) {
  warnIfFloat(context);
  return TextReader(context).read();
}

}  // namespace scorelet::models
