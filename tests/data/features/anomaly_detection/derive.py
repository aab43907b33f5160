#!/usr/bin/env python3
"""Writes the documents of models/ and manifest.json: AnomalyDetectionModel.

Isolation forest, one-class machine and clusters are trained by scikit-learn; the expected scores follow the formulas of
the specification and must be those of the library.
"""
import math
import pathlib
import sys

import numpy
from sklearn.cluster import KMeans
from sklearn.ensemble import IsolationForest
from sklearn.svm import OneClassSVM

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, document, field, output, text_field

folder = Folder(__file__, "AnomalyDetectionModel", "anomaly_detection")
DATA = [field("x"), field("y")]
SCHEMA = '<MiningSchema><MiningField name="x"/><MiningField name="y"/></MiningSchema>'
generator = numpy.random.default_rng(11)
TRAINING = numpy.round(numpy.concatenate([generator.normal(0, 1, (60, 2)), generator.normal(5, 0.7, (40, 2))]), 3)
RECORDS = [{"x": 0.1, "y": -0.2}, {"x": 5.2, "y": 4.9}, {"x": 2.5, "y": 2.5}, {"x": -9, "y": 14}, {"x": 5, "y": 0}]


def anomaly(algorithm, inside, outputs, more="", function="regression", after="", local=""):
    return (f'<AnomalyDetectionModel modelName="m" algorithmName="scikit-learn" functionName="{function}" '
            f'algorithmType="{algorithm}"{more} isScorable="true">\n{SCHEMA}\n<Output>{"".join(outputs)}</Output>\n{local}'
            f"{inside}\n{after}</AnomalyDetectionModel>")


def vector(record):
    return [record["x"], record["y"]]


def array(values):
    return f'<Array n="{len(values)}" type="real">{" ".join(repr(float(v)) for v in values)}</Array>'


# --- isolation forest ------------------------------------------------------------------------------------------------

SIZE = 64
forest = IsolationForest(n_estimators=7, max_samples=SIZE, random_state=3).fit(TRAINING)


def c(n):
    """Mean depth of an unsuccessful search, with the specification's digits of Euler's constant."""
    return 2 * (math.log(n - 1) + 0.57721566) - 2 * (n - 1) / n


def correction(n):
    return 0.0 if n <= 1 else 1.0 if n == 2 else 2 * (math.log(n - 1) + numpy.euler_gamma) - 2 * (n - 1) / n


def node(tree, i, depth, predicate):
    """Leaves score their depth and the mean depth of the records that end in them."""
    if tree.children_left[i] < 0:
        return f'<Node score="{float(depth + correction(int(tree.n_node_samples[i])))!r}">{predicate}</Node>'
    field, threshold = "xy"[tree.feature[i]], float(tree.threshold[i])
    test = f'<SimplePredicate field="{field}" operator="{{}}" value="{threshold!r}"/>'
    return (f"<Node>{predicate}" + node(tree, tree.children_left[i], depth + 1, test.format("lessOrEqual"))
            + node(tree, tree.children_right[i], depth + 1, test.format("greaterThan")) + "</Node>")


def depth_of(tree, x):
    i, depth = 0, 0
    while tree.children_left[i] >= 0:
        i = tree.children_left[i] if numpy.float32(x[tree.feature[i]]) <= tree.threshold[i] else tree.children_right[i]
        depth += 1
    return depth + correction(int(tree.n_node_samples[i]))


segments = "".join(
    f'<Segment><True/><TreeModel functionName="regression" missingValueStrategy="nullPrediction">{SCHEMA}'
    f'{node(e.tree_, 0, 0, "<True/>")}</TreeModel></Segment>' for e in forest.estimators_)
ensemble = (f'<MiningModel functionName="regression">{SCHEMA}<Segmentation multipleModelMethod="average" '
            f'missingPredictionTreatment="returnMissing">{segments}</Segmentation></MiningModel>')
SCORE = output("score", "predictedValue")
DECISION = ('<OutputField name="outlier" feature="decision" optype="categorical" dataType="boolean">'
            '<Apply function="greaterThan"><FieldRef field="score"/><Constant dataType="double">0.55</Constant></Apply>'
            "</OutputField>")
expected = []
for r in RECORDS:
    mean = sum(depth_of(e.tree_, vector(r)) for e in forest.estimators_) / len(forest.estimators_)
    score = 2 ** (-mean / c(SIZE))
    assert math.isclose(score, -forest.score_samples([vector(r)])[0], rel_tol=1e-8), (score, r)
    expected.append({"score": score, "outlier": score > 0.55})
folder.case("iforest", document(DATA, anomaly("iforest", ensemble, [SCORE, DECISION], f' sampleDataSize="{SIZE}"')),
            RECORDS + [{"x": 1}, {"x": "one", "y": 2}], expected + [{"score": None, "outlier": None}, "invalid"],
            "2^(-mean depth / c(n)) over scikit-learn's trees; equals -score_samples to the digits of Euler's constant",
            reading="Euler's constant with the specification's digits, 0.57721566")
