// scorelet replay: recorded predictions, made once more.
#include "command.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include <map>

#include "digest.hpp"
#include "files.hpp"
#include "native/audit_folder.hpp"
#include "native/directory.hpp"
#include "native/server.hpp"
#include "service/audit_replay.hpp"
#include "service_parts.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kReplayHelp = R"(scorelet replay - make recorded predictions once more

Usage:
  scorelet replay FOLDER [MODEL...] [options]

  FOLDER                 where scorelet serve --audit keeps the record
  MODEL                  documents or bundles that were served

  --store=DIRECTORY      where others are looked up (scorelet help model)
  -q, --quiet            differences only, without predictions that cannot be made again
  -h, --help             this text

Scores the recorded inputs with the recorded version and compares outputs and treatments to the bit.
Exit status 1 if anything is another.

Example:
  scorelet replay predictions --store models
)";

struct ReplayCommand {
  std::string folder, store;
  std::vector<std::string> models;
  bool quiet = false;
};

Parsed<ReplayCommand> parseReplay(const Arguments& arguments) {
  Parser p;
  args::PositionalList<std::string> words{p.parser, "FOLDER", ""};
  Text store{p.parser, "", "", {"store"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  ReplayCommand o;
  o.models = args::get(words);
  if (o.models.empty()) return UsageError{"a FOLDER is needed"};
  o.folder = o.models.front();
  o.models.erase(o.models.begin());
  o.store = args::get(store);
  o.quiet = quiet;
  if (o.models.empty() && o.store.empty()) return UsageError{"a MODEL or --store is needed"};
  return o;
}

#ifdef __wasi__

ExitCode replay(const ReplayCommand&) {
  complain("this build keeps no record of predictions; docs/service.md says more");
  return ExitCode::usage;
}

#else

ExitCode replay(const ReplayCommand& command) {
  native::NativeHost host(true);
  native::AuditFolder folder(command.folder);
  native::Directory directory(command.store);
  service::ModelStore store(directory, host);
  std::map<std::string, std::string, std::less<>> files;
  for (const std::string& path : command.models) {
    std::string failure;
    auto content = readAll(path, failure);
    if (!content) return failFile(failure);
    std::string sha256 = hexadecimal(digestOf(*content));
    files.emplace(std::move(sha256), std::move(*content));
  }
  const auto find = [&](const std::string& sha256) -> service::Answer<std::string> {
    if (const auto known = files.find(sha256); known != files.end()) return known->second;
    if (command.store.empty()) return service::fail(404, "the model is not at hand");
    return store.document(sha256);
  };
  std::string told;
  service::Replay once(find, [&](std::string_view id, const std::string& what) {
    if (!command.quiet || !what.starts_with("cannot")) told.append(id).append(" ").append(what).append("\n");
  });
  service::AuditLog log(folder, host, {});
  const auto ok = log.forEach([&](std::string_view line) { return once.take(line), true; });
  if (!ok) return refuse(ok.error());
  once.finish();
  const auto& counts = once.counts();
  told += std::to_string(counts.reproduced) + " predictions made again to the bit, " +
          std::to_string(counts.different) + " are others, " + std::to_string(counts.incomplete) +
          " cannot be made again\n";
  return print(told, counts.different > 0 ? ExitCode::failed : ExitCode::ok);
}

#endif

}  // namespace

extern const Command kReplay{"replay", kReplayHelp, runCommand<parseReplay, replay>};

}  // namespace scorelet::cli
