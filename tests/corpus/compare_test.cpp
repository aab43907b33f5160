// The comparison itself must be able to fail.
#include "corpus/compare.hpp"

#include <gtest/gtest.h>

#include "support/table.hpp"

namespace scorelet::test {
namespace {

using nlohmann::json;
using Kind = ResultValue::Kind;

ResultValue number(double x) { return {Kind::number, x, {}, {}}; }
ResultValue text(const char* t) { return {Kind::text, 0, t, {}}; }

TEST(compare, numbers_within_tolerance) {
  EXPECT_TRUE(matches(json(1000.0), number(1000.001), 0, 1e-6));
  EXPECT_FALSE(matches(json(1000.0), number(1000.002), 0, 1e-6));
  EXPECT_TRUE(matches(json(0.0), number(1e-9), 1e-9, 0));
  EXPECT_FALSE(matches(json(0.0), number(2e-9), 1e-9, 1e-6));
  EXPECT_TRUE(matches(json("2.50"), number(2.5), 0, 0));
  EXPECT_FALSE(matches(json("2.5x"), number(2.5), 1, 1));
}

TEST(compare, texts_booleans_and_missing_exactly) {
  EXPECT_TRUE(matches(json("yes"), text("yes"), 0, 0));
  EXPECT_FALSE(matches(json("yes"), text("Yes"), 1, 1));
  EXPECT_TRUE(matches(json("true"), {Kind::boolean, 1, {}, {}}, 0, 0));
  EXPECT_FALSE(matches(json(false), {Kind::boolean, 1, {}, {}}, 1, 1));
  EXPECT_TRUE(matches(json(), {}, 0, 0));
  EXPECT_FALSE(matches(json(), number(0), 1, 1));
  EXPECT_FALSE(matches(json(0), {}, 1, 1));
  EXPECT_TRUE(matches(json("@notNull"), number(0), 0, 0));
  EXPECT_FALSE(matches(json("@notNull"), {}, 0, 0));
}

TEST(compare, lists_item_by_item) {
  const ResultValue list{Kind::list, 0, {}, {text("a"), number(2)}};
  EXPECT_TRUE(matches(json::array({"a", 2}), list, 0, 0));
  EXPECT_FALSE(matches(json::array({"a"}), list, 0, 0));
  EXPECT_FALSE(matches(json::array({"a", 3}), list, 0, 0));
}

TEST(table, grouping_keeps_the_order_of_first_appearance) {
  const Table table{{"id", "item"}, {{"b", "x"}, {"a", "y"}, {"b", "z"}}};
  const Table grouped = groupedBy(table, "id");
  ASSERT_EQ(grouped.rows.size(), 2u);
  EXPECT_EQ(grouped.rows[0], (std::vector<json>{"b", json::array({"x", "z"})}));
  EXPECT_EQ(grouped.rows[1], (std::vector<json>{"a", json::array({"y"})}));
}

}  // namespace
}  // namespace scorelet::test
