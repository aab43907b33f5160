#include "base/sort.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace scorelet {
namespace {

TEST(sort, everyListOfFewValues) {
  // All lists of up to six of three values, counted through in base three.
  for (std::size_t size = 0; size <= 6; ++size) {
    std::size_t lists = 1;
    for (std::size_t i = 0; i < size; ++i) lists *= 3;
    for (std::size_t list = 0; list < lists; ++list) {
      std::vector<int> values;
      for (std::size_t i = 0, rest = list; i < size; ++i, rest /= 3) values.push_back(static_cast<int>(rest % 3));
      std::vector<int> expected = values;
      std::sort(expected.begin(), expected.end());
      sort(values);
      ASSERT_EQ(values, expected) << size << " values, list " << list;
    }
  }
}

TEST(sort, longerListsInAnOrderOfTheirOwn) {
  for (const std::uint32_t size : {31u, 32u, 33u, 10'000u}) {
    std::vector<std::uint32_t> values;
    for (std::uint32_t i = 0, x = 1; i < size; ++i) values.push_back(x = x * 1664525u + 1013904223u);
    std::vector<std::uint32_t> expected = values;
    std::sort(expected.begin(), expected.end(), std::greater<>());
    sort(values, std::greater<>());
    EXPECT_EQ(values, expected) << size;
  }
}

}  // namespace
}  // namespace scorelet
