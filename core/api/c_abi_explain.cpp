// The functions of scorelet.h about explanations.
#include <scorelet/inquiry.hpp>

#include "api/handles.hpp"

struct scorelet_inquiry {
  scorelet::Inquiry inquiry;
  std::string answer;
  scorelet_diagnostics findings;
};

extern "C" {

scorelet_status scorelet_inquiry_new(scorelet_model* model, scorelet_inquiry** inquiry) {
  if (inquiry != nullptr) *inquiry = nullptr;
  if (model == nullptr || inquiry == nullptr) return SCORELET_BAD_ARGUMENT;
  *inquiry = new scorelet_inquiry{scorelet::Inquiry(model->model), {}, {}};
  return SCORELET_OK;
}

void scorelet_inquiry_release(scorelet_inquiry* inquiry) { delete inquiry; }

scorelet_status scorelet_inquiry_set_background(scorelet_inquiry* inquiry, const char* json, size_t size) {
  if (inquiry == nullptr || (json == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  auto taken = inquiry->inquiry.setBackground(std::string_view{json, size});
  inquiry->findings.assign(taken ? scorelet::Diagnostics{} : std::move(taken.error()));
  return taken ? SCORELET_OK : SCORELET_REJECTED;
}

scorelet_status scorelet_ask(scorelet_inquiry* inquiry, const char* question, size_t size, const char** answer,
                             size_t* answer_size) {
  if (answer != nullptr) *answer = nullptr;
  if (answer_size != nullptr) *answer_size = 0;
  if (inquiry == nullptr || answer == nullptr || (question == nullptr && size > 0)) return SCORELET_BAD_ARGUMENT;
  auto given = inquiry->inquiry.ask({question, size});
  inquiry->findings.assign(given ? scorelet::Diagnostics{} : std::move(given.error()));
  if (!given) return SCORELET_REJECTED;
  inquiry->answer = *std::move(given);
  *answer = inquiry->answer.c_str();
  if (answer_size != nullptr) *answer_size = inquiry->answer.size();
  return SCORELET_OK;
}

const scorelet_diagnostics* scorelet_inquiry_diagnostics(const scorelet_inquiry* inquiry) {
  return inquiry != nullptr ? &inquiry->findings : nullptr;
}

}  // extern "C"
