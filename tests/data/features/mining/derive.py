#!/usr/bin/env python3
"""Writes the MiningModel cases: combinations of segments by Python's statistics module, and the older composition of
embedded models, which is worked out as plain nested formulas."""
import functools
import math
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "MultipleModels", "mining", 1e-12)
document = functools.partial(writing.document, copyright=None)


def output(*fields):
    return "   <Output>\n" + "".join(
        f'    <OutputField name="{n}" optype="{o}" dataType="{t}" {a}/>\n' for n, o, t, a in fields) + "   </Output>\n"


def probabilities(classes):
    return output(*((f"p_{c}", "continuous", "double", f'feature="probability" value="{c}"') for c in classes))


def mining(function, active, target, content, attributes=""):
    return (f'  <MiningModel functionName="{function}"{attributes}>\n' + schema(active, target or ()) + content +
            "  </MiningModel>")


def segmentation(method, *segments, attributes=""):
    return f'   <Segmentation multipleModelMethod="{method}"{attributes}>\n' + "".join(segments) + "   </Segmentation>\n"


def segment(model, predicate="<True/>", attributes=""):
    return f"    <Segment{attributes}>{predicate}\n{model}    </Segment>\n"


def line(name, coefficient, intercept=0, target="y"):
    """coefficient · name + intercept: missing where the field is."""
    return ('     <RegressionModel functionName="regression">\n' + schema([name], [target]) +
            f'      <RegressionTable intercept="{intercept}"><NumericPredictor name="{name}" coefficient="{coefficient}"/>'
            "</RegressionTable>\n     </RegressionModel>\n")


def classes_of(name, pivot, below, above, target="y"):
    """A tree with one split; class distributions below and above the pivot."""
    def node(predicate, shares):
        return f"<Node>{predicate}" + "".join(
            f'<ScoreDistribution value="{c}" recordCount="{n}"/>' for c, n in shares.items()) + "</Node>"
    return ('     <TreeModel functionName="classification">\n' + schema([name], [target]) + "      <Node><True/>" +
            node(f'<SimplePredicate field="{name}" operator="lessThan" value="{pivot}"/>', below) +
            node(f'<SimplePredicate field="{name}" operator="greaterOrEqual" value="{pivot}"/>', above) +
            "</Node>\n     </TreeModel>\n")


# ---- numbers: median, max, the vendor's spellings of 4.3, and what missing predictions do ---------------------------------

NUMBERS = [field(n) for n in "abc"] + [field("y")]
RECORDS = [dict(a=1, b=2, c=3), dict(a=-5, b=2, c=2), dict(a=7, b=7, c=-7), dict(a=1, b=2), dict(a=1), {},
           dict(b=4, c=1)]
WEIGHTS = dict(a=1, b=3, c=1.5)


def values(r):
    return {n: k * r[n] + 1 for n, k in (("a", 1), ("b", 2), ("c", -1)) if n in r}


def weighted_median(v):
    half, sum_ = sum(WEIGHTS[n] for n in v) / 2, 0
    for n in sorted(v, key=v.get):
        sum_ += WEIGHTS[n]
        if sum_ >= half:
            return v[n]


METHODS = {
    "median": lambda v: statistics.median(v.values()), "max": lambda v: max(v.values()),
    "sum": lambda v: sum(v.values()),
    "x-weightedSum": lambda v: sum(WEIGHTS[n] * v[n] for n in v), "x-weightedMedian": weighted_median,
    "weightedAverage": lambda v: sum(WEIGHTS[n] * v[n] for n in v) / sum(WEIGHTS[n] for n in v)}
SEGMENTS = [segment(line(n, k, 1), attributes=f' id="{n}" weight="{WEIGHTS[n]}"')
            for n, k in (("a", 1), ("b", 2), ("c", -1))]
