#include "formulas/workbook.hpp"

#include <algorithm>
#include <cmath>

#include "base/datetime.hpp"
#include "base/number.hpp"
#include "formulas/numbers.hpp"
#include "formulas/zip.hpp"

namespace scorelet::formulas {

namespace {

using Kind = FormulaSheet::Column::Kind;

// Numbers of cell formats in styles.xml.
enum Style : int { plain, heading, input, helper, result, date, dateTime, time, bold, good, wrapped };

// Rows ready to be filled: fewer where formulas are long, since each row holds its own.
constexpr std::size_t kScoreRows = 20, kScoreCharacters = 4'000'000;

std::string escaped(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      out += c;
  }
  return out;
}

/// A sheet's cells, row by row.
class Cells {
 public:
  void row(std::size_t number) {
    end();
    row_ = number;
    isOpen_ = true;
    out_ += "<row r=\"" + std::to_string(number) + "\">";
  }
  void text(std::size_t column, std::string_view s, int style = plain) {
    open(column, style, " t=\"inlineStr\"");
    out_ += "<is><t xml:space=\"preserve\">" + escaped(s) + "</t></is></c>";
  }
  void number(std::size_t column, double x, int style = plain) {
    open(column, style, "");
    out_ += "<v>" + numberText(x) + "</v></c>";
  }
  void logical(std::size_t column, bool b, int style = plain) {
    open(column, style, " t=\"b\"");
    out_ += b ? "<v>1</v></c>" : "<v>0</v></c>";
  }
  void formula(std::size_t column, std::string_view f, int style = plain, bool isArray = false) {
    open(column, style, "");
    out_ += isArray ? "<f t=\"array\" ref=\"" + columnName(column) + std::to_string(row_) + "\">" : "<f>";
    out_ += escaped(f) + "</f></c>";
  }
  void blank(std::size_t column, int style) {
    open(column, style, "");
    out_ += "</c>";
  }
  std::string finish() {
    end();
    return std::move(out_);
  }

 private:
  void open(std::size_t column, int style, std::string_view type) {
    out_ += "<c r=\"" + columnName(column) + std::to_string(row_) + "\" s=\"" + std::to_string(style) + "\"";
    out_ += type;
    out_ += '>';
  }
  void end() {
    if (isOpen_) out_ += "</row>";
    isOpen_ = false;
  }
  std::string out_;
  std::size_t row_ = 0;
  bool isOpen_ = false;
};

int styleOf(DataType type, int otherwise) {
  if (type == DataType::date) return date;
  if (type == DataType::dateTime) return dateTime;
  return type == DataType::time ? time : otherwise;
}

/// A value of a field, given as text, as its cell holds it.
void writeValue(Cells& cells, std::size_t column, const std::string& text, DataType type, int style) {
  constexpr double kEpoch = 25569, kDay = 86400;
  if (type == DataType::string) return cells.text(column, text, style);
  const Value v = parseText(text, type);
  if (!isPresent(v)) return cells.text(column, text, style);
  if (type == DataType::boolean) return cells.logical(column, v != 0, style);
  double x = v;
  if (type == DataType::date) x = v + kEpoch;
  if (type == DataType::dateTime) x = v / kDay + kEpoch;
  if (type == DataType::time) x = v / kDay;
  // A float is written as its document has it, not as the double it is.
  if (type == DataType::float32) x = parseText(text, DataType::float64);
  cells.number(column, x, styleOf(type, style));
}

class Book {
 public:
  Book(const program::Program& program, const Layout& layout, const FormulaSheet& sheet, const std::string& treesSheet,
       const std::vector<std::size_t>& numbers)
      : program_(program), layout_(layout), sheet_(sheet), treesSheet_(treesSheet), numbers_(numbers) {}

  std::vector<std::byte> make() {
    add("Score", score());
    if (hasRecords()) add("Check", check());
    if (!sheet_.trees.empty()) add(treesSheet_, trees());
    add("About", about());
    package();
    return zip_.finish();
  }

