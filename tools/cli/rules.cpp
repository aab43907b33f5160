// scorelet rules: the rules of scorelet monitor, as other engines want them.
#include "command.hpp"
#include "files.hpp"
#include "parsing.hpp"

#ifndef __wasi__
#include "monitor/engines.hpp"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kRulesHelp = R"(scorelet rules - the rules of scorelet monitor for other engines

Usage:
  scorelet rules RULES --to=ENGINE [-o OUTPUT]

  RULES                  what scorelet monitor --rules takes (JSON, docs/monitoring.md)
  --to=ENGINE            prometheus: rules that record figures and raise alerts (YAML)
                         alertmanager: routes, webhook and mail (YAML)
                         grafana: a dashboard over what Prometheus records (JSON)
  -o, --output=OUTPUT    a file (standard output)
  -h, --help             this text

The same rules give the same bytes. docs/monitoring-at-scale.md says what is carried over.

Example:
  scorelet rules rules.json --to=prometheus -o scorelet-rules.yml
  promtool check rules scorelet-rules.yml
)";

struct RulesOptions {
  std::string rules, output = "-", engine;
};

Parsed<RulesOptions> parseRules(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> rules{p.parser, "RULES", ""};
  Text to{p.parser, "", "", {"to"}}, output{p.parser, "", "", {'o', "output"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!rules) return UsageError{"RULES are needed"};
  RulesOptions o;
  o.rules = args::get(rules);
  o.engine = args::get(to);
  if (output) o.output = args::get(output);
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

ExitCode rules(const RulesOptions& options) {
  std::string failure;
  const auto text = readAll(options.rules, failure);
  if (!text) return failFile(failure);
  const auto rules = monitor::Rules::parse(*text);
  if (!rules) {
    const auto& why = rules.error();
    return failFile("'" + options.rules + "': " + (why.field.empty() ? "" : why.field + ": ") + why.message);
  }
  const bool isAlertmanager = options.engine == "alertmanager";
  if (isAlertmanager && rules->webhook.empty() && !rules->mail)
    complain("the rules name neither a \"webhook\" nor a \"mail\": nobody will be told");
  Output output(options.output);
  output.write(isAlertmanager                ? monitor::alertmanagerConfig(*rules)
               : options.engine == "grafana" ? monitor::grafanaDashboard(*rules)
                                             : monitor::prometheusRules(*rules));
  if (!output.close()) return failFile(output.failure());
  return ExitCode::ok;
}

#endif

}  // namespace

extern const Command kRules{"rules", kRulesHelp, runCommand<parseRules, rules>};

}  // namespace scorelet::cli
