// scorelet export: a model as formulas of a spreadsheet.
#include <scorelet/formulas.hpp>

#include "commands.hpp"
#include "files.hpp"

namespace scorelet::cli {
namespace {

/// A line for each column: the cell of row 2, the heading, the formula.
std::string asText(const FormulaSheet& sheet) {
  std::string out;
  std::string letters = "A";
  for (const FormulaSheet::Column& column : sheet.columns) {
    out += letters + "2\t" + column.name + '\t' + column.formula + '\n';
    std::size_t i = letters.size();
    while (i > 0 && letters[i - 1] == 'Z') letters[--i] = 'A';
    if (i > 0)
      ++letters[i - 1];
    else
      letters.insert(0, 1, 'A');
  }
  return out;
}

std::string summary(const FormulaSheet& sheet) {
  std::size_t helpers = 0, results = 0;
  for (const FormulaSheet::Column& column : sheet.columns) {
    helpers += column.kind == FormulaSheet::Column::Kind::helper;
    results += column.kind == FormulaSheet::Column::Kind::result;
  }
  std::string out = "style " + std::string(formulaStyleName(sheet.style)) + ": " + std::to_string(results) +
                    (results == 1 ? " result, " : " results, ") + std::to_string(helpers) +
                    (helpers == 1 ? " helper column; " : " helper columns; ") + std::to_string(sheet.roundedConstants) +
                    " of " + std::to_string(sheet.constants) + " constants rounded to 15 digits";
  if (sheet.isSinglePrecision)
    out += "; the model asks for single precision, the formulas compute in double (relative differences up to 1E-6)";
  return out;
}

}  // namespace

ExitCode exportFormulas(const ExportOptions& options) {
  std::string failure;
  const auto document = readAll(options.model, failure);
  if (!document) return failFile(failure);
  const auto sheet =
      translateToFormulas(*document, {.style = options.style, .modelName = options.modelName, .limits = {}});
  if (!sheet) {
    complain("'" + options.model + "' cannot be exported:");
    for (const Diagnostic& d : sheet.error()) complain("  " + d.text());
    return ExitCode::model;
  }
  Output output(options.output);
  if (options.output.ends_with(".xlsx"))
    output.write({reinterpret_cast<const char*>(sheet->workbook.data()), sheet->workbook.size()});
  else
    output.write(asText(*sheet));
  if (!output.close()) return failFile(output.failure());
  if (options.quiet) return ExitCode::ok;
  for (const Diagnostic& note : sheet->notes) complain(note.text());
  complain(summary(*sheet));
  return ExitCode::ok;
}

}  // namespace scorelet::cli