 private:
  [[nodiscard]] bool hasRecords() const {
    return program_.verification.records > 0 &&
           std::ranges::any_of(program_.verification.expected, [this](const auto& e) { return columnOf(e) >= 0; });
  }

  void add(std::string name, const std::string& xml) {
    names_.push_back(std::move(name));
    zip_.add("xl/worksheets/sheet" + std::to_string(names_.size()) + ".xml",
             "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet "
             "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" +
                 xml + "</worksheet>");
  }

  static std::string frozen() {
    return "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
           "activePane=\"bottomLeft\" "
           "state=\"frozen\"/></sheetView></sheetViews>";
  }

  void headings(Cells& cells) {
    cells.row(1);
    for (std::size_t c = 0; c < sheet_.columns.size(); ++c) cells.text(c, sheet_.columns[c].name, heading);
  }

  void formulas(Cells& cells, std::size_t row) {
    for (std::size_t c = isArray_.size(); c < sheet_.columns.size(); ++c)
      isArray_.push_back(c >= layout_.inputColumns().size() && layout_.isArray(c));
    for (std::size_t c = layout_.inputColumns().size(); c < sheet_.columns.size(); ++c) {
      const bool isResult = c >= layout_.firstResult();
      const int style =
          isResult ? styleOf(program_.results[numbers_[c - layout_.firstResult()]].dataType, result) : helper;
      cells.formula(c, layout_.formula(c, row), style, isArray_[c]);
    }
  }

  [[nodiscard]] std::string widths() const {
    std::string out = "<cols>";
    for (std::size_t c = 0; c < sheet_.columns.size(); ++c) {
      const std::string n = std::to_string(c + 1);
      // Helper columns are there to be looked at, and hidden at first.
      out += "<col min=\"" + n + "\" max=\"" + n + "\" width=\"" +
             std::to_string(std::min<std::size_t>(40, std::max<std::size_t>(12, sheet_.columns[c].name.size() + 2))) +
             "\" customWidth=\"1\"" + (sheet_.columns[c].kind == Kind::helper ? " hidden=\"1\"" : "") + "/>";
    }
    return out + "</cols>";
  }

  std::string score() {
    Cells cells;
    headings(cells);
    std::size_t characters = 1;
    for (const FormulaSheet::Column& column : sheet_.columns) characters += column.formula.size();
    const std::size_t rows = std::clamp<std::size_t>(kScoreCharacters / characters, 1, kScoreRows);
    for (std::size_t row = 2; row < 2 + rows; ++row) {
      cells.row(row);
      for (const auto& [number, column] : layout_.inputColumns()) {
        const InputField& field = program_.inputs[number];
        const std::string first = row == 2 ? exampleOf(number) : std::string();
        if (first.empty())
          cells.blank(column, styleOf(field.dataType, input));
        else
          writeValue(cells, column, first, field.dataType, input);
      }
      formulas(cells, row);
    }
    return frozen() + widths() + "<sheetData>" + cells.finish() + "</sheetData>" + validations();
  }

  /// A value to begin with: of the first verification record, of the training data, or a valid one.
  std::string exampleOf(std::uint32_t number) const {
    for (const auto& known : program_.verification.inputs)
      if (known.input == number && program_.verification.records > 0)
        return known.present[0] ? known.values[0] : std::string();
    const InputField& field = program_.inputs[number];
    for (const ListedValue& v : field.values)
      if (v.property == ListedValue::Property::valid) return v.value;
    if (field.statistics) {
      const FieldStatistics& s = *field.statistics;
      if (!s.modalValue.empty()) return s.modalValue;
      for (const auto& x : {s.median, s.mean})
        if (x) return numberText(rounded(*x));
    }
    if (field.dataType == DataType::string) return "";
    for (const Interval& i : field.intervals)
      if (std::isfinite(i.left) && std::isfinite(i.right)) return numberText(rounded((i.left + i.right) / 2));
    return field.dataType == DataType::boolean ? "true" : isNumeric(field.dataType) ? "1" : "";
  }

