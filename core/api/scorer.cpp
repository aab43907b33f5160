#include <algorithm>

#include <scorelet/model.hpp>

#include "base/datetime.hpp"
#include "run/scratch.hpp"

namespace scorelet {

Scorer::Scorer(Model model) : model_(std::move(model)), scratch_(std::make_unique<Scratch>(model_.program())) {}
Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

void Scorer::score(const Batch& batch) { scratch_->score(batch); }
void Scorer::scoreRecord(std::span<const double> values, std::span<double> results) {
  scratch_->scoreRecord(values);
  const std::size_t n = std::min(results.size(), scratch_->results.size());
  for (std::size_t c = 0; c < n; ++c) results[c] = scratch_->results[c][0];
}
void Scorer::reset() { scratch_->reset(); }
std::vector<std::byte> Scorer::saveState() const { return scratch_->saveState(); }
Expected<void> Scorer::restoreState(std::span<const std::byte> bytes) { return scratch_->restoreState(bytes); }
void Scorer::keepDetails(bool keep) noexcept { scratch_->keepsDetails = keep; }
std::size_t Scorer::rows() const noexcept { return scratch_->rows; }
bool Scorer::ok(std::size_t row) const noexcept { return scratch_->ok[row] != 0; }

std::span<const double> Scorer::column(std::size_t c) const noexcept { return scratch_->results[c]; }

bool Scorer::isMissing(std::size_t c, std::size_t row) const noexcept { return !isPresent(scratch_->results[c][row]); }

std::string Scorer::text(std::size_t c, std::size_t row) const {
  std::string out;
  const Value v = scratch_->results[c][row];
  if (!isPresent(v)) return out;
  const program::TypedSlot& slot = model_.program().resultSlots[c];
  if (slot.type != DataType::list) {
    appendText(out, v, slot.type, scratch_->strings);
    return out;
  }
  bool isFirst = true;
  for (const Value item : scratch_->lists[v]) {
    if (!isFirst) out += ", ";
    isFirst = false;
    if (isPresent(item)) appendText(out, item, slot.item, scratch_->strings);
  }
  return out;
}

std::string_view Scorer::view(std::size_t c, std::size_t row) const noexcept {
  const Value v = scratch_->results[c][row];
  const bool isText = model_.program().resultSlots[c].type == DataType::string && isPresent(v);
  return isText ? scratch_->strings.text(v) : std::string_view{};
}

ResultValue Scorer::value(std::size_t c, std::size_t row) const {
  const program::TypedSlot& slot = model_.program().resultSlots[c];
  return toResultValue(scratch_->results[c][row], slot.type, slot.item, scratch_->strings, scratch_->lists);
}

}  // namespace scorelet
