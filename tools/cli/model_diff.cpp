#include "model_diff.hpp"

#ifndef __wasi__

#include <algorithm>
#include <cmath>
#include <map>

#include "command.hpp"
#include "rows.hpp"
#include "service/bundle.hpp"
#include "xml/document.hpp"

namespace scorelet::cli {
namespace {

using service::JsonKind;
using service::JsonValue;

/// Every scalar of a description by its place; what is in an array by its name, else by its number.
void flatten(JsonValue value, const std::string& place, std::map<std::string, std::string>& out) {
  if (!value.is(JsonKind::object) && !value.is(JsonKind::array)) {
    out[place] = value.raw();
    return;
  }
  std::size_t number = 0;
  for (const JsonValue inside : value) {
    std::string name(inside.name());
    if (value.is(JsonKind::array)) {
      const JsonValue own = inside.member("name");
      name = own ? std::string(own.text()) : std::to_string(number);
      ++number;
    }
    flatten(inside, place.empty() ? name : place + "." + name, out);
  }
}

/// One of the two versions.
struct Version {
  std::string_view document, manifest;
};

/// A document or a bundle, whose parts are what they were when it was added.
Version open(const std::string& content) {
  if (!service::isTar(content)) return {content, {}};
  const auto bundle = service::Bundle::open(content, {});
  return bundle ? Version{bundle->file(service::kModelPart), bundle->manifest()} : Version{content, {}};
}

/// What a version is, as far as it is no number of the model's: description, elements, manifest.
std::map<std::string, std::string> factsOf(const Model& model, const Version& version) {
  const std::string json = model.describeJson();
  std::map<std::string, std::string> out;
  if (const auto tree = service::JsonTree::read(json, json.size())) flatten(tree->root(), "", out);
  xml::Document document(version.document, {});
  std::map<std::string_view, std::size_t> elements;
  if (document.parse())
    for (xml::Element e = document.root(); e; e = e.following()) ++elements[e.name()];
  for (const auto& [name, count] : elements) out["elements." + std::string(name)] = std::to_string(count);
  if (const auto tree = service::JsonTree::read(version.manifest, 10'000))
    for (const JsonValue member : tree->root())
      if (member.name() != "created") flatten(member, "manifest." + std::string(member.name()), out);
  return out;
}

/// Lines "place: before -> after"; "-" where there is none.
std::string differences(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
  std::string out;
  const auto line = [&](const std::string& place, const std::string& x, const std::string& y) {
    out += place + ": " + x + " -> " + y + "\n";
  };
  for (const auto& [place, value] : a) {
    const auto other = b.find(place);
    if (other == b.end() || other->second != value) line(place, value, other == b.end() ? "-" : other->second);
  }
  for (const auto& [place, value] : b)
    if (!a.contains(place)) line(place, "-", value);
  return out;
}

/// A result column that both have, by its index in each.
struct Shared {
  std::string name;
  std::size_t before, after;
  std::size_t different = 0;
  double largest = 0;
};

std::vector<Shared> sharedResults(const Model& before, const Model& after) {
  std::vector<Shared> out;
  for (std::size_t c = 0; c < before.results().size(); ++c) {
    const int other = after.resultIndex(before.results()[c].name);
    if (other >= 0) out.push_back({before.results()[c].name, c, static_cast<std::size_t>(other)});
  }
  return out;
}

void compare(const Scorer& before, const Scorer& after, std::vector<Shared>& results) {
  for (Shared& shared : results) {
    for (std::size_t row = 0; row < before.rows(); ++row) {
      if (before.text(shared.before, row) == after.text(shared.after, row)) continue;
      ++shared.different;
      const ResultValue a = before.value(shared.before, row), b = after.value(shared.after, row);
      const bool areNumbers = a.kind == ResultValue::Kind::number && b.kind == ResultValue::Kind::number;
      if (areNumbers) shared.largest = std::max(shared.largest, std::fabs(a.number - b.number));
    }
  }
}

}  // namespace

ExitCode diffModels(const std::string& before, const std::string& after, const std::string& sample) {
  const Version first = open(before), second = open(after);
  const auto a = Model::load(first.document), b = Model::load(second.document);
  if (!a || !b) return refuse(a ? "the second version" : "the first version", (a ? b : a).error());
  std::string out = differences(factsOf(*a, first), factsOf(*b, second));
  bool isDifferent = !out.empty();
  if (!sample.empty()) {
    // Each model reads the file by itself: their inputs may be others.
    const auto rowsOfA = openRows(*a, sample), rowsOfB = openRows(*b, sample);
    Scorer scorerOfA(*a), scorerOfB(*b);
    std::vector<Shared> results = sharedResults(*a, *b);
    std::size_t rows = 0;
    const auto read = [](OpenedRows& opened) { return opened.failure().empty() && opened.rows->read(); };
    while (read(*rowsOfA) && read(*rowsOfB)) {
      rowsOfA->rows->parse();
      rowsOfB->rows->parse();
      scorerOfA.score(rowsOfA->rows->batch());
      scorerOfB.score(rowsOfB->rows->batch());
      if (scorerOfA.rows() != scorerOfB.rows())
        return failFile("the versions do not read the same rows of '" + sample + "'");
      rows += scorerOfA.rows();
      compare(scorerOfA, scorerOfB, results);
    }
    for (const OpenedRows* opened : {rowsOfA.get(), rowsOfB.get()})
      if (!opened->failure().empty()) return failFile(opened->failure());
    for (const Shared& shared : results) {
      isDifferent = isDifferent || shared.different > 0;
      out += "result " + shared.name + ": " + std::to_string(shared.different) + " of " + std::to_string(rows) +
             " rows differ";
      if (shared.largest > 0) out += ", by up to ", appendNumber(out, shared.largest);
      out += '\n';
    }
  }
  return print(out, isDifferent ? ExitCode::failed : ExitCode::ok);
}

}  // namespace scorelet::cli

#endif
