#!/usr/bin/env python3
"""Writes the cases for Targets and Output: arithmetic in plain Python, dates by its datetime module."""
import functools
import datetime
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, field, schema, text_field

folder = Folder(__file__, "Output", "output", 1e-12)
document = functools.partial(writing.document, copyright=None)


def outputs(*fields):
    """(name, optype, dataType, attributes, content)"""
    return "   <Output>\n" + "".join(
        f'    <OutputField name="{n}" optype="{o}" dataType="{t}" {a}>{c}</OutputField>\n'
        for n, o, t, a, c in fields) + "   </Output>\n"


def linear(target, targets, output="", coefficient=1):
    return ('  <RegressionModel functionName="regression">\n' + schema(["x"], [target]) + output + targets +
            f'   <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="{coefficient}"/></RegressionTable>\n'
            "  </RegressionModel>")


# ---- Target: limits, then factor, then constant, then castInteger ---------------------------------------------------------

records = [dict(x=x) for x in (-9, -2.5, -1.25, -0.5, -0.25, 0, 0.25, 0.5, 1.25, 2.5, 2.75, 9)] + [{}]
CASTS = {"ceiling": math.ceil, "floor": math.floor, "round": lambda v: math.floor(v + 0.5)}
for name, cast in CASTS.items():
    folder.case(name, document(
        [field("x"), field("y")],
        linear("y", f'   <Targets><Target field="y" optype="continuous" castInteger="{name}" min="-2" max="2.75" '
               'rescaleFactor="2" rescaleConstant="0.25"><TargetValue defaultValue="-7.5"/></Target></Targets>\n')),
        records, [{"y": cast(min(max(r["x"], -2), 2.75) * 2 + 0.25) if "x" in r else -7.5} for r in records],
        f"{name}(2 · x within [-2, 2.75] + 0.25); the default where there is no prediction",
        "The default stands as it is: neither cut nor scaled nor cast.")

# ---- Target@optype says that the classes are ordered: cumulative probabilities -------------------------------------------

LEVELS = ["lo", "mid", "hi"]
TABLES = "".join(f'   <RegressionTable intercept="{i}" targetCategory="{c}"><NumericPredictor name="x" coefficient="-1"/>'
                 "</RegressionTable>\n" for c, i in zip(LEVELS, (0, 2, 0)))
SHARES = outputs(*((f"p_{c}", "continuous", "double", f'feature="probability" value="{c}"', "") for c in LEVELS))
records, expected = [dict(x=x) for x in (-3, 0, 1, 2.5, 6)], []
for r in records:
    below = [1 / (1 + math.exp(-(i - r["x"]))) for i in (0, 2)]
    p = dict(zip(LEVELS, (below[0], below[1] - below[0], 1 - below[1])))
    expected.append({"y": max(p, key=p.get)} | {f"p_{c}": v for c, v in p.items()})
folder.case("ordinal_target", document(
    [field("x"), text_field("y", LEVELS)],
    '  <RegressionModel functionName="classification" normalizationMethod="logit">\n' + schema(["x"], ["y"]) + SHARES +
    '   <Targets><Target field="y" optype="ordinal"/></Targets>\n' + TABLES + "  </RegressionModel>"),
    records, expected, "P(y <= level) = logit⁻¹(intercept - x), differences of neighbours",
    "Target@optype takes the place of the DataField's.")

# ---- display values, priors, and defaults --------------------------------------------------------------------------------

DISPLAY = ('  <DataField name="y" optype="categorical" dataType="string"><Value value="a" displayValue="ay"/>'
           '<Value value="b" displayValue="bee"/><Value value="c"/></DataField>\n')
TREE = ('   <Node><True/>\n' + "".join(
    f'    <Node score="{c}"><SimplePredicate field="x" operator="lessThan" value="{i}"/>'
    f'<ScoreDistribution value="{c}" recordCount="8"/><ScoreDistribution value="b" recordCount="2"/></Node>\n'
    if c != "b" else
    f'    <Node score="b"><SimplePredicate field="x" operator="lessThan" value="{i}"/>'
    '<ScoreDistribution value="b" recordCount="1"/></Node>\n'
    for i, c in enumerate("abc")) + "   </Node>\n")
PRIORS = ('   <Targets><Target field="y" optype="categorical">'
          '<TargetValue value="a" displayValue="Alpha" priorProbability="0.2"/><TargetValue value="b" priorProbability="0.2"/>'
          '<TargetValue value="c" priorProbability="0.6"/></Target></Targets>\n')
SHOWN = outputs(("shown", "categorical", "string", 'feature="predictedDisplayValue"', ""),
                ("p", "continuous", "double", 'feature="probability"', ""),
                *((f"p_{c}", "continuous", "double", f'feature="probability" value="{c}"', "") for c in "abc"))
