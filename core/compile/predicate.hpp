// Predicates of the document → program::Predicates.
#pragma once

#include "compile/scope.hpp"
#include "program/predicate.hpp"

namespace scorelet::compile {

/// The predicate child of `parent` (Node, Segment, rules …); reports if there is none.
[[nodiscard]] xml::Element predicateOf(xml::Element parent);

/// Compiles one predicate element. After a report: a predicate that is never true.
[[nodiscard]] std::uint32_t compilePredicate(Scope& scope, xml::Element predicate, program::Predicates& into,
                                             std::uint32_t depth = 0);

}  // namespace scorelet::compile
