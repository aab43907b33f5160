// The yardstick as a peer.
#include "loop.hpp"
#include "peer.hpp"

namespace bench {
namespace {

class LoopPeer final : public Peer {
 public:
  LoopPeer(const Case& case_, std::string trees)
      : features_(case_.fields.size()), trees_(std::move(trees)), rows_(case_.floats()) {}

  std::string load() override { return loop_.read(trees_) ? "" : "trees.bin is cut short"; }
  [[nodiscard]] std::size_t documentBytes() const override { return trees_.size(); }
  [[nodiscard]] std::size_t answers() const override { return loop_.answers(); }
  void score(std::size_t first, std::size_t count, double* answers) override {
    const float* rows = rows_.data() + first * features_;
    if (count == 1) return loop_.one(rows, answers);
    loop_.many(rows, features_, count, answers);
  }

 private:
  std::size_t features_;
  std::string trees_;
  std::vector<float> rows_;
  Loop loop_;
};

}  // namespace

std::unique_ptr<Peer> makeLoop(const Case& case_, const std::string& /*library*/, std::string& /*reason*/) {
  std::string trees = readFile(case_.folder + "/trees.bin");
  if (trees.empty()) return nullptr;
  return std::make_unique<LoopPeer>(case_, std::move(trees));
}

}  // namespace bench
