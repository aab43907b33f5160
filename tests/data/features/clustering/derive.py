#!/usr/bin/env python3
"""Writes the documents of models/ and manifest.json: ClusteringModel by the formulas of the specification.

Needs numpy, scipy and scikit-learn, which check the formulas wherever they have the same measure or density.
"""
import math
import pathlib
import sys

import numpy
from scipy.stats import norm
from sklearn.naive_bayes import GaussianNB

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from comparison import compare, measure_element
from writing import Folder, document, element, field, output, text_field

folder = Folder(__file__, "ClusteringModel", "clustering", 1e-12)


def array(values, kind="real"):
    items = [f'"{v}"' if isinstance(v, str) else str(v) for v in values]
    return f'<Array n="{len(items)}" type="{kind}">{" ".join(items)}</Array>'


def schema(names):
    return "<MiningSchema>" + "".join(f'<MiningField name="{n}"/>' for n in names) + "</MiningSchema>"


def standard_outputs(ids):
    return (
        [output("cluster", "predictedValue", "string"), output("entity", "entityId", "string"),
         output("clusterId", "clusterId", "string"), output("second", "entityId", "string", rank=2),
         output("display", "predictedDisplayValue", "string"), output("aff", "affinity"),
         output("aff2", "clusterAffinity", rank=2)]
        + [output(f"aff_{i}", "entityAffinity", value=i) for i in ids]
    )


def ranked(affinities, kind):
    """Ids by affinity, best first; equal ones keep their order."""
    present = [i for i, a in affinities.items() if a is not None]
    return sorted(present, key=lambda i: affinities[i] if kind == "distance" else -affinities[i])


def answer(affinities, kind, names=None):
    order = ranked(affinities, kind) + [None, None]
    best, second = order[0], order[1]
    result = {"cluster": best, "entity": best, "clusterId": best, "second": second,
              "display": (names or {}).get(best, best), "aff": affinities.get(best), "aff2": affinities.get(second)}
    return result | {f"aff_{i}": a for i, a in affinities.items()}


def field_element(f, extra=""):
    attributes = f'field="{f["name"]}"'
    if "weight" in f:
        attributes += f' fieldWeight="{f["weight"]}"'
    if "element_function" in f:
        attributes += f' compareFunction="{f["element_function"]}"'
    if "scale" in f:
        attributes += f' similarityScale="{f["scale"]}"'
    return f'<ClusteringField {attributes}{extra}>{f.get("comparisons", "")}</ClusteringField>'


def center_based(case, data_fields, fields, clusters, records, measure, derivation, kind="distance", p=None,
                 parameters=None, default=None, weights=None, array_type="real", names=None, more_fields="",
                 local="", inputs=None, more_weights=None, attributes="", number=float, tolerance=1e-12, reading=None,
                 bounds="", inner=None):
    ids = list(clusters)
    cluster_elements = "".join(
        f'<Cluster id="{i}"' + (f' name="{names[i]}"' if names else "") + ">" + (inner or {}).get(i, "")
        + array([c[f["name"]] for f in fields], array_type) + "</Cluster>\n" for i, c in clusters.items())
    listed_weights = more_weights or weights
    text = document(data_fields, f"""<ClusteringModel modelName="{case}" functionName="clustering" algorithmName="none"
 modelClass="centerBased" numberOfClusters="{len(clusters)}" isScorable="true"{attributes}>
{schema(inputs or [f["name"] for f in fields])}
<Output>
{chr(10).join(standard_outputs(ids))}
</Output>
{local}
{measure_element(measure, kind, p, parameters, default, bounds)}
{chr(10).join(field_element(f) for f in fields)}
{more_fields}{"<MissingValueWeights>" + array(listed_weights) + "</MissingValueWeights>" if weights else ""}
{cluster_elements}</ClusteringModel>""")
    if weights:
        fields = [f | {"q": q} for f, q in zip(fields, weights)]
    if default:
        fields = [{"function": default} | f for f in fields]
    expected = []
    for record in records:
        if record.get("@invalid"):
            expected.append("invalid")
            continue
        point = record.get("@point", record)
        affinities = {i: compare(measure, fields, point, c, p, parameters, number) for i, c in clusters.items()}
        expected.append(answer(affinities, kind, names))
    clean = [{k: v for k, v in r.items() if not k.startswith("@")} for r in records]
    folder.case(case, text, clean, expected, derivation, reading, tolerance=tolerance)


