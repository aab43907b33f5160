// Few and small changes that reach a target.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/sort.hpp"
#include "explain/asker.hpp"

namespace scorelet::explain {

namespace {

/// One change of a candidate answer: a field, by its place among the free ones, and its new value.
struct Move {
  std::size_t field = 0;
  double number = 0;         ///< of a numeric field
  std::size_t category = 0;  ///< else
};

struct Candidate {
  std::vector<Move> moves;  ///< by field, ascending
  Value quantity = 0;
  double cost = 0;
  std::size_t number = 0;  ///< in the order in which they came up, which decides between equals
};

/// Sorts by some keys; what comes up first wins.
template <class... Keys>
void sortBy(std::vector<Candidate>& all, const Keys&... keys) {
  sort(all, [&](const Candidate& a, const Candidate& b) {
    int order = 0;
    ((order = order != 0 ? order : (keys(a) < keys(b) ? -1 : keys(a) > keys(b) ? 1 : 0)), ...);
    return order != 0 ? order < 0 : a.number < b.number;
  });
}

/// Exact up to 22.
double powerOfTen(int n) {
  double p = 1;
  for (; n > 0; --n) p *= 10;
  return p;
}

class Search {
 public:
  Search(Asker& asker, std::span<const FreeField> fields, const CounterfactualOptions& options, double tolerance)
      : asker_(asker), fields_(fields), options_(options), tolerance_(tolerance) {
    for (const FreeField& f : fields_) {
      const Cell& own = asker_.record()[f.freedom.input];
      own_.push_back(numberIn(own));
      ownText_.push_back(textIn(own));
      values_.push_back(f.domain.isNumber ? numbersOf(values_.size()) : std::vector<double>{});
    }
  }

  std::vector<Counterfactual> run() {
    std::vector<Candidate> beam{Candidate{{}, asker_.ask({})}};
    if (isReached(beam[0].quantity)) return {answerOf(beam[0])};
    for (std::size_t level = 0; level < options_.changes && !beam.empty() && found_.size() < options_.count; ++level) {
      std::vector<Candidate> next;
      for (std::size_t b = 0; b < beam.size(); ++b) {
        const double done = (static_cast<double>(level) + static_cast<double>(b) / static_cast<double>(beam.size())) /
                            static_cast<double>(options_.changes);
        if (options_.goOn && !options_.goOn(done)) return answers();
        extend(beam[b], next);
      }
      std::vector<Candidate> reached;
      for (Candidate& c : next)
        if (isReached(c.quantity)) reached.push_back(c);
      take(std::move(reached));
      keepBest(next);
      beam = std::move(next);
    }
    return answers();
  }

 private:
  static constexpr std::size_t kBeam = 32;
  static constexpr std::size_t kValues = 33;  ///< tried of a numeric field, besides both sides of its cuts
  static constexpr std::size_t kCuts = 64;

  [[nodiscard]] bool isReached(Value y) const { return reaches(y, options_.relation, options_.target, tolerance_); }
  [[nodiscard]] Cell cellOf(const Move& move) const {
    const FreeField& f = fields_[move.field];
    return f.domain.isNumber ? Cell::of(move.number) : Cell::of(std::string_view(f.domain.categories[move.category]));
  }
  [[nodiscard]] double costOf(const Move& move) const {
    const FreeField& f = fields_[move.field];
    const bool isDistance = f.domain.isNumber && own_[move.field];
    return f.freedom.cost * (isDistance ? std::fabs(move.number - *own_[move.field]) / f.domain.deviation : 1);
  }
  [[nodiscard]] bool isAllowed(std::size_t field, double x) const {
    const FreeField& f = fields_[field];
    if (!(x >= f.domain.low && x <= f.domain.high)) return false;
    const auto own = own_[field];
    return !own || (x != *own && (f.freedom.direction == 0 || (x > *own) == (f.freedom.direction > 0)));
  }

