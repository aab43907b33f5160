// scorelet model: a store of models, its versions and their record.
#include "command.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include <algorithm>
#include <filesystem>
#include <map>

#include "files.hpp"
#include "model_diff.hpp"
#include "model_pack.hpp"
#include "native/directory.hpp"
#include "native/server.hpp"
#include "service/model_store.hpp"
#include "service_parts.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kModelHelp = R"(scorelet model - keep versions of models, and a record of every change

Usage:
  scorelet model ACTION [...] [--store=DIRECTORY]

  pack NAME FILE         make a bundle: a document with what belongs to it, and a manifest
  sign BUNDLE SIGNATURE  put a signature of minisign into a bundle
  add NAME FILE          keep a document or a bundle as a version of the model NAME; prints it
  add-all GROUP FOLDER   the same for every file there, as GROUP:FILE without extension
  list [NAME]            versions: when (milliseconds since 1970) and by whom added, [aliases]
  diff NAME FROM TO      what changed: fields, treatments, results; exit status 1 if anything did
  promote NAME VERSION   let the alias mean this version
  release NAME FILE      say how versions share requests (JSON, docs/service.md)
  rollback NAME          let the alias mean what it meant before; prints the version
  retire NAME VERSION    never use this version again
  log [NAME]             the record: JSON lines, each with the digest of the one before
  verify-log             whether record and documents are as they were written

  --store=DIRECTORY      the store (models)
  --alias=NAME           what promote and rollback are about (champion, which is served); with add,
                         the version is promoted at once
  --by=WHO               for the record (the user's name)
  --why=TEXT             for the record; retire needs it
  --sample=FILE          diff: rows that both versions score
  --keys=FILE            public keys of minisign: only what one of them signed is kept or promoted

Of pack:
  -o, --output=FILE      the bundle, a tar file
  --about=FILE           JSON for the manifest: owners, trainingWindow, thresholds and whatever else
  --background=FILE      records that explanations compare with, a JSON array
  --baseline=FILE        of drift, what scorelet baseline made
  --labelled=FILE        CSV of rows with what came true; the thresholds are held against it
  --key=FILE             secret key of minisign, one without a password, that signs the manifest

  -h, --help             this text

A VERSION is an alias, or the first digits (four or more) of the SHA-256 of what was added. A model
that cannot be scored, or fails its own ModelVerification or its thresholds, is neither packed, kept
nor promoted.

Example:
  scorelet model pack loan loan.pmml --about loan.json --key secret.key -o loan.bundle
  scorelet model add loan loan.bundle --keys trusted.pub --alias champion --why 'first version'
)";

/// What `scorelet model` is to do in a store.
struct ModelCommand {
  std::string action, store = "models", name;
  std::vector<std::string> arguments;  ///< behind the name
  std::string alias, by, why, sample, keys;
  std::string output, about, background, baseline, labelled, key;  ///< of pack
};

/// How many words follow an action of `scorelet model`, the model's name included.
std::optional<std::size_t> wordsOf(const std::string& action) {
  const std::pair<std::string_view, std::size_t> actions[] = {
      {"pack", 2}, {"sign", 2}, {"add", 2},     {"add-all", 2},  {"release", 2}, {"list", 0},
      {"diff", 3}, {"log", 0},  {"promote", 2}, {"rollback", 1}, {"retire", 2},  {"verify-log", 0}};
  for (const auto& [name, words] : actions)
    if (name == action) return words;
  return std::nullopt;
}

