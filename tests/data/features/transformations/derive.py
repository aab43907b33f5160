#!/usr/bin/env python3
"""Expressions, functions and types: expected values by Python's own arithmetic, calendar and text functions."""
import datetime
import math
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import writing
from writing import Folder, element as e, lines, text

folder = Folder(__file__, "Transformations", layout=lines)
NAN = None  # how a manifest writes "missing"


def field(name, type="double", optype="continuous", *content, **more):
    return e("DataField", *content, name=name, optype=optype, dataType=type, **more)


def ref(name, **more):
    return e("FieldRef", field=name, **more)


def constant(value, type=None, **more):
    return e("Constant", text(value), dataType=type, **more)


def apply(function, *arguments, **more):
    return e("Apply", *arguments, function=function, **more)


def derived(name, expression, type="double", optype="continuous", *values):
    return e("DerivedField", expression, *values, name=name, optype=optype, dataType=type)


def output(name, expression, type="double", optype="continuous", **more):
    return e("OutputField", expression, name=name, optype=optype, dataType=type, feature="transformedValue", **more)


def document(fields, outputs, local=(), shared=(), mining=None, model_attributes=None):
    """A regression that only adds 0: what is tested stands in its transformations and outputs."""
    names = [f.split('name="')[1].split('"')[0] for f in fields]
    schema = mining or [e("MiningField", name=name) for name in names]
    return writing.document(
        fields, e("TransformationDictionary", *shared) if shared else None,
        e("RegressionModel", e("MiningSchema", *schema), e("Output", *outputs),
          e("LocalTransformations", *local) if local else None, e("RegressionTable", intercept=0),
          functionName="regression", **(model_attributes or {})), copyright=None)


# --- every data type in every place that has one ---
DAY, NEXT = datetime.date(2024, 2, 29), datetime.date(1961, 3, 1)
MOMENT, LATER = datetime.datetime(2024, 2, 29, 13, 5, 7), datetime.datetime(1961, 3, 1, 23, 59, 59)


def days_since(day, year):
    start = -366 if year == 0 else datetime.date(year, 1, 1).toordinal() - 1  # year 0 is a leap year
    return day.toordinal() - 1 - start


def seconds_since(moment, year):
    clock = moment.time()
    return days_since(moment.date(), year) * 86400 + clock.hour * 3600 + clock.minute * 60 + clock.second


# type: (optype, two values as a document writes them, the same as results)
TYPES = {
    "string": ("categorical", ("red", "blue"), ("red", "blue")),
    "integer": ("ordinal", ("7", "-3"), (7, -3)),
    "float": ("continuous", ("0.5", "-2.25"), (0.5, -2.25)),
    "double": ("continuous", ("0.1", "1e300"), (0.1, 1e300)),
    "boolean": ("categorical", ("true", "false"), (True, False)),
    "date": ("ordinal", ("2024-02-29", "1961-03-01"), ("2024-02-29", "1961-03-01")),
    "time": ("ordinal", ("13:05:07", "00:00:30"), ("13:05:07", "00:00:30")),
    "dateTime": ("ordinal", (MOMENT.isoformat(), LATER.isoformat()), (MOMENT.isoformat(), LATER.isoformat())),
    "timeSeconds": ("continuous", ("13:05:07", "00:00:30"), (13 * 3600 + 5 * 60 + 7, 30)),
}
for year in (0, 1960, 1970, 1980):
    TYPES[f"dateDaysSince[{year}]"] = ("continuous", (DAY.isoformat(), NEXT.isoformat()),
                                       (days_since(DAY, year), days_since(NEXT, year)))
    TYPES[f"dateTimeSecondsSince[{year}]"] = ("continuous", (MOMENT.isoformat(), LATER.isoformat()),
                                              (seconds_since(MOMENT, year), seconds_since(LATER, year)))

