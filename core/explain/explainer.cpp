#include <scorelet/explain.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "explain/coalitions.hpp"
#include "explain/expansion.hpp"
#include "explain/probe.hpp"
#include "explain/refusal.hpp"
#include "explain/sum_game.hpp"
#include "explain/table.hpp"
#include "explain/tree_game.hpp"

namespace scorelet {

using explain::Coalitions;
using explain::Expansion;
using explain::Probe;
using explain::refuse;
using explain::SumGame;
using explain::Table;
using explain::Target;
using explain::TreeGame;
using program::Frame;
using program::TreeShape;
using program::Wiring;

std::string_view contributionMethodName(ContributionMethod method) noexcept {
  switch (method) {
    case ContributionMethod::additive: return "additive";
    case ContributionMethod::trees: return "trees";
    case ContributionMethod::enumeration: return "enumeration";
    case ContributionMethod::sampling: break;
  }
  return "sampling";
}

struct Explainer::State {
  struct Row {
    double value = std::numeric_limits<double>::quiet_NaN();
    double standardError = 0;
    ContributionMethod method = ContributionMethod::enumeration;
    std::string fault;
    bool isOpen = true;  ///< the structure does not account for it
  };

  State(Model m, Wiring w, Target t, const Batch& background, const ExplainOptions& o)
      : model(std::move(m)),
        options(o),
        wiring(std::move(w)),
        probe(model.program(), t),
        background(background, model.inputs().size()),
        coalitions(this->background, model.inputs().size()) {}

  [[nodiscard]] std::size_t inputs() const noexcept { return model.inputs().size(); }
  [[nodiscard]] std::span<double> contributionsOf(std::size_t row) noexcept {
    return {contributions.data() + row * inputs(), inputs()};
  }

  Expected<void> begin(const Target& target);
  Expected<void> beginCounts(const std::optional<Expansion>& expansion);
  Expected<void> beginBackground(const Batch& batch);
  void findPlayers(const Target& target);
  void findStructure(const std::optional<Expansion>& expansion);
  void lookAt(const Frame& frame, std::size_t first);
  void explainBlock(std::size_t end);
  void settle(std::size_t row);
  void explainByMixtures(const Batch& rows, std::size_t row);

  Model model;
  ExplainOptions options;
  Wiring wiring;
  Probe probe;
  Table background;
  Coalitions coalitions;
  std::vector<std::uint32_t> players;  ///< inputs that the quantity depends on
  std::optional<TreeGame> trees;
  std::optional<SumGame> sums;
  double base = 0;
  double scale = 0;  ///< of the quantity, for comparisons

