#include "api/arrow_import.hpp"

#include <string>
#include <string_view>

#include "api/arrow_type.hpp"

namespace scorelet::arrow {
namespace {

void add(Diagnostics& findings, Code code, Severity severity, std::string_view field, std::string_view message) {
  Diagnostic d;
  d.code = code;
  d.severity = severity;
  d.field = field;
  d.message = message;
  findings.push_back(std::move(d));
}

std::string_view textOrEmpty(const char* s) noexcept { return s != nullptr ? std::string_view(s) : std::string_view(); }

/// What is wrong with the outer struct; empty if nothing is.
std::string checkRows(const ArrowSchema& schema, const ArrowArray& rows) {
  if (schema.release == nullptr || rows.release == nullptr) return "it has been released";
  if (textOrEmpty(schema.format) != "+s") {
    return "it is of type " + std::string(typeName(textOrEmpty(schema.format))) + ", not a struct of columns";
  }
  if (schema.n_children < 0 || schema.n_children > INT32_MAX || (schema.n_children > 0 && schema.children == nullptr)) {
    return "its schema has an impossible number of columns";
  }
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr || schema.children[i]->format == nullptr) return "a column's schema is absent";
  }
  return checkArray(rows, 1, static_cast<std::size_t>(schema.n_children));
}

}  // namespace

bool BatchReader::read(const Model& model, const ArrowSchema& schema, const ArrowArray& rows, Diagnostics& findings) {
  if (auto error = checkRows(schema, rows); !error.empty()) {
    add(findings, Code::badArgument, Severity::error, {}, "The batch cannot be read: " + error + ".");
    return false;
  }
  const auto inputs = model.inputs();
  const std::size_t columns = static_cast<std::size_t>(schema.n_children);
  bool good = true;

  columnOf_.assign(inputs.size(), -1);
  for (std::size_t c = 0; c < columns; ++c) {
    const std::string_view name = textOrEmpty(schema.children[c]->name);
    const int input = model.inputIndex(name);
    if (input < 0) {
      add(findings, Code::unknownField, Severity::note, name,
          "The model has no input '" + std::string(name) + "'; the column is ignored.");
    } else if (columnOf_[static_cast<std::size_t>(input)] >= 0) {
      add(findings, Code::duplicateName, Severity::error, name,
          "Two columns are named '" + std::string(name) + "'; remove one of them.");
      good = false;
    } else {
      columnOf_[static_cast<std::size_t>(input)] = static_cast<int>(c);
    }
  }

  const auto* bits = rows.null_count == 0 ? nullptr : static_cast<const std::uint8_t*>(rows.buffers[0]);
  const auto first = static_cast<std::size_t>(rows.offset);
  batch_.rows = static_cast<std::size_t>(rows.length);
  batch_.columns.assign(inputs.size(), Column{});
  buffers_.resize(inputs.size());
  const Window window{first, batch_.rows, {bits, first}};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (columnOf_[i] < 0) {
      if (inputs[i].isUsed) {
        add(findings, Code::missingValue, Severity::note, inputs[i].name,
            "There is no column '" + inputs[i].name + "'; the value is missing in every row.");
      }
      continue;
    }
    const ArrowSchema& type = *schema.children[columnOf_[i]];
    auto column = readColumn(inputs[i], type, *rows.children[columnOf_[i]], window, buffers_[i]);
    if (column) {
      batch_.columns[i] = *column;
      continue;
    }
    add(findings, Code::typeMismatch, Severity::error, inputs[i].name,
        "Column '" + inputs[i].name + "' of Arrow type " + std::string(typeName(type.format)) + ": " + column.error() +
            ".");
    good = false;
  }
  return good;
}

}  // namespace scorelet::arrow
