// Explanations behind the npm package: questions and answers are JSON (docs/explain.md), in a block and in an outbox.
#include <scorelet/inquiry.hpp>

#include <emscripten/bind.h>

#include "block.hpp"
#include "outbox.hpp"
#include "session.hpp"

namespace scorelet::wasm {
namespace {

class Inquirer {
 public:
  explicit Inquirer(const Session& session) : inquiry_(session.model()) {}

  std::uintptr_t reserve(std::size_t bytes) {
    inbox_.reserve(bytes);
    return inbox_.address();
  }
  /// Takes the records in the first `size` bytes: [why they were refused].
  std::uintptr_t setBackground(std::size_t size) {
    const auto taken = inquiry_.setBackground(text(size));
    outbox_.diagnostics(outbox_.begin(1), taken ? Diagnostics{} : taken.error());
    return outbox_.address();
  }
  /// Makes the records itself: [where each field's values come from, as JSON, why there are none].
  std::uintptr_t makeBackground(std::size_t records, double seed, bool fromVerification) {
    return give(inquiry_.makeBackground({records, static_cast<std::uint64_t>(seed)}, fromVerification));
  }
  /// Answers the question in the first `size` bytes: [answer, why there is none].
  std::uintptr_t ask(std::size_t size) { return give(inquiry_.ask(text(size))); }

 private:
  std::uintptr_t give(const Expected<std::string>& answer) {
    const std::size_t cell = outbox_.begin(2);
    if (answer) outbox_.text(cell, *answer);
    outbox_.diagnostics(Outbox::next(cell), answer ? Diagnostics{} : answer.error());
    return outbox_.address();
  }
  [[nodiscard]] std::string_view text(std::size_t size) { return {inbox_.at<char>(0), size}; }
  Inquiry inquiry_;
  Block inbox_;
  Outbox outbox_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(scorelet_inquiry) {
  using namespace emscripten;
  class_<Inquirer>("Inquirer")
      .constructor<const Session&>()
      .function("reserve", &Inquirer::reserve)
      .function("setBackground", &Inquirer::setBackground)
      .function("makeBackground", &Inquirer::makeBackground)
      .function("ask", &Inquirer::ask);
}

}  // namespace scorelet::wasm
