// scorelet audit: the record of predictions that scorelet serve keeps.
#include "command.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include "native/audit_folder.hpp"
#include "native/server.hpp"
#include "service/audit_log.hpp"
#include "service_parts.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kAuditHelp = R"(scorelet audit - look after the record of predictions

Usage:
  scorelet audit ACTION FOLDER [...]

  FOLDER                 where scorelet serve --audit keeps it

  verify                 whether every line is as it was written; prints the digest of the last
  show [ID]              the lines, or those of one prediction or request
  forget --key=KEY       delete inputs and outputs of all predictions of this key
  expire --days=N        delete files of which every prediction is older

  --key=KEY              a value of the input that the policy names as "key"
  --days=N               whole days
  --by=WHO               for the record (the user's name)
  --why=TEXT             for the record
  -h, --help             this text

forget and expire are refused while a server writes; ask it: POST /audit/forget, /audit/expire.
What was deleted can be seen to be gone, and by whom; the rest can still be verified.

Example:
  scorelet audit verify predictions
)";

struct AuditCommand {
  std::string action, folder, id, key, by, why;
  std::uint32_t days = 0;
};

Parsed<AuditCommand> parseAudit(const Arguments& arguments) {
  Parser p;
  args::PositionalList<std::string> words{p.parser, "ACTION", ""};
  Text key{p.parser, "", "", {"key"}}, days{p.parser, "", "", {"days"}}, by{p.parser, "", "", {"by"}};
  Text why{p.parser, "", "", {"why"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  const std::vector<std::string> given = args::get(words);
  AuditCommand o;
  if (given.empty()) return UsageError{"an action is needed"};
  o.action = given[0];
  if (o.action != "verify" && o.action != "show" && o.action != "forget" && o.action != "expire")
    return UsageError{"there is no action '" + o.action + "'"};
  if (given.size() < 2 || given.size() > (o.action == "show" ? 3U : 2U)) return UsageError{"a FOLDER is needed"};
  o.folder = given[1];
  if (given.size() > 2) o.id = given[2];
  o.key = args::get(key);
  o.by = args::get(by);
  o.why = args::get(why);
  if (o.action == "forget" && o.key.empty()) return UsageError{"forget says --key"};
  const auto count = readCount(args::get(days));
  if (o.action == "expire" && !count) return UsageError{"expire says --days, a whole number, 1 or more"};
  o.days = count.value_or(0);
  return o;
}

#ifdef __wasi__

ExitCode audit(const AuditCommand&) {
  complain("this build keeps no record of predictions; docs/service.md says more");
  return ExitCode::usage;
}

#else

ExitCode verifyRecord(service::AuditLog& log) {
  const auto report = log.verify();
  if (!report) return refuse(report.error());
  return print(std::to_string(report->predictions) + " predictions, of " + std::to_string(report->deleted) +
               " the content deleted: all as they were written\n" + report->last + "\n");
}

ExitCode show(service::AuditLog& log, const std::string& id) {
  std::string out;
  const auto ok = log.forEach([&](std::string_view line) {
    const std::string member = ",\"id\":\"" + id;
    const std::size_t at = line.find(member);
    const char behind = at == std::string_view::npos ? 'x' : line[at + member.size()];
    if (id.empty() || behind == '"' || behind == '/') out.append(line).append("\n");
    return true;
  });
  if (!ok) return refuse(ok.error());
  return print(out, out.empty() ? ExitCode::failed : ExitCode::ok);
}

ExitCode audit(const AuditCommand& command) {
  native::NativeHost host(true);
  native::AuditFolder folder(command.folder);
  service::AuditLog log(folder, host, {});
  if (command.action == "verify") return verifyRecord(log);
  if (command.action == "show") return show(log, command.id);
  if (const auto ok = folder.lock(); !ok) return refuse(ok.error());
  if (const auto ok = log.open(); !ok) return refuse(ok.error());
  const service::Author author{command.by.empty() ? systemUser() : command.by, command.why};
  constexpr std::uint64_t kDay = 86'400'000;
  const auto count = command.action == "forget" ? log.forget(command.key, author)
                                                : log.expire(host.now() - command.days * kDay, author);
  return count ? print(std::to_string(*count) + "\n") : refuse(count.error());
}

#endif

}  // namespace

extern const Command kAudit{"audit", kAuditHelp, runCommand<parseAudit, audit>};

}  // namespace scorelet::cli
