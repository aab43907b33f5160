// The one service of a WebAssembly module.
#pragma once

#include "service/service.hpp"

namespace scorelet::module {

/// What the module's own imports say; each kind of module brings it.
[[nodiscard]] service::Host& host();

/// Null before `service_start`.
[[nodiscard]] service::Service* service() noexcept;
[[nodiscard]] const service::Settings& settings() noexcept;

}  // namespace scorelet::module
