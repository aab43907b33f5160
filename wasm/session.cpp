#include "session.hpp"

#include <bit>
#include <unordered_map>

namespace scorelet::wasm {

std::uintptr_t Session::reserve(std::size_t bytes) {
  inbox_.reserve(bytes);
  return inbox_.address();
}

std::span<const Cell> Session::cells(std::size_t offset, std::size_t count) {
  const std::size_t mine = cellsUsed_++;
  if (mine == cells_.size()) cells_.emplace_back();
  cells_[mine].resize(count);
  const auto* wire = inbox_.at<WireCell>(offset);
  for (std::size_t i = 0; i < count; ++i) {
    Cell cell{static_cast<Cell::Kind>(wire[i].kind), wire[i].value, {}, {}};
    const auto place = static_cast<std::size_t>(wire[i].value);
    if (cell.kind == Cell::Kind::text) cell.text = {inbox_.at<char>(place), wire[i].size};
    if (cell.kind == Cell::Kind::list) cell = Cell::of(cells(place, wire[i].size));
    cells_[mine][i] = cell;
  }
  return cells_[mine];
}

Column Session::column(const WireColumn& wire, std::size_t rows) {
  switch (static_cast<Column::Kind>(wire.kind)) {
    case Column::Kind::numbers: return Column::ofNumbers(inbox_.at<double>(wire.lanes));
    case Column::Kind::codes:
      return Column::ofCodes(inbox_.at<std::int32_t>(wire.lanes),
                             {inbox_.at<char>(wire.bytes), inbox_.at<std::int32_t>(wire.offsets), wire.texts});
    case Column::Kind::cells: return Column::ofCells(cells(wire.lanes, rows).data());
    default: return {};
  }
}

void Session::score(std::size_t rows, std::size_t columns, bool details) {
  cellsUsed_ = 0;
  batch_.rows = rows;
  batch_.columns.clear();
  const auto* wire = inbox_.at<WireColumn>(0);
  for (std::size_t i = 0; i < columns; ++i) batch_.columns.push_back(column(wire[i], rows));
  detailsLater_ = false;
  scorer_.keepDetails(details);
  scorer_.score(batch_);
}

bool Session::scoreNumbers() {
  // Details cost more than many a model: they are worked out when asked for. A second time answers the same as the
  // first, but where rows are remembered.
  detailsLater_ = !isStateful();
  scoreNumbers(!detailsLater_);
  return scorer_.ok(0);
}

void Session::scoreNumbers(bool details) {
  const std::size_t inputs = scorer_.model().inputs().size();
  batch_.rows = 0;
  scorer_.keepDetails(details);
  scorer_.scoreRecord({numbers_.data(), inputs}, std::span(numbers_).subspan(inputs));
}

double Session::numberOf(const std::string& text) const { return scorer_.model().numberOf(text).value_or(-1); }

std::uintptr_t Session::lanes(std::size_t c) const noexcept {
  return reinterpret_cast<std::uintptr_t>(scorer_.column(c).data());
}

std::uintptr_t Session::codes(std::size_t c) {
  const std::span<const double> lanes = scorer_.column(c);
  std::vector<std::size_t> firstRows;  // of each distinct value
  std::unordered_map<std::uint64_t, std::int32_t> codeOf;
  const std::size_t cell = outbox_.begin(2);
  const std::size_t codes = outbox_.bytes(cell, lanes.size() * sizeof(std::int32_t));
  auto* code = outbox_.at<std::int32_t>(codes);
  for (std::size_t row = 0; row < lanes.size(); ++row) {
    if (scorer_.isMissing(c, row)) {
      code[row] = -1;
      continue;
    }
    const auto [place, isNew] =
        codeOf.try_emplace(std::bit_cast<std::uint64_t>(lanes[row]), static_cast<std::int32_t>(firstRows.size()));
    if (isNew) firstRows.push_back(row);
    code[row] = place->second;
  }
  std::size_t item = outbox_.list(Outbox::next(cell), firstRows.size());
  for (const std::size_t row : firstRows) {
    outbox_.value(item, scorer_.value(c, row));
    item = Outbox::next(item);
  }
  return outbox_.address();
}

std::uintptr_t Session::diagnostics() {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < scorer_.rows(); ++row) {
    if (!scorer_.ok(row)) rows.push_back(row);
  }
  std::size_t item = outbox_.begin(rows.size());
  for (const std::size_t row : rows) {
    const std::size_t pair = outbox_.list(item, 2);
    outbox_.number(pair, static_cast<double>(row));
    outbox_.diagnostics(Outbox::next(pair), scorer_.diagnostics(row));
    item = Outbox::next(item);
  }
  return outbox_.address();
}

