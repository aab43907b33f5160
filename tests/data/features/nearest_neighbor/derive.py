#!/usr/bin/env python3
"""Writes the documents of models/ and manifest.json: NearestNeighborModel by the formulas of the specification.

Needs numpy, scipy and scikit-learn, whose neighbours and predictions must be the same where it has the method.
"""
import math
import pathlib
import statistics
import sys

import numpy
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from comparison import compare, measure_element
from writing import Folder, document, field, output, text_field

folder = Folder(__file__, "KNN", "nearest_neighbor", 1e-12)


def table(columns, rows, prefix=""):
    """TrainingInstances' fields and rows; a column is (field, column or None); None in a row is an absent cell."""
    fields = "".join(f'<InstanceField field="{f}"' + (f' column="{prefix}{c}"' if c else "") + "/>" for f, c in columns)
    lines = "".join(
        "<row>" + "".join(f"<{prefix}{c or f}>{row[f]}</{prefix}{c or f}>" for f, c in columns
                          if row.get(f) is not None) + "</row>\n" for row in rows)
    return f"<InstanceFields>{fields}</InstanceFields>\n<InlineTable>\n{lines}</InlineTable>"


def neighbors(measure, fields, record, rows, k, kind="distance", **options):
    """[(distance, row)] of the k nearest; of equal distances the first in the table."""
    found = []
    for row in rows:
        d = compare(measure, fields, record, row, **options)
        if d is not None:
            found.append((d, row))
    found.sort(key=lambda pair: pair[0] if kind == "distance" else -pair[0])  # stable
    return found[:k]


def weights_of(found, threshold):
    if any(d + threshold == 0 for d, _ in found):
        return [1.0 if d + threshold == 0 else 0.0 for d, _ in found]
    return [1 / (d + threshold) for d, _ in found]


def number(found, target, method, threshold=0.001):
    pairs = [(w, row[target]) for w, (_, row) in zip(weights_of(found, threshold), found) if row.get(target) is not None]
    if not pairs:
        return None
    if method == "median":
        return statistics.median(y for _, y in pairs)
    if method == "average":
        return math.fsum(y for _, y in pairs) / len(pairs)
    return math.fsum(w * y for w, y in pairs) / math.fsum(w for w, _ in pairs)


def vote(found, rows, target, method, threshold=0.001):
    """(winner, {category: probability})"""
    votes = {}
    for w, (_, row) in zip(weights_of(found, threshold), found):
        if row.get(target) is not None:
            votes[row[target]] = votes.get(row[target], 0) + (w if method == "weightedMajorityVote" else 1)
    if not votes:
        return None, {}
    stored = [row.get(target) for row in rows]
    winner = min(votes, key=lambda c: (-votes[c], -stored.count(c), c))
    total = math.fsum(votes.values())
    return winner, {c: v / total for c, v in votes.items()}


# --- numbers -------------------------------------------------------------------------------------------------------

FIELDS = [{"name": "u"}, {"name": "v", "weight": 2}]
ROWS = [
    {"id": "r1", "u": 0.0, "v": 0.0, "y": 1.0}, {"id": "r2", "u": 1.0, "v": 1.0, "y": 3.5},
    {"id": "r3", "u": 4.0, "v": 0.5, "y": 10.0}, {"id": "r4", "u": 5.0, "v": 5.0, "y": -2.0},
    {"id": "r5", "u": 2.0, "v": None, "y": 6.0}, {"id": "r6", "u": 1.5, "v": -1.0, "y": None},
    {"id": "r7", "u": None, "v": None, "y": 1000.0},
]
RECORDS = [{"u": 0.5, "v": 0.2}, {"u": 4, "v": 1}, {"u": 5, "v": 5}, {"u": 1.4}, {"v": -2}, {},
           {"u": 1.0, "v": 1.0}]
COLUMNS = [("id", "ID"), ("u", "first"), ("v", None), ("y", "target")]
DATA = [field("u"), field("v"), field("y")]
NUMBER_OUTPUTS = [
    output("pred", "predictedValue"), output("nn1", "entityId", "string"), output("nn2", "clusterId", "string", rank=2),
    output("nn4", "entityId", "string", rank=4), output("d1", "affinity"), output("d2", "entityAffinity", rank=2),
    output("to_r3", "clusterAffinity", value="r3"),
]


