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

/// The input and what is wrong with it, for all sources.
struct NdjsonInput {
  NdjsonInput(const Model& m, Input& i, const RowOptions& o) : model(m), input(i), options(o), lines(i, kRecordBytes) {}

  /// The next line that holds something, in `lines`; false at the end and on failure.
  bool next() {
    while (failure.empty() && lines.next()) {
      if (lines.isBlank()) continue;
      if (!std::exchange(atStart, false) || lines.line().find_first_not_of(" \t") != lines.line().find('['))
        return true;
      failure = input.name() + " begins with '['; NDJSON has one object on each line (jq -c '.[]' makes it so)";
    }
    if (failure.empty()) failure = input.failure();
    return false;
  }

  const Model& model;
  Input& input;
  RowOptions options;
  LineReader lines;
  std::string failure;
  bool atStart = true;
};

class NdjsonRows final : public RowSource {
 public:
  explicit NdjsonRows(std::shared_ptr<NdjsonInput> input)
      : input_(std::move(input)), json_(input_->model, jsonOptions(input_->options)) {}

  std::unique_ptr<RowSource> another() override { return std::make_unique<NdjsonRows>(input_); }

  bool read() override {
    text_.clear();
    lines_.clear();
    LineReader& reader = input_->lines;
    while (lines_.size() < kBlockRows && text_.size() < kBlockBytes && input_->next()) {
      text_ += reader.line();
      lines_.push_back({reader.number(), text_.size(), reader.tooLong()});
    }
    return failure().empty() && !lines_.empty();
  }

  void parse() override {
    rows_.clear();
    json_.clear();
    std::size_t begin = 0;
    for (const Line& line : lines_) {
      takeRow(line, std::string_view(text_).substr(begin, line.end - begin));
      begin = line.end;
    }
  }

  const Batch& batch() override { return json_.batch(); }
  const Diagnostics& notes() const override { return json_.unknownFields(); }
  const std::string& failure() const noexcept override { return input_->failure; }

 private:
  struct Line {
    std::size_t number;
    std::size_t end;  // in text_
    bool tooLong;
  };

  static JsonRowsOptions jsonOptions(const RowOptions& options) {
    JsonRowsOptions out;
    out.recordBytes = kRecordBytes;
    out.missingTexts = options.missing;
    out.kept = options.ids;
    if (!options.group.empty()) out.kept.push_back(options.group);
    return out;
  }

  void takeRow(const Line& line, std::string_view record) {
    Row& row = rows_.emplace_back();
    row.line = line.number;
    const std::string where = "Line " + std::to_string(row.line) + ": ";
    const std::size_t ids = input_->options.ids.size();
    const bool hasGroup = !input_->options.group.empty();
    if (line.tooLong) {
      row.refused = badRecord(where + "The record is longer than " + std::to_string(kRecordBytes) + " bytes.");
      row.ids.assign(ids, IdValue{false, "null"});
    } else if (auto added = json_.add(record); !added) {
      row.refused = std::move(added.error());
      for (Diagnostic& d : row.refused) d.message.insert(0, where);
      for (std::size_t i = 0; i < ids; ++i) row.ids.push_back(idValue(json_.keptOfRefused(i)));
      if (hasGroup) row.key = idValue(json_.keptOfRefused(ids));
    } else {
      row.index = json_.rows() - 1;
      for (std::size_t i = 0; i < ids; ++i) row.ids.push_back(idValue(json_.kept(row.index, i)));
      if (hasGroup) row.key = idValue(json_.kept(row.index, ids));
    }
  }

  static IdValue idValue(JsonRows::Kept kept) { return {kept.isText, std::string(kept.value)}; }

  std::shared_ptr<NdjsonInput> input_;
  std::string text_;         // of the block, without line ends
  std::vector<Line> lines_;  // of the block
  JsonRows json_;
};

}  // namespace

std::unique_ptr<RowSource> ndjsonRows(const Model& model, Input& input, const RowOptions& options) {
  return std::make_unique<NdjsonRows>(std::make_shared<NdjsonInput>(model, input, options));
}

}  // namespace scorelet::cli
