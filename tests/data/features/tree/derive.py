#!/usr/bin/env python3
"""Writes the TreeModel cases: predicates in three-valued logic over all combinations of values and holes, and the
distributions of nodes. Truth is computed by trying out every completion of the missing values."""
import functools
import itertools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "TreeModel", "tree", 1e-12)
document = functools.partial(writing.document, copyright=None)


def tree(predicate, active, fields, score="1", other="0"):
    """Unknown is told from false by nullPrediction: true gives `score`, false `other`, unknown is missing."""
    return document([*fields, field("y")], '  <TreeModel functionName="regression" isScorable="true" '
                    'missingValueStrategy="nullPrediction" noTrueChildStrategy="returnNullPrediction">\n' +
                    schema(active, ["y"]) + f'   <Node id="root"><True/>\n    <Node score="{score}">{predicate}</Node>\n'
                    f'    <Node score="{other}"><True/></Node>\n   </Node>\n  </TreeModel>')


def bit(name):
    return f'<SimplePredicate field="{name}" operator="equal" value="1"/>'


def completed(r, names, test):
    """1, 0, or None if the answer depends on what is missing."""
    choices = [[r[n]] if n in r else [0, 1] for n in names]
    answers = {test(*values) for values in itertools.product(*choices)}
    return int(answers.pop()) if len(answers) == 1 else None


NAMES = ("a", "b", "c")
BITS = [{n: v for n, v in zip(NAMES, values) if v is not None}
        for values in itertools.product((1, 0, None), repeat=3)]
FIELDS = [field(n, "categorical", "integer") for n in NAMES]
for name, operator, test in (("xor", "xor", lambda a, b, c: (a + b + c) % 2 == 1),
                             ("and", "and", lambda a, b, c: a and b and c),
                             ("or", "or", lambda a, b, c: bool(a or b or c))):
    predicate = f'<CompoundPredicate booleanOperator="{operator}">{"".join(map(bit, NAMES))}</CompoundPredicate>'
    folder.case(name, tree(predicate, NAMES, FIELDS), BITS, [{"y": completed(r, NAMES, test)} for r in BITS],
                "every completion of the missing values is tried; where they disagree the predicate is unknown")

nested = ('<CompoundPredicate booleanOperator="xor"><CompoundPredicate booleanOperator="and">' + bit("a") + bit("b") +
          "</CompoundPredicate><False/><True/>" + bit("c") + "</CompoundPredicate>")
folder.case("xor_nested", tree(nested, NAMES, FIELDS), BITS,
            [{"y": completed(r, NAMES, lambda a, b, c: ((a and b) + 0 + 1 + c) % 2 == 1)} for r in BITS],
            "(a and b) xor false xor true xor c")

records = [dict(s=v) for v in ("red", "light blue", "green", "blue")] + [{}]
for operator in ("isIn", "isNotIn"):
    predicate = (f'<SimpleSetPredicate field="s" booleanOperator="{operator}"><Array type="string" n="2">red '
                 '"light blue"</Array></SimpleSetPredicate>')
    folder.case(operator, tree(predicate, ["s"], [text_field("s")]), records,
                [{"y": None if "s" not in r else int((r["s"] in ("red", "light blue")) == (operator == "isIn"))}
                 for r in records], "membership; a missing value is unknown")
for operator in ("isMissing", "isNotMissing"):
    predicate = f'<SimplePredicate field="s" operator="{operator}"/>'
    folder.case(operator, tree(predicate, ["s"], [text_field("s")]), [dict(s="x"), {}],
                [{"y": int(operator == "isNotMissing")}, {"y": int(operator == "isMissing")}],
                "never unknown")

# ---- probabilities and confidences that are given, and shares of the records where they are not ------------------------

NODE = """   <Node id="0"><True/>
    <Node id="given"><SimplePredicate field="x" operator="lessThan" value="0"/>
     <ScoreDistribution value="a" recordCount="4" probability="0.7" confidence="0.6"/>
     <ScoreDistribution value="b" recordCount="6" probability="0.3" confidence="0.55"/>
    </Node>
    <Node id="counted" score="a"><SimplePredicate field="x" operator="lessThan" value="1"/>
     <ScoreDistribution value="b" recordCount="3"/><ScoreDistribution value="a" recordCount="1"/>
    </Node>
    <Node id="tied"><SimplePredicate field="x" operator="lessThan" value="2"/>
     <ScoreDistribution value="b" recordCount="5"/><ScoreDistribution value="a" recordCount="5"/>
    </Node>
    <Node id="bare" score="b"><True/></Node>
   </Node>
"""
OUT = "   <Output>\n" + "".join(
    f'    <OutputField name="{f[0]}_{c}" optype="continuous" dataType="double" feature="{f}" value="{c}"/>\n'
    for f in ("probability", "confidence") for c in "ab") + "   </Output>\n"
rows = {-1: ("b", "given", 0.7, 0.3, 0.6, 0.55), 0.5: ("a", "counted", 0.25, 0.75, 0.25, 0.75),
        1.5: ("b", "tied", 0.5, 0.5, 0.5, 0.5), 3: ("b", "bare", None, None, None, None)}
folder.case("distribution", document(
    [field("x"), text_field("y", "ab")],
    '  <TreeModel functionName="classification">\n' + schema(["x"], ["y"]) + OUT + NODE + "  </TreeModel>"),
    [dict(x=x) for x in rows], [dict(zip(("y", "@entityId", "p_a", "p_b", "c_a", "c_b"), row)) for row in rows.values()],
    "given numbers stand; else recordCount over the sum; without a score the first class with the most records")

folder.write()
