// Why a prediction is what it is: contributions of the input fields to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

/// The number that is explained.
struct Quantity {
  enum class Kind : std::uint8_t {
    prediction,   ///< a result column of numbers: `name` among `Model::results()`, or the first one if it is empty
    probability,  ///< of the class `name`, 0 to 1
    /// What the link function turns into the prediction: log-odds (logit), logarithm of the mean (log), the score of
    /// class `name` before softmax. Without a link function: the prediction itself.
    margin,
  };
  Kind kind = Kind::prediction;
  std::string name;
};

/// Which expectation stands for "the field is not known".
enum class ContributionKind : std::uint8_t {
  /// The mean over the background records, their value in place of the field's (Janzing, Minorics and Blöbaum 2020).
  /// Defined for every model.
  interventional,
  /// The mean over a tree's children, weighted by recordCount (Lundberg et al. 2020). Defined for sums of trees whose
  /// nodes all have counts that add up; refused for others.
  pathDependent,
};

/// How contributions were computed.
enum class ContributionMethod : std::uint8_t {
  additive,     ///< exact: the quantity is a sum of functions of single fields or of products of them
  trees,        ///< exact: it is a sum of trees, perhaps with such functions
  enumeration,  ///< exact: all subsets of the fields (at most 12) were scored
  sampling,     ///< estimated: antithetic pairs of random orders of the fields (Mitchell et al. 2022)
};
[[nodiscard]] std::string_view contributionMethodName(ContributionMethod method) noexcept;

struct ExplainOptions {
  Quantity quantity;
  ContributionKind kind = ContributionKind::interventional;
  /// Sampling: goes on until no contribution has a larger standard error than this, in units of the quantity; 0: one
  /// hundredth of the standard deviation of the quantity over the background.
  double standardError = 0;
  /// Sampling: mixed records scored for one explanation at most. Then the standard error that was reached is reported.
  std::uint64_t evaluations = 2'000'000;
  std::uint64_t seed = 1;  ///< of sampling; the same seed gives the same bits everywhere
};

/// Shapley values of the input fields (Shapley 1953; Lundberg and Lee 2017), in the model's raw input fields: what data
/// preparation derives from one field belongs to that field. base + the sum of a row's contributions = its value.
/// Holds mutable buffers: one per thread.
class Explainer {
 public:
  /// `background`: the records that contributions compare with, columns as `Model::inputs()`; each must have the
  /// quantity. Not needed, and not used, for pathDependent. The model is loaded with `LoadOptions::explains` if it is
  /// an ensemble of trees; else its trees are not known, and the general ways are taken.
  [[nodiscard]] static Expected<Explainer> create(Model model, const Batch& background, const ExplainOptions& options);
  ~Explainer();
  Explainer(Explainer&&) noexcept;
  Explainer& operator=(Explainer&&) noexcept;

  /// Explains all rows; the accessors below then speak of them. A row's answer does not depend on the others.
  void explain(const Batch& rows);
  [[nodiscard]] std::size_t rows() const noexcept;
  /// One number per `Model::inputs()`, in units of the quantity; 0 for a field that nothing depends on. NaN if not
  /// `ok`.
  [[nodiscard]] std::span<const double> contributions(std::size_t row) const noexcept;
  [[nodiscard]] double base() const noexcept;  ///< the quantity's mean where no field is known
  [[nodiscard]] double value(std::size_t row) const noexcept;
  [[nodiscard]] ContributionMethod method(std::size_t row) const noexcept;
  /// The largest of the row's contributions' standard errors; 0 where they are exact.
  [[nodiscard]] double standardError(std::size_t row) const noexcept;
  [[nodiscard]] bool ok(std::size_t row) const noexcept;
  [[nodiscard]] Diagnostics diagnostics(std::size_t row) const;  ///< why a row has no contributions

  [[nodiscard]] const Model& model() const noexcept;

 private:
  struct State;
  explicit Explainer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
