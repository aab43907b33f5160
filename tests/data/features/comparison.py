"""ComparisonMeasure by the formulas of the specification (chapter Clustering Models), for derive.py of its users.

A field is a dict: name, and where they differ from the defaults weight, function, scale, period, values, matrix, q.
"""
import math

import numpy
from scipy.spatial import distance as scipy_distance

BINARY = {
    "simpleMatching": lambda a11, a10, a01, a00: ((a11 + a00), (a11 + a10 + a01 + a00)),
    "jaccard": lambda a11, a10, a01, a00: (a11, (a11 + a10 + a01)),
    "tanimoto": lambda a11, a10, a01, a00: ((a11 + a00), (a11 + 2 * (a10 + a01) + a00)),
}


def compare_values(field, x, y, number=float):
    """c(x, y) of one field."""
    function = field.get("function", "absDiff")
    if function == "delta":
        return number(0 if x == y else 1)
    if function == "equal":
        return number(1 if x == y else 0)
    if function == "table":
        return field["matrix"][index_in(field, x)][index_in(field, y)]
    z = abs(number(x) - number(y))
    if field.get("period"):
        z = min(z % field["period"], field["period"] - z % field["period"])
    if function == "gaussSim":
        return math.exp(-math.log(2) * z**2 / field["scale"] ** 2)
    return z


def index_in(field, x):
    """Position among listed values, or of the interval (left, right] that holds the value."""
    for i, value in enumerate(field["values"]):
        if value == x or (isinstance(value, tuple) and value[0] < x <= value[1]):
            return i
    raise ValueError(x)


def compare(measure, fields, x, y, p=None, parameters=None, number=float):
    """Distance or similarity of a record and a point (dicts by field name); None: nothing could be compared."""
    both = [f for f in fields if x.get(f["name"]) is not None and y.get(f["name"]) is not None]
    if measure in BINARY or measure == "binarySimilarity":
        pairs = [(int(x[f["name"]]), int(y[f["name"]])) for f in both]
        counts = [pairs.count(pair) for pair in ((1, 1), (1, 0), (0, 1), (0, 0))]
        if measure == "binarySimilarity":
            above = sum(parameters["c" + k] * n for k, n in zip(("11", "10", "01", "00"), counts))
            below = sum(parameters["d" + k] * n for k, n in zip(("11", "10", "01", "00"), counts))
        else:
            above, below = BINARY[measure](*counts)
        return None if below == 0 else above / below
    all_weights = sum(number(f.get("q", 1)) for f in fields)
    weights = sum(number(f.get("q", 1)) for f in both)
    if weights == 0:
        return None
    adjustment = number(all_weights) / number(weights)
    terms = [(number(f.get("weight", 1)), compare_values(f, x[f["name"]], y[f["name"]], number)) for f in both]
    if measure == "euclidean":
        value = number(math.sqrt(adjustment * sum((w * c**2 for w, c in terms), number(0))))
    elif measure == "squaredEuclidean":
        value = adjustment * sum((w * c**2 for w, c in terms), number(0))
    elif measure == "cityBlock":
        value = adjustment * sum((w * c for w, c in terms), number(0))
    elif measure == "chebychev":
        value = adjustment * max(w * c for w, c in terms)
    elif measure == "minkowski":
        value = (adjustment * sum(w * c**p for w, c in terms)) ** (1 / p)
    else:
        raise ValueError(measure)
    check_with_scipy(measure, fields, x, y, p, value)
    return float(value)


def check_with_scipy(measure, fields, x, y, p, value):
    """Where a library has the same measure, it says the same."""
    plain = all(f.get("function", "absDiff") == "absDiff" and not f.get("period") for f in fields)
    if not plain or any(x.get(f["name"]) is None or y.get(f["name"]) is None for f in fields):
        return
    a, b = ([float(point[f["name"]]) for f in fields] for point in (x, y))
    w = [float(f.get("weight", 1)) for f in fields]
    if measure == "chebychev":  # the library's weights only switch fields on
        expected = float(numpy.max(numpy.abs(numpy.subtract(a, b)) * w))
    else:
        name = {"squaredEuclidean": "sqeuclidean", "cityBlock": "cityblock"}.get(measure, measure)
        expected = getattr(scipy_distance, name)(a, b, **({"p": p} if p else {}), w=w)
    assert math.isclose(expected, float(value), rel_tol=2e-6, abs_tol=1e-6), (measure, expected, value)


def measure_element(measure, kind="distance", p=None, parameters=None, default=None, bounds=""):
    inside = f"<{measure}/>"
    if measure == "minkowski":
        inside = f'<minkowski p-parameter="{p}"/>'
    if measure == "binarySimilarity":
        inside = "<binarySimilarity " + " ".join(f'{k}-parameter="{v}"' for k, v in parameters.items()) + "/>"
    function = f' compareFunction="{default}"' if default else ""
    return f'<ComparisonMeasure kind="{kind}"{function}{bounds}>{inside}</ComparisonMeasure>'
