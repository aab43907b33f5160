// bench_native speed|load|memory|explain|check CASE LIBRARIES PASSES PEER...
//
// Scorelet and peers on the rows of one case, in one process and turn by turn, so that the machine is the same for all.
// A line of JSON for each figure: {"case", "peer", "measure", "value"}; speeds are nanoseconds a row, loads nanoseconds
// and bytes a second. A peer that answers wrongly gets {"wrong"}, one that is not there {"absent"}, and no speed.
//
// `speed` is what a profiler wants: perf record bench_native speed build/bench/cases/p4_xgb_100_depth6 x 20 scorelet
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "measure.hpp"
#include "peer.hpp"

namespace bench {
namespace {

constexpr PeerKind kKinds[] = {
    {"scorelet", makeScorelet}, {"scorelet-compiled", makeCompiled}, {"loop", makeLoop},
#ifndef __EMSCRIPTEN__
    {"xgboost", makeXgboost},   {"lightgbm", makeLightgbm},          {"onnxruntime", makeOnnxruntime},
    {"tl2cgen", makeTl2cgen},   {"pmmlruntime", makePmmlruntime},
#endif
};

constexpr double kPassNanoseconds = 3e8;  // a pass of a slow peer covers as many rows as it can in this time …
constexpr std::size_t kLeastRows = 1000;  // … and no fewer

void print(const Case& case_, std::string_view peer, const char* measure, double value) {
  std::printf("{\"case\":\"%s\",\"peer\":\"%.*s\",\"measure\":\"%s\",\"value\":%.6g}\n", case_.id.c_str(),
              static_cast<int>(peer.size()), peer.data(), measure, value);
  std::fflush(stdout);
}

void say(const Case& case_, std::string_view peer, const char* what, const std::string& reason) {
  std::printf("{\"case\":\"%s\",\"peer\":\"%.*s\",\"%s\":\"%s\"}\n", case_.id.c_str(), static_cast<int>(peer.size()),
              peer.data(), what, reason.c_str());
  std::fflush(stdout);
}

// Empty if the answers are those expected, row by row.
std::string wrongAnswers(const Case& case_, const Peer& peer, const std::vector<double>& answers, std::size_t rows) {
  const double absolute = peer.isFloat32() ? std::max(case_.absolute, 2e-5) : case_.absolute;
  const double relative = peer.isFloat32() ? std::max(case_.relative, 2e-5) : case_.relative;
  const std::size_t expected = case_.answers.size(), answered = peer.answers();
  std::size_t wrong = 0;
  double largest = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    bool fits = true;
    for (std::size_t a = 0; a < answered; ++a) {
      const double e = case_.expected[r * expected + expected - answered + a];
      const double difference = std::abs(answers[r * answered + a] - e);
      if (difference <= absolute + relative * std::abs(e)) continue;
      fits = false;
      largest = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(largest, difference);
    }
    wrong += fits ? 0 : 1;
  }
  if (wrong == 0) return "";
  char text[120];
  std::snprintf(text, sizeof text, "%zu of %zu rows differ, by up to %.2g", wrong, rows, largest);
  return text;
}

std::string number(double x) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, x).ptr};
}

// Row `i` as a JSON record.
std::string record(const Case& case_, std::size_t i) {
  std::string out = "{";
  for (std::size_t f = 0; f < case_.fields.size(); ++f) {
    const Field& field = case_.fields[f];
    const double x = case_.row(i)[f];
    if (f > 0) out += ',';
    out += '"' + field.name + "\":";
    if (std::isnan(x))
      out += "null";
    else if (field.categories.empty())
      out += number(x);
    else
      out += '"' + field.categories[static_cast<std::size_t>(x)] + '"';
  }
  return out + '}';
}

class Contest {
 public:
  Contest(const Case& case_, const std::string& libraries) : case_(case_), libraries_(libraries) {
    answers_.resize(case_.rows * case_.answers.size());
  }

  void enter(const std::string& name) {
    const auto* kind =
        std::find_if(std::begin(kKinds), std::end(kKinds), [&](const PeerKind& k) { return k.name == name; });
    if (kind == std::end(kKinds)) return say(case_, name, "absent", "no such peer");
    std::string reason;
    auto peer = kind->make(case_, libraries_, reason);
    if (peer != nullptr) reason = peer->load();
    if (peer != nullptr && reason.empty()) reason = peer->makeRecords();
    if (peer == nullptr && reason.empty()) return;
    if (!reason.empty()) return say(case_, kind->name, "absent", reason);
    if (const std::string wrong = check(*peer); !wrong.empty()) return say(case_, kind->name, "wrong", wrong);
    entered_.push_back({kind->name, std::move(peer), 0});
  }

