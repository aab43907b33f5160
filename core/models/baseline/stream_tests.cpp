#include "models/baseline/stream_tests.hpp"

#include <algorithm>
#include <cmath>

#include "models/baseline/recent.hpp"

namespace scorelet::models::baseline {

namespace {

using program::Frame;
using program::StateReader;
using program::StateWriter;

/// The latest numbers of the window; without one, what they add up to.
struct StreamState final : program::State {
  StreamState(std::size_t window, double start) : recent(window), total(start), start(start) {}
  void reset() override {
    recent.clear();
    total = start;
  }
  void save(StateWriter& out) const override {
    out.number(total);
    out.u64(recent.size());
    recent.forEach([&](double x) { out.number(x); });
  }
  void restore(StateReader& in) override {
    total = in.number();
    const std::size_t n = in.count(8);
    for (std::size_t i = 0; in.require(n <= recent.capacity()) && i < n; ++i) recent.add(in.number());
  }
  Recent<double> recent;
  double total, start;
};

}  // namespace

std::unique_ptr<program::State> ZValueStep::makeState() const { return std::make_unique<StreamState>(window, 0); }

void ZValueStep::run(const Frame& frame) const {
  auto* memory = window > 1 ? &static_cast<StreamState&>(*frame.states[state]) : nullptr;
  const double deviation = std::sqrt(baseline.variance);
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value x = frame.at(from)[i];
    Value& out = frame.at(to)[i];
    if (!isPresent(x)) {
      out = x;
    } else if (memory == nullptr) {
      out = checked((x - baseline.mean) / deviation);
    } else {
      memory->recent.add(x);
      double sum = 0;
      memory->recent.forEach([&](double v) { sum += v; });
      const auto n = static_cast<double>(memory->recent.size());
      out = checked((sum / n - baseline.mean) / (deviation / std::sqrt(n)));
    }
  }
}

std::unique_ptr<program::State> CusumStep::makeState() const { return std::make_unique<StreamState>(window, start); }

void CusumStep::run(const Frame& frame) const {
  auto& memory = static_cast<StreamState&>(*frame.states[state]);
  for (std::size_t i = 0; i < frame.n; ++i) {
    const Value x = frame.at(from)[i];
    Value& out = frame.at(to)[i];
    if (!isPresent(x)) {
      out = x;
      continue;
    }
    // Neither distribution allows the value: there is no ratio, and the record is not counted.
    const double ratio = alternate.logDensity(x) - baseline.logDensity(x);
    if (ratio != ratio) {
      out = invalid(Reason::notANumber);
      continue;
    }
    double z = memory.total;
    const auto step = [&](double r) {
      const double next = z + r;
      z = next > resetValue ? next : resetValue;  // also where infinities of both signs met
    };
    if (window == 0) {
      step(ratio);
      memory.total = z;
    } else {
      memory.recent.add(ratio);
      memory.recent.forEach(step);
    }
    out = z;
  }
}

}  // namespace scorelet::models::baseline
