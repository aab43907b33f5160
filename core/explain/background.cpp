#include <scorelet/background.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/random.hpp"
#include "explain/marginal.hpp"
#include "program/program.hpp"

namespace scorelet {

using explain::Marginal;

namespace {

void refuse(Diagnostics& faults, Code code, std::string message, std::string field = {}) {
  Diagnostic d;
  d.code = code;
  d.message = std::move(message);
  d.field = std::move(field);
  faults.push_back(std::move(d));
}

/// One cell a record: missing ones in proportion, then the middle of each of as many equal shares as records are left.
std::vector<Cell> evenly(const Marginal& marginal, std::size_t records) {
  const auto missing =
      static_cast<std::size_t>(std::floor(marginal.missingShare() * static_cast<double>(records) + 0.5));
  std::vector<Cell> cells(records, Cell::none());
  const auto present = static_cast<double>(records - missing);
  for (std::size_t i = missing; i < records; ++i)
    cells[i] = marginal.at((static_cast<double>(i - missing) + 0.5) / present);
  return cells;
}

/// Every order is as likely as any other (Fisher and Yates).
void shuffle(std::vector<Cell>& cells, Random& random) {
  for (std::size_t i = cells.size(); i > 1; --i) std::swap(cells[i - 1], cells[random.below(i)]);
}

}  // namespace

Expected<Background> Background::fromDescription(const Model& model, const BackgroundOptions& options) {
  Diagnostics faults;
  if (options.records == 0) refuse(faults, Code::badArgument, "A background needs at least one record.");
  Background b(model, options.records);
  Random random(options.seed);
  for (const InputField& f : b.model_.inputs()) {
    Field& field = b.fields_.emplace_back();
    const bool isTarget = std::any_of(model.targets().begin(), model.targets().end(),
                                      [&](const InputField& target) { return target.name == f.name; });
    if (!f.isUsed || isTarget) continue;
    const Marginal marginal(f);
    field.source = marginal.source();
    if (f.isList) {
      refuse(faults, Code::unsupported,
             "\"" + f.name + "\" holds a list of values, of which the document says nothing: give records of your own.",
             f.name);
    } else if (field.source == Source::none) {
      refuse(faults, Code::unsupported,
             "The document has neither statistics of \"" + f.name +
                 "\" nor valid values, bounded intervals or a replacement of missing values: give records of your own.",
             f.name);
    } else {
      field.cells = evenly(marginal, options.records);
      shuffle(field.cells, random);
    }
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return b;
}

Expected<Background> Background::fromVerification(const Model& model) {
  const program::VerificationPlan& plan = model.program().verification;
  if (plan.records == 0) {
    Diagnostics faults;
    refuse(faults, Code::unsupported, "The document has no ModelVerification records.");
    return std::unexpected(std::move(faults));
  }
  Background b(model, plan.records);
  b.fields_.resize(model.inputs().size());
  for (const program::VerificationPlan::Input& in : plan.inputs) {
    Field& field = b.fields_[in.input];
    field.source = Source::verification;
    field.cells.clear();
    for (std::size_t r = 0; r < plan.records; ++r)
      field.cells.push_back(in.present[r] ? Cell::of(std::string_view(in.values[r])) : Cell::none());
  }
  return b;
}

Batch Background::batch() const {
  Batch batch{records_, {}};
  for (const Field& field : fields_)
    batch.columns.push_back(field.cells.empty() ? Column() : Column::ofCells(field.cells.data()));
  return batch;
}

std::string Background::note(std::size_t input) const {
  const std::string name = '"' + model_.inputs()[input].name + '"';
  switch (source(input)) {
    case Source::frequencies: return name + " has its values in proportion to their frequencies in the training data.";
    case Source::histogram: return name + " follows the histogram of its training data, evenly inside each range.";
    case Source::quantiles: return name + " follows the quantiles of its training data, evenly between neighbours.";
    case Source::normal:
      return name + " is taken to be normally distributed with the mean and standard deviation of its training data.";
    case Source::range: return name + " lies evenly between the extremes of its training data.";
    case Source::values: return name + " has each of its valid values as often as the others, without statistics.";
    case Source::interval: return name + " lies evenly in its valid intervals, without statistics.";
    case Source::replacement: return name + " has the replacement of missing values in every record.";
    case Source::verification: return name + " has the values of the document's own verification records.";
    case Source::none: break;
  }
  return name + " is missing in every record.";
}

std::string_view backgroundSourceName(Background::Source source) noexcept {
  switch (source) {
    case Background::Source::frequencies: return "frequencies";
    case Background::Source::histogram: return "histogram";
    case Background::Source::quantiles: return "quantiles";
    case Background::Source::normal: return "normal";
    case Background::Source::range: return "range";
    case Background::Source::values: return "values";
    case Background::Source::interval: return "interval";
    case Background::Source::replacement: return "replacement";
    case Background::Source::verification: return "verification";
    case Background::Source::none: break;
  }
  return "none";
}

}  // namespace scorelet
