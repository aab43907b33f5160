#include <scorelet/diagnostics.hpp>

namespace scorelet {

std::string_view codeName(Code code) noexcept {
  switch (code) {
    case Code::tooLarge: return "tooLarge";
    case Code::notXml: return "notXml";
    case Code::notPmml: return "notPmml";
    case Code::unsupportedVersion: return "unsupportedVersion";
    case Code::forbiddenMarkup: return "forbiddenMarkup";
    case Code::tooDeep: return "tooDeep";
    case Code::tooManyElements: return "tooManyElements";
    case Code::limitReached: return "limitReached";
    case Code::unknownElement: return "unknownElement";
    case Code::unknownAttribute: return "unknownAttribute";
    case Code::missingElement: return "missingElement";
    case Code::missingAttribute: return "missingAttribute";
    case Code::badValue: return "badValue";
    case Code::duplicateName: return "duplicateName";
    case Code::wrongOrder: return "wrongOrder";
    case Code::unresolvedField: return "unresolvedField";
    case Code::unresolvedFunction: return "unresolvedFunction";
    case Code::unresolvedReference: return "unresolvedReference";
    case Code::cycle: return "cycle";
    case Code::wrongArity: return "wrongArity";
    case Code::typeMismatch: return "typeMismatch";
    case Code::emptyModel: return "emptyModel";
    case Code::notScorable: return "notScorable";
    case Code::unsupported: return "unsupported";
    case Code::leftOut: return "leftOut";
    case Code::furtherPart: return "furtherPart";
    case Code::extensionIgnored: return "extensionIgnored";
    case Code::deprecated: return "deprecated";
    case Code::badRegex: return "badRegex";
    case Code::invalidValue: return "invalidValue";
    case Code::missingValue: return "missingValue";
    case Code::functionError: return "functionError";
    case Code::unknownField: return "unknownField";
    case Code::badRecord: return "badRecord";
    case Code::badArgument: return "badArgument";
    case Code::closed: return "closed";
  }
  return "unknown";
}

std::string_view severityName(Severity severity) noexcept {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

std::string Diagnostic::text() const {
  std::string out(severityName(severity));
  out += ' ';
  out += codeName(code);
  if (line > 0) {
    out += " at line ";
    out += std::to_string(line);
    if (column > 0) {
      out += ", column ";
      out += std::to_string(column);
    }
  }
  if (!path.empty()) {
    out += " (";
    out += path;
    out += ')';
  }
  out += ": ";
  out += message;
  return out;
}

}  // namespace scorelet
