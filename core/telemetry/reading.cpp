#include "telemetry/reading.hpp"

#include <cmath>
#include <limits>

#include "base/datetime.hpp"
#include "run/cells.hpp"

namespace scorelet::telemetry {

namespace {

using Kind = FieldBaseline::Kind;

Kind kindOf(DataType type, OpType opType) {
  return isNumeric(type) && opType == OpType::continuous ? Kind::number : Kind::category;
}

const program::InputPlan* planOf(const program::Program& program, std::size_t input) {
  for (const program::Plan* plan : {&program.forResults, &program.forDetails})
    for (const program::InputPlan& p : plan->inputs)
      if (p.input == input) return &p;
  return nullptr;
}

program::Treatment withoutReplacements(program::Treatment t) {
  t.checksValidity = true;
  t.isInner = false;
  t.invalidTreatment = InvalidValueTreatment::returnInvalid;
  t.outliers = OutlierTreatment::asIs;
  t.missingIsInvalid = false;
  t.missingReplacement = missing();
  return t;
}

}  // namespace

std::vector<Watched> watchedOf(const Model& model) {
  const program::Program& program = model.program();
  std::vector<Watched> all;
  for (std::size_t i = 0; i < program.inputs.size(); ++i) {
    const InputField& field = program.inputs[i];
    const program::InputPlan* plan = planOf(program, i);
    if (!field.isUsed || plan == nullptr || plan->isList) continue;
    all.push_back({field.name, false, i, plan->type, kindOf(plan->type, field.opType),
                   withoutReplacements(program.treatments[plan->domain])});
  }
  for (std::size_t r = 0; r < program.results.size(); ++r) {
    const DataType type = program.resultSlots[r].type;
    if (type == DataType::list) continue;
    all.push_back({program.results[r].name, true, r, type, kindOf(type, program.results[r].opType), std::nullopt});
  }
  return all;
}

Seen RowReader::read(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t row) {
  Seen seen{};
  readChunk(of, batch, scorer, row, {&seen.raw, 1}, {&seen.checked, 1});
  return seen;
}

/// Where texts are fewer than rows, each is read once.
void RowReader::readDictionary(const Watched& of, const Batch& batch, std::size_t rows) {
  if (of.isResult || of.column >= batch.columns.size()) return;
  const Column& column = batch.columns[of.column];
  if (column.kind != Column::Kind::codes || column.texts.size > rows) return;
  for (std::size_t i = 0; i < column.texts.size; ++i)
    dictionary_.push_back(readCell(Cell::of(column.texts[i]), of.type, strings_));
}

void RowReader::readChunk(const Watched& of, const Batch& batch, const Scorer& scorer, std::size_t first,
                          std::span<Value> raw, std::span<Value> checked) {
  static constexpr Column kAbsent{};
  const Column& column = !of.isResult && of.column < batch.columns.size() ? batch.columns[of.column] : kAbsent;
  if (of.isResult)
    std::ranges::copy(scorer.column(of.column).subspan(first, raw.size()), raw.begin());
  else if (column.kind == Column::Kind::numbers && column.validity == nullptr)
    fromNumbers(column.numbers + first, raw.size(), of.type, strings_, raw.data());
  else if (!dictionary_.empty())
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const auto code = static_cast<std::size_t>(column.codes[first + i]);  // beyond all if it is negative
      raw[i] = code < dictionary_.size() && column.isValid(first + i) ? dictionary_[code] : missing();
    }
  else
    for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = readCell(column.cell(first + i), of.type, strings_);
  std::ranges::copy(raw, checked.begin());
  if (of.domain) of.domain->apply(checked);
  bool hasInfinite = false;
  for (const Value v : checked) hasInfinite |= std::fabs(v) == std::numeric_limits<double>::infinity();
  if (!hasInfinite) return;
  for (Value& v : checked)
    if (std::isinf(v)) v = invalid(Reason::notInDomain);  // it has no place in a mean
}

std::string_view RowReader::text(const Watched& of, Value raw, const Scorer& scorer, std::size_t row) {
  if (of.type == DataType::string) return of.isResult ? scorer.view(of.column, row) : strings_.text(raw);
  text_.clear();
  appendText(text_, raw, of.type, strings_);
  return text_;
}

Value RowReader::laneOf(const Watched& of, const std::string& category) {
  if (of.type == DataType::string) {
    const std::uint32_t id = model_.program().symbols.find(category);
    return id == Symbols::npos ? missing() : Value(id);
  }
  const Value lane = castText(category, of.type, strings_);
  return isPresent(lane) ? lane : missing();
}

}  // namespace scorelet::telemetry
