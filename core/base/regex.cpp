#include "base/regex.hpp"

#include <algorithm>
#include <charconv>

#include <pcre2.h>

#include "base/strings.hpp"
#include "base/text.hpp"

namespace scorelet {

namespace {

constexpr std::size_t kKeptPatterns = 256;
constexpr std::size_t kPatternBytes = 1 << 16;
constexpr std::uint32_t kGroups = 10;          // $0 … $9
constexpr std::uint32_t kHeapKiB = 16 * 1024;  // per match
constexpr std::uint32_t kFreeSteps = 256;      // a match within these costs nothing of the call's budget

PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : ""); }

pcre2_code* compile(std::string_view pattern, bool isUnicode, bool caseless, int& error, std::size_t& offset) {
  if (pattern.size() > kPatternBytes) {
    error = PCRE2_ERROR_PATTERN_STRING_TOO_LONG;
    offset = kPatternBytes;
    return nullptr;
  }
  std::uint32_t options = PCRE2_NEVER_BACKSLASH_C;
  // The text was looked at already: no second check at every match.
  options |= isUnicode ? PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK : PCRE2_NEVER_UTF;
  if (caseless) options |= PCRE2_CASELESS;
  return pcre2_compile(units(pattern), pattern.size(), options, &error, &offset, nullptr);
}

struct Pattern {
  std::uint64_t hash = 0;
  std::string text;
  bool isUnicode = false;
  bool caseless = false;
  pcre2_code* code = nullptr;
};

/// Appends the replacement of one match.
void expand(std::string& out, std::string_view replacement, std::string_view text, const PCRE2_SIZE* groups,
            int count) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\' && i + 1 < replacement.size()) {
      out += next;
      ++i;
    } else if (c == '$' && next >= '0' && next <= '9') {
      const int g = next - '0';
      ++i;
      // A group that took no part in the match is empty.
      if (g < count && groups[2 * g] != PCRE2_UNSET)
        out += text.substr(groups[2 * g], groups[2 * g + 1] - groups[2 * g]);
    } else {
      out += c;
    }
  }
}

}  // namespace

struct Regexes::State {
  std::uint32_t matchSteps;
  std::vector<Pattern> patterns;
  std::size_t oldest = 0;
  pcre2_match_context* context = pcre2_match_context_create(nullptr);
  pcre2_match_data* data = pcre2_match_data_create(kGroups, nullptr);

  explicit State(std::uint32_t steps) : matchSteps(steps) {
    if (context == nullptr) return;
    pcre2_set_heap_limit(context, kHeapKiB);
    pcre2_set_depth_limit(context, steps);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    for (const Pattern& p : patterns) pcre2_code_free(p.code);
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
  }

  /// The compiled pattern, null if it is wrong.
  const pcre2_code* code(std::string_view pattern, bool isUnicode, bool caseless) {
    const std::uint64_t hash = hashText(pattern);
    for (const Pattern& p : patterns)
      if (p.hash == hash && p.isUnicode == isUnicode && p.caseless == caseless && p.text == pattern) return p.code;
    int error = 0;
    std::size_t offset = 0;
    Pattern fresh{hash, std::string(pattern), isUnicode, caseless,
                  compile(pattern, isUnicode, caseless, error, offset)};
    if (patterns.size() < kKeptPatterns) {
      patterns.push_back(std::move(fresh));
      return patterns.back().code;
    }
    Pattern& place = patterns[oldest];
    oldest = (oldest + 1) % kKeptPatterns;
    pcre2_code_free(place.code);
    place = std::move(fresh);
    return place.code;
  }
};

namespace {

/// All matches of one call, which share one budget of steps.
class Search {
 public:
  Search(Regexes::Outcome& outcome, pcre2_match_context* context, pcre2_match_data* data, const pcre2_code* code,
         std::uint32_t steps, std::string_view text)
      : outcome_(outcome), context_(context), data_(data), code_(code), budget_(steps), text_(text) {
    outcome_ = Regexes::Outcome::no;
    if (code == nullptr)
      outcome_ = Regexes::Outcome::badPattern;
    else if (context == nullptr || data == nullptr)
      outcome_ = Regexes::Outcome::limit;
  }

