// BayesianNetworkModel (spec: Bayesian Network Models): exact inference with any part of the evidence missing.
#include <algorithm>
#include <cmath>

#include "compile/expression.hpp"
#include "compile/model.hpp"
#include "models/bayesian_network/elimination.hpp"
#include "models/bayesian_network/gaussian.hpp"

namespace scorelet::models {

namespace bayesian_network {

using namespace compile;
using program::Frame;

/// A node that is predicted: its posterior given what the record says of all others.
struct Target {
  std::string_view name;  ///< while compiling
  std::uint32_t variable = kNone, continuous = kNone;
  bool isExpectation = false;  ///< the mean of a discrete node's numbers instead of its most probable value
  std::optional<Elimination> elimination;

  TypedSlot value;
  std::vector<Slot> probabilities;  ///< per value of the variable
  Slot standardDeviation = kNoSlot;
};

struct BayesianNetworkStep final : program::Step {
  void run(const Frame& frame) const override {
    for (std::size_t row = 0; row < frame.n; ++row)
      for (const Target& target : targets) answer(frame, row, target);
  }
  [[nodiscard]] std::size_t bytes() const noexcept override { return network.bytes(); }

  Network network;
  std::vector<Target> targets;

 private:
  void answer(const Frame& frame, std::size_t row, const Target& target) const {
    const std::size_t variables = network.variables.size(), nodes = network.continuous.size();
    std::vector<std::uint32_t>& room = frame.buffers.indices;
    std::size_t positions = target.elimination->positions();
    for (const Group& g : network.groups) positions = std::max(positions, g.shape.variables.size());
    if (room.size() < 2 * variables + 2 * nodes + positions) room.resize(2 * variables + 2 * nodes + positions);
    const std::span<std::uint32_t> all(room);
    const Record record{network, frame, row, all.subspan(0, variables)};
    const Workspace workspace{all.subspan(2 * variables + 2 * nodes), all.subspan(variables, variables),
                              all.subspan(2 * variables, nodes), all.subspan(2 * variables + nodes, nodes)};
    const Value hole = infer(record, target, workspace);
    if (isPresent(hole)) return;
    frame.at(target.value.slot)[row] = hole;
    for (const Slot p : target.probabilities) frame.at(p)[row] = hole;
    if (target.standardDeviation != kNoSlot) frame.at(target.standardDeviation)[row] = hole;
  }

  Value infer(const Record& record, const Target& target, const Workspace& workspace) const {
    if (const Value hole = record.observe(); !isPresent(hole)) return hole;
    const Elimination& elimination = *target.elimination;
    const std::size_t cells = elimination.query().cells;
    std::vector<double>& room = record.frame.buffers.numbers;
    if (room.size() < elimination.arenaCells() + 2 * cells) room.resize(elimination.arenaCells() + 2 * cells);
    const Moments moments{room.data() + elimination.arenaCells(), room.data() + elimination.arenaCells() + cells};
    for (std::size_t g = 0; g < network.groups.size(); ++g) {
      const bool isOwn = target.continuous != kNone && network.continuous[target.continuous].group == g;
      const Value hole = evaluateGroup(record, network.groups[g], isOwn ? target.continuous : kNone,
                                       room.data() + elimination.groupOffset(g), moments, workspace);
      if (!isPresent(hole)) return hole;
    }
    const double* posterior = elimination.run(record, room.data(), workspace.position);
    if (posterior == nullptr) return invalid(Reason::notANumber);  // the evidence is impossible
    if (target.continuous != kNone) return answerMoments(record, target, posterior, moments, workspace);
    return answerDistribution(record, target, posterior);
  }

