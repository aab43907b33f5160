#!/usr/bin/env python3
"""Writes the neural network cases: models/*.pmml and manifest.json.

Expected values follow the formulas of the chapter "Neural Network" in Python floats. Every forward pass is repeated with
40 digits (mpmath) and must agree; radial bases are also computed as a product of bells. Cases in binary32 are rounded by
numpy after each operation.

usage: derive.py        (needs mpmath and numpy)
"""
import functools
import math
import pathlib
import sys

import mpmath
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import writing
from writing import Folder, derived, element, field, field_ref, output, schema

mpmath.mp.dps = 40
FOLDER = Folder(__file__, "NeuralNetwork", "nn", 1e-12, layout=writing.indented)
case = FOLDER.case
pmml = functools.partial(writing.document, copyright=None)

# --- the document -----------------------------------------------------------------------------------------------


def norm(name, knots, **more):
    return element("NormContinuous", {"field": name, **more},
                   *(element("LinearNorm", {"orig": o, "norm": n}) for o, n in knots))


def indicator(name, value, **more):
    return element("NormDiscrete", {"field": name, "value": value, **more})


def network(attributes, inputs, layers, outputs, before=""):
    """`inputs` {id: expression}, `layers` [(attributes, {id: (attributes, {from: weight})})], `outputs` [(neuron, expression)].

    `before`: what stands in front of NeuralInputs (MiningSchema, Output …)."""
    return element(
        "NeuralNetwork", attributes, before,
        element("NeuralInputs", {"numberOfInputs": len(inputs)},
                *(element("NeuralInput", {"id": i}, derived(e)) for i, e in inputs.items())),
        *(element("NeuralLayer", {**own, "numberOfNeurons": len(neurons)},
                  *(element("Neuron", {"id": i, **more},
                            *(element("Con", {"from": f, "weight": w}) for f, w in connections.items()))
                    for i, (more, connections) in neurons.items())) for own, neurons in layers),
        element("NeuralOutputs", {"numberOfOutputs": len(outputs)},
                *(element("NeuralOutput", {"outputNeuron": n}, e if e.startswith("<DerivedField") else derived(e))
                  for n, e in outputs)))


# --- the formulas -----------------------------------------------------------------------------------------------


def activation(kind, z, threshold, m):
    pi = m.pi
    return {
        "threshold": lambda: 1 if z > threshold else 0,
        "logistic": lambda: 1 / (1 + m.exp(-z)),
        "tanh": lambda: (1 - m.exp(-2 * z)) / (1 + m.exp(-2 * z)),
        "identity": lambda: z,
        "exponential": lambda: m.exp(z),
        "reciprocal": lambda: 1 / z,
        "square": lambda: z * z,
        "Gauss": lambda: m.exp(-(z * z)),
        "sine": lambda: m.sin(z),
        "cosine": lambda: m.cos(z),
        "Elliott": lambda: z / (1 + abs(z)),
        "arctan": lambda: 2 * m.atan(z) / pi,
        "rectifier": lambda: max(0, z),
    }[kind]()


def forward(attributes, layers, x, m=math, number=float):
    """Activations by id; `x` those of the inputs."""
    a = {i: number(v) for i, v in x.items()}
    for own, neurons in layers:
        get = lambda key, default=None: own.get(key, attributes.get(key, default))
        kind = get("activationFunction")
        for i, (more, connections) in neurons.items():
            if kind == "radialBasis":
                width = number(more.get("width", get("width")))
                altitude = number(more.get("altitude", get("altitude", 1)))
                z = sum((number(w) - a[f]) ** 2 for f, w in connections.items()) / (2 * width * width)
                a[i] = m.exp(len(connections) * m.log(altitude) - z)
                bells = number(1)
                for f, w in connections.items():
                    bells *= altitude * m.exp(-((a[f] - number(w)) / width) ** 2 / 2)
                assert abs(bells - a[i]) <= 1e-13 * abs(a[i])
            else:
                z = number(more.get("bias", 0))
                for f, w in connections.items():
                    z += number(w) * a[f]
                a[i] = activation(kind, z, number(get("threshold", 0)), m)
        method = get("normalizationMethod", "none")
        if method == "softmax":
            e = {i: m.exp(a[i]) for i in neurons}
            a.update({i: e[i] / sum(e.values()) for i in neurons})
        if method == "simplemax":
            total = sum(a[i] for i in neurons)
            a.update({i: a[i] / total for i in neurons})
    return dict(a)


def run(attributes, layers, x):
    """The same twice: floats, and 40 digits that must agree."""
    plain = forward(attributes, layers, x)
    exact = forward(attributes, layers, x, mpmath, mpmath.mpf)
    for i, v in plain.items():
        assert abs(v - exact[i]) <= 1e-12 * max(1, abs(exact[i])), (i, v, exact[i])
    return {i: float(v) for i, v in exact.items()}


REGRESSION = {"functionName": "regression"}
XY = [field("x1"), field("x2"), field("y")]
XY_INPUTS = {"i1": field_ref("x1"), "i2": field_ref("x2")}
RECORDS = [{"x1": 0.5, "x2": -1.25}, {"x1": -2, "x2": 0.75}, {"x1": 0, "x2": 0}, {"x1": 3.5, "x2": 2},
           {"x1": 1, "x2": None}]


