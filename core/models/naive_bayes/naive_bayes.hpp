// NaiveBayesModel (spec: Naïve Bayes).
#pragma once

#include <cstdint>
#include <vector>

#include "compile/model.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::naive_bayes {

using program::Frame;
using program::Slot;

/// The distribution of a continuous input within one class, by its logarithm.
struct Density {
  enum class Kind : std::uint8_t { gaussian, poisson } kind = Kind::gaussian;
  double mean = 0, variance = 1;
  double logarithm = 0;  ///< gaussian: ln(2π variance) / -2; poisson: ln(mean)
  [[nodiscard]] double logAt(double x) const noexcept;
};

/// One BayesInput: discrete ones hold a row of class log probabilities for each value, the others a density per class.
struct Input {
  Slot slot = compile::kNoSlot;
  std::vector<Value> values;   ///< sorted
  std::vector<double> logs;    ///< one per class for each of `values`
  std::vector<Density> stats;  ///< one per class; empty for discrete inputs
  bool isExtension = false;    ///< stats of an export older than PMML 4.2: only a density of zero is replaced
};

struct Bayes {
  std::vector<Value> classes;  ///< as BayesOutput lists them
  std::vector<double> logCounts;
  double logThreshold = 0;
  std::vector<Input> inputs;
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// Reads and checks a NaiveBayesModel; nothing can be scored if it reported errors.
[[nodiscard]] Bayes read(compile::ModelContext& context);

/// Probabilities of all classes on a chunk of rows.
struct NaiveBayesStep final : program::Step {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override { wiring.is(*this); }
  [[nodiscard]] std::size_t bytes() const noexcept override { return bayes.bytes(); }
  Bayes bayes;
  Slot value = compile::kNoSlot;
  DataType type = DataType::string;  ///< of the classes
  std::vector<Slot> probabilities;

 private:
  Value addInputs(const Frame& frame, std::size_t row) const;
};

}  // namespace scorelet::models::naive_bayes
