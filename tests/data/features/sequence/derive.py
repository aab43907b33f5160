#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder.

Whether a sequence occurs is computed in two ways that must agree: by trying every choice of transactions for its sets,
and by a regular expression over a text that writes, for each transaction, which of the sets it holds.

usage: derive.py
"""
import itertools
import pathlib
import sys
import re

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, document, element as tag, lines

folder = Folder(__file__, "Sequence", "sequence", 1e-12, layout=lines)
case = folder.case


SAME, NEXT, LATER, UNKNOWN = (("sameTimeWindow", "true"), ("acrossTimeWindows", "false"),
                              ("acrossTimeWindows", "true"), ("acrossTimeWindows", "unknown"))


# ---- the definition
def follows(delimiter, before, after):
    if delimiter == SAME:
        return before == after
    return after == before + 1 if delimiter == NEXT else after > before


def by_trial(windows, sets, delimiters):
    """Any choice of one window per set that holds it and that the delimiters allow."""
    return any(
        all(s <= windows[p] for s, p in zip(sets, places)) and
        all(follows(d, a, b) for d, a, b in zip(delimiters, places, places[1:]))
        for places in itertools.product(range(len(windows)), repeat=len(sets)))


def by_pattern(windows, sets, delimiters):
    """The same as a pattern: sets of one window are joined first, then windows follow one another."""
    steps, joined = [], [[sets[0]]]
    for s, d in zip(sets[1:], delimiters):
        if d == SAME:
            joined[-1].append(s)
        else:
            joined.append([s])
            steps.append("" if d == NEXT else r"(?:\d*;)*?")
    together = [frozenset().union(*group) for group in joined]
    text = "".join("".join(str(i) for i, s in enumerate(together) if s <= w) + ";" for w in windows)
    pattern = r"(?:^|(?<=;))" + "".join(
        rf"\d*{i}\d*;" + (steps[i] if i < len(steps) else "") for i in range(len(together)))
    return re.search(pattern, text) is not None


def occurs(windows, sets, delimiters):
    a, b = by_trial(windows, sets, delimiters), by_pattern(windows, sets, delimiters)
    assert a == b, (windows, sets, delimiters, a, b)
    return a


class Model:
    def __init__(self, sets, sequences, rules, below=None, order="t"):
        self.sets, self.sequences, self.rules, self.below, self.order = sets, sequences, rules, below or {}, order

    def windows(self, record):
        """Sets of items in the order of time, each item with what stands above it; None if they are not known."""
        items = record.get("item")
        if items is None:
            return None
        items = items if isinstance(items, list) else [items]
        transactions = [set(t) if isinstance(t, list) else {t} for t in items]
        times = record.get(self.order)
        if times is not None:
            times = times if isinstance(times, list) else [times]
            if any(t is None for t in times):
                return None
            by_time = {}
            for time, t in zip(times, transactions):
                by_time.setdefault(time, set()).update(t)
            transactions = [by_time[time] for time in sorted(by_time)]
        return [frozenset(x for item in t for x in {item, *self.below.get(item, ())}) for t in transactions]

    def chain(self, sequence):
        sets, delimiters = self.sequences[sequence]
        return [frozenset(self.sets[s]) for s in sets], list(delimiters)

    def fired(self, windows, algorithm="recommendation", basis="confidence", ascending=False):
        out = []
        for position, (_name, left, delimiter, right, measures) in enumerate(self.rules):
            (a, da), (c, dc) = self.chain(left), self.chain(right)
            antecedent = occurs(windows, a, da)
            whole = occurs(windows, a + c, da + [delimiter] + dc)
            if {"recommendation": antecedent, "exclusiveRecommendation": antecedent and not whole,
                "ruleAssociation": whole}[algorithm]:
                value = measures.get(basis)
                out.append((value is None, 0 if value is None else value if ascending else -value, position))
        return [self.rules[position] for _, _, position in sorted(out)]

    def text(self, sequence, alone=False):
        sets = [self.sets[s] for s in self.sequences[sequence][0]]
        if alone and len(sets) == 1 and len(sets[0]) == 1:
            return sets[0][0]
        return ",".join("{" + ",".join(s) + "}" for s in sets)

    def property(self, rule, feature):
        name, left, _, right, measures = rule
        return {"ruleId": name, "entityId": name, "antecedent": self.text(left, True),
                "consequent": self.text(right, True), "rule": self.text(left) + "->" + self.text(right),
                **{m: measures.get(m) for m in ("confidence", "support", "lift")}}[feature]

    def answer(self, record, output):
        windows = self.windows(record)
        if windows is None:
            return None
        values = [self.property(r, output["feature"]) for r in self.fired(
            windows, output.get("algorithm", "recommendation"), output.get("rankBasis", "confidence"),
            output.get("rankOrder") == "ascending")]
        rank = output.get("rank", 1)
        return values if rank == 0 else values[rank - 1] if len(values) >= rank else None

    # ---- the document
    def document(self, outputs=(), predicates=(), taxonomy="", function="sequences", order_type="double",
                 extra_fields="", **attributes):
        items = sorted({i for s, content in self.sets.items() if s not in predicates for i in content})
        fields = tag("DataField", name="id", optype="categorical", dataType="string")
        schema = tag("MiningField", name="id", usageType="group")
        if self.order:
            fields += tag("DataField", name=self.order, optype="continuous", dataType=order_type)
            schema += tag("MiningField", name=self.order, usageType="order")
        fields += tag("DataField", name="item", optype="categorical", dataType="string",
                      taxonomy="goods" if taxonomy else None)
        schema += tag("MiningField", name="item")
        body = tag("MiningSchema", schema)
        if outputs:
            body += tag("Output", "".join(tag("OutputField", **{"dataType": "string", **o}) for o in outputs))
        body += tag("Constraints", minimumNumberOfItems=2, maximumItemsetSeparationTime=1, minimumConfidence="0.9")
        body += "".join(tag("Item", id="i_" + i, value=i) for i in items)
        body += "".join(tag("Itemset", "".join(tag("ItemRef", itemRef="i_" + i) for i in content), id=s)
                        for s, content in self.sets.items() if s not in predicates)
        body += "".join(tag("SetPredicate", tag("Array", " ".join(self.sets[s]), type="string",
                                                n=len(self.sets[s])), id=s, field="item", operator=operator)
                        for s, operator in predicates.items()) if predicates else ""
        for s, (sets, delimiters) in self.sequences.items():
            inside = tag("SetReference", setId=sets[0])
            for (delimiter, gap), following in zip(delimiters, sets[1:]):
                inside += tag("Delimiter", delimiter=delimiter, gap=gap) + tag("SetReference", setId=following)
            body += tag("Sequence", inside + tag("Time", min=0, max=9, mean=3, standardDeviation=1), id=s,
                        numberOfSets=len(sets), occurrence=7, support=0.07)
        for name, left, (delimiter, gap), right, measures in self.rules:
            body += tag("SequenceRule",
                        tag("AntecedentSequence", tag("SequenceReference", seqId=left)) +
                        tag("Delimiter", delimiter=delimiter, gap=gap) + tag("Time", mean=2) +
                        tag("ConsequentSequence", tag("SequenceReference", seqId=right)),
                        id=name, numberOfSets=2, occurrence=3, **measures)
        model = tag("SequenceModel", body, functionName=function, **attributes)
        return document([fields + taxonomy + extra_fields], model)


def default_results(model, records):
    outputs = [{"name": "_target", "feature": "consequent"}, {"name": "_rules", "feature": "ruleId", "rank": 0}]
    return [{o["name"]: model.answer(r, o) for o in outputs} for r in records]


def measures(confidence, support=0.1, lift=None):
    return {"confidence": confidence, "support": support, **({} if lift is None else {"lift": lift})}


TRIALS = "every choice of transactions tried, and a regular expression over them; both agree"
SETS = {"A": ["a"], "B": ["b"], "C": ["c"], "AB": ["a", "b"], "D": ["d"], "none": []}
SEQUENCES = {
    "a": (["A"], []), "b": (["B"], []), "c": (["C"], []), "d": (["D"], []), "ab": (["AB"], []),
    "a-b": (["A", "B"], [LATER]), "a,b": (["A", "B"], [SAME]), "a.b": (["A", "B"], [NEXT]),
    "a?b": (["A", "B"], [UNKNOWN]), "a.b-c": (["A", "B", "C"], [NEXT, LATER]),
    "a-b,c": (["A", "B", "C"], [LATER, SAME]), "a.a.b": (["A", "A", "B"], [NEXT, NEXT]),
    "any": (["none"], []),
}
RULES = [(f"{left}=>{mark}{right}", left, delimiter, right, measures(confidence, support, lift))
         for left, mark, delimiter, right, confidence, support, lift in (
             ("a", "-", LATER, "c", 0.5, 0.3, 1.5), ("a-b", "-", LATER, "c", 0.8, 0.1, None),
             ("a,b", ".", NEXT, "c", 0.7, 0.1, 0.9), ("a.b", ",", SAME, "c", 0.5, 0.2, 3.0),
             ("a?b", "?", UNKNOWN, "d", 0.6, 0.05, 2.0), ("a.b-c", "-", LATER, "a", 0.9, 0.4, None),
             ("a-b,c", "-", LATER, "d", 0.4, 0.1, 1.0), ("a.a.b", "-", LATER, "d", 0.95, 0.1, 1.2),
             ("ab", "-", LATER, "a-b", 0.3, 0.1, 1.1), ("any", "-", LATER, "any", 0.01, 0.9, 1.0))]
GROUPS = [
    [["a"], ["b"], ["c"]], [["a", "b"], ["c"]], [["a"], ["d"], ["b"], ["c"]], [["b"], ["a"]],
    [["a"], ["a"], ["b"]], [["a"], ["b"], ["a"], ["a"], ["b"], ["c", "b"], ["d"]], [["a"], ["b", "c"]],
    [["a", "b"], ["a"], ["b"]], [["x", "a"], [], ["b"]], [[]], [], [["c"], ["c"]],
    [["a", "b", "c", "d"]], [["a"], ["c"], ["a"], ["b"], ["d", "a"]], [["a", None], ["b"]],
]
MODEL = Model(SETS, SEQUENCES, RULES)
RECORDS = [{"id": str(i), "item": g} for i, g in enumerate(GROUPS)]
RECORDS += [
    {"item": ["a", "b", "c"]},  # without times each item is a transaction
    {"item": ["a", "b", "c"], "t": [2, 1, 3]},  # the order field puts them in order
    {"item": ["a", "b", "c"], "t": [1, 1, 2]},  # equal times are one transaction
    {"item": ["c", "b", "a"], "t": [5.5, -1, 5.5]},
    {"item": [["b"], ["a"], ["c"], ["b"]], "t": [3, 1, 4, 1]},  # lists and times together
    {"item": "a"}, {"item": "a", "t": 7}, {"item": None}, {}, {"t": [1, 2]},
    {"item": ["a", "b"], "t": [1, None]},
]
wanted = default_results(MODEL, RECORDS)
MISFITS = [{"item": ["a", "b"], "t": [1]}, {"item": ["a", "b"], "t": [1, 2, 3]}, {"item": ["a", "b"], "t": [1, "x"]}]
case("delimiters", MODEL.document(isScorable="true"), RECORDS + MISFITS, wanted + ["invalid"] * len(MISFITS), TRIALS,
     "One record is one group; a transaction is a time window. gap=\"false\" is the next transaction, \"unknown\" is "
     "any later one. A rule fires where its antecedent occurs (recommendation). Constraints and Time tell how the model "
     "was found and exclude nothing. Times that do not fit the transactions are invalid; a time that is not known "
     "leaves the order unknown.")

ALGORITHMS = ("recommendation", "exclusiveRecommendation", "ruleAssociation")
outputs = [{"name": f"{a} {b} {o}", "feature": "ruleId", "algorithm": a, "rankBasis": b, "rankOrder": o, "rank": 0}
           for a in ALGORITHMS for b in ("confidence", "support", "lift") for o in ("descending", "ascending")]
numbers = {"dataType": "double"}
outputs += [{"name": f, "feature": f, **(numbers if f in ("confidence", "support", "lift") else {})}
            for f in ("ruleId", "entityId", "antecedent", "consequent", "rule", "confidence", "support", "lift")]
outputs += [{"name": "second", "feature": "rule", "rank": 2}, {"name": "all", "feature": "consequent", "rank": 0}]
case("outputs", MODEL.document(outputs), RECORDS, [{o["name"]: MODEL.answer(r, o) for o in outputs} for r in RECORDS],
     TRIALS + "; fired rules sorted by each measure",
     "An Output, which the schema does not give a SequenceModel, is honoured. exclusiveRecommendation: the antecedent "
     "occurs and the whole rule does not; ruleAssociation: the whole rule occurs. Without @algorithm: recommendation. "
     "Several sets are written {a},{b,c}.")

# ---- SetPredicates stand for sets, beside Itemsets
predicated = Model(SETS, {k: v for k, v in SEQUENCES.items() if "none" not in v[0]}, RULES[:-1])
case("set_predicates", predicated.document(predicates={"B": "supersetOf", "AB": None}), RECORDS,
     default_results(predicated, RECORDS), TRIALS, "A SetPredicate is met by a transaction that holds all its values.")

# ---- dates as times; no order field at all; a taxonomy
DATED = [{"item": ["b", "a", "c"], "t": ["2024-02-29", "2024-02-28", "2024-03-01"]},
         {"item": [["a"], ["b"]], "t": ["2024-01-01", "2023-12-31"]},
         {"item": ["a", "b"], "t": ["2024-01-01", "2024-01-01"]}]
case("dates", MODEL.document(order_type="date"), DATED, default_results(MODEL, DATED), TRIALS)
UNORDERED = Model(SETS, SEQUENCES, RULES, order=None)
case("unordered", UNORDERED.document(function="associationRules"), RECORDS[:15],
     default_results(UNORDERED, RECORDS[:15]), TRIALS,
     "Without an order field the transactions of a group come in their order, one unit of time apart.")
ABOVE = {"ale": ["a"], "rye": ["b", "c"]}
TAXONOMY = tag("Taxonomy", tag("ChildParent", tag("InlineTable", "".join(
    tag("row", tag("child", c) + tag("parent", p)) for c, above in ABOVE.items() for p in above)),
    childField="child", parentField="parent", parentLevelField="level"), name="goods")
tree = Model(SETS, SEQUENCES, RULES, below=ABOVE)
NAMED = [{"item": [["ale"], ["rye"]]}, {"item": [["rye"], ["ale", "b"]]}, {"item": ["ale", "x", "b"], "t": [3, 2, 1]},
         {"item": [["ale"], ["ale"], ["rye"], ["d"]]}]
case("taxonomy", tree.document(taxonomy=TAXONOMY), NAMED, default_results(tree, NAMED), TRIALS)

# ---- as a segment under a predicate, its rules read from outside
inside = [{"name": "rules", "feature": "ruleId", "rank": 0}, {"name": "next", "feature": "consequent"}]
text = MODEL.document(inside)
model = re.search("<SequenceModel.*</SequenceModel>", text, re.S).group(0)
schema = tag("MiningSchema", tag("MiningField", name="id", usageType="group") +
             tag("MiningField", name="t", usageType="order") + tag("MiningField", name="item") +
             tag("MiningField", name="ask"))
asked = {"name": "asked", "feature": "rule", "algorithm": "ruleAssociation", "rank": 0}
outer = tag("MiningModel", schema + tag("Output", tag("OutputField", dataType="string", segmentId="s", **asked)) +
            tag("Segmentation", tag("Segment", tag("SimplePredicate", field="ask", operator="equal", value="yes") +
                                    model, id="s"), multipleModelMethod="selectFirst"), functionName="sequences")
text = text.replace(model, outer).replace("</DataDictionary>", tag(
    "DataField", name="ask", optype="categorical", dataType="string") + "</DataDictionary>")
RECORDS = [{**r, "ask": ask} for r in RECORDS[:18] for ask in ("yes", "no")]
case("segment", text, RECORDS,
     [{o["name"]: MODEL.answer(r, o) if r["ask"] == "yes" else None for o in (*inside, asked)} for r in RECORDS], TRIALS)


folder.write()