folder.case("iforest_smallest", document([field("x")], """<AnomalyDetectionModel functionName="regression" algorithmType="iforest" sampleDataSize="2">
<MiningSchema><MiningField name="x"/></MiningSchema>
<RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema>
<RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel>
</AnomalyDetectionModel>"""),
    [{"x": 0}, {"x": 1}, {"x": 0.1}, {}], [{"_target": 1}, {"_target": 2 ** (-1 / c(2))}, {"_target": 2 ** (-0.1 / c(2))}, {"_target": None}],
    "n = 2, the smallest sample that has a mean depth; any model that predicts a depth may stand inside")

# --- one-class machines ----------------------------------------------------------------------------------------------

linear = OneClassSVM(kernel="linear", nu=0.2).fit(TRAINING)
w, rho = linear.coef_[0], float(-linear.intercept_[0])
expected = []
for r in RECORDS:
    value = float(numpy.dot(w, vector(r)) - rho)
    assert math.isclose(value, linear.decision_function([vector(r)])[0], rel_tol=1e-9, abs_tol=1e-9)
    expected.append({"score": value, "outlier": value < 0})
BELOW = DECISION.replace("greaterThan", "lessThan").replace("0.55", "0")
folder.case("ocsvm_linear", document(DATA, anomaly("ocsvm", f"""<RegressionModel functionName="regression">{SCHEMA}
<RegressionTable intercept="{-rho!r}"><NumericPredictor name="x" coefficient="{float(w[0])!r}"/><NumericPredictor name="y" coefficient="{float(w[1])!r}"/></RegressionTable>
</RegressionModel>""", [SCORE, BELOW])), RECORDS + [{"x": 1}], expected + [{"score": None, "outlier": None}],
    "decision function w·x - rho of scikit-learn's linear one-class machine, unchanged")
machine = OneClassSVM(kernel="rbf", gamma=0.4, nu=0.1).fit(TRAINING)
vectors = "".join(
    f'<VectorInstance id="{i}"><REAL-SparseArray n="2"><Indices>1 2</Indices><REAL-Entries>{float(v[0])!r} {float(v[1])!r}</REAL-Entries></REAL-SparseArray></VectorInstance>'
    for i, v in enumerate(machine.support_vectors_))
support = "".join(f'<SupportVector vectorId="{i}"/>' for i in range(len(machine.support_)))
alphas = "".join(f'<Coefficient value="{float(a)!r}"/>' for a in machine.dual_coef_[0])
svm = f"""<SupportVectorMachineModel functionName="regression">{SCHEMA}
<RadialBasisKernelType gamma="0.4"/>
<VectorDictionary numberOfVectors="{len(machine.support_)}"><VectorFields numberOfFields="2"><FieldRef field="x"/><FieldRef field="y"/></VectorFields>{vectors}</VectorDictionary>
<SupportVectorMachine><SupportVectors numberOfSupportVectors="{len(machine.support_)}" numberOfAttributes="2">{support}</SupportVectors>
<Coefficients absoluteValue="{float(machine.intercept_[0])!r}" numberOfCoefficients="{len(machine.support_)}">{alphas}</Coefficients></SupportVectorMachine>
</SupportVectorMachineModel>"""
expected = [{"score": float(machine.decision_function([vector(r)])[0])} for r in RECORDS]
for r, e in zip(RECORDS, expected):
    total = sum(a * math.exp(-0.4 * sum((p - q) ** 2 for p, q in zip(v, vector(r))))
                for a, v in zip(machine.dual_coef_[0], machine.support_vectors_)) + machine.intercept_[0]
    assert math.isclose(total, e["score"], rel_tol=1e-9, abs_tol=1e-9)
folder.case("ocsvm_rbf", document(DATA, anomaly("ocsvm", svm, [SCORE])), RECORDS, expected,
            "decision function of scikit-learn's one-class machine, also summed by hand", tolerance=1e-8)

# --- distance over mean distance ---------------------------------------------------------------------------------------

means = KMeans(2, n_init=4, random_state=1).fit(TRAINING)
distances = means.transform(TRAINING)
mean_distances = [float(numpy.mean(distances[means.labels_ == k, k])) for k in range(2)]


def clusters(kind="distance"):
    centers = "".join(f'<Cluster id="{"pq"[k]}">{array(center)}</Cluster>' for k, center in enumerate(means.cluster_centers_))
    return (f'<ClusteringModel functionName="clustering" modelClass="centerBased" numberOfClusters="2">{SCHEMA}'
            f'<ComparisonMeasure kind="{kind}"><euclidean/></ComparisonMeasure><ClusteringField field="x"/>'
            f'<ClusteringField field="y"/>{centers}</ClusteringModel>')


expected = []
for r in RECORDS:
    d = means.transform([vector(r)])[0]
    k = int(numpy.argmin(d))
    by_hand = math.dist(vector(r), means.cluster_centers_[k])
    assert math.isclose(by_hand, d[k], rel_tol=1e-9)
    expected.append({"score": by_hand / mean_distances[k], "cluster": "pq"[k], "distance": by_hand,
                     "of_q": math.dist(vector(r), means.cluster_centers_[1])})
