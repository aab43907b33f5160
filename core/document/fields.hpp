// DataDictionary and MiningSchema as read from the document: views into the tree, defaults made explicit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <scorelet/fields.hpp>

#include "base/strings.hpp"
#include "xml/document.hpp"

namespace scorelet::document {

struct DataField {
  std::string_view name, displayName;
  DataType dataType = DataType::string;
  OpType opType = OpType::categorical;
  bool isCyclic = false;
  std::vector<ListedValue> values;
  std::vector<Interval> intervals;
  xml::Element at;
};

struct MiningField {
  std::string_view name;
  UsageType usageType = UsageType::active;
  std::optional<OpType> opType;
  std::optional<double> importance;
  OutlierTreatment outliers = OutlierTreatment::asIs;
  std::optional<double> lowValue, highValue;
  MissingValueTreatment missingValueTreatment = MissingValueTreatment::none;
  std::optional<std::string_view> missingValueReplacement;
  std::optional<InvalidValueTreatment> invalidValueTreatment;  ///< unset: returnInvalid at the top level
  std::optional<std::string_view> invalidValueReplacement;
  xml::Element at;

  /// True if the field passes values on as they are.
  [[nodiscard]] bool isIdentity() const noexcept {
    return outliers == OutlierTreatment::asIs && !missingValueReplacement && !invalidValueTreatment &&
           missingValueTreatment != MissingValueTreatment::returnInvalid;
  }
};

struct DataDictionary {
  std::vector<DataField> fields;
  std::unordered_map<std::string_view, std::size_t> byName;  ///< a document may have thousands
  [[nodiscard]] const DataField* find(std::string_view name) const noexcept;
};

struct MiningSchema {
  std::vector<MiningField> fields;
  Symbols names;  ///< of the fields, with their index
  [[nodiscard]] const MiningField* find(std::string_view name) const noexcept;
  [[nodiscard]] const MiningField* target() const noexcept;  ///< the first target, null if there is none
};

[[nodiscard]] DataDictionary readDataDictionary(xml::Element pmml);
[[nodiscard]] MiningSchema readMiningSchema(xml::Element model);

/// Value and Interval children, as DataField and DerivedField have them.
void readDomain(xml::Element field, std::vector<ListedValue>& values, std::vector<Interval>& intervals);

/// @dataType and @optype; `required` reports their absence.
[[nodiscard]] std::optional<DataType> readDataType(xml::Element e, bool required);
[[nodiscard]] std::optional<OpType> readOpType(xml::Element e, bool required);

/// The Target element for a target field (empty: the model names none); segments may leave out its name.
[[nodiscard]] xml::Element findTarget(xml::Element model, std::string_view name);
/// Its @optype, which overrides that of the field.
[[nodiscard]] std::optional<OpType> readTargetOpType(xml::Element model, std::string_view name);

/// Header and model attributes.
[[nodiscard]] ModelInfo readInfo(xml::Element pmml, xml::Element model);

/// Reports elements and attributes that PMML does not define (vocabulary.hpp).
void checkVocabulary(xml::Element pmml);

}  // namespace scorelet::document
