#!/usr/bin/env python3
"""Writes the Scorecard cases. Points are looked up per characteristic; reasons are sorted as the specification words it:
by partialScore - baselineScore (pointsAbove) or the other way round (pointsBelow), largest first."""
import functools
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "Scorecard", "scorecard", 1e-12)
document = functools.partial(writing.document, copyright=None)


def reasons(chosen, algorithm, ascending=False):
    """Codes by rank from the chosen (code, points, baseline), in document order; equal codes add up."""
    differences = {}
    for code, points, baseline in chosen:
        d = points - baseline if algorithm == "pointsAbove" else baseline - points
        differences[code] = differences.get(code, 0) + d
    return sorted(differences, key=lambda c: differences[c] if ascending else -differences[c])  # stable


def rank_outputs(*names, more=""):
    return "   <Output>\n" + "".join(
        f'    <OutputField name="{n}" optype="categorical" dataType="string" feature="reasonCode" rank="{i + 1}"/>\n'
        for i, n in enumerate(names)) + more + "   </Output>\n"


LIST = ('    <OutputField name="all" optype="categorical" dataType="string" feature="reasonCode" rank="0"/>\n'
        '    <OutputField name="list" optype="categorical" dataType="string" feature="reasonCode" rank="2" isMultiValued="1"/>\n'
        '    <OutputField name="last" optype="categorical" dataType="string" feature="reasonCode" rankOrder="ascending"/>\n'
        '    <OutputField name="lists" optype="categorical" dataType="string" feature="reasonCode" rank="0" rankOrder="ascending"/>\n')

# ---- both algorithms, baselines of the model and of characteristics, codes at both levels -------------------------------

CARD = """  <Scorecard functionName="regression" initialScore="100" reasonCodeAlgorithm="%s" baselineScore="12" baselineMethod="neutral" isScorable="true">
%s   <Characteristics>
    <Characteristic name="age" reasonCode="AGE" baselineScore="20">
     <Attribute partialScore="-5"><SimplePredicate field="age" operator="isMissing"/></Attribute>
     <Attribute partialScore="0" reasonCode="YOUNG"><SimplePredicate field="age" operator="lessThan" value="30"/></Attribute>
     <Attribute partialScore="25"><SimplePredicate field="age" operator="lessThan" value="60"/></Attribute>
     <Attribute partialScore="20"><True/></Attribute>
    </Characteristic>
    <Characteristic name="job" reasonCode="JOB">
     <Attribute partialScore="30"><SimpleSetPredicate field="job" booleanOperator="isIn"><Array type="string">clerk smith</Array></SimpleSetPredicate></Attribute>
     <Attribute partialScore="4"><SimplePredicate field="job" operator="isNotMissing"/></Attribute>
    </Characteristic>
    <Characteristic name="debt">
     <Attribute reasonCode="DEBT"><SimplePredicate field="debt" operator="greaterThan" value="10"/>
      <ComplexPartialScore><Apply function="-"><Constant dataType="double">15</Constant><FieldRef field="debt"/></Apply></ComplexPartialScore>
     </Attribute>
     <Attribute reasonCode="INCOME" partialScore="1000"><True/>
      <ComplexPartialScore><Apply function="/"><FieldRef field="income"/><Constant>8</Constant></Apply></ComplexPartialScore>
     </Attribute>
    </Characteristic>
   </Characteristics>
  </Scorecard>"""


def card(r):
    """[(code, points, baseline)], or None where a characteristic has no points."""
    age, job, debt, income = (r.get(n) for n in ("age", "job", "debt", "income"))
    chosen = [("AGE", -5, 20) if age is None else ("YOUNG", 0, 20) if age < 30 else ("AGE", 25 if age < 60 else 20, 20)]
    if job is None:
        return None
    chosen.append(("JOB", 30 if job in ("clerk", "smith") else 4, 12))
    if debt is not None and debt > 10:
        chosen.append(("DEBT", 15 - debt, 12))
    elif income is None:
        return None
    else:
        chosen.append(("INCOME", income / 8, 12))
    return chosen


