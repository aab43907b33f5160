#include <algorithm>
#include <numeric>

#include "base/sort.hpp"
#include "compile/expression.hpp"
#include "models/bayesian_network/affine.hpp"
#include "models/bayesian_network/network.hpp"

namespace scorelet::models::bayesian_network {

using namespace compile;

Shape makeShape(std::vector<std::uint32_t> variables, const std::vector<Variable>& all) {
  Shape shape;
  shape.variables = std::move(variables);
  shape.strides.resize(shape.variables.size());
  for (std::size_t i = shape.variables.size(); i-- > 0;) {
    shape.strides[i] = static_cast<std::uint32_t>(shape.cells);
    const std::size_t size = all[shape.variables[i]].size();
    shape.cells = size != 0 && shape.cells > 0xFFFF'FFFFu / size ? 0xFFFF'FFFFu : shape.cells * size;
  }
  return shape;
}

std::uint32_t Network::findVariable(std::string_view name) const noexcept {
  const auto at = variableByName.find(name);
  return at == variableByName.end() ? kNone : at->second;
}

std::uint32_t Network::findContinuous(std::string_view name) const noexcept {
  const auto at = continuousByName.find(name);
  return at == continuousByName.end() ? kNone : at->second;
}

std::size_t Network::bytes() const noexcept {
  std::size_t n = 0;
  for (const Factor& t : tables) n += t.cells.size() * sizeof(double);
  for (const Variable& v : variables) n += v.values.size() * sizeof(Value);
  for (const ContinuousNode& c : continuous) n += c.distributions.size() * sizeof(Distribution);
  return n;
}

namespace {

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

class Reader {
 public:
  explicit Reader(ModelContext& context)
      : context_(context), scope_(context.scope), builder_(context.scope.builder()) {}

  std::optional<Network> read() {
    nodes_ = context_.model.child("BayesianNetworkNodes");
    if (!nodes_ || !nodes_.first()) {
      context_.model.error(Code::missingElement, "BayesianNetworkModel needs BayesianNetworkNodes with nodes in it.");
      return std::nullopt;
    }
    for (const xml::Element e : xml::children(nodes_)) bindDerivedFields(e);
    for (const xml::Element e : xml::children(nodes_)) declare(e);
    for (const xml::Element e : xml::children(nodes_)) declareOutsiders(e);
    const Expressions expressions(context_, network_);
    expressions_ = &expressions;
    for (const Declared& d : declared_) d.isDiscrete ? readDiscrete(d) : readContinuous(d);
    if (!isComplete() || !order()) return std::nullopt;
    return std::move(network_);
  }

 private:
  struct Declared {
    xml::Element at;
    std::uint32_t index;
    bool isDiscrete;
  };
  struct Row {
    xml::Element at;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> parents;  ///< variable, value
  };

  // --- names and values ---------------------------------------------------------------------------------------

  void bindDerivedFields(xml::Element node) {
    for (const xml::Element f : xml::children(node, "DerivedField")) {
      const std::string_view name = f.required("name");
      if (!derived_.insert(name).second)
        f.error(Code::duplicateName, "The derived field " + quoted(name) + " is declared twice.", "name");
      else
        scope_.bind(name, compileDerivedField(scope_, f));
    }
  }

  /// The lanes in which a node may be observed; nothing for targets and latent nodes.
  TypedSlot evidenceOf(std::string_view name) {
    const document::MiningField* field = scope_.schema().find(name);
    const bool isHidden = field != nullptr ? field->usageType == UsageType::target
                                           : !derived_.contains(name) && builder_.dictionary().find(name) != nullptr;
    if (!isHidden)
      if (const Binding* binding = scope_.find(name)) {
        if (binding->isList)
          nodes_.error(Code::typeMismatch, quoted(name) + " has many values per record; a node has one.");
        return binding->value;
      }
    return {kNoSlot, scope_.targetBinding(name).value.type};
  }