  std::string validations() const {
    constexpr std::size_t kMostList = 255;  // characters of a drop-down's list
    std::string out;
    std::size_t count = 0;
    for (const auto& [number, column] : layout_.inputColumns()) {
      const InputField& field = program_.inputs[number];
      std::string list;
      bool isListable = true;
      for (const ListedValue& v : field.values) {
        if (v.property != ListedValue::Property::valid) continue;
        isListable &= v.value.find(',') == std::string::npos && v.value.find('"') == std::string::npos;
        list += (list.empty() ? "" : ",") + v.value;
      }
      const bool isList = !list.empty() && isListable && list.size() <= kMostList && field.intervals.empty();
      const bool isRange = list.empty() && field.intervals.size() == 1 && std::isfinite(field.intervals[0].left) &&
                           std::isfinite(field.intervals[0].right);
      if (!isList && !isRange) continue;
      const std::string letter = columnName(column);
      // A warning: invalid values have a meaning, which the formulas know.
      std::string rule =
          "<dataValidation allowBlank=\"1\" showErrorMessage=\"1\" errorStyle=\"warning\" errorTitle=\"" +
          escaped(field.name.substr(0, 30)) + "\" error=\"" +
          (isList ? "The model does not know this value." : "The value lies outside what the model knows.") +
          "\" sqref=\"" + letter + "2:" + letter + "1048576\" type=\"" + (isList ? "list" : "decimal") + "\"";
      if (isList)
        rule += "><formula1>" + escaped('"' + list + '"') + "</formula1>";
      else
        rule += " operator=\"between\"><formula1>" + numberText(field.intervals[0].left) + "</formula1><formula2>" +
                numberText(field.intervals[0].right) + "</formula2>";
      out += rule + "</dataValidation>";
      ++count;
    }
    return count == 0 ? "" : "<dataValidations count=\"" + std::to_string(count) + "\">" + out + "</dataValidations>";
  }

  /// The column of what a verification record expects, -1 if the sheet has none.
  [[nodiscard]] int columnOf(const program::VerificationPlan::Expected& e) const {
    if (e.result < 0) return -1;
    const auto at = std::ranges::find(numbers_, static_cast<std::size_t>(e.result));
    return at == numbers_.end()
               ? -1
               : static_cast<int>(layout_.firstResult() + static_cast<std::size_t>(at - numbers_.begin()));
  }

  /// Each verification record through the formulas, with what it expects and whether that is what comes out.
  std::string check() {
    const program::VerificationPlan& plan = program_.verification;
    Cells cells;
    headings(cells);
    std::vector<const program::VerificationPlan::Expected*> expected;
    for (const auto& e : plan.expected)
      if (columnOf(e) >= 0) expected.push_back(&e);
    std::size_t column = sheet_.columns.size();
    for (const auto* e : expected) {
      cells.text(column++, "expected " + e->name, heading);
      cells.text(column++, "is " + e->name + " as expected?", heading);
    }
    const std::size_t sum = column;
    cells.text(sum, "records that differ", heading);
    for (std::size_t record = 0; record < plan.records; ++record) {
      const std::size_t row = record + 2;
      cells.row(row);
      for (const auto& [number, at] : layout_.inputColumns())
        for (const auto& known : plan.inputs)
          if (known.input == number && known.present[record])
            writeValue(cells, at, known.values[record], program_.inputs[number].dataType, input);
      formulas(cells, row);
      column = sheet_.columns.size();
      for (const auto* e : expected) {
        const std::string mine = columnName(static_cast<std::size_t>(columnOf(*e))) + std::to_string(row);
        const std::string theirs = columnName(column) + std::to_string(row);
        const DataType type = program_.results[static_cast<std::size_t>(e->result)].dataType;
        if (e->present[record]) writeValue(cells, column, e->values[record], type, plain);
        ++column;
        cells.formula(column++, e->present[record] ? comparison(*e, mine, theirs, type) : "TRUE", good);
      }
      if (record == 0) {
        std::string differ;
        const std::string last = std::to_string(plan.records + 1);
        for (std::size_t c = sheet_.columns.size() + 1; c < sum; c += 2)
          differ += (differ.empty() ? "" : "+") + std::string("COUNTIF(") + columnName(c) + "2:" + columnName(c) +
                    last + ",FALSE)";
        cells.formula(sum, differ, bold);
      }
    }
    return frozen() + widths() + "<sheetData>" + cells.finish() + "</sheetData>";
  }

