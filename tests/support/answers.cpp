#include "support/answers.hpp"

#include <algorithm>
#include <bit>

namespace scorelet::test {
namespace {

void appendBits(std::string& out, double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift & 0xFF);
}

void appendValue(std::string& out, const ResultValue& value) {
  switch (value.kind) {
    case ResultValue::Kind::missing: out += 'm'; return;
    case ResultValue::Kind::boolean: out += value.number != 0 ? "b1" : "b0"; return;
    case ResultValue::Kind::number: out += 'n'; return appendBits(out, value.number);
    case ResultValue::Kind::text: out += 't' + value.text + '\0'; return;
    case ResultValue::Kind::list: break;
  }
  out += '[';
  for (const ResultValue& item : value.items) appendValue(out, item);
  out += ']';
}

}  // namespace

std::vector<std::string> answers(Scorer& scorer, const Binding& rows, std::size_t batchSize) {
  std::vector<std::string> out;
  scorer.reset();
  const std::size_t columns = scorer.model().results().size();
  for (std::size_t first = 0; first < rows.rows(); first += batchSize) {
    const std::size_t count = std::min(batchSize, rows.rows() - first);
    scorer.score(rows.batch(first, count));
    for (std::size_t row = 0; row < count; ++row) {
      std::string answer = scorer.ok(row) ? "+" : "-";
      for (std::size_t c = 0; c < columns; ++c) appendValue(answer, scorer.value(c, row));
      out.push_back(std::move(answer));
    }
  }
  return out;
}

std::string fingerprint(const std::vector<std::string>& answers) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::string& answer : answers)
    for (const char c : answer) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[hash >> shift & 0xF];
  return text;
}

}  // namespace scorelet::test
