// A model as spreadsheet formulas, for JavaScript: a module of its own, fetched where somebody wants formulas.
#include <scorelet/formulas.hpp>

#include <emscripten/bind.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "block.hpp"
#include "outbox.hpp"

namespace scorelet::wasm {
namespace {

class Translator {
 public:
  std::uintptr_t reserve(std::size_t bytes) {
    inbox_.reserve(bytes);
    return inbox_.address();
  }

  /// Translates the document in the first `size` bytes: [the sheet, why there is none]. The sheet is [style,
  /// [[kind, name, formula] …], numbers in the formulas, those that were rounded, their largest relative change, 1 if
  /// the model asks for single precision, notes, the cells of the sheet of nodes by row].
  std::uintptr_t translate(std::size_t size, const std::string& style, const std::string& modelName, std::size_t row,
                           std::size_t column, const std::string& treesSheet) {
    FormulaOptions options;
    for (const FormulaStyle known : {FormulaStyle::let, FormulaStyle::columns, FormulaStyle::table})
      if (style == formulaStyleName(known)) options.style = known;
    options.modelName = modelName;
    options.row = row;
    options.column = column;
    options.treesSheet = treesSheet;
    auto sheet = translateToFormulas({inbox_.at<char>(0), size}, options);
    const std::size_t cell = outbox_.begin(2);
    if (sheet) write(outbox_.list(cell, 8), *sheet);
    outbox_.diagnostics(Outbox::next(cell), sheet ? Diagnostics{} : sheet.error());
    workbook_ = sheet ? std::move(sheet->workbook) : std::vector<std::byte>();
    return outbox_.address();
  }
  /// [the workbook of the last sheet, as bytes in place of a text].
  std::uintptr_t workbook() {
    outbox_.text(outbox_.begin(1), {reinterpret_cast<const char*>(workbook_.data()), workbook_.size()});
    return outbox_.address();
  }

 private:
  void write(std::size_t cell, const FormulaSheet& sheet) {
    const auto go = [&] { return std::exchange(cell, Outbox::next(cell)); };
    outbox_.text(go(), formulaStyleName(sheet.style));
    std::size_t column = outbox_.list(go(), sheet.columns.size());
    for (const FormulaSheet::Column& each : sheet.columns) {
      constexpr std::string_view kKinds[] = {"input", "helper", "result"};
      std::size_t part = outbox_.list(column, 3);
      for (const std::string_view text :
           {kKinds[static_cast<std::size_t>(each.kind)], std::string_view(each.name), std::string_view(each.formula)}) {
        outbox_.text(part, text);
        part = Outbox::next(part);
      }
      column = Outbox::next(column);
    }
    outbox_.number(go(), static_cast<double>(sheet.constants));
    outbox_.number(go(), static_cast<double>(sheet.roundedConstants));
    outbox_.number(go(), sheet.largestRounding);
    outbox_.number(go(), sheet.isSinglePrecision ? 1 : 0);
    outbox_.diagnostics(go(), sheet.notes);
    std::size_t row = outbox_.list(go(), sheet.trees.size());
    for (const auto& cells : sheet.trees) {
      std::size_t item = outbox_.list(row, cells.size());
      for (const FormulaSheet::NodeCell& each : cells) {
        if (const double* number = std::get_if<double>(&each))
          outbox_.number(item, *number);
        else
          outbox_.text(item, *std::get_if<std::string>(&each));
        item = Outbox::next(item);
      }
      row = Outbox::next(row);
    }
  }

  Block inbox_;
  Outbox outbox_;
  std::vector<std::byte> workbook_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(scorelet_formulas) {
  using namespace emscripten;
  class_<Translator>("Translator")
      .constructor()
      .function("reserve", &Translator::reserve)
      .function("translate", &Translator::translate)
      .function("workbook", &Translator::workbook);
}

}  // namespace scorelet::wasm
