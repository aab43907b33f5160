#include "service/model_store.hpp"

#include <algorithm>
#include <utility>

#include "api/json_writer.hpp"
#include "cli/digest.hpp"
#include "service/deployment.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {
namespace {

constexpr int kTries = 8;  // of a change, where others change something at the same time

StoredVersion* versionOf(StoredModel& model, std::string_view sha256) {
  const auto found = std::ranges::find_if(model.versions, [&](const StoredVersion& v) { return v.sha256 == sha256; });
  return found == model.versions.end() ? nullptr : &*found;
}

std::unexpected<Failure> tampered(std::size_t line, const std::string& how) {
  return fail(500, "Line " + std::to_string(line) + " of the record is not as it was written: " + how);
}

std::string digest(std::string_view bytes) { return cli::hexadecimal(cli::digestOf(bytes)); }

}  // namespace

std::string_view StoredModel::current(std::string_view alias) const {
  const auto found = aliases.find(alias);
  return found == aliases.end() || found->second.empty() ? std::string_view() : found->second.back();
}

std::string ModelStore::lineOf(const Change& change, std::string_view previous) {
  JsonWriter out;
  out.open('{').name("previous").text(previous).name("time").number(static_cast<double>(change.time));
  out.name("event").text(change.event).name("model").text(change.model);
  if (!change.sha256.empty()) out.name("sha256").text(change.sha256);
  if (!change.alias.empty()) out.name("alias").text(change.alias);
  if (!change.settings.empty()) out.name("settings").text(change.settings);
  out.name("by").text(change.author.by).name("why").text(change.author.why);
  return out.close('}').take();
}

Answer<void> ModelStore::refresh() {
  const Guard guard(mutex_);
  return refreshLocked();
}

Answer<void> ModelStore::refreshLocked() {
  const auto text = storage_.readLog();
  if (!text) return std::unexpected(text.error());
  if (text->size() < size_) return fail(500, "The record of changes is shorter than it was.");
  std::string_view rest = std::string_view(*text).substr(size_);
  for (std::size_t end; (end = rest.find('\n')) != std::string_view::npos; rest.remove_prefix(end + 1))
    if (auto ok = read(rest.substr(0, end)); !ok) return ok;
  return {};
}

