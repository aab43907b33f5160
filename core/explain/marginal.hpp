// How the values of one input field are distributed, as far as the model's description tells.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <scorelet/background.hpp>

namespace scorelet::explain {

/// The value at a share p of a field's distribution, 0 < p < 1. Numbers do not fall where p rises.
class Marginal {
 public:
  /// From the field's statistics, else from its domain, else from its replacement of missing values. The field must
  /// outlive it and the cells that it gives.
  explicit Marginal(const InputField& field);

  /// `none` if nothing is known.
  [[nodiscard]] Background::Source source() const noexcept { return source_; }
  [[nodiscard]] Cell at(double p) const;
  /// The share of records in which the field is missing, 0 where it may not be.
  [[nodiscard]] double missingShare() const noexcept;

 private:
  struct Numbers {
    double low = 0, high = 0;
  };
  /// A part of the distribution: a text, or numbers, evenly.
  struct Piece {
    double weight = 0;
    Numbers numbers;
    std::string_view text;
    double until = 0;  ///< the weights of this piece and all before it
  };
  [[nodiscard]] Numbers within(double low, double high, bool lowIsIn, bool highIsIn) const noexcept;
  void add(double weight, Numbers numbers);
  void add(double weight, std::string_view text);
  bool accept(Background::Source source);
  bool takeFrequencies();
  bool takeHistogram();
  bool takeQuantiles();
  bool takeNormal();
  bool takeRange();
  bool takeValues();
  bool takeIntervals();
  bool takeReplacement();
  bool takeKnots(Background::Source source, std::span<const FieldStatistics::Quantile> quantiles);

  const InputField& field_;
  const FieldStatistics none_;
  const FieldStatistics& statistics_;
  Background::Source source_ = Background::Source::none;
  std::vector<Piece> pieces_;  ///< unless `normal`
  double low_ = 0, high_ = 0;  ///< of `normal`
};

}  // namespace scorelet::explain
