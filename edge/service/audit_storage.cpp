#include "service/audit_storage.hpp"

#include <algorithm>

namespace scorelet::service {
namespace {

constexpr std::string_view kSegmentEnd = ".jsonl";
constexpr std::size_t kSegmentDigits = 12, kMostDigits = 18;

}  // namespace

std::string segmentFile(std::uint64_t segment) {
  std::string number = std::to_string(segment);
  return number.insert(0, kSegmentDigits - std::min(kSegmentDigits, number.size()), '0') + std::string(kSegmentEnd);
}

std::optional<std::uint64_t> segmentOf(std::string_view file) {
  if (!file.ends_with(kSegmentEnd) || file.size() < kSegmentDigits + kSegmentEnd.size()) return std::nullopt;
  file.remove_suffix(kSegmentEnd.size());
  if (file.size() > kMostDigits) return std::nullopt;
  std::uint64_t segment = 0;
  for (const char c : file) {
    if (c < '0' || c > '9') return std::nullopt;
    segment = segment * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return segment;
}

}  // namespace scorelet::service