def knn(k, function, more, columns, rows, measure, fields, schema, outputs, transformed="", local="", kind="distance",
        parameters=None, p=None, default=None, counts=True):
    elements = "".join(
        f'<KNNInput field="{f["name"]}"' + (f' fieldWeight="{f["weight"]}"' if "weight" in f else "")
        + (f' compareFunction="{f["element_function"]}"' if "element_function" in f else "") + "/>" for f in fields)
    count = f' recordCount="{len(rows)}" fieldCount="{len(columns)}"' if counts else ""
    return f"""<NearestNeighborModel modelName="m" algorithmName="KNN" functionName="{function}" numberOfNeighbors="{k}"{more}>
<MiningSchema>{schema}</MiningSchema>
<Output>
{chr(10).join(outputs)}
</Output>
{local}
<TrainingInstances{transformed}{count}>{table(columns, rows)}</TrainingInstances>
{measure_element(measure, kind, p, parameters, default)}
<KNNInputs>{elements}</KNNInputs>
</NearestNeighborModel>"""


def regression(case, method, k, threshold=None, measure="euclidean", derivation="", p=None, reading=None):
    more = f' instanceIdVariable="id" continuousScoringMethod="{method}" isScorable="true"'
    if threshold is not None:
        more += f' threshold="{threshold}"'
    schema = '<MiningField name="u"/><MiningField name="v"/><MiningField name="y" usageType="target"/>'
    text = document(DATA, knn(k, "regression", more, COLUMNS, ROWS, measure, FIELDS, schema, NUMBER_OUTPUTS, p=p))
    threshold = 0.001 if threshold is None else threshold
    expected = []
    for r in RECORDS:
        found = neighbors(measure, FIELDS, r, ROWS, k, p=p)
        ids = [row["id"] for _, row in found] + [None] * 4
        distances = [d for d, _ in found] + [None] * 4
        expected.append({"y": number(found, "y", method, threshold), "pred": number(found, "y", method, threshold),
                         "nn1": ids[0], "nn2": ids[1], "nn4": ids[3], "d1": distances[0], "d2": distances[1],
                         "to_r3": compare(measure, FIELDS, r, ROWS[2], p)})
    folder.case(case, text, RECORDS, expected, derivation, reading=reading)


def check_with_library():
    """The formulas against scikit-learn on full rows (weights: its own inverse distances)."""
    generator = numpy.random.default_rng(7)
    x = generator.normal(size=(40, 2))
    y = generator.normal(size=40)
    labels = generator.choice(["a", "b", "c"], size=40)
    rows = [{"u": a, "v": b, "y": t, "c": c} for (a, b), t, c in zip(x, y, labels)]
    plain = [{"name": "u"}, {"name": "v"}]
    for query in generator.normal(size=(20, 2)):
        found = neighbors("euclidean", plain, {"u": query[0], "v": query[1]}, rows, 5)
        for method, weights in (("average", "uniform"), ("weightedAverage", lambda d: 1 / (d + 0.001))):
            library = KNeighborsRegressor(5, weights=weights).fit(x, y).predict([query])[0]
            assert math.isclose(library, number(found, "y", method), rel_tol=1e-12)
        for method, weights in (("majorityVote", "uniform"), ("weightedMajorityVote", lambda d: 1 / (d + 0.001))):
            classifier = KNeighborsClassifier(5, weights=weights).fit(x, labels)
            winner, shares = vote(found, rows, "c", method)
            library = dict(zip(classifier.classes_, classifier.predict_proba([query])[0]))
            assert all(math.isclose(library[c], shares.get(c, 0), rel_tol=1e-9, abs_tol=1e-12) for c in library)
            if sorted(library.values())[-1] > sorted(library.values())[-2] + 1e-9:
                assert winner == classifier.predict([query])[0]


check_with_library()
MISSING = "stored rows: fields that record and row both have, adjusted by n over their number; a row without any is no neighbour"
regression("average", "average", 3, derivation="mean of the neighbours' targets; rows without a target are left out",
           reading=MISSING)
regression("median", "median", 4, derivation="median of the neighbours' targets", measure="cityBlock", reading=MISSING)
regression("weighted_average", "weightedAverage", 3, 0.1, derivation="weights 1/(distance + threshold)", reading=MISSING)
regression("weighted_average_default", "weightedAverage", 3, measure="minkowski", p=3, reading=MISSING,
           derivation="threshold is 0.001 by default")