  std::vector<double> numbersOf(std::size_t field) const {
    const FreeField& f = fields_[field];
    std::vector<double> out;
    if (f.freedom.step > 0 && own_[field]) {
      constexpr int kSteps = 200;
      for (int k = -kSteps; k <= kSteps; ++k) out.push_back(*own_[field] + k * f.freedom.step);
    } else {
      // Both sides of a cut are enough: between two cuts a step function stands still.
      std::vector<double> cuts;
      const std::size_t every = f.cuts.size() / kCuts + 1;
      for (std::size_t c = 0; c < f.cuts.size(); c += every) cuts.push_back(f.cuts[c]);
      out = pointsOf(f.domain, cuts, kValues);
      if (out.size() > 400) {
        std::vector<double> fewer;
        for (std::size_t i = 0; i < out.size(); i += out.size() / 200) fewer.push_back(out[i]);
        out = std::move(fewer);
      }
    }
    std::erase_if(out, [&](double x) { return !isAllowed(field, x); });
    return out;
  }

  Value ask(const std::vector<Move>& moves) {
    replaced_.clear();
    for (const Move& m : moves) replaced_.push_back({fields_[m.field].freedom.input, cellOf(m)});
    return asker_.ask(replaced_);
  }

  /// Adds `from` with each change of each field behind its last one, so that each set of fields comes up once.
  void extend(const Candidate& from, std::vector<Candidate>& to) {
    const std::size_t begin = to.size();
    asker_.clear();
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      if (std::ranges::any_of(from.moves, [&](const Move& m) { return m.field == f; })) continue;
      const Domain& domain = fields_[f].domain;
      const std::size_t n = domain.isNumber ? values_[f].size() : domain.categories.size();
      for (std::size_t i = 0; i < n; ++i) {
        if (!domain.isNumber && domain.categories[i] == ownText_[f]) continue;
        Candidate c = from;
        c.moves.insert(std::ranges::lower_bound(c.moves, f, {}, &Move::field),
                       {f, domain.isNumber ? values_[f][i] : 0, domain.isNumber ? 0 : i});
        c.cost = 0;
        c.number = ++made_;
        replaced_.clear();
        for (const Move& m : c.moves) {
          c.cost += costOf(m);
          replaced_.push_back({fields_[m.field].freedom.input, cellOf(m)});
        }
        asker_.add(replaced_);
        to.push_back(std::move(c));
      }
    }
    if (asker_.size() == 0) return;
    const std::vector<Value>& answers = asker_.answers();
    for (std::size_t i = 0; i < answers.size(); ++i) to[begin + i].quantity = answers[i];
  }

  /// Those that come closest to the target, one for each way a field is moved.
  void keepBest(std::vector<Candidate>& all) const {
    std::erase_if(all, [&](const Candidate& c) { return !isPresent(c.quantity) || isReached(c.quantity); });
    const auto miss = [&](const Candidate& c) { return std::fabs(c.quantity - options_.target); };
    sortBy(all, miss, &costIn);
    std::vector<Candidate> kept;
    for (Candidate& c : all) {
      if (kept.size() == kBeam) break;
      const auto same = std::ranges::count_if(kept, [&](const Candidate& k) { return haveSameFields(k, c); });
      if (same < 4) kept.push_back(std::move(c));
    }
    all = std::move(kept);
  }

  static double costIn(const Candidate& c) { return c.cost; }
  static bool haveSameFields(const Candidate& a, const Candidate& b) {
    return std::ranges::equal(a.moves, b.moves, {}, &Move::field, &Move::field);
  }
  /// Whether all fields that `a` changes are changed by `b`.
  static bool isPartOf(const Candidate& a, const Candidate& b) {
    return std::ranges::includes(b.moves, a.moves, {}, &Move::field, &Move::field);
  }

  /// The cheapest for each set of fields, shrunk; nothing that changes more fields than another answer does.
  void take(std::vector<Candidate> reached) {
    sortBy(reached, &costIn);
    std::vector<Candidate> fresh;
    for (Candidate& c : reached) {
      const auto isKnown = [&](const Candidate& k) { return isPartOf(k, c); };
      if (std::ranges::any_of(found_, isKnown) || std::ranges::any_of(fresh, isKnown)) continue;
      fresh.push_back(std::move(c));
    }
    constexpr std::size_t kShrunk = 24;
    if (fresh.size() > kShrunk) fresh.resize(kShrunk);
    for (Candidate& c : fresh) {
      shrink(c);
      if (std::ranges::none_of(found_, [&](const Candidate& k) { return isPartOf(k, c); }))
        found_.push_back(std::move(c));
    }
  }