  void speed(int passes) {
    for (auto& entry : entered_) entry.rows = affordable(*entry.peer);
    singles(passes);
    for (const std::size_t size : {std::size_t{1}, std::size_t{100}, case_.rows}) batches(size, passes);
    json(passes);
  }

  void load(int passes) {
    std::vector<double> least(entered_.size(), std::numeric_limits<double>::infinity());
    for (int pass = 0; pass < passes; ++pass)
      for (std::size_t e = 0; e < entered_.size(); ++e) {
        const double start = cpuNow();
        entered_[e].peer->load();
        least[e] = std::min(least[e], cpuNow() - start);
      }
    for (std::size_t e = 0; e < entered_.size(); ++e) {
      const auto bytes = static_cast<double>(entered_[e].peer->documentBytes());
      if (bytes == 0) continue;
      print(case_, entered_[e].name, "load_ns", least[e]);
      print(case_, entered_[e].name, "load_bytes_per_s", bytes / least[e] * 1e9);
    }
  }

  // Contributions of a thousand rows, in each pass of others; checked by what they add up to.
  void explain(int passes) {
    constexpr std::size_t kFirst = 100;  // those before are Scorelet's background
    const std::size_t most = std::min<std::size_t>(1000, case_.rows - kFirst), fields = case_.fields.size();
    std::vector<double> contributions(most * (fields + 1));
    std::vector<double> least(entered_.size(), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> rows(entered_.size(), std::min<std::size_t>(100, most));
    for (auto& entry : entered_) entry.peer->explain(kFirst, 1, contributions.data());  // makes ready
    for (int pass = 0; pass <= passes; ++pass)
      for (std::size_t e = 0; e < entered_.size(); ++e) {
        if (least[e] < 0) continue;
        const std::size_t first = kFirst + static_cast<std::size_t>(pass) * most % (case_.rows - kFirst - most + 1);
        const double start = cpuNow();
        const bool has = entered_[e].peer->explain(first, rows[e], contributions.data());
        const double spent = (cpuNow() - start) / static_cast<double>(rows[e]);
        if (!has || !addsUp(entered_[e].name, contributions, first, rows[e]))
          least[e] = -1;
        else if (pass == 0)  // these rows say how many a pass can take
          rows[e] = std::clamp(static_cast<std::size_t>(2e9 / spent), rows[e], most);
        else
          least[e] = std::min(least[e], spent);
      }
    for (std::size_t e = 0; e < entered_.size(); ++e)
      if (least[e] > 0) print(case_, entered_[e].name, "contributions", least[e]);
  }

 private:
  // The last answer is a probability; what the contributions add up to are its log-odds.
  bool addsUp(std::string_view name, const std::vector<double>& contributions, std::size_t first, std::size_t rows) {
    const std::size_t fields = case_.fields.size(), answers = case_.answers.size();
    std::size_t wrong = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      double sum = 0;
      for (std::size_t f = 0; f <= fields; ++f) sum += contributions[r * (fields + 1) + f];
      const double expected = case_.expected[(first + r + 1) * answers - 1];
      wrong += std::abs(1 / (1 + std::exp(-sum)) - expected) <= 1e-4 ? 0 : 1;
    }
    if (wrong > 0) say(case_, name, "wrong", "contributions of " + std::to_string(wrong) + " rows do not add up");
    return wrong == 0;
  }

  struct Entry {
    std::string_view name;
    std::unique_ptr<Peer> peer;
    std::size_t rows;  // of a pass
  };

  std::string check(Peer& peer) {
    for (const std::size_t size : {std::size_t{1}, case_.rows}) {
      const std::size_t rows = size == 1 ? std::min(kLeastRows, case_.rows) : case_.rows;
      std::fill(answers_.begin(), answers_.end(), std::numeric_limits<double>::quiet_NaN());
      for (std::size_t r = 0; r < rows; r += size) peer.score(r, size, answers_.data() + r * peer.answers());
      if (std::string wrong = wrongAnswers(case_, peer, answers_, rows); !wrong.empty()) return wrong;
    }
    return "";
  }

  std::size_t affordable(Peer& peer) {
    const double start = cpuNow();
    for (std::size_t r = 0; r < 100; ++r) peer.score(r, 1, answers_.data());
    const auto rows = static_cast<std::size_t>(kPassNanoseconds / ((cpuNow() - start) / 100));
    return std::clamp(rows / 100 * 100, std::min(kLeastRows, case_.rows), case_.rows);
  }

