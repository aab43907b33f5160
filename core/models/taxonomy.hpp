// Taxonomy (spec: Taxonomies and Hierarchies): which values stand above which.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "compile/builder.hpp"

namespace scorelet::models {

class Taxonomy {
 public:
  Taxonomy() = default;
  /// Reads the element's parent/child tables; faults are reported.
  explicit Taxonomy(xml::Element taxonomy);

  /// Calls `f(child, ancestor)` for every value of the tables and everything above it, each pair once.
  template <class F>
  void forEachAncestor(compile::Builder& builder, F&& f) const {
    for (const auto& [child, steps] : parents_)
      for (const std::string_view ancestor : ancestors(builder, child)) f(child, ancestor);
  }
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(at_); }

 private:
  struct Step {
    std::string_view parent;
    std::size_t table;
  };
  [[nodiscard]] std::vector<std::string_view> ancestors(compile::Builder& builder, std::string_view value) const;

  xml::Element at_;
  std::vector<bool> isRecursive_;  ///< by table
  std::map<std::string_view, std::vector<Step>> parents_;
};

/// The taxonomy that a data field names; an empty one if it names none.
[[nodiscard]] Taxonomy taxonomyOf(compile::Builder& builder, std::string_view field);

}  // namespace scorelet::models
