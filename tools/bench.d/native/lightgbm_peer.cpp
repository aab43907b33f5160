// LightGBM's own predictor by its C interface, one thread; a single row by its prepared fast call.
#include "library.hpp"
#include "peer.hpp"

namespace bench {
namespace {

constexpr int kFloat64 = 1, kNormal = 0, kContributions = 3, kRowMajor = 1;
constexpr const char* kOptions = "num_threads=1";

struct Api {
  using Handle = void*;
  int (*load)(const char*, int*, Handle*);
  int (*free)(Handle);
  int (*prepare)(Handle, int, int, int, int, std::int32_t, const char*, Handle*);
  int (*one)(Handle, const void*, std::int64_t*, double*);
  int (*freePrepared)(Handle);
  int (*many)(Handle, const void*, int, std::int32_t, std::int32_t, int, int, int, int, const char*, std::int64_t*,
              double*);
};

class LightgbmPeer final : public Peer {
 public:
  LightgbmPeer(const Case& case_, std::string model, Library library) : case_(case_), model_(std::move(model)) {
    library.bind(api_.load, "LGBM_BoosterLoadModelFromString");
    library.bind(api_.free, "LGBM_BoosterFree");
    library.bind(api_.prepare, "LGBM_BoosterPredictForMatSingleRowFastInit");
    library.bind(api_.one, "LGBM_BoosterPredictForMatSingleRowFast");
    library.bind(api_.freePrepared, "LGBM_FastConfigFree");
    library.bind(api_.many, "LGBM_BoosterPredictForMat");
  }
  ~LightgbmPeer() override { drop(); }

  std::string load() override {
    drop();
    int iterations = 0;
    const bool done = api_.load(model_.c_str(), &iterations, &booster_) == 0 &&
                      api_.prepare(booster_, kNormal, 0, 0, kFloat64, static_cast<std::int32_t>(case_.fields.size()),
                                   kOptions, &fast_) == 0;
    return done ? "" : "does not load the model";
  }
  [[nodiscard]] std::size_t documentBytes() const override { return model_.size(); }
  [[nodiscard]] std::size_t answers() const override { return 1; }
  [[nodiscard]] bool isFloat32() const override { return false; }

  void score(std::size_t first, std::size_t count, double* answers) override {
    std::int64_t length = 0;
    if (count == 1) {
      api_.one(fast_, case_.row(first), &length, answers);
    } else {
      api_.many(booster_, case_.row(first), kFloat64, static_cast<std::int32_t>(count),
                static_cast<std::int32_t>(case_.fields.size()), kRowMajor, kNormal, 0, 0, kOptions, &length, answers);
    }
  }

  bool explain(std::size_t first, std::size_t count, double* contributions) override {
    std::int64_t length = 0;
    return api_.many(booster_, case_.row(first), kFloat64, static_cast<std::int32_t>(count),
                     static_cast<std::int32_t>(case_.fields.size()), kRowMajor, kContributions, 0, 0, kOptions, &length,
                     contributions) == 0;
  }

 private:
  void drop() {
    if (fast_ != nullptr) api_.freePrepared(fast_);
    if (booster_ != nullptr) api_.free(booster_);
    fast_ = booster_ = nullptr;
  }

  const Case& case_;
  std::string model_;
  Api api_{};
  Api::Handle booster_ = nullptr, fast_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> makeLightgbm(const Case& case_, const std::string& library, std::string& reason) {
  std::string model = readFile(case_.folder + "/model.lgb.txt");
  Library opened;
  if (model.empty() || !opened.open(library + "/lightgbm/lightgbm/lib/lib_lightgbm.so", reason)) return nullptr;
  return std::make_unique<LightgbmPeer>(case_, std::move(model), opened);
}

}  // namespace bench
