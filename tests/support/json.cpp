#include "support/json.hpp"

#include "support/files.hpp"

namespace scorelet::test {

using nlohmann::json;

json readJson(const std::string& path) {
  const auto bytes = readFile(path);
  return bytes ? json::parse(*bytes, nullptr, false) : json(json::value_t::discarded);
}

std::string textOf(const json& object, const char* key, const std::string& fallback) {
  if (!object.is_object()) return fallback;
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : fallback;
}

double numberOf(const json& object, const char* key, double fallback) {
  if (!object.is_object()) return fallback;
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : fallback;
}

}  // namespace scorelet::test
