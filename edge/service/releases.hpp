// Releases as the store says them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "service/call.hpp"

namespace scorelet::service {

/// What a model's release is made of: settings and versions by alias, in one text. Empty: it has no champion.
[[nodiscard]] std::string releaseState(ModelStore& store, const std::string& name);

/// Serves a model's release as the store says it now; versions in memory are taken over. `made`: one that was checked
/// just now.
[[nodiscard]] Answer<std::shared_ptr<Release>> followRelease(Shared& shared, const std::string& name,
                                                             const std::shared_ptr<Deployment>& made = nullptr);

/// The release that answers for a name: the one in memory, one that is loaded now, or that of the group's fallback.
/// Null: there is none.
[[nodiscard]] Answer<std::shared_ptr<Release>> findRelease(Shared& shared, std::string_view name);

/// The same, or none any more, but for members of groups: they are loaded when they are asked for.
[[nodiscard]] Answer<void> followStored(Shared& shared, const std::string& name);

/// Of every model of the store. What fails stays as it is; the first failure is told.
[[nodiscard]] Answer<void> followAll(Shared& shared);

/// Takes an arm out of a release for what it did.
void stepBack(Shared& shared, const std::shared_ptr<Release>& release, const Arm& arm, const std::string& why);

}  // namespace scorelet::service
