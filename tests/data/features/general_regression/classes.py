"""Classifications: multinomial, ordinal with every cumulative link, binomial."""
import math

import numpy as np
import scipy.stats
import statsmodels.api as sm
from statsmodels.miscmodels.ordinal_model import OrderedModel

from model import agree, case, document, floats, general_regression, inverse_link
from sample import CELLS, DESIGN, design_of, fields_of, HOLES, HOLES_EXPECTED, N, PARAMETERS, RNG, ROWS
from writing import class_outputs, field, missing_classes, probabilities, schema, text_field


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
