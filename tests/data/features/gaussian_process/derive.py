#!/usr/bin/env python3
"""Expected values of GaussianProcessModel: the posterior of a zero-mean Gaussian process.

Two routes that must agree: the formulas of the specification with an explicit inverse, and conditioning the joint
Gaussian of observations and new value by scipy's own solver. Needs numpy and scipy.
"""
import math
import pathlib
import sys

import numpy as np
from scipy import linalg, stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, close, document, output, schema

folder = Folder(__file__, "GaussianProcess")
random = np.random.default_rng(20)


def squared(gamma, scales):
    return lambda a, b: gamma * math.exp(-0.5 * sum(((x - z) / s) ** 2 for x, z, s in zip(a, b, scales)))


def absolute(gamma, scales):
    return lambda a, b: gamma * math.exp(-sum(abs(x - z) / s for x, z, s in zip(a, b, scales)))


def generalized(gamma, scales, degree):
    return lambda a, b: gamma * math.exp(-sum((abs(x - z) / s) ** degree for x, z, s in zip(a, b, scales)))


def posterior(kernel, noise, instances, y, x):
    """(mean, standard error of the mean, standard deviation of a new observation)"""
    covariance = np.array([[kernel(a, b) for b in instances] for a in instances]) + noise * np.eye(len(y))
    k = np.array([kernel(a, x) for a in instances])
    inverse = np.linalg.inv(covariance)
    mean = k @ inverse @ y
    latent = kernel(x, x) - k @ inverse @ k
    # Second route: the joint covariance of (y, f(x)), conditioned by a symmetric solve.
    solved = linalg.solve(covariance, np.column_stack([y, k]), assume_a="pos")
    assert close(mean, k @ solved[:, 0], 1e-8) and close(latent, kernel(x, x) - k @ solved[:, 1], 1e-8)
    return mean, math.sqrt(max(latent, 0)), math.sqrt(max(latent, 0) + noise)


def array(numbers):
    return f'<Lambda><Array n="{len(numbers)}" type="real">{" ".join(map(repr, numbers))}</Array></Lambda>'


def table(names, rows, extra=""):
    fields = "".join(f'<InstanceField field="{n}" column="{n}"/>' for n in names)
    body = "".join("<row>" + "".join(f"<{n}>{v!r}</{n}>" for n, v in zip(names, row)) + "</row>\n" for row in rows)
    return (f'<TrainingInstances recordCount="{len(rows)}" fieldCount="{len(names)}"{extra}><InstanceFields>{fields}'
            f"</InstanceFields><InlineTable>\n{body}</InlineTable></TrainingInstances>")


OUTPUTS = ("<Output>" + output("mean", "predictedValue") + output("sd", "standardDeviation") +
           output("se", "standardError") + output("low", "confidenceIntervalLower", value="90") +
           output("high", "confidenceIntervalUpper", value="90") + "</Output>")


def model(kernel, instances, inputs, outputs=OUTPUTS, attributes="", before=""):
    return (f'<GaussianProcessModel functionName="regression"{attributes}>{schema(inputs, ["y"])}{outputs}{before}{kernel}'
            f"{instances}</GaussianProcessModel>")


def answers(kernel, noise, instances, y, points):
    quantile = stats.norm.ppf(0.95)
    result = []
    for x in points:
        if any(v is None for v in x):
            result.append({"mean": None, "sd": None, "se": None, "low": None, "high": None})
            continue
        mean, error, deviation = posterior(kernel, noise, instances, y, x)
        result.append({"mean": mean, "sd": deviation, "se": error, "low": mean - quantile * deviation,
                       "high": mean + quantile * deviation})
    return result


def case(name, element, kernel, noise, inputs, count, derivation, reading=None, attributes=""):
    instances = random.uniform(-2, 2, (count, len(inputs))).round(3).tolist()
    y = np.array([math.sin(a[0]) + sum(a) / 3 for a in instances]).round(3)
    points = random.uniform(-3, 3, (6, len(inputs))).round(3).tolist() + [instances[0], [50.0] * len(inputs),
                                                                         [None] + [0.0] * (len(inputs) - 1)]
    rows = [a + [b] for a, b in zip(instances, y.tolist())]
    fields = [(n, "continuous", "double") for n in inputs + ["y"]]
    folder.case(name, document(fields, model(element, table(inputs + ["y"], rows), inputs, attributes=attributes)),
                [{n: v for n, v in zip(inputs, x) if v is not None} for x in points],
                answers(kernel, noise, instances, y, points), derivation, reading)


