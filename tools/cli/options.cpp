#include "options.hpp"

#include <args.hxx>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "csv.hpp"
#include "help.hpp"
#include "in_turns.hpp"

namespace scorelet::cli {
namespace {

using Text = args::ValueFlag<std::string>;
using Texts = args::ValueFlagList<std::string>;

/// The parser of one command; help texts are kept in help.cpp, not here.
struct Parser {
  explicit Parser(std::string name) : command(std::move(name)) { parser.LongSeparator("="); }

  /// Empty if all is well.
  std::string parse(const std::vector<std::string>& arguments) {
    parser.ParseArgs(arguments);
    return parser.GetError() == args::Error::None ? std::string() : parser.GetErrorMsg();
  }

  std::string command;
  args::ArgumentParser parser{""};
  args::Flag help{parser, "", "", {'h', "help"}};
};

UsageError usage(const Parser& parser, std::string message) { return {parser.command, std::move(message)}; }

/// Lists may be given in parts: `--id a --id b` and `--columns a,b` alike, names with commas quoted as in CSV.
std::vector<std::string> names(Texts& flag) {
  std::vector<std::string> out;
  for (const std::string& part : args::get(flag)) {
    for (std::string& name : splitCsv(part)) out.push_back(std::move(name));
  }
  return out;
}

bool readFormat(const std::string& word, std::optional<Format>& format) {
  if (word == "csv") format = Format::csv;
  if (word == "ndjson") format = Format::ndjson;
  return format.has_value();
}

/// A single byte, or the word for one that shells make hard to type.
std::optional<char> readSeparator(const std::string& word) {
  if (word == "tab" || word == "\\t") return '\t';
  if (word.size() == 1 && word != "\"" && word != "\n" && word != "\r") return word[0];
  return std::nullopt;
}

bool readNumber(const std::string& word, double& x) {
  char* rest = nullptr;
  x = std::strtod(word.c_str(), &rest);  // not from_chars, which not every standard library has for doubles
  return !word.empty() && *rest == '\0' && std::isfinite(x);
}

/// A whole number, 1 or more.
std::optional<std::uint32_t> readCount(const std::string& word) {
  std::uint32_t count = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, fault] = std::from_chars(word.data(), end, count);
  if (fault != std::errc() || rest != end || count == 0) return std::nullopt;
  return count;
}

Options parseScore(const std::vector<std::string>& arguments) {
  Parser p("score");
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text format{p.parser, "", "", {'f', "format"}}, outputFormat{p.parser, "", "", {"output-format"}};
  Text separator{p.parser, "", "", {"separator"}};
  Text horizon{p.parser, "", "", {"horizon"}}, threads{p.parser, "", "", {"threads"}};
  Texts columns{p.parser, "", "", {"columns"}}, ids{p.parser, "", "", {"id"}};
  Text group{p.parser, "", "", {"group"}};
  args::Flag noGroup{p.parser, "", "", {"no-group"}};
  Texts missing{p.parser, "", "", {"missing"}}, header{p.parser, "", "", {"header"}};
  args::Flag strict{p.parser, "", "", {"strict"}}, allOutputs{p.parser, "", "", {"all-outputs"}};
  args::Flag details{p.parser, "", "", {"details"}}, noDiagnostics{p.parser, "", "", {"no-diagnostics"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  Text events{p.parser, "", "", {"events"}}, baseline{p.parser, "", "", {"baseline"}},
      share{p.parser, "", "", {"share"}};
  Texts full{p.parser, "", "", {"full"}}, binned{p.parser, "", "", {"binned"}};

  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("score")};
  if (!model || !input) return usage(p, "MODEL and INPUT are needed");

  ScoreOptions o;
  o.model = args::get(model);
  o.input = args::get(input);
  if (output) o.output = args::get(output);
  o.modelName = args::get(modelName);
  if (format && !readFormat(args::get(format), o.format)) return usage(p, "--format is csv or ndjson");
  if (outputFormat && !readFormat(args::get(outputFormat), o.outputFormat)) {
    return usage(p, "--output-format is csv or ndjson");
  }
  if (separator && !(o.separator = readSeparator(args::get(separator)))) {
    return usage(p, "--separator is one character other than a quote or a line end, or the word 'tab'");
  }
  if (horizon) {
    const auto steps = readCount(args::get(horizon));  // the library knows the largest
    if (!steps) return usage(p, "--horizon is a number of steps, 1 or more");
    o.horizon = *steps;
  }
  o.threads = defaultThreads();
  if (threads) {
    const auto count = readCount(args::get(threads));
    if (!count || *count > kMaxThreads) {
      return usage(p, kMaxThreads == 1 ? "this build has no threads; --threads can only be 1"
                                       : "--threads is a number from 1 to " + std::to_string(kMaxThreads));
    }
    o.threads = *count;
  }
  o.columns = names(columns);
  o.ids = names(ids);
  o.missing = names(missing);
  o.header = names(header);
  o.group = args::get(group);
  o.noGroup = noGroup;
  if (group && o.group.empty()) return usage(p, "--group names a column");
  if (group && noGroup) return usage(p, "--group and --no-group contradict each other");
  o.strict = strict;
  o.allOutputs = allOutputs;
  o.details = details;
  o.noDiagnostics = noDiagnostics;
  o.quiet = quiet;
  if (!events && (baseline || share || full || binned))
    return usage(p, "--baseline, --share, --full and --binned are about --events");
  if (events && args::get(events).empty()) return usage(p, "--events names a folder");
  o.events = {args::get(events), args::get(baseline), names(full), names(binned), o.model};
  if (share && !(readNumber(args::get(share), o.events.share) && o.events.share > 0 && o.events.share <= 1))
    return usage(p, "--share is a number above 0, at most 1");
  if (o.model == "-" && o.input == "-") return usage(p, "only one of MODEL and INPUT can be standard input");
  return o;
}

/// "http://host:4318/path" in its parts.
bool readUrl(std::string_view url, SendOptions& o) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return false;
  url.remove_prefix(kScheme.size());
  const std::size_t slash = url.find('/');
  std::string_view place = url.substr(0, slash);
  if (slash != std::string_view::npos) o.path = url.substr(slash);
  while (o.path.ends_with('/')) o.path.pop_back();
  if (const std::size_t colon = place.rfind(':'); colon != std::string_view::npos) {
    const auto port = readCount(std::string(place.substr(colon + 1)));
    if (!port || *port > 65535) return false;
    o.port = static_cast<int>(*port);
    place = place.substr(0, colon);
  }
  o.host = place;
  return !place.empty();
}

Options parseSend(const std::vector<std::string>& arguments) {
  Parser p("send");
  args::Positional<std::string> folder{p.parser, "FOLDER", ""}, url{p.parser, "URL", ""};
  Text token{p.parser, "", "", {"token-file"}}, timeout{p.parser, "", "", {"timeout"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("send")};
  if (!folder || !url) return usage(p, "FOLDER and URL are needed");
  SendOptions o;
  o.folder = args::get(folder);
  o.tokenFile = args::get(token);
  o.version = versionText();
  if (o.version.ends_with('\n')) o.version.pop_back();
  o.quiet = quiet;
  if (!readUrl(args::get(url), o))
    return usage(p, "URL is that of a collector: http://HOST[:PORT], without encryption");
  if (timeout && !(readNumber(args::get(timeout), o.timeout) && o.timeout >= 0))
    return usage(p, "--timeout is a number of seconds");
  return o;
}

Options parseInspect(const std::vector<std::string>& arguments) {
  Parser p("inspect");
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text modelName{p.parser, "", "", {"model"}};
  args::Flag json{p.parser, "", "", {"json"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("inspect")};
  if (!model) return usage(p, "MODEL is needed");
  return InspectOptions{args::get(model), args::get(modelName), json};
}

Options parseVerify(const std::vector<std::string>& arguments) {
  Parser p("verify");
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text modelName{p.parser, "", "", {"model"}};
  args::Flag json{p.parser, "", "", {"json"}}, quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("verify")};
  if (!model) return usage(p, "MODEL is needed");
  return VerifyOptions{args::get(model), args::get(modelName), json, quiet};
}

Options parseCompile(const std::vector<std::string>& arguments) {
  Parser p("compile");
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("compile")};
  if (!model || !output) return usage(p, "MODEL and -o OUTPUT are needed");
  return CompileOptions{args::get(model), args::get(output), args::get(modelName), quiet};
}

Options parseExport(const std::vector<std::string>& arguments) {
  Parser p("export");
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text to{p.parser, "", "", {"to"}}, style{p.parser, "", "", {"style"}};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  args::Flag quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("export")};
  if (!model) return usage(p, "MODEL is needed");
  if (!to || args::get(to) != "excel") return usage(p, "--to=excel is needed: the one thing to export to");
  ExportOptions o;
  o.model = args::get(model);
  if (output) o.output = args::get(output);
  o.modelName = args::get(modelName);
  o.quiet = quiet;
  for (const FormulaStyle known : {FormulaStyle::let, FormulaStyle::columns, FormulaStyle::table})
    if (style && args::get(style) == formulaStyleName(known)) o.style = known;
  if (style && o.style == FormulaStyle::automatic) return usage(p, "--style is let, columns or table");
  return o;
}

