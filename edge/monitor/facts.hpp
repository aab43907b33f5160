// Figures beside words, so that a page can say them in its reader's language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/json_writer.hpp"
#include "monitor/times.hpp"

namespace scorelet::monitor {

class Facts {
 public:
  Facts() { w_.open('{'); }
  Facts& number(std::string_view name, double x) {
    w_.name(name).number(x);
    return *this;
  }
  Facts& text(std::string_view name, std::string_view text) {
    w_.name(name).text(text);
    return *this;
  }
  Facts& texts(std::string_view name, const std::vector<std::string>& texts) {
    w_.name(name).open('[');
    for (const std::string& text : texts) w_.text(text);
    w_.close(']');
    return *this;
  }
  Facts& time(std::string_view name, Time time) { return text(name, isoText(time)); }
  /// A JSON object.
  [[nodiscard]] std::string take() { return w_.close('}').take(); }

 private:
  JsonWriter w_;
};

}  // namespace scorelet::monitor
