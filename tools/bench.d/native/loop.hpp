// The yardstick: the shortest loop that scores a forest. Nodes of 8 bytes, children side by side, leaves that lead to
// themselves, no branch but the loops' own, eight walks at a time so that they wait for memory together.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace bench {

struct Node {
  float threshold;      // below it: left. NaN in leaves; in a split by category: where its part of `right` begins
  std::uint32_t split;  // feature << 20 | left child; the right one is the next
};

enum class Link : std::uint32_t { sigmoid, softmax, mean };

class Loop {
 public:
  static constexpr std::size_t kWalks = 8, kBlock = 64;

  // What trees.py wrote; false if it is cut short.
  bool read(std::string_view bytes) {
    std::uint32_t head[6];
    if (!take(bytes, head, 6)) return false;
    link_ = static_cast<Link>(head[0]);
    trees_ = head[2];
    firstCode_ = head[4];
    return take(bytes, base_, head[1]) && readNodes(bytes, head[3]) && take(bytes, values_, head[3]) &&
           take(bytes, roots_, trees_) && take(bytes, depths_, trees_) && take(bytes, classes_, trees_) &&
           take(bytes, right_, head[5]);
  }

  [[nodiscard]] std::size_t classes() const { return base_.size(); }
  [[nodiscard]] std::size_t answers() const { return link_ == Link::softmax ? classes() : 1; }
  [[nodiscard]] std::size_t bytes() const { return nodes_.size() * (sizeof(Node) + sizeof(float)); }

  // One row: eight trees at a time.
  void one(const float* row, double* answers) const {
    if (right_.empty()) return one<false>(row, answers);
    one<true>(row, answers);
  }

  // Blocks of rows, one tree after another, eight rows at a time.
  void many(const float* rows, std::size_t features, std::size_t count, double* answers) const {
    if (right_.empty()) return many<false>(rows, features, count, answers);
    many<true>(rows, features, count, answers);
  }

 private:
  static constexpr std::size_t kClasses = 64;

  template <bool codes>
  [[gnu::always_inline]] std::uint32_t next(std::uint32_t at, const float* row) const {
    const Node node = nodes_[at];
    const std::uint32_t feature = node.split >> 20;
    const float x = row[feature];
    std::uint32_t right = x >= node.threshold ? 1 : 0;
    if constexpr (codes) {
      const std::uint32_t isCode = feature >= firstCode_ && node.threshold == node.threshold ? ~0U : 0;
      const auto place = (static_cast<std::uint32_t>(static_cast<std::int32_t>(node.threshold)) & isCode) +
                         (static_cast<std::uint32_t>(static_cast<std::int32_t>(x)) & isCode);
      right = (right_[place] & isCode) | (right & ~isCode);
    }
    return (node.split & 0xfffff) + right;
  }

  template <bool codes>
  void one(const float* row, double* answers) const {
    double sums[kClasses];
    for (std::size_t c = 0; c < classes(); ++c) sums[c] = base_[c];
    std::size_t tree = 0;
    for (; tree + kWalks <= trees_; tree += kWalks) {
      std::uint32_t at[kWalks];
      for (std::size_t k = 0; k < kWalks; ++k) at[k] = roots_[tree + k];
      for (std::uint32_t step = depths_[tree + kWalks - 1]; step > 0; --step)
        for (std::size_t k = 0; k < kWalks; ++k) at[k] = next<codes>(at[k], row);
      for (std::size_t k = 0; k < kWalks; ++k) sums[classes_[tree + k]] += values_[at[k]];
    }
    for (; tree < trees_; ++tree) {
      std::uint32_t at = roots_[tree];
      for (std::uint32_t step = depths_[tree]; step > 0; --step) at = next<codes>(at, row);
      sums[classes_[tree]] += values_[at];
    }
    finish(sums, answers);
  }

  template <bool codes>
  void many(const float* rows, std::size_t features, std::size_t count, double* answers) const {
    for (; count >= kBlock; count -= kBlock, rows += kBlock * features, answers += kBlock * this->answers()) {
      double sums[kBlock * kClasses];
      for (std::size_t i = 0; i < kBlock * classes(); ++i) sums[i] = base_[i % classes()];
      for (std::size_t tree = 0; tree < trees_; ++tree)
        for (std::size_t first = 0; first < kBlock; first += kWalks) {
          std::uint32_t at[kWalks];
          for (std::size_t k = 0; k < kWalks; ++k) at[k] = roots_[tree];
          const float* row = rows + first * features;
          for (std::uint32_t step = depths_[tree]; step > 0; --step)
            for (std::size_t k = 0; k < kWalks; ++k) at[k] = next<codes>(at[k], row + k * features);
          for (std::size_t k = 0; k < kWalks; ++k) sums[(first + k) * classes() + classes_[tree]] += values_[at[k]];
        }
      for (std::size_t i = 0; i < kBlock; ++i) finish(sums + i * classes(), answers + i * this->answers());
    }
    for (; count > 0; --count, rows += features, answers += this->answers()) one<codes>(rows, answers);
  }

  void finish(double* sums, double* answers) const {
    if (link_ == Link::sigmoid) answers[0] = 1 / (1 + std::exp(-sums[0]));
    if (link_ == Link::mean) answers[0] = sums[0] / static_cast<double>(trees_);
    if (link_ != Link::softmax) return;
    double largest = sums[0], total = 0;
    for (std::size_t c = 1; c < classes(); ++c) largest = sums[c] > largest ? sums[c] : largest;
    for (std::size_t c = 0; c < classes(); ++c) total += sums[c] = std::exp(sums[c] - largest);
    for (std::size_t c = 0; c < classes(); ++c) answers[c] = sums[c] / total;
  }

  template <class T>
  static bool take(std::string_view& bytes, T* out, std::size_t count) {
    if (bytes.size() < count * sizeof(T)) return false;
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the size is known to be enough
    if (count > 0) std::memcpy(out, bytes.data(), count * sizeof(T));
    bytes.remove_prefix(count * sizeof(T));
    return true;
  }
  template <class T>
  static bool take(std::string_view& bytes, std::vector<T>& out, std::size_t count) {
    if (bytes.size() < count * sizeof(T)) return false;
    out.resize(count);
    return take(bytes, out.data(), count);
  }
  bool readNodes(std::string_view& bytes, std::size_t count) {
    std::vector<float> thresholds;
    std::vector<std::uint32_t> splits;
    if (!take(bytes, thresholds, count) || !take(bytes, splits, count)) return false;
    nodes_.clear();
    nodes_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) nodes_.push_back({thresholds[i], splits[i]});
    return true;
  }

  Link link_ = Link::sigmoid;
  std::size_t trees_ = 0;
  std::uint32_t firstCode_ = 0;
  std::vector<double> base_;
  std::vector<Node> nodes_;
  std::vector<float> values_;
  std::vector<std::uint32_t> roots_, depths_, classes_;
  std::vector<std::uint8_t> right_;
};

}  // namespace bench