folder.case("cluster_mean_dist", document(DATA, anomaly(
            "clusterMeanDist", clusters(),
            [SCORE, output("cluster", "entityId", "string"), output("distance", "affinity"), output("of_q", "affinity", value="q")],
            after=f"<MeanClusterDistances>{array(mean_distances)}</MeanClusterDistances>\n")),
            RECORDS + [{}], expected + [{"score": None, "cluster": None, "distance": None, "of_q": None}],
            "scikit-learn's k-means: distance to the nearest centre over the mean distance of its training rows",
            reading="other features of the cluster model inside can be put out too")

# --- other ---------------------------------------------------------------------------------------------------------------

TREE = """<TreeModel functionName="classification" missingValueStrategy="lastPrediction"><MiningSchema><MiningField name="x"/><MiningField name="y"/></MiningSchema>
<Node score="usual"><True/><ScoreDistribution value="usual" recordCount="9"/><ScoreDistribution value="odd" recordCount="1"/>
<Node score="odd"><SimplePredicate field="x" operator="lessThan" value="0"/><ScoreDistribution value="usual" recordCount="1"/><ScoreDistribution value="odd" recordCount="3"/></Node>
<Node score="usual"><SimplePredicate field="x" operator="greaterOrEqual" value="0"/><ScoreDistribution value="usual" recordCount="8"/><ScoreDistribution value="odd" recordCount="2"/></Node></Node></TreeModel>"""
folder.case("other_classification", document(DATA, anomaly(
            "other", TREE, [output("label", "predictedValue", "string"), output("p_odd", "probability", value="odd")],
            function="classification")),
            [{"x": -1, "y": 0}, {"x": 1}, {"y": 1}],
            [{"_target": "odd", "label": "odd", "p_odd": 0.75}, {"_target": "usual", "label": "usual", "p_odd": 0.2},
             {"_target": "usual", "label": "usual", "p_odd": 0.1}], "the answer of the model inside, with its probabilities")
folder.case("other_clustering", document(DATA, anomaly(
            "other", clusters(), [output("id", "predictedValue", "string"), output("second", "entityId", "string", rank=2)],
            function="clustering")), RECORDS, [{"_target": e["cluster"], "id": e["cluster"], "second": "qp"["pq".index(e["cluster"])]} for e in expected],
            "the answer of the model inside, with its ranks")
folder.case("other_mixed", document(DATA + [text_field("k")], anomaly(
            "other", """<NearestNeighborModel functionName="mixed" numberOfNeighbors="1"><MiningSchema><MiningField name="x"/><MiningField name="k" usageType="target"/></MiningSchema>
<TrainingInstances><InstanceFields><InstanceField field="x"/><InstanceField field="k"/></InstanceFields>
<InlineTable><row><x>0</x><k>usual</k></row><row><x>9</x><k>odd</k></row></InlineTable></TrainingInstances>
<ComparisonMeasure kind="distance"><cityBlock/></ComparisonMeasure><KNNInputs><KNNInput field="x"/></KNNInputs></NearestNeighborModel>""",
    [output("label", "predictedValue", "string"), output("nn", "entityId", "string")], function="mixed")),
    [{"x": 1}, {"x": 8}, {}], [{"label": "usual", "nn": "1"}, {"label": "odd", "nn": "2"}, {"label": None, "nn": None}],
    "the answer of the model inside")
SQUARE = """<LocalTransformations><DerivedField name="x2" optype="continuous" dataType="double"><Apply function="*"><FieldRef field="x"/><FieldRef field="x"/></Apply></DerivedField></LocalTransformations>
"""
folder.case("other_regression", document(DATA, anomaly(
            "other", """<RegressionModel functionName="regression"><MiningSchema><MiningField name="x2"/></MiningSchema><Targets><Target min="1"/></Targets>
<RegressionTable intercept="0.5"><NumericPredictor name="x2" coefficient="2"/></RegressionTable></RegressionModel>""",
    [SCORE], local=SQUARE)),
    [{"x": 3}, {"x": 0.25}, {}], [{"_target": 18.5, "score": 18.5}, {"_target": 1, "score": 1}, {"_target": None, "score": None}],
    "0.5 + 2x² of a derived field of the outer model, with the Targets of the model inside")

# --- as a segment --------------------------------------------------------------------------------------------------------

chain = f"""<MiningModel functionName="regression">
{SCHEMA}
<Segmentation multipleModelMethod="modelChain">
<Segment><True/>{anomaly("clusterMeanDist", clusters(), [output("strange", "predictedValue")],
                         after=f"<MeanClusterDistances>{array(mean_distances)}</MeanClusterDistances>")}</Segment>
<Segment><True/><RegressionModel functionName="regression"><MiningSchema><MiningField name="strange"/></MiningSchema>
<RegressionTable intercept="-1"><NumericPredictor name="strange" coefficient="10"/></RegressionTable></RegressionModel></Segment>
</Segmentation></MiningModel>"""
folder.case("segment", document(DATA, chain), RECORDS, [{"_target": 10 * e["score"] - 1, "strange": e["score"]} for e in expected],
            "the score is a field of later segments")

folder.write()
