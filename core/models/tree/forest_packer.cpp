// Packs trees: which keys each field needs, and the nodes level by level.
//
// Exporters ask a category twice, "in these" and "in those", so that a value of neither finds no way. What a value can
// still be after the tests above decides such a second question here (`Possible`): the deepest walks become half as
// long.
#include <algorithm>
#include <bit>
#include <map>

#include "base/sort.hpp"
#include "models/tree/packed_forest.hpp"

namespace scorelet::models::tree {

namespace {

using Words = std::vector<std::uint64_t>;

/// Keys that a field with sets can have below a test: its members, kMissing and kStranger (a value of no set).
/// Numbers are not followed.
constexpr std::uint64_t kMissing = 1, kStranger = 2;

/// A test asked above, as a link of a list that several branches share.
struct Known {
  std::int32_t above;
  std::uint32_t input;
  Words possible;
};

}  // namespace

class ForestPacker {
 public:
  using LeafOf = PackedForest::LeafOf;
  ForestPacker(std::span<const SplitTree* const> trees, const LeafOf& leafOf, PackedForest& out)
      : trees_(trees), leafOf_(leafOf), out_(out) {}

  bool pack() {
    collectInputs();
    std::size_t splits = 0;
    for (const SplitTree* tree : trees_) splits += tree->splits().size();
    drafts_.reserve(splits * 2 + trees_.size() + 1);
    drafts_.push_back(leafDraft(PackedForest::kNoLeaf));
    out_.columns_.push_back({program::kNoSlot, Way::yes, false});
    for (tree_ = 0; tree_ < trees_.size() && fits_; ++tree_) packTree();
    out_.sortTrees();
    return fits_ && encode();
  }

 private:
  struct Draft {
    std::uint32_t threshold;
    std::uint32_t column, distance;
    bool isSet;
    std::uint32_t hole = PackedForest::kNoLeaf, stranger = PackedForest::kNoLeaf;
  };
  struct Test {
    std::uint32_t input;
    std::uint32_t set;  ///< in `testSets_`
  };
  /// Where a draft is to be written.
  struct Place {
    std::int32_t entry;  ///< of the SplitTree
    std::uint32_t node, depth;
    std::int32_t known;
  };

  const Split& split(std::int32_t entry) const { return trees_[tree_]->splits()[static_cast<std::size_t>(entry)]; }
  static std::size_t inputKey(const Split& s) { return std::size_t{s.slot} * 2 + s.isSet; }

  void collectInputs() {
    struct Asked {
      bool isAsked = false;
      std::vector<Value> values;
      SplitSet members;  ///< of sets of small whole numbers
    };
    std::vector<Asked> inputs;  // by inputKey, which grows with the slots: the documents' limits bound them
    for (const SplitTree* tree : trees_)
      for (const Split& s : tree->splits()) {
        if (inputKey(s) >= inputs.size()) inputs.resize(inputKey(s) + 1);
        Asked& asked = inputs[inputKey(s)];
        asked.isAsked = true;
        if (!s.isSet) {
          asked.values.push_back(s.threshold);
          continue;
        }
        const SplitSet& set = tree->setOf(s);
        asked.values.insert(asked.values.end(), set.sorted.begin(), set.sorted.end());
        Words& bits = asked.members.bits;
        if (bits.size() < set.bits.size()) bits.resize(set.bits.size());
        for (std::size_t w = 0; w < set.bits.size(); ++w) bits[w] |= set.bits[w];
      }
    numberOf_.resize(inputs.size());
    for (std::size_t key = 0; key < inputs.size(); ++key) {
      Asked& asked = inputs[key];
      if (!asked.isAsked) continue;
      std::vector<Value>& all = asked.values;
      asked.members.eachMember([&](Value v) { all.push_back(v); });
      ForestInput input;
      input.slot = static_cast<Slot>(key / 2);
      input.kind = key % 2 != 0 ? ForestInput::Kind::member : kindFor(all);
      if (input.kind >= ForestInput::Kind::rank) {
        unite(all);
        input.values = std::vector<Value>(all);  // without its spare room
      }
      if (input.kind == ForestInput::Kind::member) placeMembers(input, all);
      numberOf_[key] = static_cast<std::uint32_t>(out_.inputs_.size());
      const std::size_t bits = input.values.size() + ForestInput::kFirstMember;
      Words& every = everything_.emplace_back(input.words(), ~std::uint64_t{0});
      if (bits % 64 != 0) every.back() >>= 64 - bits % 64;
      sets_.emplace_back();
      out_.inputs_.push_back(std::move(input));
    }
  }

