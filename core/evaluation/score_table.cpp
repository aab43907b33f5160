#include "evaluation/score_table.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace scorelet::evaluation {
namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// Bits that compare as the numbers do.
std::uint64_t keyOf(double score) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(score + 0.0);  // -0 becomes 0
  return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

double scoreOf(std::uint64_t key) noexcept { return std::bit_cast<double>((key & kSign) != 0 ? key & ~kSign : ~key); }

}  // namespace

void ScoreTable::add(double score, Outcome outcome) {
  Entry entry{keyOf(score) >> dropped_, {}};
  entry.counts[static_cast<std::size_t>(outcome)] = 1;
  if (entries_.size() == entries_.capacity())
    entries_.reserve(std::min(2 * entries_.size() + 64, most_ + most_ / 2 + 64));
  entries_.push_back(entry);
  if (entries_.size() >= most_ + most_ / 2 + 64) compact();
}

void ScoreTable::merge(const ScoreTable& other) {
  ScoreTable copy = other;
  if (copy.dropped_ < dropped_) copy.drop(dropped_ - copy.dropped_);
  if (dropped_ < copy.dropped_) drop(copy.dropped_ - dropped_);
  entries_.insert(entries_.end(), copy.entries_.begin(), copy.entries_.end());
  compact();
}

const std::vector<ScoreTable::Entry>& ScoreTable::entries() {
  compact();
  return entries_;
}

double ScoreTable::score(const Entry& entry) const noexcept {
  const std::uint64_t middle = dropped_ == 0 ? 0 : std::uint64_t{1} << (dropped_ - 1);
  const double score = scoreOf((entry.key << dropped_) + middle);
  constexpr double kLargest = std::numeric_limits<double>::max();
  return std::isfinite(score) ? score : ((entry.key << dropped_) & kSign) != 0 ? kLargest : -kLargest;
}

void ScoreTable::compact() {
  if (sorted_ == entries_.size()) return;
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
  join();
  while (entries_.size() > most_) {
    drop(1);
    join();
  }
  sorted_ = entries_.size();
}

void ScoreTable::drop(unsigned bits) {
  for (Entry& entry : entries_) entry.key >>= bits;
  dropped_ += bits;
}

/// Makes one of neighbours with the same key.
void ScoreTable::join() {
  std::size_t kept = 0;
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    if (entries_[i].key == entries_[kept].key) {
      for (std::size_t k = 0; k < 3; ++k) entries_[kept].counts[k] += entries_[i].counts[k];
    } else {
      entries_[++kept] = entries_[i];
    }
  }
  if (!entries_.empty()) entries_.resize(kept + 1);
}

}  // namespace scorelet::evaluation
