// What an expression says of the nodes in it, and its linear form: there hidden continuous parents stay solvable.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "models/bayesian_network/network.hpp"

namespace scorelet::models::bayesian_network {

/// Nodes in an expression, those that it reaches through derived fields included.
struct References {
  std::set<std::uint32_t> variables, continuous;
  std::set<std::uint32_t> indirect;   ///< variables that (also) stand in a derived field
  std::set<std::string_view> fields;  ///< names that the expression itself mentions
};

class Expressions {
 public:
  Expressions(const compile::ModelContext& context, const Network& network);

  [[nodiscard]] References references(xml::Element expression) const;
  /// The expression as c0 + Σ c·node, variables at the given values; nothing if it is not of that form.
  [[nodiscard]] std::optional<Affine> affineForm(xml::Element expression,
                                                 const std::unordered_map<std::uint32_t, Value>& values) const;

 private:
  void visit(xml::Element e, bool isDirect, std::set<std::string_view>& seen, References& found) const;
  void refer(std::string_view name, bool isDirect, std::set<std::string_view>& seen, References& found) const;
  std::optional<Affine> read(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                             std::uint32_t depth) const;
  std::optional<Affine> readField(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                                  std::uint32_t depth) const;
  std::optional<Affine> readApply(xml::Element e, const std::unordered_map<std::uint32_t, Value>& values,
                                  std::uint32_t depth) const;

  compile::Builder& builder_;
  const Network& network_;
  std::unordered_map<std::string_view, xml::Element> derived_;
};

/// The one expression in `parent`, or nothing.
[[nodiscard]] xml::Element expressionIn(xml::Element parent);

}  // namespace scorelet::models::bayesian_network