  static void unite(std::vector<Value>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }

  static void placeMembers(ForestInput& input, const std::vector<Value>& values) {
    constexpr double kMost = 65536 - ForestInput::kFirstMember;
    if (values.empty() || !(values.front() >= 0 && values.back() < kMost)) return;
    if (std::any_of(values.begin(), values.end(), [](Value v) { return v != static_cast<std::uint32_t>(v); })) return;
    input.positions.assign(static_cast<std::size_t>(values.back()) + 1, ForestInput::kInNone);
    for (std::size_t i = 0; i < values.size(); ++i)
      input.positions[static_cast<std::size_t>(values[i])] = static_cast<std::uint16_t>(i + ForestInput::kFirstMember);
  }

  // ---- what is possible ----

  /// The keys that `input` can have under what is known. (Valid until more is known.)
  const Words& possible(std::uint32_t input, std::int32_t known) const {
    for (int steps = 0; known >= 0 && steps < kRemembered; ++steps) {
      const Known& k = known_[static_cast<std::size_t>(known)];
      if (k.input == input) return k.possible;
      known = k.above;
    }
    return everything_[input];
  }

  std::int32_t know(std::int32_t above, std::uint32_t input, Words possible) {
    known_.push_back({above, input, std::move(possible)});
    return static_cast<std::int32_t>(known_.size() - 1);
  }

  const Test& test(std::int32_t entry) const { return tests_[static_cast<std::size_t>(entry)]; }
  /// The keys of a set test's members.
  const Words& setOf(std::int32_t entry) const { return testSets_[test(entry).set]; }

  void readTests() {
    tests_.clear();
    testSets_.clear();
    for (const Split& s : trees_[tree_]->splits()) {
      const Test test{numberOf_[inputKey(s)], static_cast<std::uint32_t>(testSets_.size())};
      tests_.push_back(test);
      if (!s.isSet) continue;
      const ForestInput& input = out_.inputs_[test.input];
      Words& set = testSets_.emplace_back(input.words());
      trees_[tree_]->setOf(s).eachMember([&](Value v) {
        const std::uint32_t key = input.memberKey(v);
        set[key / 64] |= std::uint64_t{1} << (key % 64);
      });
    }
  }

  /// The first test from `entry` on that does not send all that is possible the same way, or an answer.
  std::int32_t landing(std::int32_t entry, std::int32_t known) const {
    while (entry >= 0 && split(entry).isSet) {
      const Split& s = split(entry);
      const Words &can = possible(test(entry).input, known), &set = setOf(entry);
      bool yes = false, no = (can[0] & kStranger) != 0;
      for (std::size_t w = 0; w < can.size(); ++w) {
        const std::uint64_t present = w == 0 ? can[0] & ~(kMissing | kStranger) : can[w];
        yes |= (present & set[w]) != 0;
        no |= (present & ~set[w]) != 0;
      }
      const bool isHole = (can[0] & kMissing) != 0;
      const std::int32_t to = yes ? s.yes : no ? s.no : s.hole;
      if ((no && s.no != to) || (isHole && s.hole != to)) break;
      entry = to;
    }
    return entry;
  }

  // ---- nodes ----

  void packTree() {
    readTests();
    known_.clear();
    places_.clear();
    const auto root = static_cast<std::uint32_t>(drafts_.size());
    out_.roots_.push_back(root);
    out_.depths_.push_back(0);
    drafts_.emplace_back();
    places_.push_back({landing(trees_[tree_]->root(), -1), root, 0, -1});
    for (std::size_t i = 0; i < places_.size() && fits_; ++i) write(Place(places_[i]));
  }

  static Draft leafDraft(std::uint32_t leaf) { return {leaf + 1, 0, 0, false}; }

  std::uint32_t leaf(std::int32_t entry) const {
    return entry == SplitTree::kNoAnswer ? PackedForest::kNoLeaf : leafOf_(tree_, static_cast<std::uint32_t>(~entry));
  }

