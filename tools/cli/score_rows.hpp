// Rows in, one result row out for each, in the order of the input, on one thread or several.
#pragma once

#include <memory>

#include "event_log.hpp"
#include "exit_code.hpp"
#include "files.hpp"
#include "result_text.hpp"

namespace scorelet::cli {

struct ScoreJob {
  const Model& model;
  const Input& input;
  std::unique_ptr<RowSource> rows;  ///< of `input`
  Output& output;
  ResultFormat format;
  std::uint32_t threads = 1;  ///< at most; what comes out does not depend on it
  bool strict = false;        ///< end at the first bad row
  bool quiet = false;         ///< no progress, notes and summary
  EventLog* events = nullptr;
};

ExitCode scoreRows(ScoreJob job);

}  // namespace scorelet::cli
