#include "document/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/number.hpp"
#include "base/sort.hpp"
#include "document/array.hpp"

namespace scorelet::document {

namespace {

constexpr std::size_t kMostItems = 100'000;  // intervals or values of one field
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSlack = 1e-6;  // relative: sums of weights were rounded when they were written

void leaveOut(xml::Element e, std::string why, std::string_view attribute = {}) {
  e.note(Code::badValue, std::move(why) + " It is left out; no score depends on it.", attribute);
}

std::optional<double> finite(xml::Element e, std::string_view attribute) {
  const auto text = e.attribute(attribute);
  if (!text) return std::nullopt;
  const auto x = parseDouble(*text);
  if (x && std::isfinite(*x)) return x;
  leaveOut(e, "\"" + std::string(*text) + "\" is not a finite number.", attribute);
  return std::nullopt;
}

std::optional<double> notNegative(xml::Element e, std::string_view attribute) {
  const auto x = finite(e, attribute);
  if (!x || *x >= 0) return x;
  leaveOut(e, "This number cannot be negative.", attribute);
  return std::nullopt;
}

/// A margin of an interval, which may be infinite; `otherwise` where there is none, nothing if it is no number.
std::optional<double> margin(xml::Element e, std::string_view attribute, double otherwise) {
  const auto text = e.attribute(attribute);
  if (!text) return otherwise;
  const auto x = parseDouble(*text);
  return x && *x == *x ? x : std::nullopt;
}

double sum(const std::vector<double>& numbers) {
  double total = 0;
  for (const double x : numbers) total += x;
  return total;
}

/// The items of an array; nothing after a note.
std::optional<std::vector<std::string>> readItems(xml::Element array) {
  std::vector<std::string> items;
  const bool isWhole = splitArray(array.text(), items);
  const auto n = array.attribute("n");
  const auto said = n ? parseDouble(*n) : std::nullopt;
  if (!isWhole)
    leaveOut(array, "A quoted item of the array is not closed.");
  else if (n && said != static_cast<double>(items.size()))
    leaveOut(array, "The array has " + std::to_string(items.size()) + " items, not n=" + std::string(*n) + ".");
  else if (items.size() > kMostItems)
    leaveOut(array, "The array has more than " + std::to_string(kMostItems) + " items.");
  else
    return items;
  return std::nullopt;
}

/// Frequencies of `n` things; empty after a note.
std::vector<double> readFrequencies(xml::Element array, std::size_t n) {
  const auto items = readItems(array);
  if (!items) return {};
  std::vector<double> frequencies;
  for (const std::string& item : *items) {
    const double x = parseDouble(item).value_or(-1);
    if (!(x >= 0) || std::isinf(x)) {
      leaveOut(array, "\"" + item + "\" is no frequency.");
      return {};
    }
    frequencies.push_back(x);
  }
  const double total = sum(frequencies);
  if (frequencies.size() != n)
    leaveOut(array, "There are " + std::to_string(frequencies.size()) + " frequencies of " + std::to_string(n) +
                        " values or intervals.");
  else if (!(total > 0) || std::isinf(total))
    leaveOut(array, "The frequencies add up to nothing that shares could be taken of.");
  else
    return frequencies;
  return {};
}

struct Reader {
  const InputField& field;
  FieldStatistics& s;

