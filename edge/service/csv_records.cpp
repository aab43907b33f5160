#include "service/csv_records.hpp"

#include <algorithm>

namespace scorelet::service {

Answer<void> CsvRecords::read(std::size_t mostRows) {
  if (!reader_.next()) return fail(400, "The body is empty; its first line is to name the columns.");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < reader_.size(); ++i) names.emplace_back(reader_[i]);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto inputs = bindNames(model_, views);
  if (!inputs) return std::unexpected(inputs.error());
  const auto wanted = std::ranges::find(names, kept_);
  const bool isId = kept_.empty() && (*inputs)[0] < 0 && equalIgnoringCase(names[0], "id");
  if (isId || wanted != names.end()) {
    keptColumn_ = isId ? 0 : static_cast<std::size_t>(wanted - names.begin());
    keptName_ = names[keptColumn_];
  }
  while (reader_.next()) {
    if (reader_.isBlank() && names.size() > 1) continue;
    if (auto ok = addRow(*inputs); !ok) return ok;
    if (++rows_ > mostRows) return fail(413, "There are more than " + std::to_string(mostRows) + " rows.");
  }
  return {};
}

Answer<void> CsvRecords::addRow(const std::vector<int>& inputs) {
  const std::string line = "Line " + std::to_string(reader_.line()) + ": ";
  if (!reader_.fault().empty()) return fail(400, line + reader_.fault());
  if (reader_.size() != inputs.size())
    return fail(400, line + "The row has " + std::to_string(reader_.size()) + " cells, the header " +
                         std::to_string(inputs.size()) + ".");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i] < 0) continue;
    const bool isMissing = reader_[i].empty();
    table_.column(inputs[i]).push_back(isMissing ? Cell::none()
                                                 : Cell::of(std::string_view(texts_.emplace_back(reader_[i]))));
  }
  if (keptName_) keptTexts_.emplace_back(reader_[keptColumn_]);
  return {};
}

}  // namespace scorelet::service
