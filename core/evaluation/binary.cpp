#include <algorithm>
#include <cmath>

#include <scorelet/evaluation.hpp>

#include "base/math.hpp"
#include "evaluation/exact_sum.hpp"
#include "evaluation/figures.hpp"

namespace scorelet {

struct evaluation::BinaryState {
  explicit BinaryState(std::size_t most) : table(most) {}

  ScoreTable table;
  BinaryEvaluation::Counts counts;
  ExactSum scores, squares, losses;  // of evaluated cases
  std::uint64_t notProbabilities = 0;

  [[nodiscard]] double mean(const ExactSum& sum) const {
    return ratio(sum.value(), static_cast<double>(counts.cases()));
  }
  [[nodiscard]] double probabilityMean(const ExactSum& sum) const { return notProbabilities == 0 ? mean(sum) : kNaN; }
};

using namespace evaluation;

namespace {

using Entry = ScoreTable::Entry;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNearest = 1e-15;  // that a probability may come to 0 or 1 in a logarithm

std::uint64_t eventsOf(const Entry& entry) { return entry.counts[static_cast<std::size_t>(Outcome::event)]; }
std::uint64_t nonEventsOf(const Entry& entry) { return entry.counts[static_cast<std::size_t>(Outcome::nonEvent)]; }
double number(std::uint64_t n) { return static_cast<double>(n); }

/// The score interval of Wilson 1927 at 95 %.
void setInterval(BinaryEvaluation::Group& group) {
  constexpr double kZ = 1.959963984540054;  // 0.975 quantile of the normal distribution
  const double n = number(group.cases);
  const double middle = (group.rate + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(group.rate * (1 - group.rate) / n + kZ * kZ / (4 * n * n));
  group.intervalLow = std::max(0.0, middle - half);
  group.intervalHigh = std::min(1.0, middle + half);
}

/// Groups of the evaluated cases; `groupOf` says which one an entry is in, never less than the one before.
template <class GroupOf>
std::vector<BinaryEvaluation::Group> grouped(ScoreTable& table, const GroupOf& groupOf) {
  std::vector<BinaryEvaluation::Group> groups;
  std::size_t last = static_cast<std::size_t>(-1);
  std::uint64_t before = 0;
  for (const Entry& entry : table.entries()) {
    if (entry.known() == 0) continue;
    const double score = table.score(entry);
    const std::size_t number_ = groupOf(score, before, entry.known());
    before += entry.known();
    if (number_ != last) {
      groups.emplace_back();
      groups.back().lowest = score;
      last = number_;
    }
    BinaryEvaluation::Group& group = groups.back();
    group.cases += entry.known();
    group.events += eventsOf(entry);
    group.highest = score;
    group.meanScore += score * number(entry.known());
  }
  for (BinaryEvaluation::Group& group : groups) {
    group.meanScore /= number(group.cases);
    group.rate = ratio(group.events, group.cases);
    setInterval(group);
  }
  return groups;
}

}  // namespace

BinaryEvaluation::BinaryEvaluation(Resolution resolution) : state_(std::make_unique<BinaryState>(resolution.values)) {}
BinaryEvaluation::~BinaryEvaluation() = default;
BinaryEvaluation::BinaryEvaluation(BinaryEvaluation&&) noexcept = default;
BinaryEvaluation& BinaryEvaluation::operator=(BinaryEvaluation&&) noexcept = default;

void BinaryEvaluation::add(double score, double outcome) {
  Counts& counts = state_->counts;
  ++counts.rows;
  if (!std::isfinite(score)) {
    ++counts.missingPredictions;
    return;
  }
  if (outcome != 0 && outcome != 1) {
    ++counts.missingOutcomes;
    state_->table.add(score, Outcome::unknown);
    return;
  }
  const bool isEvent = outcome == 1;
  ++(isEvent ? counts.events : counts.nonEvents);
  state_->table.add(score, isEvent ? Outcome::event : Outcome::nonEvent);
  state_->scores.add(score);
  if (score < 0 || score > 1) {
    ++state_->notProbabilities;
    return;
  }
  state_->squares.addProduct(score - outcome, score - outcome);
  const double kept = std::clamp(score, kNearest, 1 - kNearest);
  state_->losses.add(isEvent ? -dm::log(kept) : -dm::log1p(-kept));
}

Expected<void> BinaryEvaluation::merge(const BinaryEvaluation& other) {
  BinaryState& mine = *state_;
  const BinaryState& theirs = *other.state_;
  if (mine.table.most() != theirs.table.most()) return refused("Evaluations of different resolution cannot be merged.");
  mine.table.merge(theirs.table);
  mine.scores.merge(theirs.scores);
  mine.squares.merge(theirs.squares);
  mine.losses.merge(theirs.losses);
  mine.notProbabilities += theirs.notProbabilities;
  mine.counts.rows += theirs.counts.rows;
  mine.counts.events += theirs.counts.events;
  mine.counts.nonEvents += theirs.counts.nonEvents;
  mine.counts.missingPredictions += theirs.counts.missingPredictions;
  mine.counts.missingOutcomes += theirs.counts.missingOutcomes;
  return {};
}

const BinaryEvaluation::Counts& BinaryEvaluation::counts() const noexcept { return state_->counts; }
bool BinaryEvaluation::exact() const { return state_->table.exact(); }
double BinaryEvaluation::brier() const { return state_->probabilityMean(state_->squares); }
double BinaryEvaluation::logLoss() const { return state_->probabilityMean(state_->losses); }
double BinaryEvaluation::meanScore() const { return state_->mean(state_->scores); }
double BinaryEvaluation::eventRate() const { return ratio(state_->counts.events, state_->counts.cases()); }

double BinaryEvaluation::auc() const {
  std::uint64_t below = 0, twice = 0;  // non-events so far; twice the pairs in the right order
  for (const Entry& entry : state_->table.entries()) {
    twice += eventsOf(entry) * (2 * below + nonEventsOf(entry));
    below += nonEventsOf(entry);
  }
  return ratio(number(twice), 2 * number(state_->counts.events) * number(state_->counts.nonEvents));
}

double BinaryEvaluation::aucStandardError() const {
  const double events = number(state_->counts.events), nonEvents = number(state_->counts.nonEvents);
  if (events < 2 || nonEvents < 2) return kNaN;
  const double area = auc();
  double ofEvents = 0, ofNonEvents = 0;  // squared deviations of each case's share of the others that it stands above
  std::uint64_t below = 0, above = state_->counts.events;
  for (const Entry& entry : state_->table.entries()) {
    above -= eventsOf(entry);
    const double event = (number(below) + number(nonEventsOf(entry)) / 2) / nonEvents - area;
    const double nonEvent = (number(above) + number(eventsOf(entry)) / 2) / events - area;
    ofEvents += number(eventsOf(entry)) * event * event;
    ofNonEvents += number(nonEventsOf(entry)) * nonEvent * nonEvent;
    below += nonEventsOf(entry);
  }
  return std::sqrt(ofEvents / (events - 1) / events + ofNonEvents / (nonEvents - 1) / nonEvents);
}

double BinaryEvaluation::aucBound() const {
  if (exact()) return 0;
  double pairs = 0;
  for (const Entry& entry : state_->table.entries()) pairs += number(eventsOf(entry)) * number(nonEventsOf(entry));
  return ratio(pairs / 2, number(state_->counts.events) * number(state_->counts.nonEvents));
}

double BinaryEvaluation::ks() const {
  const double events = number(state_->counts.events), nonEvents = number(state_->counts.nonEvents);
  if (events == 0 || nonEvents == 0) return kNaN;
  std::uint64_t eventsBelow = 0, nonEventsBelow = 0;
  double largest = 0;
  for (const Entry& entry : state_->table.entries()) {
    eventsBelow += eventsOf(entry);
    nonEventsBelow += nonEventsOf(entry);
    largest = std::max(largest, std::fabs(number(eventsBelow) / events - number(nonEventsBelow) / nonEvents));
  }
  return largest;
}

Confusion BinaryEvaluation::at(double threshold) const {
  Confusion c;
  for (const Entry& entry : state_->table.entries()) {
    const bool isPredicted = state_->table.score(entry) >= threshold;
    (isPredicted ? c.truePositives : c.falseNegatives) += eventsOf(entry);
    (isPredicted ? c.falsePositives : c.trueNegatives) += nonEventsOf(entry);
  }
  return c;
}

std::vector<BinaryEvaluation::Point> BinaryEvaluation::curve(std::size_t most) const {
  const double events = std::max(1.0, number(state_->counts.events));
  const double nonEvents = std::max(1.0, number(state_->counts.nonEvents));
  const auto& entries = state_->table.entries();
  // Along the curve its length, up plus right, is 2.
  const double step = entries.size() <= most ? 0 : 2 / number(std::max<std::size_t>(most, 2));
  std::vector<Point> points = {{kInfinity, 0, 0}};
  Point now = points.front();
  for (std::size_t i = entries.size(); i-- > 0;) {
    if (entries[i].known() == 0) continue;
    now.threshold = state_->table.score(entries[i]);
    now.truePositives += eventsOf(entries[i]);
    now.falsePositives += nonEventsOf(entries[i]);
    const Point& last = points.back();
    const double way = number(now.truePositives - last.truePositives) / events +
                       number(now.falsePositives - last.falsePositives) / nonEvents;
    const bool isEnd = now.truePositives + now.falsePositives == state_->counts.cases();
    if (way >= step || isEnd) points.push_back(now);
    if (isEnd) break;
  }
  return points;
}

BinaryEvaluation::Top BinaryEvaluation::top(double cases) const {
  const Counts& counts = state_->counts;
  Top top;
  top.cases = cases >= 0 ? std::min(cases, number(counts.cases())) : 0;
  const auto& entries = state_->table.entries();
  double left = top.cases;
  for (std::size_t i = entries.size(); i-- > 0 && left > 0;) {
    const double known = number(entries[i].known());
    if (known == 0) continue;
    const double taken = std::min(left, known);
    top.events += taken == known ? number(eventsOf(entries[i])) : number(eventsOf(entries[i])) * (taken / known);
    left -= taken;
  }
  top.share = ratio(top.events, number(counts.events));
  top.lift = top.cases > 0 ? top.share / (top.cases / number(counts.cases())) : kNaN;
  return top;
}

BinaryEvaluation::Top BinaryEvaluation::topWith(double share) const {
  const double wanted = std::clamp(share, 0.0, 1.0) * number(state_->counts.events);
  const auto& entries = state_->table.entries();
  double cases = 0, events = 0;
  for (std::size_t i = entries.size(); i-- > 0 && events < wanted;) {
    const double known = number(entries[i].known()), among = number(eventsOf(entries[i]));
    if (events + among < wanted) {
      cases += known;
      events += among;
      continue;
    }
    // Whole cases of those with this score, as they hold their events evenly.
    cases += std::ceil((wanted - events) / among * known);
    break;
  }
  return top(cases);
}

std::vector<BinaryEvaluation::Group> BinaryEvaluation::calibration(std::size_t groups) const {
  const std::uint64_t cases = state_->counts.cases();
  return grouped(state_->table, [&](double, std::uint64_t before, std::uint64_t count) {
    return static_cast<std::size_t>((2 * before + count) * groups / (2 * cases));
  });
}

std::vector<BinaryEvaluation::Group> BinaryEvaluation::reliability(std::size_t groups) const {
  return grouped(state_->table, [&](double score, std::uint64_t, std::uint64_t) {
    const double group = std::floor(std::clamp(score, 0.0, 1.0) * number(groups));
    return std::min(static_cast<std::size_t>(group), groups - 1);
  });
}

double BinaryEvaluation::calibrationError(std::span<const Group> groups) {
  double sum = 0;
  std::uint64_t cases = 0;
  for (const Group& group : groups) {
    sum += number(group.cases) * std::fabs(group.rate - group.meanScore);
    cases += group.cases;
  }
  return ratio(sum, number(cases));
}

BinaryEvaluation::Best BinaryEvaluation::best(const Payoff& payoff) const {
  Confusion now;
  now.falseNegatives = state_->counts.events;
  now.trueNegatives = state_->counts.nonEvents;
  Best best{kInfinity, payoff.of(now), now};
  const auto& entries = state_->table.entries();
  for (std::size_t i = entries.size(); i-- > 0;) {
    now.truePositives += eventsOf(entries[i]);
    now.falseNegatives -= eventsOf(entries[i]);
    now.falsePositives += nonEventsOf(entries[i]);
    now.trueNegatives -= nonEventsOf(entries[i]);
    if (const double value = payoff.of(now); value > best.payoff) best = {state_->table.score(entries[i]), value, now};
  }
  return best;
}

std::vector<BinaryEvaluation::Bin> BinaryEvaluation::histogram(std::span<const double> edges) const {
  std::vector<Bin> bins;
  for (const auto& [nonEvents, events, unknown] : evaluation::histogram(state_->table, edges)) {
    bins.push_back({nonEvents, events, unknown});
  }
  return bins;
}

double BinaryEvaluation::quantile(double p) const { return evaluation::quantile(state_->table, p); }

}  // namespace scorelet