Options parseExplain(const std::vector<std::string>& arguments) {
  Parser p("explain");
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text background{p.parser, "", "", {'b', "background"}};
  Text quantity{p.parser, "", "", {"quantity"}}, of{p.parser, "", "", {"of"}};
  Texts ids{p.parser, "", "", {"id"}};
  args::Flag pathDependent{p.parser, "", "", {"path-dependent"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("explain")};
  if (!model || !input) return usage(p, "MODEL and INPUT are needed");
  if (!background && !pathDependent)
    return usage(p, "contributions compare with other records: --background is needed (or --path-dependent)");
  ExplainCommand o{args::get(model),     args::get(input), "-", args::get(background),
                   args::get(modelName), names(ids),       {}};
  if (output) o.output = args::get(output);
  const std::string kind = quantity ? args::get(quantity) : of ? "probability" : "prediction";
  o.how.quantity.name = args::get(of);
  if (kind == "probability")
    o.how.quantity.kind = Quantity::Kind::probability;
  else if (kind == "margin")
    o.how.quantity.kind = Quantity::Kind::margin;
  else if (kind != "prediction")
    return usage(p, "--quantity is prediction, probability or margin");
  if (pathDependent) o.how.kind = ContributionKind::pathDependent;
  return o;
}

Options parseAsk(const std::vector<std::string>& arguments) {
  Parser p("ask");
  args::Positional<std::string> model{p.parser, "MODEL", ""}, question{p.parser, "QUESTION", ""};
  Text background{p.parser, "", "", {'b', "background"}}, modelName{p.parser, "", "", {"model"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("ask")};
  if (!model || !question) return usage(p, "MODEL and QUESTION are needed");
  return AskOptions{args::get(model), args::get(question), args::get(background), args::get(modelName)};
}

Options parseBaseline(const std::vector<std::string>& arguments) {
  Parser p("baseline");
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("baseline")};
  if (!model) return usage(p, "MODEL is needed");
  return BaselineOptions{args::get(model), args::get(input), output ? args::get(output) : "-", args::get(modelName)};
}

Options parseDrift(const std::vector<std::string>& arguments) {
  Parser p("drift");
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text baseline{p.parser, "", "", {'b', "baseline"}}, threshold{p.parser, "", "", {"threshold"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("drift")};
  if (!model || !input) return usage(p, "MODEL and INPUT are needed");
  DriftOptions o{args::get(model),    args::get(input),     output ? args::get(output) : "-",
                 args::get(baseline), args::get(modelName), 0.25};
  if (threshold && !(readNumber(args::get(threshold), o.threshold) && o.threshold > 0))
    return usage(p, "--threshold is a number above 0");
  return o;
}

Options parseServe(const std::vector<std::string>& arguments) {
  Parser p("serve");
  args::PositionalList<std::string> models{p.parser, "MODEL", ""};
  Text address{p.parser, "", "", {"address"}}, tokens{p.parser, "", "", {"tokens"}};
  Text defaultModel{p.parser, "", "", {"default-model"}}, store{p.parser, "", "", {"store"}};
  Texts origins{p.parser, "", "", {"origin"}};
  Text port{p.parser, "", "", {"port"}}, threads{p.parser, "", "", {"threads"}}, rate{p.parser, "", "", {"rate"}};
  Text rows{p.parser, "", "", {"rows"}}, bodyBytes{p.parser, "", "", {"body-bytes"}};
  Text deadline{p.parser, "", "", {"deadline-ms"}}, drain{p.parser, "", "", {"drain-ms"}};
  args::Flag noExplain{p.parser, "", "", {"no-explain"}}, quiet{p.parser, "", "", {'q', "quiet"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("serve")};
  ServeOptions o;
  o.models = args::get(models);
  if (address) o.address = args::get(address);
  o.tokens = args::get(tokens);
  o.defaultModel = args::get(defaultModel);
  o.store = args::get(store);
  o.origins = args::get(origins);
  o.noExplain = noExplain;
  o.quiet = quiet;
  const std::pair<Text*, std::uint32_t*> numbers[] = {{&port, &o.port},
                                                      {&threads, &o.threads},
                                                      {&rate, &o.rate},
                                                      {&rows, &o.rows},
                                                      {&bodyBytes, &o.bodyBytes},
                                                      {&deadline, &o.milliseconds},
                                                      {&drain, &o.drainMilliseconds}};
  for (const auto& [flag, number] : numbers) {
    if (!*flag) continue;
    const bool isZero = flag == &port && args::get(*flag) == "0";  // any port that is free
    const auto count = readCount(args::get(*flag));
    if (!count && !isZero)
      return usage(p, "--" + flag->GetMatcher().GetLongOrAny().str("", "") + " is a whole number, 1 or more");
    *number = count.value_or(0);
  }
  if (o.port > 65'535) return usage(p, "--port is a number up to 65535");
  if (o.threads > 1'024) return usage(p, "--threads is a number up to 1024");
  const bool isLoopback = o.address == "localhost" || o.address == "::1" || o.address.starts_with("127.");
  if (!isLoopback && o.tokens.empty())
    return usage(p, "--address other than loopback needs --tokens: without them only this machine is answered");
  if (o.models.empty() && o.tokens.empty() && o.store.empty())
    return usage(p, "a MODEL is needed, or --store, or --tokens so that one can be deployed");
  if (!o.models.empty() && !o.store.empty()) return usage(p, "models come from files or from --store, not from both");
  return o;
}

/// How many words follow an action of `scorelet model`, the model's name included.
std::optional<std::size_t> wordsOf(const std::string& action) {
  const std::pair<std::string_view, std::size_t> actions[] = {{"add", 2},    {"list", 0},      {"diff", 3},
                                                              {"log", 0},    {"promote", 2},   {"rollback", 1},
                                                              {"retire", 2}, {"verify-log", 0}};
  for (const auto& [name, words] : actions)
    if (name == action) return words;
  return std::nullopt;
}

Options parseModel(const std::vector<std::string>& arguments) {
  Parser p("model");
  args::PositionalList<std::string> words{p.parser, "ACTION", ""};
  Text store{p.parser, "", "", {"store"}}, alias{p.parser, "", "", {"alias"}}, by{p.parser, "", "", {"by"}};
  Text why{p.parser, "", "", {"why"}}, sample{p.parser, "", "", {"sample"}};
  if (const auto error = p.parse(arguments); !error.empty()) return usage(p, error);
  if (p.help) return HelpOptions{helpText("model")};
  const std::vector<std::string> given = args::get(words);
  if (given.empty()) return usage(p, "an action is needed");
  ModelCommand o;
  o.action = given[0];
  const auto wanted = wordsOf(o.action);
  if (!wanted) return usage(p, "there is no action '" + o.action + "'");
  const bool mayName = *wanted == 0 && o.action != "verify-log";  // one model instead of all
  if (given.size() - 1 != *wanted && !(mayName && given.size() == 2))
    return usage(p, "'" + o.action + "' takes " + std::to_string(*wanted) + " words");
  if (given.size() > 1) o.name = given[1];
  if (given.size() > 2) o.arguments.assign(given.begin() + 2, given.end());
  if (store) o.store = args::get(store);
  o.alias = args::get(alias);
  o.by = args::get(by);
  o.why = args::get(why);
  o.sample = args::get(sample);
  if (o.action == "retire" && o.why.empty()) return usage(p, "retire says --why");
  return o;
}

Options parseHelp(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return HelpOptions{helpText("")};
  std::string text = helpText(arguments[0]);
  if (text.empty()) return UsageError{"", "there is no command '" + arguments[0] + "'"};
  return HelpOptions{std::move(text)};
}

}  // namespace

Options parseOptions(const std::vector<std::string>& arguments) {
  if (arguments.empty())
    return UsageError{"",
                      "a command is needed: score, inspect, verify, compile, export, explain, ask, baseline, drift, "
                      "serve, model or send"};
  const std::string& command = arguments[0];
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (command == "score") return parseScore(rest);
  if (command == "inspect") return parseInspect(rest);
  if (command == "verify") return parseVerify(rest);
  if (command == "compile") return parseCompile(rest);
  if (command == "export") return parseExport(rest);
  if (command == "explain") return parseExplain(rest);
  if (command == "ask") return parseAsk(rest);
  if (command == "baseline") return parseBaseline(rest);
  if (command == "drift") return parseDrift(rest);
  if (command == "serve") return parseServe(rest);
  if (command == "model") return parseModel(rest);
  if (command == "send") return parseSend(rest);
  if (command == "help" || command == "--help" || command == "-h") return parseHelp(rest);
  if (command == "--version" || command == "-V") return HelpOptions{versionText()};
  return UsageError{"", "there is no command '" + command + "'"};
}

}  // namespace scorelet::cli
