#include "corpus/disputed.hpp"

#include <algorithm>

#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet::test {

const std::vector<Dispute>& disputes() {
  static const std::vector<Dispute> all = [] {
    std::vector<Dispute> out;
    const nlohmann::json file = readJson(projectRoot() + "/tests/corpus/disputed.json");
    if (file.is_array())
      for (const auto& entry : file)
        out.push_back({textOf(entry, "id"), textOf(entry, "argument"), entry.value("results", nlohmann::json::array()),
                       textOf(entry, "table")});
    return out;
  }();
  return all;
}

const Dispute* disputeOf(const std::string& id) {
  const auto found = std::ranges::find(disputes(), id, &Dispute::id);
  return found == disputes().end() ? nullptr : &*found;
}

namespace {

bool replaceColumns(Table& expected, const std::string& path) {
  const auto table = tableFromCsv(path);
  if (!table || table->rows.size() != expected.rows.size()) return false;
  for (std::size_t c = 0; c < table->columns.size(); ++c) {
    const int column = expected.column(table->columns[c]);
    if (column < 0) return false;
    for (std::size_t r = 0; r < table->rows.size(); ++r) expected.rows[r][column] = table->rows[r][c];
  }
  return true;
}

}  // namespace

bool correct(Table& expected, const Dispute& dispute) {
  if (!dispute.table.empty() && !replaceColumns(expected, projectRoot() + "/tests/corpus/" + dispute.table))
    return false;
  for (const auto& result : dispute.results) {
    const int column = expected.column(textOf(result, "field"));
    const auto row = static_cast<std::size_t>(numberOf(result, "row", 0));
    if (column < 0 || row < 1 || row > expected.rows.size()) return false;
    expected.rows[row - 1][column] = result["value"];
  }
  return true;
}

}  // namespace scorelet::test
