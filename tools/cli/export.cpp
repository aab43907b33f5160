// scorelet export: a model as formulas of a spreadsheet.
#include <scorelet/formulas.hpp>

#include "command.hpp"
#include "files.hpp"
#include "parsing.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kExportHelp = R"(scorelet export - write a model as formulas of a spreadsheet

Usage:
  scorelet export MODEL --to=excel [-o OUTPUT] [--style=STYLE]

  MODEL                  a PMML document, or what scorelet compile made of one
  --to=excel             what to export to
  -o, --output=OUTPUT    FILE.xlsx: a finished workbook; else the formulas as text, one line
                         a column with its cell, its heading and its formula (standard output)
  --style=STYLE          let: one LET for each result (Excel 2021 and later)
                         columns: helper columns (Excel 2010 and later)
                         table: ensembles of trees as a sheet of nodes (Excel 2024, Microsoft 365)
                         (let if it fits into a cell, else columns)
  --model=NAME           which model of the document (the first that can be scored)
  -q, --quiet            no summary on standard error
  -h, --help             this text

The workbook has a sheet to score on, one that checks the formulas against the records that the
model carries for verification, and one that says how exact the formulas are.
What has no formula is refused by name; docs/excel-formulas.md lists it.

Example:
  scorelet export consumption.pmml --to=excel -o consumption.xlsx
)";

struct ExportOptions {
  std::string model, output = "-", modelName;
  FormulaStyle style = FormulaStyle::automatic;
  bool quiet = false;
};

Parsed<ExportOptions> parseExport(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text to{p.parser, "", "", {"to"}}, style{p.parser, "", "", {"style"}};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model) return UsageError{"MODEL is needed"};
  if (!to || args::get(to) != "excel") return UsageError{"--to=excel is needed: the one thing to export to"};
  ExportOptions o;
  o.model = args::get(model);
  if (output) o.output = args::get(output);
  o.modelName = args::get(modelName);
  o.quiet = quiet;
  for (const FormulaStyle known : {FormulaStyle::let, FormulaStyle::columns, FormulaStyle::table})
    if (style && args::get(style) == formulaStyleName(known)) o.style = known;
  if (style && o.style == FormulaStyle::automatic) return UsageError{"--style is let, columns or table"};
  return o;
}

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

}  // namespace

extern const Command kExport{"export", kExportHelp, runCommand<parseExport, exportFormulas>};

}  // namespace scorelet::cli
