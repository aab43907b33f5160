// Which bin of a baseline a category belongs to.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "telemetry/reading.hpp"

namespace scorelet::telemetry {

class Categories {
 public:
  Categories() = default;
  Categories(const Watched& of, const std::vector<std::string>& values, RowReader& reader) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Value lane = reader.laneOf(of, values[i]);
      if (isPresent(lane))
        lanes_.emplace_back(lane, i);
      else
        texts_.emplace(values[i], i);
    }
    std::sort(lanes_.begin(), lanes_.end());
    others_ = values.size();
  }
  /// `text` gives the value's text, which is seldom needed.
  template <class Text>
  [[nodiscard]] std::size_t binOf(Value lane, const Text& text) const {
    const auto place = std::lower_bound(lanes_.begin(), lanes_.end(), lane,
                                        [](const auto& known, Value v) { return known.first < v; });
    if (place != lanes_.end() && place->first == lane) return place->second;
    if (texts_.empty()) return others_;
    const auto found = texts_.find(std::string(text()));
    return found == texts_.end() ? others_ : found->second;
  }
  [[nodiscard]] std::size_t others() const noexcept { return others_; }

 private:
  std::vector<std::pair<Value, std::size_t>> lanes_;    // of values whose lane is the same in every batch
  std::unordered_map<std::string, std::size_t> texts_;  // of the others
  std::size_t others_ = 0;
};

}  // namespace scorelet::telemetry
