// Outcomes as a request has them: JSON or CSV, row by row.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "monitor/store.hpp"
#include "service/http.hpp"

namespace scorelet::monitor {

struct OutcomeRows {
  std::vector<Outcome> outcomes;
  std::vector<std::size_t> rows;  // of each
  std::vector<std::pair<std::size_t, std::string>> refused;
  void add(std::size_t row, service::Answer<Outcome> outcome) {
    if (!outcome) return refused.emplace_back(row, outcome.error().message), void();
    rows.push_back(row);
    outcomes.push_back(std::move(*outcome));
  }
};

[[nodiscard]] service::Answer<OutcomeRows> readJsonOutcomes(std::string_view body);
[[nodiscard]] service::Answer<OutcomeRows> readCsvOutcomes(const std::string& body);

}  // namespace scorelet::monitor
