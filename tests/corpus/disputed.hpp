// Expected values that are wrong by the specification, with the argument: tests/corpus/disputed.json.
#pragma once

#include <string>
#include <vector>

#include "support/table.hpp"

namespace scorelet::test {

struct Dispute {
  std::string id;          ///< of the case
  std::string argument;    ///< why the expectation is wrong
  nlohmann::json results;  ///< [{"row": 1-based, "field": name, "value": by the specification}]
  std::string table;       ///< or whole columns: a CSV file beside disputed.json
};

[[nodiscard]] const std::vector<Dispute>& disputes();

/// The dispute about this case, or null.
[[nodiscard]] const Dispute* disputeOf(const std::string& id);

/// Puts the disputed values in place of the given ones. False if one of them names a row or field that is not there.
[[nodiscard]] bool correct(Table& expected, const Dispute& dispute);

}  // namespace scorelet::test