  /// As ModelVerification says: within a relative precision, or both nearly 0.
  static std::string comparison(const program::VerificationPlan::Expected& e, const std::string& mine,
                                const std::string& theirs, DataType type) {
    if (!isNumeric(type)) return "IF(ISERROR(" + mine + "),FALSE,EXACT(" + mine + "," + theirs + "))";
    const std::string zero = numberText(e.zeroThreshold);
    return "IF(ISNUMBER(" + mine + "),OR(ABS(" + mine + "-" + theirs + ")<=" + numberText(e.precision) + "*ABS(" +
           theirs + "),AND(ABS(" + mine + ")<=" + zero + ",ABS(" + theirs + ")<=" + zero + ")),FALSE)";
  }

  /// The nodes of all trees, and where each tree begins.
  std::string trees() {
    Cells cells;
    for (std::size_t row = 0; row < sheet_.trees.size(); ++row) {
      cells.row(row + 1);
      for (std::size_t c = 0; c < sheet_.trees[row].size(); ++c) {
        const FormulaSheet::NodeCell& cell = sheet_.trees[row][c];
        if (const double* number = std::get_if<double>(&cell))
          cells.number(c, *number);
        else if (const auto& text = *std::get_if<std::string>(&cell); !text.empty())
          cells.text(c, text, row == 0 ? heading : plain);
      }
    }
    return frozen() + "<sheetData>" + cells.finish() + "</sheetData>";
  }

  std::string about() {
    Cells cells;
    std::size_t row = 0;
    const auto line = [&](std::string_view what, std::string_view text) {
      cells.row(++row);
      cells.text(0, what, bold);
      cells.text(1, text, wrapped);
    };
    const ModelInfo& info = program_.info;
    line("Model", info.modelName.empty() ? info.modelType : info.modelName);
    line("Kind", info.modelType + ", " + info.functionName);
    if (!info.description.empty()) line("Description", info.description);
    if (!info.copyright.empty()) line("Copyright", info.copyright);
    if (!info.modelVersion.empty()) line("Version", info.modelVersion);
    line("Needs", needs());
    line("How to use",
         "Fill in the inputs on the sheet Score, one record a row; copy the formulas down for more rows. A blank "
         "cell is a missing value. A result that is blank is missing; #N/A says that an input is invalid.");
    line("Accuracy", accuracy());
    if (hasRecords())
      line("Check", "The sheet Check scores the " + std::to_string(program_.verification.records) +
                        " verification records that the model carries, and compares.");
    else
      line("Check",
           "The model carries no verification records for these results: nothing here shows that the formulas are "
           "right. Compare "
           "some records with scores made elsewhere.");
    for (const Diagnostic& note : sheet_.notes) line("Left out", note.message);
    return "<cols><col min=\"1\" max=\"1\" width=\"14\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"100\" "
           "customWidth=\"1\"/></cols><sheetData>" +
           cells.finish() + "</sheetData>";
  }

  [[nodiscard]] std::string needs() const {
    const std::string out = sheet_.style == FormulaStyle::table ? "Excel 2024 or Microsoft 365 (LAMBDA)."
                            : sheet_.style == FormulaStyle::let ? "Excel 2021 or later (LET)."
                                                                : "Excel 2010 or later.";
    return sheet_.hasHelpers ? out + " The helper columns are hidden." : out;
  }

