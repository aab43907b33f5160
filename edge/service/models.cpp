// Models as resources under /model, in the shapes of Openscoring.
#include <algorithm>

#include "api/json_writer.hpp"
#include "service/protocols.hpp"
#include "service/releases.hpp"

namespace scorelet::service {
namespace {

std::string intervalText(const Interval& interval) {
  std::string out(1, interval.leftClosed ? '[' : '(');
  appendNumber(out, interval.left);
  out += ", ";
  appendNumber(out, interval.right);
  return out + (interval.rightClosed ? ']' : ')');
}

void describeField(JsonWriter& out, const std::string& name, const std::string& displayName, DataType type,
                   OpType opType) {
  out.open('{').name("id").text(name);
  if (!displayName.empty()) out.name("name").text(displayName);
  out.name("dataType").text(dataTypeName(type)).name("opType").text(opTypeName(opType));
}

void describeField(JsonWriter& out, const InputField& field) {
  describeField(out, field.name, field.displayName, field.dataType, field.opType);
  if (!field.values.empty() || !field.intervals.empty()) {
    out.name("values").open('[');
    for (const ListedValue& value : field.values)
      if (value.property == ListedValue::Property::valid) out.text(value.value);
    for (const Interval& interval : field.intervals) out.text(intervalText(interval));
    out.close(']');
  }
  out.close('}');
}

void describeDeployment(JsonWriter& out, const Deployment& deployment) {
  const Model& model = deployment.model();
  out.open('{').name("id").text(deployment.name()).name("miningFunction").text(model.info().functionName);
  out.name("summary").text(model.info().modelType);
  out.name("properties").open('{').name("created.timestamp").number(static_cast<double>(deployment.created()));
  out.name("file.size").number(static_cast<double>(deployment.content().size()));
  out.name("file.checksum").text(deployment.sha256()).name("version").text(deployment.version()).close('}');
  out.name("schema").open('{').name("inputFields").open('[');
  for (const InputField& field : model.inputs())
    if (field.usageType != UsageType::group) describeField(out, field);
  out.close(']');
  const bool hasGroup =
      std::ranges::any_of(model.inputs(), [](const InputField& f) { return f.usageType == UsageType::group; });
  if (hasGroup) {
    out.name("groupFields").open('[');
    for (const InputField& field : model.inputs())
      if (field.usageType == UsageType::group) describeField(out, field);
    out.close(']');
  }
  out.name("targetFields").open('[');
  for (const InputField& field : model.targets()) describeField(out, field);
  out.close(']').name("outputFields").open('[');
  for (const ResultField& field : model.results()) {
    if (field.kind != ResultField::Kind::output) continue;
    describeField(out, field.name, field.displayName, field.dataType, field.opType);
    out.close('}');
  }
  out.close(']').close('}').close('}');
}

/// What conditional requests compare: the digest of the document.
std::string entityTag(const Deployment& deployment) { return '"' + deployment.sha256() + '"'; }

bool names(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const std::string_view one = trimmed(nextPart(list, ','));
    if (one == "*" || one == tag) return true;
  }
  return false;
}

/// Whether the conditions of a request hold for what is there now, perhaps nothing.
Answer<void> checkConditions(const Request& request, const Deployment* now) {
  const std::string tag = now == nullptr ? "" : entityTag(*now);
  const std::string_view match = request.header("if-match"), none = request.header("if-none-match");
  if (!match.empty() && (now == nullptr || !names(match, tag)))
    return fail(412, "The model that is served is another than the request expects.", "if-match");
  if (!none.empty() && now != nullptr && names(none, tag))
    return fail(412, "There is such a model already.", "if-none-match");
  return {};
}

/// What a change would replace, null if nothing: not what stands in for it.
Answer<std::shared_ptr<Deployment>> championOf(Shared& shared, std::string_view name) {
  if (!shared.catalogue.isExpected(name)) return nullptr;
  const auto release = findRelease(shared, name);
  if (!release) return std::unexpected(release.error());
  return *release == nullptr ? nullptr : (*release)->champion();
}

}  // namespace

