#include "opened_rows.hpp"

namespace scorelet::cli {

std::unique_ptr<OpenedRows> openRows(const Model& model, const std::string& path, const std::vector<std::string>& ids) {
  auto out = std::make_unique<OpenedRows>(OpenedRows{Input::ofFile(path), nullptr});
  if (!out->input.failure().empty()) return out;
  const Format format = formatOf(path).value_or(sniff(out->input));
  RowOptions options;
  options.ids = ids;
  options.separator = path.ends_with(".tsv") ? '\t' : ',';
  out->rows = format == Format::csv ? csvRows(model, out->input, options) : ndjsonRows(model, out->input, options);
  return out;
}

}  // namespace scorelet::cli
