#!/usr/bin/env python3
"""Writes the RuleSetModel cases. Rules are Python predicates here and PMML there; the selection methods are spelled
out once more, over the list of firing rules instead of rule by rule."""
import functools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "RuleSet", "rule_set", 1e-12)
document = functools.partial(writing.document, copyright=None)


def select(criterion, firing, default):
    """(score, confidence of each score, id) of the firing (score, weight, confidence, id), in document order."""
    if not firing:
        return default[0], {default[0]: default[1]}, None
    if criterion == "firstHit":
        score, _, confidence, rule = firing[0]
        return score, {score: confidence}, rule
    if criterion == "weightedMax":
        score, _, confidence, rule = max(firing, key=lambda r: r[1])  # max: the first of equals
        return score, {score: confidence}, rule
    totals = {}
    for score, weight, _, _ in firing:
        totals[score] = totals.get(score, 0) + weight
    winner = max(totals, key=totals.get)  # in the order in which they fired
    strongest = max((r for r in firing if r[0] == winner), key=lambda r: r[1])
    return winner, {s: t / len(firing) for s, t in totals.items()}, strongest[3]


# ---- all three methods over nested rules, with missing values -------------------------------------------------------

NESTED = """   <RuleSet defaultScore="none" defaultConfidence="0.25" recordCount="100" nbCorrect="60">
%s    <CompoundRule>
     <SimplePredicate field="region" operator="equal" value="north"/>
     <CompoundRule>
      <SimplePredicate field="age" operator="lessThan" value="40"/>
      <SimpleRule id="A" score="low" confidence="0.5" weight="0.4">
       <SimplePredicate field="income" operator="greaterThan" value="10"/>
      </SimpleRule>
      <SimpleRule id="B" score="high" confidence="0.9" weight="0.7">
       <SimplePredicate field="income" operator="greaterThan" value="20"/>
      </SimpleRule>
     </CompoundRule>
     <SimpleRule id="C" score="low" confidence="0.6" weight="0.4">
      <SimplePredicate field="age" operator="greaterOrEqual" value="18"/>
     </SimpleRule>
    </CompoundRule>
    <SimpleRule id="D" score="mid" recordCount="10" nbCorrect="8">
     <SimplePredicate field="income" operator="greaterThan" value="50"/>
    </SimpleRule>
   </RuleSet>
"""


def nested_rules(r):
    def above(name, limit):
        return name in r and r[name] > limit

    firing = []
    if r.get("region") == "north":
        if "age" in r and r["age"] < 40:
            if above("income", 10):
                firing.append(("low", 0.4, 0.5, "A"))
            if above("income", 20):
                firing.append(("high", 0.7, 0.9, "B"))
        if "age" in r and r["age"] >= 18:
            firing.append(("low", 0.4, 0.6, "C"))
    if above("income", 50):
        firing.append(("mid", 1, 1, "D"))
    return firing


CLASSES = ["low", "mid", "high", "none"]
PEOPLE = [dict(region="north", age=30, income=30), dict(region="north", age=30, income=15),
          dict(region="north", age=30, income=60), dict(region="north", age=12, income=25),
          dict(region="north", age=55, income=5), dict(region="north", income=60), dict(age=30, income=60),
          dict(region="south", age=30, income=30), dict(region="north", age=30), {}, dict(region="north", age=12)]
OUTPUT = "".join(
    f'    <OutputField name="{n}" optype="{o}" dataType="{t}" feature="{f}"{v}/>\n' for n, o, t, f, v in
    [("pick", "categorical", "string", "predictedValue", ""), ("rule", "categorical", "string", "entityId", ""),
     ("sure", "continuous", "double", "confidence", "")] +
    [(f"c_{c}", "continuous", "double", "confidence", f' value="{c}"') for c in CLASSES])
for criterion, others in (("weightedSum", ("weightedMax", "firstHit")), ("weightedMax", ()),
                          ("firstHit", ("weightedSum",))):
    methods = "".join(f'    <RuleSelectionMethod criterion="{c}"/>\n' for c in (criterion, *others))
    expected = []
    for r in PEOPLE:
        score, confidences, rule = select(criterion, nested_rules(r), ("none", 0.25))
        absent = 0 if criterion == "weightedSum" and nested_rules(r) else None
        expected.append({"pick": score, "rule": rule, "sure": confidences[score]} |
                        {f"c_{c}": confidences.get(c, absent) for c in CLASSES})
    folder.case(criterion, document(
        [text_field("region", ["north", "south"]), field("age"), field("income"), text_field("y", CLASSES)],
        '  <RuleSetModel functionName="classification" algorithmName="hand" isScorable="true">\n' +
        schema(["region", "age", "income"], ["y"]) + f"   <Output>\n{OUTPUT}   </Output>\n" + NESTED % methods +
        "  </RuleSetModel>"), PEOPLE, expected,
        f"{criterion} over the rules that fire; a rule under a guard fires only where the guard is true",
        "A score that no rule names has confidence 0 under weightedSum and none otherwise. The entity of weightedSum "
        "is the heaviest firing rule of the winning score.")

