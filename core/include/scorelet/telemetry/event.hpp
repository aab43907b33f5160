// One prediction as something to report: what was asked, what was answered, by which model, where.
//
// Nothing is taken from the machine: time and random bits are the host's. What of a field is told is decided field by
// field; what is omitted is not in the event at all.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <scorelet/batch.hpp>
#include <scorelet/model.hpp>
#include <scorelet/telemetry/baseline.hpp>

namespace scorelet::telemetry {

/// UUID version 7 (RFC 9562): ordered by time. Also what makes sending an event twice harmless.
struct PredictionId {
  std::array<std::uint8_t, 16> bytes{};
  [[nodiscard]] std::string text() const;
  friend auto operator<=>(const PredictionId&, const PredictionId&) = default;
};

/// Ids of one source ascend, also within a millisecond and while the clock goes back (RFC 9562, 6.2: method 1, a
/// counter of 12 bits).
class PredictionIds {
 public:
  /// `random`: 64 bits that nobody can foresee.
  [[nodiscard]] PredictionId next(std::uint64_t unixMilliseconds, std::uint64_t random);

 private:
  std::uint64_t time_ = 0;
  std::uint32_t counter_ = 0;
};

/// Whether a prediction is among the `share` (0 to 1) that is reported: by the random bits of its id, so that all who
/// see the id answer alike.
[[nodiscard]] bool isSampled(const PredictionId& id, double share) noexcept;

/// What of a field's values leaves the host.
enum class FieldPolicy : std::uint8_t {
  omitted,  ///< nothing
  binned,   ///< the range, or the category, of the baseline; nothing where the baseline has none
  hashed,   ///< 16 hexadecimal digits of a keyed hash: equal values are seen to be equal
  full,     ///< the value
};

struct Privacy {
  FieldPolicy inputs = FieldPolicy::omitted, results = FieldPolicy::full;  ///< of fields that are not listed
  std::vector<std::pair<std::string, FieldPolicy>> fields;                 ///< inputs and results by name
  /// Key of the hashes, secret: who knows it can try out values. SipHash-2-4 (Aumasson and Bernstein 2012).
  std::array<std::uint8_t, 16> salt{};
  [[nodiscard]] FieldPolicy of(std::string_view field, bool isResult) const noexcept;
};

[[nodiscard]] std::uint64_t sipHash(const std::array<std::uint8_t, 16>& key, std::string_view text) noexcept;

/// Who answers. What is empty is not sent.
struct ModelIdentity {
  std::string name, version, sha256;  ///< the digest of the document, in hexadecimal
  std::string variant;                ///< "champion", "challenger" …
};

/// Missing (nothing), a number, a text or a truth value.
using EventValue = std::variant<std::monostate, double, std::string, bool>;

struct PredictionEvent {
  PredictionId id;
  std::uint64_t unixNanoseconds = 0;
  ModelIdentity model;
  std::vector<std::pair<std::string, EventValue>> inputs, outputs;
  /// Inputs that are not ordinary: "missing", "invalid", "outside" the baseline's range, "novel". Those of omitted
  /// fields are only counted.
  std::vector<std::pair<std::string, std::string>> flags;
  std::uint32_t missing = 0, invalid = 0, outside = 0, novel = 0;  ///< inputs
  std::string errorType, errorField;  ///< a code of `scorelet::Code` and where; messages may hold values, so none
  double seconds = std::numeric_limits<double>::quiet_NaN();  ///< what scoring took; NaN: not known
  double samplingShare = 1;
};

/// Makes events of scored rows.
class EventMaker {
 public:
  EventMaker(const Model& model, const Baseline& baseline, ModelIdentity identity, Privacy privacy);
  ~EventMaker();
  EventMaker(EventMaker&&) noexcept;
  EventMaker& operator=(EventMaker&&) noexcept;

  /// Of the batch that `scorer` has just scored; before any of its rows.
  void begin(const Batch& batch, const Scorer& scorer);
  /// Valid until the next call. Id, time, duration and share are the caller's to set.
  [[nodiscard]] PredictionEvent& event(std::size_t row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What came true of an earlier prediction.
struct OutcomeEvent {
  PredictionId id;
  std::uint64_t unixNanoseconds = 0;
  ModelIdentity model;
  EventValue outcome;
};

}  // namespace scorelet::telemetry