def plain_case(name, attributes, layers, derivation, records=RECORDS, reading=None, last="o", **more):
    """Two numbers in, one out."""
    attributes = {**REGRESSION, **attributes}
    expected = []
    for r in records:
        missing = r["x1"] is None or r["x2"] is None
        expected.append({"y": None if missing else run(attributes, layers, {"i1": r["x1"], "i2": r["x2"]})[last]})
    document = pmml(XY, network(attributes, XY_INPUTS, layers, [(last, field_ref("y"))], schema(["x1", "x2"], ["y"])))
    case(name, document, records, expected, derivation, reading, **more)


# --- activation functions ---------------------------------------------------------------------------------------

KINDS = ["threshold", "logistic", "tanh", "identity", "exponential", "reciprocal", "square", "Gauss", "sine", "cosine",
         "Elliott", "arctan", "rectifier", "radialBasis"]


def activation_cases():
    for k, kind in enumerate(KINDS):
        other = KINDS[(k + 5) % len(KINDS)]
        attributes = {"activationFunction": kind, "threshold": 0.3, "width": 1.5, "altitude": 1.1}
        layers = [
            ({}, {"h1": ({"bias": 0.2}, {"i1": 0.7, "i2": -0.4}), "h2": ({"bias": -0.35}, {"i1": -0.6, "i2": 0.9})}),
            ({"activationFunction": other}, {"k1": ({"bias": 0.15}, {"h1": 0.8, "h2": -1.1}),
                                             "k2": ({"bias": 0.3}, {"h1": 0.45, "h2": 0.5})}),
            ({"activationFunction": "identity"}, {"o": ({"bias": -0.5}, {"k1": 2, "k2": -3.25})})]
        if kind == "radialBasis" or other == "radialBasis":  # which has no bias
            for neuron in layers[0 if kind == "radialBasis" else 1][1].values():
                neuron[0].pop("bias", None)
        plain_case(f"activation_{kind.lower()}", attributes, layers,
                   f"{kind} is inherited from the network by the first layer, {other} replaces it in the second: forward "
                   "pass by the formulas, in floats and with 40 digits")

    layers = [({}, {"h1": ({}, {"i1": 1}), "h2": ({}, {"i2": 1})}),
              ({"threshold": 2}, {"k1": ({}, {"i1": 1, "i2": 1})}),
              ({"activationFunction": "identity"}, {"o": ({}, {"h1": 1, "h2": 10, "k1": 100})})]
    plain_case("threshold_at", {"activationFunction": "threshold", "threshold": 0.5}, layers,
               "1 above the threshold, 0 at it and below; 0.5 of the network, 2 of the second layer",
               [{"x1": 0.5, "x2": 1.5}, {"x1": 0.75, "x2": 0.5}, {"x1": 1, "x2": 1.25}, {"x1": -1, "x2": 0}])

    # Values at and beyond the ends of the range of doubles.
    layers = [({"activationFunction": "reciprocal"}, {"h": ({}, {"i1": 1})}),
              ({"activationFunction": "exponential"}, {"e": ({}, {"i2": 1})}),
              ({"activationFunction": "identity"}, {"o": ({}, {"h": 1, "e": 1})})]
    document = pmml(XY, network({**REGRESSION, "activationFunction": "logistic"}, XY_INPUTS, layers,
                                [("o", field_ref("y"))], schema(["x1", "x2"], ["y"])))
    case("no_number", document,
         [{"x1": 4, "x2": 0}, {"x1": 0, "x2": 0}, {"x1": -0.5, "x2": -1000}, {"x1": None, "x2": 0}],
         [{"y": 1.25}, "invalid", {"y": -2}, {"y": None}],
         "1/x1 + exp(x2); exp(-1000) is 0 in doubles", "1/0 has no value: the row is invalid")


# --- radial bases and normalization -------------------------------------------------------------------------------


