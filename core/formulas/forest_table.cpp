#include "formulas/forest_table.hpp"

#include <algorithm>
#include <cmath>

#include "formulas/links.hpp"
#include "formulas/numbers.hpp"
#include "formulas/translation.hpp"

namespace scorelet::formulas {

namespace {

using models::mining::CombineStep;
using models::mining::ForestStep;
using models::mining::MissingPrediction;
using program::TreeShape;
using program::TreeTerm;

constexpr std::size_t kMostInputs = 254;  // that CHOOSE tells apart
// A leaf without an answer says a number that no sum of answers reaches, whatever its weight.
constexpr double kNoShare = 1e300, kLeastWeight = 1e100;

/// A member of a set as the walker looks for it; nothing if it cannot be told from others.
std::optional<std::string> memberText(Translation& t, Value v, DataType type) {
  if (type == DataType::string) {
    const Formula words = t.constant(v, type);
    if (words->text.empty() || words->text.find(kSeparator) != std::string::npos) return std::nullopt;
    return words->text;
  }
  const bool isWhole = type != DataType::boolean && std::floor(v) == v && std::fabs(v) < 1e10;
  return isWhole ? std::optional(numberText(v)) : std::nullopt;
}

class Walker {
 public:
  Walker(Translation& t, const program::Wiring& wiring) : t_(t), wiring_(wiring) {}

  /// The rows of a tree, appended; false: it does not fit.
  bool append(const TreeTerm& term) {
    const TreeShape& shape = wiring_.shape(term.shape);
    const std::size_t first = rows_.size() + t_.table.rows.size();
    const std::size_t leaves = shape.shares.size() / shape.width;
    const auto rowOf = [&](std::int32_t way) {
      return first + 1 +
             (way >= 0 ? static_cast<std::size_t>(way) : shape.tests.size() + static_cast<std::size_t>(~way));
    };
    for (const TreeShape::Test& test : shape.tests) {
      NodeTable::Row row;
      const Lane x = t_.lane(test.slot);
      if (x.type == DataType::boolean) return false;
      row.input = inputOf(test.slot);
      if (test.set == TreeShape::kNoSet) {
        const bool isSingle = x.isSingle || x.type == DataType::float32;
        row.threshold = isSingle ? betweenFloats(test.threshold) : roundedUp(test.threshold);
        // What some producers write for "not above 0": spreadsheets may take numbers that small for 0.
        constexpr double kNothing = 1e-30, kLittle = 1e-15;
        if (test.threshold != 0 && std::fabs(test.threshold) < kNothing)
          row.threshold = test.threshold > 0 ? kLittle : 0;
      } else {
        row.members = kSeparator;
        for (const Value v : shape.sets[test.set]) {
          const auto text = memberText(t_, v, x.type);
          if (!text) return false;
          row.members += *text + kSeparator;
        }
        constexpr std::size_t kMostText = 32767;  // characters of a cell
        if (row.members.size() > kMostText) return false;
        hasSets = true;
      }
      row.yes = rowOf(test.yes);
      row.no = rowOf(test.no);
      row.hole = rowOf(test.hole);
      rows_.push_back(std::move(row));
    }
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
      NodeTable::Row row;
      for (std::size_t c = 0; c < shape.width; ++c) {
        const Value share = shape.shares[leaf * shape.width + c];
        mayBeMissing |= !isPresent(share);
        row.shares.push_back(isPresent(share) ? share : kNoShare);
      }
      rows_.push_back(std::move(row));
    }
    roots_.push_back(rowOf(shape.root));
    weights_.push_back(term.weight);
    if (!(term.weight > 1 / kLeastWeight)) return false;
    width = shape.width;
    depth = std::max(depth, depthOf(shape, shape.root));
    return slots_.size() <= kMostInputs;
  }

  /// Hands the rows to the table; what they are, as ranges.
  void finish() {
    NodeTable& table = t_.table;
    firstRoot_ = table.roots.size();
    std::ranges::move(rows_, std::back_inserter(table.rows));
    table.roots.insert(table.roots.end(), roots_.begin(), roots_.end());
    table.weights.insert(table.weights.end(), weights_.begin(), weights_.end());
    table.width = std::max(table.width, width);
  }

