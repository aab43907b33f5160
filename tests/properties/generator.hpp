// Random valid PMML documents with rows for them: every treatment, expression, predicate, strategy and method.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "properties/random.hpp"

namespace scorelet::test {

struct Input {
  std::string name;
  enum class Kind { missing, text, number, boolean, list } kind = Kind::missing;
  std::string text;
  double number = 0;
  std::vector<Input> items = {};
};
using Row = std::vector<Input>;

struct Generated {
  std::string document;
  std::vector<Row> rows;
};

/// Document number `seed`; the same seed gives the same document and rows everywhere.
[[nodiscard]] Generated generate(std::uint64_t seed);

/// Names of fields that can be seen, by what can be done with them.
struct Names {
  std::vector<std::string> numbers, texts, booleans, moments;
};

/// XML: `<name attributes>content</name>`.
using Attributes = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string element(const std::string& name, const Attributes& attributes = {},
                                  const std::string& content = {});

/// Expressions over the names at hand, of one kind of result.
class Expressions {
 public:
  Expressions(Random& random, const Names& names, bool hasFunctions)
      : random_(random), names_(names), hasFunctions_(hasFunctions) {}
  std::string number(int depth);
  std::string text(int depth);
  std::string boolean(int depth);
  std::string constant();  ///< a number's Constant
  std::string literal();   ///< a number as text

 private:
  std::string reference(const std::vector<std::string>& names, const std::string& mapped);
  std::string apply(const std::string& function, const std::string& arguments, const std::string& mapped);
  std::string mapValues(bool toText);
  std::string discretize(bool toText);
  std::string textConstant();

  Random& random_;
  const Names& names_;
  bool hasFunctions_;
};

/// DefineFunction elements that `Expressions` calls.
[[nodiscard]] std::string definedFunctions();

/// A predicate over the names at hand.
[[nodiscard]] std::string predicate(Random& random, const Names& names, int depth);

/// Words that occur as values of text fields, in the order of the ordinal field.
[[nodiscard]] const std::vector<std::string>& words();

}  // namespace scorelet::test
