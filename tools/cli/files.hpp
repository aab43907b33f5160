// Files and standard streams through C stdio, which every target has.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bytes.hpp"

namespace scorelet::cli {

/// Bytes of a file, of standard input ("-"), or of a text.
class Input final : public Bytes {
 public:
  static Input ofFile(const std::string& path);
  static Input ofText(std::string text);
  ~Input() override;
  Input(Input&& other) noexcept;
  Input& operator=(Input&&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::uint64_t bytesRead() const noexcept { return bytesRead_; }
  /// Size of a regular file, 0 if unknown.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

 private:
  Input() = default;
  explicit Input(std::string text) : Bytes(std::move(text)) {}
  void refill() override;
  std::string name_;
  std::FILE* file_ = nullptr;
  std::uint64_t bytesRead_ = 0, size_ = 0;
};

/// A file or standard output ("-").
class Output {
 public:
  explicit Output(const std::string& path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool write(std::string_view text);
  /// Hands everything to the system; a full disk is noticed here at the latest.
  bool close();
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

 private:
  bool fail();
  std::string name_, failure_;
  std::FILE* file_ = nullptr;
};

/// The whole of a file or standard input. On failure `failure` says why.
std::optional<std::string> readAll(const std::string& path, std::string& failure);

/// True if both paths lead to one file.
bool isSameFile(const std::string& a, const std::string& b);

bool isTerminal(std::FILE* file);

}  // namespace scorelet::cli