# --- aggregates over numbers -------------------------------------------------------------------------------------

XYZ = [field("x"), field("y"), field("z", data_type="integer")]
WEIGHTED = [{"name": "x", "weight": 0.5}, {"name": "y"}, {"name": "z", "weight": 3}]
CENTERS = {"a": {"x": 0, "y": 0.25, "z": 1}, "b": {"x": 4, "y": -1, "z": 2.5}, "c": {"x": -2, "y": 6, "z": 0}}
NAMES = {"a": "the first", "b": "the second", "c": "the third"}
POINTS = [
    {"x": 0.5, "y": 0.1, "z": 1}, {"x": 3.75, "y": 2.5, "z": -4}, {"x": -8.5, "y": 40, "z": 3},
    {"x": 1, "z": 2}, {"y": 3.5}, {}, {"x": 4, "y": -1, "z": 2, "@invalid": False},
    {"x": "four", "y": 1, "z": 1, "@invalid": True}, {"x": 1, "y": 1, "z": 1.5, "@invalid": True},
]
for name in ("euclidean", "squaredEuclidean", "cityBlock", "chebychev", "minkowski"):
    center_based(name, XYZ, WEIGHTED, CENTERS, POINTS, name,
                 "sum of the formula over the present fields, adjusted by all weights over those of present fields; "
                 "scipy.spatial.distance agrees on full records", p=2.5 if name == "minkowski" else None,
                 weights=[1, 2, 0.5], names=NAMES, default="absDiff", bounds=' minimum="0" maximum="1000"',
                 inner={"a": '<KohonenMap coord1="0" coord2="1.5" coord3="2"/>'})
center_based("ties", [field("x")], [{"name": "x"}], {"1": {"x": 2}, "2": {"x": -2}, "3": {"x": 2}},
             [{"x": 0}, {"x": 1}, {"x": -5}], "cityBlock", "equal distances: the first cluster, also among ranks",
             reading="the standard names no order of equal clusters: that of the document")
center_based("zero_weights", [field("x"), field("y")], [{"name": "x"}, {"name": "y"}],
             {"p": {"x": 1, "y": 1}, "q": {"x": 3, "y": 3}}, [{"x": 1.5, "y": 9}, {"x": 1.5}, {"y": 1.5}], "euclidean",
             "the record with only y has present weight 0: no comparison", weights=[1, 0],
             reading="a sum of present weights of 0 leaves nothing to compare: missing")
center_based("float", XYZ, WEIGHTED, CENTERS, POINTS[:5] + [{"x": 0.33, "y": 0.7, "z": 1}], "euclidean", "every operation rounded to binary32 (numpy)",
             attributes=' x-mathContext="float"', number=numpy.float32, tolerance=0)

# --- binary measures ---------------------------------------------------------------------------------------------

BITS = [field("b0", data_type="integer"), field("b1", data_type="integer"),
        field("b2", "categorical", "boolean"), field("b3", data_type="double"),
        field("b4", data_type="integer")]
BIT_FIELDS = [{"name": f"b{i}"} for i in range(5)]
BIT_CENTERS = {"m": dict(b0=1, b1=1, b2=0, b3=0, b4=1), "n": dict(b0=0, b1=0, b2=1, b3=1, b4=0),
               "o": dict(b0=0, b1=0, b2=0, b3=0, b4=0)}
BIT_POINTS = [
    dict(b0=1, b1=0, b2=False, b3=0, b4=1), dict(b0=0, b1=1, b2=True, b3=1, b4=1), dict(b0=0, b1=0, b2=False, b3=0, b4=0),
    dict(b0=1, b2=True, b4=0), {}, {"b0": 2, "b1": 0, "b2": True, "b3": 0, "b4": 0, "@invalid": True},
]
PARAMETERS = dict(c11=1.5, c10=0.25, c01=0.5, c00=0.75, d11=2, d10=1, d01=1.25, d00=0.5)
for name in ("simpleMatching", "jaccard", "tanimoto", "binarySimilarity"):
    center_based(name, BITS, BIT_FIELDS, BIT_CENTERS, BIT_POINTS, name,
                 "counts of agreement over the present fields; the first index is the record's value",
                 kind="similarity", parameters=PARAMETERS if name == "binarySimilarity" else None, array_type="int",
                 reading="0/0 (no field counts) is no similarity: that cluster cannot win; values other than 0 and 1 "
                         "are invalid")
