// scorelet explain and scorelet ask: why predictions are what they are, and what would change them.
#include <cmath>
#include <utility>

#include "command.hpp"
#include "parsing.hpp"
#include "rows.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kExplainHelp = R"(scorelet explain - what each input field contributes to each prediction

Usage:
  scorelet explain MODEL INPUT -b BACKGROUND [-o OUTPUT] [options]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows to explain: CSV with a header line, or NDJSON
  -b, --background=FILE  rows to compare with, 20 to 200 typical ones
  -o, --output=OUTPUT    where to write CSV (standard output)
  --of=CLASS             the class of a classification whose probability, or margin, is explained
  --quantity=WHAT        prediction, probability or margin (probability with --of, else prediction);
                         margin: log-odds and the like, before the link function
  --path-dependent       averages by the recordCounts of trees; needs no background
  --id=COLUMN            pass an input column through, before the others (repeatable)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

The columns: base, one per input field, value; base and fields add up to value (Shapley values).
method and standardError say whether they are exact or estimated. docs/explain.md says how.

Example:
  scorelet explain loan.pmml customers.csv -b typical.csv --of yes --id customer -o why.csv
)";

struct ExplainCommand {
  std::string model, input, output = "-", background, modelName;
  std::vector<std::string> ids;
  ExplainOptions how;
};

Parsed<ExplainCommand> parseExplain(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""}, input{p.parser, "INPUT", ""};
  Text output{p.parser, "", "", {'o', "output"}}, modelName{p.parser, "", "", {"model"}};
  Text background{p.parser, "", "", {'b', "background"}};
  Text quantity{p.parser, "", "", {"quantity"}}, of{p.parser, "", "", {"of"}};
  Texts ids{p.parser, "", "", {"id"}};
  args::Flag pathDependent{p.parser, "", "", {"path-dependent"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model || !input) return UsageError{"MODEL and INPUT are needed"};
  if (!background && !pathDependent)
    return UsageError{"contributions compare with other records: --background is needed (or --path-dependent)"};
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
    return UsageError{"--quantity is prediction, probability or margin"};
  if (pathDependent) o.how.kind = ContributionKind::pathDependent;
  return o;
}

constexpr std::string_view kAskHelp = R"(scorelet ask - ask a model in JSON what would change a prediction

Usage:
  scorelet ask MODEL QUESTION [-b BACKGROUND] [--model=NAME]

  MODEL                  a PMML document, or what scorelet compile made of one
  QUESTION               a JSON object (docs/explain.md): contributions, importance, curve,
                         partialDependence, tornado, goalSeek, counterfactuals, trace
  -b, --background=FILE  rows to compare with: CSV or NDJSON
  -h, --help             this text

Example:
  scorelet ask loan.pmml '{"ask":"goalSeek","record":{"income":2450},"field":"amount",
                           "relation":"<=","target":0.15}' -b typical.csv
)";

struct AskOptions {
  std::string model, question, background, modelName;
};

Parsed<AskOptions> parseAsk(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""}, question{p.parser, "QUESTION", ""};
  Text background{p.parser, "", "", {'b', "background"}}, modelName{p.parser, "", "", {"model"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model || !question) return UsageError{"MODEL and QUESTION are needed"};
  return AskOptions{args::get(model), args::get(question), args::get(background), args::get(modelName)};
}

/// The records to compare with; `use` is given them while their texts live.
template <class Use>
ExitCode withBackground(const Model& model, const std::string& command, const std::string& path, const Use& use) {
  if (path.empty()) return use(Batch{});
  const auto opened = openRows(model, path);
  if (const std::string why = opened->failure(); !why.empty()) return failFile(why);
  if (!opened->rows->read()) {
    const std::string why = opened->failure();
    return why.empty() ? complainOfUsage(command, "'" + path + "' has no rows") : failFile(why);
  }
  opened->rows->parse();
  for (const Row& row : opened->rows->rows())
    if (!row.refused.empty())
      return failFile("'" + path + "' line " + std::to_string(row.line) + ": " + row.refused[0].message);
  const Batch batch = opened->rows->batch();
  if (batch.rows == kBlockRows)
    return complainOfUsage(command, "'" + path + "' has " + std::to_string(kBlockRows) +
                                        " rows or more; a background of 20 to 200 typical ones is enough");
  return use(batch);
}