/// The next line. The digest in it vouches for the one before.
Answer<void> ModelStore::read(std::string_view line) {
  const std::size_t number = lines_.size() + 1;
  const auto tree = JsonTree::read(line, 1'000);
  if (!tree) return tampered(number, "it is not JSON.");
  const JsonValue root = tree->root();
  const auto text = [&](std::string_view name) { return std::string(root.member(name).text()); };
  if (text("previous") != chain_.last()) return tampered(number, "it does not follow the line before.");
  const Change change{text("event"),
                      text("model"),
                      text("sha256"),
                      text("alias"),
                      {text("by"), text("why")},
                      static_cast<std::uint64_t>(root.member("time").node().number),
                      text("settings")};
  if (lineOf(change, chain_.last()) != line) return tampered(number, "it has what no change writes.");
  if (auto ok = apply(change); !ok) return tampered(number, ok.error().message);
  lines_.emplace_back(line);
  size_ += line.size() + 1;
  chain_.add(line);
  return {};
}

/// What a change does; refused where it makes no sense.
Answer<void> ModelStore::apply(const Change& change) {
  StoredModel& model = models_[change.model];
  StoredVersion* const version = versionOf(model, change.sha256);
  if (change.event == "add") {
    if (version != nullptr) return fail(409, "The version is there already.");
    model.versions.push_back({change.sha256, change.time, change.author, false, {}});
    return {};
  }
  if (change.event == "release") return model.settings = change.settings, Answer<void>();
  if (change.event == "withdraw") return model.aliases[change.alias].clear(), Answer<void>();
  if (version == nullptr) return fail(404, "There is no such version.", "version");
  if (change.event == "retire") {
    version->isRetired = true;
    version->retired = change.author.why;
    return {};
  }
  if (version->isRetired) return fail(409, "The version is retired.", "version");
  std::vector<std::string>& meant = model.aliases[change.alias];
  if (change.event == "promote") return meant.push_back(change.sha256), Answer<void>();
  if (change.event == "rollback") {
    while (!meant.empty() && meant.back() != change.sha256) meant.pop_back();
    return {};
  }
  return fail(400, "there is no change \"" + change.event + "\".");
}

/// Makes changes of what is there now, and writes them as one; once more if something else came between.
template <class Make>
Answer<void> ModelStore::changeAll(const Make& make) {
  const Guard guard(mutex_);
  for (int i = 0; i < kTries; ++i) {
    if (auto ok = refreshLocked(); !ok) return ok;
    Answer<std::vector<Change>> changes = make();
    if (!changes) return std::unexpected(changes.error());
    if (changes->empty()) return {};
    HashChain chain = chain_;
    std::string text;
    for (Change& change : *changes) {
      change.time = host_.now();
      const std::string line = lineOf(change, chain.last());
      chain.add(line);
      text.append(line).append("\n");
    }
    if (auto ok = storage_.appendLog(text, size_); !ok) {
      if (ok.error().status == 409) continue;
      return ok;
    }
    for (std::string_view rest = text; !rest.empty();)
      if (auto ok = read(nextPart(rest, '\n')); !ok) return ok;
    return {};
  }
  return fail(503, "The store is being changed by others all the time; try again.");
}

/// One change, or none if its event is empty; returns its version.
template <class Make>
Answer<std::string> ModelStore::change(const Make& make) {
  std::string sha256;
  const auto done = changeAll([&]() -> Answer<std::vector<Change>> {
    Answer<Change> change = make();
    if (!change) return std::unexpected(change.error());
    sha256 = change->sha256;
    return change->event.empty() ? std::vector<Change>() : std::vector<Change>{std::move(*change)};
  });
  if (!done) return std::unexpected(done.error());
  return sha256;
}

std::map<std::string, StoredModel, std::less<>> ModelStore::models() const {
  const Guard guard(mutex_);
  return models_;
}

std::optional<StoredModel> ModelStore::model(std::string_view name) const {
  const Guard guard(mutex_);
  const auto found = models_.find(name);
  return found == models_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> ModelStore::log() const {
  const Guard guard(mutex_);
  return lines_;
}

Answer<std::string> ModelStore::find(const std::string& model, std::string_view version) const {
  const Guard guard(mutex_);
  return findLocked(model, version);
}

Answer<std::string> ModelStore::findLocked(const std::string& model, std::string_view version) const {
  const auto found = models_.find(model);
  if (found == models_.end()) return fail(404, "There is no model \"" + model + "\".", "model");
  if (const std::string_view sha256 = found->second.current(version); !sha256.empty()) return std::string(sha256);
  std::string match;
  for (const StoredVersion& v : found->second.versions) {
    if (version.size() < 4 || !v.sha256.starts_with(version)) continue;
    if (!match.empty())
      return fail(400, "There are several versions that begin with " + std::string(version) + ".", "version");
    match = v.sha256;
  }
  if (match.empty())
    return fail(404, "Model \"" + model + "\" has no version or alias \"" + std::string(version) + "\".", "version");
  return match;
}

Answer<std::string> ModelStore::document(const std::string& sha256) {
  auto bytes = storage_.readObject(sha256);
  if (bytes && digest(*bytes) != sha256)
    return fail(500, "The document of version " + sha256.substr(0, 16) + " is not as it was added.");
  return bytes;
}

Answer<std::string> ModelStore::add(const std::string& model, std::string_view document, const Author& author) {
  if (auto ok = checkModelName(model); !ok) return std::unexpected(ok.error());
  const auto sha256 = keep(document);
  if (!sha256) return sha256;
  return change([&]() -> Answer<Change> {
    const auto known = models_.find(model);
    const bool isKnown = known != models_.end() && versionOf(known->second, *sha256) != nullptr;
    return Change{isKnown ? "" : "add", model, *sha256, "", author};
  });
}

Answer<std::string> ModelStore::keep(std::string_view content) {
  const std::string sha256 = digest(content);
  if (auto ok = storage_.writeObject(sha256, content); !ok) return std::unexpected(ok.error());
  return sha256;
}

Answer<void> ModelStore::addAll(const std::vector<Kept>& kept, const std::string& alias, const Author& author) {
  for (const Kept& one : kept)
    if (auto ok = checkModelName(one.model); !ok) return ok;
  return changeAll([&]() -> Answer<std::vector<Change>> {
    std::vector<Change> out;
    for (const Kept& one : kept) {
      const auto known = models_.find(one.model);
      StoredModel* const stored = known == models_.end() ? nullptr : &known->second;
      const StoredVersion* const version = stored == nullptr ? nullptr : versionOf(*stored, one.sha256);
      if (version != nullptr && version->isRetired && !alias.empty())
        return fail(409, "The version of \"" + one.model + "\" is retired: " + version->retired, "version");
      if (version == nullptr) out.push_back({"add", one.model, one.sha256, "", author});
      const bool isMeant = stored != nullptr && stored->current(alias) == one.sha256;
      if (!alias.empty() && !isMeant) out.push_back({"promote", one.model, one.sha256, alias, author});
    }
    return out;
  });
}

Answer<void> ModelStore::promote(const std::string& model, std::string_view version, const std::string& alias,
                                 const Author& author) {
  if (auto ok = checkModelName(alias); !ok) return fail(400, "An alias is named as a model is.", "alias");
  const auto done = change([&]() -> Answer<Change> {
    auto sha256 = findLocked(model, version);
    if (!sha256) return std::unexpected(sha256.error());
    StoredModel& stored = models_.find(model)->second;
    const StoredVersion* const meant = versionOf(stored, *sha256);
    if (meant->isRetired) return fail(409, "The version is retired: " + meant->retired, "version");
    return Change{stored.current(alias) == *sha256 ? "" : "promote", model, *sha256, alias, author};
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

Answer<std::string> ModelStore::rollback(const std::string& model, const std::string& alias, const Author& author) {
  return change([&]() -> Answer<Change> {
    const auto found = models_.find(model);
    if (found == models_.end()) return fail(404, "There is no model \"" + model + "\".", "model");
    const auto history = found->second.aliases.find(alias);
    if (history != found->second.aliases.end() && !history->second.empty()) {
      const std::vector<std::string>& meant = history->second;
      for (auto one = meant.rbegin() + 1; one != meant.rend(); ++one)
        if (*one != meant.back() && !versionOf(found->second, *one)->isRetired)
          return Change{"rollback", model, *one, alias, author};
    }
    return fail(409, "Alias \"" + alias + "\" of model \"" + model + "\" meant nothing before that is still to be had.",
                "alias");
  });
}

Answer<void> ModelStore::withdraw(const std::string& model, const std::string& alias, const Author& author) {
  const auto done = change([&]() -> Answer<Change> {
    const auto found = models_.find(model);
    const bool means = found != models_.end() && !found->second.current(alias).empty();
    return Change{means ? "withdraw" : "", model, "", alias, author};
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

Answer<void> ModelStore::configure(const std::string& model, const ReleaseSettings& settings, const Author& author) {
  if (auto ok = checkModelName(model); !ok) return ok;
  const auto done = change([&]() -> Answer<Change> {
    const auto known = models_.find(model);
    const bool isSame = known != models_.end() && known->second.settings == settings.json();
    return Change{isSame ? "" : "release", model, "", "", author, 0, settings.json()};
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

/// What is used, or may be, and was not.
std::set<ModelStore::Kept> ModelStore::changedSince(const ModelStore& before) const {
  std::set<Kept> out;
  for (const auto& [name, model] : models_) {
    const auto known = before.models_.find(name);
    const bool isKnown = known != before.models_.end();
    for (std::size_t i = isKnown ? known->second.versions.size() : 0; i < model.versions.size(); ++i)
      out.insert({name, model.versions[i].sha256});
    for (const auto& [alias, meant] : model.aliases)
      if (!meant.empty() && (!isKnown || known->second.current(alias) != meant.back()))
        out.insert({name, meant.back()});
  }
  return out;
}

Answer<void> ModelStore::extend(std::string_view record, const Check& check) {
  const Guard guard(mutex_);
  if (auto ok = refreshLocked(); !ok) return ok;
  if (!record.ends_with('\n')) return fail(400, "A record of changes ends with a whole line.");
  const auto isOther = [] {
    return fail(409, "The record does not go on from the one that is here; take that first.");
  };
  for (const std::string& line : lines_)
    if (nextPart(record, '\n') != line) return isOther();
  if (record.empty()) return {};
  ModelStore trial(storage_, host_);
  trial.models_ = models_;
  trial.lines_ = lines_;
  trial.chain_ = chain_;
  for (std::string_view rest = record; !rest.empty();)
    if (auto ok = trial.read(nextPart(rest, '\n')); !ok) return fail(400, ok.error().message);
  for (const auto& [name, model] : trial.models_) {
    if (auto ok = checkModelName(name); !ok) return ok;
    if (model.settings.empty()) continue;
    if (const auto settings = ReleaseSettings::read(model.settings); !settings)
      return std::unexpected(settings.error());
  }
  const std::set<Kept> changed = trial.changedSince(*this);
  Answer<void> missing;  // all are asked for before one is opened: where storage takes its time, this may come again
  for (const auto& [model, sha256] : changed)
    if (!trial.document(sha256)) missing = fail(409, "The document of version " + sha256 + " is to be here first.");
  if (!missing) return missing;
  for (const auto& [model, sha256] : changed) {
    auto document = trial.document(sha256);
    if (!document) return std::unexpected(document.error());
    if (auto ok = check(model, std::move(*document)); !ok)
      return fail(400, "Model \"" + model + "\", version " + sha256.substr(0, 16) + ": " + ok.error().message);
  }
  if (auto ok = storage_.appendLog(record, size_); !ok) return ok.error().status == 409 ? isOther() : ok;
  for (std::string_view rest = record; !rest.empty();)
    if (auto ok = read(nextPart(rest, '\n')); !ok) return ok;
  return {};
}

Answer<void> ModelStore::retire(const std::string& model, std::string_view version, const Author& author) {
  const auto done = change([&]() -> Answer<Change> {
    auto sha256 = findLocked(model, version);
    if (!sha256) return std::unexpected(sha256.error());
    StoredModel& stored = models_.find(model)->second;
    for (const auto& [alias, meant] : stored.aliases)
      if (stored.current(alias) == *sha256)
        return fail(409, "The version is in use as \"" + alias + "\"; promote another or roll back first.", "version");
    return Change{versionOf(stored, *sha256)->isRetired ? "" : "retire", model, *sha256, "", author};
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

}  // namespace scorelet::service
