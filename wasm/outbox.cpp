#include "outbox.hpp"

#include <algorithm>

namespace scorelet::wasm {

std::size_t Outbox::begin(std::size_t items) {
  block_.clear();
  return list(block_.allocate(sizeof(WireCell)), items);
}

void Outbox::text(std::size_t cell, std::string_view text) {
  const std::size_t offset = block_.append(text);
  set(cell, ResultValue::Kind::text, text.size(), static_cast<double>(offset));
}

std::size_t Outbox::bytes(std::size_t cell, std::size_t size) {
  const std::size_t offset = block_.allocate(size);
  number(cell, static_cast<double>(offset));
  return offset;
}

std::size_t Outbox::list(std::size_t cell, std::size_t items) {
  const std::size_t first = block_.allocate(items * sizeof(WireCell));
  std::fill_n(block_.at<WireCell>(first), items, WireCell{});
  set(cell, ResultValue::Kind::list, items, static_cast<double>(first));
  return first;
}

void Outbox::value(std::size_t cell, const ResultValue& value) {
  switch (value.kind) {
    case ResultValue::Kind::text: return text(cell, value.text);
    case ResultValue::Kind::list: {
      std::size_t item = list(cell, value.items.size());
      for (const ResultValue& each : value.items) {
        this->value(item, each);
        item = next(item);
      }
      return;
    }
    default: set(cell, value.kind, 0, value.number);
  }
}

void Outbox::diagnostics(std::size_t cell, const Diagnostics& diagnostics) {
  std::size_t item = list(cell, diagnostics.size());
  for (const Diagnostic& each : diagnostics) {
    std::size_t part = list(item, 7);
    for (const std::string_view word :
         {codeName(each.code), severityName(each.severity), std::string_view(each.message), std::string_view(each.path),
          std::string_view(each.field)}) {
      text(part, word);
      part = next(part);
    }
    number(part, each.line);
    number(next(part), each.column);
    item = next(item);
  }
}

}  // namespace scorelet::wasm
