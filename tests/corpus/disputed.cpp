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
      for (const auto& entry : file) {
        const bool isRefused = entry.value("refused", false);
        out.push_back({textOf(entry, "id"), textOf(entry, "argument"), entry.value("results", nlohmann::json::array()),
                       isRefused});
      }
    return out;
  }();
  return all;
}

const Dispute* disputeOf(const std::string& id) {
  const auto found = std::ranges::find(disputes(), id, &Dispute::id);
  return found == disputes().end() ? nullptr : &*found;
}

bool correct(Table& expected, const Dispute& dispute) {
  for (const auto& result : dispute.results) {
    const int column = expected.column(textOf(result, "field"));
    const auto row = static_cast<std::size_t>(numberOf(result, "row", 0));
    if (column < 0 || row < 1 || row > expected.rows.size()) return false;
    expected.rows[row - 1][column] = result["value"];
  }
  return true;
}

}  // namespace scorelet::test
