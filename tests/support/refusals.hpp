// Documents that must be refused, each one change away from a good one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <scorelet/scorelet.hpp>

namespace scorelet::test {

struct Change {
  std::string from, to;  ///< a part of the good document and what takes its place
  Code code;
  std::string words;  ///< part of the message
};

inline std::string listed(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += "  " + d.text() + "\n";
  return text;
}

inline std::string changed(std::string document, const std::string& from, const std::string& to) {
  const auto at = document.find(from);
  EXPECT_NE(at, std::string::npos) << "the document has no " << from;
  return at == std::string::npos ? document : document.replace(at, from.size(), to);
}

inline void expectRefused(const std::string& document, Code code, const std::string& words,
                          const LoadOptions& options = {}) {
  const auto model = Model::load(document, options);
  ASSERT_FALSE(model.has_value()) << "accepted; expected " << codeName(code) << ": " << words;
  EXPECT_TRUE(std::ranges::any_of(
      model.error(), [&](const Diagnostic& d) { return d.code == code && d.message.find(words) != std::string::npos; }))
      << "expected " << codeName(code) << ": " << words << ", got:\n"
      << listed(model.error());
}

inline void expectAccepted(const std::string& document) {
  const auto model = Model::load(document);
  EXPECT_TRUE(model.has_value()) << listed(model.error());
}

/// The good document is accepted, each changed one refused.
inline void expectAllRefused(const std::string& good, const std::vector<Change>& changes) {
  expectAccepted(good);
  for (const Change& c : changes) expectRefused(changed(good, c.from, c.to), c.code, c.words);
}

/// The functionNames that a model type is not defined for.
inline void expectFunctionsRefused(const std::string& good, const std::string& element, const std::string& function,
                                   const std::vector<std::string>& others) {
  for (const std::string& other : others)
    expectRefused(changed(good, element + " functionName=\"" + function, element + " functionName=\"" + other),
                  Code::unsupported, "functionName");
}

}  // namespace scorelet::test