def radial_cases():
    attributes = {"activationFunction": "radialBasis", "width": 0.9, "altitude": 1.2}
    layers = [
        ({}, {"a": ({}, {"i1": 0.5, "i2": -1}), "b": ({"width": 2.5}, {"i1": -1, "i2": 1})}),
        ({"width": 1.75, "altitude": 0.6}, {"c": ({}, {"i1": 0, "i2": 0.25}), "d": ({"altitude": 3}, {"i1": 1, "i2": 1}),
                                            "e": ({"width": 0.4, "altitude": 2}, {"a": 0.5, "i2": 0.5, "b": 1})}),
        ({"activationFunction": "identity"}, {"o": ({"bias": 0.1}, {"a": 1, "b": 2, "c": -3, "d": 4, "e": -5})})]
    plain_case("radial", attributes, layers,
               "exp(f ln(altitude) - sum (w-x)^2 / (2 width^2)), f the number of connections; width and altitude of the "
               "neuron, else of its layer, else of the network; equal to the product of f bells")
    layers = [({"normalizationMethod": "simplemax"}, layers[0][1]), ({"activationFunction": "identity"},
                                                                     {"o": ({"bias": 0.5}, {"a": 7, "b": -2})})]
    plain_case("radial_shares", {"activationFunction": "radialBasis", "width": 1.3}, layers,
               "radial bases divided by their sum; the altitude is 1 where nothing is said")

    attributes = {"activationFunction": "tanh", "normalizationMethod": "softmax"}
    layers = [({}, {"a": ({"bias": 0.3}, {"i1": 1, "i2": -2}), "b": ({}, {"i1": 0.5, "i2": 0.5}),
                    "c": ({"bias": -1}, {"i2": 2})}),
              ({"normalizationMethod": "none"}, {"d": ({}, {"a": 1, "b": -2, "c": 3}), "e": ({}, {"b": 1})}),
              ({"normalizationMethod": "simplemax", "activationFunction": "logistic"},
               {"f": ({}, {"d": 2, "e": 1}), "g": ({"bias": 0.25}, {"d": -1, "a": 1})}),
              ({"normalizationMethod": "none", "activationFunction": "identity"},
               {"o": ({"bias": -2}, {"f": 10, "g": 20, "d": 1})})]
    plain_case("normalization", attributes, layers,
               "softmax of the network holds for layers that say nothing; none and simplemax replace it")
    plain_case("normalization_of_network",
               {"activationFunction": "exponential", "normalizationMethod": "simplemax"},
               [({}, {"a": ({}, {"i1": 1}), "b": ({}, {"i2": 1}), "c": ({"bias": 0.5}, {"i1": -1, "i2": 0.5})}),
                ({}, {"p": ({}, {"a": 3, "b": -1}), "q": ({}, {"c": 1})})],
               "every layer's activations are divided by their sum; shares of exponentials, which is softmax again",
               last="p")

    # Sums that large exponentials or opposite signs make.
    fields = [field("x1"), field("x2"), field("y", "categorical", "string", ["a", "b", "c"])]
    layers = [({"normalizationMethod": "softmax"}, {"a": ({}, {"i1": 1}), "b": ({}, {"i2": 1}), "c": ({"bias": 700}, {"i2": 0})})]
    document = pmml(fields, network({"functionName": "classification", "activationFunction": "identity"}, XY_INPUTS, layers,
                                    [(n, indicator("y", n)) for n in "abc"], schema(["x1", "x2"], ["y"])))
    def softmax(*z):
        e = [mpmath.exp(mpmath.mpf(v)) for v in z]
        return dict(zip(["@probability:a", "@probability:b", "@probability:c"], (float(v / sum(e)) for v in e)))
    case("softmax_far_out", document,
         [{"x1": 1000, "x2": 999}, {"x1": 700, "x2": -5000}, {"x1": -1e6, "x2": -1e6}],
         [{"y": "a", **softmax(1000, 999, 700)}, {"y": "a", **softmax(700, -5000, 700)}, {"y": "c", **softmax(-1e6, -1e6, 700)}],
         "exp(y_j) / sum exp(y) with 40 digits and an unbounded exponent",
         "the largest is subtracted first, so that nothing overflows; of equal activations the first wins")
    layers = [({"normalizationMethod": "simplemax"}, {"a": ({}, {"i1": 1}), "b": ({}, {"i2": 1})})]
    document = pmml(XY, network({**REGRESSION, "activationFunction": "identity"}, XY_INPUTS, layers,
                                [("a", field_ref("y"))], schema(["x1", "x2"], ["y"])))
    case("simplemax_of_nothing", document, [{"x1": 3, "x2": 1}, {"x1": 2, "x2": -2}, {"x1": -1, "x2": 5}],
         [{"y": 0.75}, "invalid", {"y": -0.25}], "y_j / sum y by hand", "shares of a sum of 0 are invalid")


# --- connections and inputs ---------------------------------------------------------------------------------------


