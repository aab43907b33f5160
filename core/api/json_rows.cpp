#include <scorelet/json_rows.hpp>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "api/arena.hpp"
#include "base/number.hpp"

#include <scorelet/records.hpp>

namespace scorelet {
namespace {

constexpr std::size_t kUnknownFields = 100;  // how many are listed

std::string inQuotes(std::string_view name) {
  std::string out;
  appendJsonString(out, name);
  return out;
}

}  // namespace

/// The storage, and the events of nlohmann's parser (which does not recurse, so depth costs no stack).
struct JsonRows::State {
  struct KeptText {
    bool isText = false;
    std::string value = "null";
  };

  State(const Model& m, JsonRowsOptions o)
      : model(m),
        options(std::move(o)),
        columns(model.inputs().size()),
        columnsKept(options.kept.size()),
        pending(options.kept.size()) {
    for (const std::string& text : options.missingTexts) missingTexts.insert(text);
    for (std::size_t i = 0; i < columns.size(); ++i) inputs.emplace(model.inputs()[i].name, static_cast<int>(i));
  }

  bool parse(std::string_view record, bool many) {
    manyAllowed = many;
    inArray = inRecord = inList = inSet = false;
    skipped = 0;
    error.clear();
    for (KeptText& text : pending) text = KeptText{};
    const std::size_t before = rows;
    if (record.size() > options.recordBytes && !many) {
      error = "The record has " + std::to_string(record.size()) + " bytes; the limit is " +
              std::to_string(options.recordBytes) + ".";
    } else if (nlohmann::json::sax_parse(record.begin(), record.end(), this)) {
      return true;
    }
    while (rows > before) dropRow();
    return false;
  }

  // ---- rows
  void addRow() {
    for (auto& column : columns) column.resize(rows + 1);
    for (KeptText& value : pending) value = KeptText{};
    ++rows;
  }
  void dropRow() {
    --rows;
    for (auto& column : columns) column.resize(rows);
    for (auto& column : columnsKept) column.resize(std::min(column.size(), rows));
  }

  bool fail(std::string message) {
    error = std::move(message);
    return false;
  }

  // ---- values
  bool value(const Cell& cell, bool isText, std::string_view keptText) {
    if (skipped > 0) return true;
    if (inList) {
      if (listItems++ == options.listItems) {
        return fail("The list of field " + inQuotes(fieldName) + " has more than " + std::to_string(options.listItems) +
                    " items.");
      }
      (inSet ? set : list).push_back(cell);
      return true;
    }
    if (!inRecord) return fail("A record must be a JSON object: {\"field\": value, ...}.");
    if (input >= 0) columns[static_cast<std::size_t>(input)].back() = cell;
    for (std::size_t i = 0; i < pending.size(); ++i) {
      if (options.kept[i] == fieldName) pending[i] = {isText, std::string(keptText)};
    }
    return true;
  }

  bool null() { return value(Cell::none(), false, "null"); }
  bool boolean(bool b) { return value(Cell::of(b), false, b ? "true" : "false"); }
  bool number_integer(std::int64_t x) { return value(Cell::of(static_cast<double>(x)), false, std::to_string(x)); }
  bool number_unsigned(std::uint64_t x) { return value(Cell::of(static_cast<double>(x)), false, std::to_string(x)); }
  // From the text: the core's own number parser is the same on every target, the C library's need not be.
  bool number_float(double, const std::string& text) {
    const auto x = parseDouble(text);
    return x ? value(Cell::of(*x), false, text) : fail("The number " + text + " is out of range.");
  }
  bool string(std::string& text) {
    if (skipped > 0) return true;
    if (missingTexts.contains(text)) return value(Cell::none(), true, text);
    const auto copy = texts.copy({text.data(), text.size()});
    return value(Cell::of(std::string_view(copy.data(), copy.size())), true, text);
  }
  bool binary(nlohmann::json::binary_t&) { return fail("Binary values are not JSON."); }