  [[nodiscard]] std::string accuracy() const {
    std::string out = "Excel keeps 15 digits of a constant. Of " + std::to_string(sheet_.constants) + " constants, ";
    out += sheet_.roundedConstants == 0
               ? "none has more."
               : std::to_string(sheet_.roundedConstants) + " have more and are rounded, by " +
                     numberText(roundHalfUp(sheet_.largestRounding * 1e18) / 1e18) + " of their value at most.";
    if (sheet_.isSinglePrecision)
      out += " The model computes in single precision, the formulas in double: relative differences up to about 1E-6.";
    return out;
  }

  void package() {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string types, sheets, links;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      types += "<Override PartName=\"/xl/worksheets/sheet" + n + ".xml\" ContentType=\"" + type + "worksheet+xml\"/>";
      sheets += "<sheet name=\"" + names_[i] + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
      links += "<Relationship Id=\"rId" + n + "\" Type=\"" + office + "/worksheet\" Target=\"worksheets/sheet" + n +
               ".xml\"/>";
    }
    zip_.add("xl/workbook.xml", head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\"><sheets>" + sheets +
                                    "</sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>");
    zip_.add("xl/_rels/workbook.xml.rels", head + "<Relationships xmlns=\"" + relations + "\">" + links +
                                               "<Relationship Id=\"rIdStyles\" Type=\"" + office +
                                               "/styles\" Target=\"styles.xml\"/></Relationships>");
    zip_.add("xl/styles.xml", head + styles(main));
    zip_.add("_rels/.rels", head + "<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"rId1\" Type=\"" +
                                office + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    zip_.add(
        "[Content_Types].xml",
        head +
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
            "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" +
            type + "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" + type + "styles+xml\"/>" +
            types + "</Types>");
  }

  /// The formats in the order of `Style`.
  static std::string styles(const std::string& main) {
    const auto format = [](int numberFormat, int font, int fill, const char* more = "") {
      return "<xf numFmtId=\"" + std::to_string(numberFormat) + "\" fontId=\"" + std::to_string(font) + "\" fillId=\"" +
             std::to_string(fill) +
             "\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"" + more;
    };
    const std::string end = "/>";
    const std::string formats =
        format(0, 0, 0) + end + format(0, 1, 2) + end + format(0, 0, 3) + end + format(0, 2, 0) + end +
        format(0, 1, 0) + end + format(14, 0, 3) + end + format(22, 0, 3) + end + format(21, 0, 3) + end +
        format(0, 1, 0) + end + format(0, 0, 0) + end +
        format(0, 0, 0, " applyAlignment=\"1\"><alignment wrapText=\"1\" vertical=\"top\"/></xf>");
    return "<styleSheet xmlns=\"" + main +
           "\"><fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name "
           "val=\"Calibri\"/></font><font><sz val=\"11\"/><color rgb=\"FF6B7280\"/><name "
           "val=\"Calibri\"/></font></fonts>"
           "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
           "patternType=\"gray125\"/></fill>"
           "<fill><patternFill patternType=\"solid\"><fgColor "
           "rgb=\"FFE5E7EB\"/></patternFill></fill><fill><patternFill "
           "patternType=\"solid\"><fgColor rgb=\"FFFFF7DB\"/></patternFill></fill></fills><borders "
           "count=\"1\"><border><left/>"
           "<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" "
           "fontId=\"0\" "
           "fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"11\">" +
           formats +
           "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
           "builtinId=\"0\"/></cellStyles></styleSheet>";
  }

  const program::Program& program_;
  const Layout& layout_;
  const FormulaSheet& sheet_;
  const std::string& treesSheet_;
  const std::vector<std::size_t>& numbers_;
  Zip zip_;
  std::vector<std::string> names_;
  std::vector<bool> isArray_;  ///< per column
};

}  // namespace

std::vector<std::byte> makeWorkbook(const program::Program& program, const Layout& layout, const FormulaSheet& sheet,
                                    const std::string& treesSheet, const std::vector<std::size_t>& numbers) {
  return Book(program, layout, sheet, treesSheet, numbers).make();
}

}  // namespace scorelet::formulas
