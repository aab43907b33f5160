// Any bytes as a document: loads or is refused with reasons, and what loads can be scored, described and verified.
#include <cstdint>
#include <cstdlib>

#include <scorelet/background.hpp>
#include <scorelet/scorelet.hpp>

#include "support/made_rows.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

scorelet::LoadOptions tightOptions() {
  scorelet::LoadOptions options;
  options.limits.documentBytes = 1 << 20;
  options.limits.depth = 64;
  options.limits.elements = 20000;
  options.limits.expressionDepth = 64;
  options.limits.expressionNodes = 20000;
  options.limits.segmentDepth = 4;
  options.limits.regexSteps = 2000;
  options.limits.textBytes = 1 << 14;
  options.limits.listItems = 100;
  options.limits.reportedDiagnostics = 20;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scorelet;
  static const LoadOptions options = tightOptions();
  const auto model = Model::load(std::string_view(reinterpret_cast<const char*>(data), size), options);
  if (!model) {
    require(!model.error().empty());
    for (const Diagnostic& diagnostic : model.error()) require(!diagnostic.text().empty());
    return 0;
  }
  require(!model->describeJson().empty());
  const test::MadeRows rows(*model);
  Scorer scorer(*model);
  scorer.score(rows.batch());
  require(scorer.rows() == rows.rows());
  std::string record;
  RecordOptions everything;
  everything.allOutputs = everything.details = true;
  for (std::size_t row = 0; row < scorer.rows(); ++row) {
    appendResultJson(record, scorer, row, everything);
    require(scorer.ok(row) == scorer.diagnostics(row).empty());
  }
  (void)verify(*model);
  if (const auto background = Background::fromDescription(*model, {.records = 5})) {
    scorer.score(background->batch());
    require(scorer.rows() == 5);
  }
  return 0;
}
