// scorelet rules: the rules of scorelet monitor, as other engines want them.
#include "command.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include "files.hpp"
#include "monitor/agreement.hpp"
#include "monitor/engines.hpp"
#include "monitor/in_force.hpp"
#include "native/server.hpp"
#include "rules_file.hpp"
#include "service_parts.hpp"
#include "watched_bundles.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kRulesHelp = R"(scorelet rules - the rules of scorelet monitor for other engines

Usage:
  scorelet rules [RULES] --to=ENGINE [options]

  RULES                  what scorelet monitor --rules takes (JSON, docs/monitoring.md)
  --models=PLACE         bundles of models, as of scorelet monitor: thresholds and groups, below
                         RULES, and owners; a file, or a store, whose champions count
                         (repeatable)
  --keys=FILE            public keys of minisign: only bundles that one of them signed count
  --to=ENGINE            prometheus: rules that record figures and raise alerts (YAML)
                         alertmanager: routes, webhook and mail (YAML)
                         grafana: a dashboard over what Prometheus records (JSON)
  -o, --output=OUTPUT    a file (standard output)
  -h, --help             this text

A bundle that does not count ends it, and nothing is written. The same rules and bundles give the
same bytes. docs/monitoring-at-scale.md says what is carried over.

Example:
  scorelet rules rules.json --models models --keys trusted.pub --to=prometheus -o rules.yml
  promtool check rules rules.yml
)";

struct RulesOptions {
  std::string rules, keys, output = "-", engine;
  std::vector<std::string> models;
};

Parsed<RulesOptions> parseRules(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> rules{p.parser, "RULES", ""};
  Texts models{p.parser, "", "", {"models"}};
  Text keys{p.parser, "", "", {"keys"}}, to{p.parser, "", "", {"to"}}, output{p.parser, "", "", {'o', "output"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  RulesOptions o;
  o.rules = args::get(rules);
  o.models = args::get(models);
  o.keys = args::get(keys);
  o.engine = args::get(to);
  if (output) o.output = args::get(output);
  if (o.rules.empty() && o.models.empty()) return UsageError{"RULES or --models are needed"};
  if (o.engine != "prometheus" && o.engine != "alertmanager" && o.engine != "grafana")
    return UsageError{"--to is prometheus, alertmanager or grafana"};
  return o;
}

#ifdef __wasi__

ExitCode rules(const RulesOptions&) {
  complain("this build has no monitor");
  return ExitCode::usage;
}

#else

/// What the bundles say; complains of those that do not count.
ExitCode readBundles(const RulesOptions& options, monitor::InForce& inForce) {
  std::vector<service::PublicKey> keys;
  if (const ExitCode exit = readKeys(options.keys, keys); exit != ExitCode::ok) return exit;
  native::NativeHost host(true);
  WatchedBundles bundles(options.models, host);
  if (const auto missing = bundles.missing()) return failFile("'" + *missing + "' is not there");
  monitor::InForce::Bundles agreements;
  bundles.follow([&](std::string_view bytes, const std::string& name, const std::string&) -> service::Answer<void> {
    auto bundle = monitor::AgreedBundle::open(bytes, name, keys);
    if (!bundle) return std::unexpected(bundle.error());
    agreements.insert_or_assign(std::move(bundle->model), std::move(bundle->agreement));
    return {};
  });
  inForce.setBundles(std::move(agreements));
  return bundles.allTaken() ? ExitCode::ok : ExitCode::files;
}

ExitCode rules(const RulesOptions& options) {
  monitor::Rules file;
  if (const ExitCode exit = readRules(options.rules, file); exit != ExitCode::ok) return exit;
  monitor::InForce inForce(file);
  if (const ExitCode exit = readBundles(options, inForce); exit != ExitCode::ok) return exit;
  const bool isAlertmanager = options.engine == "alertmanager";
  if (isAlertmanager && file.webhook.empty() && !file.mail)
    complain("the rules name neither a \"webhook\" nor a \"mail\": nobody will be told");
  Output output(options.output);
  output.write(isAlertmanager                ? monitor::alertmanagerConfig(file)
               : options.engine == "grafana" ? monitor::grafanaDashboard(inForce)
                                             : monitor::prometheusRules(inForce));
  if (!output.close()) return failFile(output.failure());
  return ExitCode::ok;
}

#endif

}  // namespace

extern const Command kRules{"rules", kRulesHelp, runCommand<parseRules, rules>};

}  // namespace scorelet::cli
