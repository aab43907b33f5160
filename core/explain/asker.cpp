#include "explain/asker.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <scorelet/records.hpp>

#include "base/number.hpp"

namespace scorelet::explain {

ResultValue valueOf(double x) {
  ResultValue v;
  if (isPresent(x)) v.kind = ResultValue::Kind::number, v.number = x;
  return v;
}

ResultValue valueOf(std::string text) {
  ResultValue v;
  v.kind = ResultValue::Kind::text;
  v.text = std::move(text);
  return v;
}

std::optional<double> numberIn(const Cell& cell) {
  if (cell.kind == Cell::Kind::number) return isPresent(cell.number) ? std::optional(cell.number) : std::nullopt;
  if (cell.kind != Cell::Kind::text) return std::nullopt;
  return parseDouble(cell.text);
}

std::string textIn(const Cell& cell) {
  std::string out;
  if (cell.kind == Cell::Kind::text) out = cell.text;
  if (cell.kind == Cell::Kind::boolean) out = cell.number != 0 ? "true" : "false";
  if (cell.kind == Cell::Kind::number) appendNumber(out, cell.number);
  return out;
}

void Asker::setRecord(const Batch& batch) {
  Batch one = batch;
  one.rows = 1;
  record_.emplace(one, probe_.inputs());
}

void Asker::add(std::span<const Replaced> replaced) {
  mixtures_.add(record());
  for (const auto& [input, cell] : replaced) mixtures_.set(input, cell);
}

const std::vector<Value>& Asker::answers() {
  probe_.evaluate(mixtures_.batch(), values_);
  return values_;
}

Value Asker::ask(std::span<const Replaced> replaced) {
  clear();
  add(replaced);
  return answers()[0];
}

std::vector<double> pointsOf(const Domain& domain, std::span<const double> cuts, std::size_t points) {
  constexpr double kMostIntegers = 20'000;
  const double low = domain.low, high = domain.high;
  std::vector<double> out{low, high};
  const double width = high - low;
  if (domain.isInteger && width <= kMostIntegers) {
    for (double x = low; x <= high; ++x) out.push_back(x);
  } else {
    for (std::size_t i = 1; i + 1 < points; ++i)
      out.push_back(low + width * static_cast<double>(i) / static_cast<double>(points - 1));
    for (const double cut : cuts)
      for (const double x : {std::nextafter(cut, -HUGE_VAL), cut, std::nextafter(cut, HUGE_VAL)}) out.push_back(x);
    if (domain.isInteger)
      for (double& x : out) x = std::floor(x);
  }
  std::erase_if(out, [&](double x) { return !(x >= low && x <= high); });
  std::sort(out.begin(), out.end());
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace scorelet::explain