def input_cases():
    layers = [({}, {"a": ({"bias": 0.1}, {"i1": 1.5}), "b": ({}, {"i2": -0.5})}),
              ({}, {"c": ({}, {"a": 1, "i2": 2})}),
              ({"activationFunction": "identity"}, {"o": ({}, {"c": 1, "a": -2, "b": 4, "i1": 8})})]
    plain_case("skip_layers", {"activationFunction": "tanh"}, layers, "connections come from every earlier layer")

    # An input that nothing is connected to is not asked.
    layers = [({}, {"o": ({"bias": 1}, {"i1": 2})})]
    document = pmml(XY, network({**REGRESSION, "activationFunction": "identity"}, XY_INPUTS, layers,
                                [("o", field_ref("y"))], schema(["x1", "x2"], ["y"])))
    case("unconnected_input", document, [{"x1": 3, "x2": 5}, {"x1": 3, "x2": None}, {"x1": None, "x2": 1}],
         [{"y": 7}, {"y": 7}, {"y": None}], "1 + 2 x1", "a missing input spoils what is connected to it, nothing else")
    document = pmml(XY, network({**REGRESSION, "activationFunction": "identity"}, XY_INPUTS, layers,
                                [("i2", field_ref("y"))], schema(["x1", "x2"], ["y"])))
    case("input_as_output", document, [{"x1": 3, "x2": 5}, {"x1": 3, "x2": None}], [{"y": 5}, {"y": None}],
         "the output is the unit of an input")

    fields = [field("x"), field("u"), field("s", "categorical", "string", ["r", "g", "b"]),
              field("t", "categorical", "boolean", ["true", "false"]), field("k", "continuous", "integer"), field("y")]
    inputs = {
        "knots": norm("x", [(0, 0), (10, 0.5), (40, 1)]),
        "clipped": norm("x", [(0, 0), (10, 1)], outliers="asExtremeValues"),
        "mapped": norm("u", [(-1, -1), (1, 1)], outliers="asMissingValues", mapMissingTo=0.25),
        "red": indicator("s", "r"),
        "green": indicator("s", "g", mapMissingTo=0.5),
        "true": field_ref("t"),
        "root": element("Apply", {"function": "sqrt"}, field_ref("x")),
        "bin": element("Discretize", {"field": "k", "defaultValue": "9", "dataType": "double"},
                       element("DiscretizeBin", {"binValue": "3"}, element("Interval", {"closure": "closedOpen", "rightMargin": 5})),
                       element("DiscretizeBin", {"binValue": "4"}, element("Interval", {"closure": "closedOpen", "leftMargin": 5,
                                                                                       "rightMargin": 7}))),
        "local": field_ref("half"),
    }
    weights = dict(zip(inputs, [1, 10, 100, 1000, 2000, 4000, 1e4, 1e5, 1e7]))
    document = pmml(fields, network(
        {**REGRESSION, "activationFunction": "identity"}, inputs, [({}, {"o": ({}, weights)})], [("o", field_ref("y"))],
        schema(["x", "u", "s", "t", "k"], ["y"]) +
        element("LocalTransformations", None, derived(element("Apply", {"function": "/"}, field_ref("x"),
                                                              element("Constant", None, "2")), name="half"))))
    def by_hand(*values):
        return {"y": sum(w * v for w, v in zip(weights.values(), values))}
    case("inputs", document,
         [{"x": 4, "u": 0.5, "s": "r", "t": True, "k": 4}, {"x": 25, "u": 3, "s": "g", "t": False, "k": 5},
          {"x": 25, "u": None, "s": "g", "t": False, "k": 5}, {"x": 100, "u": None, "s": "b", "t": True, "k": 7}, {"x": 4, "u": 0, "s": None, "t": True, "k": 4},
          {"x": None, "u": 0, "s": "r", "t": True, "k": 4}, {"x": 4, "u": 0, "s": "mauve", "t": True, "k": 4},
          {"x": -4, "u": 0, "s": "r", "t": True, "k": 4}],
         [by_hand(0.2, 0.4, 0.5, 1, 0, 1, 2, 3, 2), {"y": None},
          by_hand(0.75, 1, 0.25, 0, 1, 0, 5, 4, 12.5), by_hand(2, 1, 0.25, 0, 0, 1, 10, 9, 50), {"y": None}, {"y": None}, "invalid", "invalid"],
         "each expression by hand, weighed and added",
         "any missing input of the network makes the answer missing unless it is mapped, which missing from outliers is not; a value of s that is not listed "
         "and the root of -4 are invalid")


# --- outputs ------------------------------------------------------------------------------------------------------


def backwards(knots, a, outliers):
    """The value whose NormContinuous is `a`: by the segment that holds it, and by bisection of the forward function."""
    forward_knots = [(n, o) for o, n in knots]
    if forward_knots[0] > forward_knots[-1]:
        forward_knots.reverse()
    low, high = forward_knots[0][0], forward_knots[-1][0]
    if (a < low or a > high) and outliers == "asMissingValues":
        return None
    if outliers == "asExtremeValues":
        a = min(max(a, low), high)
    pairs = list(zip(forward_knots, forward_knots[1:]))
    segment = next((p for p in pairs if a <= p[1][0]), pairs[-1])
    (b1, a1), (b2, a2) = segment
    value = (a - b1) / (b2 - b1) * (a2 - a1) + a1

    def norm_of(x):  # extrapolating
        spans = list(zip(knots, knots[1:]))
        (o1, n1), (o2, n2) = next((s for s in spans if x <= s[1][0]), spans[-1])
        return n1 + (x - o1) / (o2 - o1) * (n2 - n1)
    left, right = -1e6, 1e6
    rises = norm_of(right) > norm_of(left)
    for _ in range(200):
        middle = (left + right) / 2
        if (norm_of(middle) < a) == rises:
            left = middle
        else:
            right = middle
    assert abs(left - value) < 1e-6, (left, value)
    return value


