#include "progress.hpp"

#include <chrono>
#include <cstdio>
#include <string>

#include "files.hpp"

namespace scorelet::cli {
namespace {

constexpr int kWidth = 30;

std::int64_t milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Progress::Progress(std::uint64_t inputSize, bool wanted)
    : inputSize_(inputSize), enabled_(wanted && isTerminal(stderr)), lastDrawn_(enabled_ ? milliseconds() : 0) {}

void Progress::show(std::uint64_t rows, std::uint64_t bytesRead) {
  if (!enabled_) return;
  const std::int64_t now = milliseconds();
  if (now - lastDrawn_ < 200) return;
  lastDrawn_ = now;
  drawn_ = true;
  if (inputSize_ == 0) {
    std::fprintf(stderr, "\r\033[K%llu rows", static_cast<unsigned long long>(rows));
    return;
  }
  const double part = static_cast<double>(bytesRead) / static_cast<double>(inputSize_);
  const int full = part >= 1 ? kWidth : static_cast<int>(part * kWidth);
  const std::string bar =
      std::string(static_cast<std::size_t>(full), '#') + std::string(static_cast<std::size_t>(kWidth - full), '-');
  std::fprintf(stderr, "\r\033[K[%s] %3d%%  %llu rows", bar.c_str(), static_cast<int>(part * 100),
               static_cast<unsigned long long>(rows));
}

void Progress::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace scorelet::cli