center_based("binary_distance", BITS, BIT_FIELDS, BIT_CENTERS, BIT_POINTS[:4], "binarySimilarity",
             "a dissimilarity: share of disagreements, the smallest wins", kind="distance", array_type="int",
             parameters=dict(c11=0, c10=1, c01=1, c00=0, d11=1, d10=1, d01=1, d00=1))

# --- compare functions -------------------------------------------------------------------------------------------

COLORS = ["red", "green", "blue"]
MATRIX = [[1, 0.3, 0.1], [0.25, 0.9, 0.4], [0, 0.5, 0.8]]
ROWS = '<Comparisons><Matrix kind="any" nbRows="3" nbCols="3">' + "".join(array(r) for r in MATRIX) + "</Matrix></Comparisons>"
MIXED_DATA = [field("x"), field("y"), text_field("k", COLORS),
              text_field("e"), text_field("d")]
MIXED = [{"name": "x", "function": "absDiff", "element_function": "absDiff", "weight": -0.125},
         {"name": "y", "function": "gaussSim", "element_function": "gaussSim", "scale": 1.5, "weight": 2},
         {"name": "k", "function": "table", "element_function": "table", "values": COLORS, "matrix": MATRIX,
          "comparisons": ROWS},
         {"name": "e", "function": "equal", "element_function": "equal", "weight": 0.5},
         {"name": "d", "function": "delta", "element_function": "delta", "weight": -0.75}]
center_based("compare_functions", MIXED_DATA, MIXED,
             {"u": dict(x=0, y=1, k="red", e="p q", d="r"), "v": dict(x=2, y=-1, k="blue", e="s", d="t")},
             [dict(x=1, y=0.5, k="green", e="p q", d="t"), dict(x=-3, y=-2, k="blue", e="other", d="r"),
              dict(x=1, k="red", d="never seen"), dict(e="s"), {},
              {"x": 1, "y": 1, "k": "violet", "e": "s", "d": "t", "@invalid": True}],
             "cityBlock", "one field per compareFunction, text compared as text; fields override the default gaussSim",
             kind="similarity", default="gaussSim", array_type="string")
for name, extra in (("gaussSim", {"scale": 2}), ("delta", {}), ("equal", {})):
    center_based(f"default_{name}", XYZ[:2], [{"name": "x"} | extra, {"name": "y", "weight": 2} | extra],
                 {"1": {"x": 1, "y": 2}, "2": {"x": 3, "y": 2.5}},
                 [{"x": 1, "y": 2.5}, {"x": 2.75, "y": 2.25}, {"y": 2}, {}], "squaredEuclidean",
                 "the measure's compareFunction counts for fields that name none",
                 kind="distance" if name == "delta" else "similarity", default=name)
SYMMETRIC = [[0, 2, 5], [2, 0.5, 1], [5, 1, 0.25]]
LOWER = ('<Comparisons><Matrix kind="symmetric" nbRows="3" nbCols="3">' + array([0]) + array([2, 0.5])
         + array([5, 1, 0.25]) + "</Matrix></Comparisons>")
center_based("default_table", [text_field("k", COLORS),
                               field("n", "ordinal", "integer", [10, 20, 30])],
             [{"name": "k", "values": COLORS, "matrix": SYMMETRIC, "comparisons": LOWER},
              {"name": "n", "values": [10, 20, 30], "matrix": [[0, 4, 4], [4, 0, 4], [4, 1, 0]],
               "comparisons": '<Comparisons><Matrix nbRows="3" nbCols="3" diagDefault="0" offDiagDefault="4">'
                              '<MatCell row="3" col="2">1</MatCell></Matrix></Comparisons>'}],
             {"s": dict(k="red", n=20), "t": dict(k="blue", n=10)},
             [dict(k="green", n=30), dict(k="red", n=10), dict(n=20), {"k": "pink", "n": 20, "@invalid": True}],
             "euclidean", "a symmetric matrix of three lower rows, and cells with defaults", default="table",
             array_type="string")
