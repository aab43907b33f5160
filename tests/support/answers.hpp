// Results as bytes, for comparing them bit by bit between batch sizes, builds and targets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/scorelet.hpp>

#include "support/binding.hpp"

namespace scorelet::test {

/// One byte string per row: whether it is ok, then every result column as its 64 bits, its text, or "missing".
/// NaNs stand for missing only; their payload is not part of the answer.
[[nodiscard]] std::vector<std::string> answers(Scorer& scorer, const Binding& rows, std::size_t batchSize);

/// FNV-1a over the answers of all rows, as 16 hexadecimal digits.
[[nodiscard]] std::string fingerprint(const std::vector<std::string>& answers);

}  // namespace scorelet::test