std::uintptr_t Session::record(std::size_t row) {
  const std::size_t results = scorer_.model().results().size();
  std::size_t cell = outbox_.begin(results + 1);
  for (std::size_t c = 0; c < results; ++c) {
    outbox_.value(cell, scorer_.value(c, row));
    cell = Outbox::next(cell);
  }
  outbox_.diagnostics(cell, scorer_.ok(row) ? Diagnostics{} : scorer_.diagnostics(row));
  return outbox_.address();
}

std::uintptr_t Session::details(std::size_t row) {
  if (detailsLater_) scoreNumbers(true);
  detailsLater_ = false;
  const RowDetails details = scorer_.details(row);
  std::size_t cell = outbox_.begin(7);
  for (const ResultValue* value : {&details.predictedValue, &details.predictedDisplayValue, &details.entityId}) {
    outbox_.value(cell, *value);
    cell = Outbox::next(cell);
  }
  for (const auto* weights : {&details.probability, &details.confidence, &details.affinity}) {
    std::size_t item = outbox_.list(cell, weights->size() * 2);
    for (const auto& [key, value] : *weights) {
      outbox_.text(item, key);
      outbox_.number(Outbox::next(item), value);
      item = Outbox::next(Outbox::next(item));
    }
    cell = Outbox::next(cell);
  }
  std::size_t item = outbox_.list(cell, details.derived.size() * 2);
  for (const auto& [name, value] : details.derived) {
    outbox_.text(item, name);
    outbox_.value(Outbox::next(item), value);
    item = Outbox::next(Outbox::next(item));
  }
  return outbox_.address();
}

std::uintptr_t Session::verify() {
  const VerificationReport report = scorelet::verify(scorer_.model());
  std::size_t cell = outbox_.begin(5);
  outbox_.number(cell, static_cast<double>(report.records));
  outbox_.number(cell = Outbox::next(cell), static_cast<double>(report.fields));
  std::size_t item = outbox_.list(cell = Outbox::next(cell), report.mismatches.size());
  for (const VerificationMismatch& mismatch : report.mismatches) {
    std::size_t part = outbox_.list(item, 4);
    outbox_.number(part, static_cast<double>(mismatch.record));
    outbox_.text(part = Outbox::next(part), mismatch.field);
    outbox_.text(part = Outbox::next(part), mismatch.expected);
    outbox_.text(Outbox::next(part), mismatch.actual);
    item = Outbox::next(item);
  }
  outbox_.diagnostics(cell = Outbox::next(cell), report.diagnostics);
  item = outbox_.list(Outbox::next(cell), report.firstRecord.size() * 2);
  for (const auto& [name, value] : report.firstRecord) {
    outbox_.text(item, name);
    outbox_.text(Outbox::next(item), value);
    item = Outbox::next(Outbox::next(item));
  }
  return outbox_.address();
}

std::uintptr_t Session::ndjson(bool allOutputs, bool details) {
  RecordOptions options;
  options.allOutputs = allOutputs;
  options.details = details;
  std::string out;
  for (std::size_t row = 0; row < scorer_.rows(); ++row) {
    appendResultJson(out, scorer_, row, options);
    out += '\n';
  }
  outbox_.text(outbox_.begin(1), out);
  return outbox_.address();
}

std::uintptr_t Session::csv(bool allOutputs, bool header) {
  RecordOptions options;
  options.allOutputs = allOutputs;
  std::string out;
  if (header) {
    appendCsvHeader(out, scorer_.model(), options);
    out += '\n';
  }
  for (std::size_t row = 0; row < scorer_.rows(); ++row) {
    appendResultCsv(out, scorer_, row, options);
    out += '\n';
  }
  outbox_.text(outbox_.begin(1), out);
  return outbox_.address();
}

std::uintptr_t Session::saveState() {
  const std::vector<std::byte> state = scorer_.saveState();
  outbox_.text(outbox_.begin(1), {reinterpret_cast<const char*>(state.data()), state.size()});
  return outbox_.address();
}

std::uintptr_t Session::restoreState(std::size_t size) {
  const auto restored = scorer_.restoreState({inbox_.at<const std::byte>(0), size});
  outbox_.diagnostics(outbox_.begin(1), restored ? Diagnostics{} : restored.error());
  return outbox_.address();
}

}  // namespace scorelet::wasm
