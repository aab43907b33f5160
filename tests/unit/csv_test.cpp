#include "support/csv.hpp"

#include <gtest/gtest.h>

namespace scorelet::test {
namespace {

using Row = std::vector<std::string>;

TEST(csv, quotes_separators_and_line_breaks) {
  const Csv csv = parseCsv(
      "\xEF\xBB\xBF"
      "a;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\r\n;last");
  EXPECT_EQ(csv.columns, (Row{"a;b"}));
  const Csv other = parseCsv("a;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\r\n;last", ';');
  EXPECT_EQ(other.columns, (Row{"a", "b"}));
  ASSERT_EQ(other.rows.size(), 2u);
  EXPECT_EQ(other.rows[0], (Row{"x;\"y\"", "two\nlines"}));
  EXPECT_EQ(other.rows[1], (Row{"", "last"}));
}

TEST(csv, blank_lines_and_short_rows) {
  EXPECT_EQ(parseCsv("a,b\n\n1\n").rows, (std::vector<Row>{{"1", ""}}));
  EXPECT_EQ(parseCsv("a\n\n1\n").rows, (std::vector<Row>{{""}, {"1"}}));
}

TEST(csv, nothing) {
  EXPECT_TRUE(parseCsv("").columns.empty());
  EXPECT_TRUE(parseCsv("a,b").rows.empty());
}

}  // namespace
}  // namespace scorelet::test