for method, combine in METHODS.items():
    for treatment, attributes, fraction in (
            ("continue", ' missingPredictionTreatment="continue"', None),
            ("skip", ' x-missingPredictionTreatment="skipSegment" x-missingThreshold="0.6"', 0.6),
            ("return", ' missingPredictionTreatment="returnMissing" missingThreshold="1"', None)):
        expected = []
        for r in RECORDS:
            v = values(r)
            weigh = (lambda names: sum(WEIGHTS[n] for n in names)) if "weighted" in method else len
            lost = weigh([n for n in "abc" if n not in v]) / weigh("abc")
            answers = lost == 0 or (fraction is not None and lost <= fraction and v)
            expected.append({"y": combine(v) if answers else None})
        folder.case(f"{method}_{treatment}", document(
            NUMBERS, mining("regression", "abc", "y", segmentation(method, *SEGMENTS, attributes=attributes),
                            ' isScorable="true"')), RECORDS, expected,
            "of the segments' a + 1, 2b + 1, 1 - c" + (
                "; without the missing ones, unless more than 0.6 of the (weighted) segments miss" if fraction else
                "; a missing one makes the answer missing"),
            "x-weightedSum, x-weightedMedian and x-missingThreshold are the names of 4.4's attributes in older documents.")

# ---- classes: max and median of probabilities, votes under `continue` ------------------------------------------------------

CLASS_FIELDS = [field(n) for n in "abc"] + [text_field("y", ["u", "v", "w"])]
SPLITS = {"a": ({"u": 6, "v": 3, "w": 1}, {"u": 1, "v": 8, "w": 1}), "b": ({"u": 4, "v": 4, "w": 2}, {"u": 0, "v": 2, "w": 8}),
          "c": ({"u": 1, "v": 1, "w": 8}, {"u": 9, "v": 1, "w": 0})}
TREES = [segment(classes_of(n, 0, *SPLITS[n])) for n in "abc"]
RECORDS = [dict(zip("abc", signs)) for signs in ((-1, -1, -1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1), (1, 1, 1), (1, -1, 1))]


def distributions(r):
    return [{c: n / 10 for c, n in SPLITS[name][r[name] >= 0].items()} for name in "abc" if name in r]


def attaining(r, pick):
    """The class with the largest `pick`; the mean distribution of the models that attain it."""
    d = distributions(r)
    best = max("uvw", key=lambda c: pick([p[c] for p in d]))
    those = [p for p in d if p[best] == pick([q[best] for q in d])]
    return {c: sum(p[c] for p in those) / len(those) for c in "uvw"}, best


for method, pick in (("max", max), ("median", statistics.median)):
    expected = []
    for r in RECORDS:
        p, best = attaining(r, pick)
        expected.append({"y": best} | {f"p_{c}": p[c] for c in "uvw"})
    folder.case(f"classes_{method}", document(CLASS_FIELDS, mining(
        "classification", "abc", "y", probabilities("uvw") + segmentation(method, *TREES))), RECORDS, expected,
        f"class with the largest {method} of the probabilities; mean distribution of the models that attain it")

records = RECORDS + [dict(a=-1), dict(a=-1, b=-1), dict(b=1), {}, dict(a=1, c=1)]
expected = []
for r in records:
    votes = dict.fromkeys("uvw", 0)
    for d in distributions(r):
        votes[max("uvw", key=d.get)] += 1
    missed = 3 - sum(votes.values())
    best = max("uvw", key=votes.get)
    wins = votes[best] >= missed
    expected.append({"y": best if wins else None} | {f"p_{c}": votes[c] / 3 if wins else None for c in "uvw"})
folder.case("votes_continue", document(CLASS_FIELDS, mining("classification", "abc", "y", probabilities("uvw") + segmentation(
    "majorityVote", *TREES, attributes=' missingPredictionTreatment="continue"'))), records, expected,
    "missing is a candidate, the last of all", "A class wins a tie with missing.")

# ---- segments of several functions ----------------------------------------------------------------------------------------

mixed = [segment(classes_of("a", 0, *SPLITS["a"], target="k"), attributes=' id="class"'),
         segment(line("b", 2, 1, target="n"), attributes=' id="number"'),
         segment(line("c", 1, target="n"), '<SimplePredicate field="c" operator="greaterThan" value="0"/>')]
