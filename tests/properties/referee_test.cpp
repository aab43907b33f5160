// The compiled program against the reference interpreter on generated documents, and what must hold of any document.
//
//   property_tests                  documents of the fixed seeds
//   SCORELET_SEED=n property_tests  that document alone, with all that is needed to see what differs
//   SCORELET_DOCUMENTS=n            more or fewer of them
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include <gtest/gtest.h>

#include <scorelet/scorelet.hpp>

#include "properties/generator.hpp"
#include "reference/reference.hpp"

namespace scorelet::test {
namespace {

using reference::Record;
using reference::Reference;

constexpr std::uint64_t kFirstSeed = 1;
constexpr std::uint64_t kDocuments = 1500;

/// The seeds to try.
std::vector<std::uint64_t> seeds() {
  if (const char* one = std::getenv("SCORELET_SEED")) return {std::strtoull(one, nullptr, 10)};
  std::vector<std::uint64_t> out;
  const char* many = std::getenv("SCORELET_DOCUMENTS");
  const std::uint64_t count = many ? std::strtoull(many, nullptr, 10) : kDocuments;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(kFirstSeed + i);
  return out;
}

/// Items of lists are kept in `lists`.
Cell cellOf(const Input& in, std::deque<std::vector<Cell>>& lists) {
  switch (in.kind) {
    case Input::Kind::missing: return Cell::none();
    case Input::Kind::text: return Cell::of(std::string_view(in.text));
    case Input::Kind::number: return Cell::of(in.number);
    case Input::Kind::boolean: return Cell::of(in.number != 0);
    case Input::Kind::list: break;
  }
  std::vector<Cell> items;
  for (const Input& item : in.items) items.push_back(cellOf(item, lists));
  return Cell::of(std::span<const Cell>(lists.emplace_back(std::move(items))));
}

reference::Value valueOf(const Input& in) {
  switch (in.kind) {
    case Input::Kind::missing: return reference::Value::missing(DataType::string);
    case Input::Kind::text: return reference::Value::text(in.text);
    case Input::Kind::number: return reference::Value::number(in.number);
    case Input::Kind::boolean: return reference::Value::boolean(in.number != 0);
    case Input::Kind::list: break;
  }
  std::vector<reference::Value> items;
  for (const Input& item : in.items) items.push_back(valueOf(item));
  return reference::Value::list(std::move(items));
}

Record record(const Row& row) {
  Record out;
  for (const Input& in : row)
    if (in.kind != Input::Kind::missing) out.emplace(in.name, valueOf(in));
  return out;
}

std::string shown(const Input& in) {
  std::string out;
  if (in.kind == Input::Kind::missing) return "<missing>";
  if (in.kind == Input::Kind::text) return "'" + in.text + "'";
  if (in.kind == Input::Kind::list)
    for (const Input& item : in.items) out += (out.empty() ? "[" : ", ") + shown(item);
  else
    appendNumber(out, in.number);
  return in.kind == Input::Kind::list ? (out.empty() ? "[" : out) + "]" : out;
}

std::string shown(const Row& row) {
  std::string out;
  for (const Input& in : row) out += in.name + "=" + shown(in) + " ";
  return out;
}

/// Rows as columns of cells, and the batch that views them.
struct Bound {
  std::vector<std::vector<Cell>> columns;
  std::deque<std::vector<Cell>> lists;
  Bound(const Model& model, const std::vector<Row>& rows)
      : columns(model.inputs().size(), std::vector<Cell>(rows.size())) {
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (const Input& in : rows[r])
        if (const int c = model.inputIndex(in.name); c >= 0)
          columns[static_cast<std::size_t>(c)][r] = cellOf(in, lists);
  }
  [[nodiscard]] Batch batch(std::size_t first, std::size_t count) const {
    Batch out{count, {}};
    for (const auto& c : columns) out.columns.push_back(Column::ofCells(c.data() + first));
    return out;
  }
};

/// What a row answered, column by column: presence, validity and the very bits.
std::string answer(const Scorer& scorer, std::size_t row) {
  std::string out = scorer.ok(row) ? "" : "invalid ";
  const auto results = scorer.model().results();
  for (std::size_t c = 0; c < results.size(); ++c) {
    out += results[c].name + "=";
    if (scorer.isMissing(c, row))
      out += "missing";
    else
      out += scorer.text(c, row);
    out += " ";
  }
  const RowDetails details = scorer.details(row);
  for (const auto& [name, shares] :
       {std::pair{"@probability:", &details.probability}, {"@confidence:", &details.confidence}})
    for (const auto& [key, value] : *shares) {
      out += name + key + "=";
      appendNumber(out, value);
      out += " ";
    }
  return out;
}

std::string answer(const Model& model, const Record& expected) {
  std::string out = expected.contains("@invalid") ? "invalid " : "";
  for (const ResultField& r : model.results()) {
    const auto found = expected.find(r.name);
    out += r.name + "=" +
           (found == expected.end()     ? "absent"
            : found->second.isPresent() ? reference::textOf(found->second)
                                        : "missing") +
           " ";
  }
  for (const auto& [name, value] : expected)
    if (value.isPresent() && (name.starts_with("@probability:") || name.starts_with("@confidence:")))
      out += name + "=" + reference::textOf(value) + " ";
  return out;
}

/// Numbers by their bits: both do the same operations in the order of the document. -0 and 0 are one number.
bool agree(const ResultField& field, const Scorer& scorer, std::size_t c, std::size_t row,
           const reference::Value& expected) {
  if (scorer.isMissing(c, row) || !expected.isPresent()) return scorer.isMissing(c, row) && !expected.isPresent();
  if (field.dataType == DataType::string || !expected.isNumber())
    return scorer.text(c, row) == reference::textOf(expected);
  const double a = scorer.column(c)[row], b = expected.asDouble();
  return a == b || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Every class with its number, where there is one.
bool sharesAgree(const std::vector<RowDetails::Weighted>& shares, const std::string& name, const Record& expected) {
  for (const auto& [key, value] : shares) {
    const auto found = expected.find(name + ":" + key);
    const bool isPresent = value == value;
    if (found == expected.end() || found->second.isPresent() != isPresent) return false;
    if (isPresent && found->second.asDouble() != value) return false;
  }
  return true;
}

bool rowAgrees(const Scorer& scorer, std::size_t row, const Record& expected) {
  const auto results = scorer.model().results();
  if (scorer.ok(row) == expected.contains("@invalid")) return false;
  for (std::size_t c = 0; c < results.size(); ++c) {
    const auto found = expected.find(results[c].name);
    if (found == expected.end() || !agree(results[c], scorer, c, row, found->second)) return false;
  }
  const RowDetails details = scorer.details(row);
  return sharesAgree(details.probability, "@probability", expected) &&
         sharesAgree(details.confidence, "@confidence", expected);
}

std::string listed(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += "  " + d.text() + "\n";
  return text;
}

TEST(generated_models, score_as_the_reference_does) {
  std::size_t pairs = 0, present = 0, failures = 0;
  for (const std::uint64_t seed : seeds()) {
    const Generated made = generate(seed);
    const auto model = Model::load(made.document);
    if (!model) {
      ADD_FAILURE() << "seed " << seed << " was refused:\n" << listed(model.error()) << made.document;
      if (++failures > 10) break;
      continue;
    }
    auto interpreter = Reference::load(made.document);
    ASSERT_TRUE(interpreter.has_value()) << "seed " << seed << ": " << interpreter.error();
    std::vector<Record> records;
    for (const Row& r : made.rows) records.push_back(record(r));
    const std::vector<Record> expected = interpreter->score(records);
    Scorer scorer(*model);
    const Bound bound(*model, made.rows);
    scorer.score(bound.batch(0, made.rows.size()));
    for (std::size_t r = 0; r < made.rows.size(); ++r) {
      ++pairs;
      present += scorer.isMissing(0, r) ? 0 : 1;
      if (rowAgrees(scorer, r, expected[r])) continue;
      const auto why = expected[r].find("@invalid");
      ADD_FAILURE() << "seed " << seed << ", row " << r + 1 << ": " << shown(made.rows[r])
                    << "\n  program:   " << answer(scorer, r) << "\n  reference: " << answer(*model, expected[r])
                    << (why == expected[r].end() ? "" : "\n  reason: " + reference::textOf(why->second)) << "\n"
                    << listed(scorer.diagnostics(r)) << (std::getenv("SCORELET_SEED") ? made.document : "");
      ++failures;
      break;
    }
    if (failures > 10) break;
  }
  std::printf("%zu rows compared, %zu with a prediction\n", pairs, present);
}

TEST(generated_models, do_not_depend_on_batch_size_or_row_order) {
  for (const std::uint64_t seed : seeds()) {
    const Generated made = generate(seed);
    const auto model = Model::load(made.document);
    if (!model) continue;  // the test above says so
    const std::size_t n = made.rows.size();
    const Bound bound(*model, made.rows);
    Scorer scorer(*model);
    scorer.score(bound.batch(0, n));
    std::vector<std::string> all;
    for (std::size_t r = 0; r < n; ++r) all.push_back(answer(scorer, r));
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}}) {
      scorer.reset();
      for (std::size_t first = 0; first < n; first += size) {
        const std::size_t count = std::min(size, n - first);
        scorer.score(bound.batch(first, count));
        for (std::size_t r = 0; r < count; ++r)
          ASSERT_EQ(answer(scorer, r), all[first + r])
              << "seed " << seed << ", row " << first + r + 1 << ", batches of " << size;
      }
    }
    if (model->isStateful()) continue;
    const std::vector<Row> reversed(made.rows.rbegin(), made.rows.rend());
    const Bound backwards(*model, reversed);
    scorer.score(backwards.batch(0, n));
    for (std::size_t r = 0; r < n; ++r)
      ASSERT_EQ(answer(scorer, r), all[n - 1 - r]) << "seed " << seed << ", reversed row " << r + 1;
  }
}

}  // namespace
}  // namespace scorelet::test
