// Dates and times. Day and second counts are those of Python's datetime.
#include <gtest/gtest.h>

#include "base/datetime.hpp"

namespace scorelet {
namespace {

std::string dateText(double days) {
  std::string out;
  appendDate(out, days);
  return out;
}
std::string timeText(double seconds) {
  std::string out;
  appendTime(out, seconds);
  return out;
}
std::string dateTimeText(double seconds) {
  std::string out;
  appendDateTime(out, seconds);
  return out;
}

TEST(DateTime, DaysSince1970) {
  constexpr struct {
    const char* text;
    double days;
  } kCases[] = {
      {"1970-01-01", 0},       {"1969-12-31", -1},     {"0001-01-01", -719162}, {"0004-02-29", -718008},
      {"1600-02-29", -135081}, {"1700-02-28", -98557}, {"1700-03-01", -98556},  {"1899-12-31", -25568},
      {"1900-03-01", -25508},  {"1960-01-01", -3653},  {"1980-01-01", 3652},    {"1999-12-31", 10956},
      {"2000-02-29", 11016},   {"2000-03-01", 11017},  {"2003-04-01", 12143},   {"2023-11-05", 19666},
      {"2024-02-29", 19782},   {"2100-02-28", 47540},  {"2100-03-01", 47541},   {"9999-12-31", 2932896},
      {"0000-01-01", -719528},  // year 0 exists: one leap year before 0001-01-01
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(parseDate(c.text), c.days) << c.text;
    EXPECT_EQ(dateText(c.days), c.text);
  }
}

TEST(DateTime, EveryDayOfEightHundredYearsFollowsTheOneBefore) {
  Civil last = civilFromDays(-200'001);
  for (std::int64_t day = -200'000; day < 100'000; ++day) {
    const Civil c = civilFromDays(day);
    ASSERT_EQ(daysFromCivil(c.year, c.month, c.day), day);
    const bool isNext = c.day == last.day + 1       ? c.month == last.month && c.year == last.year
                        : c.month == last.month + 1 ? c.day == 1 && c.year == last.year
                                                    : c.day == 1 && c.month == 1 && c.year == last.year + 1;
    ASSERT_TRUE(isNext) << day;
    last = c;
  }
}

TEST(DateTime, SecondsSince1970) {
  constexpr struct {
    const char* text;
    double seconds;
  } kCases[] = {
      {"1970-01-01T00:00:00", 0},
      {"1969-12-31T23:59:59", -1},
      {"2003-01-03T03:30:03", 1041564603},
      {"2024-02-29T12:34:56", 1709210096},
      {"1960-01-01T00:00:00", -315619200},
      {"0001-01-01T00:00:00", -62135596800},
      {"9999-12-31T23:59:59", 253402300799},
      {"2000-12-31T23:59:59", 978307199},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(parseDateTime(c.text), c.seconds) << c.text;
    EXPECT_EQ(dateTimeText(c.seconds), c.text);
  }
}

TEST(DateTime, AcceptsZonesBlanksAndFractions) {
  EXPECT_EQ(parseDate(" 1970-01-02 "), 1);
  EXPECT_EQ(parseDate("1970-01-02Z"), 1);
  EXPECT_EQ(parseDate("1970-01-02+05:30"), 1);
  EXPECT_EQ(parseDateTime("1970-01-02 00:00:01"), 86401);
  EXPECT_EQ(parseDateTime("1970-01-01T00:00:01.250Z"), 1.25);
  EXPECT_EQ(parseDateTime("1970-01-01T10:30-08:00"), 37800);
  EXPECT_EQ(parseDateTime("1970-01-01T24:00:00"), 86400);
  EXPECT_EQ(parseTime("01:02"), 3720);
  EXPECT_EQ(parseTime("01:02:03.5"), 3723.5);
  EXPECT_EQ(parseTime("-00:00:10"), -10);
  EXPECT_EQ(parseTime("100:00:00"), 360000);
}

TEST(DateTime, RefusesImpossibleOnes) {
  for (const char* text :
       {"", "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-01-32", "23-01-01", "2023-1-1", "2023/01/01",
        "2023-01-01T", "2023-01-01x", "1900-02-29", "2023-04-31", "2023-01-01+5"})
    EXPECT_FALSE(parseDate(text).has_value()) << text;
  for (const char* text : {"", "1:02:03", "01", "01:60", "01:02:60", "01:02:03.", "01:02:3", "01:02:03 x", "--01:02"})
    EXPECT_FALSE(parseTime(text).has_value()) << text;
  for (const char* text :
       {"2023-01-01", "2023-01-01T25:00:00", "2023-01-01T24:00:01", "2023-01-01t00:00:00", "2023-01-01T-01:00"})
    EXPECT_FALSE(parseDateTime(text).has_value()) << text;
}

TEST(DateTime, PrintsFractionsAndNegatives) {
  EXPECT_EQ(timeText(3723.5), "01:02:03.5");
  EXPECT_EQ(timeText(-10), "-00:00:10");
  EXPECT_EQ(timeText(59.9999999), "00:01:00");
  EXPECT_EQ(dateTimeText(-0.25), "1969-12-31T23:59:59.75");
  EXPECT_EQ(dateTimeText(1700000000.123), "2023-11-14T22:13:20.123");
  EXPECT_EQ(dateText(-719529), "-0001-12-31");
}

class Cast : public testing::Test {
 protected:
  Symbols symbols;
  Strings strings{symbols};

  Value cast(const char* text, DataType type) { return castText(text, type, strings); }
  std::string castToText(Value v, DataType from) {
    return std::string(strings.text(castValue(v, from, DataType::string, strings)));
  }
};

TEST_F(Cast, TextToEveryType) {
  EXPECT_EQ(strings.text(cast(" a ", DataType::string)), " a ");
  EXPECT_EQ(cast("12", DataType::integer), 12);
  EXPECT_EQ(cast("0.1", DataType::float64), 0.1);
  EXPECT_EQ(cast("0.1", DataType::float32), 0.100000001490116119384765625);
  EXPECT_EQ(cast("true", DataType::boolean), 1);
  EXPECT_EQ(cast("2003-04-01", DataType::date), 12143);
  EXPECT_EQ(cast("03:30:03", DataType::time), 12603);
  EXPECT_EQ(cast("2003-04-01", DataType::dateTime), 12143.0 * 86400);
  EXPECT_EQ(cast("2003-04-01", DataType::dateDaysSince1960), 15796);
  EXPECT_EQ(cast("1970-01-01", DataType::dateDaysSince0), 719528);
  EXPECT_EQ(cast("1980-01-02T10:00:00", DataType::dateDaysSince1980), 1);
  EXPECT_EQ(cast("1234", DataType::dateDaysSince1980), 1234);
  EXPECT_EQ(cast("2003-01-03T03:30:03", DataType::dateTimeSecondsSince1960), 1357183803);
  EXPECT_EQ(cast("1980-01-01T00:00:01", DataType::dateTimeSecondsSince1980), 1);
  EXPECT_EQ(cast("12.5", DataType::dateTimeSecondsSince1970), 12.5);
  EXPECT_EQ(cast("-00:00:10", DataType::timeSeconds), -10);
  EXPECT_EQ(cast("100", DataType::timeSeconds), 100);
}

TEST_F(Cast, TextThatDoesNotFitIsNotCastable) {
  constexpr struct {
    const char* text;
    DataType type;
  } kCases[] = {{"x", DataType::integer},         {"1.5", DataType::integer},
                {"", DataType::float64},          {"NaN", DataType::float64},
                {"2", DataType::boolean},         {"1.5", DataType::date},
                {"25:00:00", DataType::time},     {"-01:00:00", DataType::time},
                {"03:30:03", DataType::dateTime}, {"2.5", DataType::dateDaysSince1970}};
  for (const auto& c : kCases) EXPECT_EQ(reasonOf(cast(c.text, c.type)), Reason::notCastable) << c.text;
}

TEST_F(Cast, NumbersAmongThemselves) {
  constexpr struct {
    double x, rounded;
  } kCases[] = {{2.5, 3},      {-2.5, -2},
                {2.4999, 2},   {0.49999999999999994, 0},
                {-0.2, 0},     {4503599627370497.5, 4503599627370498.0},
                {1e300, 1e300}};
  for (const auto& c : kCases)
    EXPECT_EQ(castValue(c.x, DataType::float64, DataType::integer, strings), c.rounded) << c.x;
  EXPECT_EQ(castValue(0.1, DataType::float64, DataType::float32, strings), 0.100000001490116119384765625);
  EXPECT_EQ(castValue(1, DataType::boolean, DataType::float64, strings), 1);
  EXPECT_EQ(castValue(0, DataType::integer, DataType::boolean, strings), 0);
  EXPECT_TRUE(isInvalid(castValue(2, DataType::integer, DataType::boolean, strings)));
  EXPECT_TRUE(
      isInvalid(castValue(std::numeric_limits<double>::infinity(), DataType::float64, DataType::integer, strings)));
}

TEST_F(Cast, DatesAmongThemselves) {
  using enum DataType;
  EXPECT_EQ(castValue(12143, date, dateDaysSince1960, strings), 15796);
  EXPECT_EQ(castValue(15796, dateDaysSince1960, date, strings), 12143);
  EXPECT_EQ(castValue(1, date, dateTime, strings), 86400);
  EXPECT_EQ(castValue(-1, dateTime, date, strings), -1);
  EXPECT_EQ(castValue(-1, dateTime, time, strings), 86399);
  EXPECT_EQ(castValue(90061, dateTimeSecondsSince1980, timeSeconds, strings), 3661);
  EXPECT_EQ(castValue(0, dateTimeSecondsSince1980, dateTimeSecondsSince1970, strings), 315532800);
  EXPECT_EQ(castValue(0, dateTimeSecondsSince0, dateDaysSince1970, strings), -719528);
  EXPECT_EQ(castValue(7, dateDaysSince1970, float64, strings), 7);
  EXPECT_TRUE(isInvalid(castValue(7, date, float64, strings)));
  EXPECT_TRUE(isInvalid(castValue(7, float64, date, strings)));
  EXPECT_TRUE(isInvalid(castValue(7, time, date, strings)));
  EXPECT_TRUE(isInvalid(castValue(7, boolean, date, strings)));
}

TEST_F(Cast, ValuesToText) {
  using enum DataType;
  EXPECT_EQ(castToText(3, float64), "3");
  EXPECT_EQ(castToText(0.1, float64), "0.1");
  EXPECT_EQ(castToText(1, boolean), "true");
  EXPECT_EQ(castToText(12143, date), "2003-04-01");
  EXPECT_EQ(castToText(12603, time), "03:30:03");
  EXPECT_EQ(castToText(0, dateTime), "1970-01-01T00:00:00");
  EXPECT_EQ(castToText(15796, dateDaysSince1960), "15796");
  const Value text = strings.intern("2003-04-01");
  EXPECT_EQ(castValue(text, string, date, strings), 12143);
  EXPECT_EQ(castValue(text, string, string, strings), text);
}

}  // namespace
}  // namespace scorelet
