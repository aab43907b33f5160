// Many rows find their leaves of a small tree: the tree is the list of its tests, and every row is asked every test.
//
// A row stands at the first leaf of the subtree that it has reached. A test moves the rows that stand where the test
// begins and that answer no to the first leaf of its second child; all others stay. After the last test each row
// stands at its leaf. There are no jumps and no addresses that depend on a row, so that a register of bytes holds a row
// in each: more tests than a walk would ask, each for 16 or 32 rows at once.
//
// Asking all tests instead of walking is the idea of QuickScorer (Lucchese et al., SIGIR 2015), and of doing so for
// several rows in a register, V-QuickScorer (SIGIR 2016). They keep a bit for each leaf; to keep the place takes a byte
// whatever the number of leaves, and the tests need only stand in an order of parents before children.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__) || defined(__ARM_NEON) || defined(__wasm_simd128__)
#define SCORELET_VECTORS
#endif

namespace scorelet::models::test_lists {

inline constexpr std::size_t kRows = 64;     ///< that are asked together: the bytes of a column
inline constexpr std::size_t kPlaces = 256;  ///< that a byte can name
inline constexpr std::size_t kRanks = 255;   ///< thresholds that a column of bytes tells apart
inline constexpr std::size_t kSetWords = 2;  ///< of a set: 64 keys each

/// Rows that stand at `from` go `step` on where their rank is greater than `rank`, or the test's set says so.
struct Test {
  std::uint8_t column[2];  ///< its number, the lower byte first
  std::int8_t rank;        ///< kNever in a set test
  std::uint8_t from, step;

  static constexpr std::int8_t kNever = INT8_MAX;
};

struct List {
  const Test* tests;
  std::size_t size;
  std::uint8_t first;         ///< where rows stand before the first test
  const std::uint32_t* sets;  ///< null, or of each test its set in `words`, of which 0 is empty
  const std::uint64_t* words;
};

struct Kernel {
  /// The ranks of kRows keys among up to kRanks ascending thresholds: how many are at most the key, less 128.
  void (*rank)(const std::uint32_t* keys, const std::uint32_t* thresholds, std::size_t size, std::uint8_t* ranks);
  /// Where each of kRows rows ends. In a set test a row's bytes in the column and in the next one say which byte of the
  /// set, and which bit of it, is to be looked at.
  void (*find)(const List& list, const std::uint8_t* columns, std::uint8_t* places);
  bool findsInSets;           ///< else lists have no sets
  std::size_t testsPerLevel;  ///< take as long as a level of a walk
};

/// The fastest that the processor runs; null where registers hold no vectors.
[[nodiscard]] const Kernel* fastest() noexcept;

}  // namespace scorelet::models::test_lists
