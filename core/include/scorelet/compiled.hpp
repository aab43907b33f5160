// Compiled models: a document in a form that is smaller and loads faster (docs/compiled-models.md).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

using Sha256 = std::array<std::byte, 32>;

/// The compiled form of a PMML document, which `Model::load` takes as it takes the document: same answers to the bit,
/// same checks, same findings. The bytes are the same on every target.
///
/// `sha256` is the digest of `pmml` as the caller computed it; it is carried along and not checked here. A document
/// that does not load with `options` is refused with all its faults, as is one that is compiled already.
[[nodiscard]] Expected<std::vector<std::byte>> compileDocument(std::string_view pmml, const Sha256& sha256,
                                                               const LoadOptions& options = {});

/// Whether bytes claim to be a compiled model; loading finds out.
[[nodiscard]] bool isCompiledModel(std::string_view bytes) noexcept;

}  // namespace scorelet
