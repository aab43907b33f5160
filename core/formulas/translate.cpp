// From a document to a sheet.
#include <algorithm>
#include <utility>

#include <scorelet/formulas.hpp>

#include "compile/load.hpp"
#include "compile/model.hpp"
#include "formulas/layout.hpp"
#include "formulas/workbook.hpp"

namespace scorelet {

namespace formulas {

namespace {

constexpr std::string_view kAdvice = " Score it with the add-in, the page or \"scorelet score\" instead.";

bool hasFormulas(std::string_view element) {
  constexpr std::string_view kModels[] = {"RegressionModel", "Regression",      "GeneralRegressionModel",
                                          "TreeModel",       "DecisionTree",    "MiningModel",
                                          "Scorecard",       "NaiveBayesModel", "NeuralNetwork"};
  constexpr std::string_view kNone[] = {"Aggregate", "Lag", "TextIndex"};
  if (compile::isModelElement(element)) return std::ranges::find(kModels, element) != std::end(kModels);
  return std::ranges::find(kNone, element) == std::end(kNone);
}

/// Reports the elements that have no formulas.
void findUnsupported(xml::Element e) {
  for (const xml::Element c : xml::children(e)) {
    if (c.attribute("modelType", {}) == "CoxRegression")
      c.error(Code::unsupported, "A Cox regression has no formulas." + std::string(kAdvice), "modelType");
    else if (hasFormulas(c.name()))
      findUnsupported(c);
    else
      c.error(Code::unsupported, "<" + std::string(c.name()) + "> has no formulas." + std::string(kAdvice));
  }
}

Diagnostic finding(Severity severity, const std::string& result, const std::string& reason) {
  Diagnostic d;
  d.code = Code::unsupported;
  d.severity = severity;
  d.message = "The result \"" + result + "\" has no formula: " + reason + "." + std::string(kAdvice);
  return d;
}

/// A lane as a cell shows it: dates as Excel counts them.
Formula shown(const Lane& lane) {
  constexpr double kEpoch = 25569, kDay = 86400;
  Formula f = lane.formula;
  if (lane.type == DataType::date) f = add(f, number(kEpoch));
  if (lane.type == DataType::dateTime) f = add(over(f, number(kDay)), number(kEpoch));
  if (lane.type == DataType::time) f = over(f, number(kDay));
  return f == lane.formula ? f : whenPresent({lane}, f);
}

Expected<FormulaSheet> translate(std::string_view document, const FormulaOptions& options) {
  const auto loaded = compile::load(
      document, {.limits = options.limits, .modelName = options.modelName, .horizon = 1, .explains = true});
  if (!loaded) return std::unexpected(loaded.error());
  const program::Program& program = **loaded;
  const program::Wiring wiring = program::Wiring::of(program);
  const bool isTable = options.style == FormulaStyle::table;
  Translation translation(program, wiring, isTable ? options.treesSheet : std::string());

  FormulaSheet sheet;
  std::vector<Result> results;
  std::vector<std::size_t> numbers;
  for (std::size_t r = 0; r < program.results.size(); ++r) {
    const auto& [slot, type, item] = program.resultSlots[r];
    const std::string& name = program.results[r].name;
    std::string reason = type == DataType::list ? "it is a list" : translation.refusalOf(slot);
    if (reason.empty()) {
      numbers.push_back(r);
      results.push_back({name, shown(translation.lane(slot))});
      continue;
    }
    if (r > 0) {
      sheet.notes.push_back(finding(Severity::warning, name, reason));
      continue;
    }
    xml::Document again(document, options.limits);
    if (again.parse()) findUnsupported(again.root());
    Diagnostics faults = again.take();
    if (faults.empty()) faults.push_back(finding(Severity::error, name, reason));
    return std::unexpected(std::move(faults));
  }

  Layout layout(program, std::move(translation.definitions()), std::move(results));
  if (isTable && translation.table.roots.empty()) {
    Diagnostic d;
    d.code = Code::unsupported;
    d.message = "The model has no ensemble of trees that fits a table of nodes. Ask for the style columns.";
    return std::unexpected(Diagnostics{std::move(d)});
  }
  const bool isLet = options.style == FormulaStyle::let || (options.style != FormulaStyle::columns && layout.fitsLet());
  sheet.hasHelpers = !isLet;
  sheet.style = isTable ? FormulaStyle::table : isLet ? FormulaStyle::let : FormulaStyle::columns;
  if (!layout.choose(isLet ? FormulaStyle::let : FormulaStyle::columns, options.row, options.column)) {
    Diagnostic d;
    d.code = Code::limitReached;
    d.message = isLet && !layout.fitsLet()
                    ? "The model does not fit into one LET (8,192 characters, 16,384 bytes, 64 levels and 126 names a "
                      "cell). Ask for the style columns."
                    : "The model needs more than the 16,384 columns of a sheet." + std::string(kAdvice);
    return std::unexpected(Diagnostics{std::move(d)});
  }
  sheet.columns = layout.columns();
  sheet.trees = sheetOf(translation.table);
  sheet.isSinglePrecision = translation.isSinglePrecision;
  layout.countConstants(sheet);
  sheet.workbook = makeWorkbook(program, layout, sheet, options.treesSheet, numbers);
  return sheet;
}

}  // namespace

}  // namespace formulas

Expected<FormulaSheet> translateToFormulas(std::string_view document, const FormulaOptions& options) {
  return formulas::translate(document, options);
}

std::string_view formulaStyleName(FormulaStyle style) noexcept {
  switch (style) {
    case FormulaStyle::let: return "let";
    case FormulaStyle::columns: return "columns";
    case FormulaStyle::table: return "table";
    case FormulaStyle::automatic: break;
  }
  return "automatic";
}

}  // namespace scorelet
