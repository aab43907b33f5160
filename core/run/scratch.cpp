#include "run/scratch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/datetime.hpp"
#include "base/number.hpp"
#include "run/cells.hpp"

namespace scorelet {

using program::kChunk;

Scratch::Scratch(const program::Program& p)
    : program(p), strings(p.symbols), regexes(p.limits.regexSteps), detailSlots_(detailSlots(p.details)) {
  for (const program::StatefulStep* step : p.stateful) states.push_back(step->makeState());
  results.resize(p.results.size());
  details.resize(detailSlots_.size());
}

void Scratch::reset() {
  for (const auto& state : states) state->reset();
}

void Scratch::setStride(std::size_t stride) {
  if (stride_ == stride) return;
  stride_ = stride;
  lanes_.resize(std::max(lanes_.size(), program.slotCount * stride));
  for (const auto& [slot, value, type] : program.constants) std::fill_n(lanes_.data() + slot * stride, stride, value);
}

void Scratch::score(const Batch& batch) {
  begin(batch.rows);
  for (std::size_t first = 0; first < rows; first += kChunk) {
    const std::size_t n = std::min(kChunk, rows - first);
    forEachPlan(
        [&](const program::Plan& plan) { n == 1 ? readRow(plan, batch, first) : readInputs(plan, batch, first, n); });
    runChunk(first, n);
  }
}

void Scratch::begin(std::size_t rowsToCome) {
  strings.clear();
  lists.clear();
  if (rows != rowsToCome) resize(rowsToCome);
  if (keepsDetails)
    for (auto& column : details) column.resize(rows);
}

void Scratch::resize(std::size_t rowsToCome) {
  rows = rowsToCome;
  ok.resize(rows);
  for (auto& column : results) column.resize(rows);
  // Chunks only bound memory: every lane is computed by itself.
  setStride(rows == 1 ? 1 : kChunk);
}

namespace {

/// Whether all lanes hold values. Of a NaN alone the bits without the sign are beyond those of infinity: integers,
/// which every compiler compares in lanes.
bool arePresent(const double* lanes, std::size_t n) noexcept {
  constexpr auto kInfinity = std::bit_cast<std::int64_t>(std::numeric_limits<double>::infinity());
  std::int64_t beyond = 0;
  for (std::size_t i = 0; i < n; ++i)
    beyond |= kInfinity - (std::bit_cast<std::int64_t>(lanes[i]) & std::numeric_limits<std::int64_t>::max());
  return beyond >= 0;
}

}  // namespace

void Scratch::runChunk(std::size_t first, std::size_t n) {
  const program::Frame frame{lanes_.data(), stride_, n, strings, regexes, lists, text, buffers, states, program.limits};
  forEachPlan([&](const program::Plan& plan) { program::run(plan.steps, frame); });
  if (look) look(frame, first);
  n == 1 ? keepRow(frame, first) : keepRows(frame, first);
  if (!keepsDetails) return;
  for (std::size_t d = 0; d < detailSlots_.size(); ++d)
    if (detailSlots_[d] != program::kNoSlot) std::copy_n(frame.at(detailSlots_[d]), n, details[d].data() + first);
}

void Scratch::keepRow(const program::Frame& frame, std::size_t row) {
  bool isOk = true;
  for (std::size_t c = 0; c < results.size(); ++c) {
    const double x = *frame.at(program.resultSlots[c].slot);
    results[c][row] = x;
    isOk &= isPresent(x) || !isInvalid(x);
  }
  ok[row] = isOk ? 1 : 0;
}

void Scratch::keepRows(const program::Frame& frame, std::size_t first) {
  std::fill_n(ok.data() + first, frame.n, 1);
  for (std::size_t c = 0; c < results.size(); ++c) {
    const double* lane = frame.at(program.resultSlots[c].slot);
    std::copy_n(lane, frame.n, results[c].data() + first);
    if (arePresent(lane, frame.n)) continue;
    for (std::size_t i = 0; i < frame.n; ++i)
      if (isInvalid(lane[i])) ok[first + i] = 0;
  }
}

namespace {

/// A number from the caller in the lanes of `type`. NaN is missing.
Value fromNumber(double x, DataType type, Strings& strings) {
  if (x != x) return missing();
  switch (type) {
    case DataType::float64: return x;
    case DataType::float32: return toFloat(x);
    case DataType::integer:  // beyond 2^53 a double cannot tell integers apart
      return std::fabs(x) <= 0x1p53 && std::floor(x) == x ? x : invalid(Reason::notCastable);
    case DataType::boolean: return x == 0 || x == 1 ? x : invalid(Reason::notCastable);
    case DataType::string: return castValue(x, DataType::float64, DataType::string, strings);
    default: return x;
  }
}

}  // namespace

void fromNumbers(const double* numbers, std::size_t n, DataType type, Strings& strings, double* lane) {
  if (type == DataType::float64)  // the frequent types without a call for each
    for (std::size_t i = 0; i < n; ++i) lane[i] = numbers[i] == numbers[i] ? numbers[i] : missing();
  else if (type == DataType::float32)
    for (std::size_t i = 0; i < n; ++i)
      lane[i] = numbers[i] == numbers[i] ? static_cast<double>(static_cast<float>(numbers[i])) : missing();
  else
    for (std::size_t i = 0; i < n; ++i) lane[i] = fromNumber(numbers[i], type, strings);
}

namespace {

/// Most values are numbers that pass as they are. False where `x` needs more than that.
bool takePlain(const program::InputPlan& plan, double x, double& lane) noexcept {
  const double number = plan.type == DataType::float32 ? toFloat(x) : x;
  if (!(number >= plan.least && number <= plan.most)) return false;
  if (plan.type == DataType::integer && static_cast<double>(static_cast<std::int64_t>(number)) != number) return false;
  lane = number;
  return true;
}

Value fromText(std::string_view text, DataType type, Strings& strings) {
  if (type == DataType::string) return strings.intern(text);
  const std::string_view word = trim(text);
  if (word.empty()) return missing();  // an empty cell of any other type says nothing
  if (word == "NaN" && isNumeric(type)) return missing();
  const Value v = castText(text, type, strings);
  return isPresent(v) || isInvalid(v) ? v : missing();
}

}  // namespace

Value readCell(const Cell& cell, DataType type, Strings& strings) {
  switch (cell.kind) {
    case Cell::Kind::missing: return missing();
    case Cell::Kind::number: return fromNumber(cell.number, type, strings);
    case Cell::Kind::boolean:
      if (type == DataType::string) return strings.intern(cell.number != 0 ? "true" : "false");
      return fromNumber(cell.number, type, strings);
    case Cell::Kind::text: return fromText(cell.text, type, strings);
    case Cell::Kind::list: break;
  }
  return invalid(Reason::notCastable);
}

/// A group's values, each treated by itself; a single value is a group of one.
void Scratch::readList(const program::InputPlan& plan, const Cell& cell, std::size_t i) {
  const program::Treatment& treatment = program.treatments[plan.domain];
  double& lane = lanes_[plan.slot * stride_ + i];
  double* const sets = plan.sets == program::kNoSlot ? nullptr : &lanes_[plan.sets * stride_ + i];
  if (cell.kind == Cell::Kind::missing) {
    lane = treatment.applyToList(missing());
    if (sets != nullptr) *sets = lane;
    return;
  }
  items_.clear();
  ends_.clear();
  bool isTooLong = false;
  const auto add = [&](const Cell& item) {
    isTooLong |= items_.size() == program.limits.listItems;
    if (!isTooLong) items_.push_back(treatment.apply(readCell(item, plan.type, strings)));
  };
  for (const Cell& item : cell.kind == Cell::Kind::list ? cell.items : CellList{&cell, 1}) {
    if (sets != nullptr && item.kind == Cell::Kind::list)
      for (const Cell& inner : item.items) add(inner);
    else
      add(item);
    isTooLong |= sets != nullptr && ends_.size() == program.limits.listItems;
    if (isTooLong) break;
    if (sets != nullptr) ends_.push_back(static_cast<Value>(items_.size()));
  }
  lane = isTooLong ? invalid(Reason::textLimit, treatment.field) : lists.add(items_);
  if (sets != nullptr) *sets = isTooLong ? lane : lists.add(ends_);
}

namespace {

const Column& columnOf(const Batch& batch, const program::InputPlan& plan) noexcept {
  static constexpr Column kAbsent{};
  return plan.input < batch.columns.size() ? batch.columns[plan.input] : kAbsent;
}

}  // namespace

void Scratch::readInputs(const program::Plan& of, const Batch& batch, std::size_t first, std::size_t n) {
  for (const program::InputPlan& plan : of.inputs) readInput(plan, columnOf(batch, plan), first, n);
}

void Scratch::readRow(const program::Plan& of, const Batch& batch, std::size_t row) {
  double* const lanes = lanes_.data();
  const std::size_t stride = stride_;
  for (const program::InputPlan& plan : of.inputs) {
    const Column& column = columnOf(batch, plan);
    const bool isNumber = column.kind == Column::Kind::numbers && column.validity == nullptr;
    if (!isNumber || !takePlain(plan, column.numbers[row], lanes[plan.slot * stride])) readInput(plan, column, row, 1);
  }
}

void Scratch::readInput(const program::InputPlan& plan, const Column& column, std::size_t first, std::size_t n) {
  double* lane = lanes_.data() + plan.slot * stride_;
  const program::Treatment& treatment = program.treatments[plan.domain];
  if (plan.isList) {
    for (std::size_t i = 0; i < n; ++i) readList(plan, column.cell(first + i), i);
    return;
  }
  switch (column.kind) {
    case Column::Kind::absent:
      for (std::size_t i = 0; i < n; ++i) lane[i] = missing();
      break;
    case Column::Kind::numbers:
      fromNumbers(column.numbers + first, n, plan.type, strings, lane);
      for (std::size_t i = 0; i < n && column.validity != nullptr; ++i)
        if (!column.isValid(first + i)) lane[i] = missing();
      break;
    case Column::Kind::text:
      for (std::size_t i = 0; i < n; ++i)
        lane[i] = column.isValid(first + i) ? fromText(column.texts[first + i], plan.type, strings) : missing();
      break;
    case Column::Kind::codes:
      for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t code = column.codes[first + i];
        const bool isPresentCode =
            column.isValid(first + i) && code >= 0 && static_cast<std::size_t>(code) < column.texts.size;
        lane[i] =
            isPresentCode ? fromText(column.texts[static_cast<std::size_t>(code)], plan.type, strings) : missing();
      }
      break;
    case Column::Kind::cells:
      for (std::size_t i = 0; i < n; ++i) lane[i] = readCell(column.cells[first + i], plan.type, strings);
      break;
  }
  if (!treatment.passesAll() || !arePresent(lane, n)) treatment.apply({lane, n});
}

