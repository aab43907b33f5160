// What the handles of scorelet.h are.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "api/arrow_import.hpp"
#include <scorelet/model.hpp>
#include <scorelet/records.hpp>
#include <scorelet/scorelet.h>

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
  scorelet_scorer(const scorelet::Model& model, const scorelet_score_options& with) : scorer(model), options(with) {}

  scorelet::Scorer scorer;
  scorelet_score_options options;
  scorelet::arrow::BatchReader reader;
  scorelet_diagnostics batchFindings;
  scorelet_diagnostics rowFindings;
  std::string json;
  bool isScored = false;  ///< `scorer` holds the rows of the last call
};