folder.case("mixed", document(
    [field(n) for n in "abc"] + [text_field("k", ["u", "v", "w"]), field("n")],
    mining("mixed", "abc", None, output(
        ("kind", "categorical", "string", 'feature="predictedValue" segmentId="class"'),
        ("p", "continuous", "double", 'feature="probability" value="u" segmentId="class"'),
        ("number", "continuous", "double", 'feature="predictedValue" segmentId="number"'),
        ("third", "continuous", "double", 'feature="predictedValue" segmentId="3"')) +
        segmentation("selectAll", *mixed))), [dict(a=-1, b=1, c=2), dict(a=1, b=0.25, c=-1), dict(a=1, c=1)],
    [{"@predictedValue": ["u", "3", "2"], "kind": "u", "p": 0.6, "number": 3, "third": 2},
     {"@predictedValue": ["v", "1.5"], "kind": "v", "p": 0.1, "number": 1.5, "third": None},
     {"@predictedValue": ["v", None, "1"], "kind": "v", "p": 0.1, "number": None, "third": 1}],
    "every active segment's answer; Output picks single ones by segmentId",
    "Answers of different types meet as text in the list.")

# ---- composition: a sequence of embedded models ---------------------------------------------------------------------------

PLAN = [field("age"), field("income"), text_field("gender", ["f", "m"]), field("w")]
SEX = """   <LocalTransformations>
    <DerivedField name="isM" optype="continuous" dataType="double"><NormDiscrete field="gender" value="m" mapMissingTo="0.5"/></DerivedField>
   </LocalTransformations>
"""
SEQUENCE = """   <DecisionTree functionName="regression" missingValueStrategy="lastPrediction">
    <ResultField name="filled" optype="continuous" dataType="float" feature="predictedValue"/>
    <ResultField name="node" optype="categorical" dataType="string" feature="entityId"/>
    <Node id="r" score="40"><True/>
     <Node id="s" score="20.1"><SimplePredicate field="income" operator="lessThan" value="10"/></Node>
     <Node id="t" score="50.3"><SimplePredicate field="income" operator="greaterOrEqual" value="10"/></Node>
    </Node>
   </DecisionTree>
   <Regression functionName="classification" normalizationMethod="softmax">
    <LocalTransformations>
     <DerivedField name="half" optype="continuous" dataType="double"><Apply function="/"><FieldRef field="filled"/><Constant>20</Constant></Apply></DerivedField>
    </LocalTransformations>
    <ResultField name="group"/>
    <ResultField name="chance" dataType="double" feature="probability" value="old"/>
    <RegressionTable targetCategory="young" intercept="2"/>
    <RegressionTable targetCategory="old"><NumericPredictor name="half" coefficient="1"/></RegressionTable>
   </Regression>
   <Regression functionName="regression" normalizationMethod="exp">
    <Targets><Target field="w" rescaleFactor="2"/></Targets>
    <RegressionTable intercept="0.5"><NumericPredictor name="chance" coefficient="0.25"/><NumericPredictor name="isM" coefficient="1"/>
     <CategoricalPredictor name="group" value="old" coefficient="0.125"/><PredictorTerm coefficient="0.01"><FieldRef field="filled"/><FieldRef field="isM"/></PredictorTerm></RegressionTable>
   </Regression>
"""
AROUND = output(("copy", "continuous", "double", 'feature="predictedValue"'),
                ("from_tree", "categorical", "string", 'feature="transformedValue"')).replace(
    'feature="transformedValue"/>', 'feature="transformedValue"><FieldRef field="node"/></OutputField>')


def single(v):
    import struct
    return struct.unpack("f", struct.pack("f", v))[0]


def sequence(r):
    income = r.get("income")
    filled, node = (40.0, "r") if income is None else (single(20.1), "s") if income < 10 else (single(50.3), "t")
    male = 0.5 if "gender" not in r else float(r["gender"] == "m")
    half = filled / 20
    chance = math.exp(half) / (math.exp(2) + math.exp(half))
    group = "old" if chance > 0.5 else "young"
    w = math.exp(0.5 + 0.25 * chance + male + (0.125 if group == "old" else 0) + 0.01 * filled * male) * 2
    return {"filled": filled, "node": node, "group": group, "chance": chance, "w": w + 1, "copy": w + 1, "from_tree": node}


