// PMML's spellings of the enumerations in <scorelet/fields.hpp>.
#include <array>

#include <scorelet/fields.hpp>

namespace scorelet {

namespace {

constexpr std::array<std::string_view, 18> kDataTypes = {"string",
                                                         "integer",
                                                         "float",
                                                         "double",
                                                         "boolean",
                                                         "date",
                                                         "time",
                                                         "dateTime",
                                                         "dateDaysSince[0]",
                                                         "dateDaysSince[1960]",
                                                         "dateDaysSince[1970]",
                                                         "dateDaysSince[1980]",
                                                         "timeSeconds",
                                                         "dateTimeSecondsSince[0]",
                                                         "dateTimeSecondsSince[1960]",
                                                         "dateTimeSecondsSince[1970]",
                                                         "dateTimeSecondsSince[1980]",
                                                         "list"};
constexpr std::array<std::string_view, 3> kOpTypes = {"categorical", "ordinal", "continuous"};
constexpr std::array<std::string_view, 7> kUsageTypes = {"active", "target",          "supplementary", "group",
                                                         "order",  "frequencyWeight", "analysisWeight"};
constexpr std::array<std::string_view, 7> kMissingValueTreatments = {"none",     "asIs",    "asMean",       "asMode",
                                                                     "asMedian", "asValue", "returnInvalid"};
constexpr std::array<std::string_view, 4> kInvalidValueTreatments = {"returnInvalid", "asIs", "asMissing", "asValue"};
constexpr std::array<std::string_view, 3> kOutlierTreatments = {"asIs", "asMissingValues", "asExtremeValues"};

template <class Names, class Enum>
std::string_view nameOf(const Names& names, Enum value) noexcept {
  return names[static_cast<std::size_t>(value)];
}

static_assert(kDataTypes.size() == static_cast<std::size_t>(DataType::list) + 1);

}  // namespace

std::string_view dataTypeName(DataType type) noexcept { return nameOf(kDataTypes, type); }

std::optional<DataType> dataTypeFromName(std::string_view name) noexcept {
  // "list" is no PMML data type: nothing in a document can ask for it.
  for (std::size_t i = 0; i + 1 < kDataTypes.size(); ++i)
    if (kDataTypes[i] == name) return static_cast<DataType>(i);
  return std::nullopt;
}

std::string_view opTypeName(OpType type) noexcept { return nameOf(kOpTypes, type); }
std::string_view usageTypeName(UsageType type) noexcept { return nameOf(kUsageTypes, type); }
std::string_view missingValueTreatmentName(MissingValueTreatment t) noexcept {
  return nameOf(kMissingValueTreatments, t);
}
std::string_view invalidValueTreatmentName(InvalidValueTreatment t) noexcept {
  return nameOf(kInvalidValueTreatments, t);
}
std::string_view outlierTreatmentName(OutlierTreatment t) noexcept { return nameOf(kOutlierTreatments, t); }

}  // namespace scorelet
