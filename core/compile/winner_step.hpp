// A step of Output.
#pragma once

#include <vector>

#include "program/program.hpp"
#include "program/wiring.hpp"

namespace scorelet::compile {

/// The lane of the predicted class among parallel slots (its probability, confidence).
struct WinnerStep final : program::Step {
  void run(const program::Frame& frame) const override;
  void describe(program::Wiring& wiring) const override { wiring.is(*this); }
  program::Slot value = program::kNoSlot, to = program::kNoSlot;
  std::vector<Value> categories;
  std::vector<program::Slot> slots;
};

}  // namespace scorelet::compile
