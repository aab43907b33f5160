#include "models/bayesian_network/elimination.hpp"
#include "base/sort.hpp"

#include <algorithm>
#include <cmath>

namespace scorelet::models::bayesian_network {

/// Greedy: the variable whose table is smallest goes first, of equals the first in the document.
class Elimination::Planner {
 public:
  Planner(const Network& network, std::size_t mostCells) : network_(network), mostCells_(mostCells) {
    touching_.resize(network.variables.size());
    costs_.assign(network.variables.size(), -1);
  }

  std::optional<Elimination> plan(const std::vector<std::uint32_t>& query) {
    for (const Group& g : network_.groups) {
      plan_.groups_.push_back(plan_.arena_);
      addFactor({g.shape.variables, kNone, allocate(g.shape.cells)});
    }
    for (std::uint32_t t = 0; t < network_.tables.size(); ++t) addFactor({network_.tables[t].shape.variables, t, 0});
    std::vector<std::uint32_t> rest;
    for (std::uint32_t v = 0; v < network_.variables.size(); ++v)
      if (!std::binary_search(query.begin(), query.end(), v)) rest.push_back(v);
    while (!rest.empty() && !isTooLarge()) {
      work_ += rest.size() / 16;
      auto best = rest.begin();
      for (auto v = rest.begin(); v != rest.end(); ++v) {
        if (costs_[*v] < 0) costs_[*v] = costOf(*v);
        if (costs_[*v] < costs_[*best]) best = v;
      }
      const std::uint32_t v = *best;
      rest.erase(best);
      combine(touching_[v], v, {});
    }
    std::vector<std::uint32_t> remaining;
    for (std::uint32_t f = 0; f < factors_.size(); ++f)
      if (factors_[f].isLive) remaining.push_back(f);
    if (!isTooLarge()) combine(remaining, kNone, query);
    if (isTooLarge()) return std::nullopt;
    plan_.query_ = makeShape(query, network_.variables);
    return std::move(plan_);
  }

 private:
  struct Entry {
    std::vector<std::uint32_t> variables;
    std::uint32_t table;
    std::size_t offset;
    bool isLive = true;
  };

  [[nodiscard]] bool isTooLarge() const { return plan_.arena_ > mostCells_ || work_ > 64 * mostCells_; }

  std::size_t allocate(std::size_t cells) {
    const std::size_t at = plan_.arena_;
    plan_.arena_ += cells;
    return at;
  }

  void addFactor(Entry entry) {
    const auto f = static_cast<std::uint32_t>(factors_.size());
    for (const std::uint32_t v : entry.variables) {
      touching_[v].push_back(f);
      costs_[v] = -1;
    }
    factors_.push_back(std::move(entry));
  }

