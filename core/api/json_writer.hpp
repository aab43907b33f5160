// JSON put together member by member.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <scorelet/records.hpp>

namespace scorelet {

/// Writes JSON: what is opened is closed by whoever opened it.
class JsonWriter {
 public:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  JsonWriter& name(std::string_view name) {
    separate();
    appendJsonString(out_, name);
    out_ += ':';
    return *this;
  }
  JsonWriter& text(std::string_view text) {
    separate();
    appendJsonString(out_, text);
    return *this;
  }
  JsonWriter& number(double x) {
    separate();
    ResultValue v;
    if (!std::isnan(x)) v.kind = ResultValue::Kind::number, v.number = x;
    appendJson(out_, v);
    return *this;
  }
  JsonWriter& value(const ResultValue& v) {
    separate();
    appendJson(out_, v);
    return *this;
  }
  JsonWriter& truth(bool b) {
    separate();
    out_ += b ? "true" : "false";
    return *this;
  }
  JsonWriter& diagnostics(const Diagnostics& list) {
    separate();
    appendDiagnosticsJson(out_, list);
    return *this;
  }
  /// What is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }
  /// Where one more value can be appended directly.
  std::string& next() {
    separate();
    return out_;
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
  }
  std::string out_;
};

}  // namespace scorelet
