// Made-up compiled models: refused with reasons, or models like any other.
//
// Input: the first byte chooses a document; each further three bytes say where its compiled form is overwritten (two
// bytes, as a share of its length) and with what. The checksum is then made right, so that it hides nothing.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include <scorelet/scorelet.hpp>

#include "support/compiled.hpp"
#include "support/files.hpp"
#include "support/made_rows.hpp"

namespace {

using namespace scorelet;

const std::vector<std::string>& subjects() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> made;
    for (const char* name : {"examples/loan.pmml", "features/baseline/models/base_cusum_window.pmml",
                             "models/a05_multinomial_iris/model.pmml"}) {
      const auto document = test::readFile(test::projectRoot() + "/tests/data/" + name);
      if (!document) {
        std::fprintf(stderr, "cannot read %s\n", name);
        std::abort();
      }
      made.push_back(test::compiled(*document));
    }
    return made;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  std::string bytes = subjects()[data[0] % subjects().size()];
  const std::size_t header = test::compiledHeaderBytes(), content = bytes.size() - header;
  for (std::size_t i = 1; i + 2 < size; i += 3) {
    const std::size_t share = data[i] * std::size_t{256} + data[i + 1];
    bytes[header + share * content / 65536] = static_cast<char>(data[i + 2]);
  }
  LoadOptions options;
  options.limits.expressionNodes = 20000;
  const auto model = Model::load(test::withChecksum(std::move(bytes)), options);
  if (!model) {
    if (model.error().empty()) std::abort();
    return 0;
  }
  const test::MadeRows rows(*model);
  Scorer scorer(*model);
  scorer.score(rows.batch());
  return 0;
}
