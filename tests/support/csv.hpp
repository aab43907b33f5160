// A small RFC 4180 reader for test tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scorelet::test {

struct Csv {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< padded with empty cells to the number of columns
};

/// First record = column names. Quoted cells may hold separators, doubled quotes and line breaks; \n, \r\n and \r end
/// a record; blank lines are left out unless there is only one column; a byte order mark is dropped.
[[nodiscard]] Csv parseCsv(std::string_view text, char separator = ',');

}  // namespace scorelet::test