  Value answerDistribution(const Record& record, const Target& target, const double* posterior) const {
    const Variable& variable = network.variables[target.variable];
    const auto lane = [&](Slot slot) -> double& { return record.frame.at(slot)[record.row]; };
    double total = 0;
    for (std::uint32_t k = 0; k < variable.size(); ++k) total += posterior[k];
    std::uint32_t best = 0;
    double mean = 0;
    for (std::uint32_t k = 0; k < variable.size(); ++k) {
      lane(target.probabilities[k]) = posterior[k] / total;
      if (posterior[k] > posterior[best]) best = k;
      mean += posterior[k] / total * (target.isExpectation ? variable.values[k] : 0);
    }
    lane(target.value.slot) = target.isExpectation ? checked(mean) : variable.values[best];
    if (!target.isExpectation) return 0;
    double variance = 0;
    for (std::uint32_t k = 0; k < variable.size(); ++k)
      variance += posterior[k] / total * (variable.values[k] - mean) * (variable.values[k] - mean);
    lane(target.standardDeviation) = checked(std::sqrt(variance));
    return 0;
  }

  /// A mixture over the configurations of the target's group: the law of total expectation and variance.
  Value answerMoments(const Record& record, const Target& target, const double* posterior, const Moments& moments,
                      const Workspace& workspace) const {
    const Shape& shape = target.elimination->query();
    const auto forEach = [&](auto&& f) {
      Walk<1> walk;
      walk.variables = shape.variables;
      walk.strides[0] = shape.strides.data();
      walk.streams = 1;
      walk.start(record, workspace.position);
      do f(walk.offsets[0]);
      while (walk.next(record, workspace.position));
    };
    double total = 0, mean = 0, variance = 0;
    forEach([&](std::size_t cell) { total += posterior[cell]; });
    forEach([&](std::size_t cell) { mean += posterior[cell] / total * moments.mean[cell]; });
    forEach([&](std::size_t cell) {
      const double d = moments.mean[cell] - mean;
      variance += posterior[cell] / total * (moments.variance[cell] + d * d);
    });
    record.frame.at(target.value.slot)[record.row] = checked(mean);
    record.frame.at(target.standardDeviation)[record.row] = checked(std::sqrt(variance > 0 ? variance : 0));
    return 0;
  }
};

Value Record::observe() const {
  for (std::size_t v = 0; v < network.variables.size(); ++v) {
    const Variable& variable = network.variables[v];
    const Value x = variable.evidence == kNoSlot ? missing() : frame.at(variable.evidence)[row];
    state[v] = kNone;
    if (isInvalid(x)) return x;
    if (isMissing(x)) {
      if (!variable.isNode) return invalid(Reason::missingNotAllowed, variable.place);
      continue;
    }
    const auto found = std::find(variable.values.begin(), variable.values.end(), x);
    if (found == variable.values.end()) return invalid(Reason::notInDomain, variable.place);
    state[v] = static_cast<std::uint32_t>(found - variable.values.begin());
  }
  for (const ContinuousNode& node : network.continuous)
    if (const Value x = at(node); isInvalid(x)) return x;
  return 0;
}

class Compiler {
 public:
  Compiler(ModelContext& context, BayesianNetworkStep& step)
      : context_(context), builder_(context.scope.builder()), step_(step), network_(step.network) {}

  ModelResult compile() {
    for (const document::MiningField& f : context_.scope.schema().fields)
      if (f.usageType == UsageType::target) addTarget(f);
    if (step_.targets.empty()) {
      context_.model.error(Code::missingElement,
                           "A BayesianNetworkModel needs a target field that is one of its nodes.");
      return {};
    }
    checkFunction();
    ModelResult result = resultOf(step_.targets[0]);
    for (std::size_t t = 1; t < step_.targets.size(); ++t)
      result.otherTargets.push_back({step_.targets[t].name, resultOf(step_.targets[t])});
    return result;
  }

