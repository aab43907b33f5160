// Scoring allocates nothing once it is warm: every `new` of this program is counted.
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/binding.hpp"
#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace {
std::size_t allocations = 0;

void* counted(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  std::abort();
}

void* countedAligned(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto a = static_cast<std::size_t>(alignment);
  if (void* p = std::aligned_alloc(a, (size + a - 1) / a * a)) return p;
  std::abort();
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::align_val_t a) { return countedAligned(size, a); }
void* operator new[](std::size_t size, std::align_val_t a) { return countedAligned(size, a); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace scorelet {
namespace {

class Allocation : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string path = test::projectRoot() + "/tests/data/" + GetParam();
    const bool isFeature = path.ends_with(".pmml");
    const auto bytes = test::readFile(isFeature ? path : path + "/model.pmml");
    auto table = isFeature ? records(path) : test::tableFromCsv(path + "/input.csv");
    ASSERT_TRUE(bytes && table);
    auto model = Model::load(*bytes);
    ASSERT_TRUE(model.has_value()) << model.error()[0].text();
    table_ = std::move(*table);
    model_ = std::move(*model);
  }

  /// The records of the case with this document: tests/data/features/<folder>/models/<name>.pmml.
  static std::optional<test::Table> records(const std::string& path) {
    const auto models = path.rfind("models/");
    const auto manifest = test::readJson(path.substr(0, models) + "manifest.json");
    for (const auto& one : manifest["cases"])
      if (one["model"] == path.substr(models)) return test::tableFromRecords(one["records"]);
    return std::nullopt;
  }

  std::optional<Model> model_;
  test::Table table_;
};

TEST_P(Allocation, none_per_batch_once_warm) {
  const test::Binding rows(*model_, table_);
  Scorer scorer(*model_);
  const Batch all = rows.batch(0, rows.rows());
  for (int i = 0; i < 3; ++i) scorer.score(all);
  const std::size_t before = allocations;
  for (int i = 0; i < 3; ++i) scorer.score(all);
  EXPECT_EQ(allocations - before, 0u);
}

TEST_P(Allocation, none_per_single_row_once_warm) {
  const test::Binding rows(*model_, table_);
  Scorer scorer(*model_);
  std::vector<Batch> single;
  for (std::size_t row = 0; row < rows.rows(); ++row) single.push_back(rows.batch(row, 1));
  for (int i = 0; i < 2; ++i)
    for (const Batch& batch : single) scorer.score(batch);
  const std::size_t before = allocations;
  for (const Batch& batch : single) scorer.score(batch);
  EXPECT_EQ(allocations - before, 0u);
}

/// A stream in which every text is a new one: what no window remembers any more takes no memory.
TEST(allocation_of_lags, bounded_for_an_endless_stream) {
  const auto model = Model::load(test::scoringExpression(
      "<FieldRef field=\"before\"/>", "",
      "<DerivedField name=\"before\" optype=\"categorical\" dataType=\"string\"><Lag field=\"s\" n=\"3\"/>"
      "</DerivedField>"));
  ASSERT_TRUE(model.has_value());
  Scorer scorer(*model);
  const auto input = static_cast<std::size_t>(model->inputIndex("s"));
  const auto out = static_cast<std::size_t>(model->resultIndex("out"));
  // Ten letters at most: a std::string of more allocates where pointers have 32 bits.
  const auto textOf = [](int n) { return std::to_string(1'000'000 + n); };
  std::size_t before = 0;
  Batch batch{1, std::vector<Column>(model->inputs().size())};
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = textOf(n);
    const Cell cell = Cell::of(std::string_view(text));
    batch.columns[input] = Column::ofCells(&cell);
    scorer.score(batch);
    if (n >= 3) {
      ASSERT_EQ(scorer.view(out, 0), textOf(n - 3));
    }
    if (n == 1'000) before = allocations;
  }
  EXPECT_EQ(allocations - before, 0u) << "short texts: only the memory of Lag could grow";
}

TEST(AllocationOfRecords, none_once_warm) {
  const auto bytes = test::readFile(test::projectRoot() + "/tests/data/demo/model.pmml");
  const auto model = Model::load(*bytes);
  Scorer scorer(*model);
  JsonRows json(*model);
  std::vector<double> values(model->inputs().size(), 1.0), results(model->results().size());
  std::string record = "{";
  for (const InputField& field : model->inputs())
    record += (record.size() > 1 ? ", \"" : "\"") + field.name + "\": 1.5e0";
  record += "}";
  const auto score = [&] {
    scorer.scoreRecord(values, results);
    json.clear();
    ASSERT_TRUE(json.add(record).has_value());
    scorer.score(json.batch());
  };
  score();
  const std::size_t before = allocations;
  for (int i = 0; i < 10; ++i) score();
  EXPECT_EQ(allocations - before, 0u);
}

/// Models that read or put out lists, with the records of their cases.
class AllocationOfLists : public testing::TestWithParam<const char*> {};

TEST_P(AllocationOfLists, none_once_warm) {
  const std::string folder = test::projectRoot() + "/tests/data/features/" + GetParam();
  const nlohmann::json manifest = test::readJson(folder + "/manifest.json");
  ASSERT_TRUE(manifest.is_object());
  for (const auto& one : manifest["cases"]) {
    const auto bytes = test::readFile(folder + "/" + one["model"].get<std::string>());
    ASSERT_TRUE(bytes.has_value());
    const auto model = Model::load(*bytes);
    ASSERT_TRUE(model.has_value());
    const test::Table table = test::tableFromRecords(one["records"]);
    const test::Binding rows(*model, table);
    Scorer scorer(*model);
    const Batch all = rows.batch(0, rows.rows());
    for (int i = 0; i < 3; ++i) scorer.score(all);
    const std::size_t before = allocations;
    for (int i = 0; i < 3; ++i) scorer.score(all);
    EXPECT_EQ(allocations - before, 0u) << one["id"];
  }
}

INSTANTIATE_TEST_SUITE_P(Models, AllocationOfLists, testing::Values("association", "sequence", "text"),
                         [](const auto& info) { return std::string(info.param); });

INSTANTIATE_TEST_SUITE_P(
    Models, Allocation,
    testing::Values("demo", "models/a02_ridge_poly2", "models/a12_rf_clf_iris", "models/a16_histgb_clf_cat_missing",
                    "models/a43_gbdt_lr", "models/a46_adaboost_weighted_median", "models/a47_expressions_dates_strings",
                    "models/a49_outlier_missing_invalid", "models/a50_tfidf_text", "models/a64_r_rpart_surrogates",
                    "features/general_regression/models/contrast_helmert.pmml",
                    "features/general_regression/models/cox_strata_fitted.pmml",
                    "features/general_regression/models/logit_binomial.pmml",
                    "features/general_regression/models/ordinal_probit.pmml",
                    "features/neural_network/models/classification.pmml", "features/neural_network/models/targets.pmml",
                    "features/support_vector_machine/models/one_against_one.pmml",
                    "features/support_vector_machine/models/vectors_radialbasis.pmml",
                    "features/anomaly_detection/models/cluster_mean_dist.pmml",
                    "features/clustering/models/euclidean.pmml", "features/clustering/models/distributions.pmml",
                    "features/nearest_neighbor/models/weighted_average.pmml",
                    "features/nearest_neighbor/models/two_targets_mixed.pmml",
                    "features/rule_set/models/weightedSum.pmml", "features/scorecard/models/pointsAbove.pmml",
                    "features/naive_bayes/models/continuous.pmml", "features/mining/models/sequence.pmml"),
    [](const auto& info) {
      const std::string name = test::lastPart(info.param);
      return name.substr(0, name.find('.'));
    });

/// Cases of tests/data/features: folder and id.
class AllocationOfFeature : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(AllocationOfFeature, none_per_batch_or_row_once_warm) {
  const auto& [type, id] = GetParam();
  const std::string folder = test::projectRoot() + "/tests/data/features/" + type;
  const auto bytes = test::readFile(folder + "/models/" + id + ".pmml");
  ASSERT_TRUE(bytes.has_value());
  const auto model = Model::load(*bytes);
  ASSERT_TRUE(model.has_value()) << model.error()[0].text();
  test::Table table;
  const auto manifest = test::readJson(folder + "/manifest.json");
  for (const auto& one : manifest["cases"])
    if (one["id"] == id) table = test::tableFromRecords(one["records"]);
  const test::Binding rows(*model, table);
  ASSERT_GT(rows.rows(), 2u);
  Scorer scorer(*model);
  std::vector<Batch> batches;
  for (std::size_t row = 0; row < rows.rows(); ++row) batches.push_back(rows.batch(row, 1));
  batches.push_back(rows.batch(0, rows.rows()));
  for (int i = 0; i < 3; ++i)
    for (const Batch& batch : batches) scorer.score(batch);
  const std::size_t before = allocations;
  for (const Batch& batch : batches) scorer.score(batch);
  EXPECT_EQ(allocations - before, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Features, AllocationOfFeature,
    testing::Values(std::pair("gaussian_process", "gp_radial_basis"), std::pair("bayesian_network", "bn_discrete"),
                    std::pair("bayesian_network", "bn_gaussian_y"), std::pair("baseline", "base_chi2_weights_window"),
                    std::pair("baseline", "base_cusum_window"), std::pair("baseline", "base_independence_three"),
                    std::pair("baseline", "base_product_independent")),
    [](const auto& info) { return std::string(info.param.second); });

}  // namespace
}  // namespace scorelet