for type, (optype, (first, second), (one, two)) in TYPES.items():
    bins = [e("DiscretizeBin", e("Interval", closure="closedOpen", rightMargin=0), binValue=first),
            e("DiscretizeBin", e("Interval", closure="closedOpen", leftMargin=0), binValue=second)]
    table = e("InlineTable", e("row", e("key", "1"), e("out", text(first))), e("row", e("key", "2"), e("out", text(second))))
    function = e("DefineFunction", e("ParameterField", name="p", optype=optype, dataType=type), ref("p"),
                 name="same", optype=optype, dataType=type)
    locals_ = [derived("copied", ref("x"), type, optype),
               derived("constant", constant(first, type), type, optype),
               derived("binned", e("Discretize", *bins, field="k", dataType=type), type, optype),
               derived("mapped", e("MapValues", e("FieldColumnPair", field="key", column="key"), table, outputColumn="out", dataType=type), type, optype),
               derived("called", apply("same", ref("x")), type, optype)]
    names = ["copied", "constant", "binned", "mapped", "called"]
    name = "type_" + type.replace("[", "_").replace("]", "")
    folder.case(name,
                document([field("x", type, optype), field("k"), field("key", "string", "categorical")],
                         [output(f"{n}_out", ref(n), type, optype) for n in names], locals_, [function]),
                [{"x": first, "k": -1, "key": "1"}, {"x": second, "k": 1, "key": "2"}, {"k": 0, "key": "3"}],
                [dict(zip([n + "_out" for n in names], values)) for values in
                 ((one, one, one, one, one), (two, one, two, two, two), (NAN, one, two, NAN, NAN))],
                "the values themselves; days and seconds since a year's beginning by Python's proleptic calendar, year 0 being a leap year")

# --- built-in functions that no other document calls ---
x, y = 0.375, -1.5
NUMERIC = {
    "min": (apply("min", ref("x"), ref("y"), constant("0.1", "double")), min(x, y, 0.1)),
    "product": (apply("product", ref("x"), ref("y"), constant("4", "double")), x * y * 4),
    "log10": (apply("log10", ref("x")), math.log10(x)),
    "sqrt": (apply("sqrt", ref("x")), math.sqrt(x)),
    "floor": (apply("floor", ref("y")), -2),
    "ceil": (apply("ceil", ref("y")), -1),
    "round": (apply("round", ref("y")), -1),  # halves go up
    "sin": (apply("sin", ref("x")), math.sin(x)),
    "asin": (apply("asin", ref("x")), math.asin(x)),
    "cos": (apply("cos", ref("x")), math.cos(x)),
    "acos": (apply("acos", ref("x")), math.acos(x)),
    "cosh": (apply("cosh", ref("x")), math.cosh(x)),
    "tan": (apply("tan", ref("x")), math.tan(x)),
    "tanh": (apply("tanh", ref("x")), math.tanh(x)),
    "atan2": (apply("x-atan2", ref("x"), ref("y")), math.atan2(x, y)),
    "midnight": (apply("dateSecondsSinceMidnight", constant("12:30:05")), 12 * 3600 + 30 * 60 + 5),
}
folder.case("functions_numeric",
            document([field("x"), field("y")], [output(name, expression) for name, (expression, _) in NUMERIC.items()]),
            [{"x": x, "y": y}, {"x": None, "y": None}],
            [{name: value for name, (_, value) in NUMERIC.items()},
             {name: {"min": 0.1, "product": 4, "midnight": 45005}.get(name) for name in NUMERIC}],
            "Python's math module; of missing arguments only min and product leave out what is missing")

TRUTH = {"t": True, "f": False, "n": None}
LOGIC = {
    "present": apply("isNotMissing", ref("a")),
    "valid": apply("isValid", ref("n")),
    "not_valid": apply("isNotValid", ref("n")),
    "same": apply("equal", ref("n"), constant("2", "integer")),
    "differs": apply("notEqual", ref("n"), constant("2", "integer")),
    "at_least": apply("greaterOrEqual", ref("n"), constant("2", "integer")),
    "both": apply("and", ref("a"), ref("b")),
    "either": apply("or", ref("a"), ref("b")),
    "negated": apply("not", ref("a")),
    "among": apply("isIn", ref("n"), constant("1", "integer"), constant("2", "integer")),
    "not_among": apply("isNotIn", ref("n"), constant("1", "integer"), constant("2", "integer")),
}


def both(a, b):
    return False if a is False or b is False else None if None in (a, b) else True


def either(a, b):
    return True if a is True or b is True else None if None in (a, b) else False


def logic(a, b, n):
    known = n is not None
    return {"present": a is not None, "valid": known, "not_valid": not known, "same": n == 2 if known else None,
            "differs": n != 2 if known else None, "at_least": n >= 2 if known else None, "both": both(a, b),
            "either": either(a, b), "negated": not a if a is not None else None, "among": n in (1, 2) if known else None,
            "not_among": n not in (1, 2) if known else None}


rows = [(True, True, 2), (True, False, 3), (False, None, 1), (None, True, None), (None, None, 2)]
folder.case("functions_logic",
            document([field("a", "boolean", "categorical"), field("b", "boolean", "categorical"), field("n", "integer")],
                     [output(name, expression, "boolean", "categorical") for name, expression in LOGIC.items()]),
            [dict(a=a, b=b, n=n) for a, b, n in rows], [logic(*row) for row in rows],
            "three-valued logic written out: false decides `and`, true decides `or`, whatever the rest is")

