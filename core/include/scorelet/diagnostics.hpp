// Errors as values: what is wrong, where, what to do.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace scorelet {

enum class Severity : std::uint8_t { error, warning, note };

/// Stable codes. Their names (`codeName`) are part of the public contract; numbers are not.
enum class Code : std::uint16_t {
  // bytes → document
  tooLarge,
  notXml,
  notPmml,
  unsupportedVersion,
  forbiddenMarkup,
  tooDeep,
  tooManyElements,
  limitReached,
  // document → checked model
  unknownElement,
  unknownAttribute,
  missingElement,
  missingAttribute,
  badValue,
  duplicateName,
  wrongOrder,
  unresolvedField,
  unresolvedFunction,
  unresolvedReference,
  cycle,
  wrongArity,
  typeMismatch,
  emptyModel,
  notScorable,
  unsupported,  ///< valid PMML that is not scored; the message names the element
  leftOut,      ///< valid PMML that this build does not score, though the full one does
  furtherPart,  ///< what the second part of a module in two scores, which is not there (`LoadOptions::hasFurtherTypes`)
  extensionIgnored,
  deprecated,
  badRegex,
  // rows
  invalidValue,   ///< an input value that its field declares invalid (returnInvalid)
  missingValue,   ///< a missing value where the model demands one
  functionError,  ///< a built-in function had no answer
  unknownField,   ///< the record names a field the model does not have
  badRecord,      ///< the record could not be parsed
  // hosts
  badArgument,
  closed,
};

/// "unresolvedField" and so on.
[[nodiscard]] std::string_view codeName(Code code) noexcept;
[[nodiscard]] std::string_view severityName(Severity severity) noexcept;

/// One finding. `line` and `column` are 1-based, 0 when there is no place in a document.
struct Diagnostic {
  Code code = Code::badValue;
  Severity severity = Severity::error;
  std::string path;  ///< /PMML/TreeModel/Node[2]/SimplePredicate/@field; empty for rows
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string field;    ///< the PMML field concerned, if any
  std::string message;  ///< what was found and what to do about it, one or two sentences

  /// "error unresolvedField at line 12 (/PMML/…): message"
  [[nodiscard]] std::string text() const;
};

using Diagnostics = std::vector<Diagnostic>;

/// A value, or the non-empty list of reasons why there is none.
template <class T>
using Expected = std::expected<T, Diagnostics>;

}  // namespace scorelet
