#include "typed_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/number.hpp"

namespace scorelet::test {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TypedRows::TypedRows(const Model& model, const Csv& table, std::size_t rows) : rows_(rows) {
  for (const InputField& field : model.inputs()) inputs_.push_back(read(model, field, table));
}

TypedRows::Input TypedRows::read(const Model& model, const InputField& field, const Csv& table) const {
  Input input;
  input.name = field.name;
  const auto at = static_cast<std::size_t>(std::ranges::find(table.columns, field.name) - table.columns.begin());
  const auto cell = [&](std::size_t row) -> const std::string& { return table.rows[row % table.rows.size()][at]; };
  if (at == table.columns.size()) {
    input.numbers.assign(rows_, kMissing);
    return input;
  }
  for (std::size_t row = 0; row < rows_; ++row) input.isText |= !cell(row).empty() && !parseDouble(cell(row));
  for (std::size_t row = 0; row < rows_; ++row) {
    const std::string& text = cell(row);
    if (!input.isText) {
      input.numbers.push_back(parseDouble(text).value_or(kMissing));
      continue;
    }
    const auto code = std::ranges::find(input.texts, text) - input.texts.begin();
    input.codes.push_back(text.empty() ? -1 : static_cast<std::int32_t>(code));
    if (text.empty() || code < std::ssize(input.texts)) continue;
    input.texts.push_back(text);
    input.known.push_back(model.numberOf(text).value_or(kMissing));
    input.bytes += text;
    input.offsets.push_back(static_cast<std::int32_t>(input.bytes.size()));
  }
  return input;
}

Batch TypedRows::all() const {
  Batch batch{rows_, {}};
  for (const Input& input : inputs_) {
    const TextView texts{input.bytes.data(), input.offsets.data(), input.texts.size()};
    batch.columns.push_back(input.isText ? Column::ofCodes(input.codes.data(), texts)
                                         : Column::ofNumbers(input.numbers.data()));
  }
  return batch;
}

std::vector<double> TypedRows::record(std::size_t row) const {
  std::vector<double> values;
  for (const Input& input : inputs_) {
    if (!input.isText)
      values.push_back(input.numbers[row]);
    else
      values.push_back(input.codes[row] < 0 ? kMissing : input.known[static_cast<std::size_t>(input.codes[row])]);
  }
  return values;
}

std::string TypedRows::json(std::size_t row) const {
  std::string out;
  for (const Input& input : inputs_) {
    if (input.isText ? input.codes[row] < 0 : std::isnan(input.numbers[row])) continue;
    out += out.empty() ? '{' : ',';
    appendJsonString(out, input.name);
    out += ':';
    if (input.isText)
      appendJsonString(out, input.texts[static_cast<std::size_t>(input.codes[row])]);
    else
      appendNumber(out, input.numbers[row]);
  }
  return out + '}';
}

}  // namespace scorelet::test
