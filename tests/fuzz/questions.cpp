// Any bytes as a question: answered, or refused with reasons. The first byte chooses the model.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <scorelet/inquiry.hpp>

#include "support/files.hpp"

namespace {

using namespace scorelet;

std::vector<Inquiry>& inquiries() {
  static std::vector<Inquiry> all = [] {
    std::vector<Inquiry> made;
    const std::string folder = test::projectRoot() + "/tests/data/explain/";
    for (const char* id : {"a02_logistic_mixed", "a04_xgb_binary_missing", "a05_lgb_regression", "a07_mlp"}) {
      const auto document = test::readFile(folder + id + "/model.pmml");
      auto model =
          document ? Model::load(*document, {.limits = {}, .modelName = {}, .explains = true}) : Expected<Model>();
      if (!model) {
        std::fprintf(stderr, "cannot load %s\n", id);
        std::abort();
      }
      made.emplace_back(*std::move(model));
      // Enough for a domain of each field.
      std::string records = "[";
      for (int i = 0; i < 4; ++i) {
        records += i == 0 ? "{" : ",{";
        bool isFirst = true;
        for (const InputField& field : made.back().model().inputs()) {
          records += std::string(isFirst ? "\"" : ",\"") + field.name + "\":";
          records += field.opType == OpType::continuous ? std::to_string(i - 1.5) : "\"" + field.values[0].value + "\"";
          isFirst = false;
        }
        records += '}';
      }
      if (!made.back().setBackground(records + "]")) std::abort();
    }
    return made;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  int turns = 0;
  const auto answer = inquiries()[data[0] % 4].ask({reinterpret_cast<const char*>(data) + 1, size - 1},
                                                   [&](double) { return ++turns < 8; });
  if (answer ? answer->empty() : answer.error().empty()) std::abort();
  return 0;
}
