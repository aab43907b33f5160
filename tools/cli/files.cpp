#include "files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace scorelet::cli {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;

std::string because(std::string_view what, const std::string& name) {
  return std::string(what) + " " + name + ": " + std::strerror(errno);
}

std::string shownName(const std::string& path, const char* standardStream) {
  return path == "-" ? standardStream : "'" + path + "'";
}

}  // namespace

Input Input::ofFile(const std::string& path) {
  Input input;
  input.name_ = shownName(path, "standard input");
  input.file_ = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (input.file_ == nullptr) {
    input.failure_ = because("cannot open", input.name_);
    return input;
  }
  struct stat status{};
  if (fstat(fileno(input.file_), &status) == 0 && S_ISREG(status.st_mode)) {
    input.size_ = static_cast<std::uint64_t>(status.st_size);
  }
  input.buffer_.resize(kChunk);
  return input;
}

Input Input::ofText(std::string text) { return Input(std::move(text)); }

Input::Input(Input&& other) noexcept
    : Bytes(static_cast<Bytes&&>(other)),  // moves what is of Bytes only
      name_(std::move(other.name_)),
      file_(std::exchange(other.file_, nullptr)),
      bytesRead_(other.bytesRead_),
      size_(other.size_) {}

Input::~Input() {
  if (file_ != nullptr && file_ != stdin) std::fclose(file_);
}

void Input::refill() {
  if (file_ == nullptr || !failure_.empty()) return;
  begin_ = 0;
  errno = 0;
  end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_);
  if (end_ == 0 && std::ferror(file_) != 0) failure_ = because("cannot read", name_);
  const bool first = bytesRead_ == 0;
  bytesRead_ += end_;
  const std::string_view bytes(buffer_.data(), end_);
  if (first && bytes.starts_with("\xEF\xBB\xBF")) begin_ = 3;  // a byte order mark is no content
  if (first && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))) {
    failure_ = name_ + " is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)";
    end_ = 0;
  }
}

Output::Output(const std::string& path) : name_(shownName(path, "standard output")) {
  file_ = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (file_ == nullptr) failure_ = because("cannot write to", name_);
}

Output::~Output() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

bool Output::fail() {
  if (failure_.empty()) failure_ = because("cannot write to", name_);
  return false;
}

bool Output::write(std::string_view text) {
  if (file_ == nullptr || !failure_.empty()) return false;
  return std::fwrite(text.data(), 1, text.size(), file_) == text.size() || fail();
}

bool Output::close() {
  if (file_ == nullptr || !failure_.empty()) return false;
  if (std::fflush(file_) != 0) return fail();
  return std::fclose(std::exchange(file_, nullptr)) == 0 || fail();
}

std::optional<std::string> readAll(const std::string& path, std::string& failure) {
  Input input = Input::ofFile(path);
  std::string text;
  for (auto chunk = input.chunk(); !chunk.empty(); chunk = input.chunk()) {
    text += chunk;
    input.consume(chunk.size());
  }
  failure = input.failure();
  if (!failure.empty()) return std::nullopt;
  return text;
}

bool isSameFile(const std::string& a, const std::string& b) {
  struct stat first{}, second{};
  return a != "-" && b != "-" && stat(a.c_str(), &first) == 0 && stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

bool isTerminal(std::FILE* file) { return isatty(fileno(file)) != 0; }

}  // namespace scorelet::cli