  std::vector<Row> rows;
  std::vector<double> contributions;
  std::vector<Value> factors;
};

Expected<void> Explainer::State::begin(const Target& target) {
  if (model.isStateful())
    return refuse(Code::unsupported,
                  "The model's answers depend on earlier records (Lag, baselines): one record has no contributions.");
  findPlayers(target);
  const std::optional<Expansion> expansion = explain::expand(wiring, target);
  findStructure(expansion);
  return options.kind == ContributionKind::pathDependent ? beginCounts(expansion) : Expected<void>{};
}

void Explainer::State::findPlayers(const Target& target) {
  program::Fields fields = program::Fields::none();
  if (target.margin == nullptr)
    fields = wiring.fields(target.slot);
  else
    for (const program::Term& term : target.margin->terms) fields.add(wiring.fields(term));
  if (!fields.isAll()) {
    players.assign(fields.list().begin(), fields.list().end());
    return;
  }
  for (std::uint32_t i = 0; i < inputs(); ++i)
    if (model.inputs()[i].isUsed) players.push_back(i);
}

void Explainer::State::findStructure(const std::optional<Expansion>& expansion) {
  if (!expansion) return;
  auto ofTerms = SumGame::build(wiring, expansion->terms);
  auto ofTrees = TreeGame::build(wiring, expansion->trees, inputs());
  if (!ofTerms || !ofTrees) return;
  sums = std::move(ofTerms);
  trees = std::move(ofTrees);
}

Expected<void> Explainer::State::beginCounts(const std::optional<Expansion>& expansion) {
  const bool isTrees = expansion && !expansion->trees.empty() && expansion->terms.empty() && trees;
  if (!isTrees)
    return refuse(Code::unsupported,
                  "Path-dependent contributions are defined for sums of trees; what is asked for is not one. Take the "
                  "interventional kind (for a model with a link function perhaps of the margin).");
  for (std::size_t t = 0; t < expansion->trees.size(); ++t) {
    const TreeShape::Counts counts = wiring.shape(expansion->trees[t].shape).hasCounts;
    if (counts == TreeShape::Counts::complete) continue;
    return refuse(
        Code::unsupported,
        "Path-dependent contributions need a recordCount for every Node, and that those of its children add up "
        "to it. In tree " +
            std::to_string(t + 1) + " of the document they " +
            (counts == TreeShape::Counts::absent ? "are absent" : "do not add up") + ". Take the interventional kind.");
  }
  trees->useCounts();
  base = expansion->constant + trees->expectation();
  return {};
}

Expected<void> Explainer::State::beginBackground(const Batch& batch) {
  if (options.kind == ContributionKind::pathDependent) return {};
  if (batch.rows == 0)
    return refuse(Code::badArgument, "Contributions compare with background records; there are none.");
  std::vector<Value> values(batch.rows);
  bool isClear = true;
  probe.run(batch, [&](const Frame& frame, std::size_t first) {
    for (std::size_t i = 0; i < frame.n; ++i) values[first + i] = probe.at(frame, i);
    if (!trees) return;
    isClear &= trees->look(frame) == 0;
    if (trees->isFull()) trees->addBackground();
    for (std::size_t i = 0; i < frame.n; ++i) {
      sums->look(frame, i, factors);
      isClear &= std::ranges::all_of(factors, isPresent);
      sums->addBackground(factors);
    }
  });
  if (trees && trees->rows() > 0) trees->addBackground();
  if (!isClear) trees.reset(), sums.reset();
  double sum = 0;
  for (std::size_t b = 0; b < values.size(); ++b) {
    if (!isPresent(values[b]))
      return refuse(Code::missingValue,
                    "Background record " + std::to_string(b + 1) + " has no prediction. Leave it out, or complete it.");
    sum += values[b];
    scale = std::max(scale, std::fabs(values[b]));
  }
  base = sum / static_cast<double>(values.size());
  if (options.standardError > 0) return {};
  double squares = 0;
  for (const Value v : values) squares += (v - base) * (v - base);
  options.standardError = 0.01 * std::sqrt(squares / static_cast<double>(values.size())) + 1e-12 * scale;
  return {};
}

/// Explains what is a sum of single fields; the trees look at the rows, for `explainBlock`.
void Explainer::State::lookAt(const Frame& frame, std::size_t first) {
  const std::uint64_t unclear = trees ? trees->look(frame) : ~std::uint64_t{0};
  for (std::size_t i = 0; i < frame.n; ++i) {
    Row& row = rows[first + i];
    const Value value = probe.at(frame, i);
    if (isPresent(value))
      row.value = value;
    else
      row.fault = "This record has no prediction, so there is nothing to explain.";
    if ((unclear >> i & 1) != 0 || !isPresent(value)) continue;
    sums->look(frame, i, factors);
    row.isOpen = !sums->explain(factors, contributionsOf(first + i));
  }
}

/// Explains by the trees the rows that they have looked at: those before `end`.
void Explainer::State::explainBlock(std::size_t end) {
  const std::size_t first = end - trees->rows();
  trees->explain(contributionsOf(first).data(), [&](std::size_t row) { rows[first + row].isOpen = true; });
}

/// Leaves a row open for which the structure does not hold: a value is missing, or a step between the terms and the
/// quantity has changed it.
void Explainer::State::settle(std::size_t number) {
  constexpr double kRounding = 2e-5;  // sums in single precision (x-mathContext="float")
  Row& row = rows[number];
  const std::span<double> out = contributionsOf(number);
  if (!row.isOpen) {
    double total = base;
    for (const double c : out) total += c;
    row.isOpen = !(std::fabs(total - row.value) <= kRounding * std::max({1e-300, scale, std::fabs(row.value)}));
  }
  if (row.isOpen)
    std::ranges::fill(out, 0);
  else
    row.method = trees->empty() ? ContributionMethod::additive : ContributionMethod::trees;
}

void Explainer::State::explainByMixtures(const Batch& batch, std::size_t row) {
  Row& out = rows[row];
  if (options.kind == ContributionKind::pathDependent) {
    out.fault = "The trees do not account for this record's prediction: some value goes a way that has no count.";
    return;
  }
  std::vector<Cell> cells(inputs());
  explain::readRow(batch, row, cells);
  const explain::Evaluate evaluate = [this](const Batch& mixtures, std::vector<Value>& values) {
    probe.evaluate(mixtures, values);
  };
  bool isDone = true;
  if (players.size() <= explain::kMostEnumerated) {
    out.method = ContributionMethod::enumeration;
    isDone = coalitions.enumerate(cells, players, evaluate, contributionsOf(row));
  } else {
    out.method = ContributionMethod::sampling;
    const Value error = coalitions.sample(
        cells, players, evaluate, {options.standardError, options.evaluations, options.seed}, contributionsOf(row));
    isDone = isPresent(error);
    if (isDone) out.standardError = error;
  }
  if (!isDone)
    out.fault = "Some mixture of this record with the background has no prediction, so contributions are not defined.";
}

Expected<Explainer> Explainer::create(Model model, const Batch& background, const ExplainOptions& options) {
  Wiring wiring = Wiring::of(model.program());
  const auto target = explain::findTarget(model.program(), wiring, options.quantity);
  if (!target) return std::unexpected(target.error());
  auto state = std::make_unique<State>(std::move(model), std::move(wiring), *target, background, options);
  if (auto ok = state->begin(*target); !ok) return std::unexpected(std::move(ok.error()));
  if (auto ok = state->beginBackground(background); !ok) return std::unexpected(std::move(ok.error()));
  return Explainer(std::move(state));
}

void Explainer::explain(const Batch& batch) {
  State& s = *state_;
  s.rows.assign(batch.rows, {});
  s.contributions.assign(batch.rows * s.inputs(), 0);
  s.probe.run(batch, [&](const Frame& frame, std::size_t first) {
    s.lookAt(frame, first);
    if (s.trees && s.trees->isFull()) s.explainBlock(first + frame.n);
  });
  if (s.trees && s.trees->rows() > 0) s.explainBlock(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    s.settle(row);
    if (s.rows[row].isOpen && ok(row)) s.explainByMixtures(batch, row);
  }
  for (std::size_t row = 0; row < batch.rows; ++row)
    if (!ok(row)) std::ranges::fill(s.contributionsOf(row), std::numeric_limits<double>::quiet_NaN());
}

Explainer::Explainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Explainer::~Explainer() = default;
Explainer::Explainer(Explainer&&) noexcept = default;
Explainer& Explainer::operator=(Explainer&&) noexcept = default;

std::size_t Explainer::rows() const noexcept { return state_->rows.size(); }
std::span<const double> Explainer::contributions(std::size_t row) const noexcept {
  return state_->contributionsOf(row);
}
double Explainer::base() const noexcept { return state_->base; }
double Explainer::value(std::size_t row) const noexcept { return state_->rows[row].value; }
ContributionMethod Explainer::method(std::size_t row) const noexcept { return state_->rows[row].method; }
double Explainer::standardError(std::size_t row) const noexcept { return state_->rows[row].standardError; }
bool Explainer::ok(std::size_t row) const noexcept { return state_->rows[row].fault.empty(); }
Diagnostics Explainer::diagnostics(std::size_t row) const {
  if (ok(row)) return {};
  return {explain::fault(Code::missingValue, state_->rows[row].fault)};
}
const Model& Explainer::model() const noexcept { return state_->model; }

}  // namespace scorelet
