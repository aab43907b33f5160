// One model, many scorers, many threads at once. Only where there are threads.
#ifndef __wasm__
#include <latch>
#include <thread>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/answers.hpp"
#include "support/files.hpp"

using namespace scorelet;

namespace {

class Threads : public testing::TestWithParam<const char*> {};

TEST_P(Threads, OfOneModelGiveTheSameBits) {
  constexpr std::size_t kThreads = 4, kRounds = 5;
  const std::string folder = test::projectRoot() + "/tests/data/" + GetParam();
  const auto bytes = test::readFile(folder + "/model.pmml");
  const auto table = test::tableFromCsv(folder + "/input.csv");
  ASSERT_TRUE(bytes && table);
  const Model model = *Model::load(*bytes);
  const test::Binding rows(model, *table);
  Scorer alone(model);
  const auto expected = test::answers(alone, rows, rows.rows());
  ASSERT_GT(expected.size(), 50u);

  std::vector<std::vector<std::string>> found[kThreads];
  std::latch start(kThreads);
  std::vector<std::jthread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      for (std::size_t round = 0; round < kRounds; ++round) {
        Scorer scorer(model);
        found[t].push_back(test::answers(scorer, rows, 1 + 37 * t));
      }
    });
  }
  threads.clear();
  for (const auto& rounds : found) {
    ASSERT_EQ(rounds.size(), kRounds);
    for (const auto& answers : rounds) EXPECT_EQ(answers, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Threads,
                         testing::Values("demo", "models/a14_gbdt_clf", "models/a33_knn_clf",
                                         "models/a47_expressions_dates_strings", "models/a50_tfidf_text",
                                         "models/a74_bayes_net_discrete"),
                         [](const auto& info) { return test::lastPart(info.param); });

}  // namespace
#endif
