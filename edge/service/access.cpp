#include "service/access.hpp"

#include <algorithm>
#include <optional>

#include "base/hexadecimal.hpp"
#include "cli/digest.hpp"
#include "service/settings.hpp"

namespace scorelet::service {
namespace {

constexpr Scope kScopes[] = {Scope::score, Scope::explain, Scope::manage, Scope::send, Scope::view};

bool areSame(const Sha256& a, const Sha256& b) noexcept {
  volatile std::uint8_t difference = 0;  // so that no compiler stops at the first one
  for (std::size_t i = 0; i < a.size(); ++i)
    difference = static_cast<std::uint8_t>(difference | std::to_integer<unsigned>(a[i] ^ b[i]));
  return difference == 0;
}

/// The name that the request calls this machine by. A page elsewhere may lead its own name here (DNS rebinding).
bool isLoopbackName(std::string_view host) {
  if (host.starts_with('[')) return host.starts_with("[::1]");
  const std::string_view name = nextPart(host, ':');
  return name == "127.0.0.1" || equalIgnoringCase(name, "localhost");
}

/// A proxy on this machine speaks for others.
bool isForwarded(const Request& request) {
  for (const std::string_view name : {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
    if (!request.header(name).empty()) return true;
  return false;
}

/// What stands in a token file: in hexadecimal.
std::optional<Sha256> readDigest(std::string_view text) {
  Sha256 out{};
  if (text.size() != 64) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = kHexDigits.find(text[i]);  // small letters only
    if (digit == std::string_view::npos) return std::nullopt;
    out[i / 2] = out[i / 2] << 4 | static_cast<std::byte>(digit);
  }
  return out;
}

}  // namespace

std::string_view scopeName(Scope scope) noexcept {
  switch (scope) {
    case Scope::score: return "score";
    case Scope::explain: return "explain";
    case Scope::manage: return "manage";
    case Scope::send: return "send";
    case Scope::view: return "view";
    case Scope::none: break;
  }
  return "none";
}

Answer<Caller> identify(const Request& request, const std::vector<Token>& tokens) {
  if (tokens.empty()) {
    if (request.isLoopback && isLoopbackName(request.header("host")) && !isForwarded(request))
      return Caller{"loopback", static_cast<std::uint8_t>(Scope::score)};
    return fail(403, "This service has no tokens, so it answers only requests from the machine that it runs on.");
  }
  std::string_view credentials = trimmed(request.header("authorization"));
  const std::string_view scheme = nextPart(credentials, ' ');
  credentials = trimmed(credentials);
  if (!equalIgnoringCase(scheme, "bearer") || credentials.empty())
    return fail(401, "A bearer token is needed: \"authorization: Bearer ...\".");
  const auto digest = cli::digestOf(credentials);
  const Token* found = nullptr;
  for (const Token& token : tokens)
    if (areSame(token.digest, digest)) found = &token;
  if (found == nullptr) return fail(401, "The bearer token is not known.");
  return Caller{found->name, found->scopes};
}

Answer<std::vector<Token>> readTokens(std::string_view text) {
  std::vector<Token> out;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = trimmed(nextPart(text, '\n'));
    if (line.ends_with('\r')) line = trimmed(line.substr(0, line.size() - 1));
    if (line.empty() || line.starts_with('#')) continue;
    const auto wrong = [&](const std::string& what) {
      return fail(400, "Line " + std::to_string(number) + ": " + what);
    };
    Token token;
    token.name = nextPart(line, ' ');
    line = trimmed(line);
    std::string_view scopes = nextPart(line, ' ');
    if (scopes.empty()) return wrong("A token has a name, its scopes and the SHA-256 of its text.");
    while (!scopes.empty()) {
      const std::string_view name = nextPart(scopes, ',');
      const auto scope = std::ranges::find_if(kScopes, [&](Scope s) { return scopeName(s) == name; });
      if (scope == std::end(kScopes))
        return wrong("The scopes are score, explain, manage, send and view, with commas between them.");
      token.scopes |= static_cast<std::uint8_t>(*scope);
    }
    const auto digest = readDigest(trimmed(line));
    if (!digest) return wrong("The SHA-256 of a token has 64 hexadecimal digits, in small letters.");
    token.digest = *digest;
    out.push_back(std::move(token));
  }
  if (out.empty()) return fail(400, "There is no token in it.");
  return out;
}

}  // namespace scorelet::service
