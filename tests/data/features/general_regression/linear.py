"""Linear models with their errors and intervals, and binomial trials."""
import math

import numpy as np
import scipy.stats
import statsmodels.api as sm

from model import agree, case, document, floats, general_regression
from sample import CELLS, covariance, DESIGN, design_of, fields_of, N, PARAMETERS, RNG, ROWS
from writing import element as e, field, number, output, schema


def linear_models():
    """regression and generalLinear: least squares with Student's intervals."""
    target = DESIGN @ np.array([1, -0.5, 0.3, 0.2, -0.4, 0.6]) + RNG.normal(0, 0.5, N)
    fit = sm.OLS(target, DESIGN).fit()
    x = design_of(ROWS)
    mean = fit.predict(x)
    agree(mean, x @ fit.params)
    spread = np.sqrt(np.einsum("ij,jk,ik->i", x, fit.cov_params(), x))
    agree(fit.get_prediction(x).se_mean, spread)
    for level in (90, 99.5):
        q = scipy.stats.t.ppf(0.5 + level / 200, fit.df_resid)
        agree(
            fit.get_prediction(x).conf_int(alpha=1 - level / 100),
            np.column_stack([mean - q * spread, mean + q * spread]))
    for kind, attributes, shift in (("regression", {}, 0), ("generalLinear", {"offsetValue": "2.5"}, 2.5),
                                    ("generalLinear", {"offsetVariable": "o"}, None)):
        name = kind + ("" if shift == 0 else "_offset_value" if shift else "_offset_variable")
        offsets = [0.5 * i - 1 for i in range(len(ROWS))] if shift is None else [shift] * len(ROWS)
        rows = [dict(r, o=o) for r, o in zip(ROWS, offsets)] if shift is None else list(ROWS)
        expected = []
        for m, s, o in zip(mean, spread, offsets):
            row = {"y": float(m + o), "se": float(s)}
            for level in (90, 99.5):
                q = float(scipy.stats.t.ppf(0.5 + level / 200, fit.df_resid))
                row[f"low{level}"], row[f"high{level}"] = float(m + o - q * s), float(m + o + q * s)
            expected.append(row)
        outputs = [output("se", "standardError")]
        for level in (90, 99.5):
            outputs += [
                output(f"low{level}", "confidenceIntervalLower", value=number(level)),
                output(f"high{level}", "confidenceIntervalUpper", value=number(level))
            ]
        more = []
        if shift is None:
            more = [field("o")]
            rows.append(dict(ROWS[0], o=None))
            expected.append({"y": None, "se": None})
        model = general_regression(schema(["x1", "x2", "g"] + (["o"] if more else []), ["y"]),
                                   PARAMETERS,
                                   CELLS,
                                   list(zip(PARAMETERS, floats(fit.params))), ["g"], ["x1", "x2"],
                                   outputs, [covariance(fit.cov_params(), "robust")],
                                   functionName="regression",
                                   modelType=kind,
                                   targetVariableName="y",
                                   modelDF=number(fit.df_resid),
                                   **attributes)
        case(
            name,
            document(fields_of(*more), model),
            rows,
            expected,
            "statsmodels OLS: prediction, standard error of the mean, confidence interval with Student's t; offset added",
            "modelDF: Student's t with these degrees of freedom. PCovMatrix@type names the estimator only.",
            tolerance=1e-9)


def trials():
    """Counts of successes: trials times the probability."""
    beta = [("b0", -0.3), ("b1", 0.8)]
    rows = [{"x": 0.5, "n": 10, "o": 0.2}, {"x": -1, "n": 0, "o": 0}, {"x": 2, "n": 3, "o": -1},
            {"x": 1, "n": None, "o": 0}, {"x": 1, "n": 5, "o": None}, {"x": 1, "n": -1, "o": 0}]
    p = lambda r: float(scipy.stats.norm.cdf(-0.3 + 0.8 * r["x"] + r["o"]))
    fields = [
        field("x"),
        field("n", data_type="integer"),
        field("o"),
        field("y")
    ]
    model = general_regression(schema(["x", "n", "o"], ["y"]), ["b0", "b1"], [("b1", "x", 1)],
                               beta, (), ["x"],
                               functionName="regression",
                               modelType="generalizedLinear",
                               distribution="binomial",
                               linkFunction="probit",
                               trialsVariable="n",
                               offsetVariable="o")
    expected = [{"y": r["n"] * p(r)} for r in rows[:3]] + [{"y": None}, {"y": None}, "invalid"]
    case("trials_variable", document(fields, model), rows, expected, "n * Phi(x'b + offset)",
         "A missing number of trials or offset makes the prediction missing; a negative number of trials is invalid.")
    # With an error: n times that of the probability.
    more = [
        e("PCovMatrix", [
            e("PCovCell", pRow="b0", pCol="b0", value="0.04"),
            e("PCovCell", pRow="b0", pCol="b1", value="-0.01"),
            e("PCovCell", pRow="b1", pCol="b1", value="0.09")
        ])
    ]
    model = general_regression(schema(["x"], ["y"]), ["b0", "b1"], [("b1", "x", 1)],
                               beta, (), ["x"],
                               [output("se", "standardError"),
                                output("high", "confidenceIntervalUpper", value="80")],
                               more,
                               functionName="regression",
                               modelType="generalizedLinear",
                               distribution="binomial",
                               linkFunction="logit",
                               trialsValue="20",
                               modelDF="7.5")
    expected = []
    for x in (0.5, -2, 3):
        eta, spread = -0.3 + 0.8 * x, math.sqrt(0.04 - 0.02 * x + 0.09 * x * x)
        mean = 1 / (1 + math.exp(-eta))
        high = 20 / (1 + math.exp(-eta - float(scipy.stats.t.ppf(0.9, 7.5)) * spread))
        expected.append({"y": 20 * mean, "se": 20 * mean * (1 - mean) * spread, "high": high})
    case(
        "trials_value", document([field("x"), field("y")],
                                 model), [{"x": 0.5}, {"x": -2}, {"x": 3}], expected,
        "20 * logistic(x'b); delta method p (1 - p) sqrt(x'Cx); upper end through the link, Student's t with 7.5 degrees"
    )
