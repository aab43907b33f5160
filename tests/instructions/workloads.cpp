// instructions NAME        runs one workload twice, of which the second time is counted
// instructions --list      their names
// instructions --about     what the counts depend on besides our code
//
// What is counted happens inside `counted_work`, which callgrind knows by its name (--toggle-collect).
#include <gnu/libc-version.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include <scorelet/scorelet.hpp>
#include <scorelet/telemetry/window.hpp>

#include "cli/rows.hpp"
#include "hundred_trees.hpp"
#include "support/compiled.hpp"
#include "support/csv.hpp"
#include "support/files.hpp"
#include "typed_rows.hpp"

using Work = std::function<void()>;

extern "C" [[gnu::noinline]] void counted_work(const Work& work) { work(); }

namespace scorelet::test {
namespace {

constexpr std::size_t kRecords = 100, kRows = 1000;

struct Case {
  std::string document, csv;
};

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "instructions: %s\n", why.c_str());
  std::exit(2);
}

Case read(const std::string& folder) {
  if (folder.empty()) return {hundredTrees(), hundredTreesRows()};
  const auto document = readFile("tests/data/" + folder + "/model.pmml");
  const auto csv = readFile("tests/data/" + folder + "/input.csv");
  if (!document || !csv) fail("no tests/data/" + folder + " here; start in the project's root");
  return {*document, *csv};
}

Model load(std::string_view bytes) {
  auto model = Model::load(bytes);
  if (!model) fail(model.error().front().text());
  return std::move(*model);
}

void run(const Work& work) {
  work();
  counted_work(work);
}

void document(const Case& c) {
  run([&] { load(c.document); });
}

void compiledModel(const Case& c) {
  const std::string bytes = compiled(c.document);
  run([&] { load(bytes); });
}

void records(const Case& c) {
  const Model model = load(c.document);
  const TypedRows rows(model, parseCsv(c.csv), kRecords);
  std::vector<std::vector<double>> values;
  for (std::size_t row = 0; row < kRecords; ++row) values.push_back(rows.record(row));
  std::vector<double> results(model.results().size());
  Scorer scorer(model);
  run([&] {
    for (const auto& record : values) scorer.scoreRecord(record, results);
  });
}

void json(const Case& c) {
  const Model model = load(c.document);
  const TypedRows rows(model, parseCsv(c.csv), kRecords);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < kRecords; ++row) texts.push_back(rows.json(row));
  Scorer scorer(model);
  scorer.keepDetails(false);
  JsonRows records(model);
  std::string results;
  run([&] {
    for (const auto& text : texts) {
      records.clear();
      if (!records.add(text)) fail("a record was refused");
      scorer.score(records.batch());
      results.clear();
      appendResultJson(results, scorer, 0);
    }
  });
}

void batch(const Case& c) {
  const Model model = load(c.document);
  const TypedRows rows(model, parseCsv(c.csv), kRows);
  const Batch all = rows.all();
  Scorer scorer(model);
  scorer.keepDetails(false);
  run([&] { scorer.score(all); });
}

/// Rows that are scored already, and statistics of them against a baseline of the same rows.
struct Watched {
  explicit Watched(const Case& c) : model(load(c.document)), rows(model, parseCsv(c.csv), kRows), scorer(model) {
    scorer.keepDetails(false);
    scorer.score(all);
  }
  telemetry::Baseline baseline() const {
    telemetry::BaselineBuilder builder(model);
    builder.add(all, scorer);
    return builder.finish();
  }

  Model model;
  TypedRows rows;
  Batch all = rows.all();
  Scorer scorer;
};

void window(const Case& c) {
  const Watched w(c);
  telemetry::Window window(w.model, w.baseline());
  run([&] { window.add(w.all, w.scorer); });
}