regression("weighted_average_exact", "weightedAverage", 3, 0, measure="squaredEuclidean",
           derivation="threshold 0: 1/0 at a stored row",
           reading="an infinite weight is the limit: only rows at no distance count, all alike (as in scikit-learn)")
regression("chebychev", "average", 2, measure="chebychev", derivation="largest weighted difference", reading=MISSING)

# --- classes -------------------------------------------------------------------------------------------------------

CLASS_ROWS = [
    {"u": 0.0, "v": 0.0, "c": "red"}, {"u": 1.0, "v": 1.0, "c": "blue"}, {"u": 1.0, "v": -1.0, "c": "green"},
    {"u": -1.0, "v": 1.0, "c": "blue"}, {"u": -1.0, "v": -1.0, "c": "red"}, {"u": 3.0, "v": 3.0, "c": "green"},
    {"u": 4.0, "v": 4.0, "c": "amber"}, {"u": 8.0, "v": 8.0, "c": None}, {"u": 9.0, "v": 9.0, "c": None},
]
CLASSES = ["red", "green", "blue", "white"]
CLASS_RECORDS = [{"u": 0.1, "v": 0.2}, {"u": 0.0, "v": 0.0}, {"u": 3.5, "v": 3.5}, {"u": 2, "v": -1}, {"u": 8.5, "v": 9},
                 {"u": -0.9}, {}]


def classification(case, method, k, derivation, records=CLASS_RECORDS, reading=None):
    outputs = [output("label", "predictedValue", "string"), output("p", "probability"), output("nn", "entityId", "string")]
    outputs += [output(f"p_{c}", "probability", value=c) for c in CLASSES + ["amber"]]
    schema = '<MiningField name="u"/><MiningField name="v"/><MiningField name="c" usageType="predicted"/>'
    text = document([field("u"), field("v"), text_field("c", CLASSES)],
                    knn(k, "classification", f' categoricalScoringMethod="{method}"', [("u", None), ("v", None), ("c", None)],
                        CLASS_ROWS, "squaredEuclidean", [{"name": "u"}, {"name": "v"}], schema, outputs, counts=False))
    expected = []
    for r in records:
        found = neighbors("squaredEuclidean", [{"name": "u"}, {"name": "v"}], r, CLASS_ROWS, k)
        winner, shares = vote(found, CLASS_ROWS, "c", method)
        row = CLASS_ROWS.index(found[0][1]) + 1 if found else None
        expected.append({"c": winner, "label": winner, "p": shares.get(winner), "nn": None if row is None else str(row)}
                        | {f"p_{c}": shares.get(c, 0) if winner else None for c in CLASSES + ["amber"]})
    folder.case(case, text, records, expected, derivation, reading=reading)


TIES = "ties: the class stored more often, then the smaller value; equal distances: the first stored row"
classification("majority_vote", "majorityVote", 4, "shares of the votes", reading=TIES)
classification("majority_vote_two", "majorityVote", 2, "two neighbours, many ties",
               [{"u": 0, "v": 1}, {"u": 1, "v": 0}, {"u": 3.5, "v": 3.5}, {"u": 8.6, "v": 8.6}],
               reading=TIES + "; neighbours without a value of the target do not vote, and if none has one there is no "
                              "prediction")
classification("weighted_majority_vote", "weightedMajorityVote", 4, "votes weigh 1/(distance + 0.001)", reading=TIES)
# Without Values in the dictionary, numeric classes: the smaller number wins the last tie, not the smaller text.
folder.case("numeric_classes", document(
            [field("x"), field("c", "categorical", "integer")],
            knn(2, "classification", "", [("x", None), ("c", None)], [{"x": 1, "c": 10}, {"x": 2, "c": 9}, {"x": 5, "c": 9}, {"x": 6, "c": 10}],
                "cityBlock", [{"name": "x"}], '<MiningField name="x"/><MiningField name="c" usageType="target"/>',
                [output("p_9", "probability", value="9"), output("p_11", "probability", value="11")])),
            [{"x": 1.5}, {"x": 3.4}, {"x": 7}], [{"c": 9, "p_9": 0.5, "p_11": 0}, {"c": 9, "p_9": 1, "p_11": 0},
                                        {"c": 9, "p_9": 0.5, "p_11": 0}],
            "1 : 1 everywhere but in the middle, both classes are stored twice; 9 < 10")

# --- compare functions, similarities -----------------------------------------------------------------------------------

