// Bytes seen chunk by chunk, from wherever they come.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace scorelet::cli {

/// A text. What derives from it fetches more.
class Bytes {
 public:
  explicit Bytes(std::string text) : buffer_(std::move(text)), end_(buffer_.size()) {}
  virtual ~Bytes() = default;
  Bytes(Bytes&&) noexcept = default;
  Bytes& operator=(Bytes&&) = delete;

  /// What is not consumed yet; empty at the end or after a failure.
  std::string_view chunk() {
    if (begin_ == end_) refill();
    return {buffer_.data() + begin_, end_ - begin_};
  }
  void consume(std::size_t bytes) noexcept { begin_ += bytes; }
  /// Empty if all went well, else one sentence.
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

 protected:
  Bytes() = default;
  virtual void refill() {}

  std::string failure_, buffer_;
  std::size_t begin_ = 0, end_ = 0;  // the chunk, inside buffer_
};

}  // namespace scorelet::cli