records = [dict(income=5, gender="m"), dict(income=10, gender="f"), dict(gender="m"), dict(income=50), {}]
assert sequence({})["chance"] == 0.5  # a tie: the first class
folder.case("sequence", document(PLAN, mining(
    "regression", ["income", "gender"], "w",
    AROUND + '   <Targets><Target field="w" rescaleConstant="1"/></Targets>\n' + SEX + SEQUENCE), version="3.2"),
    records, [sequence(r) for r in records],
    "a tree fills in an age, a regression makes a class of it, the last one answers: nested formulas",
    "The last embedded model has the MiningModel's target. ResultFields are results too, after the model's own.")

# ---- composition: the leaf of a tree selects a model -----------------------------------------------------------------------

SELECTION = """   <%s functionName="regression"%s>
%s    <Node id="0" score="-1"><True/>
     <Node id="young"><SimplePredicate field="age" operator="lessOrEqual" value="50"/>
      <Regression functionName="regression">
       <ResultField name="inner" feature="predictedValue"/>
       <RegressionTable intercept="1"><NumericPredictor name="income" coefficient="0.03"/></RegressionTable>
      </Regression>
     </Node>
     <Node id="old"><SimplePredicate field="age" operator="greaterThan" value="50"/>
      <DecisionTree functionName="regression">
       <ResultField name="inner" dataType="integer" feature="predictedValue"/>
       <ResultField name="deep" feature="entityId"/>
       <Node id="m"><True/>
        <Node id="mm" score="7.5"><SimplePredicate field="gender" operator="equal" value="m"/></Node>
        <Node id="mf"><SimplePredicate field="gender" operator="equal" value="f"/>
         <Regression functionName="regression"><RegressionTable intercept="3"><NumericPredictor name="age" coefficient="0.5"/></RegressionTable></Regression>
        </Node>
       </Node>
      </DecisionTree>
     </Node>
     <Node id="unknown" score="0.25"><SimplePredicate field="age" operator="isMissing"/></Node>
    </Node>
   </%s>
"""


def selected(r):
    age, income = r.get("age"), r.get("income")
    if age is None:
        return {"w": 0.25, "@entityId": "unknown", "inner": None, "deep": None}
    if age <= 50:
        w = None if income is None else 1 + 0.03 * income
        return {"w": w, "@entityId": None if w is None else "young", "inner": w, "deep": None}
    if r.get("gender") not in ("m", "f"):
        return {"w": None, "@entityId": None, "inner": None, "deep": None}
    w, deep = (7.5, "mm") if r["gender"] == "m" else (3 + 0.5 * age, "mf")
    return {"w": w, "@entityId": "old", "inner": math.floor(w + 0.5), "deep": deep}


records = [dict(age=30, income=100), dict(age=50), dict(age=51, gender="m"), dict(age=61, gender="f", income=5),
           dict(age=70), dict(income=4), {}]
active = ["age", "income", "gender"]
folder.case("selection", document(PLAN, mining("regression", active, "w", SELECTION % ("DecisionTree", "", "", "DecisionTree")),
                                  version="4.0"), records, [selected(r) for r in records],
            "the model inside the node where the record ends answers for it",
            "A name that several of these models put out is that of the model that answers, else missing.")
folder.case("selection_in_a_tree_model", document(
    PLAN, SELECTION.replace("   <", "  <", 1) % (
        "TreeModel", ' noTrueChildStrategy="returnLastPrediction"', schema(active, ["w"]), "TreeModel")),
    records, [selected(r) for r in records], "the same nodes in a TreeModel")

# An average of such trees must not take them for bare ones.
expected = [{"w": None if selected(r)["w"] is None else (selected(r)["w"] + 1) / 2} for r in records]
tree = SELECTION % ("TreeModel", "", schema(active, ["w"]), "TreeModel")
bare = ('     <TreeModel functionName="regression">\n' + schema(["age"], ["w"]) +
        '      <Node score="1"><True/></Node>\n     </TreeModel>\n')
folder.case("selection_averaged", document(PLAN, mining("regression", active, "w", segmentation(
    "average", segment(tree), segment(bare)))), records, expected, "(selected + 1) / 2")