  /// The walker: from each root down, to what the leaf says in column `c`, weighted.
  Formula walk(std::size_t c) {
    const std::size_t last = t_.table.rows.size();
    const auto nodes = [&](std::size_t column) { return range(column, 1, last); };
    const auto at = [&](std::size_t column, const Formula& n) { return call("INDEX", {nodes(column), n}); };
    const Formula n = parameter("w_node"), x = parameter("w_value"), r = parameter("w_root"), w = parameter("w_weight");
    const Formula input = at(NodeTable::input, n);
    Formula isYes = binary("<", x, at(NodeTable::threshold, n));
    if (hasSets) {
      const Formula members = at(NodeTable::members, n);
      const std::string separator(1, kSeparator);
      const Formula wanted = binary("&", binary("&", text(separator), x), text(separator));
      isYes = iff(binary("=", members, missingFormula()), isYes, call("ISNUMBER", {call("FIND", {wanted, members})}));
    }
    Formula next = iff(isYes, at(NodeTable::yes, n), at(NodeTable::no, n));
    if (anyMissing(lanes_)) next = iff(binary("=", x, missingFormula()), at(NodeTable::hole, n), next);
    Formulas choice{input};
    for (const Lane& lane : lanes_) choice.push_back(lane.formula);
    const Formula step = iff(binary("=", input, number(0)), n, call("LET", {x, call("CHOOSE", choice), next}));
    const Formula leaf = call("REDUCE", {r, call("SEQUENCE", {number(static_cast<double>(depth))}),
                                         call("LAMBDA", {n, parameter("w_level"), step})});
    const Formula share = at(NodeTable::share + c, leaf);
    const std::size_t end = firstRoot_ + roots_.size();
    Formulas arguments{range(NodeTable::root, firstRoot_ + 1, end)};
    if (std::ranges::any_of(weights_, [](double weight) { return weight != 1; })) {
      arguments.push_back(range(NodeTable::weight, firstRoot_ + 1, end));
      arguments.push_back(call("LAMBDA", {r, w, times(w, share)}));
    } else {
      arguments.push_back(call("LAMBDA", {r, share}));
    }
    const Formula sum = call("SUM", {call("MAP", std::move(arguments))});
    if (!mayBeMissing) return sum;
    const Formula s = parameter("w_sum");
    return call("LET", {s, sum, iff(binary(">", s, number(kNoShare / kLeastWeight)), missingFormula(), s)});
  }

  [[nodiscard]] bool mayBeInvalid() const { return anyInvalid(lanes_); }
  bool mayBeMissing = false, hasSets = false;
  std::size_t width = 1;

 private:
  std::size_t inputOf(program::Slot slot) {
    const auto known = std::ranges::find(slots_, slot);
    if (known == slots_.end()) {
      slots_.push_back(slot);
      lanes_.push_back(t_.lane(slot));
      return slots_.size();
    }
    return static_cast<std::size_t>(known - slots_.begin()) + 1;
  }

  static std::size_t depthOf(const TreeShape& shape, std::int32_t way) {
    if (way < 0) return 0;
    // Tests point to later ones only where trees are; a shared one is counted from wherever it is deepest.
    std::vector<std::size_t> depths(shape.tests.size(), 0);
    for (std::size_t again = 0, changed = 1; changed != 0 && again <= shape.tests.size(); ++again) {
      changed = 0;
      for (std::size_t i = shape.tests.size(); i-- > 0;) {
        std::size_t below = 0;
        for (const std::int32_t next : {shape.tests[i].yes, shape.tests[i].no, shape.tests[i].hole})
          if (next >= 0) below = std::max(below, depths[static_cast<std::size_t>(next)]);
        if (depths[i] != below + 1) depths[i] = below + 1, changed = 1;
      }
    }
    return depths[static_cast<std::size_t>(way)];
  }

