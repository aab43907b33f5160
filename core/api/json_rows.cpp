#include <scorelet/json_rows.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "api/arena.hpp"
#include "api/json_reader.hpp"
#include "api/row_column.hpp"

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

/// The rows, and how they are read.
struct JsonRows::State {
  struct KeptText {
    bool isText = false;
    std::string value = "null";
  };

  State(const Model& m, JsonRowsOptions o)
      : model(m), options(std::move(o)), columnsKept(options.kept.size()), pending(options.kept.size()) {
    columns.resize(model.inputs().size());
    batch.columns.resize(columns.size());
    unknown.reserve(kUnknownFields);  // `names` holds views of what is in it
    for (std::size_t i = 0; i < model.inputs().size(); ++i) names.emplace(model.inputs()[i].name, static_cast<int>(i));
    for (const std::string& name : options.kept) names.emplace(name, kNoInput);
    grow(1);
  }

  bool read(std::string_view text, bool mayBeMany) {
    const std::size_t before = rows;
    error.clear();
    for (KeptText& value : pending) value = KeptText{};
    if (text.size() > options.recordBytes && !mayBeMany) {
      error = "The record has " + std::to_string(text.size()) + " bytes; the limit is " +
              std::to_string(options.recordBytes) + ".";
      return false;
    }
    json.open(text);
    if ((mayBeMany && json.peek() == '[' ? readRecords() : readRecord()) && json.isAtEnd()) return true;
    if (error.empty())
      error = "Not valid JSON at byte " + std::to_string(json.position()) + ", near " + inQuotes(json.excerpt()) + ".";
    backTo(before);
    return false;
  }

  std::size_t readFirst(std::string_view text) {
    const std::size_t before = rows;
    json.open(text);
    if (readRecord() && json.position() <= options.recordBytes) return json.position();
    backTo(before);
    return 0;
  }

  // ---- rows
  void grow(std::size_t to) {
    capacity = to;
    for (std::size_t c = 0; c < columns.size(); ++c) columns[c].resize(to), batch.columns[c] = columns[c].view();
  }

  void put(std::size_t input, const Cell& value) {
    if (columns[input].set(rows - 1, value)) batch.columns[input] = columns[input].view();
  }

  void addRow() {
    if (rows == capacity) grow(2 * capacity);
    for (RowColumn& column : columns) column.clear(rows);
    for (KeptText& value : pending) value = KeptText{};
    ++rows;
  }

  void backTo(std::size_t before) {
    rows = before;
    for (auto& column : columnsKept) column.resize(std::min(column.size(), rows));
  }

  bool fail(std::string message) {
    error = std::move(message);
    return false;
  }

  // ---- JSON: false with an `error`, or without one where the syntax is wrong
  bool readRecords() {
    json.take('[');
    if (json.take(']')) return true;
    std::size_t records = 0;
    do {
      if (++records > options.arrayRecords)
        return fail("There are more than " + std::to_string(options.arrayRecords) + " records.");
      if (!readRecord()) return false;
    } while (json.take(','));
    return json.take(']');
  }

  bool readRecord() {
    if (!json.take('{')) return json.skip() && fail("A record must be a JSON object: {\"field\": value, ...}.");
    addRow();
    if (!json.take('}')) {
      std::size_t member = 0;
      do {
        int input = kNoInput;
        if (!readName(member++, input) || !readValue(input)) return false;
      } while (json.take(','));
      if (!json.take('}')) return false;
    }
    for (std::size_t i = 0; i < pending.size(); ++i) columnsKept[i].push_back(pending[i]);
    return true;
  }

  bool readValue(int input) {
    const char first = json.peek();
    if (input >= 0 && keptName == nullptr && (first == '-' || (first >= '0' && first <= '9'))) {  // what most are
      double x = 0;
      std::string_view text;
      if (!readNumber(x, text)) return false;
      columns[static_cast<std::size_t>(input)].set(rows - 1, x);
      return true;
    }
    const bool isNested = first == '{' || first == '[';
    if (input < 0 && (isNested || keptName == nullptr)) return json.skip();
    Cell value;
    Kept asText{false, "null"};
    if (first == '{') return failAtObject(input);
    if (!(first == '[' ? readList(input, value) : readScalar(value, &asText))) return false;
    if (input >= 0) put(static_cast<std::size_t>(input), value);
    if (keptName == nullptr) return true;
    for (std::size_t i = 0; i < pending.size(); ++i)
      if (options.kept[i] == *keptName) pending[i] = {asText.isText, std::string(asText.value)};
    return true;
  }

  bool readNumber(double& x, std::string_view& text) {
    if (!json.number(x, text)) return false;
    if (std::isinf(x)) return fail("The number " + std::string(text) + " is out of range.");
    if (x == 0 && text == "-0") text = "0", x = 0;  // there is no negative zero among integers
    return true;
  }

