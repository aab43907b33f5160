// Expected cells against results.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "corpus/case.hpp"

namespace scorelet::test {

struct Comparison {
  std::size_t values = 0;                ///< cells compared
  std::vector<std::string> differences;  ///< one sentence each
};

/// Compares every stated cell of `expected` with the rows of the scorer's last batch.
[[nodiscard]] Comparison compare(const Case& testCase, const Table& expected, const Scorer& scorer);

/// Whether the value is the expected one; `relative` and `absolute` bound the error of numbers.
[[nodiscard]] bool matches(const nlohmann::json& expected, const ResultValue& actual, double absolute, double relative);

/// For messages and for looking up a class by its name.
[[nodiscard]] std::string toText(const ResultValue& value);

}  // namespace scorelet::test
