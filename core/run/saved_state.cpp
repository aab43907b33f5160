// The bytes of Scorer::saveState: a header, then every stateful step's memory with its length before it.
#include "program/state.hpp"
#include "run/scratch.hpp"

namespace scorelet {

using program::StateReader;
using program::StateWriter;

namespace {

constexpr std::uint64_t kMagic = 0x6574'6174'732D'6373u;  // "sc-state"
constexpr std::uint64_t kVersion = 1;

std::unexpected<Diagnostics> refuse(std::string message) {
  Diagnostic d;
  d.code = Code::badArgument;
  d.message = std::move(message);
  return std::unexpected(Diagnostics{std::move(d)});
}

}  // namespace

std::vector<std::byte> Scratch::saveState() const {
  std::vector<std::byte> out, memory;
  StateWriter header(out);
  header.u64(kMagic);
  header.u64(kVersion);
  header.u64(program.fingerprint);
  header.u64(states.size());
  for (const auto& state : states) {
    memory.clear();
    StateWriter writer(memory);
    state->save(writer);
    header.u64(memory.size());
    out.insert(out.end(), memory.begin(), memory.end());
  }
  return out;
}

Expected<void> Scratch::restoreState(std::span<const std::byte> bytes) {
  StateReader in({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (in.u64() != kMagic || !in.ok()) return refuse("These bytes are not the saved state of a scorer.");
  if (in.u64() != kVersion || !in.ok()) return refuse("The state was saved by another version of the library.");
  if (in.u64() != program.fingerprint || !in.ok())
    return refuse("The state is that of another model, or of the same loaded with other options.");
  if (in.u64() != states.size() || !in.ok()) return refuse("The saved state is damaged.");
  std::vector<std::unique_ptr<program::State>> restored;
  for (const program::StatefulStep* step : program.stateful) {
    restored.push_back(step->makeState());
    StateReader memory(in.text());
    restored.back()->restore(memory);
    in.require(memory.isAtEnd());
  }
  if (!in.isAtEnd()) return refuse("The saved state is damaged.");
  states = std::move(restored);
  return {};
}

}  // namespace scorelet
