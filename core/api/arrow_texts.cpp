// Texts in Arrow's three layouts.
#include "api/arrow_reader.hpp"

namespace scorelet::arrow {

ColumnReader::Result ColumnReader::readTexts() {
  if (type_.id == TypeId::utf8View) return textViews();
  return type_.id == TypeId::utf8 ? texts<std::int32_t>() : texts<std::int64_t>();
}

template <class Offset>
ColumnReader::Result ColumnReader::texts() {
  const auto checked = offsets<Offset>();
  if (!checked) return Error(checked.error());
  const Offset* offsets = *checked;
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
ColumnReader::Result ColumnReader::textViews() {
  struct View {
    std::int32_t length, prefix, buffer, offset;
  };
  const auto* views = buffer<View>(1);
  const std::size_t dataBuffers = static_cast<std::size_t>(array_.n_buffers) - 3;
  const auto* sizes = buffer<std::int64_t>(dataBuffers + 2);
  if (views == nullptr || (dataBuffers > 0 && sizes == nullptr)) return noBuffer();
  const auto isInside = [&](const View& view) {
    if (view.length < 0 || view.buffer < 0 || view.offset < 0) return false;
    const auto b = static_cast<std::size_t>(view.buffer);
    return b < dataBuffers && array_.buffers[2 + b] != nullptr && std::int64_t{view.offset} + view.length <= sizes[b];
  };
  bool good = true;
  Result column = writtenTexts([&](std::size_t i) {
    const View& view = views[at_ + i];
    const auto size = static_cast<std::size_t>(view.length);
    if (view.length >= 0 && view.length <= 12) {
      memory_.bytes.append(reinterpret_cast<const char*>(&view) + sizeof view.length, size);
    } else if (isInside(view)) {
      memory_.bytes.append(buffer<char>(2 + static_cast<std::size_t>(view.buffer)) + view.offset, size);
    } else {
      good = false;
    }
  });
  if (!good) return Error("a text view points outside its buffer");
  return column;
}

}  // namespace scorelet::arrow
