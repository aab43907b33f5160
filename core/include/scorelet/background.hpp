// Records that explanations compare with, where the data that the model was trained on is not at hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

struct BackgroundOptions {
  std::size_t records = 100;
  std::uint64_t seed = 1;  ///< of the order of values; the same seed gives the same bits everywhere
};

/// A table of records with what it was made from, field by field.
class Background {
 public:
  /// Where the values of a field come from.
  enum class Source : std::uint8_t {
    frequencies,   ///< its values, in proportion to their frequencies in the training data
    histogram,     ///< the ranges of its histogram, in proportion to theirs, evenly inside each
    quantiles,     ///< its quantiles, evenly between neighbours
    normal,        ///< the normal distribution of its mean and standard deviation, within what is known of its range
    range,         ///< evenly from its minimum to its maximum (and half on either side of its median, if that is known)
    values,        ///< its valid values, each as often as the others: no statistics
    interval,      ///< its valid intervals, evenly: no statistics
    replacement,   ///< the replacement of its missing values in every record: nothing else is known
    verification,  ///< the document's own ModelVerification
    none,          ///< missing in every record: no prediction depends on it, or the records do not have it
  };

  /// Synthesises records from the model's description alone: FieldStatistics, valid values and intervals. Each field's
  /// distribution is met as evenly as the number of records allows, missing values in proportion; but fields are mixed
  /// as if they were independent, which they seldom are, so a record need not be a likely one. Refused if a field has
  /// nothing to go by: the finding names it.
  [[nodiscard]] static Expected<Background> fromDescription(const Model& model, const BackgroundOptions& options = {});
  /// The inputs of the document's ModelVerification records, which are real as a rule but few. Refused if it has none.
  [[nodiscard]] static Expected<Background> fromVerification(const Model& model);

  [[nodiscard]] std::size_t records() const noexcept { return records_; }
  /// Valid as long as this object.
  [[nodiscard]] Batch batch() const;
  [[nodiscard]] Source source(std::size_t input) const noexcept { return fields_[input].source; }
  /// Where the values of `Model::inputs()[input]` come from, as a sentence.
  [[nodiscard]] std::string note(std::size_t input) const;

 private:
  struct Field {
    std::vector<Cell> cells;  ///< one per record, or none: all missing; texts are the model's
    Source source = Source::none;
  };
  Background(Model model, std::size_t records) : model_(std::move(model)), records_(records) {}
  Model model_;
  std::size_t records_;
  std::vector<Field> fields_;  ///< one per `Model::inputs()`
};

/// "histogram" and so on.
[[nodiscard]] std::string_view backgroundSourceName(Background::Source source) noexcept;

}  // namespace scorelet
