"""One sample and its design matrix: what the models of one equation are fitted to."""
import numpy as np

from writing import element as e, field, text_field

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
