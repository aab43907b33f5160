// Numbers, booleans, dates and times.
#include <charconv>
#include <type_traits>

#include "api/arrow_reader.hpp"
#include "base/datetime.hpp"

namespace scorelet::arrow {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

constexpr std::int64_t floorDivide(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

ColumnReader::Result ColumnReader::readNumbers() {
  switch (type_.id) {
    case TypeId::boolean: return booleans();
    case TypeId::int8: return numbers<std::int8_t>();
    case TypeId::uint8: return numbers<std::uint8_t>();
    case TypeId::int16: return numbers<std::int16_t>();
    case TypeId::uint16: return numbers<std::uint16_t>();
    case TypeId::int32: return numbers<std::int32_t>();
    case TypeId::uint32: return numbers<std::uint32_t>();
    case TypeId::int64: return wideIntegers<std::int64_t>();
    case TypeId::uint64: return wideIntegers<std::uint64_t>();
    case TypeId::float32: return numbers<float>();
    default: return doubles();
  }
}

template <class T>
ColumnReader::Result ColumnReader::numbers() {
  const T* data = buffer<T>(1);
  if (data == nullptr) return noBuffer();
  memory_.numbers.resize(rows_);
  for (std::size_t i = 0; i < rows_; ++i) memory_.numbers[i] = static_cast<double>(data[at_ + i]);
  return numbersFromMemory();
}

ColumnReader::Result ColumnReader::doubles() {
  const double* data = buffer<double>(1);
  if (data == nullptr) return noBuffer();
  return Column::ofNumbers(data + at_, valid_);
}

/// A double holds integers up to 2^53; a column with larger ones goes as decimal text, so that a string
/// field (an account number, say) gets every digit and a numeric field's cast decides for itself.
template <class T>
ColumnReader::Result ColumnReader::wideIntegers() {
  constexpr T limit = T{1} << 53;
  const T* data = buffer<T>(1);
  if (data == nullptr) return noBuffer();
  bool exact = true;
  for (std::size_t i = 0; i < rows_ && exact; ++i) {
    const T x = data[at_ + i];
    exact = !isValid(i) || (x <= limit && (std::is_unsigned_v<T> || x >= static_cast<T>(-limit)));
  }
  if (exact) return numbers<T>();
  return writtenTexts([&](std::size_t i) {
    char digits[24];
    memory_.bytes.append(digits, std::to_chars(digits, digits + sizeof digits, data[at_ + i]).ptr);
  });
}

/// Numbers 0 and 1 for a boolean field; for any other the cell says that it was a boolean.
ColumnReader::Result ColumnReader::booleans() {
  const auto* data = buffer<std::uint8_t>(1);
  if (data == nullptr) return noBuffer();
  const Bitmap bits{data, at_};
  if (field_.dataType == DataType::boolean) {
    memory_.numbers.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) memory_.numbers[i] = bits[i] ? 1.0 : 0.0;
    return numbersFromMemory();
  }
  memory_.cells.resize(rows_);
  for (std::size_t i = 0; i < rows_; ++i) memory_.cells[i] = isValid(i) ? Cell::of(bits[i]) : Cell::none();
  return Column::ofCells(memory_.cells.data());
}

ColumnReader::Result ColumnReader::readTemporal() {
  const bool isNarrow = type_.id == TypeId::date32 || type_.id == TypeId::time32;
  return isNarrow ? temporal<std::int32_t>() : temporal<std::int64_t>();
}

/// Days, or seconds of the day or since 1970, where the field has that very type; anything else is cast
/// from ISO text like a cell of a file.
template <class Tick>
ColumnReader::Result ColumnReader::temporal() {
  const Tick* data = buffer<Tick>(1);
  if (data == nullptr) return noBuffer();
  data += at_;
  const bool isTime = type_.id == TypeId::time32 || type_.id == TypeId::time64;
  const bool isDate = type_.id == TypeId::date32 || type_.id == TypeId::date64;
  const auto days = [&](std::size_t i) {
    return type_.id == TypeId::date32 ? static_cast<double>(data[i])
                                      : static_cast<double>(floorDivide(data[i], type_.perSecond * kSecondsPerDay));
  };
  const auto seconds = [&](std::size_t i) {
    if (type_.id == TypeId::date32) return static_cast<double>(std::int64_t{data[i]} * kSecondsPerDay);
    const std::int64_t whole = floorDivide(data[i], type_.perSecond);
    const std::int64_t rest = data[i] - whole * type_.perSecond;
    return static_cast<double>(whole) + static_cast<double>(rest) / static_cast<double>(type_.perSecond);
  };
  const auto as = [&](auto value) {
    memory_.numbers.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) memory_.numbers[i] = value(i);
    return numbersFromMemory();
  };
  if (isTime && (field_.dataType == DataType::time || field_.dataType == DataType::timeSeconds)) return as(seconds);
  if (!isTime && field_.dataType == DataType::date) return as(days);
  if (!isTime && field_.dataType == DataType::dateTime) return as(seconds);
  return writtenTexts([&](std::size_t i) {
    if (isTime) {
      appendTime(memory_.bytes, seconds(i));
    } else if (isDate) {
      appendDate(memory_.bytes, days(i));
    } else {
      appendDateTime(memory_.bytes, seconds(i));
    }
  });
}

}  // namespace scorelet::arrow
