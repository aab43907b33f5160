// ComparisonMeasure and the fields that are compared, as the document writes them.
#include <cmath>

#include "base/number.hpp"
#include "compile/expression.hpp"
#include "document/matrix.hpp"
#include "models/comparison/comparison.hpp"

namespace scorelet::models::comparison {

namespace {

using compile::Binding;
using compile::Builder;
using compile::ModelContext;

constexpr std::pair<std::string_view, CompareFunction> kFunctions[] = {{"absDiff", CompareFunction::absDiff},
                                                                       {"gaussSim", CompareFunction::gaussSim},
                                                                       {"delta", CompareFunction::delta},
                                                                       {"equal", CompareFunction::equal},
                                                                       {"table", CompareFunction::table}};
constexpr std::pair<std::string_view, bool> kKinds[] = {{"distance", false}, {"similarity", true}};

/// The named measures of agreement, as weights of a11, a10, a01 and a00.
struct Agreement {
  std::string_view name;
  double above[4], below[4];
};
constexpr Agreement kAgreements[] = {{"simpleMatching", {1, 0, 0, 1}, {1, 1, 1, 1}},
                                     {"jaccard", {1, 0, 0, 0}, {1, 1, 1, 0}},
                                     {"tanimoto", {1, 0, 0, 1}, {1, 2, 2, 1}}};

double finiteNumber(xml::Element e, std::string_view attribute, double otherwise) {
  const double x = e.number(attribute, otherwise);
  if (std::isfinite(x)) return x;
  e.error(Code::badValue, "A finite number is needed.", attribute);
  return otherwise;
}

void weigh(Measure& measure, const double (&above)[4], const double (&below)[4]) {
  measure.aggregate = Aggregate::binary;
  for (int i = 0; i < 4; ++i) {
    const int a = i < 2, b = i % 2 == 0;  // a11, a10, a01, a00
    measure.c[a][b] = above[i];
    measure.d[a][b] = below[i];
  }
}

void readAggregate(Measure& measure, xml::Element e) {
  const std::string_view name = e.name();
  if (name == "euclidean") {
    measure.aggregate = Aggregate::euclidean;
  } else if (name == "squaredEuclidean") {
    measure.aggregate = Aggregate::squaredEuclidean;
  } else if (name == "cityBlock") {
    measure.aggregate = Aggregate::cityBlock;
  } else if (name == "chebychev") {
    measure.aggregate = Aggregate::chebychev;
  } else if (name == "minkowski") {
    measure.aggregate = Aggregate::minkowski;
    (void)e.requiredNumber("p-parameter");
    measure.p = finiteNumber(e, "p-parameter", 2);
    if (!(measure.p > 0)) e.error(Code::badValue, "The exponent of a Minkowski distance is positive.", "p-parameter");
  } else if (name == "binarySimilarity") {
    constexpr std::string_view cells[] = {"11", "10", "01", "00"};
    double above[4], below[4];
    for (int i = 0; i < 4; ++i) {
      const auto weight = [&](std::string_view letter) {
        const std::string attribute = std::string(letter) + std::string(cells[i]) + "-parameter";
        (void)e.requiredNumber(attribute);
        return finiteNumber(e, attribute, 0);
      };
      above[i] = weight("c");
      below[i] = weight("d");
    }
    weigh(measure, above, below);
  } else {
    for (const Agreement& a : kAgreements)
      if (a.name == name) weigh(measure, a.above, a.below);
  }
}

/// The length of a cyclic field's round: the width of its Interval, or its evenly spaced values.
double periodOf(ModelContext& context, xml::Element e, std::string_view name, const Binding& field) {
  const document::DataField* data = context.scope.builder().dictionary().find(name);
  if (data != nullptr && data->intervals.size() == 1 && std::isfinite(data->intervals[0].left) &&
      std::isfinite(data->intervals[0].right)) {
    const Interval& i = data->intervals[0];
    // Of whole numbers both ends of a closed interval are values of their own (0…23); of real ones they are the same.
    const bool bothCount = field.value.type == DataType::integer && i.leftClosed && i.rightClosed;
    const double period = i.right - i.left + (bothCount ? 1 : 0);
    if (period > 0) return period;
  }
  if (field.order.size() > 1) {
    double low = field.order[0], high = low;
    for (const Value v : field.order) low = std::min(low, v), high = std::max(high, v);
    if (high > low)
      return (high - low) * static_cast<double>(field.order.size()) / static_cast<double>(field.order.size() - 1);
  }
  e.error(
      Code::badValue,
      "\"" + std::string(name) + "\" is cyclic; its DataField needs one Interval or a list of numbers as its round.",
      "field");
  return 0;
}

Table readTable(ModelContext& context, xml::Element e, std::string_view name, const Binding& field) {
  Builder& builder = context.scope.builder();
  Table table;
  table.values = field.order;
  if (table.values.empty())
    if (const document::DataField* data = builder.dictionary().find(name)) table.intervals = data->intervals;
  const std::size_t n = table.size();
  const xml::Element matrix = e.child("Comparisons").child("Matrix");
  if (!matrix) {
    e.error(Code::missingElement, "compareFunction=\"table\" needs Comparisons with a Matrix.", "compareFunction");
  } else if (n == 0) {
    e.error(Code::badValue, "compareFunction=\"table\" needs a field that lists its Values or Intervals.", "field");
  } else if (const auto read = document::readMatrix(matrix, builder.limits().expressionNodes)) {
    if (read->rows != n || read->columns != n)
      matrix.error(Code::badValue, "The field has " + std::to_string(n) + " values, so Comparisons need " +
                                       std::to_string(n) + " rows and columns.");
    else
      table.entries = read->entries;
  }
  if (table.entries.size() != n * n) return {};  // reported
  return table;
}

}  // namespace

Measure readMeasure(ModelContext& context) {
  Measure measure;
  measure.isFloat = context.isFloat;
  const xml::Element e = context.model.child("ComparisonMeasure");
  if (!e) {
    context.model.error(Code::missingElement, "<" + std::string(context.model.name()) + "> needs a ComparisonMeasure.");
    return measure;
  }
  measure.isSimilarity = e.requiredWord("kind", false, kKinds);
  measure.compareFunction = e.word("compareFunction", CompareFunction::absDiff, kFunctions);
  int found = 0;
  for (xml::Element c : xml::children(e)) {
    if (c.name() == "Extension") continue;
    readAggregate(measure, c);
    ++found;
  }
  if (found != 1) e.error(Code::missingElement, "ComparisonMeasure holds one measure, for example <euclidean/>.");
  return measure;
}

void addField(ModelContext& context, Measure& measure, xml::Element e, const Binding& field) {
  const std::string_view name = e.attribute("field", {});
  ComparedField f;
  f.slot = field.value.slot;
  f.type = field.value.type;
  f.place = context.scope.builder().place(name);
  f.weight = finiteNumber(e, "fieldWeight", 1);
  if (measure.isFloat) f.weight = toFloat(f.weight);
  f.function = e.word("compareFunction", measure.compareFunction, kFunctions);
  const bool isNumber = f.type != DataType::string && f.type != DataType::list;
  const bool isBinary = measure.aggregate == Aggregate::binary;
  if (f.type == DataType::list) {
    e.error(Code::typeMismatch, "The values of a group of records cannot be compared with a point.", "field");
  } else if (isBinary) {
    if (!isNumber)
      e.error(Code::typeMismatch, "A binary measure compares values 0 and 1; \"" + std::string(name) + "\" is text.",
              "field");
    if (f.weight != 1)
      e.warn(Code::badValue, "Binary measures count agreements; the specification gives weights no part in them.",
             "fieldWeight");
  } else if (e.name() == "KNNInput" &&
             (f.function == CompareFunction::gaussSim || f.function == CompareFunction::table)) {
    e.error(Code::unsupported,
            "gaussSim needs a similarityScale and table needs Comparisons; the specification gives KNNInput neither.",
            "compareFunction");
  } else if (f.function == CompareFunction::table) {
    f.table = readTable(context, e, name, field);
  } else if (f.function == CompareFunction::absDiff || f.function == CompareFunction::gaussSim) {
    if (!isNumber)
      e.error(Code::typeMismatch,
              "absDiff and gaussSim need numbers; compare the text field \"" + std::string(name) +
                  "\" by delta, equal or table.",
              "field");
    else if (field.isCyclic)
      f.period = periodOf(context, e, name, field);
  }
  if (f.function == CompareFunction::gaussSim && !isBinary && e.name() != "KNNInput") {
    if (!e.attribute("similarityScale"))
      e.error(Code::missingAttribute, "gaussSim needs a similarityScale.", "similarityScale");
    f.scale = finiteNumber(e, "similarityScale", 1);
    if (!(f.scale > 0)) e.error(Code::badValue, "similarityScale is a positive number.", "similarityScale");
  }
  measure.fields.push_back(std::move(f));
}

Value toCoordinate(const Measure& measure, const ComparedField& field, Value lane, xml::Element at) {
  if (!isPresent(lane)) return lane;
  if (measure.aggregate == Aggregate::binary) {
    if (lane != 0 && lane != 1) at.error(Code::badValue, "A binary measure compares values 0 and 1.");
    return lane;
  }
  if (field.function == CompareFunction::absDiff || field.function == CompareFunction::gaussSim)
    return measure.isFloat ? toFloat(lane) : lane;
  if (field.function != CompareFunction::table || field.table.size() == 0) return lane;
  const std::int32_t index = field.table.indexOf(lane);
  if (index < 0) at.error(Code::badValue, "A coordinate is not among the field's values or intervals.");
  return index < 0 ? missing() : Value(index);
}

Value readCoordinate(Builder& builder, const Measure& measure, const ComparedField& field, std::string_view text,
                     xml::Element at) {
  Value lane;
  // A mean of whole numbers or of truth values is a real number.
  const auto number = field.type == DataType::string ? std::nullopt : parseDouble(text);
  const bool isReal = isNumeric(field.type) || field.type == DataType::boolean;
  if (isReal && number && *number == *number)
    lane = *number;
  else
    lane = builder.literal(text, field.type, at);
  return toCoordinate(measure, field, lane, at);
}

}  // namespace scorelet::models::comparison
