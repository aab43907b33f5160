// A question to `Inquiry`, read from JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/what_if.hpp>

namespace scorelet {

struct Question {
  /// By field name, as the question has it.
  struct Freedom {
    std::string field;
    FieldFreedom freedom;
  };
  std::string ask;
  std::optional<Quantity> quantity;
  ContributionKind kind = ContributionKind::interventional;
  std::string_view records;  ///< JSON of one or several; a view of the question
  std::string field;
  std::optional<std::vector<ResultValue>> values;
  std::size_t points = 41;
  Relation relation = Relation::atLeast;
  std::optional<double> target, low, high;
  std::vector<Freedom> fields;
  std::size_t changes = 3, count = 3;
  double standardError = 0;
  std::uint64_t evaluations = 2'000'000, seed = 1;

  [[nodiscard]] static Expected<Question> read(std::string_view json);
};

}  // namespace scorelet
