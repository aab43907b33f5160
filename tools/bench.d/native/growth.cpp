// bench_growth MODEL ROWS...
//
// What one model takes: memory in a fresh process, time to load, time of a record and of batches of so many ROWS. A
// line of JSON; times are nanoseconds of CPU, the least of some passes. `answers` are those of the first rows.
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <scorelet/scorelet.hpp>
#include <string>
#include <vector>

#include "case.hpp"
#include "measure.hpp"

namespace bench {
namespace {

constexpr double kPassesNanoseconds = 4e7;
constexpr std::size_t kRecords = 1000, kAnswers = 8, kBatch = 1000;

double least(const std::function<void()>& pass) {
  double found = std::numeric_limits<double>::infinity(), spent = 0;
  for (int passes = 0; passes < 2 || spent < kPassesNanoseconds; ++passes) {
    const double start = cpuNow();
    pass();
    const double time = cpuNow() - start;
    found = std::min(found, time);
    spent += time;
  }
  return found;
}

// Bytes that this process has allocated and not freed.
double heldBytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// The most that was resident since the last call, in bytes.
double peakBytes() {
  std::size_t kilobytes = 0;
  if (std::FILE* file = std::fopen("/proc/self/status", "r")) {
    char line[128];
    while (std::fgets(line, sizeof line, file) != nullptr) std::sscanf(line, "VmHWM: %zu", &kilobytes);
    std::fclose(file);
  }
  if (std::FILE* file = std::fopen("/proc/self/clear_refs", "w")) {
    std::fputs("5", file);
    std::fclose(file);
  }
  return static_cast<double>(kilobytes) * 1024;
}

// The numbers of synthetic.py's Chance.
struct Chance {
  std::uint64_t state = 1;
  std::uint64_t below(std::uint64_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % n;
  }
};

// Rows as growing.py makes them: a category of a field that lists values, else 1024ths from 0 to 1.
class Rows {
 public:
  Rows(const scorelet::Model& model, std::size_t rows) : columns_(model.inputs().size()) {
    Chance chance;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      for (const auto& listed : model.inputs()[i].values) {
        columns_[i].bytes += listed.value;
        columns_[i].offsets.push_back(static_cast<std::int32_t>(columns_[i].bytes.size()));
        columns_[i].known.push_back(*model.numberOf(listed.value));
      }
    }
    for (std::size_t row = 0; row < rows; ++row) {
      for (Input& column : columns_) {
        if (column.known.empty())
          column.numbers.push_back(static_cast<double>(chance.below(1024)) / 1024);
        else
          column.codes.push_back(static_cast<std::int32_t>(chance.below(column.known.size())));
      }
    }
  }

  [[nodiscard]] scorelet::Batch batch(std::size_t rows) const {
    scorelet::Batch out{rows, {}};
    for (const Input& column : columns_) {
      const scorelet::TextView texts{column.bytes.data(), column.offsets.data(), column.known.size()};
      out.columns.push_back(column.known.empty() ? scorelet::Column::ofNumbers(column.numbers.data())
                                                 : scorelet::Column::ofCodes(column.codes.data(), texts));
    }
    return out;
  }

  [[nodiscard]] std::vector<double> record(std::size_t row) const {
    std::vector<double> out;
    for (const Input& column : columns_)
      out.push_back(column.known.empty() ? column.numbers[row]
                                         : column.known[static_cast<std::size_t>(column.codes[row])]);
    return out;
  }

 private:
  struct Input {
    std::vector<double> numbers, known;
    std::vector<std::int32_t> codes, offsets{0};
    std::string bytes;
  };
  std::vector<Input> columns_;
};

scorelet::Model load(const std::string& bytes) {
  auto model = scorelet::Model::load(bytes);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().front().text().c_str());
    std::exit(1);
  }
  return std::move(*model);
}

void say(const char* measure, double value) { std::printf("\"%s\":%.17g,", measure, value); }

int run(const std::string& path, const std::vector<std::size_t>& sizes) {
  const std::string document = readFile(path);
  load(
      "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\"><Header/><DataDictionary>"
      "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/></DataDictionary>"
      "<RegressionModel functionName=\"regression\"><MiningSchema><MiningField name=\"x\"/></MiningSchema>"
      "<RegressionTable intercept=\"1\"/></RegressionModel></PMML>");  // what is made once is made
  const double resident = static_cast<double>(residentBytes()), held = heldBytes();
  peakBytes();
  const scorelet::Model model = load(document);
  const double holds = heldBytes() - held;
  std::printf("{");
  say("peak_bytes", peakBytes() - resident);
  say("held_bytes", holds);
  say("resident_bytes", static_cast<double>(residentBytes()) - resident);
  say("memory_bytes", static_cast<double>(model.memoryBytes()));
  say("document_bytes", static_cast<double>(document.size()));
  say("load", least([&] { load(document); }));

  const auto bytes = scorelet::compileDocument(document, scorelet::Sha256{});
  const std::string compiled(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  say("compiled_bytes", static_cast<double>(compiled.size()));
  say("load_compiled", least([&] { load(compiled); }));

  const Rows rows(model, std::max({kRecords, kBatch, sizes.empty() ? 0 : sizes.back()}));
  scorelet::Scorer scorer(model);
  scorer.keepDetails(false);
  std::vector<std::vector<double>> records;
  for (std::size_t row = 0; row < kRecords; ++row) records.push_back(rows.record(row));
  std::vector<double> results(model.results().size()), answers;
  for (std::size_t row = 0; row < kAnswers; ++row) {
    scorer.scoreRecord(records[row], results);
    answers.push_back(results[0]);
  }
  say("record", least([&] {
                  for (const auto& record : records) scorer.scoreRecord(record, results);
                }) / kRecords);
  const auto timeOf = [&](std::size_t size) {
    const scorelet::Batch batch = rows.batch(size);
    const std::size_t times = std::max<std::size_t>(1, kBatch / size);  // a pass is long enough for the clock
    return least([&] {
             for (std::size_t i = 0; i < times; ++i) scorer.score(batch);
           }) /
           static_cast<double>(times);
  };
  say("batch_row", timeOf(kBatch) / kBatch);
  std::printf("\"batches\":[");
  for (const std::size_t size : sizes) std::printf("%s%.17g", size == sizes.front() ? "" : ",", timeOf(size));
  std::printf("],\"answers\":[");
  for (std::size_t i = 0; i < answers.size(); ++i) std::printf("%s%.17g", i == 0 ? "" : ",", answers[i]);
  std::printf("]}\n");
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::vector<std::size_t> sizes;
  for (int i = 2; i < argc; ++i) sizes.push_back(std::strtoul(argv[i], nullptr, 10));
  return bench::run(argv[1], sizes);
}