  /// The variables of some factors, sorted.
  std::vector<std::uint32_t> variablesOf(const std::vector<std::uint32_t>& factors) {
    std::vector<std::uint32_t> all;
    for (const std::uint32_t f : factors)
      all.insert(all.end(), factors_[f].variables.begin(), factors_[f].variables.end());
    work_ += all.size();
    sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  double costOf(std::uint32_t v) {
    double cells = 1;
    for (const std::uint32_t other : variablesOf(touching_[v])) cells *= network_.variables[other].size();
    return cells;
  }

  /// Multiplies factors and sums `summed` out; the result takes their place. An order of its own may be `wanted`.
  void combine(std::vector<std::uint32_t> factors, std::uint32_t summed, const std::vector<std::uint32_t>& wanted) {
    while (factors.size() > kMostInputs && !isTooLarge()) {
      const std::vector<std::uint32_t> first(factors.begin(), factors.begin() + kMostInputs);
      factors.erase(factors.begin(), factors.begin() + kMostInputs);
      factors.insert(factors.begin(), emit(first, kNone, {}));
      work_ += factors.size() / 16;
    }
    if (!isTooLarge()) (void)emit(factors, summed, wanted);
  }

  std::uint32_t emit(const std::vector<std::uint32_t>& factors, std::uint32_t summed,
                     const std::vector<std::uint32_t>& wanted) {
    Step step;
    step.variables = variablesOf(factors);
    if (summed != kNone) std::erase(step.variables, summed);
    if (!wanted.empty()) step.variables = wanted;
    step.summed = summed;
    const Shape shape = makeShape(step.variables, network_.variables);
    step.strides = shape.strides;
    step.offset = allocate(shape.cells);
    work_ += shape.cells * (summed == kNone ? 1 : network_.variables[summed].size());
    for (const std::uint32_t f : factors) {
      Entry& entry = factors_[f];
      Input input{entry.table, entry.offset, {}, 0};
      const Shape own = makeShape(entry.variables, network_.variables);
      const auto strideOf = [&](std::uint32_t v) {
        const auto at = std::find(own.variables.begin(), own.variables.end(), v);
        return at == own.variables.end() ? 0 : own.strides[static_cast<std::size_t>(at - own.variables.begin())];
      };
      for (const std::uint32_t v : step.variables) input.strides.push_back(strideOf(v));
      if (summed != kNone) input.summedStride = strideOf(summed);
      step.inputs.push_back(std::move(input));
      entry.isLive = false;
      for (const std::uint32_t v : entry.variables) {
        work_ += touching_[v].size() / 16;
        std::erase(touching_[v], f);
      }
    }
    const auto result = static_cast<std::uint32_t>(factors_.size());
    plan_.positions_ = std::max(plan_.positions_, step.variables.size());
    addFactor({step.variables, kNone, step.offset});
    plan_.steps_.push_back(std::move(step));
    return result;
  }

  const Network& network_;
  std::size_t mostCells_;
  std::size_t work_ = 0;  ///< of planning itself and of a record: both are bounded
  Elimination plan_;
  std::vector<Entry> factors_;
  std::vector<std::vector<std::uint32_t>> touching_;  ///< live factors per variable, in the order of their making
  std::vector<double> costs_;  ///< cells of the table that eliminating a variable makes; -1: unknown
};

std::optional<Elimination> Elimination::plan(const Network& network, const std::vector<std::uint32_t>& query,
                                             std::size_t mostCells) {
  return Planner(network, mostCells).plan(query);
}

bool Elimination::runStep(const Step& step, const Record& record, double* arena, std::span<std::uint32_t> position) {
  const std::size_t inputs = step.inputs.size();
  const double* base[kMostInputs];
  Walk<kMostInputs + 1> walk;
  walk.variables = step.variables;
  for (std::size_t i = 0; i < inputs; ++i) {
    const Input& input = step.inputs[i];
    base[i] = input.table == kNone ? arena + input.offset : record.network.tables[input.table].cells.data();
    walk.strides[i] = input.strides.data();
  }
  walk.strides[inputs] = step.strides.data();
  walk.streams = inputs + 1;
  std::uint32_t first = 0, last = 1;
  if (step.summed != kNone) {
    const std::uint32_t state = record.state[step.summed];
    first = state == kNone ? 0 : state;
    last = state == kNone ? record.network.variables[step.summed].size() : state + 1;
  }
  double* out = arena + step.offset;
  double most = 0;
  const Walk<kMostInputs + 1> beginning = walk;
  walk.start(record, position);
  do {
    double sum = 0;
    for (std::uint32_t k = first; k < last; ++k) {
      double product = 1;
      for (std::size_t i = 0; i < inputs; ++i)
        product *= base[i][walk.offsets[i] + std::size_t{k} * step.inputs[i].summedStride];
      sum += product;
    }
    out[walk.offsets[inputs]] = sum;
    if (sum > most) most = sum;
  } while (walk.next(record, position));
  if (!(most > 0)) return false;
  // Scaled by a power of two, which is exact: long products must not leave the range of doubles.
  int exponent = 0;
  (void)std::frexp(most, &exponent);
  walk = beginning;
  walk.start(record, position);
  do {
    double& cell = out[walk.offsets[inputs]];
    cell = std::ldexp(cell, -exponent);
  } while (exponent != 0 && walk.next(record, position));
  return true;
}

const double* Elimination::run(const Record& record, double* arena, std::span<std::uint32_t> position) const {
  for (const Step& step : steps_)
    if (!runStep(step, record, arena, position)) return nullptr;
  return arena + steps_.back().offset;
}

}  // namespace scorelet::models::bayesian_network
