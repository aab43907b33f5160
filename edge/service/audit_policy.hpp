// What is kept of a prediction, field by field.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "service/http.hpp"
#include "service/json_tree.hpp"

namespace scorelet::service {

enum class Keeping : std::uint8_t {
  full,
  hashed,   ///< SHA-256 with the salt of the record: who has the value can show that it was that one
  omitted,  ///< only that there was a value
};

/// Of one model.
struct FieldKeeping {
  std::map<std::string, Keeping, std::less<>> fields;  ///< inputs and results
  Keeping others = Keeping::full;
  std::string key;  ///< the input that says whose record it is; empty: none

  [[nodiscard]] Keeping of(std::string_view field) const;
};

class AuditPolicy {
 public:
  /// {"fields": {"income": "full", "name": "omitted", "customer": "hashed", "*": "full"}, "key": "customer", "models":
  /// {"loan": {"fields", "key"}}}. What is said of a model, or of a group, counts for it alone and in place of the
  /// rest.
  [[nodiscard]] static Answer<AuditPolicy> read(std::string_view json);
  [[nodiscard]] const FieldKeeping& of(std::string_view model) const;

 private:
  FieldKeeping all_;
  std::map<std::string, FieldKeeping, std::less<>> models_;
};

}  // namespace scorelet::service
