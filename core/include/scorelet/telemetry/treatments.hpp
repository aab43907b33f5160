// What the treatments of DataDictionary and MiningSchema did with the inputs of a row that was scored.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/model.hpp>
#include <scorelet/trace.hpp>

namespace scorelet::telemetry {

class TreatmentReader {
 public:
  explicit TreatmentReader(const Model& model);
  ~TreatmentReader();
  TreatmentReader(TreatmentReader&&) noexcept;
  TreatmentReader& operator=(TreatmentReader&&) noexcept;

  struct Treated {
    std::string_view field;
    Trace::Treatment treatment;
    ResultValue used;  ///< what takes the given value's place, if it is replaced
  };
  /// Used fields that are not as given, but for those that take lists; in the order of `Model::inputs()`.
  [[nodiscard]] std::vector<Treated> read(const Batch& batch, std::size_t row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet::telemetry