INTERVALS = [(-math.inf, 0), (0, 10), (10, math.inf)]
EYE = ('<Comparisons><Matrix kind="diagonal" nbRows="3" nbCols="3" offDiagDefault="3">' + array([0, 0, 1])
       + "</Matrix></Comparisons>")
center_based("table_intervals",
             [field("x", "continuous", "double", (), '<Interval closure="openClosed" rightMargin="0"/><Interval closure="openClosed" '
                                     'leftMargin="0" rightMargin="10"/><Interval closure="openOpen" leftMargin="10"/>'),
              field("y")],
             [{"name": "x", "function": "table", "element_function": "table", "values": INTERVALS,
               "matrix": [[0, 3, 3], [3, 0, 3], [3, 3, 1]], "comparisons": EYE}, {"name": "y"}],
             {"low": dict(x=-1, y=1), "high": dict(x=11, y=1)},
             [dict(x=0, y=1), dict(x=10, y=0.5), dict(x=10.5, y=2), dict(x=-7), dict(y=3)], "cityBlock",
             "the row and the column are those of the interval that holds the value")

# --- fields without a coordinate, cyclic fields, derived fields ----------------------------------------------------

center_based("no_coordinate", XYZ, [{"name": "x", "q": 1}, {"name": "z", "q": 3}],
             {"1": {"x": 0, "z": 0}, "2": {"x": 5, "z": 5}},
             [{"x": 1, "y": 100, "z": 4}, {"x": 1}, {"z": 4}, {"y": 2}], "euclidean",
             "a field with isCenterField=false takes no part, nor does its weight",
             more_fields='<ClusteringField field="y" isCenterField="false" fieldWeight="7"/>\n', weights=[1, 3],
             more_weights=[1, 3, 50], inputs=["x", "y", "z"])
center_based("is_center_field_true", [field("x")], [{"name": "x"}], {"1": {"x": 0}, "2": {"x": 3}},
             [{"x": 1}, {"x": 2}, {}], "squaredEuclidean", "isCenterField=true is the default")
path = folder.path / "models" / "is_center_field_true.pmml"
path.write_text(path.read_text().replace('<ClusteringField field="x"', '<ClusteringField field="x" isCenterField="true"'))
CYCLIC = [
    field("hour", "continuous", "integer", (), element("Interval", closure="closedClosed", leftMargin=0, rightMargin=23),
          isCyclic=1),
    field("angle", "continuous", "double", (), element("Interval", closure="closedOpen", leftMargin=0, rightMargin=360),
          isCyclic=1),
    field("day", "ordinal", "integer", range(1, 8), isCyclic=1),
]
center_based("cyclic", CYCLIC,
             [{"name": "hour", "period": 24}, {"name": "angle", "period": 360, "weight": 0.1},
              {"name": "day", "period": 7, "weight": 2}],
             {"night": dict(hour=23, angle=350, day=7), "noon": dict(hour=12, angle=170, day=4)},
             [dict(hour=1, angle=20, day=1), dict(hour=11, angle=190.5, day=3), dict(hour=17, angle=0, day=6),
              dict(day=1), {}, {"hour": 24, "angle": 1, "day": 1, "@invalid": True}],
             "cityBlock", "the short way round: 24 hours, 360 degrees, 7 days",
             reading="period: the width of the one Interval, one more for whole numbers with both ends; else of evenly "
                     "spaced listed values")
LOCAL = """<LocalTransformations>
<DerivedField name="nx" optype="continuous" dataType="double"><NormContinuous field="x"><LinearNorm orig="0" norm="0"/><LinearNorm orig="10" norm="1"/></NormContinuous></DerivedField>
<DerivedField name="isA" optype="continuous" dataType="double"><NormDiscrete field="s" value="a"/></DerivedField>
</LocalTransformations>"""


def normalized(record):
    point = {"nx": None if record.get("x") is None else record["x"] / 10,
             "isA": None if record.get("s") is None else float(record["s"] == "a")}
    return record | {"@point": point}


center_based("derived_fields", [field("x"), text_field("s")],
             [{"name": "nx"}, {"name": "isA", "weight": 0.3}], {"1": {"nx": 0.2, "isA": 1}, "2": {"nx": 0.7, "isA": 0.1}},
             [normalized(r) for r in ({"x": 3, "s": "a"}, {"x": 5, "s": "b"}, {"s": "a"}, {"x": -4}, {})],
             "squaredEuclidean", "fields of LocalTransformations", local=LOCAL, inputs=["x", "s"])
