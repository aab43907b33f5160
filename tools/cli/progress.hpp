// A progress bar on standard error, on terminals only.
#pragma once

#include <cstdint>

#include "files.hpp"

namespace scorelet::cli {

class Progress {
 public:
  Progress(const Input& input, bool wanted);
  /// Draws, a few times a second at most.
  void show(std::uint64_t rows);
  /// Removes the bar, before anything else is printed.
  void clear();

 private:
  const Input& input_;
  bool enabled_;
  bool drawn_ = false;
  std::int64_t lastDrawn_ = 0;  // milliseconds
};

}  // namespace scorelet::cli
