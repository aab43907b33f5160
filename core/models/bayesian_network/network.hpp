// BayesianNetworkModel as it is run: discrete nodes with tables, continuous nodes with distributions whose
// parameters are expressions of their parents (spec: Bayesian Network Models).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compile/model.hpp"

namespace scorelet::models::bayesian_network {

using compile::kNoSlot;
using compile::Slot;

inline constexpr std::uint32_t kNone = 0xFFFF'FFFFu;

/// A variable with listed values: a DiscreteNode, or a field outside the network on which tables depend.
struct Variable {
  std::string_view name;
  DataType type = DataType::string;
  std::vector<Value> values;
  Slot evidence = kNoSlot;  ///< kNoSlot: never observed (the target, latent nodes)
  std::uint32_t place = 0;  ///< for the reason of an invalid row
  bool isNode = true;       ///< otherwise it has no probabilities of its own and must be observed
  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(values.size()); }
};

/// A table over some variables: the last one moves fastest.
struct Shape {
  std::vector<std::uint32_t> variables, strides;
  std::size_t cells = 1;
};

/// The shape over `variables`, in this order; `cells` saturates.
[[nodiscard]] Shape makeShape(std::vector<std::uint32_t> variables, const std::vector<Variable>& all);

struct Factor {
  Shape shape;
  std::vector<double> cells;
};

/// c0 + Σ coefficient · continuous node: how a parameter depends on nodes, where it does so linearly.
struct Affine {
  double constant = 0;
  std::vector<std::pair<std::uint32_t, double>> terms;
};

/// A parameter of a distribution, once per configuration of the discrete nodes that its expression mentions.
struct Parameter {
  Shape shape;
  struct Variant {
    Slot slot = kNoSlot;  ///< the expression's value where all nodes in it are observed
    bool isAffine = false;
    Affine affine;
  };
  std::vector<Variant> variants;
  std::vector<std::uint32_t> nodes;     ///< continuous nodes that the expression mentions
  std::vector<std::uint32_t> indirect;  ///< variables that it mentions through derived fields: no constant there
};

struct Distribution {
  enum class Kind : std::uint8_t { normal, lognormal, triangular, uniform };
  Kind kind = Kind::normal;
  Parameter mean, variance, lower, upper;
};

struct ContinuousNode {
  std::string_view name;
  Slot evidence = kNoSlot;
  std::uint32_t place = 0;
  Shape shape;  ///< over the parents of ParentValue: which distribution
  std::vector<Distribution> distributions;
  std::vector<std::uint32_t> parents;  ///< continuous nodes, over all distributions
  std::vector<std::uint32_t> scope;    ///< discrete variables, ParentValue and expressions together, sorted
  std::uint32_t group = 0;
};

/// Continuous nodes that are connected through each other: one factor over the discrete variables of all.
struct Group {
  std::vector<std::uint32_t> members;  ///< parents before children
  Shape shape;
};

struct Network {
  std::vector<Variable> variables;
  std::vector<Factor> tables;  ///< one per discrete node
  std::vector<ContinuousNode> continuous;
  std::vector<Group> groups;
  std::unordered_map<std::string_view, std::uint32_t> variableByName, continuousByName;  ///< while compiling

  [[nodiscard]] std::uint32_t findVariable(std::string_view name) const noexcept;
  [[nodiscard]] std::uint32_t findContinuous(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;
};

/// Reads and checks the nodes; nothing after a report of what leaves no network to plan with.
[[nodiscard]] std::optional<Network> readNetwork(compile::ModelContext& context);

}  // namespace scorelet::models::bayesian_network
