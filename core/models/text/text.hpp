// TextModel (spec: Text Models): which document of a corpus a text resembles most.
#pragma once

#include <vector>

#include "compile/model.hpp"
#include "text/term_counter.hpp"

namespace scorelet::models::text_model {

using compile::Slot;
using program::Frame;

/// What is counted becomes a weight: by its text, by the corpus, by the length of the vector of all weights.
struct Weighting {
  text::LocalTermWeights local = text::LocalTermWeights::termFrequency;
  std::vector<double> global;  ///< by term
  bool isNormalized = false;   ///< documentNormalization="cosine"

  /// The counts of one text in place: of all terms in their order, or of those that `terms` names.
  void apply(std::span<double> counts, const std::uint32_t* terms = nullptr) const;
};

/// Euclidean length.
[[nodiscard]] double lengthOf(std::span<const double> vector);

/// A document of the corpus: its weights that are not 0.
struct Document {
  std::uint32_t first = 0, last = 0;  ///< in `TextStep::weights`
  double length = 0;
};

struct TextStep final : program::Step {
  struct Weight {
    std::uint32_t term;
    double weight;
  };
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;

  text::TermCounter terms;
  std::vector<Slot> texts;
  std::vector<std::pair<Slot, std::uint32_t>> columns;  ///< counts of single terms
  Weighting weighting;
  std::vector<Document> documents;
  std::vector<Weight> weights;
  bool isDistance = false;               ///< euclidean: the smallest wins
  std::vector<Value> ids;                ///< by document
  std::vector<Value> answers;            ///< by document: the id, or its class
  Slot similarities = compile::kNoSlot;  ///< the first of one slot per document
  Slot id = compile::kNoSlot, value = compile::kNoSlot;

 private:
  Value count(const Frame& frame, std::size_t i) const;
  [[nodiscard]] double similarity(std::span<const double> query, double length, const Document& document) const;
};

/// The documents by their similarity, for Output@rank.
struct DocumentRankStep final : program::Step {
  void run(const Frame& frame) const override;
  std::vector<Slot> similarities;  ///< by document
  Slot to = compile::kNoSlot;
  std::vector<Value> ids;
  bool isDistance = false, putsOutId = false;
  program::Ranks ranks;
};

}  // namespace scorelet::models::text_model
