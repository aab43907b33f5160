#include "api/arrow_column.hpp"

#include <charconv>
#include <cstring>
#include <limits>
#include <type_traits>

#include "api/arrow_type.hpp"
#include "base/datetime.hpp"

namespace scorelet::arrow {
namespace {

using Result = std::expected<Column, std::string>;
using Error = std::unexpected<std::string>;

constexpr std::int64_t kSecondsPerDay = 86'400;

constexpr std::int64_t floorDivide(std::int64_t a, std::int64_t b) noexcept {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::size_t bufferCount(TypeId id) noexcept {
  if (id == TypeId::null) return 0;
  return id == TypeId::utf8 || id == TypeId::largeUtf8 ? 3 : 2;
}

/// Leaves the values of `column` in `memory.cells`.
void makeCells(const Column& column, std::size_t count, ColumnBuffers& memory) {
  if (column.kind == Column::Kind::cells) return;
  memory.cells.assign(count, Cell::none());
  const Bitmap present{column.validity, 0};
  for (std::size_t i = 0; i < count; ++i) {
    if (!present[i]) continue;
    if (column.kind == Column::Kind::numbers && isPresent(column.numbers[i])) {
      memory.cells[i] = Cell::of(column.numbers[i]);
    }
    if (column.kind == Column::Kind::text) memory.cells[i] = Cell::of(column.texts[i]);
    if (column.kind == Column::Kind::codes && column.codes[i] >= 0) {
      memory.cells[i] = Cell::of(column.texts[static_cast<std::size_t>(column.codes[i])]);
    }
  }
}

class ColumnReader {
 public:
  ColumnReader(const InputField& field, const ArrowSchema& schema, const ArrowArray& array, const Window& window,
               ColumnBuffers& memory)
      : field_(field), schema_(schema), array_(array), window_(window), memory_(memory), rows_(window.rows) {}

  Result read() {
    if (schema_.format == nullptr) return Error("its type is not given");
    const auto type = typeOf(schema_.format);
    if (!type) return refused();
    type_ = *type;
    if (auto error = check(); !error.empty()) return Error(error);
    if (type_.id == TypeId::null || rows_ == 0) return Column{};
    at_ = static_cast<std::size_t>(array_.offset) + window_.first;
    valid_ = validity();
    if (schema_.dictionary != nullptr) return dictionary();
    switch (type_.id) {
      case TypeId::null: break;
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
      case TypeId::float64: return doubles();
      case TypeId::utf8: return texts<std::int32_t>();
      case TypeId::largeUtf8: return texts<std::int64_t>();
      case TypeId::utf8View: return textViews();
      case TypeId::date32:
      case TypeId::time32: return temporal<std::int32_t>();
      case TypeId::date64:
      case TypeId::time64:
      case TypeId::timestamp: return temporal<std::int64_t>();
      case TypeId::list: return lists<std::int32_t>();
      case TypeId::largeList: return lists<std::int64_t>();
    }
    return Column{};
  }

 private:
  [[nodiscard]] Error refused() const {
    return Error("a PMML field takes no value of this type; cast the column to float64, utf8 or a date type");
  }

  [[nodiscard]] std::string check() const {
    const bool isList = type_.id == TypeId::list || type_.id == TypeId::largeList;
    if (type_.id == TypeId::utf8View) {  // validity, views, any number of data buffers, their sizes
      if (array_.n_buffers < 3) return "it has too few buffers";
      if (array_.n_buffers > std::numeric_limits<std::int32_t>::max()) return "it has too many buffers";
    }
    const std::size_t buffers =
        type_.id == TypeId::utf8View ? static_cast<std::size_t>(array_.n_buffers) : bufferCount(type_.id);
    if (auto error = checkArray(array_, buffers, isList ? 1 : 0); !error.empty()) return error;
    if (isList && (schema_.n_children != 1 || schema_.children == nullptr || schema_.children[0] == nullptr)) {
      return "its schema has no item type";
    }
    if (window_.first + rows_ > static_cast<std::size_t>(array_.length)) return "it has fewer rows than the batch";
    return {};
  }

  /// Buffer `i` as items of T, or null if it is absent or not aligned for T.
  template <class T>
  [[nodiscard]] const T* buffer(std::size_t i) const noexcept {
    const void* p = array_.buffers[i];
    return reinterpret_cast<std::uintptr_t>(p) % alignof(T) == 0 ? static_cast<const T*>(p) : nullptr;
  }
  [[nodiscard]] Error noBuffer() const { return Error("a buffer is absent or not aligned for its type"); }
  [[nodiscard]] Error badOffsets() const { return Error("its offsets are negative or decrease"); }
  [[nodiscard]] Error tooLong() const { return Error("it holds more than 2 GiB of text; score fewer rows at once"); }

  /// The rows' own bitmap and their parent's as one that begins at bit 0; null if nothing is null.
  [[nodiscard]] const std::uint8_t* validity() {
    const auto* own = array_.null_count == 0 ? nullptr : static_cast<const std::uint8_t*>(array_.buffers[0]);
    const Bitmap mine{own, at_};
    const Bitmap parent = window_.parent;
    if (own == nullptr && parent.bits == nullptr) return nullptr;
    if (parent.bits == nullptr && at_ % 8 == 0) return own + at_ / 8;
    memory_.validity.assign((rows_ + 7) / 8, 0);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (mine[i] && parent[i]) memory_.validity[i / 8] |= static_cast<std::uint8_t>(1u << (i % 8));
    }
    return memory_.validity.data();
  }
  [[nodiscard]] bool isValid(std::size_t i) const noexcept { return Bitmap{valid_, 0}[i]; }

  template <class T>
  Result numbers() {
    const T* data = buffer<T>(1);
    if (data == nullptr) return noBuffer();
    memory_.numbers.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) memory_.numbers[i] = static_cast<double>(data[at_ + i]);
    return Column::ofNumbers(memory_.numbers.data(), valid_);
  }

