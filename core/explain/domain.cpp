#include "explain/domain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/number.hpp"
#include "explain/asker.hpp"

namespace scorelet::explain {

namespace {

void addUnique(std::vector<std::string>& to, std::string text) {
  if (!text.empty() && std::ranges::find(to, text) == to.end()) to.push_back(std::move(text));
}

std::optional<Domain> categoriesOf(const InputField& field, std::size_t column, const Table& background) {
  constexpr std::size_t kMost = 1000;  // a text that differs in every record is no category
  Domain out;
  for (const ListedValue& v : field.values)
    if (v.property == ListedValue::Property::valid) addUnique(out.categories, v.value);
  if (out.categories.empty())
    for (std::size_t row = 0; row < background.rows() && out.categories.size() < kMost; ++row)
      addUnique(out.categories, textIn(background.row(row)[column]));
  if (out.categories.empty() && field.dataType == DataType::boolean) out.categories = {"false", "true"};
  return out.categories.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::optional<Domain> domainOf(const InputField& field, std::size_t column, const Table& background) {
  if (field.isList) return std::nullopt;
  if (field.opType != OpType::continuous || !isNumeric(field.dataType)) return categoriesOf(field, column, background);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Domain out;
  out.isNumber = true;
  out.isInteger = field.dataType != DataType::float64 && field.dataType != DataType::float32;
  double least = kInfinity, most = -kInfinity, n = 0, mean = 0, squares = 0;
  for (std::size_t row = 0; row < background.rows(); ++row)
    if (const auto x = numberIn(background.row(row)[column])) {
      least = std::min(least, *x), most = std::max(most, *x);
      const double before = mean;
      mean += (*x - before) / ++n;
      squares += (*x - before) * (*x - mean);
    }
  out.low = kInfinity, out.high = -kInfinity;
  for (const Interval& i : field.intervals) out.low = std::min(out.low, i.left), out.high = std::max(out.high, i.right);
  if (field.intervals.empty())
    for (const ListedValue& v : field.values)
      if (const auto x = parseDouble(v.value); x && v.property == ListedValue::Property::valid)
        out.low = std::min(out.low, *x), out.high = std::max(out.high, *x);
  if (!std::isfinite(out.low)) out.low = least;
  if (!std::isfinite(out.high)) out.high = most;
  if (!std::isfinite(out.low) || !std::isfinite(out.high) || out.low > out.high) return std::nullopt;
  if (out.isInteger) out.low = std::ceil(out.low), out.high = std::floor(out.high);
  out.deviation = n > 1 ? std::sqrt(squares / n) : 0;
  if (!(out.deviation > 0)) out.deviation = out.high > out.low ? (out.high - out.low) / 4 : 1;
  return out;
}

Domain trainedPart(Domain domain, const InputField& field) {
  if (!field.statistics) return domain;
  const FieldStatistics& seen = *field.statistics;
  if (domain.isNumber) {
    const double low = std::max(domain.low, seen.minimum.value_or(domain.low));
    const double high = std::min(domain.high, seen.maximum.value_or(domain.high));
    if (low <= high) domain.low = low, domain.high = high;
    return domain;
  }
  std::vector<std::string> categories;
  for (std::string& c : domain.categories)
    if (std::ranges::any_of(seen.values, [&](const auto& v) { return v.value == c && v.frequency > 0; }))
      categories.push_back(c);
  if (!categories.empty()) domain.categories = std::move(categories);
  return domain;
}

}  // namespace scorelet::explain
