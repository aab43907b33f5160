// Checks of one array, and the way to the reader of its type.
#include "api/arrow_column.hpp"

#include "api/arrow_reader.hpp"
#include "base/value.hpp"

namespace scorelet::arrow {
namespace {

std::size_t bufferCount(TypeId id) noexcept {
  if (id == TypeId::null) return 0;
  return id == TypeId::utf8 || id == TypeId::largeUtf8 ? 3 : 2;
}

}  // namespace

ColumnReader::Result ColumnReader::read() {
  if (schema_.format == nullptr) return Error("its type is not given");
  const auto type = typeOf(schema_.format);
  if (!type) {
    return Error("a PMML field takes no value of this type; cast the column to float64, utf8 or a date type");
  }
  type_ = *type;
  if (auto error = check(); !error.empty()) return Error(error);
  if (type_.id == TypeId::null || rows_ == 0) return Column{};
  at_ = static_cast<std::size_t>(array_.offset) + window_.first;
  valid_ = validity();
  if (schema_.dictionary != nullptr) return readDictionary();
  if (isText(type_.id)) return readTexts();
  if (isTemporal(type_.id)) return readTemporal();
  return isList(type_.id) ? readList() : readNumbers();
}

std::string ColumnReader::check() const {
  std::size_t buffers = bufferCount(type_.id);
  if (type_.id == TypeId::utf8View) {  // validity, views, any number of data buffers, their sizes
    if (array_.n_buffers < 3 || array_.n_buffers > kMaxRows) return "it does not have the buffers of its type";
    buffers = static_cast<std::size_t>(array_.n_buffers);
  }
  if (auto error = checkArray(array_, buffers, isList(type_.id) ? 1 : 0); !error.empty()) return error;
  if (isList(type_.id) && (schema_.n_children != 1 || schema_.children == nullptr || schema_.children[0] == nullptr)) {
    return "its schema has no item type";
  }
  if (window_.first + rows_ > static_cast<std::size_t>(array_.length)) return "it has fewer rows than the batch";
  return {};
}

const std::uint8_t* ColumnReader::validity() {
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
  makeCells(*column, window.rows, buffers);  // one value is a group of one, which only cells can say
  return Column::ofCells(buffers.cells.data());
}

}  // namespace scorelet::arrow
