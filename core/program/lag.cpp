// Lag keeps, per block of records, the last `n` values (spec: Transformations, "Lag").
#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "base/datetime.hpp"
#include "base/sort.hpp"
#include "program/steps.hpp"

namespace scorelet::program {

namespace {

struct LagState final : State {
  explicit LagState(const LagStep& step) : n(step.n), type(step.type) {}
  struct Block {
    std::vector<Value> last;  ///< ring of n values, oldest at `next` once full
    std::size_t next = 0;
    std::size_t seen = 0;
  };
  std::unordered_map<std::string, Block> blocks;
  Symbols texts;  ///< text values outlive the batch here, and those that have left all windows not for long
  std::string key;
  std::vector<Value> window;
  void reset() override {
    blocks.clear();
    texts.clear();
  }
  void save(StateWriter& out) const override;
  void restore(StateReader& in) override;
  Value keep(std::string_view text);

 private:
  std::size_t n;
  DataType type;
  Symbols remembered;  ///< what `texts` was before, its memory for the next time
};

/// The texts are gathered anew when at least half of them are remembered by no block.
Value LagState::keep(std::string_view text) {
  if (texts.size() >= 2 * n * blocks.size() + 64) {
    std::swap(texts, remembered);
    texts.clear();
    for (auto& [blockKey, block] : blocks)
      for (Value& v : block.last)
        if (isPresent(v)) v = Value(texts.intern(remembered.text(static_cast<std::uint32_t>(v))));
  }
  return Value(texts.intern(text));
}

/// Blocks in the order of their keys, so that equal memories are equal bytes.
void LagState::save(StateWriter& out) const {
  std::vector<const std::pair<const std::string, Block>*> sorted;
  for (const auto& entry : blocks) sorted.push_back(&entry);
  sort(sorted, [](const auto* a, const auto* b) { return a->first < b->first; });
  out.u64(sorted.size());
  for (const auto* entry : sorted) {
    const Block& block = entry->second;
    out.text(entry->first);
    out.u64(block.seen);
    // Oldest first; what was never seen is not saved.
    for (std::size_t k = n - block.seen; k < n; ++k) out.value(block.last[(block.next + k) % n], type, texts);
  }
}

void LagState::restore(StateReader& in) {
  for (std::size_t count = in.count(16); count > 0 && in.ok(); --count) {
    const std::string blockKey(in.text());
    Block block;
    block.seen = in.count(9);
    if (!in.require(block.seen >= 1 && block.seen <= n)) return;
    block.last.resize(n, missing());
    for (std::size_t k = 0; k < block.seen; ++k) block.last[k] = in.value(type, texts);
    block.next = block.seen % n;
    in.require(blocks.emplace(blockKey, std::move(block)).second);
  }
}

double summary(LagStep::Aggregate aggregate, std::vector<Value>& w) {
  const auto count = static_cast<double>(w.size());
  switch (aggregate) {
    case LagStep::Aggregate::max: return *std::max_element(w.begin(), w.end());
    case LagStep::Aggregate::min: return *std::min_element(w.begin(), w.end());
    case LagStep::Aggregate::median: {
      std::sort(w.begin(), w.end());
      const std::size_t half = w.size() / 2;
      return w.size() % 2 != 0 ? w[half] : (w[half - 1] + w[half]) / 2;
    }
    case LagStep::Aggregate::product: {
      double product = 1;
      for (const Value v : w) product *= v;
      return product;
    }
    default: {
      double sum = 0;
      for (const Value v : w) sum += v;
      if (aggregate == LagStep::Aggregate::sum) return sum;
      const double mean = sum / count;
      if (aggregate == LagStep::Aggregate::avg) return mean;
      double squares = 0;
      for (const Value v : w) squares += (v - mean) * (v - mean);
      return w.size() < 2 ? missing() : std::sqrt(squares / (count - 1));
    }
  }
}

}  // namespace

std::unique_ptr<State> LagStep::makeState() const { return std::make_unique<LagState>(*this); }

void LagStep::run(const Frame& frame) const {
  auto& memory = static_cast<LagState&>(*frame.states[state]);
  const double* in = frame.at(from);
  double* out = frame.at(to);
  for (std::size_t i = 0; i < frame.n; ++i) {
    memory.key.clear();
    for (const TypedSlot& block : blocks) {
      const Value v = frame.at(block.slot)[i];
      if (isPresent(v)) appendText(memory.key, v, block.type, frame.strings);
      memory.key += isPresent(v) ? '\x1f' : '\x1e';
    }
    LagState::Block& block = memory.blocks[memory.key];
    if (block.last.empty()) block.last.resize(n, missing());
    if (block.seen < n) {
      out[i] = missing();
    } else if (aggregate == Aggregate::none) {
      out[i] = block.last[block.next];
      if (type == DataType::string && isPresent(out[i]))
        out[i] = frame.strings.intern(memory.texts.text(static_cast<std::uint32_t>(out[i])));
    } else {
      memory.window.clear();
      Value poison = missing();
      // Oldest first: the order of the sum is the order of the records.
      for (std::size_t k = 0; k < n; ++k) {
        const Value v = block.last[(block.next + k) % n];
        if (isInvalid(v)) poison = v;
        if (isPresent(v)) memory.window.push_back(v);
      }
      out[i] = isInvalid(poison) ? poison : memory.window.empty() ? missing() : summary(aggregate, memory.window);
    }
    Value now = in[i];
    if (type == DataType::string && isPresent(now)) now = memory.keep(frame.strings.text(now));
    block.last[block.next] = now;
    block.next = (block.next + 1) % n;
    block.seen = std::min(block.seen + 1, n);
  }
}

}  // namespace scorelet::program