  void read(xml::Element e);
  void readCounts(xml::Element e) const;
  void readNumericInfo(xml::Element e) const;
  void readQuantiles(xml::Element e) const;
  void readDiscrStats(xml::Element e) const;
  void readContStats(xml::Element e) const;
  void checkCounts(xml::Element e, double frequencies) const;
  [[nodiscard]] bool isInRange(double x) const noexcept;
};

void Reader::readCounts(xml::Element e) const {
  s.total = notNegative(e, "totalFreq");
  s.missing = notNegative(e, "missingFreq");
  s.invalid = notNegative(e, "invalidFreq");
  s.cardinality = notNegative(e, "cardinality");
  if (s.total) checkCounts(e, 0);
}

/// The total has room for what is missing, what is invalid and the frequencies of valid values.
void Reader::checkCounts(xml::Element e, double frequencies) const {
  if (!s.total) return;
  const double needed = frequencies + s.missing.value_or(0) + s.invalid.value_or(0);
  if (needed <= *s.total * (1 + kSlack)) return;
  leaveOut(e, "The frequencies add up to more than totalFreq.");
  s.total = s.missing = s.invalid = std::nullopt;
}

bool Reader::isInRange(double x) const noexcept {
  const double slack = kSlack * std::max(std::fabs(s.minimum.value_or(0)), std::fabs(s.maximum.value_or(0)));
  return !(s.minimum && x < *s.minimum - slack) && !(s.maximum && x > *s.maximum + slack);
}

void Reader::readNumericInfo(xml::Element e) const {
  if (!isNumeric(field.dataType)) return leaveOut(e, "The field holds no numbers.");
  s.minimum = finite(e, "minimum");
  s.maximum = finite(e, "maximum");
  if (s.minimum && s.maximum && !(*s.minimum <= *s.maximum)) {
    leaveOut(e, "The minimum is above the maximum.", "minimum");
    s.minimum = s.maximum = std::nullopt;
  }
  s.mean = finite(e, "mean");
  s.median = finite(e, "median");
  s.standardDeviation = notNegative(e, "standardDeviation");
  s.interQuartileRange = notNegative(e, "interQuartileRange");
  for (const auto& [name, number] : {std::pair("mean", &s.mean), std::pair("median", &s.median)})
    if (*number && !isInRange(**number)) {
      leaveOut(e, "The number lies outside minimum and maximum.", name);
      *number = std::nullopt;
    }
  readQuantiles(e);
}

void Reader::readQuantiles(xml::Element e) const {
  std::vector<FieldStatistics::Quantile> quantiles;
  for (xml::Element q : xml::children(e, "Quantile")) {
    const auto limit = finite(q, "quantileLimit"), value = finite(q, "quantileValue");
    if (!limit || !value) continue;
    if (!(*limit >= 0 && *limit <= 100) || !isInRange(*value))
      leaveOut(q, "A quantile has a limit from 0 to 100 and lies between minimum and maximum.");
    else
      quantiles.push_back({*limit, *value});
  }
  sort(quantiles,
       [](const auto& a, const auto& b) { return a.limit != b.limit ? a.limit < b.limit : a.value < b.value; });
  for (std::size_t i = 1; i < quantiles.size(); ++i) {
    const auto &a = quantiles[i - 1], &b = quantiles[i];
    if (b.value < a.value || (b.limit == a.limit && b.value != a.value))
      return leaveOut(e.child("Quantile"), "The quantiles contradict each other.");
  }
  if (quantiles.size() > kMostItems) return leaveOut(e.child("Quantile"), "There are too many quantiles.");
  s.quantiles = std::move(quantiles);
}

void Reader::readDiscrStats(xml::Element e) const {
  s.modalValue = e.attribute("modalValue", {});
  xml::Element listed, counted;
  for (xml::Element array : xml::children(e, "Array")) {
    if (array.attribute("type") == "string" && !listed)
      listed = array;
    else if (counted && !listed)
      listed = std::exchange(counted, array);  // two of numbers: values come first
    else
      counted = array;
  }
  if (!counted) return;  // values alone tell nothing about the data
  std::vector<std::string> values;
  if (listed) {
    auto items = readItems(listed);
    if (!items) return;
    values = std::move(*items);
  } else {
    for (const ListedValue& v : field.values)
      if (v.property == ListedValue::Property::valid) values.push_back(v.value);
  }
  const std::vector<double> frequencies = readFrequencies(counted, values.size());
  if (frequencies.empty()) return;
  std::unordered_map<std::string_view, bool> seen;
  for (const std::string& value : values)
    if (!seen.emplace(value, true).second) return leaveOut(e, "The value \"" + value + "\" is counted twice.");
  checkCounts(e, sum(frequencies));
  for (std::size_t i = 0; i < values.size(); ++i) s.values.push_back({values[i], frequencies[i]});
}

void Reader::readContStats(xml::Element e) const {
  struct Bin {
    double left, right, frequency;
    bool leftClosed, rightClosed;
  };
  const xml::Element array = e.child("Array");  // the other two hold sums of the values and of their squares
  if (!array) return;
  if (!isNumeric(field.dataType)) return leaveOut(e, "The field holds no numbers.");
  std::vector<Bin> bins;
  for (xml::Element i : xml::children(e, "Interval")) {
    const auto left = margin(i, "leftMargin", -kInfinity), right = margin(i, "rightMargin", kInfinity);
    if (!left || !right || !(*left <= *right) || *left == kInfinity || *right == -kInfinity)
      return leaveOut(i, "The interval holds nothing.");
    const std::string_view closure = i.attribute("closure", "closedClosed");
    bins.push_back({*left, *right, 0, closure.starts_with("closed"), closure.ends_with("Closed")});
  }
  const std::vector<double> frequencies = readFrequencies(array, bins.size());
  if (frequencies.empty()) return;
  for (std::size_t i = 0; i < bins.size(); ++i) bins[i].frequency = frequencies[i];
  sort(bins, [](const Bin& a, const Bin& b) { return a.left != b.left ? a.left < b.left : a.right < b.right; });
  if (bins.front().left == -kInfinity && s.minimum) bins.front().left = std::min(*s.minimum, bins.front().right);
  if (bins.back().right == kInfinity && s.maximum) bins.back().right = std::max(*s.maximum, bins.back().left);

  FieldStatistics::Histogram h;
  if (bins.size() > 1) h.isRightClosed = bins[0].rightClosed && !bins[1].leftClosed;
  h.edges.push_back(bins[0].left);
  for (const Bin& bin : bins) {
    if (bin.left < h.edges.back()) return leaveOut(e, "The intervals overlap.");
    if (bin.left > h.edges.back()) {  // between intervals there is nothing
      h.edges.push_back(bin.left);
      h.frequencies.push_back(0);
    }
    h.edges.push_back(bin.right);
    h.frequencies.push_back(bin.frequency);
    if (std::isinf(bin.left) && std::isinf(bin.right)) return leaveOut(e, "The interval has no ends.");
  }
  if ((s.maximum && h.edges.front() > *s.maximum) || (s.minimum && h.edges.back() < *s.minimum))
    return leaveOut(e, "The intervals lie outside minimum and maximum.");
  checkCounts(e, sum(frequencies));
  s.histogram = std::move(h);
}

void Reader::read(xml::Element e) {
  s.isWeighted = e.attribute("weighted") == "1";
  if (const xml::Element counts = e.child("Counts")) readCounts(counts);
  if (const xml::Element info = e.child("NumericInfo")) readNumericInfo(info);
  if (const xml::Element discrete = e.child("DiscrStats")) readDiscrStats(discrete);
  if (const xml::Element continuous = e.child("ContStats")) readContStats(continuous);
}

}  // namespace

void readStatistics(xml::Element model, std::span<InputField> inputs, std::span<InputField> targets) {
  const xml::Element stats = model.child("ModelStats");
  if (!stats) return;
  std::unordered_map<std::string_view, xml::Element> univariate;
  for (xml::Element e : xml::children(stats, "UnivariateStats"))
    if (!univariate.emplace(e.attribute("field", {}), e).second)
      leaveOut(e, "There are UnivariateStats of this field already.", "field");
  for (const auto fields : {inputs, targets})
    for (InputField& field : fields)
      if (const auto found = univariate.find(field.name); found != univariate.end())
        Reader{field, field.statistics.emplace()}.read(found->second);
}

}  // namespace scorelet::document