def output_cases():
    knots = [(0, 0.1), (1291.68, 0.5), (5327.26, 0.9)]
    falling = [(-3, 2), (0, 1), (7, -4)]
    fields = [field("x")] + [field(n) for n in ("y", "extreme", "none", "down", "down_extreme", "plain")]
    targets = {"y": (knots, "asIs"), "extreme": (knots, "asExtremeValues"), "none": (knots, "asMissingValues"),
               "down": (falling, "asIs"), "down_extreme": (falling, "asExtremeValues")}
    outputs = [("o", norm(n, k, outliers=o)) for n, (k, o) in targets.items()] + [("o", field_ref("plain"))]
    layers = [({}, {"o": ({}, {"i": 1})})]
    document = pmml(fields, network({**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("x")}, layers, outputs,
                                    schema(["x"], [*targets, "plain"])))
    xs = [0.5, 0.3, 0.7, 0.1, 0.9, -1, 2, 1, None]
    case("backwards", document, [{"x": x} for x in xs],
         [{**{n: None if x is None else backwards(k, x, o) for n, (k, o) in targets.items()}, "plain": x} for x in xs],
         "the orig value whose norm is the activation: piecewise formula, and bisection of the forward function",
         "outside the knots the outlier treatment of the NormContinuous decides: the last segment goes on, its end, or missing")

    # The output's field may be a derived field of the target.
    fields = [field("x"), field("y"), field("z", "categorical", "string", ["n", "p"])]
    dictionary = element("TransformationDictionary", None,
                         derived(norm("y", [(10, 0), (30, 1)]), name="scaled"),
                         derived(field_ref("scaled"), name="alias"))
    local = element("LocalTransformations", None, derived(norm("alias", [(0, -1), (1, 1)]), name="twice"),
                    derived(indicator("z", "p"), name="positive"), derived(indicator("z", "n"), name="negative"))
    layers = [({}, {"o": ({}, {"i": 1}), "m": ({}, {"i": -1})})]
    document = pmml(fields, dictionary, network(
        {**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("x")}, layers,
        [("o", field_ref("twice")), ("o", field_ref("positive")), ("m", field_ref("negative"))],
        schema(["x"], ["y", "z"]) +
        element("Output", None, output("y_hat"), output("z_hat", targetField="z", data_type="string"),
                output("p", "probability", targetField="z", value="p"), output("best", "probability", targetField="z")) + local))
    case("backwards_through_derived_fields", document, [{"x": -1}, {"x": 0.5}, {"x": 0}],
         [{"y": 10, "y_hat": 10, "z": "n", "z_hat": "n", "p": -1, "best": 1},
          {"y": 25, "y_hat": 25, "z": "p", "z_hat": "p", "p": 0.5, "best": 0.5},
          {"y": 20, "y_hat": 20, "z": "p", "z_hat": "p", "p": 0, "best": 0}],
         "y = 10 + 20 (x + 1) / 2 by undoing both norms; z by the more active of x and -x, p first in the document")

    # Targets after the outputs, of each target.
    fields = [field("x"), field("y"), field("n", "continuous", "integer"), field("c", "categorical", "integer", [1, 2, 3])]
    targets_element = element(
        "Targets", None,
        element("Target", {"field": "y", "rescaleFactor": 2, "rescaleConstant": 1, "max": 6}),
        element("Target", {"field": "n", "castInteger": "round", "rescaleFactor": 10}, element("TargetValue", {"defaultValue": -7})),
        element("Target", {"field": "c"}, *(element("TargetValue", {"value": v, "displayValue": w, "priorProbability": p})
                                            for v, w, p in [(1, "one", 0.2), (2, "two", 0.5), (3, "three", 0.3)])))
    layers = [({}, {"a": ({}, {"i": 1}), "b": ({"bias": 1}, {"i": -1}), "c": ({"bias": 0.25}, {"i": 0})})]
    document = pmml(fields, network(
        {**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("x")}, layers,
        [("a", indicator("c", 1)), ("b", indicator("c", 3)), ("c", indicator("c", 2)), ("a", field_ref("n")), ("b", norm("y", [(0, 0), (4, 1)]))],
        schema(["x"], ["y", "n", "c"]) +
        element("Output", None, output("word", "predictedDisplayValue", "string", targetField="c"),
                output("p3", "probability", targetField="c", value=3), output("p2", "probability", targetField="c", value=2),
                output("y_first"), output("n_too", targetField="n", data_type="integer"),
                output("off", "residual", targetField="n"))
        + targets_element))
    case("targets", document, [{"x": 0.125, "n": 3}, {"x": 0.75}, {"x": -2}, {"x": None}],
         [{"y": 8, "n": 1, "c": 3, "word": "three", "p3": 0.875, "p2": 0.25, "y_first": 8, "n_too": 1, "off": 2},
          {"y": 3, "n": 8, "c": 1, "word": "one", "p3": 0.25, "p2": 0.25, "y_first": 3, "n_too": 8, "off": None},
          {"y": 13, "n": -20, "c": 3, "word": "three", "p3": 3, "p2": 0.25, "y_first": 13, "n_too": -20, "off": None},
          {"y": None, "n": -7, "c": 2, "word": "two", "p3": 0.3, "p2": 0.5, "y_first": None, "n_too": -7, "off": None}],
         "y = 4 (1 - x), at most 6, then 2 y + 1; n = 10 x rounded half up; c the largest of x, 1 - x, 0.25; "
         "defaults and priors where x is missing",
         "the network's own target is the first of the MiningSchema; Output@targetField names the others")


