// Document → program: the whole journey of one load.
#pragma once

#include <memory>

#include <scorelet/model.hpp>

#include "program/program.hpp"

namespace scorelet::compile {

[[nodiscard]] Expected<std::shared_ptr<const program::Program>> load(std::string_view pmml, const LoadOptions& options);

}  // namespace scorelet::compile
