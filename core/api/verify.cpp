#include <cmath>
#include <optional>

#include <scorelet/model.hpp>

#include "base/number.hpp"
#include "program/program.hpp"

namespace scorelet {

namespace {

/// Numbers within `zeroThreshold` of 0 agree; others within the relative `precision` (spec: Model Verification).
bool agrees(const std::string& expected, const std::string& actual, double precision, double zeroThreshold) {
  const auto e = parseDouble(expected), a = parseDouble(actual);
  if (!e || !a || *e != *e || *a != *a) return expected == actual;
  if (std::fabs(*e) <= zeroThreshold) return std::fabs(*a) <= zeroThreshold;
  return std::fabs(*e - *a) <= precision * std::fabs(*e);
}

/// The numbers in the text of a list, "[1,2]" or "1 2".
std::vector<std::string> itemsOf(const std::string& text) {
  std::vector<std::string> items;
  bool isOpen = false;
  for (const char c : text) {
    const bool isBetween = c == '[' || c == ']' || c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!isBetween && !isOpen) items.emplace_back();
    if (!isBetween) items.back() += c;
    isOpen = !isBetween;
  }
  return items;
}

/// Forecasts are recorded step by step, or by the last step alone.
bool agreesAsList(const std::string& expected, const std::string& actual, double precision, double zeroThreshold) {
  const std::vector<std::string> e = itemsOf(expected), a = itemsOf(actual);
  if (e.size() == 1 && !a.empty()) return agrees(e[0], a.back(), precision, zeroThreshold);
  if (e.size() != a.size()) return false;
  for (std::size_t i = 0; i < e.size(); ++i)
    if (!agrees(e[i], a[i], precision, zeroThreshold)) return false;
  return true;
}

}  // namespace

VerificationReport verify(const Model& model) {
  VerificationReport report;
  const program::VerificationPlan& plan = model.program().verification;
  report.records = plan.records;
  report.fields = plan.expected.size();
  if (plan.records == 0) return report;

  std::vector<std::vector<Cell>> cells(plan.inputs.size());
  Batch batch{plan.records, std::vector<Column>(model.inputs().size())};
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const program::VerificationPlan::Input& in = plan.inputs[i];
    for (std::size_t r = 0; r < plan.records; ++r)
      cells[i].push_back(in.present[r] ? Cell::of(std::string_view(in.values[r])) : Cell::none());
    batch.columns[in.input] = Column::ofCells(cells[i].data());
    if (in.present[0]) report.firstRecord.emplace_back(model.inputs()[in.input].name, in.values[0]);
  }
  Scorer scorer(model);
  scorer.keepDetails(false);
  scorer.score(batch);
  for (std::size_t r = 0; r < plan.records; ++r) {
    if (!scorer.ok(r)) report.unscored.push_back(r + 1);
    for (Diagnostic& d : scorer.diagnostics(r)) {
      d.message = "Record " + std::to_string(r + 1) + ": " + d.message;
      report.diagnostics.push_back(std::move(d));
    }
    for (const program::VerificationPlan::Expected& x : plan.expected) {
      if (!x.present[r]) continue;
      const std::string actual = scorer.text(static_cast<std::size_t>(x.result), r);
      const bool isList =
          model.program().resultSlots[static_cast<std::size_t>(x.result)].type == DataType::list && !actual.empty();
      if (!(isList ? agreesAsList : agrees)(x.values[r], actual, x.precision, x.zeroThreshold))
        report.mismatches.push_back({r + 1, x.name, x.values[r], actual});
    }
  }
  return report;
}

}  // namespace scorelet