def classification_cases():
    fields = [field("x1"), field("x2"), field("y", "categorical", "string", ["low", "mid", "high"])]
    attributes = {"functionName": "classification", "activationFunction": "logistic", "isScorable": "true",
                  "modelName": "three classes", "algorithmName": "by hand", "numberOfLayers": 2}
    layers = [({"activationFunction": "tanh"}, {"h1": ({"bias": 0.5}, {"i1": 1, "i2": -1}), "h2": ({"bias": -0.25}, {"i1": 2, "i2": 0.5})}),
              ({}, {"mid": ({"bias": 0.1}, {"h1": 2, "h2": -1}), "low": ({}, {"h1": -3, "h2": 0.5}), "top": ({"bias": -1}, {"h1": 1, "h2": 3})})]
    names = {"mid": "mid", "low": "low", "top": "high"}
    outputs = element("Output", None, output("class", "predictedValue", "string"), output("p", "probability"),
                      output("p_low", "probability", value="low"), output("p_mid", "probability", value="mid"),
                      output("p_high", "probability", value="high"), output("neuron", "entityId", "string"),
                      output("off", "residual"), output("off_low", "residual", value="low"))
    document = pmml(fields, network(attributes, XY_INPUTS, layers, [(n, derived(indicator("y", c), "categorical", "string")) for n, c in names.items()],
                                    schema(["x1", "x2"], ["y"]) + outputs))
    records = [{"x1": 0.5, "x2": -1.25, "y": "mid"}, {"x1": -2, "x2": 0.75, "y": "high"}, {"x1": 0, "x2": 0, "y": "low"},
               {"x1": 3.5, "x2": 2}, {"x1": None, "x2": 1, "y": "low"}]
    expected = []
    for r in records:
        if r["x1"] is None:
            expected.append(dict.fromkeys(["y", "class", "p", "p_low", "p_mid", "p_high", "neuron", "off", "off_low"]))
            continue
        a = run(attributes, layers, {"i1": r["x1"], "i2": r["x2"]})
        best = max(names, key=lambda n: a[n])
        row = {"y": names[best], "class": names[best], "p": a[best], "neuron": best,
               **{f"p_{c}": a[n] for n, c in names.items()}}
        row["off"] = (names[best] == r["y"]) - a[best] if "y" in r else None
        row["off_low"] = (r["y"] == "low") - a["low"] if "y" in r else None
        expected.append(row)
    case("classification", document, records, expected,
         "the class of the most active output neuron; its activation is the probability, as it is",
         "activations are not made to add up to 1 where the document does not normalize them; entityId is the neuron")

    # Ties, thresholds as outputs, one neuron for two classes.
    layers = [({"activationFunction": "threshold"}, {"a": ({}, {"i1": 1}), "b": ({}, {"i2": 1}), "c": ({"bias": 1}, {"i1": -1})})]
    document = pmml(fields, network({"functionName": "classification", "activationFunction": "logistic"}, XY_INPUTS, layers,
                                    [("a", indicator("y", "high")), ("b", indicator("y", "low")), ("c", indicator("y", "mid"))],
                                    schema(["x1", "x2"], ["y"])))
    case("ties", document, [{"x1": 1, "x2": 1}, {"x1": -1, "x2": 1}, {"x1": 1, "x2": 0}, {"x1": 2, "x2": -1}, {"x1": 0, "x2": 0}],
         [{"y": "high"}, {"y": "low"}, {"y": "high"}, {"y": "high"}, {"y": "mid"}],
         "0 or 1 by hand", "of equally active neurons the first in the document wins")

    fields = [field("x1"), field("x2"), field("y", "categorical", "boolean", ["false", "true"])]
    layers = [({}, {"o": ({"bias": -0.5}, {"i1": 1, "i2": 2})})]
    attributes = {"functionName": "classification", "activationFunction": "logistic"}
    document = pmml(fields, network(attributes, XY_INPUTS, layers, [("o", indicator("y", "true"))], schema(["x1", "x2"], ["y"])))
    records = [{"x1": 1, "x2": 1}, {"x1": 0, "x2": 0}, {"x1": 0.5, "x2": 0}, {"x1": 0.5, "x2": None}]
    expected = []
    for r in records:
        if r["x2"] is None:
            expected.append({"y": None, "@probability:true": None, "@probability:false": None})
            continue
        p = run(attributes, layers, {"i1": r["x1"], "i2": r["x2"]})["o"]
        expected.append({"y": p >= 0.5, "@probability:true": p, "@probability:false": 1 - p})
    case("one_neuron", document, records, expected, "p = logistic(x1 + 2 x2 - 0.5), the other class has 1 - p",
         "one output neuron for a target with two listed values: the other value takes the rest")


