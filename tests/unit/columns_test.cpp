// Functions on whole columns answer as the functions themselves do, to the bit, or leave the answer to them.
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "base/regex.hpp"
#include "functions/builtins.hpp"

using namespace scorelet;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kValues[] = {0.0,   -0.0,   1.0,   -1.0,  0.5,    -2.5, 3.0,   1e-320, -1e-320,
                              1e308, -1e308, 709.0, 710.0, -745.0, kInf, -kInf, 1e-17,  42.0};

struct Arguments {
  std::vector<std::vector<double>> columns;
  std::size_t rows = 0;
};

/// All pairs and triples of `kValues` and of values that are missing or invalid, or only of truth values.
Arguments argumentsOf(std::size_t count, bool areTruths) {
  std::vector<double> values(std::begin(kValues), std::end(kValues));
  if (areTruths) values = {0, 1};
  values.push_back(missing());
  values.push_back(invalid(Reason::notInDomain, 7));
  Arguments out;
  out.rows = 1;
  for (std::size_t a = 0; a < count; ++a) out.rows *= values.size();
  for (std::size_t a = 0, period = 1; a < count; ++a, period *= values.size()) {
    out.columns.emplace_back();
    for (std::size_t i = 0; i < out.rows; ++i) out.columns[a].push_back(values[i / period % values.size()]);
  }
  return out;
}

TEST(Columns, AnswerAsTheFunctionsDo) {
  std::size_t forms = 0, answers = 0;
  const Symbols symbols;
  Strings strings(symbols);
  Regexes regexes(1000);
  for (const functions::Builtin& function : functions::all()) {
    for (std::size_t count = function.minArguments; count <= functions::kColumnArguments; ++count) {
      const std::vector<DataType> types(count, DataType::float64);
      const functions::Columns columns = functions::columnsOf(function, types);
      if (columns == nullptr || count > function.maxArguments) continue;
      ++forms;
      const bool areTruths = function.parameters[0] == functions::ParamKind::boolean && count < 3;
      const Arguments arguments = argumentsOf(count, areTruths);
      std::vector<const double*> in;
      for (const auto& column : arguments.columns) in.push_back(column.data());
      std::vector<double> out(arguments.rows);
      columns(in.data(), arguments.rows, out.data());
      for (std::size_t i = 0; i < arguments.rows; ++i) {
        if (!isPresent(out[i])) continue;
        ++answers;
        std::vector<Value> values;
        for (const auto& column : arguments.columns) values.push_back(column[i]);
        functions::Call call{strings, regexes, types, 100};
        if (function.missing == functions::MissingRule::propagate) {
          for (const Value v : values) ASSERT_TRUE(isPresent(v)) << function.name;
        }
        const Value expected = function.function(call, values);
        ASSERT_EQ(std::bit_cast<std::uint64_t>(out[i]), std::bit_cast<std::uint64_t>(expected))
            << function.name << " of " << values[0] << ": " << out[i] << ", not " << expected;
      }
    }
  }
  EXPECT_GE(forms, 20u);
  EXPECT_GE(answers, 7000u);
}

TEST(Columns, TextsAreNotOrderedByTheirNumbers) {
  const DataType types[] = {DataType::string, DataType::string};
  EXPECT_EQ(functions::columnsOf(*functions::find("lessThan"), types), nullptr);
  EXPECT_NE(functions::columnsOf(*functions::find("equal"), types), nullptr);
}

}  // namespace
