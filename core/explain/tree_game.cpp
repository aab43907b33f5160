#include "explain/tree_game.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::explain {

using Branch = TreeLayout::Branch;
using Lane = TreeLayout::Lane;
using Leaf = TreeLayout::Leaf;
using Test = TreeLayout::Test;
using Tree = TreeLayout::Tree;

namespace {

/// Rows of a block: so many that it pays, so few that the numbers they take (of each, `width`) are few.
std::size_t roomFor(std::size_t width) {
  constexpr std::size_t kMostRows = 1024, kMostNumbers = std::size_t{1} << 18;
  return std::clamp(kMostNumbers / width / program::kChunk * program::kChunk, program::kChunk, kMostRows);
}

}  // namespace

TreeGame::TreeGame(TreeLayout layout, std::size_t inputs)
    : layout_(std::move(layout)),
      firstOf_(layout_.leaves.size() + 1),
      stopped_(layout_.branches.size(), UINT32_MAX),
      shares_(LeafGame::kMostPlayers),
      inputs_(inputs),
      room_(roomFor(layout_.lanes.size() + layout_.depth + inputs + 2)),
      values_(layout_.lanes.size() * room_),
      codes_(layout_.lanes.size() * room_),
      holes_(layout_.lanes.size()),
      exits_((layout_.depth + 1) * room_),
      failed_((layout_.depth + 1) * room_),
      table_(LeafGame::kMostForAll << LeafGame::kMostForAll) {}

std::optional<TreeGame> TreeGame::build(const program::Wiring& wiring, std::span<const program::TreeTerm> trees,
                                        std::size_t inputs) {
  auto layout = TreeLayout::of(wiring, trees, inputs);
  if (!layout) return std::nullopt;
  return TreeGame(std::move(*layout), inputs);
}

std::uint64_t TreeGame::look(const program::Frame& frame) {
  std::uint64_t invalid = 0;
  for (std::size_t l = 0; l < layout_.lanes.size(); ++l) {
    const Lane& lane = layout_.lanes[l];
    const double* x = frame.at(lane.slot);
    std::copy_n(x, frame.n, values_.data() + l * room_ + rows_);
    if (rows_ == 0) holes_[l] = false;
    for (std::size_t i = 0; i < frame.n; ++i) {
      if (isPresent(x[i])) continue;
      holes_[l] = true;
      if (isInvalid(x[i])) invalid |= std::uint64_t{1} << i;
    }
    if (!lane.hasCodes()) continue;
    for (std::size_t i = 0; i < frame.n; ++i) codes_[l * room_ + rows_ + i] = lane.codeOf(x[i]);
  }
  rows_ += frame.n;
  return invalid;
}

void TreeGame::ask(std::uint32_t number, std::size_t depth) {
  const Test& test = layout_.tests[number];
  const double* x = values_.data() + test.lane * room_;
  std::uint32_t* out = exits_.data() + depth * room_;
  if (test.byCode != TreeLayout::kNone) {
    const std::uint8_t* exits = layout_.exits.data() + test.byCode;
    const std::uint8_t* codes = codes_.data() + test.lane * room_;
    for (std::size_t i = 0; i < rows_; ++i) out[i] = exits[codes[i]];
    return;
  }
  const TreeLayout::Step& only = layout_.steps[test.first];
  if (test.count > 1 || only.set != TreeLayout::kNone || holes_[test.lane]) {
    for (std::size_t i = 0; i < rows_; ++i) out[i] = layout_.exitOf(test, x[i]);
    return;
  }
  const auto yes = static_cast<std::uint32_t>(~only.yes), no = static_cast<std::uint32_t>(~only.no);
  for (std::size_t i = 0; i < rows_; ++i) out[i] = x[i] < only.threshold ? yes : no;
}

/// The fields that stop each row in front of the branch, and at it.
const std::uint32_t* TreeGame::follow(const Branch& branch) {
  const std::uint32_t* exits = exits_.data() + branch.depth * room_;
  const std::uint32_t* before = failed_.data() + branch.depth * room_;
  std::uint32_t* out = failed_.data() + (branch.depth + 1) * room_;
  const std::uint32_t exit = branch.exit, fails = std::uint32_t{1} << branch.bit;
  for (std::size_t i = 0; i < rows_; ++i) out[i] = before[i] | (exits[i] != exit ? fails : 0);
  return out;
}

/// The fields that stop all rows.
std::uint32_t TreeGame::stopAll(const std::uint32_t* failed) const noexcept {
  std::uint32_t all = UINT32_MAX;
  for (std::size_t i = 0; i < rows_; ++i) all &= failed[i];
  return all;
}

/// Takes the block through each tree, behind a branch only if it goes on there, and shows the leaves with the fields
/// that stop each row.
template <class GoesOn, class Visit>
void TreeGame::eachLeaf(const GoesOn& goesOn, const Visit& visit) {
  std::uint32_t branch = 0;
  for (const Tree& tree : layout_.trees) {
    ask(tree.test, 0);
    while (branch < tree.end) {
      const Branch& b = layout_.branches[branch];
      const std::uint32_t* failed = follow(b);
      if (!goesOn(branch, failed)) {
        branch = b.end;
        continue;
      }
      if (b.isLeaf)
        visit(b.next, failed);
      else
        ask(b.next, b.depth + std::size_t{1});
      ++branch;
    }
  }
}