RECORDS = [dict(age=25, job="clerk", debt=5, income=40), dict(age=45, job="cook", debt=30, income=40),
           dict(age=60, job="smith", income=96), dict(job="cook", debt=10, income=1000), dict(age=25, debt=5, income=40),
           dict(age=25, job="clerk", debt=5), dict(age=25, job="clerk", debt=50), {},
           dict(age=59.5, job="smith", debt=11, income=1)]
FIELDS = [field("age"), text_field("job", ["clerk", "smith", "cook"]), field("debt"), field("income"), field("score")]
for algorithm in ("pointsAbove", "pointsBelow"):
    expected = []
    for r in RECORDS:
        chosen = card(r)
        names = ("first", "second", "third", "fourth")
        if chosen is None:
            expected.append(dict.fromkeys(("score", *names, "all", "list", "last", "lists")))
            continue
        ranked, reverse = reasons(chosen, algorithm), reasons(chosen, algorithm, True)
        ranks = dict(zip(names, ranked + [None] * 4))
        expected.append({"score": 100 + sum(p for _, p, _ in chosen), "all": ranked, "list": ranked[:2],
                         "last": reverse[0], "lists": reverse} | ranks)
    folder.case(algorithm, document(FIELDS, CARD % (algorithm, schema(["age", "job", "debt", "income"], ["score"]) +
                                                    rank_outputs("first", "second", "third", "fourth", more=LIST))),
                RECORDS, expected, "initial score + points; codes sorted by the difference to the baseline; no true "
                "attribute or a missing complex score: missing",
                "Codes with a negative difference are ranked too; ties keep the order of the characteristics.")

# ---- a code that several characteristics share ----------------------------------------------------------------------------

SHARED = """  <Scorecard functionName="regression" reasonCodeAlgorithm="pointsAbove" baselineScore="0">
%s   <Characteristics>
    <Characteristic name="a" reasonCode="S"><Attribute partialScore="3"><SimplePredicate field="x" operator="greaterThan" value="0"/></Attribute><Attribute partialScore="-4"><True/></Attribute></Characteristic>
    <Characteristic name="b" reasonCode="T"><Attribute partialScore="5"><True/></Attribute></Characteristic>
    <Characteristic name="c" reasonCode="U"><Attribute partialScore="0" reasonCode="S"><SimplePredicate field="x" operator="lessThan" value="-5"/></Attribute><Attribute partialScore="5"><True/></Attribute></Characteristic>
    <Characteristic name="d" reasonCode="S"><Attribute partialScore="3"><True/></Attribute></Characteristic>
   </Characteristics>
  </Scorecard>"""
records, expected = [dict(x=x) for x in (1, -1, -9)] + [{}], []
for r in records:
    x = r.get("x")
    chosen = [("S", 3 if x is not None and x > 0 else -4, 0), ("T", 5, 0),
              ("S", 0, 0) if x is not None and x < -5 else ("U", 5, 0), ("S", 3, 0)]
    ranked = reasons(chosen, "pointsAbove") + [None]
    expected.append({"score": sum(p for _, p, _ in chosen)} | dict(zip("pqr", ranked)))
assert [e["p"] for e in expected] == ["S", "T", "T", "T"]  # 3 + 3 beats 5; then T and U are equal, T comes first
folder.case("shared_codes", document([field("x"), field("score")],
                                     SHARED % (schema(["x"], ["score"]) + rank_outputs("p", "q", "r"))),
            records, expected, "the differences of one code are added before ranking",
            "A reason stands once in the ranking, with all points that it cost.")

# ---- without reason codes: neither codes nor baselines are needed; invalid input, Targets, binary32 -----------------------

