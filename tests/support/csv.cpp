#include "support/csv.hpp"

namespace scorelet::test {
namespace {

class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  /// False at the end of the text.
  bool record(std::vector<std::string>& cells) {
    cells.clear();
    if (at_ >= text_.size()) return false;
    for (;;) {
      cells.push_back(cell());
      if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        continue;
      }
      if (at_ < text_.size() && text_[at_] == '\r') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++at_;
      return true;
    }
  }

 private:
  [[nodiscard]] bool atCellEnd() const {
    return at_ >= text_.size() || text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r';
  }

  std::string cell() {
    std::string value;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '"') {
          if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
          ++at_;
        }
        value += text_[at_];
      }
      if (at_ < text_.size()) ++at_;
    }
    while (!atCellEnd()) value += text_[at_++];
    return value;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
};

}  // namespace

Csv parseCsv(std::string_view text, char separator) {
  Csv csv;
  Reader reader(text, separator);
  reader.record(csv.columns);
  for (std::vector<std::string> cells; reader.record(cells);) {
    if (cells.size() == 1 && cells[0].empty() && csv.columns.size() > 1) continue;
    cells.resize(csv.columns.size());
    csv.rows.push_back(std::move(cells));
  }
  return csv;
}

}  // namespace scorelet::test