  // ---- structure
  bool key(std::string& name) {
    if (skipped > 0) return true;
    fieldName = name;
    const auto known = inputs.find(name);
    input = known == inputs.end() ? -1 : known->second;
    if (input < 0) noteUnknown(name);
    return true;
  }
  bool start_object(std::size_t) {
    if (skipped > 0 || (inRecord && input < 0 && !inList)) {
      ++skipped;
      return true;
    }
    if (inRecord) return fail("Field " + inQuotes(fieldName) + " holds an object; it takes a single value.");
    if (inArray && ++arrayRecords > options.arrayRecords) {
      return fail("There are more than " + std::to_string(options.arrayRecords) + " records.");
    }
    inRecord = true;
    addRow();
    return true;
  }
  bool end_object() {
    if (skipped > 0) {
      --skipped;
      return true;
    }
    inRecord = false;
    for (std::size_t i = 0; i < pending.size(); ++i) columnsKept[i].push_back(pending[i]);
    return true;
  }
  bool start_array(std::size_t) {
    if (skipped > 0 || (inRecord && input < 0 && !inList)) {
      ++skipped;
      return true;
    }
    if (!inRecord) {
      if (!manyAllowed || inArray) return fail("A record must be a JSON object: {\"field\": value, ...}.");
      inArray = true;
      arrayRecords = 0;
      return true;
    }
    if (inList) {
      if (inSet || !model.inputs()[static_cast<std::size_t>(input)].isListOfSets)
        return fail("Field " + inQuotes(fieldName) + " holds a list within a list" + (inSet ? " of lists." : "."));
      inSet = true;
      set.clear();
      return true;
    }
    if (!model.inputs()[static_cast<std::size_t>(input)].isList) {
      return fail("Field " + inQuotes(fieldName) + " holds a list; only grouped (transactional) fields take lists.");
    }
    inList = true;
    list.clear();
    listItems = 0;
    return true;
  }
  bool end_array() {
    if (skipped > 0) {
      --skipped;
      return true;
    }
    if (!inList) {
      inArray = false;
      return true;
    }
    if (inSet) {
      inSet = false;
      return value(Cell::of(lists.copy(set)), false, "null");
    }
    inList = false;
    return value(Cell::of(lists.copy(list)), false, "null");
  }
  template <class Error>
  bool parse_error(std::size_t position, const std::string& token, const Error&) {
    // Our own refusals end the parse without passing here; what arrives is a fault of syntax.
    return fail("Not valid JSON at byte " + std::to_string(position) + ", near " + inQuotes(token) + ".");
  }

  void noteUnknown(const std::string& name) {
    if (unknown.size() == kUnknownFields || !unknownNames.insert(name).second) return;
    if (std::find(options.kept.begin(), options.kept.end(), name) != options.kept.end()) return;
    Diagnostic note;
    note.code = Code::unknownField;
    note.severity = Severity::note;
    note.field = name;
    note.message = "The model has no input field " + inQuotes(name) + "; its values are ignored.";
    unknown.push_back(std::move(note));
  }

  Model model;
  JsonRowsOptions options;
  std::unordered_map<std::string, int> inputs;  // name → index
  std::unordered_set<std::string> missingTexts, unknownNames;
  Diagnostics unknown;

  std::size_t rows = 0;
  std::vector<std::vector<Cell>> columns;          // by input
  std::vector<std::vector<KeptText>> columnsKept;  // by JsonRowsOptions::kept
  Arena<char> texts;
  Arena<Cell> lists;
  Batch batch;

  // while parsing
  bool manyAllowed = false, inArray = false, inRecord = false, inList = false, inSet = false;
  std::size_t arrayRecords = 0;
  std::size_t skipped = 0;  // nesting inside the value of an unknown name
  int input = -1;           // the field of the current value
  std::string fieldName;
  std::vector<Cell> list, set;  // `set`: a list within the list
  std::size_t listItems = 0;    // in both
  std::vector<KeptText> pending;
  std::string error;
};

JsonRows::JsonRows(const Model& model, JsonRowsOptions options)
    : state_(std::make_unique<State>(model, std::move(options))) {}
JsonRows::~JsonRows() = default;
JsonRows::JsonRows(JsonRows&&) noexcept = default;
JsonRows& JsonRows::operator=(JsonRows&&) noexcept = default;

namespace {

Expected<void> refused(std::string message) {
  Diagnostic d;
  d.code = Code::badRecord;
  d.message = std::move(message);
  return std::unexpected(Diagnostics{std::move(d)});
}

}  // namespace

Expected<void> JsonRows::add(std::string_view record) {
  if (!state_->parse(record, false)) return refused(state_->error);
  return {};
}

Expected<void> JsonRows::addAll(std::string_view recordOrArray) {
  if (!state_->parse(recordOrArray, true)) return refused(state_->error);
  return {};
}

void JsonRows::clear() noexcept {
  state_->rows = 0;
  for (auto& column : state_->columns) column.clear();
  for (auto& column : state_->columnsKept) column.clear();
  state_->texts.clear();
  state_->lists.clear();
}

std::size_t JsonRows::rows() const noexcept { return state_->rows; }

const Batch& JsonRows::batch() {
  state_->batch.rows = state_->rows;
  state_->batch.columns.clear();
  for (const auto& column : state_->columns) state_->batch.columns.push_back(Column::ofCells(column.data()));
  return state_->batch;
}

JsonRows::Kept JsonRows::kept(std::size_t row, std::size_t name) const noexcept {
  const auto& value = state_->columnsKept[name][row];
  return {value.isText, value.value};
}

JsonRows::Kept JsonRows::keptOfRefused(std::size_t name) const noexcept {
  const auto& value = state_->pending[name];
  return {value.isText, value.value};
}

const Diagnostics& JsonRows::unknownFields() const noexcept { return state_->unknown; }

}  // namespace scorelet