  void shrink(Candidate& c) {
    for (std::size_t m = 0; m < c.moves.size() && c.moves.size() > 1;) {
      std::vector<Move> fewer = c.moves;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(m));
      if (isReached(ask(fewer)))
        c.moves = std::move(fewer);
      else
        ++m;
    }
    for (Move& move : c.moves) {
      const FreeField& f = fields_[move.field];
      if (!f.domain.isNumber || !own_[move.field]) continue;
      if (f.freedom.step > 0 || f.domain.isInteger)
        shrinkByValues(c, move);
      else
        shrinkByHalves(c, move);
    }
    c.quantity = ask(c.moves);
    c.cost = 0;
    for (const Move& move : c.moves) c.cost += costOf(move);
  }

  /// The nearest of the values tried that does.
  void shrinkByValues(Candidate& c, Move& move) {
    const double own = *own_[move.field], before = move.number;
    std::vector<double> nearer;
    for (const double x : values_[move.field])
      if (std::fabs(x - own) < std::fabs(before - own) && (x > own) == (before > own)) nearer.push_back(x);
    sort(nearer, [&](double a, double b) { return std::fabs(a - own) < std::fabs(b - own); });
    for (const double x : nearer) {
      move.number = x;
      if (isReached(ask(c.moves))) return;
    }
    move.number = before;
  }

  /// As near as it gets, then the roundest number close by.
  void shrinkByHalves(Candidate& c, Move& move) {
    const double own = *own_[move.field];
    double inside = move.number, outside = own;
    for (int i = 0; i < 60; ++i) {
      move.number = outside + (inside - outside) / 2;
      if (move.number == inside || move.number == outside) break;
      (isReached(ask(c.moves)) ? inside : outside) = move.number;
    }
    move.number = inside;
    const double way = inside - own;
    if (way == 0) return;
    for (int digits = -15; digits <= 15; ++digits) {
      const double power = powerOfTen(std::abs(digits));
      const double scaled = digits < 0 ? inside / power : inside * power;
      const double whole = way > 0 ? std::ceil(scaled) : std::floor(scaled);
      const double round = digits < 0 ? whole * power : whole / power;  // the double that its decimals name
      if (std::fabs(round - inside) > 0.05 * std::fabs(way) || !isAllowed(move.field, round)) continue;
      move.number = round;
      if (isReached(ask(c.moves))) return;
    }
    move.number = inside;
  }

  std::vector<Counterfactual> answers() {
    sortBy(found_, [](const Candidate& c) { return c.moves.size(); }, &costIn);
    std::vector<Counterfactual> out;
    for (const Candidate& c : found_)
      if (out.size() < options_.count) out.push_back(answerOf(c));
    return out;
  }

  Counterfactual answerOf(const Candidate& c) const {
    Counterfactual out{{}, c.quantity, c.cost};
    for (const Move& m : c.moves) {
      const FreeField& f = fields_[m.field];
      out.changes.push_back(
          {f.freedom.input, f.domain.isNumber ? valueOf(m.number) : valueOf(f.domain.categories[m.category])});
    }
    return out;
  }

  Asker& asker_;
  std::span<const FreeField> fields_;
  const CounterfactualOptions& options_;
  double tolerance_;
  std::vector<std::optional<double>> own_;
  std::vector<std::string> ownText_;
  std::vector<std::vector<double>> values_;
  std::vector<Candidate> found_;
  std::size_t made_ = 0;
  std::vector<Asker::Replaced> replaced_;
};

}  // namespace

std::vector<Counterfactual> findCounterfactuals(Asker& asker, std::span<const FreeField> fields,
                                                const CounterfactualOptions& options, double tolerance) {
  return Search(asker, fields, options, tolerance).run();
}

}  // namespace scorelet::explain