old = (folder.path / "models" / "derived_fields.pmml").read_text().split("\n", 1)[1].rstrip("\n").replace("PMML-4_4", "PMML-3_1").replace('"4.4"', '"3.1"')
inside = LOCAL.replace("<LocalTransformations>", "").replace("</LocalTransformations>", "")
old = old.replace(LOCAL, "").replace('<ClusteringField field="nx">', '<ClusteringField field="x">')
old = old.replace('<ClusteringField field="isA" fieldWeight="0.3"></ClusteringField>',
                  f'<ClusteringField field="s" fieldWeight="0.3"></ClusteringField>\n<CenterFields>{inside}</CenterFields>')
folder.case("center_fields_3_1", old, folder.cases[-1]["records"], folder.cases[-1]["expected"], "the same model as PMML 3.1 wrote it",
            reading="CenterFields are derived fields; their comparison is said by the ClusteringField of the field behind")

# --- ids, targets, segments ----------------------------------------------------------------------------------------

GRID = '<ComparisonMeasure kind="distance"><squaredEuclidean/></ComparisonMeasure><ClusteringField field="x"/>'
folder.case("positions", document([field("x"), field("group", "categorical", "integer", (), '<Value value="1" displayValue="one"/><Value value="2"/><Value value="3"/>')], f"""<ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="3">
<MiningSchema><MiningField name="x"/><MiningField name="group" usageType="target"/></MiningSchema>
<Output>
{output("value", "predictedValue", "integer", optype="categorical")}
{output("id", "entityId", "string")}
{output("of_north", "affinity", value="north")}
{output("of_2", "clusterAffinity", value="2")}
{output("third", "affinity", rank=3)}
{output("fourth", "affinity", rank=4)}
</Output>
{GRID}
<Cluster name="north"><Array n="1">10</Array></Cluster><Cluster><Array n="1">0</Array></Cluster><Cluster name="east"><Array n="1">-4</Array></Cluster>
</ClusteringModel>"""),
    [{"x": 1}, {"x": 8}, {"x": -3}, {}],
    [{"group": 2, "value": 2, "id": "2", "of_north": 81, "of_2": 1, "third": 81, "fourth": None},
     {"group": 1, "value": 1, "id": "1", "of_north": 4, "of_2": 64, "third": 144, "fourth": None},
     {"group": 3, "value": 3, "id": "3", "of_north": 169, "of_2": 9, "third": 169, "fourth": None},
     {"group": None, "value": None, "id": None, "of_north": None, "of_2": None, "third": None, "fourth": None}],
    "clusters without ids are numbered; asked for by name or position; the target is a whole number")
folder.case("segments", document([field("x"), text_field("s")], f"""<MiningModel functionName="mixed">
<MiningSchema><MiningField name="x"/><MiningField name="s"/></MiningSchema>
<Output>
{output("group", "entityId", "string", segmentId="groups")}
{output("next", "entityId", "string", segmentId="groups", rank=2)}
{output("next_distance", "affinity", segmentId="groups", rank=2)}
{output("of_far", "affinity", segmentId="groups", value="far")}
</Output>
<Segmentation multipleModelMethod="modelChain">
<Segment id="groups"><SimplePredicate field="s" operator="equal" value="yes"/>
<ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="2">
<MiningSchema><MiningField name="x"/></MiningSchema>
<Output>{output("inner", "predictedValue", "string")}</Output>
{GRID}
<Cluster id="near"><Array n="1">0</Array></Cluster><Cluster id="far"><Array n="1">10</Array></Cluster>
</ClusteringModel></Segment>
<Segment id="last"><True/>
<TreeModel functionName="regression"><MiningSchema><MiningField name="inner"/></MiningSchema>
<Node score="0"><True/><Node score="1"><SimplePredicate field="inner" operator="equal" value="near"/></Node>
<Node score="2"><SimplePredicate field="inner" operator="equal" value="far"/></Node>
<Node score="-1"><SimplePredicate field="inner" operator="isMissing"/></Node></Node></TreeModel></Segment>
</Segmentation>
</MiningModel>"""),
    [{"x": 1, "s": "yes"}, {"x": 1, "s": "no"}, {"x": 7, "s": "yes"}, {"x": 7, "s": "no"}, {"s": "yes"}],
    [{"_target": 1, "group": "near", "next": "far", "next_distance": 81, "of_far": 81},
     {"_target": -1, "group": None, "next": None, "next_distance": None, "of_far": None},
     {"_target": 2, "group": "far", "next": "near", "next_distance": 49, "of_far": 9},
     {"_target": -1, "group": None, "next": None, "next_distance": None, "of_far": None},
     {"_target": -1, "group": None, "next": None, "next_distance": None, "of_far": None}],
    "squares by hand; where the segment's predicate is false nothing of it is seen")

