#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder.

Models are fitted with statsmodels where it has the model, and the library's own predictions are what is expected;
each is computed a second time from the formula of the specification, and the two must agree. What no library has
(oddspower, categories with their own PPCells, Cox tables, missing values …) comes from the formula, with a second
route where there is one: a root of the link function, or the definition summed by hand.

usage: derive.py     (needs numpy, scipy, statsmodels)
"""
import math
import pathlib
import sys
import warnings

import numpy as np
import scipy.optimize
import scipy.stats
import statsmodels.api as sm
from statsmodels.miscmodels.ordinal_model import OrderedModel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import writing  # noqa: E402
from writing import (Folder, class_outputs, element as e, field, indented, missing_classes, number, output,
                     probabilities, schema, text_field)  # noqa: E402

warnings.simplefilter("ignore")
FOLDER = Folder(__file__, "GeneralRegression", "glm", 1e-10, layout=indented)
case = FOLDER.case


def document(fields, model, version="4.4"):
    return writing.document(fields, model, version=version, numberOfFields=len(fields))


def contrasts(name, categories, matrix, kind="Custom"):
    """A factor with a contrast matrix: a list of rows, or an element."""
    if isinstance(matrix, list):
        matrix = e("Matrix",
                   [e("Array", " ".join(number(x) for x in row), n=str(len(row)), type="real") for row in matrix],
                   nbRows=str(len(matrix)),
                   nbCols=str(len(matrix[0])))
    listed = [e("Categories", [e("Category", value=c) for c in categories])] if categories else []
    return e("Predictor", listed + [matrix], name=name, contrastMatrixType=kind)


def general_regression(schema,
                       parameters,
                       cells,
                       betas,
                       factors=(),
                       covariates=(),
                       outputs=(),
                       more=(),
                       targets=(),
                       local=(),
                       reference=None,
                       **attributes):
    """parameters: names; cells: (parameter, predictor, value[, category]); betas: (parameter, beta[, category])."""
    children = [schema]
    if outputs:
        children.append(e("Output", outputs))
    children += list(targets) + list(local)
    children.append(
        e("ParameterList",
          [e("Parameter", name=p, label="of " + p, referencePoint=(reference or {}).get(p)) for p in parameters]))
    if factors:
        children.append(e("FactorList", [f if f.startswith("<") else e("Predictor", name=f) for f in factors]))
    if covariates:
        children.append(e("CovariateList", [e("Predictor", name=c) for c in covariates]))
    children.append(
        e("PPMatrix", [
            e("PPCell",
              value=number(c[2]),
              predictorName=c[1],
              parameterName=c[0],
              targetCategory=c[3] if len(c) > 3 else None) for c in cells
        ]))
    covariance = [m for m in more if m.startswith("<PCovMatrix")]
    children += covariance
    children.append(
        e("ParamMatrix", [
            e("PCell", parameterName=b[0], beta=b[1], df="1", targetCategory=b[2] if len(b) > 2 else None)
            for b in betas
        ]))
    children += [m for m in more if not m.startswith("<PCovMatrix")]
    return e("GeneralRegressionModel", children, **attributes)


def agree(one, other, tolerance=1e-10):
    one, other = np.asarray(one, float), np.asarray(other, float)
    assert one.shape == other.shape and np.allclose(one, other, rtol=tolerance, atol=tolerance), (one, other)


def floats(values):
    return [float(v) for v in values]


# --- inverse links, as the specification writes them ----------------------------------------------------------------


def inverse_link(link, x, c=None, d=None):
    return {
        "identity": lambda: x,
        "log": lambda: np.exp(x),
        "logc": lambda: 1 - np.exp(x),
        "logit": lambda: 1 / (1 + np.exp(-x)),
        "probit": lambda: scipy.stats.norm.cdf(x),
        "cloglog": lambda: 1 - np.exp(-np.exp(x)),
        "loglog": lambda: np.exp(-np.exp(-x)),
        "cauchit": lambda: 0.5 + np.arctan(x) / np.pi,
        "negbin": lambda: 1 / (c * (np.exp(-x) - 1)),
        "oddspower": lambda: 1 / (1 + (1 + d * x)**(-1 / d)) if d else 1 / (1 + np.exp(-x)),
        "power": lambda: x**(1 / d) if d else np.exp(x),
    }[link]()


# --- one equation -----------------------------------------------------------------------------------------------

RNG = np.random.default_rng(20261126)
N = 400
X1 = RNG.uniform(-1, 1, N)
X2 = RNG.uniform(0, 2, N)
GROUP = RNG.choice(["a", "b", "c"], N)
DESIGN = np.column_stack([np.ones(N), X1, X2**2, GROUP == "b", GROUP == "c", X1 * (GROUP == "c")]).astype(float)
PARAMETERS = ["p0", "p1", "p2", "p3", "p4", "p5"]
CELLS = [("p1", "x1", 1), ("p2", "x2", 2), ("p3", "g", "b"), ("p4", "g", "c"), ("p5", "x1", 1), ("p5", "g", "c")]
ROWS = [{"x1": float(round(a, 3)), "x2": float(round(b, 3)), "g": str(g)}
        for a, b, g in zip(RNG.uniform(-1, 1, 6), RNG.uniform(0, 2, 6), ["a", "b", "c", "c", "b", "a"])]
HOLES = [{"x1": None, "x2": 1, "g": "a"}, {"x1": 0.5, "x2": 1, "g": None}, {"x1": 0.5, "x2": 1, "g": "z"}]
HOLES_EXPECTED = [None, None, "invalid"]


def design_of(rows):
    x1 = np.array([r["x1"] for r in rows])
    x2 = np.array([r["x2"] for r in rows])
    g = np.array([r["g"] for r in rows])
    return np.column_stack([np.ones(len(rows)), x1, x2**2, g == "b", g == "c", x1 * (g == "c")]).astype(float)


def fields_of(*more):
    return [
        field("x1"),
        field("x2"),
        text_field("g", ["a", "b", "c"]), *more,
        field("y")
    ]


def covariance(matrix, kind=None, half=True):
    cells = []
    for i, row in enumerate(PARAMETERS):
        for j, column in enumerate(PARAMETERS):
            if not half or j <= i:
                cells.append(e("PCovCell", pRow=row, pCol=column, value=repr(float(matrix[i][j]))))
    return e("PCovMatrix", cells, type=kind)


def simulate(mean, family):
    mean = np.asarray(mean)
    return {
        "normal": lambda: RNG.normal(mean, 0.3),
        "binomial": lambda: RNG.binomial(1, np.clip(mean, 0, 1)).astype(float),
        "poisson": lambda: RNG.poisson(mean).astype(float),
        "gamma": lambda: RNG.gamma(3.0, mean / 3.0),
        "igauss": lambda: RNG.wald(mean, 60.0),
        "negbin": lambda: RNG.negative_binomial(1 / 0.7, 1 / (1 + 0.7 * mean)).astype(float),
        "tweedie": lambda: np.array([RNG.gamma(2.0, 0.3, RNG.poisson(m)).sum() for m in mean]),
    }[family]()


def fitted_links():
    """Every link function that statsmodels has, each with a distribution of the schema."""
    links = sm.families.links
    good = np.array([1.2, 0.3, -0.15, 0.25, -0.2, 0.1])
    high = np.array([2.5, 0.3, -0.15, 0.25, -0.2, 0.1])
    small = np.array([-1.0, 0.2, -0.1, 0.15, -0.2, 0.1])
    kinds = [
        ("identity", "normal", sm.families.Gaussian(), good, {}),
        ("log", "poisson", sm.families.Poisson(), good, {}),
        ("log", "negbin", sm.families.NegativeBinomial(alpha=0.7), good, {"distParameter": 0.7}),
        ("log", "tweedie", sm.families.Tweedie(links.Log(), var_power=1.5), good, {"distParameter": 1.5}),
        ("log", "binomial", sm.families.Binomial(links.Log()), small, {}),
        ("logc", "binomial", sm.families.Binomial(links.LogC()), small, {}),
        ("logit", "binomial", sm.families.Binomial(), good, {}),
        ("probit", "binomial", sm.families.Binomial(links.Probit()), good, {}),
        ("cloglog", "binomial", sm.families.Binomial(links.CLogLog()), good, {}),
        ("loglog", "binomial", sm.families.Binomial(links.LogLog()), good, {}),
        ("cauchit", "binomial", sm.families.Binomial(links.Cauchy()), good, {}),
        ("negbin", "negbin", sm.families.NegativeBinomial(links.NegativeBinomial(alpha=0.7),
                                                          alpha=0.7), small, {"distParameter": 0.7}),
        ("power", "gamma", sm.families.Gamma(links.InversePower()), high, {"linkParameter": -1}),
        ("power", "igauss", sm.families.InverseGaussian(links.InverseSquared()), high, {"linkParameter": -2}),
        ("power", "normal", sm.families.Gaussian(links.Power(power=3), check_link=False), high, {"linkParameter": 3}),
        ("power", "poisson", sm.families.Poisson(links.Sqrt()), good, {"linkParameter": 0.5}),
    ]
    for link, family, library, beta, attributes in kinds:
        inverse = lambda x: inverse_link(link, x, attributes.get("distParameter"), attributes.get("linkParameter"))
        target = simulate(inverse(DESIGN @ beta), family)
        fit = sm.GLM(target, DESIGN, family=library).fit(start_params=beta, maxiter=200)
        x = design_of(ROWS)
        mean = fit.predict(x)
        agree(mean, inverse(x @ fit.params))
        # The interval of the mean: the ends of the linear predictor's, through the inverse link.
        prediction = fit.get_prediction(x)
        spread = np.sqrt(np.einsum("ij,jk,ik->i", x, fit.cov_params(), x))
        q = scipy.stats.norm.ppf(0.975)
        ends = np.array([inverse(x @ fit.params - q * spread), inverse(x @ fit.params + q * spread)])
        lower, upper = np.sort(ends, axis=0)
        agree(np.sort(prediction.conf_int(), axis=1).T, [lower, upper])
        step = 1e-6
        slope = (inverse(x @ fit.params + step) - inverse(x @ fit.params - step)) / (2 * step)
        agree(prediction.se_mean, np.abs(slope) * spread, 1e-6)
        name = f"{link}_{family}"
        outputs = [
            output("mu"),
            output("se", "standardError"),
            output("low", "confidenceIntervalLower"),
            output("high", "confidenceIntervalUpper", value="95")
        ]
        model = general_regression(schema(["x1", "x2", "g"], ["y"]),
                                   PARAMETERS,
                                   CELLS,
                                   list(zip(PARAMETERS, floats(fit.params))), ["g"], ["x1", "x2"],
                                   outputs, [covariance(fit.cov_params(), "model", half=link != "logit")],
                                   functionName="regression",
                                   modelType="generalizedLinear",
                                   linkFunction=link,
                                   distribution=family,
                                   isScorable="true",
                                   **attributes)
        expected = [
            dict(mu=float(m), se=float(s), low=float(a), high=float(b))
            for m, s, a, b in zip(mean, prediction.se_mean, lower, upper)
        ]
        expected += ["invalid" if h else dict(mu=None, se=None, low=None, high=None) for h in HOLES_EXPECTED]
        case(
            name,
            document(fields_of(), model),
            ROWS + HOLES,
            expected,
            f"statsmodels GLM, {family} with the {link} link: mean, standard error of the mean, interval from the ends "
            "of the linear predictor's; equal to the specification's formula",
            "No modelDF: normal quantiles. PCovMatrix gives the variance of the linear predictor." +
            (" cauchit is not in the schema's LINK-FUNCTION, but producers write it." if link == "cauchit" else ""),
            tolerance=1e-9)


def oddspower():
    for d in (0.5, -0.7, 0):
        beta = [0.2, 0.4, -0.3]
        rows = [{"x1": a, "x2": b} for a, b in [(0.1, 0.2), (-1, 1), (0.9, 0), (0.5, 0.75)]]
        eta = np.array([beta[0] + beta[1] * r["x1"] + beta[2] * r["x2"] for r in rows])
        mean = inverse_link("oddspower", eta, d=d)
        # Second route: the root of the link function ((mu/(1-mu))^d - 1)/d, ln of the odds for d = 0.
        link = (lambda mu: ((mu / (1 - mu))**d - 1) / d) if d else (lambda mu: math.log(mu / (1 - mu)))
        agree(mean, [scipy.optimize.brentq(lambda mu: link(mu) - x, 1e-9, 1 - 1e-9, xtol=1e-15) for x in eta])
        # Only x1's coefficient varies, by 0.3: the error is that of x1 divided by the slope of the link at the mean.
        rise = mean**-2 * (1 / mean - 1)**(-d - 1)
        agree(1 / rise, inverse_link("oddspower", eta + 1e-6, d=d) / 2e-6 - inverse_link("oddspower", eta - 1e-6, d=d) / 2e-6,
              1e-6)
        errors = [0.3 * abs(r["x1"]) for r in rows] / rise
        expected = [{"mu": m, "se": s} for m, s in zip(floats(mean), floats(errors))]
        # Beyond the domain: 1 + d x < 0 belongs to no mean.
        if d:
            rows = rows + [{"x1": -1000 if d > 0 else 1000, "x2": 0}]
            expected = expected + ["invalid"]
        model = general_regression(schema(["x1", "x2"], ["y"]), ["p0", "p1", "p2"], [("p1", "x1", 1),
                                                                                     ("p2", "x2", 1)],
                                   list(zip(["p0", "p1", "p2"], beta)), (), ["x1", "x2"],
                                   [output("mu"), output("se", "standardError")],
                                   [e("PCovMatrix", [e("PCovCell", pRow="p1", pCol="p1", value="0.09")])],
                                   functionName="regression",
                                   modelType="generalizedLinear",
                                   distribution="binomial",
                                   linkFunction="oddspower",
                                   linkParameter=number(d))
        fields = [field("x1"), field("x2"), field("y")]
        case(f"oddspower_{'zero' if d == 0 else 'positive' if d > 0 else 'negative'}", document(fields, model), rows,
             expected, "formula of the specification; the same as the root of the link function found numerically; the error from the "
             "slope of the link function",
             "A linear predictor that the link maps no mean to makes the record invalid.")


def domains():
    """Links that do not reach every linear predictor; infinite means; power 0."""
    rows = [{"x": x} for x in (-2, -0.5, 0, 0.5, 3)]
    fields = [field("x"), field("y")]

    def model(link, **attributes):
        return document(
            fields,
            general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", 1)], (), ["x"],
                               [output("mu")],
                               functionName="regression",
                               modelType="generalizedLinear",
                               linkFunction=link,
                               **attributes))

    negative = [1 / (2 * math.expm1(2)), 1 / (2 * math.expm1(0.5))]
    agree(negative, [inverse_link("negbin", x, c=2) for x in (-2, -0.5)])
    case("negbin_domain", model("negbin", distParameter="2"), rows,
         [{"mu": negative[0]}, {"mu": negative[1]}, "invalid", "invalid", "invalid"],
         "1 / (c (exp(-x) - 1)) for x < 0",
         "A mean of a negative binomial distribution is positive and finite, so x >= 0 "
         "has none: invalid.")
    zero = general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", 1)], (), ["x"],
                              [output("mu"), output("se", "standardError")],
                              [e("PCovMatrix", [e("PCovCell", pRow="b", pCol="b", value="4")])],
                              functionName="regression", modelType="generalizedLinear", linkFunction="power",
                              linkParameter="0")
    case("power_zero", document(fields, zero), rows,
         [{"mu": math.exp(r["x"]), "se": math.exp(r["x"]) * 2 * abs(r["x"])} for r in rows],
         "the power link of 0 is the log link")
    case("power_inverse", model("power", linkParameter="-1"), rows,
         [{"mu": -0.5}, {"mu": -2.0}, "invalid", {"mu": 2.0}, {"mu": 1 / 3}], "1/x; none for x = 0",
         "x^(1/d) for a negative d has no value at 0.")
    case("power_root", model("power", linkParameter="2"), rows,
         ["invalid", "invalid", {"mu": 0.0}, {"mu": math.sqrt(0.5)}, {"mu": math.sqrt(3)}], "the square root of x")
    case("log_overflow", model("log"), [{"x": 1000}, {"x": -1000}], [{"mu": "INF"}, {"mu": 0.0}],
         "exp(1000) exceeds the doubles", "A result that overflows is infinite, and valid.")


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


# --- designs ---------------------------------------------------------------------------------------------------------


def designs():
    text = [text_field("g", ["a", "b", "c"]), field("x"), field("y")]

    def model(factor, cells, betas, **more):
        parameters = list(dict.fromkeys(b[0] for b in betas))
        return document(
            more.pop("fields", text),
            general_regression(schema(["g", "x"], ["y"]),
                               parameters,
                               cells,
                               betas, [factor], ["x"],
                               functionName="regression",
                               modelType="generalLinear",
                               **more))

    # n - 1 columns: Helmert; interactions with a covariate and its power.
    helmert = np.array([[2 / 3, 0], [-1 / 3, 0.5], [-1 / 3, -0.5]])
    betas = [("p0", 1.5), ("p1", 0.7), ("p2", -1.2), ("p3", 0.3)]
    cells = [("p1", "g", "a"), ("p2", "g", "b"), ("p3", "x", 1.5), ("p3", "g", "b")]
    rows = [{"g": g, "x": x} for g in "abc" for x in (0.25, 4)]
    expected = []
    for r in rows:
        code = helmert["abc".index(r["g"])]
        expected.append({"y": float(np.dot([1.5, 0.7, -1.2, 0.3], [1, code[0], code[1], r["x"]**1.5 * code[1]]))})
    rows += [{"g": None, "x": 1}, {"g": "a", "x": -4}, {"g": "b", "x": None}]
    expected += [{"y": None}, "invalid", {"y": None}]
    case(
        "contrast_helmert",
        document(
            text,
            general_regression(schema(["g", "x"], ["y"]), ["p0", "p1", "p2", "p3"],
                               cells,
                               betas, [contrasts("g", "abc", helmert.tolist(), "Helmert")], ["x"],
                               functionName="regression",
                               modelType="regression")), rows, expected,
        "x'b with the codes of the record's row in the column that the PPCell names",
        "A negative number to the power of 1.5 makes the record invalid, a missing predictor the prediction missing, even "
        "beside a factor that is 0.")

    # Categories that the field lists but the matrix does not; cells with defaults; a diagonal.
    sparse = e("Matrix", [e("MatCell", "0.25", row="1", col="2"),
                          e("MatCell", "-1", row="2", col="1")],
               nbRows="2",
               nbCols="2",
               diagDefault="2",
               offDiagDefault="0.5")
    full = {"a": [2, 0.25], "b": [-1, 2]}
    case("contrast_cells",
         model(contrasts("g", "ab", sparse), [("p1", "g", "a"), ("p2", "g", "b")],
               [("p1", 0.5), ("p2", 3)]), [{"g": "a", "x": 0}, {"g": "b", "x": 0}, {"g": "c", "x": 0}],
         [{"y": 0.5 * full[g][0] + 3 * full[g][1]} for g in "ab"] + [{"y": None}],
         "MatCells over the defaults of the matrix", "A category that the contrast matrix has no row for: missing.")
    diagonal = e("Matrix", [e("Array", "2 3 5", type="real")], kind="diagonal")
    case("contrast_of_field_values",
         model(contrasts("g", None, diagonal), [("p1", "g", "a"), ("p2", "g", "c")],
               [("p1", 1), ("p2", 1)]), [{"g": g, "x": 0} for g in "abc"], [{"y": 2.0}, {"y": 0.0}, {"y": 5.0}],
         "without Categories the field's values in their order")
    symmetric = e("Matrix", [
        e("Array", "1", type="real"),
        e("Array", "-1 2", type="real"),
        e("Array", "4 0.5 3", type="real")
    ],
                  kind="symmetric")
    table = np.array([[1, -1, 4], [-1, 2, 0.5], [4, 0.5, 3]])
    case(
        "contrast_symmetric",
        model(contrasts("g", "abc", symmetric), [("p1", "g", "a"), ("p2", "g", "b"), ("p3", "g", "c")],
              [("p1", 0.5), ("p2", 2), ("p3", -1)]), [{"g": g, "x": 0} for g in "abc"],
        [{"y": float(table[i] @ [0.5, 2, -1])} for i in range(3)], "a symmetric matrix by its lower left triangle")

    # Numeric factors, text covariates, derived predictors, an integer target.
    local = e("LocalTransformations", [
        e("DerivedField", [e("Apply", [e("FieldRef", field="x"), e("FieldRef", field="x")], function="*")],
          name="squared",
          optype="continuous",
          dataType="double")
    ])
    fields = [
        field("level", "ordinal", "integer", ["1", "2", "3"]),
        field("x"),
        text_field("t"),
        field("y", data_type="integer")
    ]
    derived = general_regression(schema(["level", "x", "t"], ["y"]), ["p0", "p1", "p2", "p3", "unused"], [("p1", "level", "2"),
                                                                                          ("p2", "squared", -0.5),
                                                                                          ("p3", "t", 1),
                                                                                          ("unused", "level", 3)],
                                 [("p0", 0.25), ("p1", 4), ("p2", 2), ("p3", -1)], ["level"], ["squared", "t"],
                                 local=[local],
                                 functionName="regression",
                                 modelType="regression")
    case("predictor_types", document(fields, derived),
         [{"level": 2, "x": 4, "t": "1.5"}, {"level": 3, "x": -2, "t": " 3 "}, {"level": 4, "x": 1, "t": "0"},
          {"level": 1, "x": 1, "t": "many"}, {"level": 1, "x": 0, "t": "0"}],
         [{"y": 0.25 + 4 + 2 / 4 - 1.5}, {"y": 0.25 + 2 / 2 - 3}, "invalid", "invalid", {"y": "INF"}],
         "a factor of whole numbers, a covariate derived here, one that is a text",
         "A text is cast to a number; one that is none is invalid. 0^(-1/2) is infinite.")

    # Intercept only; targets, float arithmetic.
    only = general_regression(schema(["x"], ["y"]), ["p0"], [], [("p0", 2.5)],
                              functionName="regression",
                              modelType="generalizedLinear",
                              linkFunction="log")
    only = only.replace("<PPMatrix/>", "")
    case("intercept_only", document([field("x"), field("y")], only, "3.0"),
         [{"x": 1}, {"x": None}], [{"y": math.exp(2.5)}] * 2, "exp(2.5); no predictor is asked", "PMML 3.0 has no PPMatrix where there are no predictors.")
    f = np.float32
    rows = [{"x": x} for x in (0.1, 3.3, 7, 1 / 3, 0.7, 123.456, -17.77)]
    single = general_regression(schema(["x"], ["y"]), ["p0", "p1", "p2"], [("p1", "x", 1), ("p2", "x", 2)],
                                [("p0", 0.1), ("p1", 1.3), ("p2", -0.7)], (), ["x"],
                                functionName="regression",
                                modelType="generalLinear",
                                offsetValue="0.3",
                                **{"x-mathContext": "float"})
    expected = []
    for r in rows:
        x = f(r["x"])
        square = f(float(r["x"])**2)
        total = f(0.1)
        total = total + f(1.3) * x
        total = total + f(-0.7) * square
        expected.append({"y": float(total + f(0.3))})
    case("float_context",
         document([field("x"), field("y")], single),
         rows,
         expected,
         "binary32 after every operation, by numpy.float32",
         "x-mathContext: coefficients and every result are rounded.",
         tolerance=1e-12)
    targets = e("Targets", [
        e("Target", [e("TargetValue", defaultValue="-1")],
          field="y",
          optype="continuous",
          rescaleFactor="10",
          rescaleConstant="1",
          castInteger="round")
    ])
    rescaled = general_regression(schema(["x"], ["y"]), ["p0", "p1"], [("p1", "x", 1)],
                                  [("p0", 0.5), ("p1", 0.25)], (), ["x"], [output("mu")],
                                  targets=[targets],
                                  functionName="regression",
                                  modelType="regression")
    case("targets", document([field("x"), field("y")], rescaled),
         [{"x": 1.33}, {"x": None}], [{"mu": float(math.floor((0.5 + 0.25 * 1.33) * 10 + 1 + 0.5))}, {"mu": -1.0}],
         "round(10 y + 1); missing: the default")
    old = general_regression(schema(["x"], ["y"]), ["p0", "p1"], [("p1", "x", 1)], [("p0", 0.5, "yes"),
                                                                                    ("p1", 0.25, "yes")], (),
                             ["x"],
                             functionName="regression",
                             modelType="generalizedLinear",
                             linkFunction="cloglog",
                             distribution="binomial")
    case("target_category_in_regression",
         document([field("x"), field("y")], old, "3.2"), [{"x": 1}, {"x": -4}],
         [{"y": 1 - math.exp(-math.exp(0.75))}, {"y": 1 - math.exp(-math.exp(-0.5))}], "1 - exp(-exp(x'b))",
         "A regression whose coefficients all name the same target category has one equation.")


# --- classes ---------------------------------------------------------------------------------------------------------


def multinomial():
    categories = ["red", "green", "blue"]
    scores = DESIGN @ np.array([[0.3, 0.5, -0.2, 0.4, 0, 0.2], [-0.5, -1, 0.4, 0, 0.6, 0.1]]).T
    shares = np.exp(np.column_stack([np.zeros(N), scores]))
    shares /= shares.sum(axis=1, keepdims=True)
    target = np.array([RNG.choice(3, p=p) for p in shares])
    fit = sm.MNLogit(target, DESIGN).fit(disp=0)
    x = design_of(ROWS)
    expected = fit.predict(x)
    raw = np.exp(np.column_stack([np.zeros(len(ROWS)), x @ fit.params]))
    agree(expected, raw / raw.sum(axis=1, keepdims=True))
    fields = fields_of()[:-1] + [text_field("y", categories)]
    betas = [(p, float(fit.params[i, k]), categories[k + 1]) for k in range(2) for i, p in enumerate(PARAMETERS)]
    for name, attributes in (("reference_absent", {}), ("reference_named", {"targetReferenceCategory": "red"})):
        model = general_regression(schema(["x1", "x2", "g"], ["y"]),
                                   PARAMETERS,
                                   CELLS,
                                   betas, ["g"], ["x1", "x2"],
                                   class_outputs(categories),
                                   functionName="classification",
                                   modelType="multinomialLogistic",
                                   **attributes)
        case("multinomial_" + name,
             document(fields, model),
             ROWS + HOLES,
             probabilities(categories, expected) +
             ["invalid" if h else missing_classes(categories) for h in HOLES_EXPECTED],
             "statsmodels MNLogit; equal to the softmax with 0 for the reference category",
             "The reference is the category without coefficients, unless it is named.",
             tolerance=1e-9)

    # An offset is added to all but the reference; coefficients without a category belong to all but the reference.
    rows = [{"x": x, "o": o} for x, o in ((0.5, 0), (-2, 1.5), (4, -3), (0, 800))] + [{"x": 1, "o": None}]
    betas = [("p0", 0.2, "green"), ("p0", -0.4, "blue"), ("p1", 0.6)]
    expected = []
    for r in rows[:-1]:
        # Summed by hand: P(c) = 1 / sum over k of exp(score_k - score_c).
        score = [0.0] + [a + 0.6 * r["x"] + r["o"] for a in (0.2, -0.4)]
        expected.append([1 / sum(math.exp(min(k - c, 709)) for k in score) for c in score])
    fields = [field("x"), field("o"), text_field("y", categories)]
    model = general_regression(schema(["x", "o"], ["y"]), ["p0", "p1"], [("p1", "x", 1)],
                               betas, (), ["x"],
                               class_outputs(categories),
                               functionName="classification",
                               offsetVariable="o",
                               modelType="multinomialLogistic",
                               linkFunction="logit")
    case("multinomial_offset", document(fields, model), rows,
         probabilities(categories, expected) + [missing_classes(categories)], "1 / sum exp(score_k - score_c)",
         "PCells without targetCategory hold for every category but the reference.")

    # PPCells of one category: green sees x squared, and no g.
    betas = [("p0", 0.1, "green"), ("p1", 0.5, "green"), ("p2", 2, "green"), ("p0", -0.2, "blue"),
             ("p1", -0.3, "blue"), ("p2", 1, "blue")]
    cells = [("p1", "x", 1), ("p1", "x", 2, "green"), ("p2", "g", "u"), ("p2", "x", 1, "blue")]
    rows = [{"x": x, "g": g} for x in (0.5, -2, 1.5) for g in "uv"]
    expected = []
    for r in rows:
        u = float(r["g"] == "u")
        score = [0.0, 0.1 + 0.5 * r["x"]**2 + 2 * u, -0.2 - 0.3 * r["x"] + 1 * u * r["x"]]
        total = sum(math.exp(s) for s in score)
        expected.append([math.exp(s) / total for s in score])
    fields = [field("x"), text_field("g", ["u", "v"]), text_field("y", categories)]
    model = general_regression(schema(["x", "g"], ["y"]), ["p0", "p1", "p2"],
                               cells,
                               betas, ["g"], ["x"],
                               class_outputs(categories),
                               functionName="classification",
                               modelType="multinomialLogistic")
    case(
        "category_cells", document(fields, model), rows, probabilities(categories, expected),
        "design of green: 1, x^2, [g=u]; of blue: 1, x, [g=u] x",
        "A PPCell of a target category stands in place of the common one of the same parameter and predictor, and beside "
        "those of other predictors.")

    # No values listed for the target; a tie.
    fields = [field("x"), text_field("y")]
    model = general_regression(schema(["x"], ["y"]), ["p1"], [("p1", "x", 1)], [("p1", 1, "up"),
                                                                                ("p1", -1, "down")], (), ["x"],
                               class_outputs(["up", "down", "flat"]),
                               functionName="classification",
                               modelType="multinomialLogistic",
                               targetReferenceCategory="flat")
    third = 1 / 3
    total = math.exp(2) + math.exp(-2) + 1
    case(
        "multinomial_unlisted", document(fields, model), [{"x": 0}, {"x": -2}],
        [{"y": "up", "p_up": third, "p_down": third, "p_flat": third},
         {"y": "down", "p_up": math.exp(-2) / total, "p_down": math.exp(2) / total, "p_flat": 1 / total}],
        "softmax; a tie",
        "Categories in the order of the ParamMatrix where the target lists none, the reference last; the first "
        "of equal probabilities wins.")


def ordinal():
    categories = ["low", "mid", "high", "top"]
    x = RNG.normal(0, 1, (N, 2))
    latent = x @ np.array([0.8, -0.5])
    distributions = {
        "logit": scipy.stats.logistic, "probit": scipy.stats.norm, "cloglog": scipy.stats.gumbel_l, "loglog":
        scipy.stats.gumbel_r, "cauchit": scipy.stats.cauchy
    }
    rows = np.array([[0.3, 1], [-2, 0.5], [4, -1], [0, 0]])
    for link, distribution in distributions.items():
        noise = distribution.rvs(size=N, random_state=RNG)
        target = np.digitize(latent + noise, [-1, 0.3, 1.4])
        fit = OrderedModel(target, x, distr=distribution).fit(method="bfgs", disp=0, maxiter=500)
        expected = np.asarray(fit.model.predict(fit.params, exog=rows))
        # P(Y <= j) = F(threshold_j - x'b), so the slopes change their sign in the document.
        slopes = -fit.params[:2]
        thresholds = fit.model.transform_threshold_params(fit.params)[1:-1]
        cumulative = np.array([[inverse_link(link, t + r @ slopes) for t in thresholds] + [1] for r in rows])
        agree(expected, np.diff(cumulative, axis=1, prepend=0), 1e-9)
        betas = [("p0", float(t), c) for t, c in zip(thresholds, categories)] + \
                  [("p1", float(slopes[0])), ("p2", float(slopes[1]))]
        fields = [
            field("a"),
            field("b"),
            field("y", "ordinal", "string", categories)
        ]
        model = general_regression(schema(["a", "b"], ["y"]), ["p0", "p1", "p2"], [("p1", "a", 1),
                                                                                   ("p2", "b", 1)],
                                   betas, (), ["a", "b"],
                                   class_outputs(categories),
                                   functionName="classification",
                                   modelType="ordinalMultinomial",
                                   cumulativeLink=link)
        case(
            "ordinal_" + link,
            document(fields, model), [dict(zip("ab", floats(r))) for r in rows] + [{"a": None, "b": 1}],
            probabilities(categories, expected) + [missing_classes(categories)],
            f"statsmodels OrderedModel with the distribution of the {link} link; equal to differences of F(a_j + x'b)",
            tolerance=1e-9)
    # Offset and a slope of one category's own; the reference named; distinct from the model above in every F.
    betas = [("p0", -1, "low"), ("p1", 0.4, "low"), ("p0", 0.5, "mid"), ("p1", 0.1, "mid"), ("p2", -0.3)]
    fields = [
        field("a"),
        field("b"),
        field("y", "ordinal", "string", categories[:3])
    ]
    model = general_regression(schema(["a", "b"], ["y"]), ["p0", "p1", "p2"], [("p1", "a", 1), ("p2", "b", 1)],
                               betas, (), ["a", "b"],
                               class_outputs(categories[:3]),
                               functionName="classification",
                               modelType="ordinalMultinomial",
                               cumulativeLink="logit",
                               offsetValue="0.25",
                               targetReferenceCategory="high")
    expected = []
    for a, b in ((1, 2), (-1, 0)):
        f = scipy.stats.logistic.cdf([-1 + 0.4 * a - 0.3 * b + 0.25, 0.5 + 0.1 * a - 0.3 * b + 0.25])
        expected.append([f[0], f[1] - f[0], 1 - f[1]])
    case("ordinal_offset", document(fields, model), [{"a": 1, "b": 2}, {"a": -1, "b": 0}],
         probabilities(categories[:3], expected), "scipy's logistic distribution at a_j + x'b + offset",
         "A category may have more of its own than the intercept.")


def binary():
    """generalizedLinear with two categories: the inverse link gives the probability of the one that is not the reference."""
    fields = [field("x"), text_field("y", ["no", "yes"])]
    rows = [{"x": x} for x in (-2, 0, 0.5, 1, 3)]
    for link, attributes in (("logit", {}), ("probit", {}), ("cloglog", {}), ("loglog", {}), ("cauchit", {}),
                             ("log", {}), ("logc", {}), ("identity", {}), ("negbin", {"distParameter": "0.5"}),
                             ("oddspower", {"linkParameter": "0.25"}), ("power", {"linkParameter": "2"})):
        a, b = {
            "log": (-2, 0.4), "logc": (-2, 0.4), "identity": (0.4, 0.12), "negbin": (-2, 0.2), "power": (0.5, 0.1)
        }.get(link, (-0.4, 0.8))
        p = [
            float(
                inverse_link(link, a + b * r["x"], float(attributes.get("distParameter", 0)),
                             float(attributes.get("linkParameter", 0)))) for r in rows
        ]
        cells = [("b0", a, "yes"), ("b1", b, "yes")]
        model = general_regression(schema(["x"], ["y"]), ["b0", "b1"], [("b1", "x", 1)],
                                   cells, (), ["x"],
                                   class_outputs(["no", "yes"]),
                                   functionName="classification",
                                   modelType="generalizedLinear",
                                   distribution="binomial",
                                   linkFunction=link,
                                   **attributes)
        expected = probabilities(["no", "yes"], [[1 - v, v] for v in p])
        case("binary_" + link, document(fields, model), rows + [{"x": None}],
             expected + [missing_classes(["no", "yes"])], "P(yes) = inverse link, P(no) = 1 - P(yes)")
    common = general_regression(schema(["x"], ["y"]), ["b0", "b1"], [("b1", "x", 1)], [("b0", -0.4), ("b1", 0.8)],
                                (), ["x"],
                                class_outputs(["no", "yes"]),
                                functionName="classification",
                                modelType="generalizedLinear",
                                distribution="binomial",
                                linkFunction="logit",
                                targetReferenceCategory="yes",
                                offsetValue="0.1")
    p = [1 / (1 + math.exp(-(-0.4 + 0.8 * r["x"] + 0.1))) for r in rows]
    case("binary_common_cells", document(fields, common), rows, probabilities(["no", "yes"], [[v, 1 - v] for v in p]),
         "P(no) = logistic(x'b + offset)",
         "Coefficients without a category belong to the category that is not the reference.")


# --- survival --------------------------------------------------------------------------------------------------------


def survival_outputs():
    minus = e("Apply", [e("Constant", "-1", dataType="double"), e("FieldRef", field="H")], function="*")
    return [output("H"), output("S", "transformedValue", "double", e("Apply", minus, function="exp"))]


def baseline_cells(times, hazards):
    return [e("BaselineCell", time=number(t), cumHazard=repr(float(h))) for t, h in zip(times, hazards)]


def cox():
    x = np.column_stack([RNG.normal(50, 10, N), RNG.choice([0.0, 1.0], N)])
    strata = RNG.choice(["north", "south"], N)
    time = np.ceil(
        RNG.exponential(20 / np.exp(0.02 * (x[:, 0] - 50) - 0.5 * x[:, 1]) / np.where(strata == "north", 1, 2)))
    status = (RNG.uniform(size=N) < 0.8).astype(int)
    probes = [(61.5, 1, 4), (40, 0, 12), (50, 1, 0.5), (38, 0, 7.5)]
    fields = [
        field("age"),
        text_field("arm", ["drug", "none"]),
        field("t"),
        text_field("region", ["north", "south", "west"]),
        field("status", data_type="integer"),
        field("start"),
        text_field("id"),
        field("y")
    ]
    parameters, cells = ["p0", "p1"], [("p0", "age", 1), ("p1", "arm", "drug")]
    for name, groups in (("cox_fitted", None), ("cox_strata_fitted", strata)):
        fit = sm.PHReg(time, x, status=status, strata=groups, ties="breslow").fit()
        beta = fit.params
        reference = x.mean(axis=0)
        # Breslow's estimate by its definition, for x = 0. The library gives the same just before the next time; and with
        # it the martingale residuals, events less hazards, sum to 0.
        risk = np.exp(x @ beta)
        bases = {}
        for k, label in enumerate(["only"] if groups is None else ["north", "south"]):
            inside = np.ones(N, bool) if groups is None else strata == label
            times = np.unique(time[inside])
            steps = [(inside & (time == t) & (status == 1)).sum() / risk[inside & (time >= t)].sum() for t in times]
            hazards = np.cumsum(steps)
            known = dict(zip(*fit.baseline_cumulative_hazard[k][:2]))
            common = [(known[t], h) for t, h in zip(times[1:], hazards) if t in known]
            assert len(common) > 10
            agree(*zip(*common))
            own = hazards[np.searchsorted(times, time[inside])]
            agree((status[inside] - own * risk[inside]).sum(), 0.0)
            bases[label] = (times, hazards)
        scale = math.exp(float(reference @ beta))
        tables = {}
        for label, (times, hazards) in bases.items():
            steps = {float(t): float(h) * scale for t, h in zip(times, hazards)}
            tables[label] = (list(steps), list(steps.values()))
        records, expected = [], []
        for label in tables:
            for age, arm, t in probes:
                times, hazards = bases[label]
                at = [h for s, h in zip(times, hazards) if s <= t]
                h = float(at[-1] * math.exp(age * beta[0] + arm * beta[1])) if at else 0.0
                record = {"age": age, "arm": "drug" if arm else "none", "t": t}
                records.append(record if groups is None else dict(record, region=label))
                expected.append({"H": h, "S": math.exp(-h)})
        last = records[0]
        records += [
            dict(last, t=40.5),
            dict(last, t=None),
            dict(last, age=None),
            dict(last, age=None, t=0.5),
            dict(last, arm="other")
        ]
        expected += [{"H": None, "S": None}] * 3 + [{"H": 0.0, "S": 1.0}, "invalid"]
        most = {"maxTime": "40"}
        if groups is None:
            table = e("BaseCumHazardTables", baseline_cells(*tables["only"]), **most)
        else:
            records += [dict(last, region="west"), dict(last, region=None)]
            expected += [{"H": None, "S": None}] * 2
            table = e("BaseCumHazardTables", [
                e("BaselineStratum", baseline_cells(*tables[label]), value=label, label="of " + label, **most)
                for label in tables
            ])
        more = [e("EventValues", [e("Value", value="1")]), table]
        model = general_regression(schema(["age", "arm", "t"] + ([] if groups is None else ["region"]), ["y"]),
                                   parameters,
                                   cells,
                                   list(zip(parameters, floats(beta))), ["arm"], ["age"],
                                   survival_outputs(),
                                   more,
                                   reference=dict(zip(parameters, floats(reference))),
                                   functionName="regression",
                                   modelType="CoxRegression",
                                   endTimeVariable="t",
                                   startTimeVariable="start",
                                   subjectIDVariable="id",
                                   statusVariable="status",
                                   baselineStrataVariable=None if groups is None else "region")
        case(
            name,
            document(fields, model),
            records,
            expected,
            "statsmodels PHReg: coefficients and Breslow's baseline, checked by its definition; H = H0(t) exp(x'b), the "
            "document's baseline being that of the reference point",
            "Before the first step H is 0 whatever the predictors are; beyond maxTime, and in a stratum that has no table, it is "
            "missing.",
            tolerance=1e-9)

    # Steps out of order, no predictors, a stratum of whole numbers, one without events.
    strata_table = e("BaseCumHazardTables", [
        e("BaselineStratum", baseline_cells([3, 1, 2], [0.9, 0.2, 0.5]), value="10", maxTime="5"),
        e("BaselineStratum", baseline_cells([1], [0.7]), value="9", maxTime="1.5"),
        e("BaselineStratum", value="11", maxTime="4")
    ])
    fields = [field("t"), field("k", data_type="integer"), field("y")]
    model = general_regression(schema(["t", "k"], ["y"]), [], [], [], (), (), [output("H")],
                               [e("EventValues", [e("Interval", closure="openClosed", leftMargin="0")]), strata_table],
                               functionName="regression",
                               modelType="CoxRegression",
                               endTimeVariable="t",
                               baselineStrataVariable="k")
    rows = [{"t": t, "k": k}
            for t, k in ((1, 10), (2.9, 10), (5, 10), (5.1, 10), (1.5, 9), (1.6, 9), (4, 11), (4.1, 11), (1, 8))]
    case("cox_empty", document(fields, model), rows,
         [{"H": h} for h in (0.2, 0.5, 0.9, None, 0.7, None, 0.0, None, None)], "the table's own steps: exp(0) = 1",
         "A stratum without BaselineCells has no events, so H is 0 up to its maxTime.")


# --- inside other models ------------------------------------------------


def segments():
    """A chain whose second model reads the first one's output, and a choice with an interval of one segment."""
    fields = [field("x"), text_field("kind", ["one", "two"]), field("y")]
    inner = general_regression(schema(["x"], ["first"]), ["a", "b"], [("b", "x", 1)], [("a", 0.5), ("b", 0.3)],
                               (), ["x"], [output("eta")],
                               functionName="regression",
                               modelType="generalizedLinear",
                               linkFunction="log")
    outer = general_regression(schema(["eta"], ["y"]), ["c"], [("c", "eta", 2)], [("c", 2)], (), ["eta"],
                               functionName="regression",
                               modelType="regression")
    chain = e("MiningModel", [
        schema(["x"], ["y"]),
        e("Segmentation", [e("Segment", [e("True"), inner], id="1"),
                           e("Segment", [e("True"), outer], id="2")],
          multipleModelMethod="modelChain")
    ],
              functionName="regression")
    case("chain", document(fields, chain), [{"x": 1}, {"x": -2}, {"x": None}],
         [{"y": 2 * math.exp(0.8)**2}, {"y": 2 * math.exp(-0.1)**2}, {"y": None}], "2 exp(0.5 + 0.3 x)^2")

    more = [e("PCovMatrix", [e("PCovCell", pRow="b", pCol="b", value="0.25")])]

    def segment(kind, beta, link):
        model = general_regression(schema(["x", "kind"], ["y"]), ["b"], [("b", "x", 1)], [("b", beta)], (), ["x"],
                                   (),
                                   more,
                                   functionName="regression",
                                   modelType="generalizedLinear",
                                   linkFunction=link)
        return e("Segment", [e("SimplePredicate", field="kind", operator="equal", value=kind), model], id=kind)

    outputs = []
    for kind in ("one", "two"):
        for name, feature in (("se", "standardError"), ("low", "confidenceIntervalLower")):
            outputs.append(output(f"{name}_{kind}", feature, segmentId=kind))
    choice = e("MiningModel", [
        schema(["x", "kind"], ["y"]),
        e("Output", outputs),
        e("Segmentation",
          [segment("one", 0.5, "identity"), segment("two", -0.25, "log")],
          multipleModelMethod="selectFirst")
    ],
               functionName="regression")
    q = float(scipy.stats.norm.ppf(0.975))
    case("choice_of_segments", document(fields, choice),
         [{"x": 2, "kind": "one"}, {"x": 2, "kind": "two"}, {"x": 2, "kind": None}],
         [{"y": 1.0, "se_one": 1.0, "low_one": 1 - q, "se_two": None, "low_two": None}, {
             "y": math.exp(-0.5), "se_one": None, "low_one": None, "se_two": math.exp(-0.5), "low_two":
             math.exp(-0.5 - q)
         }, {"y": None, "se_one": None, "low_one": None, "se_two": None, "low_two": None}],
         "error and interval of the segment that answers, missing of the others")

    average = [
        general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", b, "yes")], (), ["x"],
                           functionName="classification",
                           modelType="generalizedLinear",
                           linkFunction=link) for b, link in ((1, "logit"), (0.5, "probit"))
    ]
    fields = [field("x"), text_field("y", ["no", "yes"])]
    mixed = e("MiningModel", [
        schema(["x"], ["y"]),
        e("Output", class_outputs(["no", "yes"])),
        e("Segmentation", [e("Segment", [e("True"), m]) for m in average], multipleModelMethod="average")
    ],
              functionName="classification")
    expected = []
    for x in (1, -0.5):
        p = (1 / (1 + math.exp(-x)) + float(scipy.stats.norm.cdf(0.5 * x))) / 2
        expected.append([1 - p, p])
    case("average_of_segments", document(fields, mixed), [{"x": 1}, {"x": -0.5}],
         probabilities(["no", "yes"], expected), "mean of the two models' probabilities")

    verification = e("ModelVerification", [
        e("VerificationFields",
          [e("VerificationField", field="x"),
           e("VerificationField", field="y", precision="1e-12")]),
        e("InlineTable", [e("row", [e("x", "2"), e("y", repr(math.exp(1)))])])
    ],
                     recordCount="1",
                     fieldCount="2")
    verified = general_regression(schema(["x"], ["y"]), ["b"], [("b", "x", 1)], [("b", 0.5)], (), ["x"], (),
                                  [verification],
                                  functionName="regression",
                                  modelType="generalizedLinear",
                                  linkFunction="log")
    case("verification", document([field("x"), field("y")], verified), [{"x": 4}],
         [{"y": math.exp(2)}], "exp(x / 2); the document verifies itself with one record")


def main():
    fitted_links()
    oddspower()
    domains()
    linear_models()
    trials()
    designs()
    multinomial()
    ordinal()
    binary()
    cox()
    segments()
    FOLDER.write()


if __name__ == "__main__":
    main()
