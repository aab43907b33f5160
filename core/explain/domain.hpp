// The values that a field may take when one asks what if.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <scorelet/fields.hpp>

#include "explain/table.hpp"

namespace scorelet::explain {

struct Domain {
  bool isNumber = false;
  bool isInteger = false;
  double low = 0, high = 0;
  double deviation = 0;                 ///< standard deviation of the background's values, or a quarter of the range
  std::vector<std::string> categories;  ///< else
};

/// What the field declares, else what the background holds; nothing if neither says anything.
[[nodiscard]] std::optional<Domain> domainOf(const InputField& field, std::size_t column, const Table& background);

/// The part of the domain that the training data had, as the model's statistics say; all of it where they say nothing.
[[nodiscard]] Domain trainedPart(Domain domain, const InputField& field);

}  // namespace scorelet::explain
