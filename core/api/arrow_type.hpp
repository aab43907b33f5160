// Arrow's format strings, as far as they can feed a PMML field.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace scorelet::arrow {

enum class TypeId : std::uint8_t {
  null,
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float32,
  float64,
  utf8,
  largeUtf8,
  utf8View,
  date32,
  date64,
  time32,
  time64,
  timestamp,
  list,
  largeList,
};

struct Type {
  TypeId id = TypeId::null;
  std::int64_t perSecond = 0;  ///< ticks per second of date64, time32, time64 and timestamp
};

/// Nothing: the format is malformed or of a kind that no PMML field takes.
[[nodiscard]] std::optional<Type> typeOf(std::string_view format) noexcept;

/// Arrow's own name of a format, for messages: "timestamp", "struct", "decimal" …
[[nodiscard]] std::string_view typeName(std::string_view format) noexcept;

[[nodiscard]] constexpr bool isText(TypeId id) noexcept { return id >= TypeId::utf8 && id <= TypeId::utf8View; }
[[nodiscard]] constexpr bool isTemporal(TypeId id) noexcept { return id >= TypeId::date32 && id <= TypeId::timestamp; }
[[nodiscard]] constexpr bool isList(TypeId id) noexcept { return id == TypeId::list || id == TypeId::largeList; }
[[nodiscard]] constexpr bool isIndex(TypeId id) noexcept { return id >= TypeId::int8 && id <= TypeId::uint64; }

}  // namespace scorelet::arrow
