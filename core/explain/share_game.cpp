#include "explain/share_game.hpp"

#include "base/math.hpp"

namespace scorelet::explain {

namespace {

/// The points that n fields need: one is left out, and each of the others is linear.
std::size_t pointsFor(std::size_t players) { return (players + 1) / 2; }

}  // namespace

/// Gauss and Legendre's points: the roots of Legendre's polynomials, by Newton's way.
ShareGame::ShareGame(std::size_t mostPlayers) : points_(pointsFor(mostPlayers) + 1) {
  constexpr double kPi = 3.14159265358979323846;
  for (std::size_t count = 1; count < points_.size(); ++count) {
    const auto n = static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
      double x = dm::cos(kPi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1;
      for (int step = 0; step < 8; ++step) {
        double before = 1, value = x;
        for (double degree = 2; degree <= n; ++degree) {
          const double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
          before = value, value = next;
        }
        slope = n * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      points_[count].push_back({(1 + x) / 2, 1 / ((1 - x * x) * slope * slope)});
    }
  }
}

void ShareGame::explain(std::span<const double> shares, std::uint32_t failed, double* out) const {
  for (std::size_t own = 0; own < shares.size(); ++own) {
    double sum = 0;
    for (const auto& [at, weight] : points_[pointsFor(shares.size())]) {
      double product = weight;
      for (std::size_t p = 0; p < shares.size(); ++p)
        if (p != own) product *= (1 - at) * shares[p] + ((failed >> p & 1) != 0 ? 0 : at);
      sum += product;
    }
    out[own] = sum * (((failed >> own & 1) != 0 ? 0 : 1) - shares[own]);
  }
}

void ShareGame::explainAll(std::span<const double> shares, double* out) {
  const std::size_t players = shares.size(), patterns = std::size_t{1} << players;
  products_.resize(patterns);
  for (std::size_t own = 0; own < players; ++own, out += patterns) {
    for (std::size_t x = 0; x < patterns; ++x) out[x] = 0;
    for (const auto& [at, weight] : points_[pointsFor(players)]) {
      // Field by field: patterns in which it fails come behind those in which it does not.
      products_[0] = weight;
      for (std::size_t p = 0; p < players; ++p) {
        const double fails = p == own ? 1 : (1 - at) * shares[p], passes = p == own ? 1 : fails + at;
        double *without = products_.data(), *with = without + (std::size_t{1} << p);
        for (std::size_t x = 0; x < std::size_t{1} << p; ++x) with[x] = without[x] * fails, without[x] *= passes;
      }
      for (std::size_t x = 0; x < patterns; ++x) out[x] += products_[x];
    }
    for (std::size_t x = 0; x < patterns; ++x) out[x] *= ((x >> own & 1) != 0 ? 0 : 1) - shares[own];
  }
}

}  // namespace scorelet::explain
