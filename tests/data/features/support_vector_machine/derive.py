#!/usr/bin/env python3
"""Writes the support vector machine cases: models/*.pmml and manifest.json.

Expected values follow the formulas of the chapter "Support Vector Machine" with 40 digits (mpmath). Every function is also
evaluated in plain floats with other means (polynomials by repeated multiplication, radial bases by |x|^2 - 2 x.v + |v|^2,
hyperbolic tangents by their exponentials) and must agree. Cases in binary32 are rounded by numpy after each operation.

usage: derive.py        (needs mpmath and numpy)
"""
import functools
import itertools
import math
import pathlib
import sys

import mpmath
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import writing
from writing import Folder, derived, element, field, field_ref, output, schema

mpmath.mp.dps = 40
FOLDER = Folder(__file__, "SupportVectorMachine", "svm", 1e-12, layout=writing.indented)
case = FOLDER.case
pmml = functools.partial(writing.document, copyright=None)

# --- the document -----------------------------------------------------------------------------------------------

VECTORS = {"v1": (0.5, -1), "v2": (-1.25, 0.75), "v3": (0, 2)}
XY = [field("x1"), field("x2")]
NUMBER = [*XY, field("y")]
RECORDS = [{"x1": 0.5, "x2": -1.25}, {"x1": -2, "x2": 0.75}, {"x1": 0, "x2": 0}, {"x1": 3.5, "x2": 2}, {"x1": 1, "x2": None}]


def classes(*names, data_type="string"):
    return [*XY, field("y", "categorical", data_type, names)]


def dense(numbers):
    return element("Array", {"type": "real", "n": len(numbers)}, " ".join(map(str, numbers)))


def sparse(entries, **attributes):
    """`entries` [(index from 1, number)]"""
    return element("REAL-SparseArray", attributes,
                   *([element("Indices", None, " ".join(str(i) for i, _ in entries)),
                      element("REAL-Entries", None, " ".join(str(x) for _, x in entries))] if entries else []))


def dictionary(vectors, fields=(field_ref("x1"), field_ref("x2"))):
    return element("VectorDictionary", {"numberOfVectors": len(vectors)},
                   element("VectorFields", {"numberOfFields": len(fields)}, *fields),
                   *(element("VectorInstance", {"id": i}, v if isinstance(v, str) else dense(v)) for i, v in vectors.items()))


def coefficients(weights, b=None):
    return element("Coefficients", {"numberOfCoefficients": len(weights), **({} if b is None else {"absoluteValue": b})},
                   *(element("Coefficient", {} if w is None else {"value": w}) for w in weights))


def machine(weights, b=None, **attributes):
    """`weights` {vector: weight}, or a list of the fields' weights."""
    if isinstance(weights, list):
        return element("SupportVectorMachine", attributes, coefficients(weights, b))
    return element("SupportVectorMachine", attributes,
                   element("SupportVectors", {"numberOfSupportVectors": len(weights), "numberOfAttributes": 2},
                           *(element("SupportVector", {"vectorId": v}) for v in weights)),
                   coefficients(list(weights.values()), b))


def model(attributes, kernel, vectors, *machines, inputs=("x1", "x2"), target="y", before=""):
    return element("SupportVectorMachineModel", attributes, schema(inputs, [target]), before, kernel, vectors, *machines)


# --- the formulas -----------------------------------------------------------------------------------------------


def kernel_value(kind, parameters, x, v):
    p = {"gamma": 1, "coef0": 1, "degree": 1, **parameters}
    gamma, coef0, degree = (mpmath.mpf(p[key]) for key in ("gamma", "coef0", "degree"))
    product = sum(mpmath.mpf(a) * mpmath.mpf(b) for a, b in zip(x, v))
    distance = sum((mpmath.mpf(a) - mpmath.mpf(b)) ** 2 for a, b in zip(x, v))
    exact = {"linear": lambda: product, "polynomial": lambda: (gamma * product + coef0) ** degree,
             "radialBasis": lambda: mpmath.exp(-gamma * distance), "sigmoid": lambda: mpmath.tanh(gamma * product + coef0)}[kind]()
    # By other means, in floats.
    dot = lambda a, b: math.fsum(s * t for s, t in zip(a, b))
    if kind == "polynomial" and p["degree"] == int(p["degree"]):
        other = math.prod([p["gamma"] * dot(x, v) + p["coef0"]] * int(p["degree"]))
    elif kind == "radialBasis":
        other = math.exp(-p["gamma"] * (dot(x, x) - 2 * dot(x, v) + dot(v, v)))
    elif kind == "sigmoid":
        z = p["gamma"] * dot(x, v) + p["coef0"]
        other = (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z))
    else:
        other = float(exact)
    assert abs(other - exact) <= 1e-12 * max(1, abs(exact)), (kind, other, exact)
    return exact