def target_cases():
    """Which target is the network's own, and networks without any."""
    fields = [field("x"), field("y"), field("c", "categorical", "integer", [1, 2])]
    layers = [({}, {"o": ({}, {"i": 2}), "p": ({"bias": 1}, {"i": -1})})]
    inputs = {"i": field_ref("x")}
    classes = [("o", indicator("c", 1)), ("p", indicator("c", 2))]
    identity = {"activationFunction": "identity"}
    document = pmml(fields, network({"functionName": "classification", **identity}, inputs, layers, [("o", field_ref("y")), *classes],
                                    schema(["x"], ["y", "c"])))
    case("own_target", document, [{"x": 1}, {"x": 0}, {"x": 0.25}],
         [{"@predictedValue": 1, "c": 1, "y": 2, "@probability:2": 0}, {"@predictedValue": 2, "c": 2, "y": 0, "@probability:2": 1},
          {"@predictedValue": 2, "c": 2, "y": 0.5, "@probability:2": 0.75}], "y = 2 x; the class is the larger of 2 x and 1 - x",
         "the own target of a classification is its first target with classes, also after one that is a number")
    document = pmml(fields, network({"functionName": "classification", **identity}, inputs, layers, classes, schema(["x"], [])))
    case("no_target_classes", document, [{"x": 1}, {"x": 0}], [{"@predictedValue": 1, "@probability:1": 2}, {"@predictedValue": 2, "@probability:1": 0}],
         "the class is the larger of 2 x and 1 - x", "a MiningSchema without target: the outputs name it")
    document = pmml(fields, network({"functionName": "regression", **identity}, inputs, layers, [("o", norm("y", [(0, 0), (10, 1)]))], schema(["x"], [])))
    case("no_target_number", document, [{"x": 1}, {"x": None}], [{"@predictedValue": 20}, {"@predictedValue": None}], "10 times 2 x",
         "a MiningSchema without target: the output names it")


# --- binary32, composition, verification --------------------------------------------------------------------------


def float_cases():
    f = numpy.float32
    layers = [({}, {"a": ({"bias": 0.1}, {"i1": 1.7, "i2": -0.3}), "b": ({"bias": -0.7}, {"i1": 0.9, "i2": 1.1})}),
              ({"activationFunction": "Elliott"}, {"c": ({"bias": 0.3}, {"a": 2.3, "b": -1.9})}),
              ({"activationFunction": "identity", "normalizationMethod": "simplemax"},
               {"d": ({"bias": 1.1}, {"c": 0.7}), "e": ({"bias": 0.9}, {"c": -0.6, "a": 0.2})}),
              ({"activationFunction": "radialBasis", "width": 0.7, "altitude": 1.3}, {"g": ({}, {"d": 0.6, "e": 0.1})})]
    attributes = {**REGRESSION, "activationFunction": "logistic", "x-mathContext": "float"}
    knots = [(0.1, 0), (3.3, 1.7)]
    document = pmml(XY, network(attributes, XY_INPUTS, layers, [("g", norm("y", knots))], schema(["x1", "x2"], ["y"])))

    def exp(x):
        return f(math.exp(float(x)))

    def one(x1, x2):
        x1, x2 = f(x1), f(x2)
        logistic = lambda z: f(1) / (f(1) + exp(-z))
        a = logistic((f(0.1) + f(1.7) * x1) + f(-0.3) * x2)
        b = logistic((f(-0.7) + f(0.9) * x1) + f(1.1) * x2)
        z = (f(0.3) + f(2.3) * a) + f(-1.9) * b
        c = z / (f(1) + abs(z))
        d = f(1.1) + f(0.7) * c
        e = (f(0.9) + f(-0.6) * c) + f(0.2) * a
        total = d + e
        d, e = d / total, e / total
        z = (f(0.6) - d) * (f(0.6) - d) + (f(0.1) - e) * (f(0.1) - e)
        z = z / (f(2) * (f(0.7) * f(0.7)))
        g = exp(f(2) * f(math.log(float(f(1.3)))) - z)
        share = (g - f(0)) / (f(1.7) - f(0))
        y = f(0.1) + share * (f(3.3) - f(0.1))
        assert all(type(v) is f for v in (a, b, c, d, e, g, share, y))
        return float(y)
    records = [{"x1": round(0.37 * k - 3.1, 2), "x2": round(2.3 - 0.29 * k, 2)} for k in range(19)]
    case("float", document, records, [{"y": one(**r)} for r in records],
         "numpy binary32, rounded after every operation; exp and ln of the exact operand, then rounded",
         "x-mathContext=\"float\" rounds weights, inputs and every operation to binary32, also when outputs are read backwards",
         tolerance=1e-15)


def small(name, weight, bias, function="regression"):
    """A network inside a MiningModel."""
    inputs, layers = {"i": field_ref("x")}, [({}, {"o": ({"bias": bias}, {"i": weight})})]
    return element("Segment", {"id": name}, element("True"),
                   network({"functionName": function, "activationFunction": "logistic"}, inputs, layers,
                           [("o", field_ref("y"))], schema(["x"], ["y"])))