  Result doubles() {
    const double* data = buffer<double>(1);
    if (data == nullptr) return noBuffer();
    return Column::ofNumbers(data + at_, valid_);
  }

  /// A double holds integers up to 2^53; a column with larger ones goes as decimal text, so that a string
  /// field (an account number, say) gets every digit and a numeric field's cast decides for itself.
  template <class T>
  Result wideIntegers() {
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

  /// Numbers 0 and 1 where the field counts or tests; elsewhere "true" and "false" must come of it.
  Result booleans() {
    const auto* data = buffer<std::uint8_t>(1);
    if (data == nullptr) return noBuffer();
    const Bitmap bits{data, at_};
    if (field_.dataType == DataType::boolean) {
      memory_.numbers.resize(rows_);
      for (std::size_t i = 0; i < rows_; ++i) memory_.numbers[i] = bits[i] ? 1.0 : 0.0;
      return Column::ofNumbers(memory_.numbers.data(), valid_);
    }
    memory_.cells.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) memory_.cells[i] = isValid(i) ? Cell::of(bits[i]) : Cell::none();
    return Column::ofCells(memory_.cells.data());
  }

  template <class Offset>
  Result texts() {
    const Offset* offsets = buffer<Offset>(1);
    if (offsets == nullptr) return noBuffer();
    offsets += at_;
    if (offsets[0] < 0) return badOffsets();
    for (std::size_t i = 0; i < rows_; ++i) {
      if (offsets[i + 1] < offsets[i]) return badOffsets();
    }
    const char* bytes = buffer<char>(2);
    if (bytes == nullptr) {
      if (offsets[rows_] != offsets[0]) return noBuffer();
      bytes = "";
    }
    if constexpr (sizeof(Offset) == sizeof(std::int32_t)) {
      return Column::ofTexts({bytes, offsets, rows_}, valid_);
    } else {
      if (offsets[rows_] - offsets[0] > std::numeric_limits<std::int32_t>::max()) return tooLong();
      memory_.offsets.resize(rows_ + 1);
      for (std::size_t i = 0; i <= rows_; ++i) memory_.offsets[i] = static_cast<std::int32_t>(offsets[i] - offsets[0]);
      return Column::ofTexts({bytes + offsets[0], memory_.offsets.data(), rows_}, valid_);
    }
  }

