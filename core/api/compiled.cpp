#include <scorelet/compiled.hpp>

#include "compile/load.hpp"

namespace scorelet {

Expected<std::vector<std::byte>> compileDocument(std::string_view pmml, const Sha256& sha256,
                                                 const LoadOptions& options) {
  return compile::pack(pmml, sha256, options);
}

bool isCompiledModel(std::string_view bytes) noexcept { return compile::isPacked(bytes); }

}  // namespace scorelet
