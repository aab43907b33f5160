// The sums of dense_sums.hpp for one instruction set: SCORELET_SET names it, SCORELET_LANES is how many doubles its
// registers hold. Nothing but builtin types and no inline function of another header may stand here: this is compiled
// for processors that the rest of the program may not run on.

namespace scorelet::models::dense_sums::SCORELET_SET {

namespace {

typedef double Lanes __attribute__((vector_size(SCORELET_LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

// What 16 registers hold: of a tile, sums times registers of rows; for one row, blocks side by side, which hide each
// other's latency.
constexpr int kTileSums = 4, kTileRows = 2;
constexpr int kTileBlocks = SCORELET_LANES;
constexpr int kBlockRegisters = kBlock / SCORELET_LANES;

const Lanes& lanesAt(const double* p) { return *reinterpret_cast<const Lanes*>(p); }
Lanes& lanesAt(double* p) { return *reinterpret_cast<Lanes*>(p); }

/// `kTileSums` sums from `sum` on, `kTileRows` registers of rows.
void tile(const Matrix& m, std::size_t sum, const double* values, std::size_t n, double* out) {
  Lanes sums[kTileSums][kTileRows];
  for (int s = 0; s < kTileSums; ++s)
    for (int r = 0; r < kTileRows; ++r) sums[s][r] = m.starts[sum + s] - Lanes{};
  std::size_t first = sum / kBlock * kBlock * m.terms + sum % kBlock;  // no pointer: there may be no weights
  for (std::size_t t = 0; t < m.terms; ++t, first += kBlock) {
    const double* weights = m.weights + first;
    const double* x = values + m.from[t] * n;
    for (int s = 0; s < kTileSums; ++s)
      for (int r = 0; r < kTileRows; ++r) sums[s][r] += weights[s] * lanesAt(x + r * SCORELET_LANES);
  }
  for (int s = 0; s < kTileSums && sum + s < m.sums; ++s)
    for (int r = 0; r < kTileRows; ++r) lanesAt(out + (sum + s) * n + r * SCORELET_LANES) = sums[s][r];
}

/// `blocks` blocks of sums from `block` on, one row.
template <int blocks>
void oneRow(const Matrix& m, std::size_t block, const double* values, std::size_t n, double* out) {
  Lanes sums[blocks][kBlockRegisters];
  for (int b = 0; b < blocks; ++b)
    for (int r = 0; r < kBlockRegisters; ++r)
      sums[b][r] = lanesAt(m.starts + (block + b) * kBlock + r * SCORELET_LANES);
  std::size_t first = block * kBlock * m.terms;
  for (std::size_t t = 0; t < m.terms; ++t, first += kBlock) {
    const double* weights = m.weights + first;
    const double x = values[m.from[t] * n];
    for (int b = 0; b < blocks; ++b)
      for (int r = 0; r < kBlockRegisters; ++r)
        sums[b][r] += x * lanesAt(weights + b * kBlock * m.terms + r * SCORELET_LANES);
  }
  for (int b = 0; b < blocks; ++b)
    for (int s = 0; s < kBlock; ++s)
      if (const std::size_t sum = (block + b) * kBlock + s; sum < m.sums)
        out[sum * n] = sums[b][s / SCORELET_LANES][s % SCORELET_LANES];
}

}  // namespace

// NOLINTNEXTLINE(misc-definitions-in-headers): included once for each set
void run(const Matrix& m, const double* values, std::size_t n, double* out) {
  constexpr std::size_t kRows = kTileRows * SCORELET_LANES;
  const std::size_t whole = n - n % kRows, blocks = (m.sums + kBlock - 1) / kBlock;
  for (std::size_t sum = 0; sum < m.sums && whole > 0; sum += kTileSums)
    for (std::size_t i = 0; i < whole; i += kRows) tile(m, sum, values + i, n, out + i);
  for (std::size_t i = whole; i < n; ++i) {
    std::size_t block = 0;
    for (; block + kTileBlocks <= blocks; block += kTileBlocks) oneRow<kTileBlocks>(m, block, values + i, n, out + i);
    for (; block < blocks; ++block) oneRow<1>(m, block, values + i, n, out + i);
  }
}

}  // namespace scorelet::models::dense_sums::SCORELET_SET
