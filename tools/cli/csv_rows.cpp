// CSV: the header binds columns to input fields, the cells are texts.
#include <algorithm>
#include <utility>

#include "csv.hpp"
#include "rows.hpp"
#include "text_column.hpp"

namespace scorelet::cli {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

/// The input and what its header says, for all sources.
class CsvTable {
 public:
  CsvTable(const Model& model, Input& input, RowOptions options)
      : model_(model), input_(input), options_(std::move(options)), reader_(input, options_.separator, kRecordBytes) {
    bindHeader();
  }

  /// The next record, in `reader`; false at the end and on failure.
  bool next() {
    while (failure_.empty() && reader_.next()) {
      if (!reader_.isBlank() || names_.size() == 1) return true;
    }
    if (failure_.empty()) failure_ = input_.failure();
    return false;
  }

  /// The record's own row, and true if its cells can be used.
  bool describe(Row& row) const {
    row.line = reader_.line();
    for (const std::size_t id : ids_) row.ids.push_back(idValue(id));
    row.key = idValue(group_);
    const bool ragged = reader_.size() != names_.size();
    if (reader_.fault().empty() && !ragged) return true;
    row.refused = badRecord("Line " + std::to_string(row.line) + ": " +
                            (reader_.fault().empty() ? "The row has " + std::to_string(reader_.size()) +
                                                           " cells, the header " + std::to_string(names_.size()) + "."
                                                     : reader_.fault()));
    return false;
  }

  [[nodiscard]] bool isMissing(std::string_view cell) const {
    return cell.empty() || std::find(options_.missing.begin(), options_.missing.end(), cell) != options_.missing.end();
  }

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const CsvReader& reader() const { return reader_; }
  /// Cell of the record and input field, where the model knows the column.
  [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& fields() const { return fields_; }
  [[nodiscard]] bool hasGroup() const { return group_ < names_.size(); }
  [[nodiscard]] const Diagnostics& notes() const { return notes_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  void bindHeader() {
    names_ = options_.header;
    if (names_.empty()) {
      if (!reader_.next()) {
        failure_ = input_.failure().empty() ? input_.name() + " is empty; its first line must name the columns"
                                            : input_.failure();
        return;
      }
      if (!reader_.fault().empty()) {
        failure_ = input_.name() + ", header line: " + reader_.fault();
        return;
      }
      for (std::size_t i = 0; i < reader_.size(); ++i) names_.emplace_back(reader_[i]);
    }
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const int field = model_.inputIndex(names_[i]);
      const bool isId = std::find(options_.ids.begin(), options_.ids.end(), names_[i]) != options_.ids.end() ||
                        names_[i] == options_.group;
      if (field < 0 && !isId) unused.push_back(names_[i]);
      if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(i), names_[i]) !=
              names_.begin() + static_cast<std::ptrdiff_t>(i) &&
          (field >= 0 || isId)) {
        failure_ = input_.name() + " has two columns named '" + names_[i] + "'";
      }
      if (field >= 0) fields_.emplace_back(i, static_cast<std::size_t>(field));
    }
    for (const std::string& id : options_.ids) {
      const auto place = std::find(names_.begin(), names_.end(), id);
      if (place == names_.end()) {
        failure_ = input_.name() + " has no column '" + id + "' (--id); it has: " + joined(names_);
      }
      ids_.push_back(static_cast<std::size_t>(place - names_.begin()));
    }
    group_ = static_cast<std::size_t>(std::find(names_.begin(), names_.end(), options_.group) - names_.begin());
    if (options_.isGroupRequired && !hasGroup())
      failure_ = input_.name() + " has no column '" + options_.group + "' (--group); it has: " + joined(names_);
    noteFields(unused);
  }

  void noteFields(const std::vector<std::string>& unused) {
    if (!failure_.empty()) return;
    std::vector<std::string> absent, wanted;
    for (std::size_t i = 0; i < model_.inputs().size(); ++i) {
      const InputField& field = model_.inputs()[i];
      wanted.push_back(field.name);
      const bool bound = std::any_of(fields_.begin(), fields_.end(), [&](const auto& b) { return b.second == i; });
      if (!bound && field.isUsed) absent.push_back(field.name);
    }
    if (fields_.empty() && !wanted.empty()) {
      failure_ = "no column of " + input_.name() + " is an input of the model; the columns are: " + joined(names_) +
                 "; the model wants: " + joined(wanted) + " (is --separator right?)";
      return;
    }
    if (!absent.empty()) {
      notes_.push_back(note(Code::missingValue, "",
                            "The input has no column for " + joined(absent) + "; the value is missing in every row."));
    }
    if (!unused.empty()) {
      notes_.push_back(note(Code::unknownField, "", "Columns that the model does not use: " + joined(unused) + "."));
    }
  }

  IdValue idValue(std::size_t cell) const {
    const bool present = reader_.fault().empty() && cell < reader_.size() && !reader_[cell].empty();
    return present ? IdValue{true, std::string(reader_[cell])} : IdValue{false, "null"};
  }

  const Model& model_;
  Input& input_;
  RowOptions options_;
  CsvReader reader_;
  std::vector<std::string> names_;                           // of the header
  std::vector<std::pair<std::size_t, std::size_t>> fields_;  // see fields()
  std::vector<std::size_t> ids_;                             // cells of the record
  std::size_t group_ = 0;                                    // the same; beyond all if there is none
  Diagnostics notes_;
  std::string failure_;
};

class CsvRows final : public RowSource {
 public:
  explicit CsvRows(std::shared_ptr<CsvTable> table)
      : table_(std::move(table)), columns_(table_->model().inputs().size()) {}

  std::unique_ptr<RowSource> another() override { return std::make_unique<CsvRows>(table_); }

  bool read() override {
    rows_.clear();
    for (TextColumn& column : columns_) column.clear();
    readable_ = 0;
    std::size_t bytes = 0;
    while (rows_.size() < kBlockRows && bytes < kBlockBytes && table_->next()) {
      for (std::size_t i = 0; i < table_->reader().size(); ++i) bytes += table_->reader()[i].size();
      takeRow();
    }
    return failure().empty() && !rows_.empty();
  }

  const Batch& batch() override {
    batch_.rows = readable_;
    batch_.columns.assign(columns_.size(), Column{});
    for (const auto& [cell, field] : table_->fields()) batch_.columns[field] = columns_[field].view();
    return batch_;
  }

  bool hasGroup() const override { return table_->hasGroup(); }
  const Diagnostics& notes() const override { return table_->notes(); }
  const std::string& failure() const noexcept override { return table_->failure(); }

 private:
  void takeRow() {
    Row& row = rows_.emplace_back();
    if (!table_->describe(row)) return;
    row.index = readable_++;
    for (const auto& [cell, field] : table_->fields()) {
      const std::string_view text = table_->reader()[cell];
      columns_[field].add(text, !table_->isMissing(text));
    }
  }

  std::shared_ptr<CsvTable> table_;
  std::vector<TextColumn> columns_;  // by input field
  Batch batch_;
  std::size_t readable_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> csvRows(const Model& model, Input& input, RowOptions options) {
  return std::make_unique<CsvRows>(std::make_shared<CsvTable>(model, input, std::move(options)));
}

}  // namespace scorelet::cli