void TreeGame::addBackground() {
  records_ += static_cast<double>(rows_);
  const auto note = [&](std::size_t branch, const std::uint32_t* failed) {
    stopped_[branch] &= stopAll(failed);
    return true;
  };
  std::vector<LeafGame::Pattern> background;
  std::vector<std::size_t> firstOf;
  eachLeaf(note, [&](std::size_t leaf, const std::uint32_t* failed) {
    const auto known = backgroundOf(leaf);
    firstOf.push_back(background.size());
    background.insert(background.end(), known.begin(), known.end());
    leaves_.count({failed, rows_}, layout_.leaves[leaf].players, background, firstOf.back());
  });
  firstOf.push_back(background.size());
  background_ = std::move(background);
  firstOf_ = std::move(firstOf);
  rows_ = 0;
}

void TreeGame::useCounts() {
  usesCounts_ = true;
  std::ranges::transform(layout_.branches, stopped_.begin(), &Branch::without);
}

double TreeGame::expectation() const noexcept {
  double sum = layout_.constant;
  for (const Leaf& leaf : layout_.leaves) {
    double share = isPresent(leaf.share) ? leaf.share : 0;
    for (std::uint32_t p = leaf.player; p < leaf.player + leaf.players; ++p) share *= layout_.ratios[p];
    sum += share;
  }
  return sum;
}

/// Whether some mixture gets to the leaf.
bool TreeGame::reaches(std::size_t number, std::uint32_t failed) const noexcept {
  const Leaf& leaf = layout_.leaves[number];
  if (!usesCounts_)
    return std::ranges::any_of(backgroundOf(number), [&](const auto& b) { return (b.failed & failed) == 0; });
  for (std::uint32_t p = 0; p < leaf.players; ++p)
    if ((failed >> p & 1) != 0 && !(layout_.ratios[leaf.player + p] > 0)) return false;
  return true;
}

void TreeGame::explain(double* contributions, const std::function<void(std::size_t row)>& unclear) {
  const std::size_t width = inputs_ + 1;  // the last: of tests that no field decides
  totals_.assign(width * rows_, 0);
  if (rows_ == 1) {
    stoppedLast_.resize(layout_.leaves.size(), kUnknown);
    broughtLast_.resize(layout_.players.size());
  }
  // A field that stops both, all rows and the whole background, leaves no mixture to go on with.
  const auto goesOn = [&](std::size_t branch, const std::uint32_t* failed) {
    return stopped_[branch] == 0 || (stopped_[branch] & stopAll(failed)) == 0;
  };
  eachLeaf(goesOn, [&](std::size_t leaf, const std::uint32_t* failed) {
    if (isPresent(layout_.leaves[leaf].share)) return addLeaf(leaf, failed);
    for (std::size_t i = 0; i < rows_; ++i)
      if (reaches(leaf, failed[i])) unclear(i);
  });
  for (std::size_t c = 0; c < inputs_; ++c)
    for (std::size_t i = 0; i < rows_; ++i) contributions[i * inputs_ + c] += totals_[c * rows_ + i];
  rows_ = 0;
}

/// What the leaf brings a row that these fields stop.
void TreeGame::explainLeaf(std::size_t number, std::uint32_t failed, double* out) {
  if (usesCounts_)
    shares_.explain(sharesOf(number), failed, out);
  else
    leaves_.explain(backgroundOf(number), layout_.leaves[number].players, failed, out);
}

/// The same of a row that comes alone: found anew if other fields stop it than stopped the last one.
const double* TreeGame::explainAlone(std::size_t number, std::uint32_t failed) {
  double* out = broughtLast_.data() + layout_.leaves[number].player;
  if (stoppedLast_[number] != failed || failed == kUnknown) explainLeaf(number, failed, out);
  stoppedLast_[number] = failed;
  return out;
}

/// Adds what the leaf brings each row: pattern by pattern, or where the rows are many beside these, of all at once.
void TreeGame::addLeaf(std::size_t number, const std::uint32_t* failed) {
  const Leaf& leaf = layout_.leaves[number];
  const std::uint32_t* players = layout_.players.data() + leaf.player;
  const double scale = usesCounts_ ? leaf.share : leaf.share / records_;
  if (rows_ == 1) {
    const double* brought = explainAlone(number, *failed);
    for (std::size_t p = 0; p < leaf.players; ++p) totals_[players[p]] += brought[p] * scale;
    return;
  }
  if (leaf.players > LeafGame::kMostForAll || std::size_t{1} << leaf.players > 4 * rows_) {
    for (std::size_t i = 0; i < rows_; ++i) {
      explainLeaf(number, failed[i], table_.data());
      for (std::size_t p = 0; p < leaf.players; ++p) totals_[players[p] * rows_ + i] += table_[p] * scale;
    }
    return;
  }
  if (usesCounts_)
    shares_.explainAll(sharesOf(number), table_.data());
  else
    leaves_.explainAll(backgroundOf(number), leaf.players, table_.data());
  for (std::size_t p = 0; p < leaf.players; ++p) {
    const double* of = table_.data() + (p << leaf.players);
    double* out = totals_.data() + players[p] * rows_;
    for (std::size_t i = 0; i < rows_; ++i) out[i] += of[failed[i]] * scale;
  }
}

}  // namespace scorelet::explain