folder.case("functions_format",
            document([field("x"), field("d", "date", "ordinal")],
                     [output("fixed", apply("formatNumber", ref("x"), constant("%3.1f", "string")), "string", "categorical"),
                      output("padded", apply("formatNumber", apply("round", ref("x")), constant("%5d", "string")), "string", "categorical"),
                      output("day", apply("formatDatetime", ref("d"), constant("%m/%d/%y", "string")), "string", "categorical"),
                      output("year", apply("formatDatetime", ref("d"), constant("%Y-%j", "string")), "string", "categorical")]),
            [{"x": 12.34, "d": "2024-02-29"}, {"x": -0.06, "d": "1999-12-31"}, {}],
            [{"fixed": "%3.1f" % 12.34, "padded": "%5d" % 12, "day": DAY.strftime("%m/%d/%y"), "year": DAY.strftime("%Y-%j")},
             {"fixed": "%3.1f" % -0.06, "padded": "%5d" % 0, "day": "12/31/99", "year": "1999-365"},
             {"fixed": None, "padded": None, "day": None, "year": None}],
            "Python's own printf and strftime, which follow the same conventions")

# --- missing and invalid values in expressions ---
negative = apply("ln", ref("x"))
folder.case("missing_and_invalid",
            document([field("x"), field("c", "string", "categorical")],
                     [output("mapped", ref("x", mapMissingTo="-1")),
                      output("line", e("NormContinuous", e("LinearNorm", orig=0, norm=0), e("LinearNorm", orig=2, norm=1), field="x", mapMissingTo="0.25")),
                      output("dummy", e("NormDiscrete", field="c", value="red", mapMissingTo="0.5")),
                      output("bin", e("Discretize", e("DiscretizeBin", e("Interval", closure="openOpen", leftMargin=0, rightMargin=1), binValue="7"),
                                      field="x", dataType="integer", defaultValue="-7", mapMissingTo="9"), "integer"),
                      output("nothing", constant("1", "double", missing="true")),
                      output("as_missing", apply("ln", ref("x"), invalidValueTreatment="asMissing", defaultValue="-5")),
                      output("as_is", apply("abs", ref("x"), invalidValueTreatment="asIs")),
                      output("default", apply("ln", apply("abs", ref("x")), invalidValueTreatment="returnInvalid", defaultValue="3"))],
                     ),
            [{"x": 0.5, "c": "red"}, {"x": 1, "c": "blue"}, {"x": -1, "c": None}, {"x": None, "c": "red"}],
            [{"mapped": 0.5, "line": 0.25, "dummy": 1, "bin": 7, "nothing": None, "as_missing": math.log(0.5), "as_is": 0.5, "default": math.log(0.5)},
             {"mapped": 1, "line": 0.5, "dummy": 0, "bin": -7, "nothing": None, "as_missing": 0, "as_is": 1, "default": 0},
             {"mapped": -1, "line": -0.5, "dummy": 0.5, "bin": -7, "nothing": None, "as_missing": -5, "as_is": 1, "default": 0},
             {"mapped": -1, "line": 0.25, "dummy": 1, "bin": 9, "nothing": None, "as_missing": -5, "as_is": None, "default": 3}],
            "written out by hand from the attributes' definitions")

folder.case("real_replacements",
            document([field("k", "integer")],
                     [output("sum", apply("+", ref("k"), constant("1", "integer"), defaultValue="0.5")),
                      output("mapped", apply("+", ref("k"), constant("1", "integer"), mapMissingTo="0.25")),
                      output("itself", ref("k", mapMissingTo="-0.5"))]),
            [{"k": 2}, {"k": None}], [{"sum": 3, "mapped": 3, "itself": 2}, {"sum": 0.5, "mapped": 0.25, "itself": -0.5}],
            "the surrounding field is real, so what stands in for an integer may be")

# --- Aggregate ---
AGGREGATES = ("count", "sum", "average", "min", "max", "multiset")


def aggregate(values, function):
    present = [v for v in values if v is not None]
    if function == "count":
        return len(present)
    if function == "multiset":
        return values
    if not present:
        return None
    return {"sum": sum, "average": statistics.fmean, "min": min, "max": max}[function](present)