def function(kind, parameters, vectors, weights, b, x):
    return sum(mpmath.mpf(w) * kernel_value(kind, parameters, x, vectors[v]) for v, w in weights.items()) + mpmath.mpf(b)


def linear(weights, b, x):
    return sum(w * a for w, a in zip(weights, x)) + b


def point(record):
    return None if record["x1"] is None or record["x2"] is None else (record["x1"], record["x2"])


ELEMENTS = {"linear": "LinearKernelType", "polynomial": "PolynomialKernelType", "radialBasis": "RadialBasisKernelType",
            "sigmoid": "SigmoidKernelType"}

# --- kernels ------------------------------------------------------------------------------------------------------


def kernel_cases():
    weights = {"v1": 0.75, "v2": -1.5, "v3": 0.25}
    for name, kind, parameters in [
            ("linear", "linear", {}), ("polynomial", "polynomial", {"gamma": 0.4, "coef0": 0.3, "degree": 3}),
            ("polynomial_defaults", "polynomial", {}), ("polynomial_square", "polynomial", {"degree": 2, "coef0": -0.5}),
            ("radial", "radialBasis", {"gamma": 0.35}), ("radial_defaults", "radialBasis", {}),
            ("sigmoid", "sigmoid", {"gamma": 0.2, "coef0": -0.4}), ("sigmoid_defaults", "sigmoid", {})]:
        document = pmml(NUMBER, model({"functionName": "regression", "svmRepresentation": "SupportVectors"},
                                      element(ELEMENTS[kind], {**parameters, "description": "by hand"}), dictionary(VECTORS),
                                      machine(weights, -0.375)))
        expected = [{"y": None if point(r) is None else float(function(kind, parameters, VECTORS, weights, -0.375, point(r)))}
                    for r in RECORDS]
        case(f"kernel_{name}", document, RECORDS, expected, f"sum a_i K(v_i, x) + b, {kind} kernel {parameters or 'with its defaults'}")

    # A power that is no integer has no value for a negative base.
    parameters = {"degree": 1.5, "gamma": 1, "coef0": 0}
    document = pmml(NUMBER, model({"functionName": "regression"}, element("PolynomialKernelType", parameters),
                                  dictionary({"v": (1, 1)}), machine({"v": 2})))
    case("kernel_root", document, [{"x1": 2, "x2": 2}, {"x1": 1, "x2": -3}, {"x1": 1, "x2": -1}],
         [{"y": 16}, "invalid", {"y": 0}], "2 (x1 + x2)^1.5", "the degree may be any number; a negative number to the power 1.5 is invalid")


# --- vectors ------------------------------------------------------------------------------------------------------


