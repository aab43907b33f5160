"""An XGBoost model's trees as a LightGBM text file: its predictor, and its contributions, over the very same trees."""

import trees


def text(forest: trees.Forest, names: list) -> str:
    head = ["tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0", f"max_feature_idx={len(names) - 1}",
            "objective=binary sigmoid:1", "feature_names=" + " ".join(names), "feature_infos=" + " ".join(["none"] * len(names)), ""]
    all_trees = [tree(root) for root in [forest.base[0], *(root for _, root in forest.trees)]]
    return "\n".join([*head, *(f"Tree={i}\n{said}" for i, said in enumerate(all_trees)), "end of trees", ""])


def tree(root) -> str:
    """Inner nodes are numbered from 0, leaves from -1 downwards. A leaf counts as one record."""
    nodes, leaves = [], []

    def number(n) -> tuple:
        if not isinstance(n, trees.Split):
            leaves.append(n)
            return -len(leaves), 1
        place = len(nodes)
        nodes.append(None)
        (left, some), (right, others) = number(n.left), number(n.right)
        nodes[place] = (n.feature, between(n.threshold), left, right, some + others)
        return place, some + others
    number(root)
    column = lambda i: " ".join(repr(node[i]) for node in nodes)
    lines = {"num_leaves": len(leaves), "num_cat": 0}
    if nodes:
        lines |= {"split_feature": column(0), "split_gain": " ".join("1" for _ in nodes), "threshold": column(1),
                  "decision_type": " ".join("2" for _ in nodes), "left_child": column(2), "right_child": column(3)}
    lines["leaf_value"] = " ".join(map(repr, leaves))
    if nodes:
        lines |= {"leaf_count": " ".join("1" for _ in leaves), "internal_value": " ".join("0" for _ in nodes), "internal_count": column(4)}
    return "".join(f"{key}={value}\n" for key, value in {**lines, "is_linear": 0, "shrinkage": 1}.items()) + "\n"


def between(threshold: float) -> float:
    """The greatest double that rounds to a float below the threshold: XGBoost compares floats, LightGBM asks `<=` of doubles."""
    return (trees.below(threshold) + trees.float32(threshold)) / 2
