// Sums over the same units have the bits of sums taken one by one, whatever the shape, the rows and the processor.
#include <bit>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/dense_sums/dense_sums.hpp"

namespace scorelet::models::dense_sums {
namespace baseline {
void run(const Matrix& matrix, const double* values, std::size_t n, double* out);
}

namespace {

std::uint64_t bitsOf(double x) { return x == x ? std::bit_cast<std::uint64_t>(x) : 1; }

class DenseSums : public testing::TestWithParam<Run> {};

TEST_P(DenseSums, AreTakenInOrder) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  for (const std::size_t sums : {1u, 4u, 7u, 8u, 9u, 33u, 70u})
    for (const std::size_t terms : {0u, 1u, 5u, 40u})
      for (const std::size_t n : {1u, 2u, 7u, 8u, 9u, 31u, 64u}) {
        const std::size_t units = terms + 3, blocks = (sums + kBlock - 1) / kBlock;
        std::vector<double> weights(blocks * kBlock * terms), starts(blocks * kBlock), values(units * n);
        std::vector<std::uint32_t> from;
        for (std::size_t t = 0; t < terms; ++t) from.push_back(static_cast<std::uint32_t>(random() % units));
        for (auto* list : {&weights, &starts, &values})
          for (double& x : *list) x = normal(random);
        if (!values.empty()) values[random() % values.size()] = std::numeric_limits<double>::infinity();
        starts[0] = -0.0;
        std::vector<double> out(sums * n + 1, 7.0);
        GetParam()({weights.data(), starts.data(), from.data(), terms, sums}, values.data(), n, out.data());
        for (std::size_t s = 0; s < sums; ++s)
          for (std::size_t i = 0; i < n; ++i) {
            double expected = starts[s];
            for (std::size_t t = 0; t < terms; ++t) {
              const double product = weights[(s / kBlock * terms + t) * kBlock + s % kBlock] * values[from[t] * n + i];
              expected += product;
            }
            ASSERT_EQ(bitsOf(out[s * n + i]), bitsOf(expected))
                << sums << " sums of " << terms << " terms, " << n << " rows: sum " << s << ", row " << i;
          }
        ASSERT_EQ(out.back(), 7.0);
      }
}

INSTANTIATE_TEST_SUITE_P(Instructions, DenseSums, testing::Values(baseline::run, fastest()),
                         [](const auto& info) { return std::string(info.index == 0 ? "baseline" : "fastest"); });

}  // namespace
}  // namespace scorelet::models::dense_sums
