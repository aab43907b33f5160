"""Cases that need nothing but this file: the smallest useful model, and a small forest. Their expected answers are
computed here, from the numbers that the documents are written from."""

from array import array

import trees

ROWS = 10_000
LINEAR = {"x1": 0.75, "x2": -1.25, "x3": 0.0625}
INTERCEPT = 2.5
FEATURES, TREES, DEPTH, CATEGORIES = 6, 50, 6, 5


class Chance:
    """The same numbers everywhere."""

    def __init__(self):
        self.state = 1

    def below(self, n: int) -> int:
        self.state = self.state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        return (self.state >> 33) % n


def document(fields: dict, model: str) -> str:
    declared = "".join(f'<DataField name="{name}" {said}/>' for name, said in {**fields, "y": NUMBER}.items())
    return (f'<?xml version="1.0"?><PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>'
            f'<DataDictionary>{declared}</DataDictionary>{model}</PMML>')


NUMBER, TEXT = 'optype="continuous" dataType="double"', 'optype="categorical" dataType="string"'


def schema(names) -> str:
    fields = "".join(f'<MiningField name="{name}"/>' for name in names)
    return f'<MiningSchema>{fields}<MiningField name="y" usageType="target"/></MiningSchema>'


def said(name: str, fields: list, forest=None) -> dict:
    return {"id": name, "fields": fields, "answers": ["y"], "rows": ROWS, "nodes": forest.nodes() if forest else 0,
            "leafValues": forest.leaf_values() if forest else 0, "tolerance": {"absolute": 1e-12, "relative": 1e-12}}


def linear():
    """(document, case, rows, expected, forest)"""
    chance, rows, expected = Chance(), array("d"), array("d")
    for _ in range(ROWS):
        row = [(chance.below(200_001) - 100_000) / 10_000 for _ in LINEAR]
        rows.extend(row)
        expected.append(INTERCEPT + sum(c * x for c, x in zip(LINEAR.values(), row)))
    terms = "".join(f'<NumericPredictor name="{x}" coefficient="{c}"/>' for x, c in LINEAR.items())
    model = (f'<RegressionModel functionName="regression">{schema(LINEAR)}<RegressionTable intercept="{INTERCEPT}">{terms}'
             '</RegressionTable></RegressionModel>')
    return document(dict.fromkeys(LINEAR, NUMBER), model), said("linear_3", [{"name": x} for x in LINEAR]), rows, expected, None


def forest():
    """The mean of trees over numbers and one category; numbers and thresholds that single precision holds too."""
    chance, names, codes = Chance(), [f"f{i}" for i in range(FEATURES)], [f"k{i}" for i in range(CATEGORIES)]
    made = trees.Forest(trees.MEAN, [0.0])
    made.categories = [CATEGORIES]

    def grow(depth):
        if depth == 0 or chance.below(8) == 0:
            return chance.below(1024) / 16
        feature = chance.below(FEATURES)
        if feature == FEATURES - 1:
            return trees.Split(feature, grow(depth - 1), grow(depth - 1), codes={chance.below(CATEGORIES), chance.below(CATEGORIES)})
        return trees.Split(feature, grow(depth - 1), grow(depth - 1), threshold=chance.below(64) / 4)

    made.trees = [(0, grow(DEPTH)) for _ in range(TREES)]

    def goes_left(node, row):
        return row[node.feature] in node.codes if node.codes else row[node.feature] < node.threshold

    def walk(node, row):
        while isinstance(node, trees.Split):
            node = node.left if goes_left(node, row) else node.right
        return node

    def predicates(node):
        name = names[node.feature]
        if node.codes is None:
            return (f'<SimplePredicate field="{name}" operator="lessThan" value="{node.threshold}"/>',
                    f'<SimplePredicate field="{name}" operator="greaterOrEqual" value="{node.threshold}"/>')
        listed = lambda kept: " ".join(text for code, text in enumerate(codes) if kept(code))
        return tuple(f'<SimpleSetPredicate field="{name}" booleanOperator="isIn"><Array type="string">{listed(kept)}</Array></SimpleSetPredicate>'
                     for kept in (lambda code: code in node.codes, lambda code: code not in node.codes))

    def element(node, predicate="<True/>"):
        if not isinstance(node, trees.Split):
            return f'<Node score="{node}">{predicate}</Node>'
        left, right = predicates(node)
        return f"<Node>{predicate}{element(node.left, left)}{element(node.right, right)}</Node>"

    segments = "".join(f'<Segment><True/><TreeModel functionName="regression">{schema(names)}{element(root)}</TreeModel></Segment>'
                       for _, root in made.trees)
    model = (f'<MiningModel functionName="regression">{schema(names)}<Segmentation multipleModelMethod="average">{segments}'
             '</Segmentation></MiningModel>')
    rows, expected = array("d"), array("d")
    for _ in range(ROWS):
        row = [chance.below(64) / 4 + 1 / 8 for _ in names[1:]] + [chance.below(CATEGORIES)]
        rows.extend(row)
        expected.append(sum(walk(root, row) for _, root in made.trees) / TREES)
    fields = [{"name": name} for name in names[:-1]] + [{"name": names[-1], "categories": codes}]
    types = {**dict.fromkeys(names[:-1], NUMBER), names[-1]: TEXT}
    return document(types, model), said("forest_50", fields, made), rows, expected, made


MADE = {"linear_3": linear, "forest_50": forest}
