#include "api/arrow_type.hpp"

namespace scorelet::arrow {
namespace {

struct Format {
  std::string_view format;  // ends in ':' or ',' where parameters follow
  std::string_view name;
  std::optional<Type> type;
};

// Arrow C Data Interface, "Data type description – format strings". The first match counts.
constexpr Format kFormats[] = {
    {"n", "null", Type{TypeId::null}},
    {"b", "bool", Type{TypeId::boolean}},
    {"c", "int8", Type{TypeId::int8}},
    {"C", "uint8", Type{TypeId::uint8}},
    {"s", "int16", Type{TypeId::int16}},
    {"S", "uint16", Type{TypeId::uint16}},
    {"i", "int32", Type{TypeId::int32}},
    {"I", "uint32", Type{TypeId::uint32}},
    {"l", "int64", Type{TypeId::int64}},
    {"L", "uint64", Type{TypeId::uint64}},
    {"f", "float32", Type{TypeId::float32}},
    {"g", "float64", Type{TypeId::float64}},
    {"u", "utf8", Type{TypeId::utf8}},
    {"U", "large_utf8", Type{TypeId::largeUtf8}},
    {"vu", "utf8_view", Type{TypeId::utf8View}},
    {"tdD", "date32", Type{TypeId::date32}},
    {"tdm", "date64", Type{TypeId::date64, 1'000}},
    {"tts", "time32", Type{TypeId::time32, 1}},
    {"ttm", "time32", Type{TypeId::time32, 1'000}},
    {"ttu", "time64", Type{TypeId::time64, 1'000'000}},
    {"ttn", "time64", Type{TypeId::time64, 1'000'000'000}},
    {"tss:", "timestamp", Type{TypeId::timestamp, 1}},
    {"tsm:", "timestamp", Type{TypeId::timestamp, 1'000}},
    {"tsu:", "timestamp", Type{TypeId::timestamp, 1'000'000}},
    {"tsn:", "timestamp", Type{TypeId::timestamp, 1'000'000'000}},
    {"+l", "list", Type{TypeId::list}},
    {"+L", "large_list", Type{TypeId::largeList}},
    {"e", "float16", {}},
    {"z", "binary", {}},
    {"Z", "large_binary", {}},
    {"vz", "binary_view", {}},
    {"d:", "decimal", {}},
    {"w:", "fixed_size_binary", {}},
    {"tDs", "duration", {}},
    {"tDm", "duration", {}},
    {"tDu", "duration", {}},
    {"tDn", "duration", {}},
    {"tiM", "interval", {}},
    {"tiD", "interval", {}},
    {"tin", "interval", {}},
    {"+vl", "list_view", {}},
    {"+vL", "large_list_view", {}},
    {"+w:", "fixed_size_list", {}},
    {"+s", "struct", {}},
    {"+m", "map", {}},
    {"+ud:", "dense_union", {}},
    {"+us:", "sparse_union", {}},
    {"+r", "run_end_encoded", {}},
};

const Format* find(std::string_view format) noexcept {
  for (const Format& f : kFormats) {
    if (f.format.back() == ':' ? format.starts_with(f.format) : format == f.format) return &f;
  }
  return nullptr;
}

}  // namespace

std::optional<Type> typeOf(std::string_view format) noexcept {
  const Format* f = find(format);
  return f != nullptr ? f->type : std::nullopt;
}

std::string_view typeName(std::string_view format) noexcept {
  const Format* f = find(format);
  return f != nullptr ? f->name : format;
}

}  // namespace scorelet::arrow
