// Which document it is.
#pragma once

#include <string>
#include <string_view>

#include <scorelet/compiled.hpp>
#include <scorelet/model.hpp>

namespace scorelet::cli {

[[nodiscard]] Sha256 digestOf(std::string_view bytes);
/// In hexadecimal, as `ModelInfo::documentSha256` has it.
[[nodiscard]] std::string hexadecimal(const Sha256& digest);
/// Of the PMML document at `path`, whether or not it was compiled; empty for standard input.
[[nodiscard]] std::string digestOfDocument(const Model& model, const std::string& path);

}  // namespace scorelet::cli
