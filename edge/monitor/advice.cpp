#include "monitor/advice.hpp"

#include <utility>

namespace scorelet::monitor {
namespace {

constexpr std::pair<std::string_view, std::string_view> kAdvice[] = {
    {"jump", "Look at where the field comes from: a jump within a day is mostly a fault there."},
    {"drift",
     "Look at where the field comes from; if that is right, the model meets other cases than it was trained on: "
     "consider retraining."},
    {"quality", "Retrain the model, or put a better one in its place."},
    {"errors", "Look at the reasons in its events: where it is used, answers are missing."},
    {"outside", "There the model extrapolates: let a person decide such cases, or train with them."},
    {"silent", "See whether its hosts run and reach the collector."},
    {"hosts", "See whether they run and reach the collector; they keep events and send them later."},
    {"retrain", "Approve the retraining, or put it off."},
    {"challenger", "Promote the challenger, or keep the champion."}};

}  // namespace

std::string_view adviceText(std::string_view kind) noexcept {
  for (const auto& [of, text] : kAdvice)
    if (of == kind) return text;
  return {};
}

}  // namespace scorelet::monitor