# ---- composition for classes, and as a field of segments ------------------------------------------------------------------

CLASS_SELECTION = """   <DecisionTree functionName="classification">
    <Node id="0"><True/>
     <Node id="logit"><SimplePredicate field="a" operator="greaterThan" value="0"/>
      <Regression functionName="classification" normalizationMethod="logit">
       <RegressionTable targetCategory="u" intercept="0"><NumericPredictor name="b" coefficient="1"/></RegressionTable>
       <RegressionTable targetCategory="x" intercept="0"/>
      </Regression>
     </Node>
     <Node id="counts" score="v"><True/><ScoreDistribution value="v" recordCount="3"/><ScoreDistribution value="u" recordCount="1"/></Node>
    </Node>
   </DecisionTree>
"""
records, expected = [dict(a=1, b=2), dict(a=1, b=-1), dict(a=1), dict(a=-1, b=2), {}], []
for r in records:
    if r.get("a", 0) > 0:
        p = 1 / (1 + math.exp(-r["b"])) if "b" in r else None
        row = {"y": None if p is None else "u" if p >= 0.5 else "x", "p_u": p, "p_v": None if p is None else 0,
               "p_x": None if p is None else 1 - p, "p_w": None if p is None else 0}
    else:
        row = {"y": "v", "p_u": 0.25, "p_v": 0.75, "p_x": 0, "p_w": 0}
    expected.append(row)
folder.case("selection_of_classes", document(
    [field("a"), field("b"), text_field("y", ["u", "v", "w"])],
    mining("classification", "ab", "y", probabilities("uvwx") + CLASS_SELECTION)), records, expected,
    "logistic function in one leaf, counts in the other",
    "A class that the answering model does not know has probability 0.")

GATE = """   <DecisionTree functionName="classification">
    <ResultField name="gate" optype="categorical" dataType="string"/>
    <Node score="in"><True/>
     <Node score="out"><SimplePredicate field="a" operator="lessThan" value="0"/></Node>
     <Node score="in"><True/></Node>
    </Node>
   </DecisionTree>
"""
equal = '<SimplePredicate field="gate" operator="equal" value="%s"/>'
folder.case("composition_before_segments", document(NUMBERS, mining("regression", "abc", "y", GATE + segmentation(
    "selectFirst", segment(line("b", 2), equal % "out"), segment(line("c", 3), equal % "in")))),
    [dict(a=-1, b=1, c=1), dict(a=1, b=1, c=1), dict(b=1, c=2)],
    [{"y": 2, "gate": "out"}, {"y": 3, "gate": "in"}, {"y": 6, "gate": "in"}],
    "a tree's ResultField decides which segment answers")

# ---- which segment answers, and with what -------------------------------------------------------------------------------

ENDS = {"low": (dict(u=6, v=3, w=1), dict(u=0.5, v=0.2, w=0.1)), "high": (dict(u=1, v=8, w=1), dict(u=0.1, v=0.7, w=0.1))}


def certain(name):
    """A tree whose confidences are not its probabilities; its two leaves are low_<name> and high_<name>."""
    def node(end, operator):
        counts, confidences = ENDS[end]
        return (f'<Node id="{end}_{name}"><SimplePredicate field="{name}" operator="{operator}" value="0"/>' + "".join(
            f'<ScoreDistribution value="{c}" recordCount="{counts[c]}" confidence="{confidences[c]}"/>' for c in "uvw") + "</Node>")
    return ('     <TreeModel functionName="classification">\n' + schema([name], ["y"]) + "      <Node><True/>" +
            node("low", "lessThan") + node("high", "greaterOrEqual") + "</Node>\n     </TreeModel>\n")


def answer_of(name, r):
    end = "low" if r[name] < 0 else "high"
    counts, confidences = ENDS[end]
    best = max("uvw", key=counts.get)
    return {"y": best, "entity": f"{end}_{name}", "p_v": counts["v"] / 10, "c_v": confidences["v"], "c": confidences[best]}


