"""The trees of a model as the flat arrays that the loop walks (native/loop.hpp), read from the training library's own
file where there is one, so that the loop's answers do not come from the document that Scorelet reads."""

import json
import math
import struct
from array import array
from xml.etree import ElementTree

LEFT_BITS = 20  # of a node's second word; the rest is the feature
SIGMOID, SOFTMAX, MEAN = 0, 1, 2


def float32(x: float) -> float:
    return struct.unpack("<f", struct.pack("<f", x))[0]


def above(x: float) -> float:
    """The least float greater than x: x_i <= x is x_i < above(x) for floats x_i."""
    near = float32(x)
    if near > x:
        return near
    bits = struct.unpack("<i", struct.pack("<f", near))[0]
    return struct.unpack("<f", struct.pack("<i", bits + 1 if near >= 0 and bits >= 0 else (bits - 1 if near < 0 else 1)))[0]


def below(x: float) -> float:
    """The greatest float less than the float x."""
    return -above(-x)


class Split:
    """Rows with a value below `threshold`, or with a code in `codes`, go left."""

    def __init__(self, feature, left, right, threshold=None, codes=None):
        self.feature, self.left, self.right, self.threshold, self.codes = feature, left, right, threshold, codes


class Forest:
    def __init__(self, link: int, base: list):
        self.link, self.base = link, base
        self.trees = []  # (class, root); a root or child is a Split or a leaf's value
        self.categories = []  # per feature that is a code: how many codes

    def nodes(self) -> int:
        count = lambda n: 1 + count(n.left) + count(n.right) if isinstance(n, Split) else 1
        return sum(count(root) for _, root in self.trees)

    def leaf_values(self) -> int:
        leaves = (self.nodes() + len(self.trees)) // 2
        return 2 * leaves if self.link == MEAN else leaves  # shares of two classes

    def dump(self, names: list) -> list:
        """As XGBoost's dump_model writes trees; the base score is a tree of one leaf."""
        def node(n, number):
            if not isinstance(n, Split):
                return {"nodeid": number, "leaf": n}
            yes, no = 2 * number + 1, 2 * number + 2
            return {"nodeid": number, "split": names[n.feature], "split_condition": n.threshold, "yes": yes, "no": no, "missing": yes,
                    "children": [node(n.left, yes), node(n.right, no)]}
        return [{"nodeid": 0, "leaf": self.base[0]}] + [node(root, 0) for _, root in self.trees]

    def write(self, path: str, features: int):
        thresholds, splits, values, table = array("f"), array("I"), array("f"), bytearray()
        roots, depths, classes = array("I"), array("I"), array("I")
        first_code = features - len(self.categories)
        for target, root in sorted(((t, r) for t, r in self.trees), key=lambda tree: depth(tree[1])):
            roots.append(len(splits))
            depths.append(depth(root))
            classes.append(target)
            level = [root]
            thresholds.append(0), splits.append(0), values.append(0)
            at = [len(splits) - 1]
            while level:  # children side by side, level by level
                below, places = [], []
                for node, place in zip(level, at):
                    if not isinstance(node, Split):
                        thresholds[place], splits[place], values[place] = math.nan, place, node
                        continue
                    left = len(splits)
                    splits[place] = node.feature << LEFT_BITS | left
                    if node.codes is None:
                        thresholds[place] = node.threshold
                    else:
                        thresholds[place] = len(table)
                        table += bytes(0 if code in node.codes else 1 for code in range(self.categories[node.feature - first_code]))
                    for child in (node.left, node.right):
                        thresholds.append(0), splits.append(0), values.append(0)
                        below.append(child)
                        places.append(len(splits) - 1)
                level, at = below, places
        assert len(splits) < 1 << LEFT_BITS
        with open(path, "wb") as out:
            array("I", [self.link, len(self.base), len(roots), len(splits), first_code, len(table)]).tofile(out)
            array("d", self.base).tofile(out)
            for part in (thresholds, splits, values, roots, depths, classes):
                part.tofile(out)
            out.write(table)


def depth(node) -> int:
    return 1 + max(depth(node.left), depth(node.right)) if isinstance(node, Split) else 0


def xgboost(path: str) -> Forest:
    with open(path, encoding="utf-8") as file:
        learner = json.load(file)["learner"]
    bases = json.loads(learner["learner_model_param"]["base_score"])
    if learner["objective"]["name"] == "multi:softprob":
        forest = Forest(SOFTMAX, bases)
    else:
        assert learner["objective"]["name"] == "binary:logistic"
        forest = Forest(SIGMOID, [math.log(bases[0] / (1 - bases[0]))])
    model = learner["gradient_booster"]["model"]
    for target, tree in zip(model["tree_info"], model["trees"]):
        left, right = tree["left_children"], tree["right_children"]

        def node(i):
            if left[i] < 0:
                return tree["split_conditions"][i]
            return Split(tree["split_indices"][i], node(left[i]), node(right[i]), tree["split_conditions"][i])
        forest.trees.append((target, node(0)))
    return forest


def lightgbm(path: str, categories: list) -> Forest:
    """`categories`: for the last features, which are codes, how many there are."""
    with open(path, encoding="utf-8") as file:
        head, *parts = file.read().split("\nTree=")
    assert "\nobjective=binary sigmoid:1\n" in head
    forest = Forest(SIGMOID, [0.0])
    forest.categories = categories
    for part in parts:
        said = dict(line.split("=", 1) for line in part.splitlines() if "=" in line)
        read = lambda key, kind: [kind(word) for word in said.get(key, "").split()]
        feature, threshold, kind = read("split_feature", int), read("threshold", float), read("decision_type", int)
        left, right, value = read("left_child", int), read("right_child", int), read("leaf_value", float)
        bounds, words = read("cat_boundaries", int), read("cat_threshold", int)

        def node(i):
            if i < 0:
                return value[~i]
            if not kind[i] & 1:
                return Split(feature[i], node(left[i]), node(right[i]), above(threshold[i]))
            set_ = words[bounds[int(threshold[i])]:bounds[int(threshold[i]) + 1]]
            codes = {32 * w + b for w, word in enumerate(set_) for b in range(32) if word >> b & 1}
            return Split(feature[i], node(left[i]), node(right[i]), codes=codes)
        forest.trees.append((0, node(0)))
    return forest


def pmml(text: bytes, features: list) -> Forest:
    """Trees of two classes with `lessOrEqual` splits, alone or averaged: the share of the second class."""
    root = ElementTree.fromstring(text)
    space = "{" + root.tag[1:].split("}")[0] + "}"
    forest = Forest(MEAN, [0.0])

    def node(element):
        children = element.findall(space + "Node")
        if children:
            return chain(children)
        counts = [float(d.get("recordCount")) for d in element.findall(space + "ScoreDistribution")]
        return counts[1] / sum(counts)

    def chain(children):
        """A child that is always true ends the list; the converter merges it with its own children."""
        first = children[0].find(space + "SimplePredicate")
        if first is None:
            return node(children[0])
        assert first.get("operator") == "lessOrEqual"
        return Split(features.index(first.get("field")), node(children[0]), chain(children[1:]), above(float32(float(first.get("value")))))
    for tree in root.iter(space + "TreeModel"):
        forest.trees.append((0, node(tree.find(space + "Node"))))
    return forest