VOTERS = [(1, {"low": 0, "high": 10}), (2.5, {"high": 6, "low": 4}), (1.5, {"low": -5, "mid": 5, "high": 30})]


def voting(case, method):
    segments = "".join(
        f'<Segment weight="{w}"><True/><ClusteringModel functionName="clustering" modelClass="centerBased" '
        f'numberOfClusters="{len(c)}"><MiningSchema><MiningField name="x"/></MiningSchema>{GRID}'
        + "".join(f'<Cluster id="{i}"><Array n="1">{v}</Array></Cluster>' for i, v in c.items())
        + "</ClusteringModel></Segment>\n" for w, c in VOTERS)
    records, expected = [{"x": 1}, {"x": 5.5}, {"x": 4.9}, {"x": 40}, {}], []
    for r in records:
        votes = {}
        for w, centers in VOTERS:
            if "x" in r:
                best = min(centers, key=lambda i: abs(centers[i] - r["x"]))
                votes[best] = votes.get(best, 0) + (w if method == "weightedMajorityVote" else 1)
        total = sum(votes.values())
        winner = max(votes, key=votes.get) if votes else None
        expected.append({"_target": winner, "p_high": votes.get("high", 0) / total if votes else None})
    folder.case(case, document([field("x")], f"""<MiningModel functionName="clustering">
<MiningSchema><MiningField name="x"/></MiningSchema>
<Output>{output("p_high", "probability", value="high")}</Output>
<Segmentation multipleModelMethod="{method}" missingPredictionTreatment="returnMissing">
{segments}</Segmentation>
</MiningModel>"""), records, expected, "squares and votes by hand; the clusters' names are what is voted for")


voting("majority_vote", "majorityVote")
voting("weighted_majority_vote", "weightedMajorityVote")


# --- distribution-based ----------------------------------------------------------------------------------------------

def posterior(sizes, densities):
    """Mixture posterior: size · product of densities of the present fields, normalised; by a sum in the open."""
    weights = [s * math.prod(d) for s, d in zip(sizes, densities)]
    total = sum(weights)
    return [w / total for w in weights] if total > 0 else [None] * len(sizes)


NORMALS = {"c1": {"x": (1.0, 0.5), "y": (10.0, 4.0)}, "c2": {"x": (2.5, 1.0), "y": (7.0, 1.0)},
           "c3": {"x": (0.0, 2.0), "y": (12.0, 0.25)}}
# The values that frequencies belong to stand in the model's statistics, in another order than in the dictionary.
FREQUENCIES = {"c1": dict(blue=6, red=3, green=1), "c2": dict(blue=2, red=0, green=8), "c3": dict(blue=1, red=1, green=2)}