void appendNames(std::string& out, const ExplainCommand& options, const Model& model) {
  for (const std::string& id : options.ids) appendCsvCell(out, id), out += ',';
  out += "base";
  for (const InputField& field : model.inputs())
    if (field.isUsed) out += ',', appendCsvCell(out, field.name);
  out += ",value,method,standardError,@diagnostics\n";
}

void appendRow(std::string& out, const Explainer& by, std::size_t row) {
  const auto number = [&](double x) {
    if (!std::isnan(x)) appendNumber(out, x);
    out += ',';
  };
  number(by.base());
  for (std::size_t i = 0; i < by.model().inputs().size(); ++i)
    if (by.model().inputs()[i].isUsed) number(by.contributions(row)[i]);
  number(by.value(row));
  if (by.ok(row)) {
    out += contributionMethodName(by.method(row));
    out += ',';
    number(by.standardError(row));
  } else {
    out += ",,";
    appendCsvCell(out, by.diagnostics(row)[0].message);
  }
  out += '\n';
}

ExitCode explainRows(const Model& model, const ExplainCommand& options, Explainer explainer) {
  const auto opened = openRows(model, options.input, options.ids);
  if (const std::string why = opened->failure(); !why.empty()) return failFile(why);
  Output output(options.output);
  if (!output.failure().empty()) return failFile(output.failure());
  std::string text;
  appendNames(text, options, model);
  std::size_t columns = 0;
  for (const InputField& field : model.inputs()) columns += field.isUsed;
  RowSource& source = *opened->rows;
  while (source.read()) {
    source.parse();
    explainer.explain(source.batch());
    for (const Row& row : source.rows()) {
      for (const IdValue& id : row.ids)
        appendCsvCell(text, id.isText || id.value != "null" ? id.value : ""), text += ',';
      if (row.refused.empty()) {
        appendRow(text, explainer, row.index);
      } else {
        text.append(columns + 4, ',');
        appendCsvCell(text, row.refused[0].message);
        text += '\n';
      }
    }
    if (!output.write(text)) return failFile(output.failure());
    text.clear();
  }
  if (!source.failure().empty()) return failFile(source.failure());
  return output.write(text) && output.close() ? ExitCode::ok : failFile(output.failure());
}

ExitCode complainOf(const Diagnostics& why) {
  for (const Diagnostic& d : why) complain(d.message);
  return ExitCode::failed;
}

ExitCode explain(const ExplainCommand& options) {
  Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName, .explains = true});
  if (!loaded.model) return loaded.exit;
  const Model& model = *loaded.model;
  return withBackground(model, "explain", options.background, [&](const Batch& background) {
    auto explainer = Explainer::create(model, background, options.how);
    return explainer ? explainRows(model, options, std::move(*explainer)) : complainOf(explainer.error());
  });
}

ExitCode ask(const AskOptions& options) {
  Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName, .explains = true});
  if (!loaded.model) return loaded.exit;
  Inquiry inquiry(*loaded.model);
  return withBackground(*loaded.model, "ask", options.background, [&](const Batch& background) {
    inquiry.setBackground(background);
    const auto answer = inquiry.ask(options.question);
    return answer ? print(*answer + "\n") : complainOf(answer.error());
  });
}

}  // namespace

extern const Command kExplain{"explain", kExplainHelp, runCommand<parseExplain, explain>};
extern const Command kAsk{"ask", kAskHelp, runCommand<parseAsk, ask>};

}  // namespace scorelet::cli