  void write(const Place& place) {
    out_.depths_[tree_] = std::max(out_.depths_[tree_], place.depth);
    if (place.entry < 0) {
      const std::uint32_t number = leaf(place.entry);
      drafts_[place.node] = leafDraft(number);
      out_.mayEndNowhere_ |= number == PackedForest::kNoLeaf;
      return;
    }
    const Split& s = split(place.entry);
    const std::uint32_t input = test(place.entry).input;
    const Ways ways = s.isSet ? waysOfSet(place) : waysOfNumber(s, place.known);
    // Ways of one's own end at once: what they meet further on, other rows need not.
    fits_ &= ways.hole < 0 && ways.stranger < 0;
    if (!fits_) return;
    const auto children = static_cast<std::uint32_t>(drafts_.size());
    drafts_.resize(children + 2);
    drafts_[place.node] = {
        s.isSet ? internSet(input, setOf(place.entry)) : out_.inputs_[input].thresholdKey(s.threshold),
        columnOf(input, ways.way, ways.strays),
        children - place.node,
        s.isSet,
        ways.way == Way::own ? leaf(ways.hole) : PackedForest::kNoLeaf,
        ways.strays ? leaf(ways.stranger) : PackedForest::kNoLeaf};
    places_.push_back({ways.yes, children, place.depth + 1, ways.knownYes});
    places_.push_back({ways.no, children + 1, place.depth + 1, ways.knownNo});
  }

  struct Ways {
    std::int32_t yes, no;
    std::int32_t knownYes, knownNo;
    Way way = Way::no;
    bool strays = false;
    std::int32_t hole = SplitTree::kNoAnswer, stranger = SplitTree::kNoAnswer;  ///< of own ways
  };

  Ways waysOfNumber(const Split& s, std::int32_t known) const {
    Ways ways{landing(s.yes, known), landing(s.no, known), known, known};
    const std::int32_t hole = landing(s.hole, known);
    ways.way = hole == ways.yes ? Way::yes : hole == ways.no ? Way::no : Way::own;
    ways.hole = ways.way == Way::own ? hole : SplitTree::kNoAnswer;
    return ways;
  }

  Ways waysOfSet(const Place& place) {
    const Split& s = split(place.entry);
    const std::int32_t known = place.known;
    const std::uint32_t input = test(place.entry).input;
    const Words& set = setOf(place.entry);
    Words yes = possible(input, known), no = yes;
    for (std::size_t w = 0; w < set.size(); ++w) yes[w] &= set[w], no[w] &= ~set[w];
    const std::uint64_t missing = no[0] & kMissing, stranger = no[0] & kStranger;
    no[0] &= ~kMissing;

    Ways ways{landing(s.yes, know(known, input, yes)), 0, 0, 0};
    ways.no = landing(s.no, know(known, input, no));
    if (stranger != 0) {
      // Without the values of no set the way may be shorter; these then have their own.
      Words members = no, only(no.size());
      members[0] &= ~kStranger;
      only[0] = kStranger;
      const std::int32_t shorter = landing(s.no, know(known, input, members));
      const std::int32_t end = landing(s.no, know(known, input, only));
      if (shorter != ways.no && end < 0) {
        ways.no = shorter;
        ways.strays = true;
        ways.stranger = end;
        no = members;
      }
    }
    if (missing != 0) {
      Words only(no.size());
      only[0] = kMissing;
      const std::int32_t hole = landing(s.hole, know(known, input, only));
      ways.way = hole == ways.yes ? Way::yes : hole == ways.no ? Way::no : Way::own;
      if (ways.way == Way::yes) yes[0] |= kMissing;
      if (ways.way == Way::no) no[0] |= kMissing;
      if (ways.way == Way::own) ways.hole = hole;
    }
    ways.knownYes = know(known, input, std::move(yes));
    ways.knownNo = know(known, input, std::move(no));
    return ways;
  }

  std::uint32_t internSet(std::uint32_t input, Words set) {
    set[0] |= std::uint64_t{1} << ForestInput::kInAll;
    const auto [at, isNew] = sets_[input].try_emplace(std::move(set), 0);
    if (isNew) {
      if (out_.sets_.empty()) out_.sets_.assign(test_lists::kSetWords, 0);
      at->second = static_cast<std::uint32_t>(out_.sets_.size());
      for (const std::uint64_t word : at->first) out_.sets_.push_back(~word);
    }
    return at->second;
  }

