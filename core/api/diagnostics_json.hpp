// Diagnostics as JSON, the same for every host that reads text.
#pragma once

#include <string>

#include <scorelet/diagnostics.hpp>

namespace scorelet {

/// [{"code", "severity", "message", "path", "line", "column", "field"}]; what is empty is left out.
void appendDiagnosticsJson(std::string& out, const Diagnostics& diagnostics);

}  // namespace scorelet
