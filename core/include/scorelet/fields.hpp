// What a model asks for and what it answers, in PMML's own terms.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scorelet {

/// PMML data types. The three `…Since` families keep their epoch year beside the type (`DataTypeInfo`).
enum class DataType : std::uint8_t {
  string,
  integer,
  float32,
  float64,
  boolean,
  date,
  time,
  dateTime,
  dateDaysSince0,
  dateDaysSince1960,
  dateDaysSince1970,
  dateDaysSince1980,
  timeSeconds,
  dateTimeSecondsSince0,
  dateTimeSecondsSince1960,
  dateTimeSecondsSince1970,
  dateTimeSecondsSince1980,
  list,  ///< a collection of values (transactional inputs, selectAll results, multi-valued outputs)
};

/// PMML's spelling: "double", "dateDaysSince[1960]" …
[[nodiscard]] std::string_view dataTypeName(DataType type) noexcept;
[[nodiscard]] std::optional<DataType> dataTypeFromName(std::string_view name) noexcept;

[[nodiscard]] constexpr bool isNumeric(DataType t) noexcept {
  return t == DataType::integer || t == DataType::float32 || t == DataType::float64 ||
         (t >= DataType::dateDaysSince0 && t <= DataType::dateTimeSecondsSince1980);
}

enum class OpType : std::uint8_t { categorical, ordinal, continuous };
[[nodiscard]] std::string_view opTypeName(OpType type) noexcept;

enum class UsageType : std::uint8_t { active, target, supplementary, group, order, frequencyWeight, analysisWeight };
[[nodiscard]] std::string_view usageTypeName(UsageType type) noexcept;

enum class MissingValueTreatment : std::uint8_t { none, asIs, asMean, asMode, asMedian, asValue, returnInvalid };
enum class InvalidValueTreatment : std::uint8_t { returnInvalid, asIs, asMissing, asValue };
enum class OutlierTreatment : std::uint8_t { asIs, asMissingValues, asExtremeValues };
[[nodiscard]] std::string_view missingValueTreatmentName(MissingValueTreatment t) noexcept;
[[nodiscard]] std::string_view invalidValueTreatmentName(InvalidValueTreatment t) noexcept;
[[nodiscard]] std::string_view outlierTreatmentName(OutlierTreatment t) noexcept;

/// One allowed range of a continuous field.
struct Interval {
  double left = -std::numeric_limits<double>::infinity();
  double right = std::numeric_limits<double>::infinity();
  bool leftClosed = true;
  bool rightClosed = true;
};

/// One listed value of a field.
struct ListedValue {
  enum class Property : std::uint8_t { valid, invalid, missing };
  std::string value;
  std::string displayValue;  ///< empty: show `value`
  Property property = Property::valid;
};

/// What the model's own ModelStats say of a field in the data that it was trained on (spec: Statistics). What
/// contradicts itself or other numbers is left out; a note of the load says so.
struct FieldStatistics {
  struct Quantile {
    double limit = 0;  ///< percentage of the values that are not above `value`
    double value = 0;
  };
  /// Frequencies of adjacent ranges: `frequencies[i]` of what lies from `edges[i]` to `edges[i + 1]`.
  struct Histogram {
    std::vector<double>
        edges;  ///< never falling; equal ones enclose a single value; the first and last may be infinite
    std::vector<double> frequencies;
    bool isRightClosed = false;  ///< an edge between two ranges belongs to the one on its left
  };
  struct ValueFrequency {
    std::string value;
    double frequency = 0;
  };

  bool isWeighted = false;                        ///< frequencies are sums of weights, not numbers of records
  std::optional<double> total, missing, invalid;  ///< records; `total` includes the other two
  std::optional<double> cardinality;              ///< different values
  std::optional<double> minimum, maximum, mean, standardDeviation, median, interQuartileRange;
  std::vector<Quantile> quantiles;  ///< neither limits nor values fall
  Histogram histogram;              ///< of a continuous field; empty: there is none
  std::string modalValue;           ///< the most frequent one; empty: not said
  std::vector<ValueFrequency> values;
};

/// A field of the top-level MiningSchema with its DataField.
struct InputField {
  std::string name;
  std::string displayName;  ///< empty: show `name`
  std::string description;  ///< from Extension or Annotation, may be empty
  DataType dataType = DataType::float64;
  OpType opType = OpType::continuous;
  UsageType usageType = UsageType::active;
  bool isCyclic = false;
  bool isList = false;        ///< grouped (transactional): a record may hold a list
  bool isListOfSets = false;  ///< its items may be lists in turn: one per transaction, in the order of time
  bool isUsed = true;         ///< false: the model mentions the field but no result depends on it
  std::vector<ListedValue> values;
  std::vector<Interval> intervals;
  MissingValueTreatment missingValueTreatment = MissingValueTreatment::none;
  std::optional<std::string> missingValueReplacement;
  InvalidValueTreatment invalidValueTreatment = InvalidValueTreatment::returnInvalid;
  std::optional<std::string> invalidValueReplacement;
  OutlierTreatment outliers = OutlierTreatment::asIs;
  std::optional<double> lowValue, highValue;
  std::optional<double> importance;
  std::optional<FieldStatistics> statistics;
};

/// What a result column holds.
struct ResultField {
  enum class Kind : std::uint8_t { target, output };
  std::string name;
  std::string displayName;
  Kind kind = Kind::target;
  std::string feature;  ///< output: PMML's `feature` word; target: "predictedValue"
  std::string value;    ///< output: the class or entity asked for, may be empty
  DataType dataType = DataType::float64;
  OpType opType = OpType::continuous;
  bool isFinalResult = true;
  std::vector<ListedValue> values;  ///< possible values of a categorical result, when known
};

/// Free-text metadata of the document.
struct ModelInfo {
  std::string modelName;     ///< @modelName of the scored model, may be empty
  std::string modelType;     ///< element name: "MiningModel"
  std::string functionName;  ///< "regression", "classification" …
  std::string algorithmName;
  std::string pmmlVersion;
  std::string application, applicationVersion, copyright, description, timestamp, modelVersion;
  std::vector<std::string> annotations;
  bool hasVerification = false;
  std::string documentSha256;  ///< of a compiled model: the digest of its PMML document, in hexadecimal
};

}  // namespace scorelet
