// Contributions held against reference values: tests/data/explain, one test per table.
#include <gtest/gtest.h>

#include "support/explanations.hpp"
#include "support/refusals.hpp"

namespace scorelet::test {
namespace {

struct Reference {
  std::string folder, file, quantity, output;
  ContributionKind kind = ContributionKind::interventional;
  double tolerance = 0;
};
void PrintTo(const Reference& r, std::ostream* out) { *out << r.folder << '/' << r.file; }

std::vector<Reference> references() {
  std::vector<Reference> out;
  const nlohmann::json manifest = readJson(explainFolder("manifest.json"));
  for (const auto& model : manifest["models"])
    for (const auto& e : model["explanations"]) {
      Reference r{textOf(model, "id"), lastPart(textOf(e, "file")), textOf(e, "quantity"), textOf(e, "output")};
      if (textOf(e, "kind") != "interventional") r.kind = ContributionKind::pathDependent;
      r.tolerance = numberOf(e, "tolerance_abs", 0);
      out.push_back(r);
    }
  return out;
}

class ExplainOracles : public testing::TestWithParam<Reference> {};

TEST_P(ExplainOracles, Agree) {
  const Reference& r = GetParam();
  const ExplainedModel m(r.folder);
  const Table expected = *tableFromCsv(explainFolder(r.folder) + "/" + r.file);
  auto explainer = Explainer::create(m.model, m.background(),
                                     {.quantity = quantityOf(r.quantity, r.output, m.model), .kind = r.kind});
  ASSERT_TRUE(explainer) << listed(explainer.error());
  explainer->explain(m.rows());
  const auto at = [&](std::size_t row, const std::string& column) {
    const int c = expected.column(column);
    return c < 0 ? 0 : std::stod(expected.rows[row][static_cast<std::size_t>(c)].get<std::string>());
  };
  ASSERT_EQ(expected.rows.size(), explainer->rows());
  for (std::size_t row = 0; row < explainer->rows(); ++row) {
    ASSERT_TRUE(explainer->ok(row)) << listed(explainer->diagnostics(row));
    EXPECT_NE(explainer->method(row), ContributionMethod::sampling);
    EXPECT_NEAR(explainer->base(), at(row, "base"), r.tolerance);
    EXPECT_NEAR(explainer->value(row), at(row, "value"), r.tolerance);
    for (std::size_t i = 0; i < m.model.inputs().size(); ++i)
      EXPECT_NEAR(explainer->contributions(row)[i], at(row, m.model.inputs()[i].name), r.tolerance)
          << "row " << row << ", " << m.model.inputs()[i].name;
  }
}

INSTANTIATE_TEST_SUITE_P(Explain, ExplainOracles, testing::ValuesIn(references()), [](const auto& info) {
  std::string name = info.param.folder + "_" + info.param.file;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
});

struct Way {
  const char* folder;
  Quantity quantity;
  ContributionMethod method;
};

/// The fast ways are really taken, and agree with scoring all subsets.
TEST(Explain, TakesTheDirectWay) {
  for (const Way& way :
       {Way{"a01_linear", {}, ContributionMethod::additive},
        Way{"a02_logistic_mixed", {Quantity::Kind::margin, "1"}, ContributionMethod::additive},
        Way{"a02_logistic_mixed", {Quantity::Kind::probability, "1"}, ContributionMethod::enumeration},
        Way{"a03_tree", {}, ContributionMethod::trees},
        Way{"a04_xgb_binary_missing", {Quantity::Kind::margin, "1"}, ContributionMethod::trees},
        Way{"a05_lgb_regression", {}, ContributionMethod::trees}, Way{"a06_forest", {}, ContributionMethod::trees},
        Way{"a07_mlp", {}, ContributionMethod::enumeration},
        Way{"a09_xgb_mixed", {Quantity::Kind::margin, "1"}, ContributionMethod::trees},
        Way{"a10_xgb_softmax", {Quantity::Kind::margin, "2"}, ContributionMethod::trees},
        Way{"a11_poisson", {Quantity::Kind::margin, ""}, ContributionMethod::additive},
        Way{"a12_lgb_compact_no_counts", {Quantity::Kind::margin, "1"}, ContributionMethod::trees}}) {
    const ExplainedModel m(way.folder);
    auto explainer = Explainer::create(m.model, m.background(), {.quantity = way.quantity});
    ASSERT_TRUE(explainer) << way.folder << listed(explainer.error());
    explainer->explain(m.rows());
    for (std::size_t row = 0; row < explainer->rows(); ++row)
      EXPECT_EQ(explainer->method(row), way.method) << way.folder << " row " << row;
  }
}

TEST(Explain, RefusesPathsWithoutCountsByName) {
  const ExplainedModel m("a12_lgb_compact_no_counts");
  const auto explainer = Explainer::create(
      m.model, {}, {.quantity = {Quantity::Kind::margin, "1"}, .kind = ContributionKind::pathDependent});
  ASSERT_FALSE(explainer);
  EXPECT_TRUE(says(explainer.error(), Code::unsupported, "recordCount")) << listed(explainer.error());
}

}  // namespace
}  // namespace scorelet::test
