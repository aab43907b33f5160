#include "program/state.hpp"

#include <cmath>

namespace scorelet::program {

std::span<const std::byte> StateReader::bytes(std::size_t n) noexcept {
  if (!require(n <= in_.size())) return {};
  const auto out = in_.first(n);
  in_ = in_.subspan(n);
  return out;
}

std::uint64_t StateReader::u64() noexcept {
  std::uint64_t x = 0;
  int shift = 0;
  for (const std::byte b : bytes(8)) {
    x |= static_cast<std::uint64_t>(b) << shift;
    shift += 8;
  }
  return x;
}

std::size_t StateReader::count(std::size_t bytesEach) noexcept {
  const std::uint64_t n = u64();
  return require(n <= in_.size() / bytesEach) ? static_cast<std::size_t>(n) : 0;
}

double StateReader::number() noexcept {
  const double x = std::bit_cast<double>(u64());
  return require(x == x) ? x : 0;
}

std::string_view StateReader::text() noexcept {
  const auto chars = bytes(count(1));
  return {reinterpret_cast<const char*>(chars.data()), chars.size()};
}

Value StateReader::value(DataType type, Symbols& texts) {
  const auto tag = bytes(1);
  if (!tag.empty() && tag[0] == std::byte{1} && require(type == DataType::string)) return Value(texts.intern(text()));
  const double x = std::bit_cast<double>(u64());
  if (!require(!tag.empty() && tag[0] == std::byte{0})) return missing();
  if (isInvalid(x)) {
    require(reasonOf(x) > Reason::none && reasonOf(x) <= Reason::derivedNotValid);
    return ok_ ? invalid(reasonOf(x), whereOf(x)) : missing();
  }
  if (!isPresent(x)) return missing();
  switch (type) {
    case DataType::float64:
    case DataType::float32: return x;
    case DataType::integer: return require(std::floor(x) == x && std::fabs(x) <= 0x1p53) ? x : missing();
    case DataType::boolean: return require(x == 0 || x == 1) ? x : missing();
    case DataType::string:
    case DataType::list: require(false); return missing();
    default: return require(std::fabs(x) <= 1e13) ? x : missing();  // days or seconds
  }
}

}  // namespace scorelet::program