  /// Each view is 16 bytes: length, then the text itself if it fits, else prefix, buffer and offset
  /// (Arrow Columnar Format, "Variable-size Binary View Layout").
  Result textViews() {
    struct View { std::int32_t length, prefix, buffer, offset; };
    const auto* views = buffer<View>(1);
    const std::size_t dataBuffers = static_cast<std::size_t>(array_.n_buffers) - 3;
    const auto* sizes = buffer<std::int64_t>(dataBuffers + 2);
    if (views == nullptr || (dataBuffers > 0 && sizes == nullptr)) return noBuffer();
    bool good = true;
    Result column = writtenTexts([&](std::size_t i) {
      const View& view = views[at_ + i];
      if (view.length >= 0 && view.length <= 12) {
        memory_.bytes.append(reinterpret_cast<const char*>(&view) + sizeof view.length,
                             static_cast<std::size_t>(view.length));
        return;
      }
      const bool inside = view.length > 0 && view.buffer >= 0 && static_cast<std::size_t>(view.buffer) < dataBuffers &&
                          view.offset >= 0 && sizes[view.buffer] >= std::int64_t{view.offset} + view.length &&
                          array_.buffers[2 + view.buffer] != nullptr;
      good = good && inside;
      if (!inside) return;
      memory_.bytes.append(static_cast<const char*>(array_.buffers[2 + view.buffer]) + view.offset,
                           static_cast<std::size_t>(view.length));
    });
    if (!good) return Error("a text view points outside its buffer");
    return column;
  }

  /// Texts that `append(i)` adds to `memory_.bytes`, row by row.
  template <class Append>
  Result writtenTexts(Append append) {
    memory_.bytes.clear();
    memory_.offsets.assign(rows_ + 1, 0);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (isValid(i)) append(i);
      if (memory_.bytes.size() > std::numeric_limits<std::int32_t>::max()) return tooLong();
      memory_.offsets[i + 1] = static_cast<std::int32_t>(memory_.bytes.size());
    }
    return Column::ofTexts({memory_.bytes.data(), memory_.offsets.data(), rows_}, valid_);
  }

  /// Days, or seconds of the day or since 1970, where the field has that very type; anything else is cast
  /// from ISO text like a cell of a file.
  template <class Tick>
  Result temporal() {
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
      return Column::ofNumbers(memory_.numbers.data(), valid_);
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

  ColumnBuffers& inner() {
    if (!memory_.inner) memory_.inner = std::make_unique<ColumnBuffers>();
    return *memory_.inner;
  }

  Result dictionary() {
    if (!isIndex(type_.id)) return Error("dictionary indices must be integers");
    const char* format = schema_.dictionary->format;
    const auto valueType = format != nullptr ? typeOf(format) : std::nullopt;
    if (array_.dictionary == nullptr || schema_.dictionary->dictionary != nullptr || !valueType ||
        !isText(valueType->id)) {
      return Error("a dictionary of anything but text is not accepted; cast the column to its value type");
    }
    const ArrowArray& values = *array_.dictionary;
    if (values.length < 0 || values.length > kMaxRows) return Error("its dictionary has an impossible length");
    const Window all{0, static_cast<std::size_t>(values.length), {}};
    const Result column = ColumnReader(field_, *schema_.dictionary, values, all, inner()).read();
    if (!column) return column;
    switch (type_.id) {
      case TypeId::int8: return codes<std::int8_t>(*column, all.rows);
      case TypeId::uint8: return codes<std::uint8_t>(*column, all.rows);
      case TypeId::int16: return codes<std::int16_t>(*column, all.rows);
      case TypeId::uint16: return codes<std::uint16_t>(*column, all.rows);
      case TypeId::int32: return codes<std::int32_t>(*column, all.rows);
      case TypeId::uint32: return codes<std::uint32_t>(*column, all.rows);
      case TypeId::int64: return codes<std::int64_t>(*column, all.rows);
      default: return codes<std::uint64_t>(*column, all.rows);
    }
  }

  /// Indices as int32; those of null rows, which may be anything, and those of null values become missing.
  template <class Index>
  Result codes(const Column& values, std::size_t count) {
    const Index* data = buffer<Index>(1);
    if (data == nullptr) return noBuffer();
    data += at_;
    const Bitmap valuePresent{values.validity, 0};
    memory_.codes.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
      const bool valid = isValid(i);
      if (valid && (data[i] < Index{0} || static_cast<std::uint64_t>(data[i]) >= count)) {
        return Error("a dictionary index is outside the dictionary");
      }
      memory_.codes[i] = valid && valuePresent[static_cast<std::size_t>(data[i])] ? static_cast<std::int32_t>(data[i]) : -1;
    }
    return Column::ofCodes(memory_.codes.data(), values.texts, nullptr);
  }

