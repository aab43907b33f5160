// What the handles of scorelet.h are.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <scorelet/scorelet.h>
#include <scorelet/json_rows.hpp>
#include <scorelet/model.hpp>
#include <scorelet/records.hpp>
#include "api/arrow_export.hpp"
#include "api/arrow_import.hpp"

struct scorelet_text {
  std::string bytes;
};

struct scorelet_diagnostics {
  scorelet::Diagnostics list;
  std::vector<std::string> lines;  ///< `text()` of each, made ahead: a model's notes are read by several threads
  std::size_t row = SCORELET_NO_ROW;

  void assign(scorelet::Diagnostics diagnostics, std::size_t ofRow = SCORELET_NO_ROW) {
    list = std::move(diagnostics);
    row = ofRow;
    lines.clear();
    for (const auto& d : list) lines.push_back(d.text());
  }
};

struct scorelet_model {
  explicit scorelet_model(scorelet::Model loaded) : model(std::move(loaded)) { notes.assign(model.notes()); }

  scorelet::Model model;
  scorelet_diagnostics notes;
  std::atomic<std::size_t> owners{1};
};

struct scorelet_scorer {
  scorelet_scorer(const scorelet::Model& model, const scorelet_score_options& with)
      : scorer(model), options(with), jsonRows(model) {
    scorer.keepDetails(with.details != 0);
  }

  /// One row of the last call.
  struct Row {
    std::size_t scored = SCORELET_NO_ROW;  ///< its row in `scorer`, unless it was refused
    scorelet::Diagnostics refused;
  };

  scorelet::Scorer scorer;
  scorelet_score_options options;
  scorelet::arrow::BatchReader arrowRows;
  scorelet::JsonRows jsonRows;
  std::vector<Row> rows;
  std::string result;
  scorelet_diagnostics batchFindings;
  scorelet_diagnostics rowFindings;
};

namespace scorelet {

/// The caller's options as this build knows them: what is beyond `size` stays zero.
template <class Options>
Options optionsOf(const Options* given) {
  Options options{};
  if (given != nullptr) std::memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
  options.size = sizeof options;
  return options;
}

/// The same for the writers of results; in JSON the caller always gets diagnostics.
inline RecordOptions recordOptionsOf(const scorelet_score_options& given) {
  RecordOptions options;
  options.allOutputs = given.all_outputs != 0;
  options.details = given.details != 0;
  options.diagnostics = given.diagnostics != 0;
  return options;
}

}  // namespace scorelet
