// The one service of a WebAssembly module.
#pragma once

#include "service/audit_storage.hpp"
#include "service/service.hpp"
#include "service/storage.hpp"

namespace scorelet::module {

/// What the module's own imports say; each kind of module brings it.
[[nodiscard]] service::Host& host();

/// Where it keeps models and predictions; null where its kind has no place.
[[nodiscard]] service::Storage* storage();
[[nodiscard]] service::AuditStorage* auditStorage();

/// Null before `service_start`.
[[nodiscard]] service::Service* service() noexcept;
[[nodiscard]] const service::Settings& settings() noexcept;

}  // namespace scorelet::module
