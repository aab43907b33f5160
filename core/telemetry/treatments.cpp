#include <scorelet/telemetry/treatments.hpp>

#include <algorithm>

#include "base/sort.hpp"
#include "program/program.hpp"
#include "run/cells.hpp"
#include "run/scratch.hpp"

namespace scorelet::telemetry {

struct TreatmentReader::State {
  explicit State(const Model& m) : model(m), strings(model.program().symbols) {
    for (const program::InputPlan& plan : model.program().forResults.inputs) {
      const auto isSame = [&](const program::InputPlan& p) { return p.input == plan.input; };
      if (!plan.isList && std::ranges::none_of(plans, isSame)) plans.push_back(plan);
    }
    sort(plans, [](const auto& a, const auto& b) { return a.input < b.input; });
  }
  Model model;
  Strings strings;
  std::vector<program::InputPlan> plans;
};

TreatmentReader::TreatmentReader(const Model& model) : state_(std::make_unique<State>(model)) {}
TreatmentReader::~TreatmentReader() = default;
TreatmentReader::TreatmentReader(TreatmentReader&&) noexcept = default;
TreatmentReader& TreatmentReader::operator=(TreatmentReader&&) noexcept = default;

std::vector<TreatmentReader::Treated> TreatmentReader::read(const Batch& batch, std::size_t row) {
  using enum Trace::Treatment;
  static constexpr Column kAbsent{};
  const program::Program& program = state_->model.program();
  std::vector<Treated> out;
  state_->strings.clear();
  for (const program::InputPlan& plan : state_->plans) {
    const Column& column = plan.input < batch.columns.size() ? batch.columns[plan.input] : kAbsent;
    const Value given = readCell(column.cell(row), plan.type, state_->strings);
    const Value used = program.treatments[plan.domain].apply(given);
    if (isPresent(used) && used == given) continue;
    Treated treated{program.inputs[plan.input].name, replaced, {}};
    if (isInvalid(used))
      treated.treatment = invalid;
    else if (!isPresent(used))
      treated.treatment = isMissing(given) ? missing : asMissing;
    else
      treated.used = toResultValue(used, plan.type, plan.type, state_->strings, {});
    out.push_back(std::move(treated));
  }
  return out;
}

}  // namespace scorelet::telemetry