void Scratch::scoreRecord(std::span<const double> values) {
  begin(1);
  if (const std::size_t n = program.inputs.size(); values.size() < n) {  // what is not there is missing
    buffers.numbers.assign(values.begin(), values.end());
    buffers.numbers.resize(n, missing());
    values = buffers.numbers;
  }
  forEachPlan([&](const program::Plan& of) {
    double* const lanes = lanes_.data();
    for (const program::InputPlan& plan : of.inputs) {
      const double x = values[plan.input];
      if (!takePlain(plan, x, lanes[plan.slot])) readNumber(plan, x);
    }
  });
  runChunk(0, 1);
}

void Scratch::readNumber(const program::InputPlan& plan, double x) {
  double& lane = lanes_[plan.slot];
  const program::Treatment& treatment = program.treatments[plan.domain];
  if (plan.isList) {
    lane = isPresent(x) ? invalid(Reason::notCastable, treatment.field) : treatment.applyToList(missing());
    if (plan.sets != program::kNoSlot) lanes_[plan.sets] = lane;
  } else if (plan.type == DataType::string && isPresent(x)) {
    const bool isText = x >= 0 && x < program.symbols.size() && std::floor(x) == x;
    lane = treatment.apply(isText ? x : invalid(Reason::notCastable));
  } else {
    lane = treatment.apply(fromNumber(x, plan.type, strings));
  }
}

