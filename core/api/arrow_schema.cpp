#include "api/arrow_export.hpp"
#include "api/arrow_owner.hpp"
#include "api/result_columns.hpp"

namespace scorelet::arrow {
namespace {

/// The Arrow type that holds every value of a PMML type. Dates carry no zone; the numbers of the
/// `…Since` types are plain counts.
const char* formatOf(DataType type) noexcept {
  switch (type) {
    case DataType::string: return "u";
    case DataType::integer: return "l";
    case DataType::float32: return "f";
    case DataType::boolean: return "b";
    case DataType::date: return "tdD";
    case DataType::time: return "ttu";
    case DataType::dateTime: return "tsu:";
    case DataType::list: return "+l";
    default: return "g";
  }
}

ArrowSchema column(const char* format, std::string_view name, const Metadata& metadata, const char* item) {
  std::vector<ArrowSchema> children;
  if (item != nullptr) children.push_back(makeSchema(item, "item"));
  return makeSchema(format, name, metadata, std::move(children));
}

ArrowSchema table(std::vector<ArrowSchema> columns) {
  ArrowSchema schema = makeSchema("+s", "", {}, std::move(columns));
  schema.flags = 0;  // a row is never null
  return schema;
}

}  // namespace

ArrowSchema inputSchema(const Model& model) {
  std::vector<ArrowSchema> columns;
  for (const InputField& input : model.inputs()) {
    const Metadata metadata{{"scorelet:dataType", dataTypeName(input.dataType)},
                            {"scorelet:opType", opTypeName(input.opType)},
                            {"scorelet:usageType", usageTypeName(input.usageType)},
                            {"scorelet:displayName", input.displayName}};
    const char* format = formatOf(input.dataType);
    columns.push_back(input.isList ? column("+l", input.name, metadata, format)
                                   : column(format, input.name, metadata, nullptr));
  }
  return table(std::move(columns));
}

ArrowSchema resultSchema(const Model& model, const RecordOptions& options) {
  std::vector<ArrowSchema> columns;
  forEachColumn(model, options, [&](std::size_t c) {
    const ResultField& result = model.results()[c];
    const Metadata metadata{{"scorelet:dataType", dataTypeName(result.dataType)},
                            {"scorelet:opType", opTypeName(result.opType)},
                            {"scorelet:feature", result.feature},
                            {"scorelet:value", result.value},
                            {"scorelet:displayName", result.displayName}};
    const bool isList = result.dataType == DataType::list;
    columns.push_back(column(formatOf(result.dataType), result.name, metadata, isList ? "u" : nullptr));
  });
  if (options.diagnostics) columns.push_back(makeSchema("u", "@diagnostics"));
  return table(std::move(columns));
}

}  // namespace scorelet::arrow
