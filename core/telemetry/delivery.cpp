#include <scorelet/telemetry/delivery.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/datetime.hpp"
#include "base/number.hpp"

namespace scorelet::telemetry {

namespace {

constexpr double kDay = 86400;

/// "Sun, 06 Nov 1994 08:49:37 GMT": the one form of a date that is still to be written (RFC 9110, 5.6.7).
std::optional<double> readHttpDate(std::string_view text) {
  constexpr std::size_t kLength = 29;
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != kLength || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  const auto number = static_cast<int>(month - kMonths.begin()) + 1;
  std::string iso(text.substr(12, 4));
  iso += number < 10 ? "-0" : "-";
  iso += std::to_string(number) + '-' + std::string(text.substr(5, 2)) + 'T' + std::string(text.substr(17, 8));
  return parseDateTime(iso);
}

enum class Meaning : std::uint8_t { arrived, later, tooLarge, wrongSetup, refused };

Meaning meaningOf(int status) {
  if (status == 413 || status == 400) return Meaning::tooLarge;
  if (status >= 200 && status < 300) return Meaning::arrived;
  if (status >= 300 && status < 400) return Meaning::wrongSetup;
  switch (status) {
    case 0:
    case 408:
    case 429:
    case 502:
    case 503:
    case 504: return Meaning::later;
    case 401:
    case 403:
    case 404:
    case 405:
    case 407:
    case 415: return Meaning::wrongSetup;
    default: return Meaning::refused;
  }
}

}  // namespace

std::optional<double> readRetryAfter(std::string_view header, double now) {
  const std::string_view text = trim(header);
  if (text.empty()) return std::nullopt;
  if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::min(parseDouble(text).value_or(0), kDay);
  const auto date = readHttpDate(text);
  if (!date) return std::nullopt;
  return std::clamp(*date - now, 0.0, kDay);
}

Delivery::Delivery(Encoding encoding, const DeliveryOptions& options) : encoding_(encoding), options_(options) {
  options_.records = std::max<std::size_t>(options_.records, 1);
  portion_ = options_.records;
}

double Delivery::wait(double now, std::size_t pending, double oldest, bool isLast) {
  if (now < set_) until_ -= set_ - now, set_ = now;
  if (now < until_) return until_ - now;
  if (pending == 0) return options_.interval;
  if (pending >= portion_ || isLast) return 0;
  // Of a clock that was set back no record is older than the interval.
  return std::clamp(oldest + options_.interval - now, 0.0, options_.interval);
}

void Delivery::delay(double now, double seconds, double random, double atLeast) {
  const double half = seconds / 2;
  set_ = now;
  until_ = now + std::max(half + half * random, atLeast);
}

Verdict Delivery::halve(std::size_t records) {
  if (records <= 1) {
    ++counts_.dropped;
    return Verdict::remove;
  }
  portion_ = records / 2;
  return Verdict::keep;
}

Verdict Delivery::answered(double now, const HttpAnswer& answer, std::size_t records, double random) {
  ++counts_.requests;
  Meaning meaning = meaningOf(answer.status);
  const auto success = meaning == Meaning::arrived ? readAnswer(encoding_, answer.body) : Expected<PartialSuccess>();
  if (!success) meaning = Meaning::later;
  isRefused_ = meaning == Meaning::wrongSetup;
  if (meaning == Meaning::later || meaning == Meaning::wrongSetup) {
    ++counts_.failures;
    const double doubled = std::ldexp(options_.firstDelay, static_cast<int>(std::min(failures_++, 60u)));
    delay(now, isRefused_ ? options_.longestDelay : std::min(doubled, options_.longestDelay), random,
          readRetryAfter(answer.retryAfter, now).value_or(0));
    return Verdict::keep;
  }
  failures_ = 0;
  until_ = set_ = now;
  if (meaning == Meaning::tooLarge) return halve(records);
  if (meaning == Meaning::refused) {
    counts_.dropped += records;
    return Verdict::remove;
  }
  const std::uint64_t rejected = std::min<std::uint64_t>(success->rejected, records);
  counts_.rejected += rejected;
  counts_.delivered += records - rejected;
  portion_ = std::min(portion_ * 2, options_.records);
  return Verdict::remove;
}

}  // namespace scorelet::telemetry
