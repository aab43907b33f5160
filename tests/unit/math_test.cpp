// Elementary functions and the normal distribution against mpmath with 40 digits.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/math.hpp"

namespace scorelet {
namespace {

constexpr double kTolerance = 2e-15;  // relative

void expectNear(double actual, double expected, double x) {
  EXPECT_LE(std::fabs(actual - expected), kTolerance * std::fabs(expected))
      << x << ": " << actual << " for " << expected;
}

TEST(Math, NormalDensityAndCumulative) {
  constexpr struct {
    double x, density, cumulative;
  } kCases[] = {
      {0.0, 0.398942280401432678, 0.5},
      {0.5, 0.352065326764299478, 0.691462461274013104},
      {-0.5, 0.352065326764299478, 0.308537538725986896},
      {1.0, 0.24197072451914335, 0.841344746068542949},
      {-1.0, 0.24197072451914335, 0.158655253931457051},
      {1.959963984540054, 0.0584450698050353823, 0.974999999999999989},
      {-2.5, 0.0175283004935685374, 0.00620966532577613517},
      {3.3, 0.00172256893905368115, 0.999516575857616222},
      {-5.0, 1.48671951473429771e-6, 2.86651571879193912e-7},
      {-8.0, 5.05227108353689229e-15, 6.22096057427178412e-16},
      {-12.25, 1.03574350962083501e-33, 8.39979606363341766e-35},
      {-20.0, 5.52094836215976319e-88, 2.7536241186062337e-89},
      {-30.7, 8.74594901602406392e-206, 2.84583022087381916e-207},
      {-37.5, 1.72823373228410522e-306, 4.60535300958195484e-308},
      {6.0, 6.07588284982328549e-9, 0.999999999013412355},
  };
  for (const auto& c : kCases) {
    expectNear(dm::normalPdf(c.x), c.density, c.x);
    // Subnormal and nearly subnormal results have fewer digits.
    if (c.cumulative > 1e-307) expectNear(dm::normalCdf(c.x), c.cumulative, c.x);
  }
}

TEST(Math, NormalQuantile) {
  constexpr struct {
    double p, x;
  } kCases[] = {
      {0.5, 0.0},
      {0.975, 1.95996398454005386},
      {0.025, -1.95996398454005421},
      {0.1, -1.28155156554460044},
      {0.075, -1.43953147093845593},
      {0.074, -1.44663206715897851},
      {0.9, 1.28155156554460059},
      {0.5000001, 2.5066282733116483e-7},
      {1e-3, -3.09023230616781354},
      {1e-5, -4.26489079392282461},
      {1e-10, -6.3613409024040562},
      {1e-20, -9.26234008979840758},
      {1e-50, -14.933337534788489},
      {1e-100, -21.2734535609653243},
      {1e-200, -30.2055941795796431},
      {1e-290, -36.4207316732079988},
      {0.999, 3.09023230616781328},
      {0.99999999, 5.61200124330550498},
      {5e-324, -38.4674056171443463},
  };
  for (const auto& c : kCases) expectNear(dm::normalQuantile(c.p), c.x, c.p);
}

/// Against roots of the incomplete beta function in 40 digits (mpmath).
TEST(Math, StudentQuantile) {
  constexpr struct {
    double p, degrees, t;
  } kCases[] = {
      {0.975, 1.0, 12.7062047361746933},          {0.975, 2.0, 4.30265272974946179},
      {0.975, 7.5, 2.33303962686497403},          {0.9, 0.3, 64.7865456370969492},
      {0.51, 4.0, 0.0266706183026390301},         {0.025, 30.0, -2.04227245630123828},
      {0.9995, 3.0, 12.9239786366879643},         {0.995, 394.0, 2.5883649616231046},
      {0.975, 999.0, 1.9623414611334496},         {0.975, 1001.0, 1.96233670528087954},
      {0.999, 100000.0, 3.09031380942723735},     {1e-06, 12.0, -8.50430271805458317},
      {0.6, 2000.0, 0.253380806820665332},        {0.999999999, 1500.0, 6.03496369703252932},
      {0.75, 1000000000.0, 0.674489750441416669},
  };
  for (const auto& c : kCases)
    EXPECT_LE(std::fabs(dm::studentQuantile(c.p, c.degrees) - c.t), 1e-11 * std::fabs(c.t)) << c.p << ", " << c.degrees;
  EXPECT_EQ(dm::studentQuantile(0.5, 3), 0);
  EXPECT_EQ(dm::studentQuantile(1, 3), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(dm::studentQuantile(0.9, 0)));
  EXPECT_TRUE(std::isnan(dm::studentQuantile(1.9, 4)));
}

TEST(Math, NormalAtTheEnds) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(dm::normalCdf(kInfinity), 1);
  EXPECT_EQ(dm::normalCdf(-kInfinity), 0);
  EXPECT_EQ(dm::normalPdf(kInfinity), 0);
  EXPECT_EQ(dm::normalQuantile(0), -kInfinity);
  EXPECT_EQ(dm::normalQuantile(1), kInfinity);
  EXPECT_TRUE(std::isnan(dm::normalQuantile(-0.1)));
  EXPECT_TRUE(std::isnan(dm::normalQuantile(1.1)));
}

}  // namespace
}  // namespace scorelet
