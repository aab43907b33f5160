// A slow, naive interpreter of PMML, written from the specification to referee the compiled program.
//
// It walks the XML tree for every record, and shares nothing with the core's document, compile, program,
// run and models folders: only number parsing and printing, elementary functions, regular expressions and
// case mapping, whose own tests are elsewhere.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scope.hpp"

namespace scorelet::reference {

class Reference {
 public:
  /// RegressionModel, TreeModel and MiningModel of these; the first that is scorable.
  static std::expected<Reference, std::string> load(std::string_view pmml);

  /// Results by target and output name (`_target` where the target has no name), one record per row, in order;
  /// state (Lag) carries over from call to call. Also, under names that no field has:
  /// "@predictedValue", "@predictedDisplayValue", "@entityId", "@probability:X", "@confidence:X" per class,
  /// "@probability", "@confidence" of the predicted class, "@derived:F" of the derived fields that were needed,
  /// and "@invalid" (a text with the reason) if a target or output value is invalid.
  std::vector<Record> score(const std::vector<Record>& rows);

  /// True if results depend on earlier rows.
  [[nodiscard]] bool isStateful() const;
  [[nodiscard]] Node model() const { return model_; }

 private:
  Record scoreRow(const Record& row);

  std::unique_ptr<Session> session_;
  Node model_;
};

}  // namespace scorelet::reference
