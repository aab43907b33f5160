// Scoring allocates nothing once it is warm: every `new` of this program is counted.
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/binding.hpp"
#include "support/files.hpp"

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
    const std::string folder = test::projectRoot() + "/tests/data/" + GetParam();
    const auto bytes = test::readFile(folder + "/model.pmml");
    auto table = test::tableFromCsv(folder + "/input.csv");
    ASSERT_TRUE(bytes && table);
    auto model = Model::load(*bytes);
    ASSERT_TRUE(model.has_value()) << model.error()[0].text();
    table_ = std::move(*table);
    model_ = std::move(*model);
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

INSTANTIATE_TEST_SUITE_P(Models, Allocation,
                         testing::Values("demo", "models/a02_ridge_poly2", "models/a12_rf_clf_iris",
                                         "models/a16_histgb_clf_cat_missing", "models/a43_gbdt_lr",
                                         "models/a46_adaboost_weighted_median", "models/a47_expressions_dates_strings",
                                         "models/a49_outlier_missing_invalid", "models/a50_tfidf_text",
                                         "models/a64_r_rpart_surrogates"),
                         [](const auto& info) {
                           std::string name = info.param;
                           return name.substr(name.find('/') + 1);
                         });

TEST(AllocationOfForecasts, none_once_warm) {
  for (const std::string name : {"es_intervals_logarithmic", "exact_kalman_seasonal", "outlier_all",
                                 "regressor_seasonal", "state_space_covariances", "garch_2_2", "mining_select_first"}) {
    const auto bytes =
        test::readFile(test::projectRoot() + "/tests/data/features/time_series/models/" + name + ".pmml");
    ASSERT_TRUE(bytes) << name;
    auto model = Model::load(*bytes);
    ASSERT_TRUE(model.has_value()) << model.error()[0].text();
    Scorer scorer(*model);
    std::vector<Cell> cells;
    for (const double h : {6.0, 1.0, 4.0}) cells.push_back(Cell::of(h));
    Batch batch{cells.size(), std::vector<Column>(model->inputs().size())};
    for (Column& column : batch.columns) column = Column::ofCells(cells.data());
    for (int i = 0; i < 3; ++i) scorer.score(batch);
    const std::size_t before = allocations;
    for (int i = 0; i < 3; ++i) scorer.score(batch);
    EXPECT_EQ(allocations - before, 0u) << name;
  }
}

}  // namespace
}  // namespace scorelet