def vector_cases():
    fields = [field(f"x{i}") for i in range(1, 6)] + [field("y")]
    names = [f"x{i}" for i in range(1, 6)]
    forms = {"dense": (dense((0.5, 0, -2, 0, 1)), (0.5, 0, -2, 0, 1)),
             "entries": (sparse([(1, 0.5), (3, -2), (5, 1)], n=5), (0.5, 0, -2, 0, 1)),
             "unordered": (sparse([(4, 3), (2, 0.25)]), (0, 0.25, 0, 3, 0)),
             "nothing": (sparse([], n=5), (0, 0, 0, 0, 0)),
             "default": (sparse([(2, -1)], n=5, defaultValue=0.5), (0.5, -1, 0.5, 0.5, 0.5))}
    weights = dict(zip(forms, (1.5, -0.5, 2, 0.75, -1)))
    vectors = {name: numbers for name, (_, numbers) in forms.items()}
    records = [dict(zip(names, x)) for x in [(1, 2, 3, 4, 5), (0, 0, 0, 0, 0), (-0.5, 0.25, 1, -1, 0.125), (1, 1, None, 1, 1)]]
    for kind, parameters in [("linear", {}), ("radialBasis", {"gamma": 0.1}), ("polynomial", {"degree": 2})]:
        document = pmml(fields, model({"functionName": "regression"}, element(ELEMENTS[kind], parameters),
                                      dictionary({n: text for n, (text, _) in forms.items()}, [field_ref(n) for n in names]),
                                      machine(weights, 0.5), inputs=names))
        expected = [{"y": None if None in r.values() else float(function(kind, parameters, vectors, weights, 0.5, list(r.values())))}
                    for r in records]
        case(f"vectors_{kind.lower()}", document, records, expected,
             "sparse arrays written out in full: indices from 1, defaultValue elsewhere, 0 where nothing is said")

    # Fields of all kinds; a category is a coordinate of 0 or 1.
    fields = [field("x"), field("s", "categorical", "string", ["r", "g", "b"]), field("k", "categorical", "integer", [1, 2]), field("y")]
    coordinates = [field_ref("twice"), element("CategoricalPredictor", {"name": "s", "value": "r", "coefficient": 1}),
                   element("CategoricalPredictor", {"name": "s", "value": "g", "coefficient": "1.0"}),
                   element("CategoricalPredictor", {"name": "k", "value": 2, "coefficient": 1}),
                   field_ref("x", mapMissingTo=-1)]
    local = element("LocalTransformations", None, derived(element("Apply", {"function": "*", "mapMissingTo": 0}, field_ref("x"),
                                                                  element("Constant", {"dataType": "double"}, "2")), name="twice"))
    coded = [((4, 1, 0, 0, 2), {"x": 2, "s": "r", "k": 1}), ((-1, 0, 1, 1, -0.5), {"x": -0.5, "s": "g", "k": 2}),
             ((0, 0, 0, 1, 0), {"x": 0, "s": "b", "k": 2}), ((2, 0, 0, 0, 1), {"x": 1, "s": None, "k": None}),
             ((0, 1, 0, 0, -1), {"x": None, "s": "r", "k": 1})]
    weights = [0.5, 10, 100, 1000, -0.25]
    reading = ("a missing category equals no value and is 0, as the element is defined for regressions; a missing number makes the "
               "answer missing unless it is mapped; a value that is not listed is invalid")
    document = pmml(fields, model({"functionName": "regression", "svmRepresentation": "Coefficients"}, element("LinearKernelType"),
                                  dictionary({}, coordinates), machine(weights, 0.125), inputs=("x", "s", "k"), before=local))
    case("fields", document, [r for _, r in coded] + [{"x": 1, "s": "mauve", "k": 1}],
         [{"y": linear(weights, 0.125, x)} for x, _ in coded] + ["invalid"],
         "b + sum w_j x_j with the coordinates by hand", reading)
    vectors = {"a": (1, 1, 0, 0, 1), "b": (0, 0, 1, 1, -1)}
    document = pmml(fields, model({"functionName": "regression"}, element("RadialBasisKernelType", {"gamma": 0.2}),
                                  dictionary(vectors, coordinates), machine({"a": 2, "b": -3}, 1), inputs=("x", "s", "k"), before=local))
    case("fields_radial", document, [r for _, r in coded],
         [{"y": float(function("radialBasis", {"gamma": 0.2}, vectors, {"a": 2, "b": -3}, 1, x))} for x, _ in coded],
         "sum a_i exp(-gamma |v_i - x|^2) + b with the coordinates by hand", reading)

    document = pmml(NUMBER, model({"functionName": "regression", "svmRepresentation": "Coefficients"}, element("LinearKernelType"),
                                  dictionary({"unused": (1, 2)}), machine([2, None])))
    case("coefficients_defaults", document, RECORDS, [{"y": None if r["x2"] is None else 2 * r["x1"]} for r in RECORDS],
         "2 x1: a Coefficient without value and an absent absoluteValue are 0")


# --- classes ------------------------------------------------------------------------------------------------------


def votes(values, pairs, thresholds, order, max_wins):
    """The class with the most votes, the first of equals in `order`."""
    count = dict.fromkeys(order, 0)
    for f, (target, alternate), threshold in zip(values, pairs, thresholds):
        count[target if (f > threshold if max_wins else f < threshold) else alternate] += 1
    return next(c for c in order if count[c] == max(count.values()))


GRID = [{"x1": a, "x2": b} for a, b in itertools.product((-2, -0.5, 0, 0.25, 1, 3), (-1.5, -0.25, 0, 0.75, 2))] + [{"x1": 1, "x2": None}]


