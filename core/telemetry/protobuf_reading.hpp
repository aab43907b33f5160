// Messages of protobuf taken apart field by field.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scorelet::telemetry {

/// A field from the front of a message: its number, and a whole number or bytes.
struct ProtobufField {
  std::uint64_t number = 0, value = 0;
  std::string_view bytes;
  unsigned type = 0;

  [[nodiscard]] static std::optional<std::uint64_t> varint(std::string_view& from) noexcept {
    std::uint64_t x = 0;
    for (unsigned shift = 0; shift < 64 && !from.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(from.front());
      from.remove_prefix(1);
      x |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return x;
    }
    return std::nullopt;
  }
  [[nodiscard]] static std::optional<ProtobufField> take(std::string_view& from) noexcept {
    const auto tag = varint(from);
    if (!tag) return std::nullopt;
    ProtobufField out{*tag >> 3, 0, {}, static_cast<unsigned>(*tag & 7)};
    if (out.type == 0) {
      const auto x = varint(from);
      if (!x) return std::nullopt;
      out.value = *x;
      return out;
    }
    const auto length = out.type == 1 ? 8 : out.type == 5 ? 4 : out.type == 2 ? varint(from) : std::nullopt;
    if (!length || *length > from.size()) return std::nullopt;
    out.bytes = from.substr(0, static_cast<std::size_t>(*length));
    from.remove_prefix(static_cast<std::size_t>(*length));
    return out;
  }
  /// Calls `field` for each field of a message until it says no. False: it said no, or this is no message.
  template <class Field>
  [[nodiscard]] static bool each(std::string_view message, const Field& field) {
    while (!message.empty()) {
      const auto next = take(message);
      if (!next || !field(*next)) return false;
    }
    return true;
  }
  /// Of a fixed64 or a double; 0 of anything else.
  [[nodiscard]] std::uint64_t fixed() const noexcept {
    std::uint64_t x = 0;
    for (std::size_t i = bytes.size(); type == 1 && i-- > 0;) x = x << 8 | static_cast<std::uint8_t>(bytes[i]);
    return x;
  }
  [[nodiscard]] double number64() const noexcept { return std::bit_cast<double>(fixed()); }
};

}  // namespace scorelet::telemetry
