#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder: RegressionModel.

Linear predictors are summed here from the terms by hand; probabilities come from scipy's distributions (logistic,
normal, Gumbel, Cauchy), which must agree with the formulas that the specification gives for the links.

usage: derive.py     (needs scipy)
"""
import math
import pathlib
import struct
import sys

import scipy.stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import writing
from writing import (Folder, class_outputs, element as e, field, indented, missing_classes, output,
                     probabilities, schema, text_field)

FOLDER = Folder(__file__, "Regression", "regression", 1e-10, layout=indented)
case = FOLDER.case


def document(fields, model, version="4.4"):
    return writing.document(fields, model, version=version, numberOfFields=len(fields))


DISTRIBUTIONS = {
    "logit": scipy.stats.logistic, "probit": scipy.stats.norm, "cloglog": scipy.stats.gumbel_l, "loglog":
    scipy.stats.gumbel_r, "cauchit": scipy.stats.cauchy
}
FORMULAS = {
    "logit": lambda y: 1 / (1 + math.exp(-y)), "probit": lambda y: (1 + math.erf(y / math.sqrt(2))) / 2, "cloglog":
    lambda y: 1 - math.exp(-math.exp(y)), "loglog": lambda y: math.exp(-math.exp(-y)), "cauchit":
    lambda y: 0.5 + math.atan(y) / math.pi
}


def inverse_link(link, y):
    if link in ("none", "exp"):
        return y if link == "none" else math.exp(y)
    link = "logit" if link == "softmax" else link
    value = float(DISTRIBUTIONS[link].cdf(y))
    assert math.isclose(value, FORMULAS[link](y), rel_tol=1e-12, abs_tol=1e-15), (link, y)
    return value


def table(intercept, terms, category=None):
    """terms: ("x", coefficient[, exponent]), ("g", "value", coefficient) or (("x", "z"), coefficient)."""
    children = []
    for t in terms:
        if isinstance(t[0], tuple):
            children.append(
                e("PredictorTerm", [e("FieldRef", field=f) for f in t[0]], name="*".join(t[0]), coefficient=t[1]))
        elif isinstance(t[1], str):
            children.append(e("CategoricalPredictor", name=t[0], value=t[1], coefficient=t[2]))
        else:
            children.append(e("NumericPredictor", name=t[0], coefficient=t[1], exponent=t[2] if len(t) > 2 else None))
    order = ["NumericPredictor", "CategoricalPredictor", "PredictorTerm"]
    children.sort(key=lambda c: order.index(c.split()[0][1:]))
    return e("RegressionTable", children, intercept=intercept, targetCategory=category)


def regression_model(schema, tables, outputs=(), **attributes):
    children = [schema] + ([e("Output", outputs)] if outputs else []) + tables
    return e("RegressionModel", children, isScorable="true", **attributes)


def regressions():
    """One table with every kind of term, through every link of a regression."""
    fields = [
        field("x"),
        field("z"),
        text_field("g", ["u", "v", "w"]),
        field("y")
    ]
    terms = [("x", 0.5), ("x", -0.1, 2), ("z", 0.3, 0), ("z", 0.2, -1), ("g", "u", 0.7), ("g", "v", -0.4),
             (("x", "z"), 0.25), (("x", "x", "z"), -0.05)]

    def predictor(x, z, g):
        y = 0.1 + 0.5 * x - 0.1 * x * x + 0.3 + 0.2 / z + 0.25 * x * z - 0.05 * x * x * z
        return y + {"u": 0.7, "v": -0.4}.get(g, 0)

    rows = [(1, 2, "u"), (-2, 0.5, "v"), (0, 1, "w"), (3, -4, None), (0.25, 8, "u")]
    records = [dict(zip("xzg", r)) for r in rows]
    holes = [{"x": None, "z": 1, "g": "u"}, {"x": 1, "z": None, "g": "u"}, {"x": 1, "z": 1, "g": "other"},
             {"x": None, "z": 1, "g": "other"}]
    for link in ("none", "exp", "logit", "softmax", "probit", "cloglog", "loglog", "cauchit"):
        model = regression_model(schema("xzg", ["y"]), [table(0.1, terms)],
                                 functionName="regression",
                                 normalizationMethod=link)
        expected = [{"y": inverse_link(link, predictor(*r))}
                    for r in rows] + [{"y": None}, {"y": None}, "invalid", "invalid"]
        case(
            "link_" + link, document(fields,
                                     model), records + holes, expected, "terms summed by hand, then the inverse link",
            "A missing category contributes nothing, any other missing predictor makes the result missing; an invalid one outweighs "
            "a missing one.")
    model = regression_model(schema("xzg", ["y"]), [table(None, [])], functionName="regression")
    case("no_terms", document(fields, model), [{"x": 1}, {}], [{"y": 0.0}] * 2, "no intercept and no term: 0")
    # 0^0 is 1; a power that has no value is invalid, an infinite one infinite.
    model = regression_model(schema("xz", ["y"]), [table(0, [("x", 1, 0), ("z", 1, 0.5)])],
                             functionName="regression")
    case("powers", document(
        [field("x"), field("z"),
         field("y")], model), [{"x": 0, "z": 4}, {"x": 5, "z": -1}, {"x": None, "z": 4}],
         [{"y": 3.0}, "invalid", {"y": None}], "x^0 + sqrt(z)",
         "Exponent 0 does not make a missing predictor present.")


CATEGORIES = ["low", "mid", "high"]


def shares(link, y):
    """Probabilities of several classes that have no order."""
    if link == "softmax":
        return [1 / sum(math.exp(k - c) for k in y) for c in y]
    if link == "simplemax":
        return [v / sum(y) for v in y]
    p = [inverse_link(link, v) for v in y]
    if link == "none" or len(y) == 2:
        return p[:-1] + [1 - sum(p[:-1])]
    return [v / sum(p) for v in p]


def classes():
    rows = [{"x": x} for x in (-1.5, 0, 0.4, 2)]
    for count in (2, 3):
        categories = CATEGORIES[:count]
        fields = [field("x"), text_field("y", categories)]
        for link in ("none", "simplemax", "softmax", "logit", "probit", "cloglog", "loglog", "cauchit"):
            # Shares and probabilities as they are need positive numbers.
            numbers = [(0.3, 0.1), (0.4, -0.05), (0.2, 0.02)] if link in ("none", "simplemax") else [(0.2, 1),
                                                                                                     (-0.5, 0.3),
                                                                                                     (0.4, -0.6)]
            tables = [table(a, [("x", b)], c) for (a, b), c in zip(numbers, categories)]
            if link in ("logit", "probit") and count == 2:
                tables[1] = table(0, [], categories[1])
            model = regression_model(schema("x", ["y"]),
                                     tables,
                                     class_outputs(categories),
                                     functionName="classification",
                                     normalizationMethod=link)
            expected = probabilities(categories,
                                     [shares(link, [a + b * r["x"] for a, b in numbers[:count]]) for r in rows])
            case(
                f"{'binary' if count == 2 else 'classes'}_{link}", document(fields, model), rows + [{"x": None}],
                expected + [missing_classes(categories)],
                "scipy's distributions; the second of two classes closes the sum"
                if count == 2 else "softmax, shares, the rest for the last class, or shares of the inverse links",
                None if count == 2 or link in ("softmax", "simplemax", "none") else
                "Several classes that have no order: the inverse links are scaled to a sum of 1.")


def ordinals():
    """Cumulative probabilities in the order of the target, whatever that of the tables."""
    thresholds = dict(zip(CATEGORIES, (-0.8, 0.9, 0)))
    rows = [{"x": x} for x in (-2, 0, 0.7, 3)]
    for link in DISTRIBUTIONS:
        fields = [field("x"), field("y", "ordinal", "string", CATEGORIES)]
        tables = [table(thresholds[c], [("x", 0.6)] if c != "high" else [], c) for c in ("mid", "high", "low")]
        model = regression_model(schema("x", ["y"]),
                                 tables,
                                 class_outputs(CATEGORIES),
                                 functionName="classification",
                                 normalizationMethod=link)
        expected = []
        for r in rows:
            low, mid = (inverse_link(link, thresholds[c] + 0.6 * r["x"]) for c in ("low", "mid"))
            expected.append([low, mid - low, 1 - mid])
        case("ordinal_" + link, document(fields, model), rows + [{"x": None}],
             probabilities(CATEGORIES, expected) + [missing_classes(CATEGORIES)],
             "differences of scipy's cumulative distribution at a_j + 0.6 x; the last is 1",
             "Cumulative probabilities run in the order of the target's values.")


def others():
    fields = [field("x"), text_field("y", ["no", "yes"])]
    model = regression_model(schema("x", ["y"]), [table(-0.3, [("x", 0.9)], "yes")],
                             class_outputs(["no", "yes"]),
                             functionName="classification",
                             normalizationMethod="softmax",
                             modelType="logisticRegression",
                             targetFieldName="y")
    rows = [{"x": x} for x in (-1, 0.5, 2)]
    p = [inverse_link("logit", -0.3 + 0.9 * r["x"]) for r in rows]
    case("single_table", document(fields, model, "3.2"), rows, probabilities(["no", "yes"], [[1 - v, v] for v in p]),
         "P(yes) = logistic of the only table, P(no) the rest",
         "Exporters before 4.1 write one table for two classes.")
    # A tie, and very large predictors.
    tables = [table(0, [("x", 1)], "a"), table(0, [("x", 1)], "b"), table(0, [("x", -1)], "c")]
    fields = [field("x"), text_field("y", ["a", "b", "c"])]
    model = regression_model(schema("x", ["y"]),
                             tables,
                             class_outputs("abc"),
                             functionName="classification",
                             normalizationMethod="softmax")
    case("softmax_extremes", document(fields, model), [{"x": 1000}, {"x": -1000}, {"x": 0}],
         [{"y": "a", "p_a": 0.5, "p_b": 0.5, "p_c": 0.0}, {"y": "c", "p_a": 0.0, "p_b": 0.0, "p_c": 1.0},
          {"y": "a", "p_a": 1 / 3, "p_b": 1 / 3, "p_c": 1 / 3}],
         "limits of the softmax; the first of equal classes wins")
    # Numbers as classes and as texts.
    fields = [
        text_field("t"),
        field("k", data_type="integer"),
        field("y", "categorical", "integer", ["0", "1"])
    ]
    model = regression_model(
        schema("tk", ["y"]),
        [table(0.5, [("t", 2),
                     ("k", "3", -1.5)], "1"), table(0, [], "0")], [output("p", "probability", value="1")],
        functionName="classification",
        normalizationMethod="cauchit")
    case("types", document(fields, model), [{"t": "0.25", "k": 3}, {"t": "-4", "k": 2}, {"t": "a", "k": 2}],
         [{"y": 1 if v > 0.5 else 0, "p": v}
          for v in (inverse_link("cauchit", 0.5 + 0.5 - 1.5), inverse_link("cauchit", 0.5 - 8))] + ["invalid"],
         "a numeric predictor that is a text, a categorical one that is a whole number")


def floats():
    """x-mathContext="float": binary32 after every operation, and the values that enter one."""
    def f32(v):
        return struct.unpack("f", struct.pack("f", v))[0]
    fields = [field("x"), field("z"), field("y")]
    coefficient, terms = 100.125, [("x", 100.125), ("z", 0.5, 2)]
    model = regression_model(schema(["x", "z"], ["y"]), [table(-2.5, terms)], functionName="regression",
                             **{"x-mathContext": "float"})
    records = [{"x": k / 7, "z": 1 / k} for k in range(1, 30, 2)]
    expected = []
    for r in records:
        x, z = r["x"], r["z"]
        expected.append({"y": f32(f32(-2.5 + f32(coefficient * f32(x))) + f32(0.5 * f32(z * z)))})
    assert any(f32(coefficient * f32(r["x"])) != f32(coefficient * r["x"]) for r in records)
    case("float", document(fields, model), records, expected, "every operation rounded to binary32",
         "A value is rounded before it is multiplied.")


def main():
    regressions()
    classes()
    ordinals()
    others()
    floats()
    FOLDER.write()


if __name__ == "__main__":
    main()
