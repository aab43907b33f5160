// Any bytes as a file of rows: the readers of CSV and NDJSON never crash, count every row once and end.
//
// Input: the first byte says the format and the separator, the rest is the file.
#include <cstdint>
#include <cstdlib>

#include <scorelet/scorelet.hpp>

#include "cli/rows.hpp"
#include "support/files.hpp"

namespace {

using namespace scorelet;

const Model& model() {
  static const Model loan = [] {
    const auto bytes = test::readFile(test::projectRoot() + "/tests/data/examples/loan.pmml");
    auto loaded = bytes ? Model::load(*bytes) : Expected<Model>(std::unexpected(Diagnostics{}));
    if (!loaded) std::abort();
    return *loaded;
  }();
  return loan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  cli::Input input = cli::Input::ofText(text);
  cli::RowOptions options;
  options.ids = {"customer"};
  options.missing = {"NA"};
  options.separator = ",;\t|"[data[0] / 2 % 4];
  const auto rows = data[0] % 2 == 0 ? cli::csvRows(model(), input, options) : cli::ndjsonRows(model(), input, options);
  Scorer scorer(model());
  std::size_t seen = 0;
  while (rows->read()) {
    const Batch& batch = rows->batch();
    std::size_t readable = 0;
    for (const cli::Row& row : rows->rows()) {
      if (row.ids.size() > options.ids.size()) std::abort();
      if (row.refused.empty() && row.index != readable++) std::abort();
    }
    if (batch.rows != readable) std::abort();
    scorer.score(batch);
    seen += rows->rows().size();
  }
  if (seen > text.size() + 1) std::abort();  // a row takes a byte at least
  return 0;
}
