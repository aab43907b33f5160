// Who may do what: bearer tokens, of which only digests are known here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <scorelet/compiled.hpp>

#include "service/http.hpp"

namespace scorelet::service {

/// The monitor (edge/monitor) has `send` and `view`, and `manage` too.
enum class Scope : std::uint8_t { none = 0, score = 1, explain = 2, manage = 4, send = 8, view = 16 };
[[nodiscard]] std::string_view scopeName(Scope scope) noexcept;

struct Token {
  std::string name;  ///< for the log
  std::uint8_t scopes = 0;
  Sha256 digest{};  ///< SHA-256 of the token itself
};

/// Whose request it is, and what it may.
struct Caller {
  std::string name;
  std::uint8_t scopes = 0;
  [[nodiscard]] bool may(Scope scope) const noexcept {
    return scope == Scope::none || (scopes & static_cast<std::uint8_t>(scope)) != 0;
  }
};

/// Without tokens everybody on this machine may score, and nobody else anything. With tokens the one in the request
/// counts; all are compared, each to its end.
[[nodiscard]] Answer<Caller> identify(const Request& request, const std::vector<Token>& tokens);

}  // namespace scorelet::service
