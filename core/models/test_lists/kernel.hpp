// The functions of test_lists.hpp for one instruction set: SCORELET_SET names it, SCORELET_LANES is how many bytes its
// registers hold. Nothing but builtin types and no inline function of another header may stand here: this is compiled
// for processors that the rest of the program may not run on.
#if defined(__SSSE3__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace scorelet::models::test_lists::SCORELET_SET {

namespace {

typedef std::uint8_t Bytes __attribute__((vector_size(SCORELET_LANES), aligned(1), may_alias));
typedef std::int8_t Ranks __attribute__((vector_size(SCORELET_LANES), aligned(1), may_alias));
typedef std::int32_t Words __attribute__((vector_size(SCORELET_LANES), aligned(1), may_alias));

constexpr std::size_t kWords = SCORELET_LANES / sizeof(std::int32_t);

const Bytes& bytesAt(const std::uint8_t* p) { return *reinterpret_cast<const Bytes*>(p); }
Bytes& bytesAt(std::uint8_t* p) { return *reinterpret_cast<Bytes*>(p); }
Bytes all(std::uint8_t x) { return x - Bytes{}; }

// ---- ranks ----

/// So few thresholds are counted, all of them for many rows at a time.
constexpr std::size_t kFew = SCORELET_LANES == 32 ? 48 : 16;
constexpr std::size_t kCounters = 4, kSearches = 8;

void count(const std::uint32_t* keys, const std::uint32_t* thresholds, std::size_t size, std::uint8_t* ranks) {
  const Words sign = INT32_MIN - Words{};  // puts numbers without sign into the order of those with one
  for (std::size_t row = 0; row < kRows; row += kCounters * kWords) {
    Words key[kCounters], reached[kCounters];
    for (std::size_t r = 0; r < kCounters; ++r) {
      key[r] = reinterpret_cast<const Words*>(keys + row)[r] ^ sign;
      reached[r] = static_cast<std::int32_t>(size) - 128 - Words{};
    }
    for (std::size_t t = 0; t < size; ++t) {
      const Words threshold = (static_cast<std::int32_t>(thresholds[t]) - Words{}) ^ sign;
      for (std::size_t r = 0; r < kCounters; ++r) reached[r] += threshold > key[r];
    }
    for (std::size_t r = 0; r < kCounters; ++r)
      for (std::size_t i = 0; i < kWords; ++i) ranks[row + r * kWords + i] = static_cast<std::uint8_t>(reached[r][i]);
  }
}

void search(const std::uint32_t* keys, const std::uint32_t* thresholds, std::size_t size, std::uint8_t* ranks) {
  for (std::size_t row = 0; row < kRows; row += kSearches) {
    std::size_t reached[kSearches] = {};
    for (std::size_t left = size; left > 1; left -= left / 2)
      for (std::size_t k = 0; k < kSearches; ++k) {
        const std::size_t next = reached[k] + left / 2;
        reached[k] = thresholds[next - 1] <= keys[row + k] ? next : reached[k];
      }
    for (std::size_t k = 0; k < kSearches; ++k)
      ranks[row + k] = static_cast<std::uint8_t>(reached[k] + (thresholds[reached[k]] <= keys[row + k] ? 1 : 0) - 128);
  }
}

void rank(const std::uint32_t* keys, const std::uint32_t* thresholds, std::size_t size, std::uint8_t* ranks) {
  size <= kFew ? count(keys, thresholds, size, ranks) : search(keys, thresholds, size, ranks);
}

// ---- places ----

#if SCORELET_LANES == 32
#define SCORELET_LOOKUP
Bytes table(const std::uint64_t* words) {
  return (Bytes)_mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(words)));
}
Bytes lookUp(const Bytes& table, const Bytes& at) { return (Bytes)_mm256_shuffle_epi8((__m256i)table, (__m256i)at); }
#elif defined(__SSSE3__)
#define SCORELET_LOOKUP
Bytes table(const std::uint64_t* words) { return *reinterpret_cast<const Bytes*>(words); }
Bytes lookUp(const Bytes& table, const Bytes& at) { return (Bytes)_mm_shuffle_epi8((__m128i)table, (__m128i)at); }
#elif defined(__wasm_simd128__)
#define SCORELET_LOOKUP
Bytes table(const std::uint64_t* words) { return *reinterpret_cast<const Bytes*>(words); }
Bytes lookUp(const Bytes& table, const Bytes& at) { return (Bytes)wasm_i8x16_swizzle((v128_t)table, (v128_t)at); }
#endif

template <bool hasSets>
void findAll(const List& list, const std::uint8_t* columns, std::uint8_t* places) {
  constexpr std::size_t kRegisters = kRows / SCORELET_LANES;
  Bytes at[kRegisters];
  for (Bytes& a : at) a = all(list.first);
  for (std::size_t t = 0; t < list.size; ++t) {
    const Test& test = list.tests[t];
    const std::uint8_t* column = columns + (test.column[0] | std::size_t{test.column[1]} << 8) * kRows;
    const Ranks rank = (Ranks)all(static_cast<std::uint8_t>(test.rank));
    const Bytes from = all(test.from), step = all(test.step);
#ifdef SCORELET_LOOKUP
    Bytes set = {};
    if constexpr (hasSets) set = table(list.words + list.sets[t]);
#endif
    for (std::size_t r = 0; r < kRegisters; ++r) {
      const Bytes key = bytesAt(column + r * SCORELET_LANES);
      Bytes no = (Bytes)((Ranks)key > rank);
#ifdef SCORELET_LOOKUP
      if constexpr (hasSets) no |= (Bytes)((lookUp(set, key) & bytesAt(column + kRows + r * SCORELET_LANES)) != 0);
#endif
      at[r] += no & step & (Bytes)(at[r] == from);
    }
  }
  for (std::size_t r = 0; r < kRegisters; ++r) bytesAt(places + r * SCORELET_LANES) = at[r];
}

void find(const List& list, const std::uint8_t* columns, std::uint8_t* places) {
#ifdef SCORELET_LOOKUP
  if (list.sets != nullptr) return findAll<true>(list, columns, places);
#endif
  findAll<false>(list, columns, places);
}

}  // namespace

#ifdef SCORELET_LOOKUP
constexpr bool kFindsInSets = true;
#else
constexpr bool kFindsInSets = false;
#endif
// NOLINTNEXTLINE(misc-definitions-in-headers): included once for each set
extern const Kernel kKernel{rank, find, kFindsInSets, SCORELET_LANES};

}  // namespace scorelet::models::test_lists::SCORELET_SET
