#include "summary.hpp"

#include "command.hpp"

namespace scorelet::cli {

void Summary::bad(const Row& row, const Diagnostics& why) {
  ++bad_;
  if (why.empty()) return;
  ++byCode_[std::string(codeName(why.front().code))];
  if (firstBad_ != 0) return;
  firstBad_ = rows_;
  first_ = "line " + std::to_string(row.line) + ": " + why.front().message;
}

void Summary::add(const Summary& later) {
  if (firstBad_ == 0 && later.firstBad_ != 0) {
    firstBad_ = rows_ + later.firstBad_;
    first_ = later.first_;
  }
  rows_ += later.rows_;
  bad_ += later.bad_;
  for (const auto& [code, n] : later.byCode_) byCode_[code] += n;
}

void Summary::print() const {
  std::string codes;
  for (const auto& [code, n] : byCode_) codes += (codes.empty() ? "" : ", ") + code + " " + std::to_string(n);
  complain(std::to_string(rows_) + (rows_ == 1 ? " row" : " rows") + " scored" +
           (bad_ == 0 ? "" : "; " + std::to_string(bad_) + " with diagnostics (" + codes + ")"));
  if (firstBad_ != 0) complain("first bad row: number " + std::to_string(firstBad_) + ", " + first_);
}

}  // namespace scorelet::cli
