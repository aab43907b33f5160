// The cases of tests/data/monitoring, made with SciPy, NumPy and River.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/files.hpp"
#include "support/json.hpp"

namespace scorelet::test {

inline const nlohmann::json& monitoringCases(const char* kind) {
  static const nlohmann::json read = readJson(projectRoot() + "/tests/data/monitoring/oracles.json")["cases"];
  return read.at(kind);
}

/// Relative, and absolute below 1e-3 of it.
inline void expectClose(double found, double expected, const std::string& what, double tolerance = 1e-11) {
  EXPECT_NEAR(found, expected, tolerance * std::max(1e-3, std::fabs(expected))) << what;
}

inline std::vector<double> numbersOf(const nlohmann::json& list) { return list.get<std::vector<double>>(); }

}  // namespace scorelet::test
