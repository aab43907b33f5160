// Case lists in their three notations (tests/data/ORIGIN.md and the READMEs of the shared material explain them).
#pragma once

#include <string>
#include <vector>

#include "corpus/case.hpp"

namespace scorelet::test {

/// Trained models: folders with model.pmml, input.csv and expected.csv, listed in `directory`/manifest.json.
[[nodiscard]] std::vector<Case> trainedModels(const std::string& suite, const std::string& directory);

/// One such folder, described by its case.json.
[[nodiscard]] std::vector<Case> trainedModel(const std::string& suite, const std::string& directory);

/// Small documents with records and results in `directory`/manifest.json.
[[nodiscard]] std::vector<Case> recordCases(const std::string& suite, const std::string& directory);

/// Other projects' documents, `directory`/manifest.json.
[[nodiscard]] std::vector<Case> foreignCases(const std::string& suite, const std::string& directory);

}  // namespace scorelet::test