NEW = "standardDeviation is that of a new observation: latent variance plus noiseVariance (4.3 text)."
case("gp_radial_basis", '<RadialBasisKernel description="one scale" gamma="1.7" noiseVariance="0.09" lambda="0.6"/>',
     squared(1.7, [0.6] * 2), 0.09, ["x1", "x2"], 12, "gamma exp(-|x-z|^2/(2 lambda^2)); inverse and solve agree", NEW,
     ' modelName="gp" algorithmName="any" optimizer="none" isScorable="true"')
case("gp_radial_basis_defaults", "<RadialBasisKernel/>", squared(1, [1]), 1, ["x1"], 7,
     "gamma, noiseVariance and lambda are 1 where they are left out")
case("gp_ard_three_scales", '<ARDSquaredExponentialKernel gamma="2.5" noiseVariance="0.01">' + array([1.5, 0.4, 3.0]) +
     "</ARDSquaredExponentialKernel>", squared(2.5, [1.5, 0.4, 3.0]), 0.01, ["x1", "x2", "x3"], 15,
     "gamma exp(-1/2 sum ((x-z)/lambda)^2), one lambda per input")
case("gp_ard_defaults", "<ARDSquaredExponentialKernel/>", squared(1, [1, 1]), 1, ["x1", "x2"], 6,
     "everything left out is 1", "Without Lambda every length scale is 1, as the attribute lambda of RadialBasisKernel.")
case("gp_ard_one_scale", '<ARDSquaredExponentialKernel noiseVariance="0.25">' + array([0.7]) +
     "</ARDSquaredExponentialKernel>", squared(1, [0.7] * 2), 0.25, ["x1", "x2"], 6, "one length scale for both inputs",
     "A single length scale holds for all inputs.")
case("gp_ard_two_arrays", '<ARDSquaredExponentialKernel noiseVariance="0.25">' + array([0.7]) + array([1.9]) +
     "</ARDSquaredExponentialKernel>", squared(1, [0.7, 1.9]), 0.25, ["x1", "x2"], 6, "two Lambda elements of one scale",
     "Several Lambda elements are read one after the other.")
case("gp_absolute", '<AbsoluteExponentialKernel description="Laplace" gamma="0.8" noiseVariance="0.2">' +
     array([2.0, 0.5]) + "</AbsoluteExponentialKernel>", absolute(0.8, [2.0, 0.5]), 0.2, ["x1", "x2"], 10,
     "gamma exp(-sum |x-z|/lambda)", "lambda divides, as in the ARD kernel.")
case("gp_absolute_defaults", "<AbsoluteExponentialKernel/>", absolute(1, [1]), 1, ["x1"], 5, "defaults are 1")
case("gp_generalized", '<GeneralizedExponentialKernel description="between" gamma="1.1" noiseVariance="0.05" '
     'degree="1.4">' + array([0.9, 1.3]) + "</GeneralizedExponentialKernel>", generalized(1.1, [0.9, 1.3], 1.4), 0.05,
     ["x1", "x2"], 10, "gamma exp(-sum (|x-z|/lambda)^degree)", "lambda divides before the power.")
case("gp_generalized_defaults", "<GeneralizedExponentialKernel/>", generalized(1, [1], 1), 1, ["x1"], 5,
     "degree, gamma and noiseVariance are 1")

# No noise: the mean passes through the instances, and the variance there is 0.
instances, y = [[0.0], [1.0], [3.0]], np.array([1.0, -1.0, 2.0])
folder.case("gp_without_noise",
            document([("x1", "continuous", "double"), ("y", "continuous", "double")],
                     model('<RadialBasisKernel noiseVariance="0"/>', table(["x1", "y"], [a + [b] for a, b in zip(instances, y.tolist())]),
                           ["x1"], "<Output>" + output("mean", "predictedValue") + output("se", "standardError") + "</Output>")),
            [{"x1": 0.0}, {"x1": 1.0}, {"x1": 2.0}],
            [{"mean": 1.0, "se": 0.0}, {"mean": -1.0, "se": 0.0},
             dict(zip(("mean", "se"), posterior(squared(1, [1]), 0, instances, y, [2.0])))],
            "interpolation: at the instances the mean is their value and the variance 0", tolerance=1e-7)