  template <class Offset>
  Result lists() {
    if (!field_.isList) return Error("the field takes one value per row, not a list");
    const Offset* offsets = buffer<Offset>(1);
    if (offsets == nullptr) return noBuffer();
    offsets += at_;
    const ArrowArray& child = *array_.children[0];
    if (offsets[0] < 0) return badOffsets();
    for (std::size_t i = 0; i < rows_; ++i) {
      if (offsets[i + 1] < offsets[i]) return badOffsets();
    }
    if (child.length < 0 || offsets[rows_] > child.length || child.length > kMaxRows) {
      return Error("its offsets point past the items");
    }
    const auto first = static_cast<std::size_t>(offsets[0]);
    const Window window{first, static_cast<std::size_t>(offsets[rows_]) - first, {}};
    InputField item = field_;
    item.isList = false;  // a list of lists is refused
    ColumnBuffers& memory = inner();
    const Result column = ColumnReader(item, *schema_.children[0], child, window, memory).read();
    if (!column) return Error("its items: " + column.error());
    makeCells(*column, window.rows, memory);
    memory_.cells.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto begin = static_cast<std::size_t>(offsets[i]) - first;
      const auto size = static_cast<std::size_t>(offsets[i + 1] - offsets[i]);
      memory_.cells[i] = isValid(i) ? Cell::of(std::span<const Cell>(memory.cells.data() + begin, size)) : Cell::none();
    }
    return Column::ofCells(memory_.cells.data());
  }

  const InputField& field_;
  const ArrowSchema& schema_;
  const ArrowArray& array_;
  const Window& window_;
  ColumnBuffers& memory_;
  std::size_t rows_;
  std::size_t at_ = 0;                     // first row in the physical buffers
  const std::uint8_t* valid_ = nullptr;
  Type type_;
};

}  // namespace

std::string checkArray(const ArrowArray& array, std::size_t buffers, std::size_t children) {
  if (array.length < 0 || array.offset < 0 || array.length > kMaxRows || array.offset > kMaxRows) {
    return "its length or offset is negative or too large";
  }
  if (array.null_count < -1 || array.null_count > array.length) return "its null count is impossible";
  if (array.n_buffers != static_cast<std::int64_t>(buffers) || (buffers > 0 && array.buffers == nullptr)) {
    return "it does not have the buffers of its type";
  }
  if (array.n_children != static_cast<std::int64_t>(children) || (children > 0 && array.children == nullptr)) {
    return "it does not have the children of its type";
  }
  for (std::size_t i = 0; i < children; ++i) {
    if (array.children[i] == nullptr) return "a child is absent";
  }
  return {};
}

std::expected<Column, std::string> readColumn(const InputField& field, const ArrowSchema& schema,
                                              const ArrowArray& array, const Window& window, ColumnBuffers& buffers) {
  auto column = ColumnReader(field, schema, array, window, buffers).read();
  if (!column || !field.isList || column->kind == Column::Kind::absent || column->kind == Column::Kind::cells) {
    return column;
  }
  makeCells(*column, window.rows, buffers);  // one value is a group of one, which columns cannot say
  return Column::ofCells(buffers.cells.data());
}

}  // namespace scorelet::arrow
