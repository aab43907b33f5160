// Any cells as rows of real models: never a crash, and the same bits whatever the batch.
//
// Input: the first byte chooses the model; each following line is one cell, filled row by row. The first character of a
// line says what the cell is: `n` number, `t` text, `T`/`F` boolean, `[` a list of the characters, `{` a list of lists
// of them (a blank between), all else missing.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/answers.hpp"
#include "support/files.hpp"

namespace {

using namespace scorelet;
using nlohmann::json;

constexpr std::size_t mostRows = 16;

const std::vector<Model>& models() {
  static const std::vector<Model> all = [] {
    std::vector<Model> loaded;
    for (const char* path :
         {"demo/model.pmml", "examples/loan.pmml", "examples/consumption.pmml",
          "models/a16_histgb_clf_cat_missing/model.pmml", "models/a47_expressions_dates_strings/model.pmml",
          "models/a49_outlier_missing_invalid/model.pmml", "models/a50_tfidf_text/model.pmml",
          "models/a64_r_rpart_surrogates/model.pmml", "oracles/models/fn_dates.pmml", "oracles/models/fn_strings.pmml",
          "oracles/models/fn_numeric.pmml", "oracles/models/lag_avg.pmml", "oracles/models/tix_norm.pmml",
          "features/association/models/taxonomy.pmml", "features/sequence/models/outputs.pmml",
          "features/text/models/taxonomy.pmml", "features/gaussian_process/models/gp_derived_inputs.pmml",
          "features/bayesian_network/models/bn_gaussian_y.pmml",
          "features/baseline/models/base_product_size_weighted.pmml"}) {
      const auto bytes = test::readFile(test::projectRoot() + "/tests/data/" + path);
      auto model = bytes ? Model::load(*bytes) : Expected<Model>(std::unexpected(Diagnostics{}));
      if (!model) {
        std::fprintf(stderr, "cannot load %s\n", path);
        std::abort();
      }
      loaded.push_back(std::move(*model));
    }
    return loaded;
  }();
  return all;
}

json cellFrom(std::string_view line) {
  if (line.empty()) return {};
  const std::string rest(line.substr(1));
  switch (line[0]) {
    case 'n': return std::strtod(rest.c_str(), nullptr);
    case 't': return rest;
    case 'T': return true;
    case 'F': return false;
    case '[': {
      json list = json::array();
      for (const char c : rest) list.push_back(std::string(1, c));
      return list;
    }
    case '{': {
      json list = json::array({json::array()});
      for (const char c : rest)
        if (c == ' ')
          list.push_back(json::array());
        else
          list.back().push_back(std::string(1, c));
      return list;
    }
    default: return {};
  }
}

test::Table tableFrom(std::string_view text, const Model& model) {
  test::Table table;
  for (const InputField& field : model.inputs()) table.columns.push_back(field.name);
  if (table.columns.empty()) table.columns.push_back("none");
  while (!text.empty() && table.rows.size() <= mostRows) {
    const auto end = text.find('\n');
    if (table.rows.empty() || table.rows.back().size() == table.columns.size()) table.rows.emplace_back();
    table.rows.back().push_back(cellFrom(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (!table.rows.empty()) table.rows.back().resize(table.columns.size());
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Model& model = models()[data[0] % models().size()];
  const test::Table table = tableFrom({reinterpret_cast<const char*>(data) + 1, size - 1}, model);
  if (table.rows.empty()) return 0;
  const test::Binding rows(model, table);
  Scorer scorer(model);
  const auto all = test::answers(scorer, rows, rows.rows());
  std::string record;
  RecordOptions options;
  options.details = true;
  for (std::size_t row = 0; row < scorer.rows(); ++row) appendResultJson(record, scorer, row, options);
  if (test::answers(scorer, rows, 1) != all || test::answers(scorer, rows, 3) != all) std::abort();
  return 0;
}