std::vector<program::Slot> detailSlots(const program::DetailPlan& plan) {
  std::vector<program::Slot> slots{plan.predictedValue.slot, plan.predictedDisplayValue.slot, plan.entityId.slot};
  for (const auto* list : {&plan.probability, &plan.confidence, &plan.affinity})
    for (const auto& [key, slot] : *list) slots.push_back(slot);
  for (const auto& [name, value, active] : plan.derived) {
    slots.push_back(value.slot);
    slots.insert(slots.end(), active.begin(), active.end());
  }
  return slots;
}

ResultValue toResultValue(Value v, DataType type, DataType item, const Strings& strings, const program::Lists& lists) {
  ResultValue out;
  if (!isPresent(v)) return out;
  switch (type) {
    case DataType::list:
      out.kind = ResultValue::Kind::list;
      for (const Value i : lists[v]) out.items.push_back(toResultValue(i, item, item, strings, lists));
      return out;
    case DataType::boolean:
      out.kind = ResultValue::Kind::boolean;
      out.number = v;
      return out;
    case DataType::string:
    case DataType::date:
    case DataType::time:
    case DataType::dateTime:
      out.kind = ResultValue::Kind::text;
      appendText(out.text, v, type, strings);
      return out;
    default:
      out.kind = ResultValue::Kind::number;
      out.number = v;
      return out;
  }
}

}  // namespace scorelet