groups = [[3, 1.5, None, 8], [2.5], [None, None]]
folder.case("aggregate",
            document([field("id", "string", "categorical"), field("amount")],
                     [output(f"{f}_of", ref(f), "integer" if f == "count" else "double") for f in AGGREGATES],
                     [derived(f, e("Aggregate", field="amount", function=f, groupField="id"), "integer" if f == "count" else "double")
                      for f in AGGREGATES],
                     mining=[e("MiningField", name="id", usageType="group"), e("MiningField", name="amount")]),
            [{"id": "a", "amount": g} for g in groups],
            [{f"{f}_of": aggregate(g, f) for f in AGGREGATES} for g in groups],
            "over the present values of the group",
            reading="a record is a group: the field holds its values as a list")

# --- Lag over a window, with blocks ---
LAGS = ("avg", "max", "median", "min", "product", "sum", "stddev")


def lag(past, function, n):
    if len(past) < n:
        return None
    window = past[-n:]
    return {"avg": statistics.fmean, "max": max, "median": statistics.median, "min": min, "product": math.prod,
            "sum": math.fsum, "stddev": statistics.stdev}[function](window)


sequence = [("a", 2.0), ("a", 3.5), ("b", 10.0), ("a", -1.0), ("b", 4.0), ("a", 6.0), ("b", 5.0), ("b", 1.0)]
past, expected = {"a": [], "b": []}, []
for block, value in sequence:
    expected.append({f"{f}_of": lag(past[block], f, 3) for f in LAGS} | {"last": past[block][-1] if past[block] else None})
    past[block].append(value)
folder.case("lag_windows",
            document([field("shop", "string", "categorical"), field("sales")],
                     [output(f"{f}_of", ref(f)) for f in LAGS] + [output("last", ref("one"))],
                     [derived(f, e("Lag", e("BlockIndicator", field="shop"), field="sales", n=3, aggregate=f)) for f in LAGS]
                     + [derived("one", e("Lag", e("BlockIndicator", field="shop"), field="sales"))]),
            [{"shop": shop, "sales": sales} for shop, sales in sequence], expected,
            "Python's statistics module over the last three values of the same block; nothing before there are three",
            mode="sequence")

# --- TextIndex ---
def text_index(name, **attributes):
    inner = attributes.pop("inner", "")
    return output(name, e("TextIndex", inner, constant(attributes.pop("term")), textField="t", **attributes))


normal = e("TextIndexNormalization", e("InlineTable",
           e("row", e("string", "cats?"), e("stem", "pet"), e("regex", "true")),
           e("row", e("string", "dog"), e("stem", "pet"), e("regex", "false")),
           e("row", e("string", "pet pet"), e("stem", "pets"), e("regex", "false"))),
           inField="string", outField="stem", regexField="regex", recursive="true", wordSeparatorCharacterRE="[\\s;]+", tokenize="true", maxLevenshteinDistance="0")
folder.case("text_index",
            document([field("t", "string", "categorical")],
                     [text_index("binary", term="sun", localTermWeights="binary"),
                      text_index("count", term="sun", localTermWeights="termFrequency"),
                      text_index("log", term="sun", localTermWeights="logarithmic"),
                      text_index("augmented", term="sun", localTermWeights="augmentedNormalizedTermFrequency"),
                      text_index("near_all", term="moon", localTermWeights="termFrequency", maxLevenshteinDistance="1", countHits="allHits"),
                      text_index("near_best", term="moon", localTermWeights="termFrequency", maxLevenshteinDistance="1", countHits="bestHits"),
                      text_index("separated", term="star", localTermWeights="termFrequency", wordSeparatorCharacterRE="[\\s;]+", tokenize="true"),
                      text_index("pets", term="pets", localTermWeights="binary", inner=normal)]),
            [{"t": "sun moon sun mon; moon"}, {"t": "star;star sun"}, {"t": "dog cats"}, {"t": None}],
            [{"binary": 1, "count": 2, "log": math.log10(1 + 2), "augmented": 0.5 * (1 + 2 / 2), "near_all": 3, "near_best": 2, "separated": 0, "pets": 0},
             {"binary": 1, "count": 1, "log": math.log10(1 + 1), "augmented": 0.5 * (1 + 1 / 1), "near_all": 0, "near_best": 0, "separated": 2, "pets": 0},
             {"binary": 0, "count": 0, "log": 0, "augmented": 0, "near_all": 0, "near_best": 0, "separated": 0, "pets": 1},
             dict.fromkeys(("binary", "count", "log", "augmented", "near_all", "near_best", "separated", "pets"))],
            "counted by hand; weights by their formulas of the specification")

folder.write()
