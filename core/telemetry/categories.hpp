// Which bin of a baseline a category belongs to.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/sort.hpp"
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
    sort(lanes_);
    others_ = values.size();
    const bool areNumbers = !lanes_.empty() && lanes_.front().first >= 0 && lanes_.back().first < kDirect &&
                            std::ranges::all_of(lanes_, [](const auto& l) { return l.first == std::floor(l.first); });
    if (!areNumbers || others_ >= kNone) return;
    direct_.assign(static_cast<std::size_t>(lanes_.back().first) + 1, kNone);
    for (const auto& [lane, bin] : lanes_) direct_[static_cast<std::size_t>(lane)] = static_cast<std::uint8_t>(bin);
  }
  /// `text` gives the value's text, which is seldom needed.
  template <class Text>
  [[nodiscard]] std::size_t binOf(Value lane, const Text& text) const {
    if (lane >= 0 && lane < static_cast<Value>(direct_.size())) {
      const auto place = static_cast<std::size_t>(lane);
      if (direct_[place] != kNone && static_cast<Value>(place) == lane) return direct_[place];
    }
    const auto place = std::lower_bound(lanes_.begin(), lanes_.end(), lane,
                                        [](const auto& known, Value v) { return known.first < v; });
    if (place != lanes_.end() && place->first == lane) return place->second;
    if (texts_.empty()) return others_;
    const auto found = texts_.find(std::string(text()));
    return found == texts_.end() ? others_ : found->second;
  }
  [[nodiscard]] std::size_t others() const noexcept { return others_; }

 private:
  static constexpr Value kDirect = 4096;
  static constexpr std::uint8_t kNone = 255;

  std::vector<std::pair<Value, std::size_t>> lanes_;    // of values whose lane is the same in every batch
  std::vector<std::uint8_t> direct_;                    // the same by lane, where lanes are small whole numbers
  std::unordered_map<std::string, std::size_t> texts_;  // of the others
  std::size_t others_ = 0;
};

}  // namespace scorelet::telemetry
