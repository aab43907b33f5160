// NDJSON: one JSON object a line.
#include <utility>

#include "rows.hpp"

namespace scorelet::cli {
namespace {

/// Lines ended by LF or CRLF, none kept longer than `limit`.
class LineReader {
 public:
  LineReader(Input& input, std::size_t limit) : input_(input), limit_(limit) {}

  bool next() {
    line_.clear();
    tooLong_ = false;
    ++number_;
    bool empty = true;
    for (;;) {
      const std::string_view chunk = input_.chunk();
      if (chunk.empty()) return !empty && input_.failure().empty();
      empty = false;
      const std::size_t end = chunk.find('\n');
      const std::string_view part = chunk.substr(0, end);
      tooLong_ |= line_.size() + part.size() > limit_;
      if (!tooLong_) line_ += part;
      input_.consume(end == std::string_view::npos ? chunk.size() : end + 1);
      if (end == std::string_view::npos) continue;
      return true;
    }
  }
  [[nodiscard]] const std::string& line() const noexcept { return line_; }
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  [[nodiscard]] bool tooLong() const noexcept { return tooLong_; }
  [[nodiscard]] bool isBlank() const noexcept {
    return !tooLong_ && line_.find_first_not_of(" \t\r") == std::string::npos;
  }

 private:
  Input& input_;
  std::size_t limit_;
  std::string line_;
  std::size_t number_ = 0;
  bool tooLong_ = false;
};

class NdjsonRows final : public RowSource {
 public:
  NdjsonRows(const Model& model, Input& input, const RowOptions& options)
      : input_(input),
        ids_(options.ids.size()),
        hasGroup_(!options.group.empty()),
        lines_(input, kRecordBytes),
        json_(model, jsonOptions(options)) {}

  bool read() override {
    rows_.clear();
    json_.clear();
    std::size_t bytes = 0;
    while (rows_.size() < kBlockRows && bytes < kBlockBytes && lines_.next()) {
      if (lines_.isBlank()) continue;
      bytes += lines_.line().size();
      if (std::exchange(atStart_, false) && lines_.line().find_first_not_of(" \t") == lines_.line().find('[')) {
        failure_ = input_.name() + " begins with '['; NDJSON has one object on each line (jq -c '.[]' makes it so)";
        return false;
      }
      takeRow();
    }
    if (!input_.failure().empty()) failure_ = input_.failure();
    return failure_.empty() && !rows_.empty();
  }

  const Batch& batch() override { return json_.batch(); }
  Diagnostics notes() const override { return json_.unknownFields(); }

 private:
  static JsonRowsOptions jsonOptions(const RowOptions& options) {
    JsonRowsOptions out;
    out.recordBytes = kRecordBytes;
    out.missingTexts = options.missing;
    out.kept = options.ids;
    if (!options.group.empty()) out.kept.push_back(options.group);
    return out;
  }

  void takeRow() {
    Row row;
    row.line = lines_.number();
    const std::string where = "Line " + std::to_string(row.line) + ": ";
    if (lines_.tooLong()) {
      row.refused = badRecord(where + "The record is longer than " + std::to_string(kRecordBytes) + " bytes.");
      row.ids.assign(ids_, IdValue{false, "null"});
    } else if (auto added = json_.add(lines_.line()); !added) {
      row.refused = std::move(added.error());
      for (Diagnostic& d : row.refused) d.message.insert(0, where);
      for (std::size_t i = 0; i < ids_; ++i) row.ids.push_back(idValue(json_.keptOfRefused(i)));
      if (hasGroup_) row.key = idValue(json_.keptOfRefused(ids_));
    } else {
      row.index = json_.rows() - 1;
      for (std::size_t i = 0; i < ids_; ++i) row.ids.push_back(idValue(json_.kept(row.index, i)));
      if (hasGroup_) row.key = idValue(json_.kept(row.index, ids_));
    }
    rows_.push_back(std::move(row));
  }

  static IdValue idValue(JsonRows::Kept kept) { return {kept.isText, std::string(kept.value)}; }

  Input& input_;
  std::size_t ids_;
  bool hasGroup_;
  LineReader lines_;
  JsonRows json_;
  bool atStart_ = true;
};

}  // namespace

std::unique_ptr<RowSource> ndjsonRows(const Model& model, Input& input, const RowOptions& options) {
  return std::make_unique<NdjsonRows>(model, input, options);
}

}  // namespace scorelet::cli