  [[nodiscard]] Formula range(std::size_t column, std::size_t first, std::size_t last) const {
    const std::string letter = columnName(column);
    return reference(t_.treesSheet() + "!$" + letter + '$' + std::to_string(first + 1) + ":$" + letter + '$' +
                     std::to_string(last + 1));
  }

  Translation& t_;
  const program::Wiring& wiring_;
  std::vector<NodeTable::Row> rows_;
  std::vector<std::size_t> roots_;
  std::vector<double> weights_;
  std::vector<program::Slot> slots_;
  std::vector<Lane> lanes_;
  std::size_t firstRoot_ = 0, depth = 1;
};

}  // namespace

std::vector<std::vector<FormulaSheet::NodeCell>> sheetOf(const NodeTable& table) {
  if (table.roots.empty()) return {};
  const std::size_t width = NodeTable::share + table.width;
  std::vector<std::vector<FormulaSheet::NodeCell>> sheet(1 + std::max(table.rows.size(), table.roots.size()),
                                                         std::vector<FormulaSheet::NodeCell>(width));
  constexpr std::string_view kHeadings[] = {"value", "below", "among", "yes", "no", "missing", "root", "weight"};
  for (std::size_t c = 0; c < width; ++c)
    sheet[0][c] = c < NodeTable::share ? std::string(kHeadings[c]) : "says " + std::to_string(c + 1 - NodeTable::share);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const NodeTable::Row& row = table.rows[i];
    auto& cells = sheet[i + 1];
    cells[NodeTable::input] = static_cast<double>(row.input);
    std::ranges::copy(row.shares, cells.begin() + NodeTable::share);
    if (row.input == 0) continue;
    if (row.members.empty())
      cells[NodeTable::threshold] = row.threshold;
    else
      cells[NodeTable::members] = row.members;
    cells[NodeTable::yes] = static_cast<double>(row.yes);
    cells[NodeTable::no] = static_cast<double>(row.no);
    cells[NodeTable::hole] = static_cast<double>(row.hole);
  }
  for (std::size_t i = 0; i < table.roots.size(); ++i) {
    sheet[i + 1][NodeTable::root] = static_cast<double>(table.roots[i]);
    sheet[i + 1][NodeTable::weight] = table.weights[i];
  }
  return sheet;
}

bool translateForestTable(Translation& t, const program::Wiring& wiring, const ForestStep& step) {
  const CombineStep& combine = step.combine;
  const program::Slot first =
      combine.isClassification && !combine.probabilities.empty() ? combine.probabilities[0] : combine.value;
  const auto& origin = wiring.origin(first);
  if (origin.kind != program::Wiring::Origin::Kind::trees ||
      combine.missingPrediction == MissingPrediction::skipSegment)
    return false;
  Walker walker(t, wiring);
  for (const TreeTerm& term : origin.trees)
    if (!walker.append(term)) return false;
  if (walker.mayBeMissing && combine.isVote()) return false;
  walker.finish();
  if (combine.isFloat) t.isSinglePrecision = true;
  const bool mayBeMissing = walker.mayBeMissing, mayBeInvalid = walker.mayBeInvalid();
  if (!combine.isClassification) {
    t.set(combine.value, {walker.walk(0), DataType::float64, mayBeMissing, mayBeInvalid}, "forest");
    return true;
  }
  Formulas shares, names;
  for (std::size_t c = 0; c < combine.probabilities.size(); ++c) {
    t.set(combine.probabilities[c], {walker.walk(c), DataType::float64, mayBeMissing, mayBeInvalid}, "p");
    shares.push_back(t.lane(combine.probabilities[c]).formula);
    names.push_back(t.constant(combine.categories[c], combine.type));
  }
  Formula best = largest(t, shares, names);
  if (mayBeMissing) best = iff(isBlank(shares[0]), missingFormula(), best);
  t.set(combine.value, {best, combine.type, mayBeMissing, mayBeInvalid}, "class");
  return true;
}

}  // namespace scorelet::formulas
