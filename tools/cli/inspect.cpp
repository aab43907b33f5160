// scorelet inspect: what a model asks for and what it answers.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "command.hpp"
#include "parsing.hpp"
#include "table.hpp"

namespace scorelet::cli {
namespace {

constexpr std::string_view kInspectHelp = R"(scorelet inspect - show what a model asks for and what it answers

Usage:
  scorelet inspect MODEL [--json] [--model=NAME]

  MODEL                  a PMML document; "-" is standard input
  --json                 as JSON (docs/describe.md)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

A model that cannot be scored is refused with exit status 3 and a list of all its faults.

Example:
  scorelet inspect loan.pmml
)";

struct InspectOptions {
  std::string model, modelName;
  bool json = false;
};

Parsed<InspectOptions> parseInspect(const Arguments& arguments) {
  Parser p;
  args::Positional<std::string> model{p.parser, "MODEL", ""};
  Text modelName{p.parser, "", "", {"model"}};
  args::Flag json{p.parser, "", "", {"json"}};
  if (const auto error = p.parse(arguments); !error.empty()) return UsageError{error};
  if (p.help) return HelpWanted{};
  if (!model) return UsageError{"MODEL is needed"};
  return InspectOptions{args::get(model), args::get(modelName), json};
}

constexpr std::size_t kDomainWidth = 48;  // longer lists of values are cut

std::string number(double x) {
  std::string out;
  appendNumber(out, x);
  return out;
}

std::string intervalText(const Interval& interval) {
  return (interval.leftClosed && !std::isinf(interval.left) ? "[" : "(") +
         (std::isinf(interval.left) ? "-inf" : number(interval.left)) + ", " +
         (std::isinf(interval.right) ? "inf" : number(interval.right)) +
         (interval.rightClosed && !std::isinf(interval.right) ? "]" : ")");
}

/// Parts in one line, as many as fit.
std::string cut(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && out.size() + parts[i].size() + 2 > kDomainWidth) {
      return out + " ... " + std::to_string(parts.size() - i) + " more";
    }
    out += (i == 0 ? "" : ", ") + parts[i];
  }
  return out;
}

/// The allowed values in one line: intervals, then values, as many as fit.
std::string domainText(const std::vector<Interval>& intervals, const std::vector<ListedValue>& values) {
  std::vector<std::string> parts;
  for (const Interval& interval : intervals) parts.push_back(intervalText(interval));
  for (const ListedValue& value : values) {
    if (value.property == ListedValue::Property::valid) parts.push_back(value.value);
    if (value.property == ListedValue::Property::invalid) parts.push_back("not " + value.value);
    if (value.property == ListedValue::Property::missing) parts.push_back("missing: " + value.value);
  }
  return cut(parts);
}

std::string typeText(const InputField& field) {
  return std::string(field.isListOfSets ? "list of lists of "
                     : field.isList     ? "list of "
                                        : "") +
         std::string(dataTypeName(field.dataType)) + ", " + std::string(field.isCyclic ? "cyclic " : "") +
         std::string(opTypeName(field.opType));
}

/// "asMean 41.5", or "" where the default is to leave things as they are.
std::string treatmentText(std::string_view treatment, bool isDefault, const std::optional<std::string>& replacement) {
  if (!replacement) return isDefault ? "" : std::string(treatment);
  return (isDefault ? "" : std::string(treatment) + " ") + "'" + *replacement + "'";
}

std::string outlierText(const InputField& field) {
  if (field.outliers == OutlierTreatment::asIs) return {};
  return std::string(outlierTreatmentName(field.outliers)) + " " + (field.lowValue ? number(*field.lowValue) : "") +
         ".." + (field.highValue ? number(*field.highValue) : "");
}

std::string fieldsText(std::string_view title, std::span<const InputField> fields) {
  if (fields.empty()) return {};
  Table table({"name", "type", "values", "missing", "invalid", "outliers", "usage", "label"});
  for (const InputField& field : fields) {
    const bool plainUsage = field.usageType == UsageType::active || field.usageType == UsageType::target;
    std::string usage = plainUsage ? "" : std::string(usageTypeName(field.usageType));
    if (!field.isUsed && field.usageType != UsageType::target)
      usage += usage.empty() ? "no result depends on it" : ", no result depends on it";
    table.add({field.name, typeText(field), domainText(field.intervals, field.values),
               treatmentText(missingValueTreatmentName(field.missingValueTreatment),
                             field.missingValueTreatment == MissingValueTreatment::none, field.missingValueReplacement),
               treatmentText(invalidValueTreatmentName(field.invalidValueTreatment),
                             field.invalidValueTreatment == InvalidValueTreatment::returnInvalid,
                             field.invalidValueReplacement),
               outlierText(field), usage, field.displayName});
  }
  return "\n" + std::string(title) + " (" + std::to_string(fields.size()) + ")\n" + table.text();
}

