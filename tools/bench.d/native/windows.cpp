// bench_windows CASE
//
// What the statistics of a window add to scoring: nanoseconds of CPU a row, pass by pass in turn, the least of each; of
// records one by one, of batches of 1,000 rows, and of the bare loop, which reads, compares and counts each value of
// the same columns and keeps nothing else. CASE is a folder that cases.py has prepared.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <scorelet/scorelet.hpp>
#include <scorelet/telemetry/window.hpp>
#include <vector>

#include "case.hpp"
#include "measure.hpp"

namespace bench {
namespace {

constexpr std::size_t kRows = 10'000, kBatch = 1000, kPasses = 60, kEdges = 9;

struct Pass {
  const char* name;
  std::function<void()> run;
  double least = std::numeric_limits<double>::infinity();
};

// The columns of a case from a row on; texts are left out.
scorelet::Batch columns(const scorelet::Model& model, const Case& case_, const std::vector<double>& values,
                        std::size_t first, std::size_t rows) {
  scorelet::Batch out{rows, std::vector<scorelet::Column>(model.inputs().size())};
  for (std::size_t f = 0; f < case_.fields.size(); ++f)
    if (const int input = model.inputIndex(case_.fields[f].name); input >= 0)
      out.columns[static_cast<std::size_t>(input)] = scorelet::Column::ofNumbers(&values[f * kRows + first]);
  return out;
}

// A record whose place does not change, as a service has one.
class Record {
 public:
  Record(const scorelet::Model& model, const Case& case_)
      : case_(case_), values_(case_.fields.size()), batch_{1, std::vector<scorelet::Column>(model.inputs().size())} {
    for (std::size_t f = 0; f < values_.size(); ++f)
      if (const int input = model.inputIndex(case_.fields[f].name); input >= 0)
        batch_.columns[static_cast<std::size_t>(input)] = scorelet::Column::ofNumbers(&values_[f]);
  }
  const scorelet::Batch& at(std::size_t row) {
    std::copy_n(case_.row(row % case_.rows), values_.size(), values_.begin());
    return batch_;
  }

 private:
  const Case& case_;
  std::vector<double> values_;
  scorelet::Batch batch_;
};

#if defined(__x86_64__) && defined(__GLIBC__)
#define BENCH_WIDEST [[gnu::target_clones("avx2", "default")]]
#else
#define BENCH_WIDEST
#endif

// For each value: is it at least each of nine edges? The shortest thing that fills ten bins.
BENCH_WIDEST std::uint64_t countBare(const double* values, std::size_t rows, const std::array<double, kEdges>& edges) {
  std::uint64_t all = 0;
  for (const double edge : edges) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < rows; ++i) count += values[i] >= edge ? 1 : 0;
    all += count;
  }
  return all;
}

int run(const std::string& folder) {
  const Case case_ = readCase(folder);
  auto model = scorelet::Model::load(readFile(folder + "/model.pmml"));
  if (!model || case_.rows == 0) return 1;
  std::vector<double> values(case_.fields.size() * kRows);
  for (std::size_t f = 0; f < case_.fields.size(); ++f)
    for (std::size_t r = 0; r < kRows; ++r) values[f * kRows + r] = case_.row(r % case_.rows)[f];
  std::vector<scorelet::Batch> batches;
  for (std::size_t r = 0; r < kRows; r += kBatch) batches.push_back(columns(*model, case_, values, r, kBatch));
  Record record(*model, case_);

  scorelet::Scorer scorer(*model);
  scorer.keepDetails(false);
  scorelet::telemetry::BaselineBuilder builder(*model);
  for (const auto& batch : batches) scorer.score(batch), builder.add(batch, scorer);
  scorelet::telemetry::Window window(*model, builder.finish());
  std::array<double, kEdges> edges{};
  for (std::size_t e = 0; e < kEdges; ++e) edges[e] = static_cast<double>(e);
  std::uint64_t bare = 0;
  const auto records = [&](bool isCounted) {
    for (std::size_t r = 0; r < kRows; ++r) {
      const scorelet::Batch& one = record.at(r);
      scorer.score(one);
      if (isCounted) window.add(one, scorer);
    }
  };
  const auto rows = [&](bool isCounted) {
    for (const auto& batch : batches) {
      scorer.score(batch);
      if (isCounted) window.add(batch, scorer);
    }
  };
  std::array<Pass, 5> passes{{
      {"record", [&] { records(false); }},
      {"record, with its statistics", [&] { records(true); }},
      {"row of a batch", [&] { rows(false); }},
      {"row of a batch, with its statistics", [&] { rows(true); }},
      {"row in the bare loop",
       [&] {
         for (std::size_t f = 0; f < case_.fields.size(); ++f)
           for (std::size_t r = 0; r < kRows; r += kBatch) bare += countBare(&values[f * kRows + r], kBatch, edges);
       }},
  }};
  for (std::size_t pass = 0; pass < kPasses; ++pass)
    for (Pass& p : passes) {
      const double start = cpuNow();
      p.run();
      p.least = std::min(p.least, (cpuNow() - start) / kRows);
    }
  for (const Pass& p : passes) std::printf("%-36s %8.1f ns\n", p.name, p.least);
  const auto share = [&](std::size_t pass) { return 100 * (passes[pass + 1].least / passes[pass].least - 1); };
  std::printf("statistics of %zu values a row: %.1f %% of a record, %.1f %% of a row of a batch (%llu)\n",
              window.fields(), share(0), share(2), static_cast<unsigned long long>(bare) + window.rows());
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return argc == 2 ? bench::run(argv[1]) : 2; }
