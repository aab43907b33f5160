// A strict, streaming reader of CSV (RFC 4180).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace scorelet::cli {

/// Reads record by record in bounded memory. Lines end with LF, CRLF or CR; quoted cells may hold separators,
/// line ends and doubled quotes. What is not RFC 4180 is not guessed at: such a record has a `fault`, and
/// reading goes on with the next line.
class CsvReader {
 public:
  CsvReader(Bytes& input, char separator, std::size_t recordBytes)
      : input_(input), separator_(separator), recordBytes_(recordBytes) {}

  /// False at the end of the input, or when the input failed.
  bool next();

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  /// Valid until the next call of `next`.
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i] - begin);
  }
  /// True for an empty line.
  [[nodiscard]] bool isBlank() const noexcept { return ends_.size() == 1 && text_.empty() && !sawQuote_; }
  /// Number of the line where the record begins, from 1.
  [[nodiscard]] std::size_t line() const noexcept { return recordLine_; }
  /// Empty, or why the record cannot be used.
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
  enum class State { cellStart, plain, quoted, quoteInQuoted, skipping, done };
  std::size_t step(std::string_view chunk);
  void endCell() { ends_.push_back(text_.size()); }
  void endRecord(char lineEnd);
  void fail(std::string why);

  Bytes& input_;
  char separator_;
  std::size_t recordBytes_;
  std::string text_;               // the record's cells, unquoted, one after the other
  std::vector<std::size_t> ends_;  // where each cell ends in text_
  std::string fault_;
  State state_ = State::cellStart;
  std::size_t line_ = 1, recordLine_ = 1;
  bool sawQuote_ = false;
  bool afterCr_ = false;  // a LF that follows belongs to the line end already seen
};

/// The cells of one line of CSV, as option values such as "a,\"b,c\"" are read.
std::vector<std::string> splitCsv(const std::string& line);

}  // namespace scorelet::cli
