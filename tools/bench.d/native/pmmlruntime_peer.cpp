// pmmlruntime, a Rust library, through the C interface that tools/bench.d/pmmlruntime puts around it.
#include <algorithm>

#include "library.hpp"
#include "peer.hpp"

namespace bench {
namespace {

struct Api {
  using Handle = void*;
  Handle (*load)(const char*, std::size_t, const char*, std::size_t, const char*, std::size_t, const double*,
                 std::size_t);
  void (*score)(Handle, std::size_t, double*);
  void (*free)(Handle);
};

std::string lines(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += name + '\n';
  return out;
}

class PmmlruntimePeer final : public Peer {
 public:
  PmmlruntimePeer(const Case& case_, Library library)
      : case_(case_), document_(readFile(case_.folder + "/model.pmml")) {
    std::vector<std::string> names;
    for (const auto& field : case_.fields) names.push_back(field.name);
    fields_ = lines(names);
    answers_ = lines(case_.answers);
    library.bind(api_.load, "bench_load");
    library.bind(api_.score, "bench_score");
    library.bind(api_.free, "bench_free");
  }
  ~PmmlruntimePeer() override { api_.free(engine_); }

  std::string load() override {
    api_.free(engine_);
    engine_ = api_.load(document_.data(), document_.size(), fields_.data(), fields_.size(), answers_.data(),
                        answers_.size(), case_.values.data(), case_.rows);
    return engine_ != nullptr ? "" : "does not load the model";
  }
  // Loading makes the rows ready too, so it is not compared.
  [[nodiscard]] std::size_t documentBytes() const override { return 0; }
  [[nodiscard]] std::size_t answers() const override { return case_.answers.size(); }
  void score(std::size_t first, std::size_t count, double* answers) override {
    for (std::size_t r = 0; r < count; ++r) api_.score(engine_, first + r, answers + r * case_.answers.size());
  }

 private:
  const Case& case_;
  std::string document_, fields_, answers_;
  Api api_{};
  Api::Handle engine_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> makePmmlruntime(const Case& case_, const std::string& library, std::string& reason) {
  const bool isText =
      std::any_of(case_.fields.begin(), case_.fields.end(), [](const Field& f) { return !f.categories.empty(); });
  Library opened;
  if (isText || !opened.open(library + "/pmmlruntime/libbench_pmmlruntime.so", reason)) return nullptr;
  return std::make_unique<PmmlruntimePeer>(case_, opened);
}

}  // namespace bench
