// Numbers in and out. Printed forms are those of a JavaScript engine's String(x) (V8).
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <scorelet/fields.hpp>
#include <scorelet/records.hpp>

#include "base/fast_float.hpp"
#include "base/number.hpp"

namespace scorelet {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string printed(double x) {
  std::string out;
  appendNumber(out, x);
  return out;
}

TEST(Number, PrintsAsJavaScriptDoes) {
  constexpr struct {
    double x;
    const char* text;
  } kCases[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.0, "-1"},
      {0.1, "0.1"},
      {0.2, "0.2"},
      {0.3, "0.3"},
      {0.30000000000000004, "0.30000000000000004"},
      {1e21, "1e+21"},
      {1e20, "100000000000000000000"},
      {123456789012345680000.0, "123456789012345680000"},
      {999999999999999900000.0, "999999999999999900000"},
      {1e-6, "0.000001"},
      {1e-7, "1e-7"},
      {0.000001, "0.000001"},
      {0.00000123, "0.00000123"},
      {1.5e-7, "1.5e-7"},
      {5e-324, "5e-324"},
      {2.2250738585072014e-308, "2.2250738585072014e-308"},
      {2.225073858507201e-308, "2.225073858507201e-308"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740991.0, "9007199254740991"},
      {9007199254740992.0, "9007199254740992"},
      {9007199254740993.0, "9007199254740992"},
      {4503599627370495.5, "4503599627370495.5"},
      {100000.0, "100000"},
      {1e5, "100000"},
      {123456.789, "123456.789"},
      {-123456.789, "-123456.789"},
      {0.1234567890123456789, "0.12345678901234568"},
      {3.141592653589793, "3.141592653589793"},
      {2.718281828459045, "2.718281828459045"},
      {1.1, "1.1"},
      {1e22, "1e+22"},
      {1e23, "1e+23"},
      {9.999999999999999e22, "1e+23"},
      {4.35, "4.35"},
      {2e-5, "0.00002"},
      {0.5, "0.5"},
      {1.0000000000000002, "1.0000000000000002"},
      {0.9999999999999999, "0.9999999999999999"},
      {1e-5, "0.00001"},
      {9.5e-7, "9.5e-7"},
      {123e-20, "1.23e-18"},
      {5.684341886080802e-14, "5.684341886080802e-14"},
      {72057594037927940.0, "72057594037927940"},
      {8.41e21, "8.41e+21"},
      {2.0919495182368195e-20, "2.0919495182368196e-20"},
      {9.109e-31, "9.109e-31"},
      {6.02214076e23, "6.02214076e+23"},
      {1.2345678901234567e+50, "1.2345678901234567e+50"},
      {4.8e-322, "4.8e-322"},
      {1e300, "1e+300"},
      {33333333.333333332, "33333333.333333332"},
      {0.00001234, "0.00001234"},
      {-1e-10, "-1e-10"},
      {-2.5e25, "-2.5e+25"},
      {299792458.0, "299792458"},
      {16777216.0, "16777216"},
      {16777217.0, "16777217"},
      {3.4028234663852886e38, "3.4028234663852886e+38"},
      {1.401298464324817e-45, "1.401298464324817e-45"},
      {0.1e-6, "1e-7"},
      {17.000000000000004, "17.000000000000004"},
  };
  for (const auto& c : kCases) EXPECT_EQ(printed(c.x), c.text);
}

TEST(Number, PrintedFormReadsBackToTheSameBits) {
  std::uint64_t state = 88172645463325252u;
  for (int i = 0; i < 20000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    const double x = std::bit_cast<double>(state);
    if (!std::isfinite(x)) continue;
    const auto back = parseDouble(printed(x));
    ASSERT_TRUE(back.has_value()) << printed(x);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(*back), state) << printed(x);
  }
}

TEST(Number, PrintsInfinitiesAsXmlSchemaDoes) {
  EXPECT_EQ(printed(kInfinity), "INF");
  EXPECT_EQ(printed(-kInfinity), "-INF");
}

