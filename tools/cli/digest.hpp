// SHA-256, here and in the service.
#pragma once

#include <string>
#include <string_view>

#include <scorelet/compiled.hpp>

namespace scorelet::cli {

[[nodiscard]] Sha256 digestOf(std::string_view bytes);
/// In hexadecimal, as `ModelInfo::documentSha256` has it.
[[nodiscard]] std::string hexadecimal(const Sha256& digest);

}  // namespace scorelet::cli
