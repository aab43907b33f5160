// One case: a document, rows, and what must come out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/table.hpp"

namespace scorelet::test {

/// A number passes when |a-b| <= absolute or |a-b| <= relative * max(|a|, |b|). All else compares exactly.
struct Tolerance {
  double absolute = 0;
  double relative = 0;
  std::map<std::string, double> relativeOf;  ///< exceptions by field
};

struct CaseTables {
  Table input;
  Table expected;
};

struct Case {
  enum class Kind {
    score,      ///< rows with expected results
    parseOnly,  ///< must load, or be refused with reasons
    forecast,   ///< forecasts of a time series for the steps 1…h; a single number stands for the last of them
  };
  std::string suite;  ///< "demo", "examples", "models", "oracles", "corpus"
  std::string id;
  Kind kind = Kind::score;
  std::string modelPath;
  std::function<std::string(std::string)> prepare;        ///< changes the document before loading, may be empty
  std::function<std::optional<CaseTables>()> readTables;  ///< reads the rows; nothing when a file is missing
  Tolerance tolerance;
  std::uint32_t horizon = 1;           ///< LoadOptions::horizon, for documents whose records do not say it
  bool ignoresUnknownColumns = false;  ///< CSV expectations may carry columns that are no result of the model

  /// The document as text; nothing when it cannot be read.
  [[nodiscard]] std::optional<std::string> document() const;
};

/// Keys of `expected` that are not result fields. `@probability:X` and the like name one class.
///   @predictedValue @predictedDisplayValue @entityId @probability[:X] @confidence[:X] @affinity[:X] @derived:F
///   @error: the row must be called invalid
/// The expected value "@notNull" means: any value, not missing.

}  // namespace scorelet::test
