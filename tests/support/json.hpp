// JSON documents of the tests, read without exceptions.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace scorelet::test {

/// The parsed file; discarded (`is_discarded()`) when it is absent or not JSON.
[[nodiscard]] nlohmann::json readJson(const std::string& path);

/// `object[key]` as text, or `fallback` when it is absent or not a string.
[[nodiscard]] std::string textOf(const nlohmann::json& object, const char* key, const std::string& fallback = {});

/// `object[key]` as number, or `fallback` when it is absent or not a number.
[[nodiscard]] double numberOf(const nlohmann::json& object, const char* key, double fallback);

}  // namespace scorelet::test