  void singles(int passes) {
    std::vector<Latency> least(entered_.size(), {1e300, 1e300});
    for (int pass = 0; pass < passes; ++pass)
      for (std::size_t e = 0; e < entered_.size(); ++e) {
        const Latency found =
            latencies(entered_[e].rows, [&](std::size_t r) { entered_[e].peer->score(r, 1, answers_.data()); });
        least[e] = {std::min(least[e].p50, found.p50), std::min(least[e].p99, found.p99)};
      }
    for (std::size_t e = 0; e < entered_.size(); ++e) {
      print(case_, entered_[e].name, "single_p50", least[e].p50);
      print(case_, entered_[e].name, "single_p99", least[e].p99);
    }
  }

  void batches(std::size_t size, int passes) {
    std::vector<double> least(entered_.size(), std::numeric_limits<double>::infinity());
    for (int pass = 0; pass < passes; ++pass)
      for (std::size_t e = 0; e < entered_.size(); ++e) {
        const std::size_t rows = std::max(size, entered_[e].rows) / size * size;
        const double start = cpuNow();
        for (std::size_t r = 0; r + size <= rows; r += size) entered_[e].peer->score(r, size, answers_.data());
        least[e] = std::min(least[e], (cpuNow() - start) / static_cast<double>(rows));
      }
    const std::string measure = "batch_" + std::to_string(size);
    for (std::size_t e = 0; e < entered_.size(); ++e) print(case_, entered_[e].name, measure.c_str(), least[e]);
  }

  void json(int passes) {
    for (auto& entry : entered_) {
      if (!entry.peer->readsJson()) continue;
      std::vector<std::string> records;
      for (std::size_t r = 0; r < entry.rows; ++r) records.push_back(record(case_, r));
      for (std::size_t r = 0; r < entry.rows; ++r)
        entry.peer->scoreJson(records[r], answers_.data() + r * entry.peer->answers());
      if (const std::string wrong = wrongAnswers(case_, *entry.peer, answers_, entry.rows); !wrong.empty()) {
        say(case_, entry.name, "wrong", "from JSON: " + wrong);
        continue;
      }
      Latency least{1e300, 1e300};
      for (int pass = 0; pass < passes; ++pass) {
        const Latency found =
            latencies(entry.rows, [&](std::size_t r) { entry.peer->scoreJson(records[r], answers_.data()); });
        least = {std::min(least.p50, found.p50), std::min(least.p99, found.p99)};
      }
      print(case_, entry.name, "json_p50", least.p50);
      print(case_, entry.name, "json_p99", least.p99);
    }
  }

  const Case& case_;
  std::string libraries_;
  std::vector<double> answers_;
  std::vector<Entry> entered_;
};

// One peer, alone in its process: what loading and a first row add to it. The first model also brings what all share
// (pages of code, tables, the allocator's own); the second, loaded beside it, is what a model takes: a page at least.
void memory(const Case& case_, const std::string& libraries, const std::string& name) {
  for (const auto& kind : kKinds) {
    if (kind.name != name) continue;
    std::vector<double> answers(case_.rows * case_.answers.size(), 0.0);
    std::vector<std::unique_ptr<Peer>> loaded;
    for (const char* measure : {"first_memory_bytes", "memory_bytes"}) {
      std::string reason;
      const auto& peer = loaded.emplace_back(kind.make(case_, libraries, reason));
      if (peer == nullptr) return;
      const auto before = static_cast<double>(residentBytes());
      if (reason = peer->load(); !reason.empty()) return say(case_, name, "absent", reason);
      peer->score(0, 1, answers.data());
      print(case_, name, measure, std::max(4096.0, static_cast<double>(residentBytes()) - before));
    }
  }
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 5) {
    std::fprintf(stderr, "bench_native speed|load|memory|explain|check CASE LIBRARIES PASSES PEER...\n");
    return 2;
  }
  const std::string& mode = arguments[0];
  const Case case_ = readCase(arguments[1]);
  const int passes = std::max(1, std::atoi(arguments[3].c_str()));
  const std::vector<std::string> peers(arguments.begin() + 4, arguments.end());
  if (mode == "memory") {
    memory(case_, arguments[2], peers[0]);
    return 0;
  }
  Contest contest(case_, arguments[2]);
  for (const auto& name : peers) contest.enter(name);
  if (mode == "speed") contest.speed(passes);
  if (mode == "load") contest.load(passes);
  if (mode == "explain") contest.explain(passes);
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return bench::run({argv + 1, argv + argc}); }
