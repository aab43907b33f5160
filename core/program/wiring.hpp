// How a program's lanes hang together, for those who explain answers: which lanes are made of which, and where a lane
// is a sum, its terms. Built on demand (`Wiring::of`); scoring knows nothing of it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "program/program.hpp"

namespace scorelet::program {

/// Shares in a sum that only the step itself can compute: the points of a characteristic …
struct Parts {
  virtual ~Parts() = default;
  [[nodiscard]] virtual Value part(const Frame& frame, std::size_t row, std::uint32_t index) const = 0;
};

/// A factor of a term.
struct Factor {
  std::vector<Slot> reads;       ///< what it is a function of
  const Parts* parts = nullptr;  ///< null: the lane itself
  std::uint32_t index = 0;       ///< of the part
  [[nodiscard]] Value at(const Frame& frame, std::size_t row) const {
    return parts == nullptr ? frame.at(reads[0])[row] : parts->part(frame, row, index);
  }
};

struct Term {
  double weight = 1;
  std::vector<Factor> factors;
};

/// A lane times a weight.
[[nodiscard]] inline Term termOf(Slot slot, double weight = 1) { return {weight, {{{slot}}}}; }

struct Sum {
  double constant = 0;
  std::vector<Term> terms;
};

/// A tree as tests with a way each for yes, no and missing. A way ≥ 0 is the next test, ~way < 0 a leaf.
struct TreeShape {
  static constexpr std::uint32_t kNoSet = UINT32_MAX;
  struct Test {
    double threshold = 0;  ///< yes: x < threshold
    Slot slot = kNoSlot;
    std::uint32_t set = kNoSet;  ///< else yes: x is in this set
    std::int32_t yes = 0, no = 0, hole = 0;
  };
  /// Why there are no weights to average with.
  enum class Counts : std::uint8_t { complete, absent, contradictory };

  std::int32_t root = 0;
  std::vector<Test> tests;
  std::vector<std::vector<Value>> sets;  ///< sorted
  std::size_t width = 1;
  std::vector<Value> shares;   ///< `width` per leaf; not present: the leaf gives no answer
  std::vector<double> counts;  ///< recordCount per leaf
  Counts hasCounts = Counts::absent;
};

/// One column of a tree's leaves, times a weight.
struct TreeTerm {
  std::uint32_t shape = 0;
  std::uint32_t column = 0;
  double weight = 1;
};

/// Input fields that a lane depends on, ascending; beyond kMost it counts as depending on all.
class Fields {
 public:
  static constexpr std::size_t kMost = 64;
  [[nodiscard]] static Fields none() { return Fields(false); }
  [[nodiscard]] static Fields all() { return Fields(true); }
  void add(std::uint32_t input);
  void add(const Fields& other);
  [[nodiscard]] bool isAll() const noexcept { return isAll_; }
  [[nodiscard]] std::span<const std::uint32_t> list() const noexcept { return list_; }  ///< nothing if all

 private:
  explicit Fields(bool isAll) : isAll_(isAll) {}
  bool isAll_;
  std::vector<std::uint32_t> list_;
};

/// The address stands for a class of steps.
template <class S>
inline constexpr char kKindOf = 0;

/// Recorded in the order of the steps, so that what a lane is made of is known before it.
class Wiring {
 public:
  struct Origin {
    enum class Kind : std::uint8_t {
      unknown,  ///< of anything that the record holds
      input,    ///< `input`
      constant,
      function,  ///< of `reads`
      sum,       ///< `sum`
      trees,     ///< the sum of `trees`
      link,      ///< a function of `sum`, and of other such sums for other classes: `reads`
    };
    Kind kind = Kind::unknown;
    Fields fields = Fields::all();
    Slot carried = kNoSlot;  ///< a present value of this lane usually comes out as it went in
    std::uint32_t input = 0;
    std::vector<Slot> reads;
    Sum sum;
    std::vector<TreeTerm> trees;
  };

  [[nodiscard]] static Wiring of(const Program& program);

  /// A step that can be told as something else than code (core/formulas), with its class.
  struct Known {
    const void* kind;
    const Step* step;
    template <class S>
    [[nodiscard]] const S* as() const noexcept {
      return kind == &kKindOf<S> ? static_cast<const S*>(step) : nullptr;
    }
  };
  template <class S>
  void is(const S& step) {
    add({&kKindOf<S>, &step});
  }
  [[nodiscard]] std::span<const Known> known() const noexcept { return known_; }

  void function(Slot to, std::vector<Slot> reads);
  /// `to` is mostly `from`: treatments, casts.
  void treated(Slot to, Slot from);
  /// Answers may jump, or bend, where the lane passes `value`.
  void cut(Slot slot, Value value) { cuts_.emplace_back(slot, value); }
  /// `to` is `from` wherever that is present.
  void copy(Slot to, Slot from) {
    sum(to, {0, {termOf(from)}});
    origins_[to].carried = from;
  }
  void sum(Slot to, Sum sum);
  void link(Slot to, Sum sum, std::vector<Slot> reads);
  [[nodiscard]] std::uint32_t shape(TreeShape shape);
  void trees(Slot to, std::vector<TreeTerm> trees);

  [[nodiscard]] const Fields& fields(Slot slot) const noexcept { return origins_[slot].fields; }
  [[nodiscard]] Fields fields(const Term& term) const;
  [[nodiscard]] const Origin& origin(Slot slot) const noexcept { return origins_[slot]; }
  [[nodiscard]] const TreeShape& shape(std::uint32_t i) const noexcept { return shapes_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return origins_.size(); }
  /// Where answers may jump along an input field, ascending.
  [[nodiscard]] std::vector<double> cutsOf(std::uint32_t input) const;
  /// What a slot that always holds the same holds, else not present.
  [[nodiscard]] Value constant(Slot slot) const noexcept;

 private:
  explicit Wiring(const Program& program);
  void add(Known step);
  Origin& at(Slot to, Origin::Kind kind);
  void addFields(Fields& to, const Sum& sum) const;

  std::vector<Known> known_;
  std::vector<Origin> origins_;
  std::vector<TreeShape> shapes_;
  std::vector<std::pair<Slot, Value>> cuts_;
};

}  // namespace scorelet::program
