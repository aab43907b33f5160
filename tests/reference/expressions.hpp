// Expressions (spec: Transformations, Functions).
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/regex.hpp"
#include "scope.hpp"

namespace scorelet::reference {

/// Those of the core: what a pattern means is PCRE2's to say, in both.
inline Regexes& regexes() {
  static Regexes instance(1'000'000);
  return instance;
}

/// Where an expression stands. Inside DefineFunction only the parameters are visible.
struct Context {
  Scope& scope;
  const std::map<std::string, Field>* parameters = nullptr;
  std::optional<DataType> wanted = std::nullopt;  ///< type of the DerivedField or function around it

  [[nodiscard]] Field field(const std::string& name) const;
};

[[nodiscard]] Value evaluate(const Context& context, Node expression);
[[nodiscard]] Value evaluateApply(const Context& context, Node apply);
[[nodiscard]] Value evaluateTextIndex(const Context& context, Node textIndex);

/// The memory of a Lag element for the block of the current record, and what is to be added to it.
[[nodiscard]] std::pair<std::deque<Value>*, Value> toRemember(Scope& scope, Node lag);

/// A built-in function on evaluated arguments; nullopt if there is none of that name.
[[nodiscard]] std::optional<Value> callBuiltin(const std::string& name, const std::vector<Value>& arguments);

}  // namespace scorelet::reference
