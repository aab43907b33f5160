#include "service/audit_storage.hpp"

#include <algorithm>
#include <charconv>

namespace scorelet::service {
namespace {

constexpr std::string_view kSegmentEnd = ".jsonl";
constexpr std::size_t kSegmentDigits = 12;

}  // namespace

std::string segmentFile(std::uint64_t segment) {
  std::string number = std::to_string(segment);
  return number.insert(0, kSegmentDigits - std::min(kSegmentDigits, number.size()), '0') + std::string(kSegmentEnd);
}

std::optional<std::uint64_t> segmentOf(std::string_view file) {
  if (!file.ends_with(kSegmentEnd) || file.size() < kSegmentDigits + kSegmentEnd.size()) return std::nullopt;
  const char* const end = file.data() + file.size() - kSegmentEnd.size();
  std::uint64_t segment = 0;
  const auto read = std::from_chars(file.data(), end, segment);
  return read.ec == std::errc() && read.ptr == end ? std::optional(segment) : std::nullopt;
}

}  // namespace scorelet::service
