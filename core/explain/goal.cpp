// Goal seek along one field.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/sort.hpp"
#include "explain/asker.hpp"

namespace scorelet::explain {

namespace {

class GoalSeeker {
 public:
  GoalSeeker(Asker& asker, const GoalOptions& options) : asker_(asker), options_(options) {}

  Goal amongCategories(const std::vector<std::string>& categories) {
    asker_.clear();
    for (const std::string& c : categories) {
      const Asker::Replaced replaced{options_.input, Cell::of(std::string_view(c))};
      asker_.add({&replaced, 1});
    }
    const std::vector<Value>& answers = asker_.answers();
    for (std::size_t i = 0; i < categories.size(); ++i) {
      note(valueOf(categories[i]), answers[i], categories[i] == textIn(asker_.record()[options_.input]) ? 0 : 1);
      if (reaches(answers[i], options_.relation, options_.target))
        goal_.ranges.push_back({valueOf(categories[i]), valueOf(categories[i])});
    }
    return std::move(goal_);
  }

  Goal amongNumbers(const std::vector<double>& points, bool isInteger) {
    own_ = numberIn(asker_.record()[options_.input]).value_or((points.front() + points.back()) / 2);
    asker_.clear();
    for (const double x : points) {
      const Asker::Replaced replaced{options_.input, Cell::of(x)};
      asker_.add({&replaced, 1});
    }
    const std::vector<Value> answers = asker_.answers();
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const Value y : answers)
      if (isPresent(y)) least = std::min(least, y), most = std::max(most, y);
    span_ = most > least ? most - least : 0;
    for (std::size_t i = 0; i < points.size(); ++i) note(valueOf(points[i]), answers[i], std::fabs(points[i] - own_));

    std::optional<double> begin;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool holds = isReached(answers[i]), held = i > 0 && isReached(answers[i - 1]);
      if (holds && !held) begin = i == 0 || isInteger ? points[i] : edge(points[i], points[i - 1]);
      if (!holds && held) close(begin, isInteger ? points[i - 1] : edge(points[i - 1], points[i]));
      if (i > 0 && !holds && !held && !isInteger && options_.relation == Relation::equals)
        cross(points[i - 1], answers[i - 1], points[i], answers[i]);
    }
    if (begin) close(begin, points.back());
    sort(found_, [&](const Range& a, const Range& b) {
      const double da = distance(a), db = distance(b);
      return da != db ? da < db : a.from < b.from;
    });
    for (const Range& r : found_) goal_.ranges.push_back({valueOf(r.from), valueOf(r.to)});
    return std::move(goal_);
  }

 private:
  struct Range {
    double from, to;
  };
  [[nodiscard]] bool isReached(Value y) const { return reaches(y, options_.relation, options_.target); }
  [[nodiscard]] double distance(const Range& r) const {
    return own_ < r.from ? r.from - own_ : own_ > r.to ? own_ - r.to : 0;
  }

  /// Remembers the value that comes closest, of equals the nearer one.
  void note(ResultValue value, Value answer, double far) {
    if (!isPresent(answer)) return;
    const double miss = isReached(answer) ? 0 : std::fabs(answer - options_.target);
    if (goal_.closest.kind != ResultValue::Kind::missing && (miss > miss_ || (miss == miss_ && far >= far_))) return;
    goal_.closest = std::move(value);
    goal_.closestQuantity = answer;
    miss_ = miss, far_ = far;
  }

  void close(std::optional<double>& begin, double end) {
    found_.push_back({*begin, end});
    begin.reset();
  }

  /// The last double from `inside`, which reaches the target, towards `outside`, which does not.
  double edge(double inside, double outside) {
    for (;;) {
      const double middle = inside + (outside - inside) / 2;
      if (middle == inside || middle == outside) return inside;
      (isReached(asker_.ask(options_.input, middle)) ? inside : outside) = middle;
    }
  }

  /// A target that lies between two neighbours' answers is reached between them, unless the answers jump over it.
  void cross(double a, Value atA, double b, Value atB) {
    if (!isPresent(atA) || !isPresent(atB) || (atA < options_.target) == (atB < options_.target)) return;
    for (;;) {
      const double middle = a + (b - a) / 2;
      if (middle == a || middle == b) break;
      const Value y = asker_.ask(options_.input, middle);
      if (!isPresent(y)) return;
      if ((y < options_.target) == (atA < options_.target))
        a = middle, atA = y;
      else
        b = middle, atB = y;
    }
    constexpr double kContinuous = 1e-9;  // of the quantity's range: what two neighbouring doubles may be apart
    if (std::fabs(atB - atA) > kContinuous * std::max(span_, std::fabs(options_.target))) return;
    const double x = std::fabs(atA - options_.target) <= std::fabs(atB - options_.target) ? a : b;
    found_.push_back({x, x});
    goal_.closest = valueOf(x), goal_.closestQuantity = x == a ? atA : atB;
  }

  Asker& asker_;
  const GoalOptions& options_;
  Goal goal_;
  std::vector<Range> found_;
  double own_ = 0, span_ = 0, miss_ = 0, far_ = 0;
};

}  // namespace

Goal seekGoal(Asker& asker, const Domain& domain, std::span<const double> cuts, const GoalOptions& options) {
  constexpr std::size_t kPoints = 401;
  GoalSeeker seeker(asker, options);
  if (!domain.isNumber) return seeker.amongCategories(domain.categories);
  return seeker.amongNumbers(pointsOf(domain, cuts, kPoints), domain.isInteger);
}

}  // namespace scorelet::explain
