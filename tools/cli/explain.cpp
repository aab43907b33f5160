// scorelet explain and scorelet ask: why predictions are what they are, and what would change them.
#include <cmath>
#include <utility>

#include "commands.hpp"
#include "rows.hpp"

namespace scorelet::cli {
namespace {

ExitCode usage(const std::string& command, const std::string& why) {
  complain(why + "\nTry 'scorelet help " + command + "'.");
  return ExitCode::usage;
}

/// The records to compare with; `use` is given them while their texts live.
template <class Use>
ExitCode withBackground(const Model& model, const std::string& command, const std::string& path, const Use& use) {
  if (path.empty()) return use(Batch{});
  const auto opened = openRows(model, path);
  if (const std::string why = opened->failure(); !why.empty()) return failFile(why);
  if (!opened->rows->read()) {
    const std::string why = opened->failure();
    return why.empty() ? usage(command, "'" + path + "' has no rows") : failFile(why);
  }
  opened->rows->parse();
  for (const Row& row : opened->rows->rows())
    if (!row.refused.empty())
      return failFile("'" + path + "' line " + std::to_string(row.line) + ": " + row.refused[0].message);
  const Batch batch = opened->rows->batch();
  if (batch.rows == kBlockRows)
    return usage(command, "'" + path + "' has " + std::to_string(kBlockRows) +
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

}  // namespace

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

}  // namespace scorelet::cli
