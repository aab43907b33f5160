// Document → program: the whole journey of one load; and the document in columns, which loads faster.
#pragma once

#include <memory>

#include <scorelet/compiled.hpp>
#include <scorelet/model.hpp>

#include "program/program.hpp"

namespace scorelet::compile {

/// Of XML or of what `pack` made of it.
[[nodiscard]] Expected<std::shared_ptr<const program::Program>> load(std::string_view pmml, const LoadOptions& options);

/// The document in columns (xml/packed.hpp), if it loads.
[[nodiscard]] Expected<std::vector<std::byte>> pack(std::string_view pmml, const Sha256& sha256,
                                                    const LoadOptions& options);
[[nodiscard]] bool isPacked(std::string_view bytes) noexcept;

}  // namespace scorelet::compile