  void declare(xml::Element e) {
    const bool isDiscrete = e.name() == "DiscreteNode";
    if (!isDiscrete && e.name() != "ContinuousNode") return;
    const std::string_view name = e.required("name");
    if (network_.findVariable(name) != kNone || network_.findContinuous(name) != kNone) {
      e.error(Code::duplicateName, "There are two nodes " + quoted(name) + ".", "name");
      return;
    }
    const TypedSlot evidence = evidenceOf(name);
    if (isDiscrete) {
      const std::uint32_t v = addVariable(name, evidence);
      for (const xml::Element p : xml::children(e)) {
        if (p.name() == "ValueProbability") addValue(v, p);
        for (const xml::Element inner : xml::children(p, "ValueProbability")) addValue(v, inner);
      }
      declared_.push_back({e, v, true});
      return;
    }
    const bool isKnown = evidence.slot != kNoSlot || builder_.dictionary().find(name) != nullptr;
    if (isKnown && !isNumeric(evidence.type)) {
      e.error(Code::typeMismatch, "The field of a ContinuousNode is a number.", "name");
      return;
    }
    const auto c = static_cast<std::uint32_t>(network_.continuous.size());
    ContinuousNode node;
    node.name = builder_.keep(std::string(name));
    node.evidence = evidence.slot;
    node.place = builder_.place(name);
    network_.continuous.push_back(std::move(node));
    network_.continuousByName.emplace(name, c);
    declared_.push_back({e, c, false});
  }

  std::uint32_t addVariable(std::string_view name, TypedSlot evidence) {
    const auto v = static_cast<std::uint32_t>(network_.variables.size());
    Variable variable;
    variable.name = builder_.keep(std::string(name));
    variable.type = evidence.type;
    variable.evidence = evidence.slot;
    variable.place = builder_.place(name);
    network_.variables.push_back(std::move(variable));
    network_.variableByName.emplace(name, v);
    valueIndex_.emplace_back();
    return v;
  }

  void addValue(std::uint32_t v, xml::Element at) {
    const std::string_view text = at.required("value");
    const Value value = builder_.literal(text, network_.variables[v].type, at, "value");
    if (isPresent(value) && valueIndex_[v].emplace(value, network_.variables[v].size()).second)
      network_.variables[v].values.push_back(value);
  }

  /// Fields that tables depend on without being nodes: a row is chosen by them, they have no probabilities.
  void declareOutsiders(xml::Element node) {
    for (const xml::Element row : xml::children(node))
      for (const xml::Element p : xml::children(row, "ParentValue")) {
        const std::string_view name = p.required("parent");
        if (network_.findContinuous(name) != kNone) continue;  // reported with the table
        std::uint32_t v = network_.findVariable(name);
        if (v == kNone) {
          const Binding* field = scope_.resolve(name, p, "parent");
          if (field == nullptr) continue;
          v = addVariable(name, field->value);
          network_.variables[v].isNode = false;
        }
        if (!network_.variables[v].isNode) addValue(v, p);
      }
  }

  // --- tables -------------------------------------------------------------------------------------------------

  /// The conditions of a row; false after a report.
  bool readConditions(xml::Element at, std::string_view node, Row& row) {
    row.at = at;
    for (const xml::Element p : xml::children(at, "ParentValue")) {
      const std::string_view name = p.required("parent");
      if (network_.findContinuous(name) != kNone) {
        p.error(Code::typeMismatch, quoted(name) + " is continuous; only discrete parents have listed values.",
                "parent");
        return false;
      }
      const std::uint32_t v = network_.findVariable(name);
      if (v == kNone) return false;  // reported
      const Value value = builder_.literal(p.required("value"), network_.variables[v].type, p, "value");
      const auto index = valueIndex_[v].find(value);
      if (!isPresent(value) || index == valueIndex_[v].end()) {
        p.error(Code::unresolvedReference, "The node " + quoted(name) + " has no such value.", "value");
        return false;
      }
      if (name == node) {
        p.error(Code::cycle, "A node cannot be its own parent.", "parent");
        return false;
      }
      row.parents.emplace_back(v, index->second);
    }
    sort(row.parents);
    for (std::size_t i = 1; i < row.parents.size(); ++i)
      if (row.parents[i].first == row.parents[i - 1].first) {
        at.error(Code::duplicateName, "A parent is named twice.");
        return false;
      }
    return true;
  }

  /// The shape over the rows' parents. Every row names the same parents, and every combination has one row: then
  /// row r stands in cell `cells[r]`.
  bool arrange(xml::Element node, const std::vector<Row>& rows, Shape& shape, std::vector<std::size_t>& cells) {
    std::vector<std::uint32_t> parents;
    for (const auto& [v, value] : rows[0].parents) parents.push_back(v);
    shape = makeShape(parents, network_.variables);
    if (shape.cells > builder_.limits().inferenceCells) return tooLarge(node);
    std::vector<bool> isFilled(shape.cells, false);
    for (const Row& row : rows) {
      bool isSame = row.parents.size() == parents.size();
      std::size_t cell = 0;
      for (std::size_t i = 0; isSame && i < parents.size(); ++i) {
        isSame = row.parents[i].first == parents[i];
        cell += std::size_t{row.parents[i].second} * shape.strides[i];
      }
      if (!isSame) {
        row.at.error(Code::badValue, "All rows of a table name the same parents.");
        return false;
      }
      if (isFilled[cell]) {
        row.at.error(Code::duplicateName, "This combination of parent values stands twice.");
        return false;
      }
      isFilled[cell] = true;
      cells.push_back(cell);
    }
    if (rows.size() == shape.cells) return true;
    node.error(Code::missingElement, "The parents' values have " + std::to_string(shape.cells) +
                                         " combinations, but there are only " + std::to_string(rows.size()) + " rows.");
    return false;
  }