 private:
  void addTarget(const document::MiningField& field) {
    Target target;
    target.name = field.name;
    target.variable = network_.findVariable(field.name);
    target.continuous = network_.findContinuous(field.name);
    if (target.variable != kNone && !network_.variables[target.variable].isNode) target.variable = kNone;
    if (target.variable == kNone && target.continuous == kNone) {
      field.at.error(Code::unresolvedReference, "The target \"" + std::string(field.name) + "\" is not a node.",
                     "name");
      return;
    }
    std::vector<std::uint32_t> query;
    if (target.variable != kNone) {
      const Variable& variable = network_.variables[target.variable];
      target.isExpectation = context_.function == MiningFunction::regression && step_.targets.empty();
      target.value = {builder_.newSlot(), target.isExpectation ? DataType::float64 : variable.type};
      for (std::size_t k = 0; k < variable.values.size(); ++k) target.probabilities.push_back(builder_.newSlot());
      if (target.isExpectation) target.standardDeviation = builder_.newSlot();
      query = {target.variable};
    } else {
      target.value = {builder_.newSlot(), DataType::float64};
      target.standardDeviation = builder_.newSlot();
      query = network_.groups[network_.continuous[target.continuous].group].shape.variables;
    }
    checkSolvable(field, target);
    target.elimination = Elimination::plan(network_, query, builder_.limits().inferenceCells);
    if (!target.elimination)
      context_.model.error(Code::limitReached,
                           "Exact inference for \"" + std::string(field.name) + "\" needs tables of more than " +
                               std::to_string(builder_.limits().inferenceCells) + " cells (limits.inferenceCells).");
    step_.targets.push_back(std::move(target));
  }

  ModelResult resultOf(const Target& target) const {
    ModelResult result;
    result.value = target.value;
    result.opType = target.continuous != kNone || target.isExpectation
                        ? OpType::continuous
                        : context_.scope.targetBinding(target.name).opType;
    if (target.variable != kNone && !target.isExpectation) {
      result.categories = network_.variables[target.variable].values;
      result.probabilities = target.probabilities;
    }
    if (target.standardDeviation != kNoSlot) result.standardDeviation = {target.standardDeviation, DataType::float64};
    return result;
  }

  void checkSolvable(const document::MiningField& field, const Target& target) {
    for (std::size_t g = 0; g < network_.groups.size(); ++g) {
      const bool isOwn = target.continuous != kNone && network_.continuous[target.continuous].group == g;
      const std::uint32_t at = firstUnsolvable(network_, network_.groups[g], isOwn ? target.continuous : kNone);
      if (at == kNone) continue;
      field.at.error(Code::unsupported,
                     "\"" + std::string(field.name) +
                         "\" cannot be inferred exactly, even if all inputs are known: the "
                         "distribution of \"" +
                         std::string(network_.continuous[at].name) +
                         "\" with nodes that are never observed is not a Normal one that is linear in them.",
                     "name");
      return;
    }
  }

  void checkFunction() {
    const Target& first = step_.targets[0];
    if (context_.function == MiningFunction::classification) {
      if (first.continuous != kNone)
        context_.model.error(Code::typeMismatch, "A continuous node is predicted by functionName=\"regression\".",
                             "functionName");
    } else if (context_.function != MiningFunction::regression) {
      context_.model.error(Code::unsupported, "A Bayesian network is defined for classification and regression only.",
                           "functionName");
    } else if (first.isExpectation && !isNumeric(network_.variables[first.variable].type)) {
      context_.model.error(Code::typeMismatch,
                           "The values of this node are no numbers: functionName is classification.", "functionName");
    }
  }

  ModelContext& context_;
  Builder& builder_;
  BayesianNetworkStep& step_;
  Network& network_;
};

}  // namespace bayesian_network

compile::ModelResult compileBayesianNetworkModel(compile::ModelContext& context) {
  compile::warnIfFloat(context);
  using namespace bayesian_network;
  auto step = std::make_unique<BayesianNetworkStep>();
  auto network = readNetwork(context);
  if (!network) return {};
  step->network = std::move(*network);
  ModelResult result = Compiler(context, *step).compile();
  step->network.variableByName.clear();
  step->network.continuousByName.clear();
  if (result) context.scope.body().push_back(std::move(step));
  return result;
}

}  // namespace scorelet::models