KINDS = [text_field("a"), text_field("b"), field("x")]
KIND_ROWS = [{"id": "1", "a": "p", "b": "q r", "x": 1}, {"id": "2", "a": "p", "b": "s", "x": 3},
             {"id": "3", "a": "t", "b": "q r", "x": 1.5}, {"id": "4", "a": "t", "b": "s", "x": 0}]
KIND_RECORDS = [{"a": "p", "b": "q r", "x": 2}, {"a": "t", "b": "new", "x": 0.5}, {"b": "s"}, {"a": "new"}, {}]
for name, fields, kind, default in (
    ("delta", [{"name": "a", "function": "delta", "element_function": "delta"},
               {"name": "b", "function": "delta", "weight": 2},
               {"name": "x", "function": "absDiff", "element_function": "absDiff", "weight": 0.1}], "distance", "delta"),
    ("equal", [{"name": "a", "function": "equal"}, {"name": "b", "function": "equal", "element_function": "equal"},
               {"name": "x", "function": "equal"}], "similarity", "equal"),
):
    text = document(KINDS, knn(3, "clustering", ' instanceIdVariable="id"',
                               [("id", None), ("a", None), ("b", None), ("x", None)], KIND_ROWS, "cityBlock", fields,
                               '<MiningField name="a"/><MiningField name="b"/><MiningField name="x"/>',
                               [output("nearest", "predictedValue", "string"), output("n2", "predictedValue", "string", rank=2),
                                output("n3", "entityId", "string", rank=3), output("d3", "affinity", rank=3)],
                               kind=kind, default=default))
    expected = []
    for r in KIND_RECORDS:
        found = neighbors("cityBlock", fields, r, KIND_ROWS, 3, kind)
        ids = [row["id"] for _, row in found] + [None] * 3
        expected.append({"_target": ids[0], "nearest": ids[0], "n2": ids[1], "n3": ids[2],
                         "d3": found[2][0] if found else None})
    folder.case(f"compare_{name}", text, KIND_RECORDS, expected, "text compared as text; no target: the ids of the neighbours")
BITS = [field(f"b{i}", data_type="integer") for i in range(3)] + [field("y")]
BIT_ROWS = [{"b0": 1, "b1": 0, "b2": 1, "y": 1}, {"b0": 0, "b1": 0, "b2": 0, "y": 2}, {"b0": 1, "b1": 1, "b2": None, "y": 4},
            {"b0": 0, "b1": 1, "b2": 1, "y": 8}]
BIT_RECORDS = [{"b0": 1, "b1": 1, "b2": 1}, {"b0": 0, "b1": 0, "b2": 0}, {"b0": 0, "b2": 1}, {}]
bit_fields = [{"name": f"b{i}"} for i in range(3)]
text = document(BITS, knn(2, "regression", "", [("b0", None), ("b1", None), ("b2", None), ("y", None)], BIT_ROWS, "jaccard",
                          bit_fields, "".join(f'<MiningField name="b{i}"/>' for i in range(3))
                          + '<MiningField name="y" usageType="target"/>', [output("s1", "affinity")], kind="similarity"))
expected = []
for r in BIT_RECORDS:
    found = neighbors("jaccard", bit_fields, r, BIT_ROWS, 2, "similarity")
    expected.append({"y": number(found, "y", "average"), "s1": found[0][0] if found else None})
folder.case("jaccard", text, BIT_RECORDS, expected, "share of common ones, the largest wins",
            reading="0/0 is no similarity, so such rows are no neighbours")

# --- raw and transformed rows --------------------------------------------------------------------------------------------

LOCAL = """<LocalTransformations>
<DerivedField name="level" optype="continuous" dataType="double"><Apply function="+"><FieldRef field="scaled"/><FieldRef field="isA"/></Apply></DerivedField>
<DerivedField name="isA" optype="continuous" dataType="double"><NormDiscrete field="s" value="a" mapMissingTo="0.5"/></DerivedField>
<DerivedField name="word" optype="categorical" dataType="string"><Apply function="concat"><FieldRef field="s"/><Constant dataType="string">!</Constant></Apply></DerivedField>
</LocalTransformations>"""
GLOBAL = """<TransformationDictionary>
<DerivedField name="scaled" optype="continuous" dataType="double"><NormContinuous field="x"><LinearNorm orig="0" norm="0"/><LinearNorm orig="10" norm="1"/></NormContinuous></DerivedField>
</TransformationDictionary>"""
RAW = [{"x": 1, "s": "a", "y": 1}, {"x": 9, "s": "b", "y": 2}, {"x": None, "s": "a", "y": 4}, {"x": 25, "s": None, "y": 8},
       {"x": 4, "s": "b", "y": 16}, {"x": 0, "s": None, "y": 32}]