  bool tooLarge(xml::Element at) {
    at.error(Code::limitReached, "Exact inference needs a table of more than " +
                                     std::to_string(builder_.limits().inferenceCells) +
                                     " cells (limits.inferenceCells).");
    return false;
  }

  void readDiscrete(const Declared& d) {
    const Variable& self = network_.variables[d.index];
    std::vector<Row> rows;
    bool isGood = true;
    if (d.at.child("ValueProbability")) rows.push_back({d.at, {}});
    for (const xml::Element e : xml::children(d.at, "DiscreteConditionalProbability"))
      isGood &= readConditions(e, self.name, rows.emplace_back());
    if (rows.empty() || self.values.empty()) {
      d.at.error(Code::missingElement, "A DiscreteNode needs ValueProbability elements.");
      return;
    }
    Factor table;
    std::vector<std::size_t> cells;
    if (!isGood || !arrange(d.at, rows, table.shape, cells)) return;
    std::vector<std::uint32_t> variables = table.shape.variables;
    parents_.emplace_back(d, variables);
    variables.push_back(d.index);
    table.shape = makeShape(std::move(variables), network_.variables);
    if (table.shape.cells > builder_.limits().inferenceCells) {
      tooLarge(d.at);
      return;
    }
    table.cells.assign(table.shape.cells, 0);
    for (std::size_t r = 0; r < rows.size(); ++r)
      fillRow(d.index, rows[r].at, table.cells.data() + cells[r] * self.size());
    network_.tables.push_back(std::move(table));
  }

  /// Probabilities of one row; a value that is not listed has 0.
  void fillRow(std::uint32_t v, xml::Element at, double* cells) {
    std::vector<bool> isSeen(network_.variables[v].size(), false);
    double total = 0;
    for (const xml::Element p : xml::children(at, "ValueProbability")) {
      const Value value = builder_.literal(p.required("value"), network_.variables[v].type, p, "value");
      const double probability = p.requiredNumber("probability");
      if (!(probability >= 0 && probability <= 1))
        p.error(Code::badValue, "A probability lies between 0 and 1.", "probability");
      const auto index = valueIndex_[v].find(value);
      if (index == valueIndex_[v].end()) continue;
      if (isSeen[index->second]) p.error(Code::duplicateName, "This value stands twice.", "value");
      isSeen[index->second] = true;
      cells[index->second] = probability;
      total += probability;
    }
    if (!(total > 0.99 && total < 1.01))
      at.warn(Code::badValue, "These probabilities do not sum to 1; they are used as they are.");
  }

  // --- distributions ------------------------------------------------------------------------------------------

  void readContinuous(const Declared& d) {
    ContinuousNode node = std::move(network_.continuous[d.index]);
    std::vector<Row> rows;
    std::vector<xml::Element> owners;
    bool isGood = true;
    if (d.at.child("ContinuousDistribution")) rows.push_back({d.at, {}});
    for (const xml::Element e : xml::children(d.at, "ContinuousConditionalProbability"))
      isGood &= readConditions(e, node.name, rows.emplace_back());
    std::vector<std::size_t> cells;
    if (rows.empty()) {
      d.at.error(Code::missingElement, "A ContinuousNode needs a ContinuousDistribution.");
    } else if (isGood && arrange(d.at, rows, node.shape, cells)) {
      node.distributions.resize(node.shape.cells);
      std::set<std::uint32_t> scope(node.shape.variables.begin(), node.shape.variables.end()), parents;
      for (std::size_t r = 0; r < rows.size(); ++r)
        node.distributions[cells[r]] = readDistribution(rows[r].at, scope, parents);
      node.scope.assign(scope.begin(), scope.end());
      node.parents.assign(parents.begin(), parents.end());
      parents_.emplace_back(d, node.scope);
    }
    network_.continuous[d.index] = std::move(node);
  }