def by_grid(decide):
    return [{"y": None if point(r) is None else decide(point(r))} for r in GRID]


def class_cases():
    # One machine, two classes.
    weights = {"v1": 1, "v2": -0.5, "v3": 0.75}
    f = lambda x: function("polynomial", {"degree": 2}, VECTORS, weights, -2, x)
    kernel = element("PolynomialKernelType", {"degree": 2})
    common = {"functionName": "classification"}
    for name, attributes, own, decide, reading in [
            ("binary", {"isScorable": "true", "modelName": "two classes", "algorithmName": "by hand"}, {}, lambda x: f(x) < 0, None),
            ("binary_max_wins", {"maxWins": "true", "classificationMethod": "OneAgainstOne"}, {}, lambda x: f(x) > 0, None),
            ("binary_threshold", {"threshold": 1.5}, {}, lambda x: f(x) < 1.5, None),
            ("binary_own_threshold", {"threshold": 1.5, "classificationMethod": "OneAgainstAll"}, {"threshold": -0.75}, lambda x: f(x) < -0.75,
             "a single machine with two categories is compared with its threshold whatever the method is called")]:
        document = pmml(classes("no", "yes"), model({**common, **attributes}, kernel, dictionary(VECTORS),
                                                    machine(weights, -2, targetCategory="no", alternateTargetCategory="yes", **own)))
        assert {decide(point(r)) for r in GRID if point(r)} == {True, False}
        case(name, document, GRID, by_grid(lambda x: "no" if decide(x) else "yes"),
             "target category below the threshold (maxWins: above), else the alternate; the machine's threshold before the model's", reading)

    document = pmml(classes("no", "yes"), model({**common, "svmRepresentation": "Coefficients"}, element("LinearKernelType"),
                                                dictionary({}), machine([1, -1], 0, targetCategory="yes")))
    case("binary_one_category", document, [{"x1": 0, "x2": 1}, {"x1": 1, "x2": 1}, {"x1": 2, "x2": 1}],
         [{"y": "yes"}, {"y": "no"}, {"y": "no"}], "x1 - x2 < 0, and 0 is not below the threshold",
         "a single machine that names one of two listed values: the other value is the alternate")

    # 3.x: the function is 1 for the target category and 0 for the other.
    document = pmml(classes("no", "yes"), model({**common, "svmRepresentation": "Coefficients", "alternateBinaryTargetCategory": "no"},
                                                element("LinearKernelType"), dictionary({}), machine([1, 0], 0, targetCategory="yes")))
    case("alternate_binary_target", document, [{"x1": x, "x2": 0} for x in (0.75, 0.5, 0.49, 1.49, -0.5, 1.5, -0.51, 7)],
         [{"y": "yes"}, {"y": "yes"}, {"y": "no"}, {"y": "yes"}, {"y": "no"}, "invalid", "invalid", "invalid"],
         "x1 rounded: 1 is the target category, 0 the other",
         "halves are rounded upward; rounded values other than 0 and 1 name no class and are invalid")

    # One against all.
    machines = {"a": ([1, 0.5], 0.25), "b": ([-1, 0.25], 0), "c": ([0.25, -1], -0.5)}
    for name, attributes, best in [
            ("one_against_all", {}, min), ("one_against_all_max_wins", {"classificationMethod": "OneAgainstAll", "maxWins": "true"}, max)]:
        document = pmml(classes("c", "b", "a"), model({**common, "svmRepresentation": "Coefficients", **attributes}, element("LinearKernelType"),
                                                      dictionary({}), *(machine(w, b, targetCategory=c) for c, (w, b) in machines.items())))
        case(name, document, GRID, by_grid(lambda x: best(machines, key=lambda c: linear(*machines[c], x))),
             f"the machine with the {best.__name__}imum of f names the class")
    document = pmml(classes("c", "b", "a"), model({**common, "svmRepresentation": "Coefficients", "classificationMethod": "OneAgainstAll"},
                                                  element("LinearKernelType"), dictionary({}), machine([1, 0], 0, targetCategory="b"),
                                                  machine([0, 1], 0, targetCategory="a"), machine([1, 1], -1, targetCategory="c")))
    case("one_against_all_ties", document, [{"x1": 0.5, "x2": 0.5}, {"x1": 1, "x2": 1}, {"x1": 0, "x2": 2}, {"x1": 2, "x2": 0}],
         [{"y": "c"}, {"y": "b"}, {"y": "b"}, {"y": "a"}], "smallest of x1, x2, x1 + x2 - 1: 0.5 0.5 0; 1 1 1; 0 2 1; 2 0 1",
         "of equal functions the first machine in the document wins")

    # One against one: kernels shared by several machines.
    pairs = [("b", "a"), ("c", "a"), ("c", "b"), ("d", "a"), ("b", "d"), ("c", "d")]
    parts = [{"v1": 1, "v2": -1}, {"v3": 0.5, "v1": -0.75}, {"v2": 2, "v3": -1, "v1": 0.5}, {"v1": 1}, {"v3": -1, "v2": 0.25}, {"v2": 1, "v1": 1}]
    offsets = [0.1, -0.05, -0.2, -0.3, 0.4, -0.45]
    own = [{}, {"threshold": 0.125}, {}, {"threshold": -0.1}, {}, {}]
    for name, attributes, method in [("one_against_one", {"classificationMethod": "OneAgainstOne", "threshold": 0.05}, 0.05),
                                     ("one_against_one_max_wins", {"classificationMethod": "OneAgainstOne", "maxWins": "true"}, 0),
                                     ("one_against_one_by_its_categories", {}, 0)]:
        thresholds = [o.get("threshold", method) for o in own]
        document = pmml(classes("a", "b", "c", "d"), model(
            {**common, **attributes}, element("RadialBasisKernelType", {"gamma": 0.5}), dictionary(VECTORS),
            *(machine(w, b, targetCategory=t, alternateTargetCategory=o, **more)
              for (t, o), w, b, more in zip(pairs, parts, offsets, own))))
        decide = lambda x: votes([function("radialBasis", {"gamma": 0.5}, VECTORS, w, b, x) for w, b in zip(parts, offsets)], pairs,
                                 thresholds, "abcd", "maxWins" in attributes)
        case(name, document, GRID, by_grid(decide), "most votes of six machines; target category below (maxWins: above) the threshold",
             "of classes with equally many votes the first among the listed values wins" + (
                 "; documents that name two categories per machine but no method are read as OneAgainstOne" if not attributes else ""))

    # A cycle of votes: every class has one.
    document = pmml(classes(3, 1, 2, data_type="integer"), model(
        {**common, "svmRepresentation": "Coefficients", "classificationMethod": "OneAgainstOne"}, element("LinearKernelType"), dictionary({}),
        *(machine([1, 0], b, targetCategory=t, alternateTargetCategory=a) for t, a, b in [(1, 2, 0), (2, 3, 0), (3, 1, 0), (2, 1, 10)])))
    case("one_against_one_ties", document, [{"x1": -1, "x2": 0}, {"x1": 1, "x2": 0}, {"x1": -20, "x2": 0}],
         [{"y": 1}, {"y": 1}, {"y": 2}], "votes of 1, 2, 3: 2 1 1; 2 1 1; 1 2 1")
    document = pmml(classes("z", "y", "x"), model(
        {**common, "svmRepresentation": "Coefficients", "classificationMethod": "OneAgainstOne"}, element("LinearKernelType"), dictionary({}),
        *(machine([1, 0], 0, targetCategory=t, alternateTargetCategory=a) for t, a in [("x", "y"), ("y", "z"), ("z", "x")])))
    case("one_against_one_cycle", document, [{"x1": -1, "x2": 0}, {"x1": 1, "x2": 0}], [{"y": "z"}, {"y": "z"}],
         "every class has one vote", "the first of the listed values wins")

    # No numbers, no class; targets and outputs around it.
    outputs = element("Output", None, output("class", "predictedValue", "string"), output("p", "probability", value="yes"),
                      output("words", "predictedDisplayValue", "string"))
    targets = element("Targets", None, element("Target", {"field": "y"}, element("TargetValue", {"value": "yes", "displayValue": "yes, please"}),
                                               element("TargetValue", {"value": "no", "displayValue": "no, thanks"})))
    document = pmml(classes("no", "yes"), model({**common}, element("PolynomialKernelType", {"degree": 0.5, "coef0": 0}), dictionary({"v": (1, 0)}),
                                                machine({"v": 1}, -1, targetCategory="no", alternateTargetCategory="yes"), before=outputs + targets))
    case("outputs", document, [{"x1": 0.25, "x2": 0}, {"x1": 4, "x2": 0}, {"x1": -1, "x2": 0}, {"x1": None, "x2": 0}],
         [{"y": "no", "class": "no", "p": None, "words": "no, thanks"}, {"y": "yes", "class": "yes", "p": None, "words": "yes, please"}, "invalid",
          {"y": None, "class": None, "p": None, "words": None}], "sqrt(x1) - 1 < 0",
         "the standard gives no probabilities to these models: a probability that is asked for is missing")