TEST(Number, ReadsXmlSchemaDoubles) {
  constexpr struct {
    const char* text;
    double x;
  } kCases[] = {{"0", 0},
                {"-0", -0.0},
                {"1.5", 1.5},
                {" 12 ", 12},
                {"\t1e3\n", 1000},
                {"+7", 7},
                {".5", 0.5},
                {"5.", 5},
                {"1E-2", 0.01},
                {"INF", kInfinity},
                {"-INF", -kInfinity},
                {"+INF", kInfinity},
                {"1e999", kInfinity},
                {"-1e999", -kInfinity},
                {"1e-999", 0},
                {"007", 7},
                {"9007199254740993", 9007199254740992.0},
                {"2.2250738585072011e-308", 2.225073858507201e-308},
                {"0.1e1", 1}};
  for (const auto& c : kCases) {
    const auto x = parseDouble(c.text);
    ASSERT_TRUE(x.has_value()) << c.text;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*x), std::bit_cast<std::uint64_t>(c.x)) << c.text;
  }
  ASSERT_TRUE(parseDouble("NaN").has_value());
  EXPECT_TRUE(std::isnan(*parseDouble("NaN")));
}

TEST(Number, RefusesWhatIsNoXmlSchemaDouble) {
  for (const char* text : {"",     " ",  "-",   "+",   ".",   "1,5", "1 2",  "0x10", "inf",      "Infinity", "nan",
                           "-nan", "1e", "1e+", "--1", "+-1", "-+1", "1.5f", "e5",   "INFINITY", "1_000"})
    EXPECT_FALSE(parseDouble(text).has_value()) << text;
}

TEST(Number, PowersOfFiveAreThoseThatFastFloatLists) {
  const PowersOfFive powers = powersOfFive();
  using Theirs = fast_float::powers;  // in Wasm the same again
  ASSERT_EQ(powers.size(), std::size_t{2} * (Theirs::largest_power_of_five - Theirs::smallest_power_of_five + 1));
  for (std::size_t i = 0; i < powers.size(); ++i) ASSERT_EQ(powers[i], Theirs::power_of_five_128[i]) << i;
}

TEST(Number, Integers) {
  EXPECT_EQ(parseInteger("3.0"), 3.0);
  EXPECT_EQ(parseInteger(" -12 "), -12.0);
  EXPECT_EQ(parseInteger("1e3"), 1000.0);
  EXPECT_EQ(parseInteger("9007199254740991"), 9007199254740991.0);
  EXPECT_FALSE(std::signbit(*parseInteger("-0")));
  for (const char* text : {"", "2.5", "9007199254740992", "9007199254740993", "INF", "NaN", "x"})
    EXPECT_FALSE(parseInteger(text).has_value()) << text;
}

TEST(Number, Booleans) {
  EXPECT_EQ(parseBoolean("true"), true);
  EXPECT_EQ(parseBoolean(" 1 "), true);
  EXPECT_EQ(parseBoolean("false"), false);
  EXPECT_EQ(parseBoolean("0"), false);
  for (const char* text : {"", "True", "TRUE", "yes", "2", "1.0"}) EXPECT_FALSE(parseBoolean(text).has_value()) << text;
}

TEST(Names, DataTypesReadBackFromTheirNames) {
  for (int i = 0; i < static_cast<int>(DataType::list); ++i) {
    const auto type = static_cast<DataType>(i);
    EXPECT_EQ(dataTypeFromName(dataTypeName(type)), type) << dataTypeName(type);
  }
  EXPECT_EQ(dataTypeName(DataType::float32), "float");
  EXPECT_EQ(dataTypeName(DataType::float64), "double");
  EXPECT_EQ(dataTypeName(DataType::dateTimeSecondsSince1960), "dateTimeSecondsSince[1960]");
  EXPECT_EQ(dataTypeFromName("dateDaysSince[0]"), DataType::dateDaysSince0);
  EXPECT_FALSE(dataTypeFromName("list").has_value());
  EXPECT_FALSE(dataTypeFromName("Double").has_value());
}

TEST(Names, AttributesInPmmlsSpelling) {
  EXPECT_EQ(opTypeName(OpType::continuous), "continuous");
  EXPECT_EQ(usageTypeName(UsageType::analysisWeight), "analysisWeight");
  EXPECT_EQ(missingValueTreatmentName(MissingValueTreatment::asMedian), "asMedian");
  EXPECT_EQ(missingValueTreatmentName(MissingValueTreatment::returnInvalid), "returnInvalid");
  EXPECT_EQ(invalidValueTreatmentName(InvalidValueTreatment::asValue), "asValue");
  EXPECT_EQ(outlierTreatmentName(OutlierTreatment::asExtremeValues), "asExtremeValues");
}

}  // namespace
}  // namespace scorelet
