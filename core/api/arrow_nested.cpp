// Dictionaries and lists: arrays inside an array.
#include "api/arrow_reader.hpp"

namespace scorelet::arrow {

ColumnReader::Result ColumnReader::readDictionary() {
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
  if (!column) return Error("its dictionary: " + column.error());
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
ColumnReader::Result ColumnReader::codes(const Column& values, std::size_t count) {
  const Index* data = buffer<Index>(1);
  if (data == nullptr) return noBuffer();
  data += at_;
  const Bitmap isPresent{values.validity, 0};
  memory_.codes.assign(rows_, -1);
  for (std::size_t i = 0; i < rows_; ++i) {
    if (!isValid(i)) continue;
    if (data[i] < Index{0} || static_cast<std::uint64_t>(data[i]) >= count) {
      return Error("a dictionary index is outside the dictionary");
    }
    // NOLINTNEXTLINE(bugprone-signed-char-misuse): not negative
    const auto index = static_cast<std::size_t>(data[i]);
    if (isPresent[index]) memory_.codes[i] = static_cast<std::int32_t>(index);
  }
  return Column::ofCodes(memory_.codes.data(), values.texts, nullptr);
}

ColumnReader::Result ColumnReader::readList() {
  if (!field_.isList) return Error("the field takes one value per row, not a list");
  return type_.id == TypeId::list ? lists<std::int32_t>() : lists<std::int64_t>();
}

template <class Offset>
ColumnReader::Result ColumnReader::lists() {
  const auto checked = offsets<Offset>();
  if (!checked) return Error(checked.error());
  const Offset* offsets = *checked;
  const ArrowArray& child = *array_.children[0];
  if (child.length < 0 || child.length > kMaxRows || offsets[rows_] > child.length) {
    return Error("its offsets point past the items");
  }
  const auto first = static_cast<std::size_t>(offsets[0]);
  const Window window{first, static_cast<std::size_t>(offsets[rows_]) - first, {}};
  const char* format = schema_.children[0]->format;
  if (const auto type = typeOf(format == nullptr ? "" : format); type && isList(type->id)) {
    return Error("its items are lists; lists of lists (of sequence models) are taken from JSON records only");
  }
  InputField item = field_;
  item.isList = false;
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

}  // namespace scorelet::arrow
