#include <scorelet/model.hpp>

#include "compile/load.hpp"

namespace scorelet {

struct ModelAccess {
  static Model make(std::shared_ptr<const program::Program> program) {
    Model model;
    model.program_ = std::move(program);
    return model;
  }
};

Expected<Model> Model::load(std::string_view pmml, const LoadOptions& options) {
  auto program = compile::load(pmml, options);
  if (!program) return std::unexpected(std::move(program.error()));
  return ModelAccess::make(std::move(*program));
}

Expected<Model> Model::load(std::span<const std::byte> pmml, const LoadOptions& options) {
  return load(std::string_view(reinterpret_cast<const char*>(pmml.data()), pmml.size()), options);
}

const Diagnostics& Model::notes() const noexcept { return program_->notes; }
const ModelInfo& Model::info() const noexcept { return program_->info; }
std::span<const InputField> Model::inputs() const noexcept { return program_->inputs; }
std::span<const InputField> Model::targets() const noexcept { return program_->targets; }
std::span<const ResultField> Model::results() const noexcept { return program_->results; }
std::optional<double> Model::numberOf(std::string_view text) const noexcept {
  const std::uint32_t id = program_->symbols.find(text);
  return id == Symbols::npos ? std::nullopt : std::optional<double>(id);
}
std::optional<std::string_view> Model::textOf(double number) const noexcept {
  const Symbols& symbols = program_->symbols;
  if (!(number >= 0 && number < symbols.size())) return std::nullopt;
  return symbols.text(static_cast<std::uint32_t>(number));
}
bool Model::isStateful() const noexcept { return !program_->stateful.empty(); }

int Model::inputIndex(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < program_->inputs.size(); ++i)
    if (program_->inputs[i].name == name) return static_cast<int>(i);
  return -1;
}

int Model::resultIndex(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < program_->results.size(); ++i)
    if (program_->results[i].name == name) return static_cast<int>(i);
  return -1;
}

std::size_t Model::memoryBytes() const noexcept {
  std::size_t n = sizeof(program::Program) + program_->symbols.bytes();
  for (const program::Plan* plan : {&program_->forResults, &program_->forDetails})
    for (const auto& step : plan->steps) n += step->bytes();
  return n;
}

}  // namespace scorelet