std::string modelJson(const Deployment& deployment) {
  JsonWriter out;
  describeDeployment(out, deployment);
  return out.take();
}

Answer<Response> listModels(Call& call) {
  JsonWriter out;
  out.open('{').name("responses").open('[');
  for (const auto& deployment : call.shared.catalogue.all()) describeDeployment(out, *deployment);
  return jsonResponse(out.close(']').close('}').take());
}

Answer<Response> describeModel(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  return jsonResponse(modelJson(**deployment));
}

Answer<Response> giveDocument(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  const bool isXml = (*deployment)->document().find('<') < 16;
  return Response{200,
                  isXml ? "application/xml" : "application/octet-stream",
                  std::string((*deployment)->document()),
                  {{"etag", entityTag(**deployment)}}};
}

Answer<Response> giveManifest(Call& call) {
  const auto deployment = call.deployment();
  if (!deployment) return std::unexpected(deployment.error());
  if ((*deployment)->manifest().empty())
    return fail(404, "Model \"" + (*deployment)->name() + "\" came without a manifest: it is no bundle.", "id");
  return jsonResponse(std::string((*deployment)->manifest()));
}

Answer<int> putDeployment(Shared& shared, const std::shared_ptr<Deployment>& deployment, const std::string& alias,
                          const Author& author) {
  const Guard guard(shared.changing);
  const std::size_t most = shared.settings.models;
  const std::string& name = deployment->name();
  const bool isNew = !shared.catalogue.isExpected(name);
  if (isNew && groupOf(name).empty() && shared.catalogue.size() >= most)
    return fail(507, "There are " + std::to_string(most) + " models already; undeploy one first.");
  if (shared.store != nullptr) {
    const auto kept = shared.store->add(name, deployment->content(), author);
    if (!kept) return std::unexpected(kept.error());
    const auto ok = shared.store->promote(name, *kept, alias, author);
    if (!ok) return std::unexpected(ok.error());
    const auto followed = followRelease(shared, name, deployment);
    if (!followed) return std::unexpected(followed.error());
  } else {
    shared.catalogue.put(std::make_shared<Release>(deployment, ReleaseSettings()));
  }
  return isNew ? 201 : 200;
}

Answer<Response> deploy(Call& call) {
  const auto found = championOf(call.shared, call.captured[0]);
  if (!found) return std::unexpected(found.error());
  const auto& now = *found;
  if (auto ok = checkConditions(call.request, now.get()); !ok) return std::unexpected(ok.error());
  std::string alias(call.target.parameter("alias"));
  if (alias.empty()) alias = kChampion;
  if (alias != kChampion && (call.shared.store == nullptr || now == nullptr))
    return fail(409,
                "An alias other than \"champion\" needs a store of models (scorelet serve --store), and a champion.",
                "alias");
  const auto made = Deployment::create(std::string(call.captured[0]), call.request.body, call.shared.settings,
                                       call.shared.host.now());
  if (!made) return std::unexpected(made.error());
  const auto status =
      putDeployment(call.shared, *made, alias, {call.caller.name, std::string(call.target.parameter("why"))});
  if (!status) return std::unexpected(status.error());
  call.use(**made);
  return Response{*status, "application/json", modelJson(**made), {{"etag", entityTag(**made)}}};
}

Answer<Response> undeploy(Call& call) {
  const std::string name(call.captured[0]);
  const auto now = championOf(call.shared, name);
  if (!now) return std::unexpected(now.error());
  if (*now == nullptr) return fail(404, "There is no model \"" + name + "\".", "id");
  call.use(**now);
  if (auto ok = checkConditions(call.request, now->get()); !ok) return std::unexpected(ok.error());
  const Guard guard(call.shared.changing);
  if (call.shared.store != nullptr) {
    const auto ok = call.shared.store->withdraw(name, std::string(kChampion), {call.caller.name, ""});
    if (!ok) return std::unexpected(ok.error());
  }
  call.shared.catalogue.remove(name);
  call.shared.metrics.forget(name);
  return jsonResponse("{}");
}

}  // namespace scorelet::service