Parsed<ModelCommand> parseModel(const Arguments& arguments) {
  Parser p;
  args::PositionalList<std::string> words{p.parser, "ACTION", ""};
  Text store{p.parser, "", "", {"store"}}, alias{p.parser, "", "", {"alias"}}, by{p.parser, "", "", {"by"}};
  Text why{p.parser, "", "", {"why"}}, sample{p.parser, "", "", {"sample"}}, keys{p.parser, "", "", {"keys"}};
  Text output{p.parser, "", "", {'o', "output"}}, about{p.parser, "", "", {"about"}}, key{p.parser, "", "", {"key"}};
  Text background{p.parser, "", "", {"background"}}, baseline{p.parser, "", "", {"baseline"}};
  Text labelled{p.parser, "", "", {"labelled"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  const std::vector<std::string> given = args::get(words);
  if (given.empty()) return UsageError{"an action is needed"};
  ModelCommand o;
  o.action = given[0];
  const auto wanted = wordsOf(o.action);
  if (!wanted) return UsageError{"there is no action '" + o.action + "'"};
  const bool mayName = *wanted == 0 && o.action != "verify-log";  // one model instead of all
  if (given.size() - 1 != *wanted && !(mayName && given.size() == 2))
    return UsageError{"'" + o.action + "' takes " + std::to_string(*wanted) + " words"};
  if (given.size() > 1) o.name = given[1];
  if (given.size() > 2) o.arguments.assign(given.begin() + 2, given.end());
  if (store) o.store = args::get(store);
  const std::pair<Text*, std::string*> texts[] = {{&alias, &o.alias},
                                                  {&by, &o.by},
                                                  {&why, &o.why},
                                                  {&sample, &o.sample},
                                                  {&keys, &o.keys},
                                                  {&output, &o.output},
                                                  {&about, &o.about},
                                                  {&background, &o.background},
                                                  {&baseline, &o.baseline},
                                                  {&labelled, &o.labelled},
                                                  {&key, &o.key}};
  for (const auto& [flag, text] : texts) *text = args::get(*flag);
  if (o.action == "pack" && o.output.empty()) return UsageError{"pack says --output"};
  if (o.action == "retire" && o.why.empty()) return UsageError{"retire says --why"};
  return o;
}

#ifdef __wasi__

ExitCode model(const ModelCommand&) {
  complain("this build has no store of models; docs/service.md says more");
  return ExitCode::usage;
}

#else

using service::Answer;
using service::StoredModel;
using service::StoredVersion;

std::string shortly(std::string_view sha256) { return std::string(sha256.substr(0, 16)); }

/// One store and what is asked of it.
class Store {
 public:
  explicit Store(const ModelCommand& command)
      : command_(command), host_(true), directory_(command.store), store_(directory_, host_) {
    if (!command.alias.empty()) alias_ = command.alias;
    author_ = {command.by, command.why};
    if (author_.by.empty()) author_.by = systemUser();
  }

  ExitCode run() {
    if (command_.action == "pack") return pack();
    if (command_.action == "sign") return signBundle(command_.name, command_.arguments[0]);
    if (const ExitCode exit = readKeys(command_.keys, settings_.keys); exit != ExitCode::ok) return exit;
    if (const auto ok = store_.refresh(); !ok) return refuse(ok.error());
    if (command_.action == "add") return add();
    if (command_.action == "add-all") return addAll();
    if (command_.action == "release") return release();
    if (command_.action == "list") return list();
    if (command_.action == "diff") return diff();
    if (command_.action == "promote") return promote(command_.arguments[0]);
    if (command_.action == "rollback") return rollback();
    if (command_.action == "retire") return retire();
    return command_.action == "log" ? log() : verifyLog();
  }

 private:
  ExitCode pack() {
    const ModelCommand& c = command_;
    return packBundle({c.name, c.arguments[0], c.about, c.background, c.baseline, c.labelled, c.key, c.output,
                       author_.by, author_.why},
                      host_.now());
  }

  ExitCode add() {
    std::string content;
    if (const ExitCode exit = readFit(command_.name, command_.arguments[0], content); exit != ExitCode::ok) return exit;
    const auto sha256 = store_.add(command_.name, content, author_);
    if (!sha256) return refuse(sha256.error());
    if (!command_.alias.empty())
      if (const auto ok = store_.promote(command_.name, *sha256, alias_, author_); !ok) return refuse(ok.error());
    return print(shortly(*sha256) + "\n");
  }

  /// All of them or none.
  ExitCode addAll() {
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(command_.arguments[0], error)) paths.push_back(entry);
    if (error) return failFile("'" + command_.arguments[0] + "': " + error.message());
    std::ranges::sort(paths);
    std::vector<service::ModelStore::Kept> kept;
    std::string out, content;
    for (const auto& path : paths) {
      std::string name = command_.name + ":" + path.stem().string();
      if (const ExitCode exit = readFit(name, path.string(), content); exit != ExitCode::ok) return exit;
      auto sha256 = store_.keep(content);
      if (!sha256) return refuse(sha256.error());
      out += name + "  " + shortly(*sha256) + "\n";
      kept.push_back({std::move(name), std::move(*sha256)});
    }
    const auto ok = store_.addAll(kept, command_.alias, author_);
    return ok ? print(out) : refuse(ok.error());
  }

  ExitCode release() {
    std::string failure;
    const auto json = readAll(command_.arguments[0], failure);
    if (!json) return failFile(failure);
    const auto settings = service::ReleaseSettings::read(*json);
    if (!settings) return refuse(settings.error());
    const auto ok = store_.configure(command_.name, *settings, author_);
    return ok ? ExitCode::ok : refuse(ok.error());
  }

  /// What cannot be scored, or does not do what it says, is not even kept; nor need it be looked at again to be
  /// promoted.
  ExitCode readFit(const std::string& name, const std::string& path, std::string& content) {
    std::string failure;
    auto read = readAll(path, failure);
    if (!read) return failFile(failure);
    content = std::move(*read);
    if (const auto made = service::Deployment::create(name, content, settings_, host_.now()); !made)
      return complain("'" + path + "': " + made.error().message), ExitCode::model;
    return ExitCode::ok;
  }

  ExitCode promote(const std::string& version) {
    const auto sha256 = store_.find(command_.name, version);
    if (!sha256) return refuse(sha256.error());
    if (const auto fit = check(*sha256); !fit) return complain(fit.error().message), ExitCode::model;
    const auto ok = store_.promote(command_.name, *sha256, alias_, author_);
    return ok ? ExitCode::ok : refuse(ok.error());
  }

  /// A version is put to use only if it answers its own verification records as recorded, by this program.
  Answer<void> check(const std::string& sha256) {
    auto document = store_.document(sha256);
    if (!document) return std::unexpected(document.error());
    const auto made = service::Deployment::create(command_.name, std::move(*document), settings_, host_.now());
    if (!made) return std::unexpected(made.error());
    return {};
  }

  ExitCode rollback() {
    const auto sha256 = store_.rollback(command_.name, alias_, author_);
    return sha256 ? print(shortly(*sha256) + "\n") : refuse(sha256.error());
  }

  ExitCode retire() {
    const auto ok = store_.retire(command_.name, command_.arguments[0], author_);
    return ok ? ExitCode::ok : refuse(ok.error());
  }

  ExitCode list() {
    std::string out;
    for (const auto& [name, model] : store_.models()) {
      if (!command_.name.empty() && command_.name != name) continue;
      for (const StoredVersion& version : model.versions) out += name + "  " + lineOf(model, version) + "\n";
      if (!model.settings.empty()) out += name + "  release " + model.settings + "\n";
    }
    if (out.empty()) complain("there is no such model in '" + command_.store + "'");
    return print(out, out.empty() ? ExitCode::failed : ExitCode::ok);
  }

  static std::string lineOf(const StoredModel& model, const StoredVersion& version) {
    std::string out = shortly(version.sha256) + "  " + std::to_string(version.added) + "  " + version.author.by;
    for (const auto& [alias, meant] : model.aliases)
      if (model.current(alias) == version.sha256) out += "  [" + alias + "]";
    if (version.isRetired) out += "  retired: " + version.retired;
    return out;
  }

  ExitCode diff() {
    std::string documents[2];
    for (std::size_t i = 0; i < 2; ++i) {
      const auto sha256 = store_.find(command_.name, command_.arguments[i]);
      if (!sha256) return refuse(sha256.error());
      auto document = store_.document(*sha256);
      if (!document) return refuse(document.error());
      documents[i] = std::move(*document);
    }
    return diffModels(documents[0], documents[1], command_.sample);
  }

  ExitCode log() {
    std::string out;
    for (const std::string& line : store_.log())
      if (command_.name.empty() || line.find("\"model\":\"" + command_.name + "\"") != std::string::npos)
        out += line + "\n";
    return print(out);
  }

  /// The record has been read, so its lines follow each other; here the documents, too.
  ExitCode verifyLog() {
    std::size_t documents = 0;
    for (const auto& [name, model] : store_.models()) {
      for (const StoredVersion& version : model.versions) {
        if (const auto ok = store_.document(version.sha256); !ok) return refuse(ok.error());
        ++documents;
      }
    }
    return print(std::to_string(store_.log().size()) + " changes, " + std::to_string(documents) +
                 " documents: all as they were written (unsigned)\n");
  }

  const ModelCommand& command_;
  service::Settings settings_;
  native::NativeHost host_;
  native::Directory directory_;
  service::ModelStore store_;
  std::string alias_{service::kChampion};
  service::Author author_;
};

ExitCode model(const ModelCommand& options) { return Store(options).run(); }

#endif

}  // namespace

extern const Command kModel{"model", kModelHelp, runCommand<parseModel, model>};

}  // namespace scorelet::cli