# Of the eleven people the first three fire rules of several scores.
assert select("weightedSum", nested_rules(PEOPLE[0]), None)[0] == "low"  # 0.4 + 0.4 beats 0.7
assert select("weightedMax", nested_rules(PEOPLE[0]), None)[2] == "B"

# ---- ties, rules without ids, no default ------------------------------------------------------------------------------

TIES = """   <RuleSet>
    <RuleSelectionMethod criterion="%s"/>
    <SimpleRule score="b" weight="0.5" confidence="0.1"><SimplePredicate field="x" operator="greaterThan" value="0"/></SimpleRule>
    <SimpleRule score="a" weight="0.5" confidence="0.2"><SimplePredicate field="x" operator="greaterThan" value="1"/></SimpleRule>
    <CompoundRule>
     <SimplePredicate field="x" operator="lessThan" value="9"/>
     <SimpleRule score="a" weight="-0.25" confidence="0.3"><SimplePredicate field="x" operator="greaterThan" value="2"/></SimpleRule>
     <SimpleRule score="b" weight="-0.25" confidence="0.4"><SimplePredicate field="x" operator="greaterThan" value="3"/></SimpleRule>
    </CompoundRule>
   </RuleSet>
"""


def tie_rules(r):
    x = r.get("x")
    if x is None:
        return []
    rules = [("b", 0.5, 0.1, "1", x > 0), ("a", 0.5, 0.2, "2", x > 1), ("a", -0.25, 0.3, "3", 9 > x > 2),
             ("b", -0.25, 0.4, "4", 9 > x > 3)]
    return [r[:4] for r in rules if r[4]]


XS = [dict(x=x) for x in (0.5, 1.5, 2.5, 3.5, 9.5)] + [dict(x=-1), {}]
for criterion in ("weightedSum", "weightedMax"):
    expected = []
    for r in XS:
        firing = tie_rules(r)
        score, confidences, rule = select(criterion, firing, (None, None))
        expected.append({"y": score, "rule": rule, "@confidence": confidences.get(score) if firing else None})
    folder.case(f"ties_{criterion}", document(
        [field("x"), text_field("y")],
        '  <RuleSetModel functionName="classification">\n' + schema(["x"], ["y"]) +
        '   <Output><OutputField name="rule" optype="categorical" dataType="string" feature="entityId"/></Output>\n' +
        TIES % criterion + "  </RuleSetModel>"), XS, expected,
        "equal totals: the score that fired first; equal weights: the first rule; nothing fires and no default: missing",
        "Rules without an id are numbered from 1 in document order, those with a guard above them too.")

# ---- a number as the answer, Targets, an invalid input -----------------------------------------------------------------

RATE = """   <Targets><Target field="rate" optype="continuous" rescaleFactor="2" rescaleConstant="1"/></Targets>
   <RuleSet defaultScore="0.05">
    <RuleSelectionMethod criterion="weightedSum"/>
    <SimpleRule id="r1" score="0.1" weight="1"><SimplePredicate field="x" operator="greaterThan" value="0"/></SimpleRule>
    <SimpleRule id="r2" score="0.2" weight="2"><SimplePredicate field="x" operator="greaterThan" value="1"/></SimpleRule>
    <SimpleRule id="r3" score="1e-1" weight="1.5"><SimplePredicate field="x" operator="greaterThan" value="2"/></SimpleRule>
   </RuleSet>
"""
records = [dict(x=0.5), dict(x=1.5), dict(x=2.5), dict(x=-1), {}, dict(x="much")]
scores = [0.1, 0.2, 0.1, 0.05, 0.05]  # 2.5: 0.1 has 1 + 1.5 against 2
expected = [{"rate": 2 * s + 1, "@entityId": e} for s, e in zip(scores, ("r1", "r2", "r3", None, None))]
folder.case("number", document([field("x"), field("rate")],
                               '  <RuleSetModel functionName="regression">\n' + schema(["x"], ["rate"]) + RATE +
                               "  </RuleSetModel>"), records, expected + ["invalid"],
            "the winning rule's number, then 2 · score + 1; equal numbers are one score",
            "PMML speaks of classes; a number is selected in the same way.")

# ---- first hit: what comes after it is not asked -----------------------------------------------------------------------

