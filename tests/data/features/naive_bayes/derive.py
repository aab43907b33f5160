#!/usr/bin/env python3
"""Writes the NaiveBayesModel cases. Likelihoods are multiplied as the specification has them, with exact fractions where
all inputs are discrete; only records far out in the tails are computed by logarithms, and where both work they agree."""
import functools
import math
import pathlib
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "NaiveBayes", "naive_bayes", 1e-12)
document = functools.partial(writing.document, copyright=None)


def gaussian(x, mean, variance):
    return math.exp(-((x - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance)


def poisson(x, mean):
    if x < 0 or x != int(x):
        return 0.0
    return float(Fraction(mean) ** x / math.factorial(x)) * math.exp(-mean)


def posterior(likelihoods):
    total = sum(likelihoods.values())
    return {c: float(v / total) for c, v in likelihoods.items()}


def answer(p, names="p_%s", value="y"):
    return {value: max(p, key=p.get)} | {names % c: v for c, v in p.items()}


def pair_counts(name, counts, derived=""):
    rows = "".join(f'     <PairCounts value="{v}"><TargetValueCounts>' + "".join(
        f'<TargetValueCount value="{c}" count="{n}"/>' for c, n in per.items()) + "</TargetValueCounts></PairCounts>\n"
        for v, per in counts.items())
    return f'    <BayesInput fieldName="{name}">\n{derived}{rows}    </BayesInput>\n'


def stats(name, distributions):
    rows = "".join(f'     <TargetValueStat value="{c}"><{kind}Distribution ' + " ".join(
        f'{k}="{v}"' for k, v in parameters.items()) + "/></TargetValueStat>\n"
        for c, (kind, parameters) in distributions.items())
    return f'    <BayesInput fieldName="{name}"><TargetValueStats>\n{rows}    </TargetValueStats></BayesInput>\n'


def output_counts(counts, target="y"):
    return (f'   <BayesOutput fieldName="{target}"><TargetValueCounts>' + "".join(
        f'<TargetValueCount value="{c}" count="{n}"/>' for c, n in counts.items()) +
        "</TargetValueCounts></BayesOutput>\n")


def model(parts, threshold, attributes=""):
    return (f'  <NaiveBayesModel functionName="classification" threshold="{threshold}"{attributes}>\n' + parts +
            "  </NaiveBayesModel>")


def outputs(classes, more=""):
    return "   <Output>\n" + "".join(
        f'    <OutputField name="p_{c}" optype="continuous" dataType="double" feature="probability" value="{c}"/>\n'
        for c in classes) + more + "   </Output>\n"


def inputs(*parts):
    return "   <BayesInputs>\n" + "".join(parts) + "   </BayesInputs>\n"


def share(counts, value, c, threshold):
    """count of the pair over all pairs of the class in this field; the threshold where the count is zero."""
    n = counts[value].get(c, 0)
    return Fraction(n) / sum(Fraction(per.get(c, 0)) for per in counts.values()) if n else Fraction(threshold)


# ---- discrete inputs: zero, absent and fractional counts, unknown and missing values --------------------------------------

PRIOR = {"a": 40, "b": 60, "c": 10}
COLOUR = {"red": {"a": 10, "b": 20, "c": 5}, "blue": {"a": 25, "b": 0, "c": 5}, "green": {"b": 30, "c": 0}}
SIZE = {"1": {"a": 1.5, "b": 8, "c": 2}, "2": {"a": 2.5, "b": 2, "c": 0.5}}
THRESHOLD = Fraction(1, 1024)
records = [dict(colour=c, size=s) for c in ("red", "blue", "green", "black") for s in (1, 2, 7)]
records += [dict(colour="red"), dict(size=2), {}, dict(colour="red", size="small")]
expected = []
for r in records[:-1]:
    likelihoods = {c: Fraction(n) for c, n in PRIOR.items()}
    for name, counts in (("colour", COLOUR), ("size", SIZE)):
        if str(r.get(name)) in counts:
            for c in PRIOR:
                likelihoods[c] *= share(counts, str(r[name]), c, THRESHOLD)
    expected.append(answer(posterior(likelihoods)))
folder.case("discrete", document(
    [text_field("colour"), field("size", "categorical", "integer"), text_field("y", PRIOR)],
    model(schema(["colour", "size"], ["y"]) + outputs(PRIOR) + inputs(
        pair_counts("colour", COLOUR), pair_counts("size", SIZE)) + output_counts(PRIOR), float(THRESHOLD),
        ' isScorable="true"')), records, expected + ["invalid"],
    "exact fractions: prior count · Π pair count / sum of the field's pair counts of the class",
    "A value without PairCounts says nothing, as a missing one does.")

# ---- continuous inputs: densities, floored at the threshold ---------------------------------------------------------------

G = {"a": (1.0, 0.25), "b": (2.0, 4.0)}
P = {"a": 0.0, "b": 3.5}
PRIOR2 = {"a": 30, "b": 70}
records = [dict(g=g, n=n) for g in (1, 2.5, -30) for n in (0, 1, 7)] + [
    dict(g=1.25), dict(n=2), {}, dict(n=1.5), dict(n=-1), dict(g=1, n=200), dict(g="INF", n=2)]


def mixed(r, threshold):
    likelihoods = dict(PRIOR2)
    for c in PRIOR2:
        if "g" in r:
            likelihoods[c] *= max(gaussian(float(r["g"]), *G[c]), threshold)
        if "n" in r:
            density = (1.0 if r["n"] == 0 else 0.0) if P[c] == 0 else poisson(r["n"], P[c])
            likelihoods[c] *= max(density, threshold)
    return posterior(likelihoods)


CONTINUOUS = inputs(
    stats("g", {c: ("Gaussian", dict(mean=m, variance=v)) for c, (m, v) in G.items()}),
    stats("n", {c: ("Poisson", dict(mean=m)) for c, m in P.items()}))
folder.case("continuous", document(
    [field("g"), field("n"), text_field("y", PRIOR2)],
    model(schema(["g", "n"], ["y"]) + outputs(PRIOR2) + CONTINUOUS + output_counts(PRIOR2), 0.001)),
    records, [answer(mixed(r, 0.001)) for r in records],
    "prior count times densities, none below the threshold",
    "A Poisson density is zero between and below the whole numbers.")

# ---- threshold 0: far tails by logarithms, and records that no class can explain ------------------------------------------


def logarithmic(x):
    logs = {c: math.log(n) - 0.5 * math.log(2 * math.pi * G[c][1]) - (x - G[c][0]) ** 2 / (2 * G[c][1])
            for c, n in PRIOR2.items()}
    most = max(logs.values())
    return posterior({c: math.exp(v - most) for c, v in logs.items()})


for x in (0.5, 1, 3, 6):
    assert all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(
        logarithmic(x).values(), posterior({c: n * gaussian(x, *G[c]) for c, n in PRIOR2.items()}).values()))
records = [dict(g=x) for x in (0.5, 6, 40, -500, 1e6)] + [dict(g=1, n=n) for n in (0, 2)] + [dict(n=1.5), {}]
expected = [answer(logarithmic(r["g"])) for r in records[:5]]
zero, two = (gaussian(1, *G[c]) for c in "ab")
expected += [answer(posterior({"a": 30 * zero, "b": 70 * two * poisson(0, 3.5)})), answer({"a": 0.0, "b": 1.0}),
             "invalid", answer({"a": 0.3, "b": 0.7})]
folder.case("tails", document(
    [field("g"), field("n"), text_field("y", PRIOR2)],
    model(schema(["g", "n"], ["y"]) + outputs(PRIOR2) + CONTINUOUS + output_counts(PRIOR2), 0)),
    records, expected, "sums of logarithms, the largest taken off before the exponential",
    "Where the likelihood of every class is zero there is no answer: the record is invalid.")

# ---- a continuous input made discrete inside BayesInput; a class that never occurs ----------------------------------------

AGE = {"young": {"no": 3, "yes": 6, "never": 2}, "old": {"no": 5, "yes": 2, "never": 2}}
DERIVED = """     <DerivedField name="age band" optype="categorical" dataType="string">
      <Discretize field="age" mapMissingTo="old">
       <DiscretizeBin binValue="young"><Interval closure="openOpen" rightMargin="30"/></DiscretizeBin>
       <DiscretizeBin binValue="old"><Interval closure="closedOpen" leftMargin="60"/></DiscretizeBin>
      </Discretize>
     </DerivedField>
"""
PRIOR3 = {"no": 8, "yes": 8, "never": 0}
records = [dict(age=a) for a in (18, 29.999, 30, 45, 60, 99)] + [{}]
expected = []
for r in records:
    a = r.get("age", 99)
    band = "young" if a < 30 else "old" if a >= 60 else None
    likelihoods = {c: Fraction(n) * (share(AGE, band, c, 0) if band else 1) for c, n in PRIOR3.items()}
    expected.append(answer(posterior(likelihoods)))
assert expected[2] == {"y": "no", "p_no": 0.5, "p_yes": 0.5, "p_never": 0.0}  # a tie: the first class
folder.case("derived", document(
    [field("age"), text_field("y", PRIOR3)],
    model(schema(["age"], ["y"]) + outputs(PRIOR3) + inputs(pair_counts("age", AGE, DERIVED)) +
          output_counts(PRIOR3), 0.01)), records, expected,
    "age in bins; ages between the bins are missing and say nothing; a missing age is mapped to a bin",
    "Equal probabilities: the class that BayesOutput lists first.")

# ---- exports from before 4.2 keep continuous inputs in Extension elements --------------------------------------------------

# R's e1071, whose models these are, puts the threshold in place of densities that are zero as doubles, and of no others.
E = {"a": (0.0, 1.0), "b": (3.0, 0.5)}
records = [dict(e=e) for e in (0, 1.5, 8, -20, 45, -45)]


def extension(x):
    return posterior({c: n * (gaussian(x, *E[c]) or 0.001) for c, n in PRIOR2.items()})


block = stats("e", {c: ("Gaussian", dict(mean=m, variance=v)) for c, (m, v) in E.items()})
for name, text in (("extension_around", f"    <Extension>\n{block}    </Extension>\n"),
                   ("extension_inside", block.replace("<TargetValueStats>", "<Extension><TargetValueStats>").replace(
                       "</TargetValueStats>", "</TargetValueStats></Extension>"))):
    folder.case(name, document(
        [field("e"), text_field("y", PRIOR2)],
        model(schema(["e"], ["y"]) + outputs(PRIOR2) + inputs(text) + output_counts(PRIOR2), 0.001), version="4.1"),
        records, [answer(extension(r["e"])) for r in records],
        "densities as they are, unless they are zero in double precision",
        "In an Extension the rule is the producer's (R): the threshold replaces zeros only.")

# ---- names without a target in the MiningSchema, a numeric target, Targets for what is not known, a MiningModel -----------

LEVELS = {100: {"n": 3, "e": {"x": 1, "z": 2}}, 500: {"n": 1, "e": {"x": 1, "z": 0}}}
PRIOR4 = {c: v["n"] for c, v in LEVELS.items()}
PAIRS = {k: {c: v["e"][k] for c, v in LEVELS.items()} for k in ("x", "z")}


def level(r):
    return posterior({c: Fraction(n) * (share(PAIRS, r["k"], c, Fraction(1, 100)) if "k" in r else 1)
                      for c, n in PRIOR4.items()})


records = [dict(k="x"), dict(k="z"), {}]
folder.case("numeric_target", document(
    [text_field("k"), field("claim", "categorical", "integer", PRIOR4)],
    model(schema(["k"]) + outputs(PRIOR4) + inputs(pair_counts("k", PAIRS)) + output_counts(PRIOR4, "claim"), 0.01)),
    records, [{"@predictedValue": max(level(r), key=level(r).get)} | {f"p_{c}": v for c, v in level(r).items()}
              for r in records], "exact fractions", "BayesOutput says what is predicted where the MiningSchema does not.")

inner = model(schema(["k"], ["claim"]) + inputs(pair_counts("k", PAIRS)) + output_counts(PRIOR4, "claim"), 0.01)
tree = ('  <TreeModel functionName="classification">\n' + schema(["k"], ["claim"]) +
        '   <Node><True/><ScoreDistribution value="100" recordCount="1"/><ScoreDistribution value="500" recordCount="4"/>'
        "</Node>\n  </TreeModel>")
weights = (2, 1)
expected = []
for r in records:
    p = {c: (2 * v + {100: 0.2, 500: 0.8}[c]) / 3 for c, v in level(r).items()}
    expected.append({"claim": max(p, key=p.get)} | {f"p_{c}": v for c, v in p.items()})
folder.case("averaged_with_a_tree", document(
    [text_field("k"), field("claim", "categorical", "integer", PRIOR4)],
    '  <MiningModel functionName="classification">\n' + schema(["k"], ["claim"]) + outputs(PRIOR4) +
    '   <Segmentation multipleModelMethod="weightedAverage">\n' +
    f'    <Segment weight="2"><True/>\n{inner}\n    </Segment>\n    <Segment weight="1"><True/>\n{tree}\n    </Segment>\n' +
    "   </Segmentation>\n  </MiningModel>"), records, expected, "(2 · posterior + the node's 1/5, 4/5) / 3")

# ---- of several targets the one that BayesOutput names; a field that is derived and continuous -----------------------------

SQUARE = ('     <DerivedField optype="continuous" dataType="double"><Apply function="*"><FieldRef field="g"/>'
          '<FieldRef field="g"/></Apply></DerivedField>\n')
squared = stats("g", {c: ("Gaussian", dict(mean=m, variance=v)) for c, (m, v) in G.items()}).replace(
    "<TargetValueStats>", SQUARE + "<TargetValueStats>", 1)
records = [dict(g=g) for g in (-1, 0.5, 1.5, 2)] + [{}]
expected = [answer(posterior({c: n * gaussian(r["g"] ** 2, *G[c]) if "g" in r else n for c, n in PRIOR2.items()}))
            for r in records]
folder.case("second_target", document(
    [field("g"), field("other"), text_field("y", PRIOR2)],
    model(schema(["g"], ["other", "y"]) + outputs(PRIOR2) + inputs(squared) +
          output_counts(PRIOR2), 1e-9)), records, expected, "densities of g²")

folder.write()