  Distribution readDistribution(xml::Element owner, std::set<std::uint32_t>& scope, std::set<std::uint32_t>& parents) {
    constexpr std::pair<std::string_view, Distribution::Kind> kKinds[] = {
        {"NormalDistributionForBN", Distribution::Kind::normal},
        {"LognormalDistributionForBN", Distribution::Kind::lognormal},
        {"TriangularDistributionForBN", Distribution::Kind::triangular},
        {"UniformDistributionForBN", Distribution::Kind::uniform}};
    Distribution d;
    const xml::Element holder = owner.child("ContinuousDistribution");
    for (const xml::Element other : xml::children(owner, "ContinuousDistribution"))
      if (!(other == holder))
        other.error(Code::unsupported,
                    "Several distributions under the same condition have no weights, so their mixture is not defined.");
    for (const auto& [name, kind] : kKinds) {
      const xml::Element e = holder.child(name);
      if (!e) continue;
      d.kind = kind;
      const auto parameter = [&](std::string_view part, Parameter& into) {
        const xml::Element p = e.child(part);
        if (!p)
          e.error(Code::missingElement, "<" + std::string(name) + "> needs <" + std::string(part) + ">.");
        else
          into = readParameter(p, scope, parents);
      };
      if (kind != Distribution::Kind::uniform) parameter("Mean", d.mean);
      if (kind == Distribution::Kind::normal || kind == Distribution::Kind::lognormal) {
        parameter("Variance", d.variance);
        checkVariance(e.child("Variance"), d.variance);
      } else {
        parameter("Lower", d.lower);
        parameter("Upper", d.upper);
      }
      return d;
    }
    owner.error(Code::missingElement,
                "A ContinuousDistribution holds a NormalDistributionForBN, LognormalDistributionForBN, "
                "TriangularDistributionForBN or UniformDistributionForBN.");
    return d;
  }

  static void checkVariance(xml::Element at, const Parameter& variance) {
    for (const Parameter::Variant& v : variance.variants)
      if (v.isAffine && v.affine.terms.empty() && v.affine.constant < 0) {
        at.error(Code::badValue, "A variance is not negative.");
        return;
      }
  }

  /// Compiles a parameter's expression once per configuration of the variables that it mentions, each a constant there.
  Parameter readParameter(xml::Element at, std::set<std::uint32_t>& scope, std::set<std::uint32_t>& parents) {
    Parameter parameter;
    const xml::Element expression = expressionIn(at);
    if (!expression) {
      at.error(Code::missingElement, "<" + std::string(at.name()) + "> needs an expression.");
      return parameter;
    }
    const References found = expressions_->references(expression);
    parameter.nodes.assign(found.continuous.begin(), found.continuous.end());
    parameter.indirect.assign(found.indirect.begin(), found.indirect.end());
    parameter.shape =
        makeShape(std::vector<std::uint32_t>(found.variables.begin(), found.variables.end()), network_.variables);
    if (parameter.shape.cells > builder_.limits().inferenceCells) {
      tooLarge(at);
      return parameter;
    }
    scope.insert(found.variables.begin(), found.variables.end());
    parents.insert(found.continuous.begin(), found.continuous.end());
    std::unordered_map<std::string_view, Binding> names;
    for (const std::string_view name : found.fields) {
      const std::uint32_t c = network_.findContinuous(name);
      if (c != kNone && network_.continuous[c].evidence == kNoSlot) {
        names[name].value = builder_.missingOf(DataType::float64);
      } else if (network_.findVariable(name) == kNone) {
        const Binding* field = scope_.resolve(name, at);
        if (field == nullptr) return parameter;
        names[name] = *field;
      }
    }
    std::unordered_map<std::uint32_t, Value> values;
    for (std::size_t cell = 0; cell < parameter.shape.cells; ++cell) {
      for (std::size_t i = 0; i < parameter.shape.variables.size(); ++i) {
        const std::uint32_t v = parameter.shape.variables[i];
        const Variable& variable = network_.variables[v];
        values[v] = variable.values[cell / parameter.shape.strides[i] % variable.size()];
        names[variable.name].value = builder_.constant(values[v], variable.type);
        names[variable.name].opType = OpType::categorical;
      }
      Parameter::Variant variant;
      const TypedSlot slot =
          castSingle(scope_, compileExpression(ExpressionContext{scope_, &names, 0, DataType::float64}, expression),
                     DataType::float64, expression);
      if (!slot) return parameter;
      variant.slot = slot.slot;
      if (auto form = expressions_->affineForm(expression, values)) {
        variant.isAffine = true;
        variant.affine = std::move(*form);
      }
      parameter.variants.push_back(std::move(variant));
    }
    return parameter;
  }