TREATED = ('<MiningField name="x" missingValueReplacement="5" outliers="asExtremeValues" lowValue="0" highValue="20"/>'
           '<MiningField name="s"/><MiningField name="y" usageType="target"/>')
TRANSFORM_RECORDS = [{"x": 2, "s": "a"}, {"x": 30, "s": "b"}, {"s": "b"}, {"x": 4}, {}]
TRANSFORM_FIELDS = [{"name": "level"}, {"name": "word", "function": "delta", "element_function": "delta", "weight": 0.25}]


def transformed(row):
    x = 5 if row.get("x") is None else min(max(row["x"], 0), 20)
    is_a = 0.5 if row.get("s") is None else float(row["s"] == "a")
    return {"level": x / 10 + is_a, "word": None if row.get("s") is None else row["s"] + "!", "y": row.get("y")}


def transformation_case(case, columns, rows, flag, derivation, reading=None):
    text = document([field("x"), text_field("s"), field("y")], GLOBAL + "\n" + knn(
        2, "regression", ' continuousScoringMethod="weightedAverage"', columns, rows, "euclidean", TRANSFORM_FIELDS, TREATED,
        [output("nn", "entityId", "string"), output("d", "affinity")], flag, LOCAL))
    stored = [transformed(row) for row in RAW]
    expected = []
    for r in TRANSFORM_RECORDS:
        found = neighbors("euclidean", TRANSFORM_FIELDS, transformed(r), stored, 2)
        expected.append({"y": number(found, "y", "weightedAverage"), "nn": str(stored.index(found[0][1]) + 1),
                         "d": found[0][0]})
    folder.case(case, text, TRANSFORM_RECORDS, expected, derivation, reading=reading)


transformation_case("raw_rows", [("x", "ex"), ("s", None), ("y", None)], RAW, ' isTransformed="false"',
                    "stored rows pass the MiningSchema and the derived fields, local and global",
                    "the treatments of the MiningSchema hold for raw stored rows as for records")
transformation_case("transformed_rows", [("level", "lv"), ("word", None), ("y", None)],
                    [transformed(row) for row in RAW], ' isTransformed="true"', "stored rows hold the derived values")

# --- several targets -----------------------------------------------------------------------------------------------------

TWO = [{"x": 0, "n": 10, "c": "a"}, {"x": 1, "n": 20, "c": "b"}, {"x": 2, "n": None, "c": "b"}, {"x": 5, "n": 40, "c": "a"},
       {"x": 6, "n": 50, "c": None}]
TWO_DATA = [field("x"), field("n"), text_field("c", ["a", "b"])]
TWO_RECORDS = [{"x": 0.4, "n": 12, "c": "b"}, {"x": 1.6, "n": 1, "c": "b"}, {"x": 5.6, "n": 45, "c": "a"}, {}]


def two_targets(case, function):
    schema = '<MiningField name="x"/><MiningField name="n" usageType="target"/><MiningField name="c" usageType="target"/>'
    outputs = [output("number", "predictedValue", targetField="n"), output("class", "predictedValue", "string", targetField="c"),
               output("p_a", "probability", targetField="c", value="a"), output("p", "probability", targetField="c"),
               output("r_n", "residual", targetField="n"), output("r_c", "residual", targetField="c", value="b"),
               output("nn", "entityId", "string", targetField="c")]
    text = document(TWO_DATA, knn(2, function, "", [("x", None), ("n", None), ("c", None)], TWO, "euclidean", [{"name": "x"}],
                                  schema, outputs).replace("</Output>", """</Output>
<Targets><Target field="n" rescaleFactor="2" rescaleConstant="-1"/><Target field="c"><TargetValue value="a" displayValue="A"/></Target></Targets>"""))
    expected = []
    for r in TWO_RECORDS:
        found = neighbors("euclidean", [{"name": "x"}], r, TWO, 2)
        n = number(found, "n", "average")
        n = None if n is None else 2 * n - 1
        c, shares = vote(found, TWO, "c", "majorityVote")
        expected.append({
            "n": n, "c": c, "number": n, "class": c, "p_a": shares.get("a", 0) if c else None, "p": shares.get(c),
            "r_n": None if n is None else r["n"] - n,
            "r_c": None if c is None else (r["c"] == "b") - shares.get("b", 0),
            "nn": str(TWO.index(found[0][1]) + 1) if found else None})
    folder.case(case, text, TWO_RECORDS, expected, "each target by its optype, each rescaled by its own Target",
                reading="of several targets the optype of each decides between mean and vote")


