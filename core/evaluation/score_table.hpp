// How often each score came, by outcome: all that ranking figures need, in bounded memory.
//
// Scores are keyed by their bits, put in order. When there are more distinct keys than the bound, one low bit of all
// keys is dropped, and so on until they fit. A part of the cases never needs more bits dropped than the whole, so
// neither the order of cases nor the way they were parted shows in the result.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace scorelet::evaluation {

enum class Outcome : std::uint8_t { nonEvent, event, unknown };

class ScoreTable {
 public:
  struct Entry {
    std::uint64_t key;
    std::array<std::uint32_t, 3> counts;  // by Outcome
    [[nodiscard]] std::uint64_t known() const noexcept { return std::uint64_t{counts[0]} + counts[1]; }
    [[nodiscard]] std::uint64_t all() const noexcept { return known() + counts[2]; }
  };

  explicit ScoreTable(std::size_t most) : most_(most < 2 ? 2 : most) {}

  /// `score` is finite.
  void add(double score, Outcome outcome);
  void merge(const ScoreTable& other);

  [[nodiscard]] std::size_t most() const noexcept { return most_; }
  /// By ascending score.
  [[nodiscard]] const std::vector<Entry>& entries();
  /// The score of an entry; the middle of those put together.
  [[nodiscard]] double score(const Entry& entry) const noexcept;
  [[nodiscard]] bool exact() {
    compact();
    return dropped_ == 0;
  }

 private:
  void compact();
  void drop(unsigned bits);
  void join();

  std::vector<Entry> entries_;
  std::size_t most_;
  std::size_t sorted_ = 0;  // entries from here on are in no order
  unsigned dropped_ = 0;    // low bits of the keys
};

}  // namespace scorelet::evaluation
