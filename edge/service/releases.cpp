#include "service/releases.hpp"

#include <algorithm>

#include "api/json_writer.hpp"
#include "service/protocols.hpp"

namespace scorelet::service {
namespace {

/// Own settings, or those of the group.
std::string settingsOf(ModelStore& store, const std::string& name) {
  const auto own = store.model(name);
  if (own && !own->settings.empty()) return own->settings;
  const auto group = store.model(std::string(groupOf(name)));
  return group && !group->settings.empty() ? group->settings : "{}";
}

/// Every alias that a release speaks of.
std::vector<std::string> aliasesOf(const ReleaseSettings& settings) {
  std::vector<std::string> out;
  for (const auto& arm : settings.split) out.push_back(arm.alias);
  if (!settings.shadow.empty() && std::ranges::find(out, settings.shadow) == out.end()) out.push_back(settings.shadow);
  return out;
}

/// A version of a release that is served now, null if it is none of them.
std::shared_ptr<Deployment> inMemory(const std::shared_ptr<Release>& now, std::string_view sha256) {
  if (now == nullptr) return nullptr;
  for (const auto& deployment : now->deployments())
    if (deployment->sha256() == sha256) return deployment;
  return nullptr;
}

}  // namespace

std::string releaseState(ModelStore& store, const std::string& name) {
  const auto model = store.model(name);
  if (!model || model->current(kChampion).empty()) return {};
  std::string out = settingsOf(store, name);
  out.append(" ").append(model->current(kChampion));
  if (const auto settings = ReleaseSettings::read(settingsOf(store, name)))
    for (const std::string& alias : aliasesOf(*settings)) out.append(" ").append(model->current(alias));
  return out;
}

Answer<std::shared_ptr<Release>> followRelease(Shared& shared, const std::string& name,
                                               const std::shared_ptr<Deployment>& made) {
  ModelStore& store = *shared.store;
  const std::string state = releaseState(store, name);
  const auto model = store.model(name);
  if (!model || state.empty()) return nullptr;
  const auto now = shared.catalogue.release(name);
  const auto open = [&](std::string_view sha256) -> Answer<std::shared_ptr<Deployment>> {
    if (made != nullptr && made->sha256() == sha256) return made;
    if (auto known = inMemory(now, sha256)) return known;
    auto content = store.document(std::string(sha256));
    if (!content) return std::unexpected(content.error());
    return Deployment::create(name, std::move(*content), shared.settings, shared.host.now());
  };
  auto settings = ReleaseSettings::read(settingsOf(store, name));
  if (!settings) return std::unexpected(settings.error());
  auto champion = open(model->current(kChampion));
  if (!champion) return std::unexpected(champion.error());
  auto release = std::make_shared<Release>(std::move(*champion), *settings);
  for (const std::string& alias : aliasesOf(*settings)) {
    const std::string_view sha256 = model->current(alias);
    if (sha256.empty() || sha256 == model->current(kChampion)) continue;
    auto deployment = open(sha256);
    if (!deployment) return std::unexpected(deployment.error());
    release->put(alias, std::move(*deployment));
  }
  shared.catalogue.put(release, state);
  return release;
}

Answer<std::shared_ptr<Release>> findRelease(Shared& shared, std::string_view name) {
  if (auto found = shared.catalogue.release(name)) return found;
  const std::string_view group = groupOf(name);
  if (shared.store == nullptr || group.empty()) return nullptr;
  std::string member(name);
  if (!shared.catalogue.isExpected(member)) {
    const auto settings = ReleaseSettings::read(settingsOf(*shared.store, std::string(group) + ":"));
    if (!settings || settings->fallback.empty()) return nullptr;
    member = std::string(group) + ":" + settings->fallback;
    if (!shared.catalogue.isExpected(member)) return nullptr;
    if (auto found = shared.catalogue.release(member)) return found;
  }
  auto loaded = followRelease(shared, member);
  if (!loaded) return fail(503, "Model \"" + member + "\" cannot be had: " + loaded.error().message);
  return loaded;
}

void stepBack(Shared& shared, const std::shared_ptr<Release>& release, const Arm& arm, const std::string& why) {
  const std::string name = release->champion()->name();
  const Guard guard(shared.changing);
  if (shared.store == nullptr || shared.catalogue.release(name) != release) return;  // it is another by now
  ReleaseSettings settings = release->settings();
  std::erase_if(settings.split, [&](const auto& one) { return one.alias == arm.alias(); });
  const std::string reason =
      "version " + std::string(arm.deployment()->version()) + " (" + arm.alias() + ") steps back: " + why;
  const auto ok = shared.store->configure(name, settings, {"scorelet", reason});
  const auto made = ok ? followRelease(shared, name) : std::unexpected(ok.error());
  JsonWriter out;
  out.open('{').name("time").number(static_cast<double>(shared.host.now())).name("event").text("stepBack");
  out.name("model").text(name).name("why").text(reason).name("done").truth(made.has_value());
  shared.host.log(out.close('}').take());
}

Answer<Response> tellRelease(Call& call) {
  const auto found = findRelease(call.shared, call.captured[0]);
  if (!found) return std::unexpected(found.error());
  if (*found == nullptr) return fail(404, "There is no model \"" + std::string(call.captured[0]) + "\".", "id");
  return jsonResponse((*found)->json());
}

Answer<Response> setRelease(Call& call) {
  if (call.shared.store == nullptr) return fail(409, "Releases need a store of models (scorelet serve --store).");
  const auto settings = ReleaseSettings::read(call.request.body);
  if (!settings) return std::unexpected(settings.error());
  const std::string name(call.captured[0]);
  const Guard guard(call.shared.changing);
  const auto ok =
      call.shared.store->configure(name, *settings, {call.caller.name, std::string(call.target.parameter("why"))});
  if (!ok) return std::unexpected(ok.error());
  for (const auto& [known, model] : call.shared.store->models()) {
    if (known != name && groupOf(known) != name) continue;
    const auto done = followStored(call.shared, known);
    if (!done) return std::unexpected(done.error());
  }
  return jsonResponse(settings->json());
}

Answer<void> followStored(Shared& shared, const std::string& name) {
  const std::string state = releaseState(*shared.store, name);
  if (state.empty()) return shared.catalogue.remove(name), Answer<void>();
  if (!groupOf(name).empty()) return shared.catalogue.expect(name, state), Answer<void>();
  if (shared.catalogue.isAt(name, state)) return {};
  const auto made = followRelease(shared, name);
  if (!made) return std::unexpected(made.error());
  return {};
}

Answer<void> followAll(Shared& shared) {
  Answer<void> result;
  for (const auto& [name, stored] : shared.store->models())
    if (auto ok = followStored(shared, name); !ok && result)
      result = fail(ok.error().status, "Model \"" + name + "\": " + ok.error().message);
  return result;
}

Answer<Response> listGroup(Call& call) {
  const auto members = call.shared.catalogue.members(call.captured[0]);
  if (members.empty()) return fail(404, "There is no group \"" + std::string(call.captured[0]) + "\".", "group");
  JsonWriter out;
  out.open('{').name("group").text(call.captured[0]).name("models").open('[');
  for (const auto& member : members)
    out.open('{').name("id").text(member.name).name("loaded").truth(member.isLoaded).close('}');
  return jsonResponse(out.close(']').close('}').take());
}

}  // namespace scorelet::service
