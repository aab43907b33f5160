#include "document/fields.hpp"

#include "base/number.hpp"
#include "base/strings.hpp"

namespace scorelet::document {

using xml::Key;
using xml::Tag;

namespace {

constexpr std::pair<std::string_view, OpType> kOpTypes[] = {
    {"categorical", OpType::categorical}, {"ordinal", OpType::ordinal}, {"continuous", OpType::continuous}};
constexpr std::pair<std::string_view, UsageType> kUsageTypes[] = {{"active", UsageType::active},
                                                                  {"target", UsageType::target},
                                                                  {"predicted", UsageType::target},  // before 4.2
                                                                  {"supplementary", UsageType::supplementary},
                                                                  {"group", UsageType::group},
                                                                  {"order", UsageType::order},
                                                                  {"frequencyWeight", UsageType::frequencyWeight},
                                                                  {"analysisWeight", UsageType::analysisWeight}};
constexpr std::pair<std::string_view, OutlierTreatment> kOutliers[] = {
    {"asIs", OutlierTreatment::asIs},
    {"asMissingValues", OutlierTreatment::asMissingValues},
    {"asExtremeValues", OutlierTreatment::asExtremeValues}};
constexpr std::pair<std::string_view, MissingValueTreatment> kMissing[] = {
    {"asIs", MissingValueTreatment::asIs},       {"asMean", MissingValueTreatment::asMean},
    {"asMode", MissingValueTreatment::asMode},   {"asMedian", MissingValueTreatment::asMedian},
    {"asValue", MissingValueTreatment::asValue}, {"returnInvalid", MissingValueTreatment::returnInvalid}};
constexpr std::pair<std::string_view, InvalidValueTreatment> kInvalid[] = {
    {"returnInvalid", InvalidValueTreatment::returnInvalid},
    {"asIs", InvalidValueTreatment::asIs},
    {"asMissing", InvalidValueTreatment::asMissing},
    {"asValue", InvalidValueTreatment::asValue}};
constexpr std::pair<std::string_view, ListedValue::Property> kProperties[] = {
    {"valid", ListedValue::Property::valid},
    {"invalid", ListedValue::Property::invalid},
    {"missing", ListedValue::Property::missing}};

constexpr std::pair<std::string_view, int> kClosures[] = {
    {"openOpen", 0}, {"openClosed", 1}, {"closedOpen", 2}, {"closedClosed", 3}};

MiningField readMiningField(xml::Element e) {
  MiningField f;
  f.at = e;
  f.name = e.required(Key::name);
  if (e.attributeCount() == 1) return f;  // as in thousands of trees, whose ensemble says the rest
  f.usageType = e.word("usageType", UsageType::active, kUsageTypes);
  if (e.attribute("optype")) f.opType = e.word("optype", OpType::continuous, kOpTypes);
  f.importance = e.number("importance");
  f.outliers = e.word("outliers", OutlierTreatment::asIs, kOutliers);
  f.lowValue = e.number("lowValue");
  f.highValue = e.number("highValue");
  if (f.outliers != OutlierTreatment::asIs && !f.lowValue && !f.highValue)
    e.error(Code::missingAttribute, "An outlier treatment needs lowValue or highValue.", "outliers");
  f.missingValueTreatment = e.word("missingValueTreatment", MissingValueTreatment::none, kMissing);
  f.missingValueReplacement = e.attribute("missingValueReplacement");
  if (e.attribute("invalidValueTreatment"))
    f.invalidValueTreatment = e.word("invalidValueTreatment", InvalidValueTreatment::returnInvalid, kInvalid);
  f.invalidValueReplacement = e.attribute("invalidValueReplacement");
  if (f.invalidValueTreatment == InvalidValueTreatment::asValue && !f.invalidValueReplacement)
    e.error(Code::missingAttribute, "invalidValueTreatment=\"asValue\" needs invalidValueReplacement.",
            "invalidValueTreatment");
  return f;
}

}  // namespace

const DataField* DataDictionary::find(std::string_view name) const noexcept {
  const auto at = byName.find(name);
  return at == byName.end() ? nullptr : &fields[at->second];
}

const MiningField* MiningSchema::find(std::string_view name) const noexcept {
  const std::uint32_t index = names.find(name);
  return index == Symbols::npos ? nullptr : &fields[index];
}

const MiningField* MiningSchema::target() const noexcept {
  for (const MiningField& f : fields)
    if (f.usageType == UsageType::target) return &f;
  return nullptr;
}

std::optional<DataType> readDataType(xml::Element e, bool required) {
  const auto text = required ? std::optional(e.required("dataType")) : e.attribute("dataType");
  if (!text || text->empty()) return std::nullopt;
  const auto type = dataTypeFromName(*text);
  if (!type) e.error(Code::badValue, "\"" + std::string(*text) + "\" is not a PMML data type.", "dataType");
  return type;
}

std::optional<OpType> readOpType(xml::Element e, bool required) {
  if (required ? e.required("optype").empty() : !e.attribute("optype")) return std::nullopt;
  return e.word("optype", OpType::categorical, kOpTypes);
}

xml::Element findTarget(xml::Element model, std::string_view name) {
  xml::Element target;
  for (xml::Element t : xml::children(model.child("Targets"), "Target")) {
    const std::string_view field = t.attribute("field", {});
    if (field.empty() || field == name || name.empty()) target = t;
  }
  return target;
}

std::optional<OpType> readTargetOpType(xml::Element model, std::string_view name) {
  const xml::Element target = findTarget(model, name);
  return target ? readOpType(target, false) : std::nullopt;
}

void readDomain(xml::Element field, std::vector<ListedValue>& values, std::vector<Interval>& intervals) {
  for (xml::Element e : xml::children(field)) {
    if (e.name() == "Value") {
      ListedValue v;
      v.value = e.required("value");
      v.displayValue = e.attribute("displayValue", {});
      v.property = e.word("property", ListedValue::Property::valid, kProperties);
      values.push_back(std::move(v));
    } else if (e.name() == "Interval") {
      Interval i;
      const int closure = e.requiredWord("closure", 3, kClosures);
      i.leftClosed = (closure & 2) != 0;
      i.rightClosed = (closure & 1) != 0;
      i.left = e.number("leftMargin", i.left);
      i.right = e.number("rightMargin", i.right);
      if (!(i.left <= i.right)) e.error(Code::badValue, "The left margin lies beyond the right one.");
      intervals.push_back(i);
    }
  }
}

DataDictionary readDataDictionary(xml::Element pmml) {
  DataDictionary dictionary;
  const xml::Element e = pmml.child("DataDictionary");
  if (!e) {
    pmml.error(Code::missingElement, "The document has no DataDictionary.");
    return dictionary;
  }
  for (xml::Element f : xml::children(e, "DataField")) {
    DataField field;
    field.at = f;
    field.name = f.required("name");
    field.displayName = f.attribute("displayName", {});
    field.dataType = readDataType(f, true).value_or(DataType::string);
    field.opType = readOpType(f, true).value_or(OpType::categorical);
    field.isCyclic = f.attribute("isCyclic", "0") == "1" || f.attribute("isCyclic", "0") == "true";
    readDomain(f, field.values, field.intervals);
    if (!dictionary.byName.emplace(field.name, dictionary.fields.size()).second)
      f.error(Code::duplicateName, "The field \"" + std::string(field.name) + "\" is declared twice.", "name");
    dictionary.fields.push_back(std::move(field));
  }
  return dictionary;
}

MiningSchema readMiningSchema(xml::Element model) {
  MiningSchema schema;
  const xml::Element e = model.child("MiningSchema");
  if (!e) {
    model.error(Code::missingElement, "<" + std::string(model.name()) + "> has no MiningSchema.");
    return schema;
  }
  std::size_t count = 0;
  for (xml::Element f = e.first(); f; f = f.next()) ++count;
  schema.fields.reserve(count);
  schema.names.reserve(count);
  for (xml::Element f : xml::children(e, Tag::miningField)) {
    const MiningField field = readMiningField(f);
    if (schema.names.intern(field.name) == schema.fields.size())
      schema.fields.push_back(field);
    else
      f.error(Code::duplicateName, "The mining field \"" + std::string(field.name) + "\" stands twice.", "name");
  }
  return schema;
}

ModelInfo readInfo(xml::Element pmml, xml::Element model) {
  ModelInfo info;
  info.pmmlVersion = pmml.attribute("version", {});
  info.modelType = model.name();
  info.modelName = model.attribute("modelName", {});
  info.functionName = model.attribute("functionName", {});
  info.algorithmName = model.attribute("algorithmName", {});
  info.hasVerification = static_cast<bool>(model.child("ModelVerification"));
  if (const xml::Element header = pmml.child("Header")) {
    info.copyright = header.attribute("copyright", {});
    info.description = header.attribute("description", {});
    info.modelVersion = header.attribute("modelVersion", {});
    if (const xml::Element app = header.child("Application")) {
      info.application = app.attribute("name", {});
      info.applicationVersion = app.attribute("version", {});
    }
    info.timestamp = trim(header.child("Timestamp").text());
    for (xml::Element a : xml::children(header, "Annotation")) info.annotations.emplace_back(trim(a.text()));
  }
  return info;
}

}  // namespace scorelet::document