def composition_cases():
    sigmoid = lambda z: 1 / (1 + math.exp(-z))
    fields = [field("x"), field("y"), field("c", "categorical", "string", ["a", "b"])]
    document = pmml(fields, element("MiningModel", {**REGRESSION}, schema(["x"], ["y"]),
                                    element("Segmentation", {"multipleModelMethod": "average"},
                                            small("1", 1, 0), small("2", -2, 0.5), small("3", 0.5, 1))))
    xs = [-1, 0, 2.5, None]
    mean = lambda x: None if x is None else (sigmoid(x) + sigmoid(-2 * x + 0.5) + sigmoid(0.5 * x + 1)) / 3
    case("average_of_networks", document, [{"x": x} for x in xs], [{"y": mean(x)} for x in xs],
         "mean of three logistic functions")

    first = element("Segment", {"id": "first"}, element("True"), network(
        {**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("x")}, [({}, {"o": ({}, {"i": 2}), "p": ({"bias": 1}, {"i": -1})})],
        [("o", field_ref("y")), ("p", indicator("c", "a")), ("o", indicator("c", "b"))],
        schema(["x"], ["y", "c"]) + element("Output", None, output("hidden"))))
    second = element("Segment", {"id": "second"}, element("True"), network(
        {**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("hidden"), "j": field_ref("x")},
        [({}, {"o": ({"bias": 0.5}, {"i": 10, "j": 1}), "p": ({}, {"j": -1}), "q": ({}, {"j": 1})})],
        [("o", field_ref("y")), ("p", indicator("c", "a")), ("q", indicator("c", "b"))], schema(["hidden", "x"], ["y", "c"])))
    document = pmml(fields, element("MiningModel", {**REGRESSION}, schema(["x"], ["y", "c"]),
                                    element("Output", None, output("early", segmentId="first"),
                                            output("early_c", segmentId="first", targetField="c", data_type="string"),
                                            output("early_b", "probability", segmentId="first", targetField="c", value="b"),
                                            output("late_c", segmentId="second", targetField="c", data_type="string"),
                                            output("c_hat", targetField="c", data_type="string")),
                                    element("Segmentation", {"multipleModelMethod": "modelChain"}, first, second)))
    xs = [0.25, 1, -2]
    case("chain_of_networks", document, [{"x": x} for x in xs],
         [{"y": 21 * x + 0.5, "early": 2 * x, "early_c": "a" if 1 - x >= 2 * x else "b", "early_b": 2 * x, "late_c": "a" if -x >= x else "b",
           "c": "a" if -x >= x else "b", "c_hat": "a" if -x >= x else "b"} for x in xs],
         "the first network passes 2 x on as \"hidden\"; the second answers 10 hidden + x + 0.5; the class is the larger of two numbers",
         "a chain's other targets are those of its last segment that predicts them")

    # The first network under a predicate: where it is not asked, none of its targets has a value.
    positive = element("SimplePredicate", {"field": "x", "operator": "greaterThan", "value": 0})
    last = element("Segment", {"id": "last"}, element("True"), network(
        {**REGRESSION, "activationFunction": "identity"}, {"i": field_ref("x")}, [({}, {"o": ({"bias": 5}, {"i": 1})})],
        [("o", field_ref("y"))], schema(["x"], ["y"])))
    document = pmml(fields, element("MiningModel", {**REGRESSION}, schema(["x"], ["y", "c"]),
                                    element("Output", None, output("early_y", segmentId="first"),
                                            output("early_c", segmentId="first", targetField="c", data_type="string"),
                                            output("early_a", "probability", segmentId="first", targetField="c", value="a")),
                                    element("Segmentation", {"multipleModelMethod": "modelChain"},
                                            first.replace("<True/>", positive), last)))
    case("chain_with_predicate", document, [{"x": 0.25}, {"x": 1}, {"x": -2}, {"x": None}],
         [{"y": 5.25, "c": "a", "early_y": 0.5, "early_c": "a", "early_a": 0.75}, {"y": 6, "c": "b", "early_y": 2, "early_c": "b", "early_a": 0},
          {"y": 3, "c": None, "early_y": None, "early_c": None, "early_a": None},
          {"y": None, "c": None, "early_y": None, "early_c": None, "early_a": None}],
         "x + 5 of the second network; 2 x and the larger of 1 - x and 2 x of the first, where x > 0")

    # A document that verifies itself.
    attributes = {**REGRESSION, "activationFunction": "sine"}
    layers = [({}, {"o": ({"bias": 0.25}, {"i1": 1, "i2": -1})})]
    rows = [{"x1": 0.5, "x2": -1.25}, {"x1": -2, "x2": 0.75}]
    cells = [[r["x1"], r["x2"], math.sin(0.25 + r["x1"] - r["x2"])] for r in rows]
    verification = element("ModelVerification", {"recordCount": 2, "fieldCount": 3},
                           element("VerificationFields", None, *(element("VerificationField", {"field": n, "column": n}) for n in ("x1", "x2", "y"))),
                           element("InlineTable", None, *(element("row", None, *(element(n, None, repr(v)) for n, v in zip(("x1", "x2", "y"), row))) for row in cells)))
    model = network(attributes, XY_INPUTS, layers, [("o", field_ref("y"))], schema(["x1", "x2"], ["y"]))
    case("verified", pmml(XY, model.replace("</NeuralNetwork>", verification + "</NeuralNetwork>")), rows, [{"y": c[2]} for c in cells],
         "sin(0.25 + x1 - x2)")


def main():
    activation_cases()
    radial_cases()
    input_cases()
    output_cases()
    classification_cases()
    target_cases()
    float_cases()
    composition_cases()
    FOLDER.write()


if __name__ == "__main__":
    main()
