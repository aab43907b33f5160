// Explanations asked for and given in JSON, for hosts that speak JSON anyway: pages, add-ins, services, the command
// line. Questions and answers are described in docs/explain.md.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <scorelet/background.hpp>
#include <scorelet/batch.hpp>
#include <scorelet/diagnostics.hpp>
#include <scorelet/model.hpp>

namespace scorelet {

/// Asks one model. Load it with `LoadOptions::explains`. Holds mutable buffers: one per thread.
class Inquiry {
 public:
  explicit Inquiry(Model model);
  ~Inquiry();
  Inquiry(Inquiry&&) noexcept;
  Inquiry& operator=(Inquiry&&) noexcept;

  /// The records that answers compare with: a record, or an array of records (as JsonRows reads them). The order counts
  /// for nothing but the last bits. On failure the ones before stay.
  Expected<void> setBackground(std::string_view records);
  /// The same from columns, of which a copy is made.
  void setBackground(const Batch& records);

  /// Records made from the model's own description (background.hpp), or taken from its ModelVerification. Returns where
  /// each field's values come from: [{"field", "source", "note"}].
  Expected<std::string> makeBackground(const BackgroundOptions& options = {}, bool fromVerification = false);

  /// Answers one question, a JSON object; its "ask" says which. Fails with what is wrong about it.
  /// `goOn` is asked now and then in long searches, with the share of the work that is done; false ends them.
  [[nodiscard]] Expected<std::string> ask(std::string_view question, const std::function<bool(double done)>& goOn = {});

  [[nodiscard]] const Model& model() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scorelet
