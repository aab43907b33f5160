// The model as JSON, in the shape of docs/describe.md.
#include <cmath>
#include <optional>

#include <scorelet/records.hpp>

namespace scorelet {
namespace {

std::string_view propertyName(ListedValue::Property property) {
  switch (property) {
    case ListedValue::Property::invalid: return "invalid";
    case ListedValue::Property::missing: return "missing";
    default: return "valid";
  }
}

/// Writes one JSON object, member by member; optional members that say nothing are left out.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  std::string& member(std::string_view name) {
    if (!empty_) out_ += ',';
    empty_ = false;
    appendJsonString(out_, name);
    out_ += ':';
    return out_;
  }
  void text(std::string_view name, std::string_view value) { appendJsonString(member(name), value); }
  void optionalText(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void replacement(std::string_view name, const std::optional<std::string>& value) {
    if (value) text(name, *value);
  }
  void flag(std::string_view name, bool value) { member(name) += value ? "true" : "false"; }
  void optionalNumber(std::string_view name, const std::optional<double>& value) {
    if (value) appendNumber(member(name), *value);
  }
  template <class List, class F>
  void list(std::string_view name, const List& items, F&& append) {
    member(name) += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      append(out_, item);
    }
    out_ += ']';
  }

 private:
  std::string& out_;
  bool empty_ = true;
};

void appendBound(std::string& out, double x) {
  if (std::isinf(x)) {
    out += "null";
  } else {
    appendNumber(out, x);
  }
}

void appendListedValue(std::string& out, const ListedValue& value) {
  Object object(out);
  object.text("value", value.value);
  object.optionalText("displayValue", value.displayValue);
  object.text("property", propertyName(value.property));
  object.close();
}

void appendInterval(std::string& out, const Interval& interval) {
  Object object(out);
  appendBound(object.member("left"), interval.left);
  appendBound(object.member("right"), interval.right);
  object.flag("leftClosed", interval.leftClosed);
  object.flag("rightClosed", interval.rightClosed);
  object.close();
}

void appendQuantile(std::string& out, const FieldStatistics::Quantile& quantile) {
  Object object(out);
  appendNumber(object.member("limit"), quantile.limit);
  appendNumber(object.member("value"), quantile.value);
  object.close();
}

void appendHistogram(std::string& out, const FieldStatistics::Histogram& histogram) {
  Object object(out);
  object.list("edges", histogram.edges, appendBound);
  object.list("frequencies", histogram.frequencies, appendNumber);
  object.flag("isRightClosed", histogram.isRightClosed);
  object.close();
}

void appendValueFrequency(std::string& out, const FieldStatistics::ValueFrequency& value) {
  Object object(out);
  object.text("value", value.value);
  appendNumber(object.member("frequency"), value.frequency);
  object.close();
}

void appendStatistics(std::string& out, const FieldStatistics& statistics) {
  Object object(out);
  object.flag("isWeighted", statistics.isWeighted);
  object.optionalNumber("total", statistics.total);
  object.optionalNumber("missing", statistics.missing);
  object.optionalNumber("invalid", statistics.invalid);
  object.optionalNumber("cardinality", statistics.cardinality);
  object.optionalNumber("minimum", statistics.minimum);
  object.optionalNumber("maximum", statistics.maximum);
  object.optionalNumber("mean", statistics.mean);
  object.optionalNumber("standardDeviation", statistics.standardDeviation);
  object.optionalNumber("median", statistics.median);
  object.optionalNumber("interQuartileRange", statistics.interQuartileRange);
  object.list("quantiles", statistics.quantiles, appendQuantile);
  if (!statistics.histogram.edges.empty()) appendHistogram(object.member("histogram"), statistics.histogram);
  object.optionalText("modalValue", statistics.modalValue);
  object.list("values", statistics.values, appendValueFrequency);
  object.close();
}

void appendInputField(std::string& out, const InputField& field) {
  Object object(out);
  object.text("name", field.name);
  object.optionalText("displayName", field.displayName);
  object.optionalText("description", field.description);
  object.text("dataType", dataTypeName(field.dataType));
  object.text("opType", opTypeName(field.opType));
  object.text("usageType", usageTypeName(field.usageType));
  object.flag("isCyclic", field.isCyclic);
  object.flag("isList", field.isList);
  object.flag("isListOfSets", field.isListOfSets);
  object.flag("isUsed", field.isUsed);
  object.list("values", field.values, appendListedValue);
  object.list("intervals", field.intervals, appendInterval);
  object.text("missingValueTreatment", missingValueTreatmentName(field.missingValueTreatment));
  object.replacement("missingValueReplacement", field.missingValueReplacement);
  object.text("invalidValueTreatment", invalidValueTreatmentName(field.invalidValueTreatment));
  object.replacement("invalidValueReplacement", field.invalidValueReplacement);
  object.text("outliers", outlierTreatmentName(field.outliers));
  object.optionalNumber("lowValue", field.lowValue);
  object.optionalNumber("highValue", field.highValue);
  object.optionalNumber("importance", field.importance);
  if (field.statistics) appendStatistics(object.member("statistics"), *field.statistics);
  object.close();
}

void appendResultField(std::string& out, const ResultField& field) {
  Object object(out);
  object.text("name", field.name);
  object.optionalText("displayName", field.displayName);
  object.text("kind", field.kind == ResultField::Kind::target ? "target" : "output");
  object.text("feature", field.feature);
  object.optionalText("value", field.value);
  object.text("dataType", dataTypeName(field.dataType));
  object.text("opType", opTypeName(field.opType));
  object.flag("isFinalResult", field.isFinalResult);
  object.list("values", field.values, appendListedValue);
  object.close();
}

void appendInfo(std::string& out, const ModelInfo& info) {
  Object object(out);
  object.optionalText("modelName", info.modelName);
  object.text("modelType", info.modelType);
  object.text("functionName", info.functionName);
  object.optionalText("algorithmName", info.algorithmName);
  object.text("pmmlVersion", info.pmmlVersion);
  object.optionalText("application", info.application);
  object.optionalText("applicationVersion", info.applicationVersion);
  object.optionalText("copyright", info.copyright);
  object.optionalText("description", info.description);
  object.optionalText("timestamp", info.timestamp);
  object.optionalText("modelVersion", info.modelVersion);
  object.list("annotations", info.annotations, appendJsonString);
  object.flag("hasVerification", info.hasVerification);
  object.optionalText("documentSha256", info.documentSha256);
  object.close();
}

}  // namespace

std::string Model::describeJson() const {
  std::string out;
  Object object(out);
  appendInfo(object.member("info"), info());
  object.list("inputs", inputs(), appendInputField);
  object.list("targets", targets(), appendInputField);
  object.list("results", results(), appendResultField);
  appendDiagnosticsJson(object.member("notes"), notes());
  object.close();
  return out;
}

}  // namespace scorelet
