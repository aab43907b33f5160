// C that tl2cgen wrote for the model, compiled (compilers.py): a row is an array of unions that it may overwrite.
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "library.hpp"
#include "peer.hpp"

namespace bench {
namespace {

union Entry {
  int missing;
  float value;
};

class Tl2cgenPeer final : public Peer {
 public:
  Tl2cgenPeer(const Case& case_, Library library)
      : features_(case_.fields.size()),
        answers_(case_.answers.size() == 2 ? 1 : case_.answers.size()),
        rows_(case_.floats()) {
    library.bind(predict_, "predict");
    row_.resize(features_);
    out_.resize(answers_);
  }

  std::string load() override { return predict_ != nullptr ? "" : "no function predict"; }
  [[nodiscard]] std::size_t documentBytes() const override { return 0; }
  [[nodiscard]] std::size_t answers() const override { return answers_; }
  void score(std::size_t first, std::size_t count, double* answers) override {
    for (std::size_t r = 0; r < count; ++r) {
      std::memcpy(row_.data(), rows_.data() + (first + r) * features_, features_ * sizeof(float));
      std::fill(out_.begin(), out_.end(), 0.0F);
      predict_(row_.data(), 0, out_.data());
      for (std::size_t a = 0; a < answers_; ++a) answers[r * answers_ + a] = out_[a];
    }
  }

 private:
  std::size_t features_, answers_;
  std::vector<float> rows_, out_;
  std::vector<Entry> row_;
  void (*predict_)(Entry*, int, float*) = nullptr;
};

}  // namespace

std::unique_ptr<Peer> makeTl2cgen(const Case& case_, const std::string& /*library*/, std::string& reason) {
  const std::string code = case_.folder + "/tl2cgen/predict.so";
  Library opened;
  if (access(code.c_str(), R_OK) != 0 || !opened.open(code, reason)) return nullptr;
  return std::make_unique<Tl2cgenPeer>(case_, opened);
}

}  // namespace bench