  std::uint32_t columnOf(std::uint32_t input, Way hole, bool strays) {
    std::vector<ForestInput::Column>& columns = out_.inputs_[input].columns;
    for (const ForestInput::Column& c : columns)
      if (c.hole == hole && c.strays == strays) return c.number;
    const auto number = static_cast<std::uint32_t>(out_.columns_.size());
    columns.push_back({number, hole, strays});
    out_.columns_.push_back({out_.inputs_[input].slot, hole, strays});
    return number;
  }

  /// A node has 15 bits for its column and 16 for how far its children are.
  bool encode() {
    std::uint32_t farthest = 0;
    for (const Draft& d : drafts_) farthest = std::max(farthest, d.distance);
    if (out_.columns_.size() > PackedForest::Node::kSet || farthest >= UINT16_MAX) return false;
    // Fields that only tests without a choice asked for are not read.
    std::erase_if(out_.inputs_, [](const ForestInput& input) { return input.columns.empty(); });
    out_.sortInputs();
    out_.nodes_.reserve(drafts_.size());
    for (const Draft& d : drafts_) {
      const std::uint16_t set = d.isSet ? PackedForest::Node::kSet : 0;
      out_.nodes_.push_back(
          {d.threshold, static_cast<std::uint16_t>(d.column | set), static_cast<std::uint16_t>(d.distance + 1)});
    }
    if (!out_.sets_.empty()) out_.sets_.resize(out_.sets_.size() + test_lists::kSetWords);
    out_.sets_ = std::vector<std::uint64_t>(out_.sets_);
    keep(out_.holes_, [](const Draft& d) { return d.hole; });
    keep(out_.strangers_, [](const Draft& d) { return d.stranger; });
    return true;
  }

  template <class Of>
  void keep(std::vector<std::uint32_t>& leaves, const Of& of) const {
    if (std::all_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return of(d) == PackedForest::kNoLeaf; }))
      return;
    for (const Draft& d : drafts_) leaves.push_back(of(d));
  }

  static constexpr int kRemembered = 64;  ///< tests above that are looked at: bounds the work on trees like lists

  std::span<const SplitTree* const> trees_;
  const LeafOf& leafOf_;
  PackedForest& out_;
  std::vector<std::uint32_t> numberOf_;               ///< of the input, by inputKey
  std::vector<std::map<Words, std::uint32_t>> sets_;  ///< per input: the first word of each set
  std::vector<Words> everything_;                     ///< per input: all keys it can have
  std::size_t tree_ = 0;
  std::vector<Test> tests_;      ///< per split of the tree
  std::vector<Words> testSets_;  ///< per set test of the tree
  std::vector<Known> known_;
  std::vector<Place> places_;
  std::vector<Draft> drafts_;
  bool fits_ = true;
};

void PackedForest::sortInputs() {
  std::partition(inputs_.begin(), inputs_.end(), [](const ForestInput& input) { return input.isPlain(); });
  for (const ForestInput& input : inputs_)
    if (input.isPlain()) plain_.push_back({input.slot, input.columns.front().number, input.kind});
}

/// Where trees differ in depth, those alike are walked together (55 to 48 us for 1000 trees of 63 leaves). Where
/// they do not, a short window lets the processor add while it walks on.
void PackedForest::sortTrees() {
  const auto [least, most] = std::minmax_element(depths_.begin(), depths_.end());
  if (*most - *least <= 2) window_ = 16;
  for (std::uint32_t t = 0; t < depths_.size(); ++t) byDepth_.push_back(t);
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    return depths_[a] != depths_[b] ? depths_[a] < depths_[b] : a < b;
  };
  for (std::size_t first = 0; first < byDepth_.size(); first += window_) {
    std::span window = std::span(byDepth_).subspan(first, std::min(window_, byDepth_.size() - first));
    sort(window, less);
  }
}

std::unique_ptr<PackedForest> PackedForest::pack(std::span<const SplitTree* const> trees, const LeafOf& leafOf) {
  auto out = std::make_unique<PackedForest>();
  if (!ForestPacker(trees, leafOf, *out).pack()) return nullptr;
  out->lists_ = ListedTrees::of(*out);
  return out;
}

}  // namespace scorelet::models::tree
