// SupportVectorMachineModel (spec: Support Vector Machine): sums of kernels, and classes decided by them.
#pragma once

#include <cstdint>
#include <vector>

#include "compile/model.hpp"

namespace scorelet::models::support_vector_machine {

using compile::kNoSlot;
using program::Frame;
using program::Slot;

enum class KernelType : std::uint8_t { linear, polynomial, radialBasis, sigmoid };

struct Kernel {
  KernelType type = KernelType::linear;
  double gamma = 1, coef0 = 1, degree = 1;
};

/// A field of the vectors: a number, or 1 where a categorical field has one value and 0 elsewhere.
struct Coordinate {
  Slot slot = kNoSlot;
  bool isCategorical = false;
  Value category = missing();
};

/// `count` weights from `first` on, each with the number of what it weighs.
struct Run {
  std::uint32_t first = 0, count = 0;
};

struct Machine {
  Run coefficients;  ///< of support vectors, or of the coordinates themselves
  double absoluteValue = 0;
  double threshold = 0;
  std::uint32_t target = 0, alternate = 0;  ///< in `Machines::categories`
};

enum class Decision : std::uint8_t {
  none,           ///< regression
  oneAgainstAll,  ///< the machine with the smallest (largest) value names the class
  oneAgainstOne,  ///< each machine votes for one of two classes
  rounded         ///< alternateBinaryTargetCategory: 1 is the target category, 0 the other
};

struct Machines {
  Kernel kernel;
  bool isFloat = false;
  std::vector<Coordinate> coordinates;
  std::vector<Run> vectors;  ///< none where the coefficients weigh coordinates
  std::vector<Machine> machines;
  std::vector<double> weights;  ///< entries of all vectors and coefficients of all machines
  std::vector<std::uint32_t> from;
  Decision decision = Decision::none;
  bool maxWins = false;
  std::vector<Value> categories;
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// Reads and checks the model; nothing can be scored if it reported errors.
[[nodiscard]] Machines read(compile::ModelContext& context);

/// The value or the class for a chunk of rows.
struct MachinesStep final : program::Step {
  void run(const Frame& frame) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override { return machines.bytes(); }
  Machines machines;
  Slot value = kNoSlot;

 private:
  /// The class of row `i` from the machines' values, machine by machine `n` apart.
  [[nodiscard]] Value decide(const Frame& frame, const double* values, std::size_t i) const;
};

}  // namespace scorelet::models::support_vector_machine
