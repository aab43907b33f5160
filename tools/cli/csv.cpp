#include "csv.hpp"

#include <algorithm>
#include <utility>

namespace scorelet::cli {

void CsvReader::fail(std::string why) {
  if (fault_.empty()) fault_ = std::move(why);
  if (state_ != State::done) state_ = State::skipping;
}

void CsvReader::endRecord(char lineEnd) {
  endCell();
  ++line_;
  afterCr_ = lineEnd == '\r';
  state_ = State::done;
}

/// Takes in the beginning of the chunk, at least one byte; returns how much.
std::size_t CsvReader::step(std::string_view chunk) {
  const char c = chunk.front();
  const auto isLineEnd = [](char x) { return x == '\n' || x == '\r'; };
  const auto until = [&](auto stop) {
    return static_cast<std::size_t>(std::find_if(chunk.begin(), chunk.end(), stop) - chunk.begin());
  };
  switch (state_) {
    case State::cellStart:
      if (c == '"') {
        sawQuote_ = true;
        state_ = State::quoted;
        return 1;
      }
      state_ = State::plain;
      [[fallthrough]];
    case State::plain: {
      if (c == separator_) {
        endCell();
        state_ = State::cellStart;
        return 1;
      }
      if (isLineEnd(c)) return endRecord(c), 1;
      if (c == '"') {
        fail("A quote stands inside an unquoted cell; quote the whole cell and double the quotes within.");
        return 1;
      }
      const std::size_t n = until([&](char x) { return x == separator_ || x == '"' || isLineEnd(x); });
      text_ += chunk.substr(0, n);
      return n;
    }
    case State::quoted: {
      if (c == '"') {
        state_ = State::quoteInQuoted;
        return 1;
      }
      const std::size_t n = until([](char x) { return x == '"'; });
      const auto part = chunk.substr(0, n);
      line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
      text_ += part;
      return n;
    }
    case State::quoteInQuoted:
      if (c == '"') {
        text_ += '"';
        state_ = State::quoted;
        return 1;
      }
      if (c == separator_ || isLineEnd(c)) {
        state_ = State::plain;
        return 0;
      }
      fail("Text follows the closing quote of a cell; double the quotes within a quoted cell.");
      return 1;
    case State::skipping:
      if (isLineEnd(c)) return endRecord(c), 1;
      return until(isLineEnd);
    case State::done: break;
  }
  return 0;
}

bool CsvReader::next() {
  text_.clear();
  ends_.clear();
  fault_.clear();
  sawQuote_ = false;
  recordLine_ = line_;
  state_ = State::cellStart;
  bool empty = true;
  while (state_ != State::done) {
    std::string_view chunk = input_.chunk();
    if (std::exchange(afterCr_, false) && chunk.starts_with('\n')) {
      input_.consume(1);
      continue;
    }
    if (chunk.empty()) {
      if (empty || !input_.failure().empty()) return false;
      if (state_ == State::quoted) fail("The file ends inside a quoted cell.");
      endRecord('\n');
      return true;
    }
    empty = false;
    input_.consume(step(chunk));
    if (text_.size() + ends_.size() > recordBytes_ && fault_.empty()) {
      fail("The record is longer than " + std::to_string(recordBytes_) + " bytes.");
    }
  }
  return true;
}

std::vector<std::string> splitCsv(const std::string& line) {
  Bytes input(line);
  CsvReader reader(input, ',', line.size());
  std::vector<std::string> cells;
  if (reader.next()) {
    for (std::size_t i = 0; i < reader.size(); ++i) cells.emplace_back(reader[i]);
  }
  return cells;
}

}  // namespace scorelet::cli
