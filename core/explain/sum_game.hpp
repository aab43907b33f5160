// Shapley values of a sum whose terms are functions of single fields, or products of such: closed forms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "program/wiring.hpp"

namespace scorelet::explain {

class SumGame {
 public:
  /// Nothing if a factor depends on several fields, or a product on more than kMostPlayers.
  [[nodiscard]] static std::optional<SumGame> build(const program::Wiring& wiring, std::vector<program::Term> terms);

  /// The factors of a record, in the order of the terms.
  void look(const program::Frame& frame, std::size_t row, std::vector<Value>& factors) const;
  void addBackground(const std::vector<Value>& factors);
  /// Adds the contributions. False if a factor of the record is not present.
  bool explain(const std::vector<Value>& factors, std::span<double> contributions) const;

  [[nodiscard]] bool empty() const noexcept { return terms_.empty(); }

 private:
  static constexpr std::size_t kMostPlayers = 12;
  struct Part {
    std::uint32_t player;
    std::uint32_t first, count;  ///< factors, made of this field alone
  };
  struct OwnTerm {
    program::Term term;
    std::vector<Part> parts;
    double mean = 0;  ///< of one part: its sum over the background
  };

  std::vector<OwnTerm> terms_;
  std::size_t factors_ = 0;
  std::vector<std::vector<Value>> background_;  ///< of each record, its factors; kept if there are products
  bool hasProducts_ = false;
  double records_ = 0;
};

}  // namespace scorelet::explain
