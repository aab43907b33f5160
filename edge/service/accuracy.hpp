// Whether a model is as good as its bundle says: figures of the labelled rows against thresholds.
#pragma once

#include <string_view>

#include <scorelet/model.hpp>

#include "service/http.hpp"

namespace scorelet::service {

/// `manifest` has "thresholds": [{"figure", "minimum" and/or "maximum"; "result" and "event" where the figure is one
/// of a probability}]; none: nothing is asked. `labelled` is CSV with a column named like the target.
[[nodiscard]] Answer<void> checkAccuracy(const Model& model, std::string_view manifest, std::string_view labelled);

}  // namespace scorelet::service
