// XGBoost's own predictor by its C interface, in place, one thread.
#include <algorithm>
#include <cmath>
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
  int (*matrix)(const float*, std::uint64_t, std::uint64_t, float, Handle*);
  int (*freeMatrix)(Handle);
  int (*predictMatrix)(Handle, Handle, const char*, const std::uint64_t**, std::uint64_t*, const float**);
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
    library.bind(api_.matrix, "XGDMatrixCreateFromMat");
    library.bind(api_.freeMatrix, "XGDMatrixFree");
    library.bind(api_.predictMatrix, "XGBoosterPredictFromDMatrix");
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
    predict(first, count, 0, count * answers_, answers);
  }

  // By recordCounts along the paths (TreeSHAP): XGBoost has no other kind.
  bool explain(std::size_t first, std::size_t count, double* contributions) override {
    if (answers_ != 1) return false;
    predictMatrix(first, count, contributions);
    return true;
  }

 private:
  static constexpr const char* kOptions =
      R"({"type":%d,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN,"cache_id":0})";

  // Contributions are not to be had in place.
  void predictMatrix(std::size_t first, std::size_t count, double* out) {
    Api::Handle matrix = nullptr;
    if (api_.matrix(rows_.data() + first * features_, count, features_, std::nanf(""), &matrix) != 0) return;
    char options[200];
    std::snprintf(options, sizeof options, kOptions, 2);
    const std::uint64_t* shape = nullptr;
    std::uint64_t dimensions = 0;
    const float* found = nullptr;
    if (api_.predictMatrix(booster_, matrix, options, &shape, &dimensions, &found) == 0)
      std::copy_n(found, count * (features_ + 1), out);
    api_.freeMatrix(matrix);
  }

  void predict(std::size_t first, std::size_t count, int type, std::size_t numbers, double* answers) {
    char rows[160];
    std::snprintf(rows, sizeof rows, R"({"data":[%zu,true],"shape":[%zu,%zu],"typestr":"<f4","version":3})",
                  reinterpret_cast<std::size_t>(rows_.data() + first * features_), count, features_);
    const std::uint64_t* shape = nullptr;
    std::uint64_t dimensions = 0;
    const float* out = nullptr;
    char options[200];
    std::snprintf(options, sizeof options, kOptions, type);
    if (api_.predict(booster_, rows, options, nullptr, &shape, &dimensions, &out) != 0) return;
    std::copy_n(out, numbers, answers);
  }

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
