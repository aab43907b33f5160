#include "compile/verification.hpp"

#include "document/tables.hpp"

namespace scorelet::compile {

void compileVerification(Builder& builder, xml::Element model) {
  const xml::Element e = model.child("ModelVerification");
  if (!e) return;
  program::Program& program = builder.program();
  program::VerificationPlan& plan = program.verification;
  const xml::Element table = document::inlineTable(e);
  if (!table) return;

  std::vector<std::string_view> inputColumns, expectedColumns;
  for (xml::Element f : xml::children(e.child("VerificationFields"), "VerificationField")) {
    const std::string_view name = f.required("field");
    const std::string_view column = f.attribute("column", name);
    const auto input = builder.inputOf(name);
    int result = -1;
    for (std::size_t i = 0; i < program.results.size(); ++i)
      if (program.results[i].name == name) result = static_cast<int>(i);
    if (result >= 0) {
      program::VerificationPlan::Expected x;
      x.result = result;
      x.name = name;
      x.precision = f.number("precision", 1e-6);
      x.zeroThreshold = f.number("zeroThreshold", 1e-16);
      plan.expected.push_back(std::move(x));
      expectedColumns.push_back(column);
    } else if (input && program.inputs[*input].isList) {
      f.warn(Code::unsupported,
             "\"" + std::string(name) + "\" holds several values, and a cell holds one: the records are not verified.",
             "field");
      plan = {};
      return;
    } else if (input) {
      plan.inputs.push_back({*input, {}, {}});
      inputColumns.push_back(column);
    } else {
      f.warn(Code::unresolvedField,
             "\"" + std::string(name) + "\" is neither an input nor a result of the model; it is not verified.",
             "field");
    }
  }
  const auto store = [](auto& column, std::optional<std::string_view> text) {
    column.present.push_back(text.has_value() && !text->empty());
    column.values.emplace_back(text.value_or(std::string_view{}));
  };
  for (xml::Element row : xml::children(table, "row")) {
    ++plan.records;
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) store(plan.inputs[i], document::cell(row, inputColumns[i]));
    for (std::size_t i = 0; i < plan.expected.size(); ++i)
      store(plan.expected[i], document::cell(row, expectedColumns[i]));
  }
  if (const auto n = e.number("recordCount"); n && *n != static_cast<double>(plan.records))
    e.warn(Code::badValue,
           "recordCount says " + std::string(e.attribute("recordCount", {})) + ", the table has " +
               std::to_string(plan.records) + " records.",
           "recordCount");
}

}  // namespace scorelet::compile
