// Expectations about documents: refused or accepted, and with what words.
#pragma once

#include <algorithm>
#include <ostream>
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

/// One of them has this code and these words: a part of the message, or "@attribute", the end of the path.
inline bool says(const Diagnostics& diagnostics, Code code, std::string_view words = {}) {
  return std::ranges::any_of(diagnostics, [&](const Diagnostic& d) {
    return d.code == code &&
           (words.starts_with('@') ? d.path.ends_with(words) : d.message.find(words) != std::string::npos);
  });
}

/// The document is refused, and one of the reasons has this code and these words.
inline void expectRefused(std::string_view document, Code code, std::string_view words = {},
                          const LoadOptions& options = {}) {
  const auto model = Model::load(document, options);
  ASSERT_FALSE(model.has_value()) << "accepted; expected " << codeName(code) << ": " << words << "\n" << document;
  EXPECT_TRUE(says(model.error(), code, words)) << "expected " << codeName(code) << ": " << words << ", got:\n"
                                                << listed(model.error()) << document;
}

inline void expectRefused(std::string_view document, Code code, const LoadOptions& options) {
  expectRefused(document, code, {}, options);
}

inline void expectAccepted(std::string_view document, const LoadOptions& options = {}) {
  const auto model = Model::load(document, options);
  EXPECT_TRUE(model.has_value()) << listed(model.error()) << document;
}

/// The document is accepted with such a warning or note.
inline void expectNoted(std::string_view document, Code code, std::string_view words) {
  const auto model = Model::load(document);
  ASSERT_TRUE(model.has_value()) << listed(model.error()) << document;
  EXPECT_TRUE(says(model->notes(), code, words)) << listed(model->notes());
}

// ---- documents one change away from a good one

inline std::string changed(std::string document, std::string_view from, std::string_view to) {
  const auto at = document.find(from);
  EXPECT_NE(at, std::string::npos) << "the document has no " << from;
  return at == std::string::npos ? document : document.replace(at, from.size(), to);
}

struct Change {
  std::string from, to;  ///< a part of the good document and what takes its place
  Code code;
  std::string words;  ///< as says() has them
};

/// The good document is accepted, each changed one refused.
inline void expectAllRefused(const std::string& good, const std::vector<Change>& changes) {
  expectAccepted(good);
  for (const Change& c : changes) expectRefused(changed(good, c.from, c.to), c.code, c.words);
}

/// A change as the parameter of a test.
struct Fault {
  const char* name;
  const char* from;
  const char* to;
  Code code;
  const char* words;
};
inline void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }
inline std::string nameOf(const testing::TestParamInfo<Fault>& info) { return info.param.name; }

inline void expectRefused(const std::string& good, const Fault& fault) {
  expectAccepted(good);
  expectRefused(changed(good, fault.from, fault.to), fault.code, fault.words);
}

/// The functionNames that a model type is not defined for.
inline void expectFunctionsRefused(const std::string& good, const std::string& element, const std::string& function,
                                   const std::vector<std::string>& others) {
  for (const std::string& other : others)
    expectRefused(changed(good, element + " functionName=\"" + function, element + " functionName=\"" + other),
                  Code::unsupported, "functionName");
}

// ---- answers

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