distribution = {"a": (0.8, 0.2, 0), "b": (0, 1, 0), "c": (0, 0.2, 0.8)}
words = {"a": "Alpha", "b": "bee", "c": "c"}
records = [dict(x=-1), dict(x=0.5), dict(x=1.5), dict(x=5), {}]
expected = []
for c in ("a", "b", "c", None, None):
    p = distribution[c] if c else (0.2, 0.2, 0.6)
    c = c or "c"
    expected.append({"y": c, "shown": words[c], "p": p["abc".index(c)]} | dict(zip(("p_a", "p_b", "p_c"), p)))
folder.case("priors", document(
    [field("x"), DISPLAY], '  <TreeModel functionName="classification">\n' + schema(["x"], ["y"]) + SHOWN + PRIORS +
    TREE + "  </TreeModel>"), records, expected,
    "the words of the TargetValue, else of the DataField, else the value; the priors where no node is reached")

# ---- the actual value: residuals of a number and of classes ---------------------------------------------------------------

folder.case("residual", document(
    [field("x"), field("y")], linear("y", "", outputs(("rest", "continuous", "double", 'feature="residual"', "")), 2)),
    [dict(x=3, y=5), dict(x=3), dict(y=5), dict(x=0.5, y=-1)],
    [{"y": 6, "rest": -1}, {"y": 6, "rest": None}, {"y": None, "rest": None}, {"y": 1, "rest": -2}], "y - 2x")

# ---- OutputField@dataType casts the value; later fields see earlier ones --------------------------------------------------

DATE_TYPES = ["date", "time", "dateTime", "dateDaysSince[0]", "dateDaysSince[1960]", "dateDaysSince[1970]",
              "dateDaysSince[1980]", "timeSeconds", "dateTimeSecondsSince[0]", "dateTimeSecondsSince[1960]",
              "dateTimeSecondsSince[1970]", "dateTimeSecondsSince[1980]"]
YEAR0 = 366  # days of year 0, which Python's calendar does not have


def moment(text, datatype):
    at = datetime.datetime.fromisoformat(text)
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    plain = {"date": at.date().isoformat(), "time": at.time().isoformat(), "dateTime": at.isoformat(),
             "timeSeconds": seconds}
    if datatype in plain:
        return plain[datatype]
    year = int(datatype[datatype.index("[") + 1:-1])
    start = datetime.date(year, 1, 1).toordinal() if year else datetime.date(1, 1, 1).toordinal() - YEAR0
    days = at.date().toordinal() - start
    return days if datatype.startswith("dateDays") else days * 86400 + seconds


WHEN = "<FieldRef field=\"when\"/>"
CHAIN = [(t, "continuous" if "[" in t or t == "timeSeconds" else "categorical", t, 'feature="transformedValue"', WHEN)
         for t in DATE_TYPES]
NUMBERS = [("text", "categorical", "string", 'feature="predictedValue"', ""),
           ("whole", "continuous", "integer", 'feature="predictedValue"', ""),
           ("single", "continuous", "float", 'feature="transformedValue"', '<FieldRef field="x"/>'),
           ("twice", "continuous", "double", 'feature="transformedValue"',
            '<Apply function="*"><FieldRef field="whole"/><Constant>2</Constant></Apply>'),
           ("flag", "categorical", "boolean", 'feature="transformedValue"',
            '<Apply function="greaterThan"><FieldRef field="twice"/><Constant>5</Constant></Apply>'),
           ("verdict", "categorical", "string", 'feature="decision"',
            '<Decisions><Decision value="go"/><Decision value="stop"/></Decisions>'
            '<Apply function="if"><FieldRef field="flag"/><Constant>go</Constant><Constant>stop</Constant></Apply>'),
           ("word of warning", "categorical", "string", 'feature="warning"', ""),
           ("account", "categorical", "string", 'feature="report"', "")]
records = [dict(x=2.5, when="2024-02-29T13:05:07"), dict(x=-0.5, when="1959-12-31T00:00:00"),
           dict(x=2.25, when="0001-01-01T23:59:59"), dict(x=4)]
expected = []
for r in records:
    x, whole = r["x"], math.floor(r["x"] + 0.5)
    dates = {t: moment(r["when"], t) if "when" in r else None for t in DATE_TYPES}
    expected.append(dates | {"y": x, "text": str(x), "whole": whole, "single": x, "twice": 2 * whole,
                             "flag": 2 * whole > 5, "verdict": "go" if 2 * whole > 5 else "stop",
                             "word of warning": None, "account": None})
folder.case("data_types", document(
    [field("x"), field("when", "categorical", "dateTime"), field("y")],
    linear("y", "", outputs(*CHAIN, *NUMBERS)).replace('<MiningField name="x"/>', '<MiningField name="x"/><MiningField name="when"/>')),
    records, expected, "casts by the calendar; halves go up; every field may use those before it",
    "A dateTime has a date and a time of day. No warning or report is made for a record that scores.")

folder.write()
