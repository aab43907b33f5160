// A prediction as it is recorded: one line of JSON.
//
//   {"previous", "id", "time", "model", "version", "sha256", "body": {"salt", "key", "inputs", "treatments", …}}
//
// The chain is one of heads: the line without its body, of which the head holds the SHA-256. So a body can go, for the
// sake of whom it is about, and the chain still shows that nothing else did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <scorelet/model.hpp>
#include <scorelet/telemetry/treatments.hpp>

#include "service/audit_policy.hpp"

namespace scorelet::service {

/// What was asked and answered in one row. The same for the same row, keeping and salt.
[[nodiscard]] std::string recordBody(const FieldKeeping& keeping, const Scorer& scorer,
                                     telemetry::TreatmentReader& treatments, const Batch& batch, std::size_t row,
                                     std::string_view salt);

/// The keeping that a body was made with, as far as it shows.
[[nodiscard]] FieldKeeping keepingOf(JsonValue body);

/// What stands for a value in a record with that salt. `value`: a text, or JSON of anything else.
[[nodiscard]] std::string saltedDigest(std::string_view salt, std::string_view field, std::string_view value);

/// A line taken apart.
struct RecordLine {
  std::string_view body;  ///< empty: it has none, or none any more
  std::string head;
};
[[nodiscard]] RecordLine splitRecord(std::string_view line);

/// The line of a head and its body.
[[nodiscard]] std::string joinRecord(std::string_view head, std::string_view body);

}  // namespace scorelet::service
