"""Generalized linear models: every link, fitted and at the ends of its domain."""
import math

import numpy as np
import scipy.optimize
import scipy.stats
import statsmodels.api as sm

from model import agree, case, document, floats, general_regression, inverse_link
from sample import CELLS, covariance, DESIGN, design_of, fields_of, HOLES, HOLES_EXPECTED, PARAMETERS, ROWS, simulate
from writing import element as e, field, number, output, schema


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