/// The same of records that come one by one, as to a service. 36 of the first time wait for the second.
void recordWindow(const Case& c) {
  Watched w(c);
  telemetry::Window window(w.model, w.baseline());
  window.add(w.all, w.scorer);
  std::vector<Batch> records;
  for (std::size_t row = 0; row < kRecords; ++row) {
    Batch& record = records.emplace_back(1);
    for (const Column& column : w.all.columns) record.columns.push_back(column.from(row));
  }
  w.scorer.score(records[0]);
  run([&] {
    for (const Batch& record : records) window.add(record, w.scorer);
  });
}

void csv(const Case& c) {
  const Model model = load(c.document);
  Scorer scorer(model);
  scorer.keepDetails(false);
  std::string results;
  run([&] {
    cli::Input input = cli::Input::ofText(c.csv);
    const auto source = cli::csvRows(model, input, {});
    results.clear();
    while (source->read()) {
      scorer.score(source->batch());
      for (const cli::Row& row : source->rows()) {
        if (!row.refused.empty()) fail("a row was refused");
        appendResultCsv(results, scorer, row.index);
        results += '\n';
      }
    }
  });
}

struct Workload {
  std::string_view name, folder;  // none: hundred_trees.hpp
  void (*run)(const Case&);
};
constexpr Workload kWorkloads[] = {
    {"load a document: boosted trees with data preparation", "demo", document},
    {"load a compiled model: boosted trees with data preparation", "demo", compiledModel},
    {"100 records: linear", "models/a01_ols_diabetes", records},
    {"100 records: boosted trees", "models/a18_xgb_binary_missing", records},
    {"100 records: boosted trees with data preparation", "demo", records},
    {"100 records from JSON to JSON: boosted trees with data preparation", "demo", json},
    {"1,000 rows: boosted trees", "models/a18_xgb_binary_missing", batch},
    {"1,000 rows: boosted trees with categories", "models/a26_lgb_categorical", batch},
    {"1,000 rows: random forest, classification", "models/a12_rf_clf_iris", batch},
    {"1,000 rows: logistic regression", "models/a05_multinomial_iris", batch},
    {"1,000 rows: logistic regression with data preparation", "models/a04_logit_credit", batch},
    {"1,000 rows: dates, texts, functions", "models/a47_expressions_dates_strings", batch},
    {"1,000 rows: neural network", "models/a37_mlp_relu_clf", batch},
    {"1,000 rows: support vector machine", "models/a31_svc_rbf_multiclass", batch},
    {"1,000 rows: nearest neighbours", "models/a33_knn_clf", batch},
    {"1,000 rows: scorecard", "models/a79_scorecard_points_below", batch},
    {"1,000 rows into a window: boosted trees", "models/a18_xgb_binary_missing", window},
    {"1,000 rows into a window: boosted trees with categories", "models/a26_lgb_categorical", window},
    {"100 records: 100 trees of 28 fields", "", records},
    {"100 records into a window: 100 trees of 28 fields", "", recordWindow},
    {"1,000 rows: 100 trees of 28 fields", "", batch},
    {"1,000 rows into a window: 100 trees of 28 fields", "", window},
    {"1,500 rows from CSV to CSV: boosted trees with data preparation", "demo", csv},
};

void about() {
  const char* processor = "other";
#ifdef __x86_64__
  __builtin_cpu_init();
  processor = __builtin_cpu_supports("avx2") ? "x86-64 with AVX2" : "x86-64 without AVX2";
#endif
  std::printf("compiler %s, C library %s, processor %s\n", __VERSION__, gnu_get_libc_version(), processor);
}

int main(std::string_view asked) {
  for (const Workload& workload : kWorkloads) {
    if (asked == "--list") std::printf("%s\n", std::string(workload.name).c_str());
    if (asked != workload.name) continue;
    workload.run(read(std::string(workload.folder)));
    return 0;
  }
  if (asked == "--about")
    about();
  else if (asked != "--list")
    fail("no workload '" + std::string(asked) + "'");
  return 0;
}

}  // namespace
}  // namespace scorelet::test

int main(int argc, char** argv) { return scorelet::test::main(argc > 1 ? argv[1] : ""); }
