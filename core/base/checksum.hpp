// A checksum against damage, not against forgery.
#pragma once

#include <cstdint>
#include <string_view>

namespace scorelet {

/// XXH64, the same on every target.
[[nodiscard]] std::uint64_t checksum(std::string_view bytes) noexcept;

}  // namespace scorelet
