// The last word on standard error: how many rows, how many of them bad, and why.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "rows.hpp"

namespace scorelet::cli {

class Summary {
 public:
  void row() { ++rows_; }
  /// Of the last row.
  void bad(const Row& row, const Diagnostics& why);
  /// What was found in the rows that follow.
  void add(const Summary& later);

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  void print() const;

 private:
  std::uint64_t rows_ = 0, bad_ = 0;
  std::map<std::string, std::uint64_t> byCode_;
  std::uint64_t firstBad_ = 0;  // number of a row, from 1; 0: none
  std::string first_;           // its line and what is wrong
};

}  // namespace scorelet::cli