PLAIN = """  <Scorecard functionName="regression" initialScore="0.1" useReasonCodes="false"%s>
%s%s   <Characteristics>
    <Characteristic>
     <Attribute partialScore="0.2"><SimplePredicate field="x" operator="lessOrEqual" value="1"/></Attribute>
     <Attribute><SimplePredicate field="x" operator="greaterThan" value="1"/><ComplexPartialScore><FieldRef field="z" mapMissingTo="0.7"/></ComplexPartialScore></Attribute>
    </Characteristic>
    <Characteristic>
     <Attribute partialScore="0.3"><CompoundPredicate booleanOperator="surrogate"><SimplePredicate field="z" operator="greaterThan" value="0"/><True/></CompoundPredicate></Attribute>
     <Attribute partialScore="-0.3"><True/></Attribute>
    </Characteristic>
   </Characteristics>
  </Scorecard>"""
records = [dict(x=1, z=1), dict(x=2, z=1), dict(x=2), dict(x=1, z=-1), dict(z=1), dict(x="one", z=1), dict(x=2, z="q")]


def plain(r, single=False):
    cut = (lambda v: struct.unpack("f", struct.pack("f", v))[0]) if single else (lambda v: v)
    x, z = r.get("x"), r.get("z")
    if x is None:
        return None
    first = 0.2 if x <= 1 else 0.7 if z is None else z
    return cut(cut(cut(0.1) + cut(first)) + cut(0.3 if z is None or z > 0 else -0.3))


for name, attributes, targets, final, single in (
        ("plain", "", "", lambda v: v, False),
        ("float", ' x-mathContext="float"', "", lambda v: v, True),
        ("targets", "", '   <Targets><Target field="score" optype="continuous" min="0.25" castInteger="round" '
         'rescaleFactor="20"><TargetValue defaultValue="-1"/></Target></Targets>\n',
         lambda v: -1 if v is None else int(max(v, 0.25) * 20 + 0.5), False)):
    folder.case(name, document([field("x"), field("z"), field("score")],
                               PLAIN % (attributes, schema(["x", "z"], ["score"]), targets)),
                records, [{"score": final(plain(r, single))} for r in records[:5]] + ["invalid"] * 2,
                "initial score + points; first attribute whose predicate is true" +
                ("; binary32 after every addition" if single else "") + ("; then the Target" if targets else ""))

# ---- a chosen complex score that is invalid spoils the record, one that is not chosen does not -----------------------------

RATIO = """  <Scorecard functionName="regression">
%s   <Characteristics>
    <Characteristic name="ratio">
     <Attribute><SimplePredicate field="x" operator="greaterThan" value="0"/><ComplexPartialScore><Apply function="/"><Constant>6</Constant><FieldRef field="z"/></Apply></ComplexPartialScore></Attribute>
     <Attribute partialScore="1"><True/></Attribute>
    </Characteristic>
   </Characteristics>
  </Scorecard>"""
folder.case("complex_invalid", document([field("x"), field("z"), field("score")],
                                        RATIO % schema(["x", "z"], ["score"])),
            [dict(x=1, z=2), dict(x=1, z=0), dict(x=-1, z=0), dict(x=1)],
            [{"score": 3}, "invalid", {"score": 1}, {"score": None}], "6 / z where x > 0")

# ---- scorecards as segments: the reasons of the one that answers ----------------------------------------------------------

INNER = """     <Scorecard functionName="regression" reasonCodeAlgorithm="pointsBelow" baselineScore="10">
%s      <Characteristics>
       <Characteristic name="x" reasonCode="%sX"><Attribute><True/><ComplexPartialScore><FieldRef field="x"/></ComplexPartialScore></Attribute></Characteristic>
       <Characteristic name="z" reasonCode="%sZ"><Attribute><True/><ComplexPartialScore><FieldRef field="z"/></ComplexPartialScore></Attribute></Characteristic>
      </Characteristics>
     </Scorecard>
"""
CONSTANT = """     <RegressionModel functionName="regression">
%s      <RegressionTable intercept="7"/>
     </RegressionModel>
"""


def segment(name, predicate, model):
    return f'    <Segment id="{name}">{predicate}\n{model}    </Segment>\n'


