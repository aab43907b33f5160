#include "service/tensors.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace scorelet::service {
namespace {

constexpr double kMostNumbers = 1e9;  // in one tensor: far beyond what a body can hold

struct WholeNumbers {
  std::string_view name;
  double least, most;
};
constexpr WholeNumbers kWholeNumbers[] = {{"INT8", -0x1p7, 0x1p7 - 1},    {"INT16", -0x1p15, 0x1p15 - 1},
                                          {"INT32", -0x1p31, 0x1p31 - 1}, {"INT64", -0x1p63, 0x1p63},
                                          {"UINT8", 0, 0x1p8 - 1},        {"UINT16", 0, 0x1p16 - 1},
                                          {"UINT32", 0, 0x1p32 - 1},      {"UINT64", 0, 0x1p64}};

const WholeNumbers* wholeNumbers(std::string_view type) noexcept {
  const auto found = std::ranges::find_if(kWholeNumbers, [&](const WholeNumbers& w) { return w.name == type; });
  return found == std::end(kWholeNumbers) ? nullptr : found;
}

bool isKnown(std::string_view type) noexcept {
  return type == "BOOL" || type == "FP32" || type == "FP64" || type == "BYTES" || wholeNumbers(type) != nullptr;
}

/// A scalar of a tensor as a cell; false if it is none of its datatype. Null is missing in each.
bool convert(const JsonNode& scalar, std::string_view type, Cell& cell) {
  if (scalar.kind == JsonKind::object) return false;
  cell = cellOf(scalar);
  if (scalar.kind == JsonKind::null) return true;
  if (type == "BYTES") return scalar.kind == JsonKind::text;
  if (type == "BOOL") return scalar.kind == JsonKind::boolean;
  if (scalar.kind != JsonKind::number) return false;
  if (type == "FP32") cell.number = static_cast<float>(cell.number);  // what the client's tensor held
  const WholeNumbers* whole = wholeNumbers(type);
  return whole == nullptr
             ? std::isfinite(cell.number)
             : std::floor(cell.number) == cell.number && cell.number >= whole->least && cell.number <= whole->most;
}

std::string inQuotes(std::string_view name) { return '"' + std::string(name) + '"'; }

}  // namespace

std::string_view tensorType(DataType type) noexcept {
  switch (type) {
    case DataType::boolean: return "BOOL";
    case DataType::integer: return "INT64";
    case DataType::float32: return "FP32";
    default: return isNumeric(type) || type == DataType::timeSeconds ? "FP64" : "BYTES";
  }
}

Answer<void> InputTensors::read(JsonValue inputs) {
  if (!inputs.is(JsonKind::array)) return fail(400, "\"inputs\" is to be an array of tensors.", "inputs");
  for (const JsonValue tensor : inputs)
    if (auto ok = readTensor(tensor); !ok) return ok;
  return {};
}

Answer<void> InputTensors::readTensor(JsonValue tensor) {
  const JsonValue named = tensor.member("name");
  if (!named.is(JsonKind::text)) return fail(400, "An input tensor has a \"name\", which is a text.", "inputs");
  const std::string name(named.text());
  const int input = model_.inputIndex(name);
  if (input < 0) return fail(400, "The model has no input " + inQuotes(name) + ".", name);
  if (table_.isBound(input)) return fail(400, "There are two input tensors " + inQuotes(name) + ".", name);
  const JsonValue type = tensor.member("datatype");
  if (!type.is(JsonKind::text) || !isKnown(type.text()))
    return fail(400,
                "The \"datatype\" of input " + inQuotes(name) +
                    " is to be BOOL, INT8 to INT64, UINT8 to UINT64, FP32, FP64 or BYTES.",
                name);
  std::size_t rows = 0;
  const auto perRow = readShape(tensor.member("shape"), name, rows);
  if (!perRow) return std::unexpected(perRow.error());
  auto cells = readData(tensor.member("data"), type.text(), name);
  if (!cells) return std::unexpected(cells.error());
  if (cells->size() != rows * *perRow)
    return fail(400,
                "Input " + inQuotes(name) + " has " + std::to_string(cells->size()) +
                    " values, but its shape asks for " + std::to_string(rows * *perRow) + ".",
                name);
  if (!isFirst_ && rows != rows_)
    return fail(400,
                "Input " + inQuotes(name) + " has " + std::to_string(rows) + " rows, the one before it " +
                    std::to_string(rows_) + ".",
                name);
  isFirst_ = false;
  rows_ = rows;
  std::vector<Cell>& column = table_.column(input);
  if (!model_.inputs()[static_cast<std::size_t>(input)].isList) {
    if (*perRow != 1 && rows > 0)
      return fail(400, "Input " + inQuotes(name) + " takes one value a row: its shape is [rows] or [rows, 1].", name);
    column = std::move(*cells);
    return {};
  }
  const std::span<const Cell> items = items_.emplace_back(std::move(*cells));
  for (std::size_t row = 0; row < rows; ++row) column.push_back(Cell::of(items.subspan(row * *perRow, *perRow)));
  return {};
}

/// The number of values in a row.
Answer<std::size_t> InputTensors::readShape(JsonValue shape, const std::string& name, std::size_t& rows) const {
  const auto wrong = [&] {
    return fail(400,
                "The \"shape\" of input " + inQuotes(name) +
                    " is to be an array of whole numbers, the first of them the number of rows.",
                name);
  };
  if (!shape.is(JsonKind::array) || shape.size() == 0) return wrong();
  double perRow = 1, all = 1;
  bool isFirst = true;
  for (const JsonValue length : shape) {
    const double n = length.node().number;
    if (!length.is(JsonKind::number) || n < 0 || std::floor(n) != n || n > kMostNumbers) return wrong();
    if (isFirst)
      rows = static_cast<std::size_t>(n);
    else
      perRow *= n;
    all *= n;
    if (perRow > kMostNumbers || all > kMostNumbers) return wrong();
    isFirst = false;
  }
  return static_cast<std::size_t>(perRow);
}

Answer<std::vector<Cell>> InputTensors::readData(JsonValue data, std::string_view type, const std::string& name) const {
  if (!data.is(JsonKind::array))
    return fail(400, "Input " + inQuotes(name) + " has no \"data\", which is an array.", name);
  std::vector<Cell> cells;
  const bool ok =
      data.forEachScalar([&](const JsonNode& scalar) { return convert(scalar, type, cells.emplace_back()); });
  if (ok) return cells;
  return fail(
      400,
      "Value " + std::to_string(cells.size()) + " of input " + inQuotes(name) + " is no " + std::string(type) + ".",
      name);
}

}  // namespace scorelet::service
