// XGBoost's own predictor by its C interface, in place, one thread.
#include <cstdio>

#include "library.hpp"
#include "peer.hpp"

namespace bench {
namespace {

struct Api {
  using Handle = void*;
  int (*create)(const Handle*, std::uint64_t, Handle*);
  int (*free)(Handle);
  int (*load)(Handle, const void*, std::uint64_t);
  int (*set)(Handle, const char*, const char*);
  int (*predict)(Handle, const char*, const char*, Handle, const std::uint64_t**, std::uint64_t*, const float**);
};

class XgboostPeer final : public Peer {
 public:
  XgboostPeer(const Case& case_, std::string model, Library library)
      : features_(case_.fields.size()),
        answers_(case_.answers.size() == 2 ? 1 : case_.answers.size()),
        model_(std::move(model)),
        rows_(case_.floats()) {
    library.bind(api_.create, "XGBoosterCreate");
    library.bind(api_.free, "XGBoosterFree");
    library.bind(api_.load, "XGBoosterLoadModelFromBuffer");
    library.bind(api_.set, "XGBoosterSetParam");
    library.bind(api_.predict, "XGBoosterPredictFromDense");
  }
  ~XgboostPeer() override { api_.free(booster_); }

  std::string load() override {
    if (booster_ != nullptr) api_.free(booster_);
    const bool done = api_.create(nullptr, 0, &booster_) == 0 && api_.set(booster_, "nthread", "1") == 0 &&
                      api_.load(booster_, model_.data(), model_.size()) == 0;
    return done ? "" : "does not load the model";
  }
  [[nodiscard]] std::size_t documentBytes() const override { return model_.size(); }
  [[nodiscard]] std::size_t answers() const override { return answers_; }

  void score(std::size_t first, std::size_t count, double* answers) override {
    char rows[160];
    std::snprintf(rows, sizeof rows, R"({"data":[%zu,true],"shape":[%zu,%zu],"typestr":"<f4","version":3})",
                  reinterpret_cast<std::size_t>(rows_.data() + first * features_), count, features_);
    const std::uint64_t* shape = nullptr;
    std::uint64_t dimensions = 0;
    const float* out = nullptr;
    static constexpr const char* kOptions =
        R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN,"cache_id":0})";
    if (api_.predict(booster_, rows, kOptions, nullptr, &shape, &dimensions, &out) != 0) return;
    for (std::size_t i = 0; i < count * answers_; ++i) answers[i] = out[i];
  }

 private:
  std::size_t features_, answers_;
  std::string model_;
  std::vector<float> rows_;
  Api api_{};
  Api::Handle booster_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> makeXgboost(const Case& case_, const std::string& library, std::string& reason) {
  std::string model = readFile(case_.folder + "/model.xgb.ubj");
  Library opened;
  if (model.empty() || !opened.open(library + "/xgboost/xgboost/lib/libxgboost.so", reason)) return nullptr;
  return std::make_unique<XgboostPeer>(case_, std::move(model), opened);
}

}  // namespace bench
