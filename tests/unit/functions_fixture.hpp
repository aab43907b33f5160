// Calls built-in functions as the compiled program does: missing and invalid arguments by the table's rules.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/datetime.hpp"
#include "base/regex.hpp"
#include "functions/builtins.hpp"

namespace scorelet::functions {

class FunctionsTest : public testing::Test {
 protected:
  /// A typed argument.
  struct Argument {
    Value value;
    DataType type = DataType::float64;
  };

  Argument text(std::string_view s) { return {strings_.intern(s), DataType::string}; }
  Argument moment(std::string_view s, DataType type = DataType::dateTime) {
    return {castText(s, type, strings_), type};
  }

  Value call(std::string_view name, std::initializer_list<Argument> arguments) {
    const Builtin* function = find(name);
    if (function == nullptr) {
      ADD_FAILURE() << "no function " << name;
      return missing();
    }
    EXPECT_GE(arguments.size(), function->minArguments) << name;
    EXPECT_LE(arguments.size(), function->maxArguments) << name;
    std::vector<Value> values;
    std::vector<DataType> types;
    for (const Argument& a : arguments) {
      if (function->missing != MissingRule::own && isInvalid(a.value)) return a.value;
      if (function->missing == MissingRule::propagate && isMissing(a.value)) return a.value;
      if (function->missing == MissingRule::skip && isMissing(a.value)) continue;
      values.push_back(a.value);
      types.push_back(a.type);
    }
    if (values.empty()) return missing();
    Call call{strings_, regexes_, types, textBytes_};
    return function->function(call, values);
  }
  /// The text of a result; "invalid" or "missing" in angle brackets if there is none.
  std::string textOf(Value v) {
    return isInvalid(v) ? "<invalid>" : isMissing(v) ? "<missing>" : std::string(strings_.text(v));
  }

  Symbols symbols_;
  Strings strings_{symbols_};
  Regexes regexes_{1'000'000};
  std::uint32_t textBytes_ = 1 << 20;
};

}  // namespace scorelet::functions