two_targets("two_targets_mixed", "mixed")
two_targets("two_targets_classification", "classification")

# --- a chain: neighbours feed on the output of a segment; a segment under a predicate -----------------------------------------

chain = f"""<MiningModel functionName="regression">
<MiningSchema><MiningField name="x"/><MiningField name="s"/></MiningSchema>
<Output>{output("second", "entityId", "string", segmentId="knn", rank=2)}{output("far", "affinity", segmentId="knn", value="w3")}{output("others", "predictedValue", "string", segmentId="knn", targetField="c")}</Output>
<Segmentation multipleModelMethod="modelChain">
<Segment id="line"><True/><RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
<Output>{output("z", "predictedValue")}</Output><RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel></Segment>
<Segment id="knn"><SimplePredicate field="s" operator="equal" value="on"/>
{knn(2, "mixed", ' instanceIdVariable="id"', [("id", None), ("z", None), ("y", None), ("c", None)],
     [{"id": "w1", "z": 1, "y": 5, "c": "a"}, {"id": "w2", "z": 4, "y": 7, "c": "b"}, {"id": "w3", "z": 9, "y": 100, "c": "b"}],
     "cityBlock", [{"name": "z"}],
     '<MiningField name="z"/><MiningField name="y" usageType="target"/><MiningField name="c" usageType="target"/>',
     [output("inner", "predictedValue")])}</Segment>
<Segment id="last"><True/><RegressionModel functionName="regression"><MiningSchema><MiningField name="inner" missingValueReplacement="-1"/></MiningSchema>
<RegressionTable intercept="0.5"><NumericPredictor name="inner" coefficient="1"/></RegressionTable></RegressionModel></Segment>
</Segmentation></MiningModel>"""
folder.case("segments", document([field("x"), text_field("s"), field("y"),
                                  text_field("c")], chain),
            [{"x": 0.25, "s": "on"}, {"x": 0.25, "s": "off"}, {"x": 3.5, "s": "on"}, {"s": "on"}],
            [{"_target": 6.5, "second": "w2", "far": 7.5, "others": "b"},
             {"_target": -0.5, "second": None, "far": None, "others": None},
             {"_target": 54.0, "second": "w2", "far": 1.0, "others": "b"},
             {"_target": -0.5, "second": None, "far": None, "others": None}],
            "z = 1 + 2x is 1.5 or 8; the neighbours' means are 6 and 53.5; outside the predicate nothing of the segment is seen; "
            "1 : 1 votes go to b, which is stored twice")

# --- binary32 -----------------------------------------------------------------------------------------------------------------

f32 = numpy.float32
FLOAT_ROWS = [{"x": 0.1, "y": 0.3}, {"x": 0.7, "y": 1.1}, {"x": 1.3, "y": 2.7}]
FLOAT_RECORDS = [{"x": 0.33}, {"x": 1.21}]
expected = []
for r in FLOAT_RECORDS:
    found = neighbors("euclidean", [{"name": "x"}], r, FLOAT_ROWS, 2, number=f32)
    weights = [f32(1) / (f32(d) + f32(0.001)) for d, _ in found]
    top, bottom = f32(0), f32(0)
    for w, (_, row) in zip(weights, found):
        top, bottom = top + w * f32(row["y"]), bottom + w
    expected.append({"y": float(top / bottom)})
folder.case("float", document([field("x"), field("y")], knn(
            2, "regression", ' continuousScoringMethod="weightedAverage" x-mathContext="float"', [("x", None), ("y", None)], FLOAT_ROWS,
            "euclidean", [{"name": "x"}], '<MiningField name="x"/><MiningField name="y" usageType="target"/>', [output("d", "affinity")])),
            FLOAT_RECORDS, expected, "every operation rounded to binary32 (numpy)", tolerance=0)
for case, row in zip(folder.cases[-1]["expected"], FLOAT_RECORDS):
    case["d"] = neighbors("euclidean", [{"name": "x"}], row, FLOAT_ROWS, 1, number=f32)[0][0]

folder.write()