  /// Every node has all of its numbers; what lacks some was reported.
  [[nodiscard]] bool isComplete() const {
    std::size_t discrete = 0;
    for (const Variable& v : network_.variables) {
      if (v.values.empty()) return false;
      discrete += v.isNode;
    }
    const auto isWhole = [](const Parameter& p) { return !p.variants.empty() && p.variants.size() == p.shape.cells; };
    for (const ContinuousNode& c : network_.continuous) {
      if (c.distributions.empty()) return false;
      for (const Distribution& d : c.distributions) {
        const bool hasVariance = d.kind == Distribution::Kind::normal || d.kind == Distribution::Kind::lognormal;
        if (d.kind != Distribution::Kind::uniform && !isWhole(d.mean)) return false;
        if (hasVariance ? !isWhole(d.variance) : !isWhole(d.lower) || !isWhole(d.upper)) return false;
      }
    }
    return discrete == network_.tables.size() && discrete + network_.continuous.size() != 0;
  }

  // --- order and groups ---------------------------------------------------------------------------------------

  /// Parents before children; a cycle is reported. Then the groups of connected continuous nodes.
  bool order() {
    const std::size_t variables = network_.variables.size(), total = variables + network_.continuous.size();
    std::vector<std::vector<std::uint32_t>> children(total);
    std::vector<std::uint32_t> waiting(total, 0), ready, sorted;
    for (const auto& [d, discreteParents] : parents_) {
      const auto self = static_cast<std::uint32_t>(d.isDiscrete ? d.index : variables + d.index);
      for (const std::uint32_t p : discreteParents) children[p].push_back(self), ++waiting[self];
      if (!d.isDiscrete)
        for (const std::uint32_t p : network_.continuous[d.index].parents)
          children[variables + p].push_back(self), ++waiting[self];
    }
    for (std::size_t i = total; i-- > 0;)
      if (waiting[i] == 0) ready.push_back(static_cast<std::uint32_t>(i));
    while (!ready.empty()) {
      const std::uint32_t i = ready.back();
      ready.pop_back();
      sorted.push_back(i);
      for (const std::uint32_t c : children[i])
        if (--waiting[c] == 0) ready.push_back(c);
    }
    if (sorted.size() != total) {
      nodes_.error(Code::cycle, "The nodes depend on each other in a circle; a Bayesian network has none.");
      return false;
    }
    std::vector<std::uint32_t> root(network_.continuous.size());
    std::iota(root.begin(), root.end(), 0u);
    const auto find = [&](std::uint32_t c) {
      while (root[c] != c) c = root[c] = root[root[c]];
      return c;
    };
    for (std::uint32_t c = 0; c < root.size(); ++c)
      for (const std::uint32_t p : network_.continuous[c].parents) root[find(p)] = find(c);
    std::vector<std::uint32_t> groupOf(root.size(), kNone);
    std::vector<std::set<std::uint32_t>> scopes;
    for (const std::uint32_t i : sorted) {
      if (i < variables) continue;
      const auto c = static_cast<std::uint32_t>(i - variables);
      std::uint32_t& g = groupOf[find(c)];
      if (g == kNone) {
        g = static_cast<std::uint32_t>(network_.groups.size());
        network_.groups.emplace_back();
        scopes.emplace_back();
      }
      network_.continuous[c].group = g;
      network_.groups[g].members.push_back(c);
      scopes[g].insert(network_.continuous[c].scope.begin(), network_.continuous[c].scope.end());
    }
    for (std::size_t g = 0; g < scopes.size(); ++g) {
      Group& group = network_.groups[g];
      group.shape = makeShape(std::vector<std::uint32_t>(scopes[g].begin(), scopes[g].end()), network_.variables);
      // Hidden members cost a square of their number per configuration.
      const double cost = static_cast<double>(group.shape.cells) * static_cast<double>(group.members.size()) *
                          static_cast<double>(group.members.size());
      if (group.shape.cells > builder_.limits().inferenceCells || cost > 64.0 * builder_.limits().inferenceCells)
        return tooLarge(nodes_);
    }
    return true;
  }

  ModelContext& context_;
  Scope& scope_;
  Builder& builder_;
  xml::Element nodes_;
  Network network_;
  const Expressions* expressions_ = nullptr;
  std::set<std::string_view> derived_;
  std::vector<Declared> declared_;
  std::vector<std::unordered_map<Value, std::uint32_t>> valueIndex_;
  std::vector<std::pair<Declared, std::vector<std::uint32_t>>> parents_;
};

}  // namespace

std::optional<Network> readNetwork(ModelContext& context) { return Reader(context).read(); }

}  // namespace scorelet::models::bayesian_network
