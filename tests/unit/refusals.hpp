// Expectations about documents: refused or accepted, and with what words.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

namespace scorelet::test {
inline std::string listed(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += d.text() + "\n";
  return text;
}

inline bool says(const Diagnostics& diagnostics, Code code, std::string_view words) {
  return std::ranges::any_of(
      diagnostics, [&](const Diagnostic& d) { return d.code == code && d.message.find(words) != std::string::npos; });
}

/// The document is refused, and one of the reasons has this code and these words.
inline void expectRefused(std::string_view document, Code code, std::string_view words = {},
                          const LoadOptions& options = {}) {
  const auto model = Model::load(document, options);
  if (model) {
    ADD_FAILURE() << "accepted; expected " << codeName(code) << ":\n" << document;
    return;
  }
  EXPECT_TRUE(says(model.error(), code, words)) << "expected " << codeName(code) << " with \"" << words << "\", got:\n"
                                                << listed(model.error()) << document;
}

inline void expectAccepted(std::string_view document) {
  const auto model = Model::load(document);
  EXPECT_TRUE(model.has_value()) << listed(model.error()) << document;
}

/// The document is accepted with such a warning or note.
inline void expectNoted(std::string_view document, Code code, std::string_view words) {
  const auto model = Model::load(document);
  ASSERT_TRUE(model.has_value()) << listed(model.error()) << document;
  EXPECT_TRUE(says(model->notes(), code, words)) << listed(model->notes());
}

/// The named results of some records (JSON), one array for each record, blank between them.
inline std::string scored(std::string_view document, std::string_view records,
                          const std::vector<std::string>& results) {
  const auto model = Model::load(document);
  if (!model) return listed(model.error());
  JsonRows rows(*model);
  if (const auto added = rows.addAll(records); !added) return listed(added.error());
  Scorer scorer(*model);
  scorer.score(rows.batch());
  std::string text;
  for (std::size_t row = 0; row < scorer.rows(); ++row) {
    text += row == 0 ? "[" : " [";
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (i != 0) text += ",";
      const int result = model->resultIndex(results[i]);
      if (result < 0) return "there is no result " + results[i];
      appendJson(text, scorer.value(static_cast<std::size_t>(result), row));
    }
    text += "]";
  }
  return text;
}

}  // namespace scorelet::test
