#include "models/baseline/tally.hpp"

#include <algorithm>

#include "base/datetime.hpp"

namespace scorelet::models::baseline {

using program::Frame;
using program::StateReader;
using program::StateWriter;

Tally::Tally(const TallyPlan& plan) : plan_(plan), values_(plan.fields.size()), recent_(plan.window) {
  ids_.resize(plan.fields.size());
  reset();
}

void Tally::reset() {
  for (Symbols& v : values_) v.clear();
  cells_.clear();
  counts_.clear();
  recent_.clear();
  for (const auto& cell : plan_.cells) {
    for (std::size_t f = 0; f < ids_.size(); ++f) ids_[f] = values_[f].intern(cell[f]);
    (void)cellOf(ids_);
  }
}

std::uint32_t Tally::cellOf(std::span<const std::uint32_t> ids) {
  text_.clear();
  for (const std::uint32_t id : ids)
    for (int i = 0; i < 4; ++i) text_ += static_cast<char>(id >> (8 * i));
  const std::uint32_t cell = cells_.intern(text_);
  if (cell == counts_.size()) counts_.push_back(0);
  return cell;
}

std::uint32_t Tally::valueOf(std::size_t cell, std::size_t f) const noexcept {
  const std::string_view bytes = cells_.text(static_cast<std::uint32_t>(cell)).substr(4 * f, 4);
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return id;
}

Value Tally::add(const Frame& frame, std::size_t row, double weight) {
  Value hole = 0;
  for (const compile::TypedSlot& field : plan_.fields) {
    const Value v = frame.at(field.slot)[row];
    if (!isPresent(v) && !isInvalid(hole)) hole = v;
  }
  if (!isPresent(hole)) return hole;
  if (plan_.window != 0 && cells_.size() > plan_.cells.size() + 2 * plan_.window + 16) forgetStaleCells();
  if (cells_.size() >= frame.limits.listItems) return invalid(Reason::textLimit);
  for (std::size_t f = 0; f < ids_.size(); ++f) {
    text_.clear();
    appendText(text_, frame.at(plan_.fields[f].slot)[row], plan_.fields[f].type, frame.strings);
    if (text_.size() > frame.limits.textBytes) return invalid(Reason::textLimit);
    ids_[f] = values_[f].intern(text_);
  }
  const std::uint32_t cell = cellOf(ids_);
  if (plan_.window == 0) {
    counts_[cell] += weight;
    return 0;
  }
  // Counted anew: subtracting what leaves the window would leave its rounding behind.
  recent_.add({cell, weight});
  std::fill(counts_.begin(), counts_.end(), 0.0);
  recent_.forEach([&](const Entry& e) { counts_[e.cell] += e.weight; });
  return 0;
}

/// Values that left the window long ago give their room back; the others keep the order of the records.
void Tally::forgetStaleCells() {
  const std::vector<Symbols> oldValues = values_;
  const Symbols oldCells = cells_;
  const Recent<Entry> oldRecent = recent_;
  const auto idOf = [&](std::uint32_t cell, std::size_t f) {
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < 4; ++i)
      id |= static_cast<std::uint32_t>(static_cast<unsigned char>(oldCells.text(cell)[4 * f + i])) << (8 * i);
    return id;
  };
  reset();
  oldRecent.forEach([&](const Entry& e) {
    for (std::size_t f = 0; f < ids_.size(); ++f) ids_[f] = values_[f].intern(oldValues[f].text(idOf(e.cell, f)));
    recent_.add({cellOf(ids_), e.weight});
  });
}

void Tally::save(StateWriter& out) const {
  // What the plan seeds is known; the rest in the order in which it was met.
  Tally fresh(plan_);
  for (std::size_t f = 0; f < values_.size(); ++f) {
    out.u64(values_[f].size() - fresh.values_[f].size());
    for (std::uint32_t id = fresh.values_[f].size(); id < values_[f].size(); ++id) out.text(values_[f].text(id));
  }
  out.u64(cells_.size() - fresh.cells_.size());
  for (std::uint32_t cell = fresh.cells_.size(); cell < cells_.size(); ++cell)
    for (std::size_t f = 0; f < values_.size(); ++f) out.u64(valueOf(cell, f));
  for (const double count : counts_) out.number(count);
  out.u64(recent_.size());
  recent_.forEach([&](const Entry& e) {
    out.u64(e.cell);
    out.number(e.weight);
  });
}

void Tally::restore(StateReader& in) {
  for (Symbols& values : values_)
    for (std::size_t n = in.count(8); n > 0 && in.ok(); --n) {
      const std::uint32_t next = values.size();
      in.require(values.intern(in.text()) == next);
    }
  for (std::size_t n = in.count(8 * values_.size()); n > 0 && in.ok(); --n) {
    for (std::size_t f = 0; f < ids_.size(); ++f) {
      const std::uint64_t id = in.u64();
      if (!in.require(id < values_[f].size())) return;
      ids_[f] = static_cast<std::uint32_t>(id);
    }
    const std::uint32_t next = cells_.size();
    in.require(cellOf(ids_) == next);
  }
  for (double& count : counts_) in.require((count = in.number()) >= 0);
  const std::size_t n = in.count(16);
  for (std::size_t i = 0; in.require(n <= plan_.window) && i < n; ++i) {
    const std::uint64_t cell = in.u64();
    const double weight = in.number();
    if (!in.require(cell < cells_.size() && weight >= 0)) return;
    recent_.add({static_cast<std::uint32_t>(cell), weight});
  }
}

}  // namespace scorelet::models::baseline
