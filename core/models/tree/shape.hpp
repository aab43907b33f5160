// A tree as explanations see it: its tests, what each leaf says, and how many records reached it in training.
#pragma once

#include <functional>
#include <vector>

#include "models/tree/tree.hpp"
#include "program/wiring.hpp"

namespace scorelet::models::tree {

/// Appends what a node's answer adds to each column; false if the node gives none.
using SharesOf = std::function<bool(std::uint32_t node, std::vector<Value>& shares)>;

/// The shape of a tree in its fast form.
[[nodiscard]] program::TreeShape shapeOf(const TreeStep& step, std::size_t width, const SharesOf& sharesOf);

}  // namespace scorelet::models::tree