SAYS = output(("entity", "categorical", "string", 'feature="entityId"'),
              ("p_v", "continuous", "double", 'feature="probability" value="v"'),
              ("c_v", "continuous", "double", 'feature="confidence" value="v"'),
              ("c", "continuous", "double", 'feature="confidence"'))
positive = '<SimplePredicate field="c" operator="greaterThan" value="0"/>'
records = [dict(a=a, b=b) | c for a, b in ((-1, 1), (1, -1)) for c in (dict(c=1), dict(c=-1), {})]
folder.case("chain_with_a_conditional_end", document(CLASS_FIELDS, mining("classification", "abc", "y", SAYS + segmentation(
    "modelChain", segment(certain("a")), segment(certain("b"), positive)))), records,
    [answer_of("b" if r.get("c", 0) > 0 else "a", r) for r in records],
    "the second tree where c > 0, else the first",
    "A chain says all that its last active model says: node and confidences, too.")
folder.case("first_with_confidences", document(CLASS_FIELDS, mining("classification", "abc", "y", SAYS + segmentation(
    "selectFirst", segment(certain("a"), positive, ' id="first"'), segment(certain("b"), attributes=' id="second"')))), records,
    [answer_of("a", r) | {"entity": "first"} if r.get("c", 0) > 0 else answer_of("b", r) | {"entity": "second"} for r in records],
    "the first tree where c > 0, else the second", "Confidences are those of the selected segment, the entity is the segment.")


def named(name, coefficient, out, data_type="double"):
    return line(name, coefficient).replace("      <RegressionTable", output(
        (out, "continuous", data_type, 'feature="predictedValue"')) + "      <RegressionTable")


def chained(r):
    """a, or 10b where c > 0, under one name; then twice that."""
    said = r.get("a")
    if r.get("c", 0) > 0:
        said = None if "b" not in r else math.floor(10 * r["b"] + 0.5)
    return {"said": said, "y": None if said is None else 2 * said}


records = [dict(a=1.25, b=2.04, c=1), dict(a=1.75, b=2, c=-1), dict(a=1, c=1), dict(a=1.5), dict(b=3, c=2), {}]
folder.case("chain_of_one_name", document(NUMBERS, mining("regression", "abc", "y", segmentation(
    "modelChain", segment(named("a", 1, "said")), segment(named("b", 10, "said", "integer"), positive),
    segment(line("said", 2))))), records, [chained(r) for r in records],
    "2 * said, where said is a, or the integer nearest to 10 b where c > 0",
    "Of outputs of one name in a chain the last active segment's counts, for later segments and as a result.")

inactive = '<SimplePredicate field="c" operator="lessThan" value="-100"/>'
folder.case("chain_of_targets", document(
    NUMBERS + [field("z")], mining("regression", "abc", "yz", segmentation(
        "modelChain", segment(line("a", 1, target="z")), segment(line("b", 2, target="z"), positive),
        segment(line("a", 3)), segment(line("c", 4, target="z"), inactive), segment(line("b", 5), positive)))),
    [dict(a=1, b=2, c=3), dict(a=1, b=2, c=-3), dict(a=1, b=2), dict(b=2, c=1)],
    [{"y": 10, "z": 4}, {"y": 3, "z": 1}, {"y": 3, "z": 1}, {"y": 10, "z": 4}],
    "y is 5b where c > 0, else 3a; z is 2b where c > 0, else a",
    "Each target is that of the last active segment which predicts it; the last segment says which one is the chain's.")
skip = ' missingPredictionTreatment="skipSegment"'
folder.case("first_that_is_not_skipped", document(NUMBERS, mining("regression", "abc", "y", segmentation(
    "selectFirst", segment(named("a", 1, "said")), segment(named("b", 2, "said")), segment(named("c", 3, "other")),
    attributes=skip))), [dict(a=1, b=1, c=1), dict(b=1, c=1), dict(c=1), {}],
    [{"y": 1, "said": 1, "other": None}, {"y": 2, "said": 2, "other": None}, {"y": 3, "said": None, "other": 3},
     {"y": None, "said": None, "other": None}],
    "the first of a, 2b, 3c that is not missing", "Outputs, too, are those of the segment that answers, and of no other.")

folder.write()