def distribution_based(case, sizes, partition_sizes, derivation, attributes="", records=None):
    clusters = ""
    for i, normals in NORMALS.items():
        fields = "".join(
            f'<PartitionFieldStats field="{f}"><NumericInfo mean="{m}" standardDeviation="{s}"/></PartitionFieldStats>'
            for f, (m, s) in normals.items())
        fields += ('<PartitionFieldStats field="k"><Counts totalFreq="10"/>'
                   + array(list(FREQUENCIES[i].values()), "int") + "</PartitionFieldStats>")
        inside = f' size="{sizes[i]}"' if sizes and partition_sizes else ""
        outside = f' size="{sizes[i]}"' if sizes and not partition_sizes else ""
        clusters += (f'<Cluster id="{i}" name="cluster {i}"{outside}><Partition name="{i}"{inside}>{fields}</Partition>'
                     '<Covariances><Matrix kind="diagonal">' + array([1, 1]) + "</Matrix></Covariances></Cluster>\n")
    text = document([field("x"), field("y"), text_field("k", COLORS)],
                    f"""<ClusteringModel functionName="clustering" modelClass="distributionBased" numberOfClusters="3">
{schema(["x", "y", "k"])}
<Output>
{chr(10).join(standard_outputs(NORMALS))}
</Output>
<ModelStats><UnivariateStats field="k"><DiscrStats>{array(["blue", "red", "green"], "string")}</DiscrStats></UnivariateStats></ModelStats>
<ComparisonMeasure kind="similarity"><squaredEuclidean/></ComparisonMeasure>
<ClusteringField field="x"/><ClusteringField field="y" isCenterField="false"/><ClusteringField field="k" isCenterField="false"/>
{clusters}</ClusteringModel>""")
    records = records or [
        {"x": 1.2, "y": 11, "k": "blue"}, {"x": 2, "y": 7.5, "k": "green"}, {"x": 0.5, "y": 12.1, "k": "red"},
        {"x": 1.2, "k": "red"}, {"y": 8}, {"k": "green"}, {}, {"x": 40, "y": -300, "k": "blue"},
    ]
    expected = []
    for r in records:
        if r.get("k") == "violet":
            expected.append("invalid")
            continue
        densities = []
        for i in NORMALS:
            d = [norm.pdf(r[f], *NORMALS[i][f]) for f in ("x", "y") if f in r]
            if "k" in r:
                d.append(FREQUENCIES[i][r["k"]] / sum(FREQUENCIES[i].values()))
            densities.append(d)
        share = list(sizes.values()) if sizes else [1, 1, 1]
        if any(min(d, default=1) == 0 for d in densities) and r.get("x") == 40:
            # Beyond the range of a double: by logarithms.
            logs = [math.log(s) + sum(norm.logpdf(r[f], *NORMALS[i][f]) for f in ("x", "y"))
                    + math.log(FREQUENCIES[i][r["k"]] / sum(FREQUENCIES[i].values())) for i, s in zip(NORMALS, share)]
            parts = [math.exp(v - max(logs)) for v in logs]
            result = [p / sum(parts) for p in parts]
        else:
            result = posterior(share, densities)
        if "x" in r and "y" in r and "k" not in r:
            check_with_library(r, share, result)
        expected.append(answer(dict(zip(NORMALS, result)), "similarity", {i: f"cluster {i}" for i in NORMALS}))
    folder.case(case, text, records, expected, derivation, tolerance=1e-9, reading=
                "the specification gives no formula: posterior of a mixture of independent fields; missing fields are left out, "
                "without any field the shares decide; frequencies follow the model's DiscrStats")


def check_with_library(record, share, result):
    """scikit-learn's Gaussian naive Bayes with these parameters has the same posterior."""
    model = GaussianNB()
    model.classes_ = numpy.array(list(NORMALS))
    model.theta_ = numpy.array([[n["x"][0], n["y"][0]] for n in NORMALS.values()])
    model.var_ = numpy.array([[n["x"][1] ** 2, n["y"][1] ** 2] for n in NORMALS.values()])
    model.class_prior_ = numpy.array(share) / sum(share)
    library = model.predict_proba([[record["x"], record["y"]]])[0]
    assert numpy.allclose(library, result, rtol=1e-12), (library, result)


distribution_based("distributions", {"c1": 40, "c2": 60, "c3": 25}, True, "scipy.stats.norm densities and frequencies",
                   records=[{"x": 1.2, "y": 11, "k": "blue"}, {"x": 2, "y": 7.5, "k": "green"},
                            {"x": 0.5, "y": 12.1, "k": "red"}, {"x": 1.2, "k": "red"}, {"y": 8}, {"k": "green"}, {},
                            {"x": 1.2, "y": 11.5}, {"x": 40, "y": -300, "k": "blue"}, {"x": 1, "y": 9, "k": "violet"}])
distribution_based("distributions_cluster_sizes", {"c1": 4, "c2": 0, "c3": 25}, False, "sizes of Cluster; size 0 never wins",
                   records=[{"x": 1.2, "y": 11}, {"x": 2.5, "y": 7, "k": "green"}, {}])
distribution_based("distributions_no_sizes", None, False, "without sizes all shares are equal",
                   records=[{"x": 1.2, "y": 11}, {"x": 2.5, "y": 7, "k": "green"}, {"k": "red"}])

folder.write()