/// Frequent values first, as shares of all that are counted, as many as fit.
std::string sharesText(std::vector<FieldStatistics::ValueFrequency> values) {
  double total = 0;
  for (const auto& value : values) total += value.frequency;
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    return a.frequency != b.frequency ? a.frequency > b.frequency : a.value < b.value;
  });
  std::vector<std::string> parts;
  for (const auto& value : values)
    parts.push_back(value.value + " " + number(std::round(value.frequency / total * 1000) / 10) + " %");
  return cut(parts);
}

std::string trainingText(std::span<const InputField> fields) {
  const auto text = [](const std::optional<double>& x) { return x ? number(*x) : std::string(); };
  Table table({"name", "records", "missing", "minimum", "median", "mean", "maximum", "values"});
  std::size_t described = 0;
  for (const InputField& field : fields) {
    if (!field.statistics) continue;
    ++described;
    const FieldStatistics& s = *field.statistics;
    table.add({field.name, text(s.total), text(s.missing), text(s.minimum), text(s.median), text(s.mean),
               text(s.maximum), sharesText(s.values)});
  }
  return described == 0 ? "" : "\nTraining data (" + std::to_string(described) + ")\n" + table.text();
}

std::string resultsText(std::span<const ResultField> results) {
  if (results.empty()) return {};
  Table table({"name", "holds", "type", "values", "final", "label"});
  for (const ResultField& field : results) {
    const std::string holds = field.feature + (field.value.empty() ? "" : " of " + field.value);
    table.add({field.name, holds,
               std::string(dataTypeName(field.dataType)) + ", " + std::string(opTypeName(field.opType)),
               domainText({}, field.values), field.isFinalResult ? "" : "no (--all-outputs)", field.displayName});
  }
  return "\nResults (" + std::to_string(results.size()) + ")\n" + table.text();
}

void addLine(Table& table, std::string name, const std::string& text) {
  std::string oneLine = text;
  for (char& c : oneLine) c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  if (!text.empty()) table.add({std::move(name), std::move(oneLine)});
}

std::string headText(const Model& model) {
  const ModelInfo& info = model.info();
  Table table({"", ""});
  addLine(
      table, "model",
      info.modelType + ", " + info.functionName + (info.algorithmName.empty() ? "" : " (" + info.algorithmName + ")"));
  addLine(table, "description", info.description);
  addLine(table, "document",
          "PMML " + info.pmmlVersion + (info.modelVersion.empty() ? "" : ", model version " + info.modelVersion));
  addLine(table, "made by", info.application + (info.applicationVersion.empty() ? "" : " " + info.applicationVersion));
  addLine(table, "made at", info.timestamp);
  addLine(table, "copyright", info.copyright);
  for (const std::string& annotation : info.annotations) addLine(table, "annotation", annotation);
  addLine(table, "verification", info.hasVerification ? "records included (scorelet verify)" : "no records included");
  addLine(table, "compiled from",
          info.documentSha256.empty() ? "" : "the document with SHA-256 " + info.documentSha256);
  addLine(table, "state", model.isStateful() ? "results depend on earlier rows; row order matters" : "");
  const std::string body = table.text();
  return (info.modelName.empty() ? info.modelType : info.modelName) + "\n" + body.substr(body.find('\n') + 1);
}

std::string notesText(const Diagnostics& notes) {
  if (notes.empty()) return {};
  std::string out = "\nNotes (" + std::to_string(notes.size()) + ")\n";
  for (const Diagnostic& d : notes) out += "  " + d.text() + "\n";
  return out;
}

ExitCode inspect(const InspectOptions& options) {
  const Loaded loaded = loadModel(options.model, {.limits = {}, .modelName = options.modelName}, options.json);
  if (!loaded.model) {
    if (!options.json || loaded.exit != ExitCode::model) return loaded.exit;
    std::string json = "{\"diagnostics\":";
    appendDiagnosticsJson(json, loaded.refused);
    return print(json + "}\n", loaded.exit);
  }
  const Model& model = *loaded.model;
  if (options.json) return print(model.describeJson() + "\n");
  return print(headText(model) + fieldsText("Inputs", model.inputs()) + fieldsText("Targets", model.targets()) +
               resultsText(model.results()) + trainingText(model.inputs()) + notesText(model.notes()));
}

}  // namespace

extern const Command kInspect{"inspect", kInspectHelp, runCommand<parseInspect, inspect>};

}  // namespace scorelet::cli