FIRST = """   <RuleSet defaultScore="c">
    <RuleSelectionMethod criterion="%s"/>
    <SimpleRule score="a"><SimplePredicate field="x" operator="greaterThan" value="0"/></SimpleRule>
    <CompoundRule><True/>
     <SimpleRule score="b"><SimplePredicate field="code" operator="equal" value="k"/></SimpleRule>
    </CompoundRule>
   </RuleSet>
"""
records = [dict(x=1, code="?"), dict(x=-1, code="?"), dict(x=1, code="k"), dict(x=-1, code="k"), dict(x=-1)]
for criterion, answers in (("firstHit", ["a", None, "a", "b", "c"]), ("weightedMax", [None, None, "a", "b", "c"])):
    folder.case(f"invalid_{criterion}", document(
        [field("x"), text_field("code", ["k", "l"]), text_field("y", ["a", "b", "c"])],
        '  <RuleSetModel functionName="classification">\n' + schema(["x", "code"], ["y"]) + FIRST % criterion +
        "  </RuleSetModel>"), records, ["invalid" if a is None else {"y": a} for a in answers],
        "an invalid value spoils the rules that are asked: under firstHit those up to the first hit, else all")

# ---- distributions of the rules, and a rule set in a MiningModel --------------------------------------------------------

SPREAD = """%s<RuleSet defaultScore="b">
    <RuleSelectionMethod criterion="firstHit"/>
    <ScoreDistribution value="a" recordCount="2"/><ScoreDistribution value="b" recordCount="3"/>
    <SimpleRule id="p" score="a">
     <SimplePredicate field="x" operator="greaterThan" value="2"/>
     <ScoreDistribution value="a" recordCount="7"/><ScoreDistribution value="b" recordCount="1"/>
    </SimpleRule>
    <SimpleRule id="q" score="b">
     <SimplePredicate field="x" operator="greaterThan" value="1"/>
     <ScoreDistribution value="a" recordCount="1" probability="0.3"/><ScoreDistribution value="b" recordCount="1" probability="0.7"/>
    </SimpleRule>
    <SimpleRule id="r" score="a"><SimplePredicate field="x" operator="greaterThan" value="0"/></SimpleRule>
   </RuleSet>
"""
shares = {3: (7 / 8, 1 / 8), 1.5: (0.3, 0.7), 0.5: (None, None), -1: (2 / 5, 3 / 5)}
picks = {3: "a", 1.5: "b", 0.5: "a", -1: "b"}
probabilities = "".join(f'    <OutputField name="p_{c}" optype="continuous" dataType="double" feature="probability" '
                        f'value="{c}"/>\n' for c in "ab")
folder.case("distribution", document(
    [field("x"), text_field("y", ["a", "b"])],
    '  <RuleSetModel functionName="classification">\n' + schema(["x"], ["y"]) +
    f"   <Output>\n{probabilities}   </Output>\n" + SPREAD % "   " + "  </RuleSetModel>"),
    [dict(x=x) for x in shares], [{"y": picks[x], "p_a": shares[x][0], "p_b": shares[x][1]} for x in shares],
    "the shares of the rule that answers (of the RuleSet where none does), as in a tree's node",
    "PMML gives rules a ScoreDistribution and no use for it; here it is what it is in a Node.")

TREE = """    <Segment id="tree"><True/>
     <TreeModel functionName="classification">
%s      <Node score="a"><True/>
       <ScoreDistribution value="a" recordCount="1"/><ScoreDistribution value="b" recordCount="3"/>
      </Node>
     </TreeModel>
    </Segment>
"""
mean = {x: [(p + q) / 2 for p, q in zip(shares[x], (1 / 4, 3 / 4))] for x in shares if shares[x][0] is not None}
folder.case("averaged_with_a_tree", document(
    [field("x"), text_field("y", ["a", "b"])],
    '  <MiningModel functionName="classification">\n' + schema(["x"], ["y"]) +
    f"   <Output>\n{probabilities}" +
    '    <OutputField name="rule" optype="categorical" dataType="string" feature="entityId" segmentId="rules"/>\n'
    "   </Output>\n"
    '   <Segmentation multipleModelMethod="average">\n    <Segment id="rules"><True/>\n'
    '     <RuleSetModel functionName="classification">\n' + schema(["x"], ["y"]) + SPREAD % "      " +
    "     </RuleSetModel>\n    </Segment>\n" + TREE % schema(["x"], ["y"]) +
    "   </Segmentation>\n  </MiningModel>"),
    [dict(x=x) for x in mean],
    [{"y": "a" if mean[x][0] > mean[x][1] else "b", "p_a": mean[x][0], "p_b": mean[x][1],
      "rule": {3: "p", 1.5: "q", -1: None}[x]} for x in mean],
    "mean of the rule's shares and the node's 1/4, 3/4")

folder.write()