# --- binary32 and composition -------------------------------------------------------------------------------------


def float_cases():
    f = numpy.float32
    weights, b = {"v1": 0.7, "v2": -1.3, "v3": 0.1}, -0.35
    for kind, parameters in [("radialBasis", {"gamma": 0.37}), ("sigmoid", {"gamma": 0.21, "coef0": -0.43}), ("linear", {})]:
        def one(x):
            x = [f(v) for v in x]
            total = f(0)
            for v, w in weights.items():
                s = f(0)
                for a, t in zip(x, VECTORS[v]):
                    s = s + ((f(t) - a) * (f(t) - a) if kind == "radialBasis" else f(t) * a)
                if kind == "radialBasis":
                    s = f(math.exp(float(-(f(0.37) * s))))
                if kind == "sigmoid":
                    s = f(math.tanh(float(f(0.21) * s + f(-0.43))))
                total = total + f(w) * s
            total = total + f(b)
            assert type(total) is f
            return float(total)
        document = pmml(NUMBER, model({"functionName": "regression", "x-mathContext": "float"}, element(ELEMENTS[kind], parameters),
                                      dictionary(VECTORS), machine(weights, b)))
        records = [{"x1": round(0.27 * k - 2.1, 2), "x2": round(1.3 - 0.19 * k, 2)} for k in range(19)]
        case(f"float_{kind.lower()}", document, records, [{"y": one(point(r))} for r in records],
             "numpy binary32, rounded after every operation; exp and tanh of the exact operand, then rounded", tolerance=1e-15)