# A derived input, a column of another name, rescaled targets, and an integer field.
instances = [[1.0, 2], [2.0, 1], [4.0, 3], [8.0, 0]]
y = np.array([1.0, 2.0, 2.5, 4.0])
logs = [[math.log(a), b] for a, b in instances]
derived = ('<Targets><Target field="y" rescaleFactor="2" rescaleConstant="10"/></Targets><LocalTransformations>'
           '<DerivedField name="ln_x" optype="continuous" dataType="double"><Apply function="ln"><FieldRef field="x"/>'
           "</Apply></DerivedField></LocalTransformations>")
rows = "".join(f"<row><c1>{a[0]!r}</c1><n>{a[1]}</n><target>{b!r}</target></row>" for a, b in zip(logs, y.tolist()))
text = document(
    [("x", "continuous", "double"), ("n", "continuous", "integer"), ("y", "continuous", "double")],
    '<GaussianProcessModel functionName="regression">' + schema(["x", "n"], ["y"]) +
    "<Output>" + output("mean", "predictedValue") + output("sd", "standardDeviation") + "</Output>" + derived +
    '<AbsoluteExponentialKernel noiseVariance="0.3">' + array([0.5, 2.0]) + "</AbsoluteExponentialKernel>"
    '<TrainingInstances isTransformed="true" recordCount="4" fieldCount="3"><InstanceFields>'
    '<InstanceField field="ln_x" column="c1"/><InstanceField field="n"/><InstanceField field="y" column="target"/>'
    f"</InstanceFields><InlineTable>{rows}</InlineTable></TrainingInstances></GaussianProcessModel>")
expected = []
for x, n in [(3.0, 1), (1.0, 2)]:
    mean, _, deviation = posterior(absolute(1, [0.5, 2.0]), 0.3, logs, y, [math.log(x), n])
    expected.append({"mean": 10 + 2 * mean, "sd": deviation})
folder.case("gp_derived_inputs", text, [{"x": 3.0, "n": 1}, {"x": 1.0, "n": 2}, {"x": -1.0, "n": 2}, {"x": 1.0, "n": 1.5}],
            expected + ["invalid", "invalid"],
            "the instances hold values of the derived field; Targets rescales the mean after it; ln(-1) and 1.5 as an integer are invalid",
            "Instance values are those of the field that InstanceField names, whatever isTransformed says. Targets changes "
            "the predicted value only, not its deviation.")

# As a segment: the average with a constant model.
gp = model('<RadialBasisKernel noiseVariance="0.5"/>', table(["x1", "y"], [[0.0, 1.0], [2.0, 3.0]]), ["x1"],
           "<Output>" + output("mean", "predictedValue") + output("sd", "standardDeviation") + "</Output>")
text = document([("x1", "continuous", "double"), ("y", "continuous", "double")],
                '<MiningModel functionName="regression">' + schema(["x1"], ["y"]) +
                "<Output>" + output("both", "predictedValue") + output("sd_inside", "standardDeviation", segmentId="gp") +
                '</Output><Segmentation multipleModelMethod="average"><Segment id="gp"><True/>' + gp +
                '</Segment><Segment id="constant"><True/><RegressionModel functionName="regression">' +
                schema(["x1"], ["y"]) + '<RegressionTable intercept="7"/></RegressionModel></Segment></Segmentation></MiningModel>')
points = [[1.0], [0.0], [-4.0]]
inner = [posterior(squared(1, [1]), 0.5, [[0.0], [2.0]], np.array([1.0, 3.0]), x) for x in points]
folder.case("gp_in_mining_model", text, [{"x1": x[0]} for x in points],
            [{"both": (m + 7) / 2, "sd_inside": d} for m, _, d in inner], "average of the posterior mean and 7")

folder.write()
