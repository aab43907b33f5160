#include "service/http.hpp"

#include <algorithm>

#include "base/hexadecimal.hpp"

namespace scorelet::service {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool decode(std::string_view text, bool isQuery, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && isQuery) c = ' ';
    if (c == '%') {
      if (text.size() - i < 3) return false;
      const int high = hexValue(text[i + 1]), low = hexValue(text[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20) return false;
    out += c;
  }
  return true;
}

}  // namespace

bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::string_view nextPart(std::string_view& list, char separator) noexcept {
  const std::size_t end = std::min(list.find(separator), list.size());
  const std::string_view part = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return part;
}

std::string mediaType(std::string_view header) {
  std::string out(trimmed(nextPart(header, ';')));
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string_view Request::header(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(headers, [&](const Header& h) { return equalIgnoringCase(h.name, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

Answer<Target> Target::read(std::string_view target) {
  const auto malformed = [] { return fail(400, "The path or the query of the request is not well formed."); };
  Target out;
  std::string_view path = nextPart(target, '?');
  if (!path.starts_with('/')) return malformed();
  path.remove_prefix(1);
  while (!path.empty()) {
    if (!decode(nextPart(path, '/'), false, out.segments.emplace_back())) return malformed();
  }
  while (!target.empty()) {
    std::string_view value = nextPart(target, '&');
    const std::string_view name = nextPart(value, '=');
    auto& [n, v] = out.query.emplace_back();
    if (!decode(name, true, n) || !decode(value, true, v)) return malformed();
  }
  return out;
}

std::string_view Target::parameter(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(query, [&](const auto& p) { return p.first == name; });
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace scorelet::service
