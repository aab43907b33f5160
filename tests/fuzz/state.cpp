// Bytes that no scorer saved as the state of one: refused without a change, or a state like any other.
//
// Input: the first byte chooses the model, the second how many rows were seen before; each further pair of bytes says
// where the state that was saved then is overwritten, and with what.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/binding.hpp"
#include "support/files.hpp"
#include "support/json.hpp"

namespace {

using namespace scorelet;

struct Subject {
  Model model;
  test::Table table;
};

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all = [] {
    std::vector<Subject> loaded;
    const std::string folder = test::projectRoot() + "/tests/data/features/baseline/";
    const auto manifest = test::readJson(folder + "manifest.json");
    for (const auto& one : manifest["cases"])
      for (const char* id :
           {"base_cusum_window", "base_chi2_weights_window", "base_independence_window", "base_product_size_weighted"})
        if (one["id"] == id) {
          const auto document = test::readFile(folder + one["model"].get<std::string>());
          loaded.push_back({*Model::load(*document), test::tableFromRecords(one["records"])});
        }
    if (loaded.size() != 4) {
      std::fprintf(stderr, "cannot load the models\n");
      std::abort();
    }
    return loaded;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Subject& subject = subjects()[data[0] % 4];
  const test::Binding rows(subject.model, subject.table);
  Scorer scorer(subject.model);
  scorer.score(rows.batch(0, data[1] % (rows.rows() + 1)));
  const auto before = scorer.saveState();
  auto bytes = before;
  for (std::size_t i = 2; i + 1 < size; i += 2) bytes[data[i] * std::size_t{7} % bytes.size()] = std::byte{data[i + 1]};
  if (scorer.restoreState(bytes))
    scorer.score(rows.batch(0, rows.rows()));
  else if (scorer.saveState() != before)
    std::abort();
  return 0;
}
