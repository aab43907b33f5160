// Predicates in three-valued logic (spec: Trees, "Predicates").
#pragma once

#include "scope.hpp"

namespace scorelet::reference {

struct Truth {
  enum Kind { no, yes, unknown, invalid } kind = no;
  bool usedSurrogate = false;  ///< an operand after the first one of a surrogate decided
  std::string reason;          ///< invalid: why

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
};

[[nodiscard]] Truth test(Scope& scope, Node predicate);

}  // namespace scorelet::reference
