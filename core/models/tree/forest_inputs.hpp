// What a forest asks of a row, as whole numbers: each field is turned into a key once per row, so that every test of
// every tree compares two integers, whatever the field's type and whether or not it is missing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "program/frame.hpp"

namespace scorelet::models::tree {

using program::Frame;
using program::Slot;

/// Where a missing value goes in a test: with yes, with no, or somewhere else.
enum class Way : std::uint8_t { yes, no, own };

/// A field whose tests are `x < threshold`, or all of them set tests.
///
/// - below: thresholds that are floats. The key is the place of x, rounded down to a float, in the order of all floats:
///   x < t exactly where that float is.
/// - above: tests `x <= t` with floats t. The same with x rounded up.
/// - rank: any doubles. The key is the number of thresholds that x has reached.
/// - member: the key is the bit of x in sets: 0 and 1 are in no set and in every set, the values follow.
struct ForestInput {
  enum class Kind : std::uint8_t { below, above, rank, member };
  /// Keys of this field for the tests in which a missing value goes one way. `strays`: so does a value of no set.
  struct Column {
    std::uint32_t number;
    Way hole;
    bool strays;
  };
  static constexpr std::uint32_t kLeast = 0, kMost = UINT32_MAX;
  static constexpr std::uint32_t kInNone = 0, kInAll = 1, kFirstMember = 2;

  Kind kind = Kind::below;
  Slot slot = program::kNoSlot;
  std::vector<Value> values;             ///< rank: thresholds; member: what the sets hold; ascending
  std::vector<std::uint16_t> positions;  ///< member, where all values are small whole numbers: key by value
  std::vector<Column> columns;

  /// Fills the rows [0, n) of the columns, `stride` keys each. Returns the rows, one bit each, of which the keys do
  /// not tell the way: an invalid value, or one that goes its own way.
  std::uint64_t fill(const Frame& frame, std::uint32_t* keys, std::size_t stride) const noexcept;
  /// An input that is rounded to floats and has one column.
  struct Plain {
    Slot slot;
    std::uint32_t column;
    Kind kind;
  };
  /// One row of such inputs. False if one of them is not present.
  static bool fillPlain(std::span<const Plain> inputs, const Frame& frame, std::uint32_t* keys) noexcept;
  [[nodiscard]] bool isPlain() const noexcept { return kind <= Kind::above && columns.size() == 1; }
  /// The key of a test against `threshold`, for the kinds of numbers.
  [[nodiscard]] std::uint32_t thresholdKey(double threshold) const noexcept;
  [[nodiscard]] std::uint32_t memberKey(Value x) const noexcept;
  [[nodiscard]] std::size_t words() const noexcept { return (values.size() + kFirstMember + 63) / 64; }
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// The kind of input that decides tests against all of these, as `x < threshold`.
[[nodiscard]] ForestInput::Kind kindFor(const std::vector<double>& thresholds) noexcept;

}  // namespace scorelet::models::tree
