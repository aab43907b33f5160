#include "program/state.hpp"

#include <cmath>

namespace scorelet::program {

std::size_t StateReader::count(std::size_t bytesEach) noexcept {
  const std::uint64_t n = u64();
  return requireRoom(n, bytesEach) ? static_cast<std::size_t>(n) : 0;
}

double StateReader::number() noexcept {
  const double x = std::bit_cast<double>(u64());
  return require(x == x) ? x : 0;
}

Value StateReader::value(DataType type, Symbols& texts) {
  const std::string_view tag = take(1);
  if (!tag.empty() && tag[0] == 1 && require(type == DataType::string)) return Value(texts.intern(text()));
  const double x = std::bit_cast<double>(u64());
  if (!require(!tag.empty() && tag[0] == 0)) return missing();
  if (isInvalid(x)) {
    require(reasonOf(x) > Reason::none && reasonOf(x) <= Reason::derivedNotValid);
    return ok() ? invalid(reasonOf(x), whereOf(x)) : missing();
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