  /// Finds the next match at or after `from`.
  bool next(std::size_t from) {
    using enum Regexes::Outcome;
    if (outcome_ == badPattern || outcome_ == limit) return false;
    // PCRE2 does not say how many steps a match took, so the limit is raised until it suffices.
    std::uint32_t steps = std::min(kFreeSteps, budget_);
    int result;
    for (;;) {
      pcre2_set_match_limit(context_, steps);
      result = pcre2_match(code_, units(text_), text_.size(), from, PCRE2_NO_UTF_CHECK, data_, context_);
      if (result != PCRE2_ERROR_MATCHLIMIT || steps >= budget_) break;
      steps = steps > budget_ / 4 ? budget_ : steps * 4;
    }
    if (steps > kFreeSteps) budget_ -= steps;
    const PCRE2_SIZE* groups = pcre2_get_ovector_pointer(data_);
    if (result >= 0) {
      // More groups than are kept: those that are kept are right.
      count = result == 0 ? static_cast<int>(kGroups) : result;
      begin = groups[0];
      end = std::max(groups[0], groups[1]);
      outcome_ = yes;
      return true;
    }
    switch (result) {
      case PCRE2_ERROR_NOMATCH: break;
      case PCRE2_ERROR_MATCHLIMIT:
      case PCRE2_ERROR_DEPTHLIMIT:
      case PCRE2_ERROR_HEAPLIMIT:
      case PCRE2_ERROR_RECURSELOOP:
      case PCRE2_ERROR_NOMEMORY: outcome_ = limit; break;
      default: outcome_ = badPattern; break;
    }
    return false;
  }

  [[nodiscard]] const PCRE2_SIZE* groups() const { return pcre2_get_ovector_pointer(data_); }

  std::size_t begin = 0, end = 0;
  int count = 0;

 private:
  Regexes::Outcome& outcome_;
  pcre2_match_context* context_;
  pcre2_match_data* data_;
  const pcre2_code* code_;
  std::uint32_t budget_;
  std::string_view text_;
};

}  // namespace

Regexes::Regexes(std::uint32_t matchSteps) : state_(std::make_unique<State>(matchSteps)) {}
Regexes::~Regexes() = default;
Regexes::Regexes(Regexes&&) noexcept = default;
Regexes& Regexes::operator=(Regexes&&) noexcept = default;

Regexes::Outcome Regexes::matches(std::string_view pattern, std::string_view text, bool caseless) {
  Outcome outcome;
  const bool isUnicode = isUtf8(pattern) && isUtf8(text);
  Search search(outcome, state_->context, state_->data, state_->code(pattern, isUnicode, caseless), state_->matchSteps,
                text);
  search.next(0);
  return outcome;
}

Regexes::Outcome Regexes::replace(std::string_view pattern, std::string_view text, std::string_view replacement,
                                  std::string& out, std::uint32_t maxBytes, bool caseless) {
  out.clear();
  Outcome outcome;
  const bool isUnicode = isUtf8(pattern) && isUtf8(text);
  Search search(outcome, state_->context, state_->data, state_->code(pattern, isUnicode, caseless), state_->matchSteps,
                text);
  std::size_t copied = 0;
  for (std::size_t from = 0; from <= text.size() && search.next(from);) {
    out += text.substr(copied, search.begin - copied);
    expand(out, replacement, text, search.groups(), search.count);
    if (out.size() > maxBytes) return Outcome::limit;
    copied = from = search.end;
    if (search.end != search.begin) continue;
    // After an empty match one character is passed over.
    if (isUnicode && from < text.size())
      (void)nextCodePoint(text, from);
    else
      ++from;
  }
  if (outcome == Outcome::badPattern || outcome == Outcome::limit) return outcome;
  out += text.substr(copied);
  return out.size() > maxBytes ? Outcome::limit : outcome;
}

Regexes::Outcome Regexes::split(std::string_view pattern, std::string_view text,
                                std::vector<std::string_view>& pieces) {
  pieces.clear();
  Outcome outcome;
  const bool isUnicode = isUtf8(pattern) && isUtf8(text);
  Search search(outcome, state_->context, state_->data, state_->code(pattern, isUnicode, false), state_->matchSteps,
                text);
  std::size_t start = 0;
  for (std::size_t from = 0; from < text.size() && search.next(from);) {
    if (search.end == search.begin) {  // an empty match separates nothing
      from = search.end;
      if (isUnicode && from < text.size())
        (void)nextCodePoint(text, from);
      else
        ++from;
      continue;
    }
    if (search.begin > start) pieces.push_back(text.substr(start, search.begin - start));
    start = from = search.end;
  }
  if (start < text.size()) pieces.push_back(text.substr(start));
  return outcome;
}

bool Regexes::areLeftOut() noexcept { return false; }

std::string Regexes::check(std::string_view pattern) {
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code = compile(pattern, isUtf8(pattern), false, error, offset);
  if (code != nullptr) {
    pcre2_code_free(code);
    return {};
  }
  PCRE2_UCHAR buffer[256];
  if (pcre2_get_error_message(error, buffer, sizeof buffer) < 0) buffer[0] = 0;
  char place[24];
  std::string text(reinterpret_cast<const char*>(buffer));
  text += " at byte ";
  text.append(place, std::to_chars(place, place + sizeof place, offset).ptr);
  return text;
}

}  // namespace scorelet