records = [dict(g=g, x=x, z=z) for g in (1, 2, 3, 4) for x, z in ((1, 2), (5, 2))] + [dict(x=1, z=2)]
inner = schema(["x", "z"], ["score"])
below = '<SimplePredicate field="g" operator="lessOrEqual" value="%d"/>'
equal = '<SimplePredicate field="g" operator="equal" value="%d"/>'
asked = ('    <OutputField name="of_b" optype="categorical" dataType="string" feature="reasonCode" segmentId="b"/>\n'
         '    <OutputField name="score_b" optype="continuous" dataType="double" feature="predictedValue" segmentId="b"/>\n')
for method in ("selectFirst", "modelChain"):
    # selectFirst: a for g <= 1, b for g <= 2, else the constant for g = 3. A chain answers with its last active model.
    predicates = {"a": below % 1, "b": below % 2, "c": equal % 3}
    expected = []
    for r in records:
        g = r.get("g", 99)
        active = [s for s, on in (("a", g <= 1), ("b", g <= 2), ("c", g == 3)) if on]
        by_value = ["X", "Z"] if r["x"] <= r["z"] else ["Z", "X"]
        of_b = "b" + by_value[0] if "b" in active else None
        answer = {"score": None, "p": None, "q": None, "@entityId": None, "of_b": of_b,
                  "score_b": r["x"] + r["z"] if "b" in active else None}
        if active:
            s = active[0] if method == "selectFirst" else active[-1]
            # Which segment won is asked of selectFirst only: a chain has the entity of its last active model, here none.
            answer["@entityId"] = s if method == "selectFirst" else None
            answer["score"] = 7 if s == "c" else r["x"] + r["z"]
            if s != "c":
                answer["p"], answer["q"] = (s + code for code in by_value)
        expected.append(answer)
    folder.case(f"segments_{method}", document(
        [field("g"), field("x"), field("z"), field("score")],
        '  <MiningModel functionName="regression">\n' + schema(["g", "x", "z"], ["score"]) +
        rank_outputs("p", "q", more=asked) + f'   <Segmentation multipleModelMethod="{method}">\n' +
        segment("a", predicates["a"], INNER % (inner, "a", "a")) +
        segment("b", predicates["b"], INNER % (inner, "b", "b")) +
        segment("c", predicates["c"], CONSTANT % inner) + "   </Segmentation>\n  </MiningModel>"),
        records, expected, "reason codes of the segment that answers; those of a segment that is not active are missing",
        "Features that only one model type has are those of the answering segment.")

# ---- a chain: a regression's output is a characteristic's field; the chain's own Output has the reasons ------------------

first = ('     <RegressionModel functionName="regression">\n' + schema(["g"], ["score"]) +
         '      <Output><OutputField name="z" optype="continuous" dataType="double" feature="predictedValue"/></Output>\n'
         '      <RegressionTable intercept="1"><NumericPredictor name="g" coefficient="2"/></RegressionTable>\n'
         "     </RegressionModel>\n")
records = [dict(g=1, x=2), dict(g=-3, x=2), dict(x=2), dict(g=1)]
expected = []
for r in records:
    if len(r) < 2:
        expected.append({"score": None, "p": None, "q": None} | ({"z": 3} if "g" in r else {"z": None}))
        continue
    z = 2 * r["g"] + 1
    codes = ["kX", "kZ"] if r["x"] <= z else ["kZ", "kX"]
    expected.append({"score": r["x"] + z, "z": z} | dict(zip("pq", codes)))
folder.case("chain", document(
    [field("g"), field("x"), field("score")],
    '  <MiningModel functionName="regression">\n' + schema(["g", "x"], ["score"]) + rank_outputs("p", "q") +
    '   <Segmentation multipleModelMethod="modelChain">\n' + segment("r", "<True/>", first) +
    segment("s", "<True/>", INNER % (inner, "k", "k")) + "   </Segmentation>\n  </MiningModel>"), records, expected,
    "z = 2g + 1, score = x + z, reasons by 10 - points")

folder.write()
