// State carried by the caller: a batch split anywhere, saved and restored elsewhere, answers the same bits.
#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

#include "support/binding.hpp"
#include "support/documents.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet {
namespace {

using test::Binding;

const std::string lags = test::scoringExpression(
    "<Apply function=\"concat\"><FieldRef field=\"before\"/><FieldRef field=\"mean\"/><FieldRef "
    "field=\"block\"/></Apply>",
    "",
    "<DerivedField name=\"before\" optype=\"categorical\" dataType=\"string\"><Lag field=\"s\" n=\"2\"/></DerivedField>"
    "<DerivedField name=\"mean\" optype=\"continuous\" dataType=\"double\"><Lag field=\"x\" n=\"3\" "
    "aggregate=\"avg\"/></DerivedField>"
    "<DerivedField name=\"block\" optype=\"continuous\" dataType=\"double\"><Lag field=\"x\" n=\"1\"><BlockIndicator "
    "field=\"s\"/></Lag></DerivedField>");

test::Table lagRows() {
  test::Table table;
  table.columns = {"x", "s"};
  for (int i = 0; i < 30; ++i)
    table.rows.push_back({i % 7 == 3 ? nlohmann::json() : nlohmann::json(i * 0.1),
                          i % 5 == 1 ? nlohmann::json() : nlohmann::json("text " + std::to_string(i % 4))});
  return table;
}

struct Stream {
  Model model;
  test::Table table;
};

/// Lags, and every baseline case of the feature documents.
std::vector<Stream> streams() {
  std::vector<Stream> all;
  all.push_back({*Model::load(lags), lagRows()});
  const std::string folder = test::projectRoot() + "/tests/data/features/baseline/";
  const auto manifest = test::readJson(folder + "manifest.json");
  for (const auto& one : manifest["cases"]) {
    if (one["mode"] != "sequence") continue;
    const auto document = test::readFile(folder + one["model"].get<std::string>());
    all.push_back({*Model::load(*document), test::tableFromRecords(one["records"])});
  }
  return all;
}

TEST(saved_state, any_split_gives_the_same_bits) {
  const auto all = streams();
  ASSERT_GT(all.size(), 15u);
  for (const Stream& stream : all) {
    EXPECT_TRUE(stream.model.isStateful());
    const Binding rows(stream.model, stream.table);
    Scorer whole(stream.model);
    whole.score(rows.batch(0, rows.rows()));
    for (std::size_t split = 0; split <= rows.rows(); ++split) {
      Scorer first(stream.model), second(stream.model);
      first.score(rows.batch(0, split));
      const auto bytes = first.saveState();
      // The second one has seen something else before.
      second.score(rows.batch(0, rows.rows() / 2));
      const auto restored = second.restoreState(bytes);
      ASSERT_TRUE(restored.has_value()) << restored.error()[0].text();
      EXPECT_EQ(second.saveState(), bytes) << "split " << split;
      for (std::size_t row = split; row < rows.rows(); ++row) {
        second.score(rows.batch(row, 1));
        ASSERT_EQ(second.ok(0), whole.ok(row));
        for (std::size_t c = 0; c < stream.model.results().size(); ++c)
          ASSERT_EQ(second.text(c, 0), whole.text(c, row)) << "split " << split << ", row " << row;
      }
      EXPECT_EQ(second.saveState(), whole.saveState()) << "equal memories are equal bytes";
    }
  }
}

TEST(saved_state, of_another_model_or_version_is_refused) {
  const auto model = Model::load(lags);
  LoadOptions options;
  options.horizon = 2;
  const auto otherwise = Model::load(lags, options);
  const auto other = Model::load(lags + "\n");
  Scorer scorer(*model), changed(*otherwise), elsewhere(*other);
  auto bytes = scorer.saveState();
  EXPECT_FALSE(changed.restoreState(bytes).has_value());
  EXPECT_FALSE(elsewhere.restoreState(bytes).has_value());
  EXPECT_FALSE(scorer.restoreState({}).has_value());
  bytes[8] = std::byte{2};
  const auto version = scorer.restoreState(bytes);
  ASSERT_FALSE(version.has_value());
  EXPECT_EQ(version.error()[0].code, Code::badArgument);
  EXPECT_NE(version.error()[0].message.find("version"), std::string::npos);
}

TEST(saved_state, of_a_model_without_memory_is_a_formality) {
  const auto model = Model::load(test::scoringExpression("<FieldRef field=\"x\"/>"));
  Scorer one(*model), two(*model);
  EXPECT_TRUE(two.restoreState(one.saveState()).has_value());
}

/// Every byte of a saved state is changed, and every length of it tried: refused, or a state like any other.
TEST(saved_state, hostile_bytes) {
  for (const Stream& stream : streams()) {
    const Binding rows(stream.model, stream.table);
    Scorer source(stream.model), victim(stream.model);
    source.score(rows.batch(0, rows.rows()));
    const auto good = source.saveState();
    ASSERT_TRUE(victim.restoreState(good).has_value());
    const auto attack = [&](const std::vector<std::byte>& bytes) {
      const auto before = victim.saveState();
      if (victim.restoreState(bytes)) {
        victim.score(rows.batch(0, rows.rows()));
        ASSERT_TRUE(victim.restoreState(good).has_value());
      } else {
        EXPECT_EQ(victim.saveState(), before) << "a refused state must not change the scorer";
      }
    };
    for (std::size_t i = 0; i < good.size(); ++i)
      for (const int change : {0x01, 0x80, 0xFF}) {
        auto bytes = good;
        bytes[i] ^= static_cast<std::byte>(change);
        attack(bytes);
      }
    for (std::size_t n = 0; n < good.size(); n += 3)
      attack({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(n)});
    auto longer = good;
    longer.push_back(std::byte{0});
    attack(longer);
  }
}

}  // namespace
}  // namespace scorelet
