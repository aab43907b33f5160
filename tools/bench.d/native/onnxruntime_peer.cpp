// ONNX Runtime by its C interface, one thread, tensors over memory that stays where it is.
#include "library.hpp"
#include "peer.hpp"

#if __has_include(<onnxruntime/onnxruntime_c_api.h>)
#include <onnxruntime/onnxruntime_c_api.h>

namespace bench {
namespace {

class OnnxruntimePeer final : public Peer {
 public:
  OnnxruntimePeer(const Case& case_, std::string model, const OrtApi* api)
      : features_(case_.fields.size()),
        rowCount_(case_.rows),
        model_(std::move(model)),
        rows_(case_.floats()),
        ort_(api) {
    check(ort_->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "bench", &environment_));
    check(ort_->CreateSessionOptions(&options_));
    check(ort_->SetIntraOpNumThreads(options_, 1));
    check(ort_->SetInterOpNumThreads(options_, 1));
    check(ort_->SetSessionGraphOptimizationLevel(options_, ORT_ENABLE_ALL));
    check(ort_->CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memory_));
  }
  ~OnnxruntimePeer() override {
    drop();
    ort_->ReleaseMemoryInfo(memory_);
    ort_->ReleaseSessionOptions(options_);
    ort_->ReleaseEnv(environment_);
  }

  std::string load() override {
    drop();
    if (!check(ort_->CreateSessionFromArray(environment_, model_.data(), model_.size(), options_, &session_)))
      return error_;
    OrtAllocator* allocator = nullptr;
    check(ort_->GetAllocatorWithDefaultOptions(&allocator));
    std::size_t outputs = 0;
    char* name = nullptr;
    check(ort_->SessionGetInputName(session_, 0, allocator, &name));
    input_ = name;
    check(ort_->SessionGetOutputCount(session_, &outputs));  // classifiers put out the label first
    check(ort_->SessionGetOutputName(session_, outputs - 1, allocator, &name));
    output_ = name;
    outputs_ = answersPerRow(outputs - 1);
    out_.resize(rowCount_ * outputs_);
    return error_;
  }
  [[nodiscard]] std::size_t documentBytes() const override { return model_.size(); }
  [[nodiscard]] std::size_t answers() const override { return outputs_; }

  void score(std::size_t first, std::size_t count, double* answers) override {
    OrtValue* in = tensor(rows_.data() + first * features_, count, features_);
    OrtValue* out = tensor(out_.data(), count, outputs_);
    const char* inputs[] = {input_.c_str()};
    const char* outputs[] = {output_.c_str()};
    check(ort_->Run(session_, nullptr, inputs, &in, 1, outputs, 1, &out));
    for (std::size_t i = 0; i < count * outputs_; ++i) answers[i] = out_[i];
    ort_->ReleaseValue(in);
    ort_->ReleaseValue(out);
  }

 private:
  [[nodiscard]] std::size_t answersPerRow(std::size_t output) {
    OrtTypeInfo* type = nullptr;
    const OrtTensorTypeAndShapeInfo* tensor = nullptr;
    std::int64_t shape[2] = {0, 1};
    check(ort_->SessionGetOutputTypeInfo(session_, output, &type));
    check(ort_->CastTypeInfoToTensorInfo(type, &tensor));
    check(ort_->GetDimensions(tensor, shape, 2));
    ort_->ReleaseTypeInfo(type);
    return static_cast<std::size_t>(shape[1]);
  }
  OrtValue* tensor(float* data, std::size_t rows, std::size_t columns) {
    const std::int64_t shape[] = {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)};
    OrtValue* out = nullptr;
    check(ort_->CreateTensorWithDataAsOrtValue(memory_, data, rows * columns * sizeof(float), shape, 2,
                                               ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &out));
    return out;
  }
  bool check(OrtStatus* status) {
    if (status == nullptr) return true;
    if (error_.empty()) error_ = ort_->GetErrorMessage(status);
    ort_->ReleaseStatus(status);
    return false;
  }
  void drop() {
    if (session_ != nullptr) ort_->ReleaseSession(session_);
    session_ = nullptr;
  }

  std::size_t features_, rowCount_, outputs_ = 0;
  std::string model_, input_, output_, error_;
  std::vector<float> rows_, out_;
  const OrtApi* ort_;
  OrtEnv* environment_ = nullptr;
  OrtSessionOptions* options_ = nullptr;
  OrtMemoryInfo* memory_ = nullptr;
  OrtSession* session_ = nullptr;
};

}  // namespace

std::unique_ptr<Peer> makeOnnxruntime(const Case& case_, const std::string& library, std::string& reason) {
  std::string model = readFile(case_.folder + "/model.onnx");
  Library opened;
  if (model.empty() || !opened.open(library + "/onnxruntime/onnxruntime/capi/libonnxruntime.so", reason))
    return nullptr;
  const OrtApiBase* (*base)() = nullptr;
  opened.bind(base, "OrtGetApiBase");
  return std::make_unique<OnnxruntimePeer>(case_, std::move(model), base()->GetApi(ORT_API_VERSION));
}

}  // namespace bench

#else

namespace bench {
std::unique_ptr<Peer> makeOnnxruntime(const Case& /*case_*/, const std::string& /*library*/, std::string& reason) {
  reason = "no headers";
  return nullptr;
}
}  // namespace bench

#endif
