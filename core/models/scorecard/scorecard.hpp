// Scorecard (spec: Scorecard): points per characteristic, their sum, and the reasons for it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compile/model.hpp"
#include "program/predicate.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::scorecard {

using program::Frame;
using program::Slot;

inline constexpr std::uint32_t kNone = 0xFFFF'FFFFu;

/// One Attribute: points for the records of which its predicate is true.
struct Attribute {
  std::uint32_t predicate = 0;  ///< in `Card::predicates`
  double partialScore = 0;
  Slot complexPartialScore = compile::kNoSlot;  ///< lanes that take the place of `partialScore`
  std::uint32_t reasonCode = kNone;             ///< in `Card::reasonCodes`
};

struct Characteristic {
  std::uint32_t first = 0, count = 0;  ///< in `Card::attributes`
  double baselineScore = 0;
};

struct Card {
  double initialScore = 0;
  bool isFloat = false;
  std::vector<Characteristic> characteristics;
  std::vector<Attribute> attributes;
  program::Predicates predicates;

  bool useReasonCodes = true;
  bool countsPointsAbove = false;         ///< reasonCodeAlgorithm
  std::vector<Value> reasonCodes;         ///< distinct, as symbols
  xml::Element lacksCode, lacksBaseline;  ///< the first element that has none: no reasons can be given
};

/// Reads and checks a Scorecard; nothing can be scored if it reported errors.
[[nodiscard]] Card read(compile::ModelContext& context);

/// The scores of a chunk of rows and the reason codes that the Output asks for.
struct ScorecardStep final : program::Step, program::Parts {
  void run(const Frame& frame) const override;
  void describe(program::Wiring& wiring) const override;
  /// The points of a characteristic.
  [[nodiscard]] Value part(const Frame& frame, std::size_t row, std::uint32_t characteristic) const override;
  [[nodiscard]] std::size_t bytes() const noexcept override;
  Card card;
  Slot value = compile::kNoSlot;

  struct ReasonRequest {
    program::Ranks ranks;
    Slot to = compile::kNoSlot;
  };
  std::array<std::vector<ReasonRequest>, 2> requests;  ///< by `Ranks::isAscending`

 private:
  struct Points {
    Value value = missing();
    const Attribute* attribute = nullptr;  ///< that gives them
  };
  [[nodiscard, gnu::always_inline]] inline Points points(const Frame& frame, std::size_t row,
                                                         const Characteristic& c) const;
  Value add(const Frame& frame, std::size_t row) const;
  void note(const Frame& frame, std::uint32_t reasonCode, double difference) const;
  void giveReasons(const Frame& frame, std::size_t row) const;
  [[nodiscard]] bool wantsReasons() const noexcept { return !requests[0].empty() || !requests[1].empty(); }
  [[nodiscard]] double round(double x) const noexcept { return card.isFloat ? toFloat(x) : x; }
};

/// The reason codes for Output: adds what is asked for to the step's requests.
class ReasonCodes final : public compile::OutputSource {
 public:
  explicit ReasonCodes(ScorecardStep& step) : step_(step) {}
  std::optional<compile::TypedSlot> answer(compile::Scope& scope, const compile::OutputRequest& request) override;

 private:
  ScorecardStep& step_;
};

}  // namespace scorelet::models::scorecard
