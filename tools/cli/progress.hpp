// A progress bar on standard error, on terminals only.
#pragma once

#include <cstdint>

namespace scorelet::cli {

class Progress {
 public:
  Progress(std::uint64_t inputSize, bool wanted);
  /// Draws, a few times a second at most.
  void show(std::uint64_t rows, std::uint64_t bytesRead);
  /// Removes the bar, before anything else is printed.
  void clear();

 private:
  std::uint64_t inputSize_;  // in bytes, 0 if unknown
  bool enabled_;
  bool drawn_ = false;
  std::int64_t lastDrawn_ = 0;  // milliseconds
};

}  // namespace scorelet::cli
