// The functions of scorelet.h about scoring.
#include <algorithm>

#include <scorelet/records.hpp>
#include "api/handles.hpp"

using scorelet::Diagnostic;
using scorelet::Diagnostics;

namespace {

/// Releases the rows that `scorelet_score` was given, whatever happens.
struct OwnedRows {
  explicit OwnedRows(ArrowArray& rows) : array(rows) { rows.release = nullptr; }
  OwnedRows(const OwnedRows&) = delete;
  OwnedRows& operator=(const OwnedRows&) = delete;
  ~OwnedRows() {
    if (array.release != nullptr) array.release(&array);
  }
  ArrowArray array;
};

/// Line by line, blank ones left out.
template <class Visit>
void forEachLine(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) visit(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

/// Reads one object, an array of objects or an object per line; `scorer.rows` says what became of each.
/// An array is read as a whole or not at all: then the reasons are returned.
Diagnostics readRecords(scorelet_scorer& scorer, std::string_view json) {
  auto& rows = scorer.rows;
  auto& read = scorer.jsonRows;
  read.clear();
  rows.clear();
  json.remove_prefix(std::min(json.find_first_not_of(" \t\r\n"), json.size()));
  if (json.empty()) return {};
  if (auto added = read.addAll(json); added) {
    for (std::size_t r = 0; r < read.rows(); ++r) rows.push_back({r, {}});
    return {};
  } else if (json.front() == '[') {
    return std::move(added.error());
  }
  forEachLine(json, [&](std::string_view line) {
    if (auto added = read.add(line); added) {
      rows.push_back({read.rows() - 1, {}});
    } else {
      rows.push_back({SCORELET_NO_ROW, std::move(added.error())});
    }
  });
  return {};
}

}  // namespace

extern "C" {

scorelet_status scorelet_scorer_new(scorelet_model* model, const scorelet_score_options* options,
                                    scorelet_scorer** scorer) {
  if (scorer != nullptr) *scorer = nullptr;
  if (model == nullptr || scorer == nullptr) return SCORELET_BAD_ARGUMENT;
  *scorer = new scorelet_scorer(model->model, scorelet::optionsOf(options));
  return SCORELET_OK;
}

void scorelet_scorer_release(scorelet_scorer* scorer) { delete scorer; }

void scorelet_scorer_reset(scorelet_scorer* scorer) {
  if (scorer != nullptr) scorer->scorer.reset();
}

scorelet_status scorelet_scorer_save_state(const scorelet_scorer* scorer, scorelet_text** state) {
  if (state != nullptr) *state = nullptr;
  if (scorer == nullptr || state == nullptr) return SCORELET_BAD_ARGUMENT;
  const auto bytes = scorer->scorer.saveState();
  *state = new scorelet_text{std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())};
  return SCORELET_OK;
}

scorelet_status scorelet_scorer_restore_state(scorelet_scorer* scorer, const void* state, size_t size) {
  if (scorer == nullptr || (state == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  auto restored = scorer->scorer.restoreState({static_cast<const std::byte*>(state), size});
  scorer->batchFindings.assign(restored ? Diagnostics{} : std::move(restored.error()));
  return restored ? SCORELET_OK : SCORELET_REJECTED;
}

scorelet_status scorelet_score(scorelet_scorer* scorer, const ArrowSchema* schema, ArrowArray* rows,
                               ArrowSchema* out_schema, ArrowArray* out) {
  ArrowArray none{};
  const OwnedRows input(rows != nullptr ? *rows : none);
  if (out_schema != nullptr) *out_schema = ArrowSchema{};
  if (out != nullptr) *out = ArrowArray{};
  if (scorer == nullptr || schema == nullptr || rows == nullptr || out_schema == nullptr || out == nullptr) {
    return SCORELET_BAD_ARGUMENT;
  }
  const auto& model = scorer->scorer.model();
  scorer->rows.clear();
  Diagnostics findings;
  bool good = scorer->arrowRows.read(model, *schema, input.array, findings);
  if (good) {
    const auto options = scorelet::recordOptionsOf(scorer->options);
    scorer->scorer.score(scorer->arrowRows.batch());
    auto results = scorelet::arrow::exportResults(scorer->scorer, options);
    good = results.has_value();
    if (good) {
      *out = *results;
      *out_schema = scorelet::arrow::resultSchema(model, options);
      scorer->rows.resize(scorer->scorer.rows());
      for (std::size_t r = 0; r < scorer->rows.size(); ++r) scorer->rows[r].scored = r;
    } else {
      Diagnostic d;
      d.code = scorelet::Code::limitReached;
      d.message = "The results cannot be exported: " + results.error() + ".";
      findings.push_back(std::move(d));
    }
  }
  scorer->batchFindings.assign(std::move(findings));
  return good ? SCORELET_OK : SCORELET_REJECTED;
}

scorelet_status scorelet_score_json(scorelet_scorer* scorer, const char* json, size_t size, const char** result,
                                    size_t* result_size) {
  if (result != nullptr) *result = nullptr;
  if (result_size != nullptr) *result_size = 0;
  if (scorer == nullptr || result == nullptr || (json == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  if (auto faults = readRecords(*scorer, {json, size}); !faults.empty()) {
    scorer->batchFindings.assign(std::move(faults));
    return SCORELET_REJECTED;
  }
  scorer->batchFindings.assign(scorer->jsonRows.unknownFields());
  scorer->scorer.score(scorer->jsonRows.batch());
  auto options = scorelet::recordOptionsOf(scorer->options);
  options.diagnostics = true;
  scorer->result.clear();
  for (const auto& row : scorer->rows) {
    if (row.scored != SCORELET_NO_ROW) {
      scorelet::appendResultJson(scorer->result, scorer->scorer, row.scored, options);
    } else {
      scorelet::appendRefusedJson(scorer->result, scorer->scorer.model(), row.refused, options);
    }
    scorer->result += '\n';
  }
  *result = scorer->result.c_str();
  if (result_size != nullptr) *result_size = scorer->result.size();
  return SCORELET_OK;
}

scorelet_status scorelet_score_record(scorelet_scorer* scorer, const double* values, size_t count, double* results,
                                      size_t result_count) {
  if (scorer == nullptr || (values == nullptr && count > 0) || (results == nullptr && result_count > 0))
    return SCORELET_BAD_ARGUMENT;
  scorer->scorer.scoreRecord({values, count}, {results, result_count});
  scorer->rows.resize(1);
  scorer->rows[0].scored = 0;
  if (!scorer->batchFindings.list.empty()) scorer->batchFindings.assign({});
  return SCORELET_OK;
}

const scorelet_diagnostics* scorelet_scorer_diagnostics(scorelet_scorer* scorer, size_t row) {
  if (scorer == nullptr) return nullptr;
  if (row == SCORELET_NO_ROW) return &scorer->batchFindings;
  if (row >= scorer->rows.size()) return nullptr;
  const auto& of = scorer->rows[row];
  scorer->rowFindings.assign(of.scored != SCORELET_NO_ROW ? scorer->scorer.diagnostics(of.scored) : of.refused, row);
  return &scorer->rowFindings;
}

}  // extern "C"