def composition_cases():
    common = {"functionName": "classification", "svmRepresentation": "Coefficients"}
    planes = [([1, 1], 0.5), ([1, -1], 0.25), ([-1, 2], -0.5)]
    members = [element("Segment", {"id": s}, element("True"),
                       model(common, element("LinearKernelType"), dictionary({}), machine(w, b, targetCategory="yes", alternateTargetCategory="no")))
               for s, (w, b) in enumerate(planes)]
    document = pmml(classes("no", "yes"), element("MiningModel", {"functionName": "classification"}, schema(["x1", "x2"], ["y"]),
                                                  element("Segmentation", {"multipleModelMethod": "majorityVote"}, *members)))
    count = lambda x: sum(linear(w, b, x) < 0 for w, b in planes)
    records = GRID[:-1]
    case("majority_of_machines", document, records,
         [{"y": "yes" if count(point(r)) >= 2 else "no", "@probability:yes": count(point(r)) / 3} for r in records],
         "two of three machines; probabilities are shares of votes")

    fields = [*XY, field("y"), field("level")]
    score = element("Segment", {"id": "f"}, element("True"),
                    model({"functionName": "regression"}, element("RadialBasisKernelType", {"gamma": 0.5}), dictionary(VECTORS),
                          machine({"v1": 1, "v3": 2}, 0.25), target="level",
                          before=element("Output", None, output("f", isFinalResult="false"))))
    line = element("Segment", {"id": "line"}, element("True"),
                   element("RegressionModel", {"functionName": "regression"}, schema(["f"], ["y"]),
                           element("RegressionTable", {"intercept": 1}, element("NumericPredictor", {"name": "f", "coefficient": 10}))))
    document = pmml(fields, element("MiningModel", {"functionName": "regression"}, schema(["x1", "x2"], ["y"]),
                                    element("Segmentation", {"multipleModelMethod": "modelChain"}, score, line)))
    case("chain", document, RECORDS,
         [{"y": None if point(r) is None else float(1 + 10 * function("radialBasis", {"gamma": 0.5}, VECTORS, {"v1": 1, "v3": 2}, 0.25, point(r)))}
          for r in RECORDS], "a regression of the machine's value: 1 + 10 f")


def main():
    kernel_cases()
    vector_cases()
    class_cases()
    float_cases()
    composition_cases()
    FOLDER.write()


if __name__ == "__main__":
    main()