  bool readScalar(Cell& value, Kept* asText = nullptr) {
    std::string_view text;
    bool isText = false;
    switch (json.peek()) {
      case '"': {
        if (!json.string(text)) return false;
        isText = true;
        if (std::find(options.missingTexts.begin(), options.missingTexts.end(), text) != options.missingTexts.end())
          break;
        const auto copy = texts.copy({text.data(), text.size()});
        value = Cell::of(std::string_view(copy.data(), copy.size()));
        break;
      }
      case 't': value = Cell::of(true), text = "true"; break;
      case 'f': value = Cell::of(false), text = "false"; break;
      case 'n': text = "null"; break;
      default: {
        double x = 0;
        if (!readNumber(x, text)) return false;
        value = Cell::of(x);
        if (asText != nullptr) *asText = {false, text};
        return true;
      }
    }
    if (asText != nullptr) *asText = {isText, text};
    return isText || json.word(text);
  }

  bool readList(int input, Cell& value) {
    const InputField& field = model.inputs()[static_cast<std::size_t>(input)];
    if (!field.isList)
      return fail("Field " + inQuotes(field.name) + " holds a list; only grouped (transactional) fields take lists.");
    listItems = 0;
    if (!readItems(input, list, field.isListOfSets)) return false;
    value = Cell::of(lists.copy(list));
    return true;
  }

  bool readItems(int input, std::vector<Cell>& items, bool mayNest) {
    const std::string& name = model.inputs()[static_cast<std::size_t>(input)].name;
    items.clear();
    json.take('[');
    if (json.take(']')) return true;
    do {
      Cell item;
      if (json.peek() == '{') return failAtObject(input);
      if (json.peek() != '[') {
        if (!readScalar(item)) return false;
      } else {
        if (!mayNest)
          return fail("Field " + inQuotes(name) + " holds a list within a list" +
                      (&items == &set ? " of lists." : "."));
        if (!readItems(input, set, false)) return false;
        item = Cell::of(lists.copy(set));
      }
      if (listItems++ == options.listItems)
        return fail("The list of field " + inQuotes(name) + " has more than " + std::to_string(options.listItems) +
                    " items.");
      items.push_back(item);
    } while (json.take(','));
    return json.take(']');
  }

  bool failAtObject(int input) {
    return fail("Field " + inQuotes(model.inputs()[static_cast<std::size_t>(input)].name) +
                " holds an object; it takes a single value.");
  }

  // ---- names
  static constexpr int kNoInput = -1;

  auto noteUnknown(std::string_view name) {
    Diagnostic note;
    note.code = Code::unknownField;
    note.severity = Severity::note;
    note.field = name;
    note.message = "The model has no input field " + inQuotes(name) + "; its values are ignored.";
    unknown.push_back(std::move(note));
    return names.emplace(unknown.back().field, kNoInput).first;
  }

  /// Reads a member's name and colon, and says whose it is. Records tend to have the same names in the same order.
  bool readName(std::size_t member, int& input) {
    member = std::min(member, names.size());  // beyond, all are unknown or repeated
    if (member >= order.size()) order.resize(member + 1);
    Usual& usual = order[member];
    if (usual.written.empty() || !json.word(usual.written)) {
      std::string_view name;
      if (!json.string(name)) return false;
      if (usual.name != name || name.empty()) usual = known(name);
      if (!json.take(':')) return false;
    }
    keptName = options.kept.empty() ? nullptr : &usual.name;
    input = usual.input;
    return true;
  }

  struct Usual {
    std::string_view name;
    int input = kNoInput;
    std::string written = {};  ///< in JSON, with its colon
  };

  Usual known(std::string_view name) {
    auto found = names.find(name);
    if (found == names.end() && unknown.size() < kUnknownFields) found = noteUnknown(name);
    if (found == names.end()) return {};
    return {found->first, found->second, inQuotes(found->first) + ":"};
  }

  Model model;
  JsonRowsOptions options;
  std::unordered_map<std::string_view, int> names;  // → input
  std::vector<Usual> order;                         // the members of the record before
  Diagnostics unknown;

  std::size_t rows = 0, capacity = 0;
  std::vector<RowColumn> columns;                  // by input, `capacity` rows each
  std::vector<std::vector<KeptText>> columnsKept;  // by JsonRowsOptions::kept
  Arena<char> texts;
  Arena<Cell> lists;
  Batch batch;

  // while reading
  JsonReader json;
  const std::string_view* keptName = nullptr;  // of the current value, if any names are kept
  std::vector<Cell> list, set;                 // `set`: a list within the list
  std::size_t listItems = 0;                   // in both
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
  if (!state_->read(record, false)) return refused(state_->error);
  return {};
}

Expected<void> JsonRows::addAll(std::string_view recordOrArray) {
  if (!state_->read(recordOrArray, true)) return refused(state_->error);
  return {};
}

std::size_t JsonRows::addFirst(std::string_view text) { return state_->readFirst(text); }

void JsonRows::clear() noexcept {
  state_->rows = 0;
  for (auto& column : state_->columnsKept) column.clear();
  state_->texts.clear();
  state_->lists.clear();
}

std::size_t JsonRows::rows() const noexcept { return state_->rows; }

const Batch& JsonRows::batch() {
  state_->batch.rows = state_->rows;
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
