// A list of tests leads each row to the leaf that a walk from the root finds, and ranks are counts of thresholds, for
// every set of instructions.
#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/test_lists/test_lists.hpp"

#ifdef SCORELET_VECTORS

namespace scorelet::models::test_lists {
namespace baseline {
extern const Kernel kKernel;
}

namespace {

using Random = std::mt19937_64;
using Asked = Test;  // a test of a list: inside of one of gtest's, the name is taken

/// A tree as one writes it down: node 0 is the root.
struct Node {
  int yes = -1, no = -1;  ///< none in a leaf
  std::uint32_t column = 0, set = 0;
  std::uint8_t rank = 0;
  std::uint8_t first = 0;  ///< leaf of its subtree, by the numbers that the list knows
};

struct Data {
  std::vector<std::uint8_t> columns;  ///< of ranks, not yet less 128
  std::vector<bool> isSet;            ///< fills two columns
  std::vector<std::uint64_t> words{0, 0};
};

Data dataOf(Random& random, std::size_t columns, bool hasSets) {
  Data data;
  for (std::size_t c = 0; c < columns; ++c) {
    data.isSet.push_back(hasSets && random() % 2 == 0);
    const bool isSet = data.isSet.back();
    for (std::size_t row = 0; row < kRows; ++row)
      data.columns.push_back(static_cast<std::uint8_t>(random() % (isSet ? kSetWords * 64 : kRanks + 1)));
    if (isSet) {
      data.isSet.push_back(false);  // never chosen: see shape
      data.columns.resize(data.columns.size() + kRows);
    }
  }
  for (int i = 0; i < 40; ++i) data.words.push_back(random());
  return data;
}

/// `leaves` leaves, at random places or (isChain) on one path.
std::vector<Node> shape(Random& random, const Data& data, std::size_t leaves, bool isChain) {
  std::vector<Node> nodes(1);
  std::vector<int> open{0};
  while (open.size() < leaves) {
    const std::size_t at =
        isChain ? open.size() - 1 - random() % std::min<std::size_t>(2, open.size()) : random() % open.size();
    const int node = open[at];
    const int child = static_cast<int>(nodes.size());
    std::uint32_t column = static_cast<std::uint32_t>(random() % data.isSet.size());
    if (column > 0 && data.isSet[column - 1]) --column;
    nodes[static_cast<std::size_t>(node)] = {child, child + 1, column,
                                             data.isSet[column] ? static_cast<std::uint32_t>(random() % 40 + 1) : 0,
                                             static_cast<std::uint8_t>(random() % kRanks)};
    nodes.resize(nodes.size() + 2);
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
    open.push_back(child);
    open.push_back(child + 1);
  }
  return nodes;
}

bool says(const Data& data, const Node& node, std::size_t row) {
  const std::uint8_t key = data.columns[node.column * kRows + row];
  if (!data.isSet[node.column]) return key > node.rank;
  return (data.words[node.set + key / 64] >> (key % 64) & 1) != 0;
}

/// The columns as lists read them.
std::vector<std::uint8_t> written(const Data& data) {
  std::vector<std::uint8_t> out = data.columns;
  for (std::size_t c = 0; c < data.isSet.size(); ++c)
    for (std::size_t row = c * kRows; row < (c + 1) * kRows; ++row) {
      if (c > 0 && data.isSet[c - 1]) continue;
      out[row] = static_cast<std::uint8_t>(data.isSet[c] ? data.columns[row] / 8 : data.columns[row] - 128);
      if (data.isSet[c]) out[row + kRows] = static_cast<std::uint8_t>(1 << data.columns[row] % 8);
    }
  out.resize(out.size() + kRows, 0xFF);
  return out;
}

class TestLists : public testing::TestWithParam<const Kernel*> {};

TEST_P(TestLists, FindTheLeavesOfAWalk) {
  Random random(1);
  for (int round = 0; round < 400; ++round) {
    const std::size_t leaves = round < 5 ? static_cast<std::size_t>(round) + 1 : 1 + random() % kPlaces;
    const bool hasSets = GetParam()->findsInSets && round % 2 != 0;
    const Data data = dataOf(random, 1 + random() % (round % 7 == 0 ? 300 : 9), hasSets);
    std::vector<Node> nodes = shape(random, data, leaves, round % 3 == 0);
    // Leaves have any numbers; here in the order of their nodes, after a turn.
    std::uint8_t number = static_cast<std::uint8_t>(round);
    for (std::size_t i = nodes.size(); i-- > 0;)
      nodes[i].first = nodes[i].yes < 0 ? number++ : nodes[static_cast<std::size_t>(nodes[i].yes)].first;
    std::vector<Asked> tests;
    std::vector<std::uint32_t> sets;
    for (const Node& node : nodes) {
      if (node.yes < 0) continue;
      const bool isSet = data.isSet[node.column];
      tests.push_back({{static_cast<std::uint8_t>(node.column), static_cast<std::uint8_t>(node.column >> 8)},
                       isSet ? Asked::kNever : static_cast<std::int8_t>(node.rank - 128),
                       node.first,
                       static_cast<std::uint8_t>(nodes[static_cast<std::size_t>(node.no)].first - node.first)});
      sets.push_back(node.set);
    }
    std::vector<std::uint8_t> places(kRows + 1, 77);
    GetParam()->find({tests.data(), tests.size(), nodes[0].first, hasSets ? sets.data() : nullptr, data.words.data()},
                     written(data).data(), places.data());
    for (std::size_t row = 0; row < kRows; ++row) {
      std::size_t at = 0;
      while (nodes[at].yes >= 0)
        at = static_cast<std::size_t>(says(data, nodes[at], row) ? nodes[at].no : nodes[at].yes);
      ASSERT_EQ(places[row], nodes[at].first) << "round " << round << ", row " << row;
    }
    ASSERT_EQ(places[kRows], 77);
  }
}

TEST_P(TestLists, RanksCountThresholds) {
  Random random(2);
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t size = 1; size <= kRanks; ++size) {
    std::vector<std::uint32_t> thresholds, keys;
    while (thresholds.size() < size) {
      thresholds.push_back(static_cast<std::uint32_t>(random() >> (size % 2 == 0 ? 32 : 54)));
      if (size % 5 == 0) thresholds.push_back(kMost), thresholds.push_back(0);
      std::sort(thresholds.begin(), thresholds.end());
      thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
      thresholds.resize(std::min(thresholds.size(), size));
    }
    for (std::size_t row = 0; row < kRows; ++row)
      keys.push_back(thresholds[random() % size] + static_cast<std::uint32_t>(random() % 3) - 1);
    keys[5] = 0, keys[6] = kMost;
    std::vector<std::uint8_t> ranks(kRows + 1, 77);
    GetParam()->rank(keys.data(), thresholds.data(), size, ranks.data());
    for (std::size_t row = 0; row < kRows; ++row) {
      const auto reached = std::count_if(thresholds.begin(), thresholds.end(), [&](auto t) { return t <= keys[row]; });
      ASSERT_EQ(ranks[row], static_cast<std::uint8_t>(reached - 128)) << size << " thresholds, row " << row;
    }
    ASSERT_EQ(ranks[kRows], 77);
  }
}

INSTANTIATE_TEST_SUITE_P(Instructions, TestLists, testing::Values(&baseline::kKernel, fastest()),
                         [](const auto& info) { return std::string(info.index == 0 ? "baseline" : "fastest"); });

}  // namespace
}  // namespace scorelet::models::test_lists

#endif
