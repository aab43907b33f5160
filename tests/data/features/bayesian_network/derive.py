#!/usr/bin/env python3
"""Expected values of BayesianNetworkModel by brute force.

Discrete networks: the joint table as one array, sliced and summed, against a sum over all assignments in a loop.
Networks with continuous nodes: for every assignment of the hidden discrete nodes the joint Gaussian of all continuous
ones, conditioned with matrices, against numerical integration over the hidden ones where there are at most two. The
library under test eliminates variables and updates by one observation at a time instead. Needs numpy and scipy.
"""
import itertools
import math
import pathlib
import sys

import numpy as np
from scipy import integrate, stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, close, document, output, schema

folder = Folder(__file__, "BayesianNetwork")
random = np.random.default_rng(3)


# --- discrete networks ------------------------------------------------------------------------------------------------

class Discrete:
    """nodes: name → (values, parents, {parent values: probabilities})"""

    def __init__(self, nodes):
        self.nodes = nodes

    @staticmethod
    def drawn(structure):
        nodes = {}
        for name, (values, parents) in structure.items():
            combinations = itertools.product(*(structure[p][0] for p in parents))
            nodes[name] = (values, parents, {c: random.dirichlet(np.ones(len(values))).round(3) for c in combinations})
        for _, _, table in nodes.values():
            for row in table.values():
                row[-1] = round(1 - sum(row[:-1]), 3)
        return Discrete(nodes)

    def posterior(self, target, evidence):
        names = list(self.nodes)
        hidden = [n for n in names if n != target and n not in evidence]
        looped = {}
        for value in self.nodes[target][0]:
            total = 0.0
            for combination in itertools.product(*(self.nodes[n][0] for n in hidden)):
                world = {**evidence, target: value, **dict(zip(hidden, combination))}
                p = 1.0
                for n, (values, parents, table) in self.nodes.items():
                    p *= table[tuple(world[q] for q in parents)][values.index(world[n])]
                total += p
            looped[value] = total
        # Second route: one array over all nodes.
        joint = np.ones([len(self.nodes[n][0]) for n in names])
        for n, (_, parents, table) in self.nodes.items():
            axes = [names.index(q) for q in parents] + [names.index(n)]
            factor = np.array([table[c] for c in itertools.product(*(self.nodes[q][0] for q in parents))])
            factor = factor.reshape([len(self.nodes[names[a]][0]) for a in axes])
            order = np.argsort(axes)
            shape = [len(self.nodes[m][0]) if i in axes else 1 for i, m in enumerate(names)]
            joint = joint * factor.transpose(order).reshape(shape)
        index = tuple(self.nodes[n][0].index(evidence[n]) if n in evidence else slice(None) for n in names)
        kept = [n for n in names if n not in evidence]
        summed = joint[index].sum(axis=tuple(i for i, n in enumerate(kept) if n != target))
        assert all(close(a, b, 1e-12) for a, b in zip(looped.values(), summed))
        total = sum(looped.values())
        return {v: p / total for v, p in looped.items()}

    def element(self, name, extra=""):
        values, parents, table = self.nodes[name]
        rows = []
        for combination, probabilities in table.items():
            row = "".join(f'<ValueProbability value="{v}" probability="{p!r}"/>'
                          for v, p in zip(values, (float(q) for q in probabilities)))
            if parents:
                conditions = "".join(f'<ParentValue parent="{q}" value="{v}"/>' for q, v in zip(parents, combination))
                row = f'<DiscreteConditionalProbability count="10">{conditions}{row}</DiscreteConditionalProbability>'
            rows.append(row)
        return f'<DiscreteNode name="{name}" count="100">{extra}{"".join(rows)}</DiscreteNode>'


def model(function, inputs, targets, outputs, nodes, attributes="", before=""):
    asked = f'<Output>{"".join(outputs)}</Output>' if outputs else ""
    return (f'<BayesianNetworkModel functionName="{function}"{attributes}>{schema(inputs, targets)}{asked}{before}'
            f"<BayesianNetworkNodes>{nodes}</BayesianNetworkNodes></BayesianNetworkModel>")


def class_outputs(values, **attributes):
    return ([output("class", "predictedValue", "string", **attributes)] +
            [output(f"p_{v}", "probability", value=v, **attributes) for v in values])


def class_results(posterior):
    best = max(posterior.values())
    return {"class": next(str(v) for v, p in posterior.items() if p == best), **{f"p_{v}": p for v, p in posterior.items()}}


network = Discrete.drawn({
    "a": (["0", "1"], []), "b": (["lo", "mid", "hi"], []), "c": (["n", "y"], ["a", "b"]), "t": (["r", "s", "u"], ["a"]),
    "d": (["n", "y"], ["c", "t"]), "e": (["1", "2", "3"], ["d"]), "f": (["n", "y"], ["t", "b"])})
inputs = [n for n in network.nodes if n != "t"]
fields = [(n, "categorical", "string") for n in network.nodes]
records = [{}, {"d": "y"}, {"d": "y", "e": "3"}, {n: network.nodes[n][0][0] for n in inputs},
           {n: network.nodes[n][0][-1] for n in inputs}]
for _ in range(20):
    records.append({n: str(random.choice(network.nodes[n][0])) for n in inputs if random.random() < 0.5})
folder.case("bn_discrete", document(fields, model("classification", inputs, ["t"], class_outputs("rsu"),
                                                  "".join(network.element(n) for n in reversed(list(network.nodes))),
                                                  ' modelName="bn" algorithmName="x" modelType="General" inferenceMethod="Exact" '
                                                  'isScorable="true"')),
            records + [{"a": "2"}], [class_results(network.posterior("t", r)) for r in records] + ["invalid"],
            "joint table summed and sliced; loop and array agree; nodes stand in reverse order in the document",
            "A value that no table of the node mentions is invalid.", tolerance=1e-12)

# Latent node: not in the MiningSchema, always summed out. A tree-augmented naive Bayes network, a tie, and impossible evidence.
network = Discrete({
    "h": (["0", "1"], [], {(): [0.5, 0.5]}), "x": (["n", "y"], ["h"], {("0",): [0.9, 0.1], ("1",): [0.2, 0.8]}),
    "t": (["first", "second"], ["h"], {("0",): [1.0, 0.0], ("1",): [0.0, 1.0]}),
    "z": (["n", "y"], ["t", "x"], {("first", "n"): [0.5, 0.5], ("first", "y"): [1.0, 0.0], ("second", "n"): [1.0, 0.0],
                                   ("second", "y"): [1.0, 0.0]})})
records = [{}, {"x": "y"}, {"z": "n"}, {"x": "n", "z": "y"}, {"x": "y", "z": "y"}]
folder.case("bn_latent", document([(n, "categorical", "string") for n in network.nodes],
                                  model("classification", ["x", "z"], ["t"], class_outputs(["first", "second"]),
                                        "".join(network.element(n) for n in network.nodes),
                                        ' modelType="TAN" inferenceMethod="MCMC"')),
            records, [class_results(network.posterior("t", r)) for r in records[:-1]] + ["invalid"],
            "summed by hand over the latent node; x=y with z=y has probability 0",
            "Ties go to the value that the document names first. Evidence of probability 0 has no posterior: invalid. inferenceMethod "
            "is advice; inference is exact.", tolerance=1e-12)

# Numbers as values: regression answers their mean.
network = Discrete.drawn({"k": ([0, 1, 2], []), "y": ([10, 20, 40], ["k"]), "w": (["n", "y"], ["y"])})
records = [{}, {"k": 2}, {"w": "y"}, {"k": 0, "w": "n"}]
expected = []
for r in records:
    p = network.posterior("y", r)
    mean = sum(v * q for v, q in p.items())
    expected.append({"y_hat": mean, "sd": math.sqrt(sum(q * (v - mean) ** 2 for v, q in p.items()))})
folder.case("bn_discrete_mean", document([("k", "categorical", "integer"), ("y", "continuous", "integer"),
                                          ("w", "categorical", "string")],
                                         model("regression", ["k", "w"], ["y"],
                                               [output("y_hat", "predictedValue"), output("sd", "standardDeviation")],
                                               "".join(network.element(n) for n in network.nodes))),
            records, expected, "mean and deviation of the posterior",
            "functionName=\"regression\" for a discrete node: the expected value of its numbers.", tolerance=1e-12)

# Several targets; a numeric target as a class.
network = Discrete.drawn({"x": (["n", "y"], []), "t": (["r", "s"], ["x"]), "k": ([1, 2, 3], ["t"]), "z": (["n", "y"], ["k"])})
records = [{}, {"x": "y"}, {"x": "n", "z": "y"}]
expected = []
for r in records:
    t, k = network.posterior("t", r), network.posterior("k", r)
    best = max(k.values())
    expected.append({"t_hat": max(t, key=t.get), "p_t_s": t["s"], "k_hat": next(v for v, p in k.items() if p == best),
                     "p_k": best, "p_k_2": k[2], "k": next(v for v, p in k.items() if p == best)})
folder.case("bn_several_targets",
            document([("x", "categorical", "string"), ("t", "categorical", "string"), ("k", "categorical", "integer"),
                      ("z", "categorical", "string")],
                     model("classification", ["x", "z"], ["t", "k"],
                           [output("t_hat", "predictedValue", "string"), output("p_t_s", "probability", value="s"),
                            output("k_hat", "predictedValue", "integer", targetField="k"),
                            output("p_k", "probability", targetField="k"),
                            output("p_k_2", "probability", targetField="k", value="2")],
                           "".join(network.element(n) for n in network.nodes))),
            records, expected, "each target's own posterior, the others hidden",
            "Every target is inferred from the inputs, the other targets hidden.", tolerance=1e-12)


# --- distributions ----------------------------------------------------------------------------------------------------

def constant(x):
    return f'<Constant dataType="double">{x!r}</Constant>'


def ref(name):
    return f'<FieldRef field="{name}"/>'


def apply(function, *arguments):
    return f'<Apply function="{function}">{"".join(arguments)}</Apply>'


def linear(intercept, **slopes):
    expression = constant(intercept)
    for name, slope in slopes.items():
        expression = apply("+", expression, apply("*", constant(slope), ref(name)))
    return expression


def distribution(kind, **parts):
    body = "".join(f"<{part}>{expression}</{part}>" for part, expression in parts.items())
    return f"<ContinuousDistribution><{kind}DistributionForBN>{body}</{kind}DistributionForBN></ContinuousDistribution>"


def normal(mean, variance):
    return distribution("Normal", Mean=mean, Variance=variance)


def continuous(name, rows, extra=""):
    """rows: a distribution, or {((parent, value), ...): distribution}"""
    if isinstance(rows, str):
        return f'<ContinuousNode name="{name}" count="50">{extra}{rows}</ContinuousNode>'
    body = ""
    for conditions, inner in rows.items():
        body += ('<ContinuousConditionalProbability count="5">' +
                 "".join(f'<ParentValue parent="{p}" value="{v}"/>' for p, v in conditions) + inner +
                 "</ContinuousConditionalProbability>")
    return f'<ContinuousNode name="{name}">{extra}{body}</ContinuousNode>'


def triangular(mean, lower, upper):
    mode = 3 * mean - lower - upper
    frozen = stats.triang((mode - lower) / (upper - lower), lower, upper - lower)
    assert close(frozen.mean(), mean)
    return frozen


# Every distribution as evidence for a class.
frozen = {"r": {"n": stats.norm(1, 2), "g": stats.lognorm(0.5, scale=math.exp(0.2)), "q": triangular(2, 0, 5),
                "u": stats.uniform(0, 4)},
          "s": {"n": stats.norm(2, 1), "g": stats.lognorm(1.0, scale=math.exp(-0.1)), "q": triangular(3, 1, 5),
                "u": stats.uniform(1, 5)}}
nodes = ('<DiscreteNode name="t"><ValueProbability value="r" probability="0.4"/><ValueProbability value="s" '
         'probability="0.6"/></DiscreteNode>')
nodes += continuous("n", {(("t", "r"),): normal(constant(1.0), constant(4.0)), (("t", "s"),): normal(constant(2.0), constant(1.0))})
nodes += continuous("g", {(("t", "r"),): distribution("Lognormal", Mean=constant(0.2), Variance=constant(0.25)),
                          (("t", "s"),): distribution("Lognormal", Mean=constant(-0.1), Variance=constant(1.0))})
nodes += continuous("q", {(("t", "r"),): distribution("Triangular", Mean=constant(2.0), Lower=constant(0.0), Upper=constant(5.0)),
                          (("t", "s"),): distribution("Triangular", Mean=constant(3.0), Lower=constant(1.0), Upper=constant(5.0))})
nodes += continuous("u", {(("t", "r"),): distribution("Uniform", Lower=constant(0.0), Upper=constant(4.0)),
                          (("t", "s"),): distribution("Uniform", Lower=constant(1.0), Upper=constant(6.0))})
records = [{}, {"n": 0.5}, {"g": 0.7}, {"g": -1.0, "n": 1.0}, {"q": 2.5}, {"q": 1.0}, {"q": 0.5}, {"q": 4.99}, {"u": 0.5},
           {"u": 3.0}, {"u": 5.0}, {"n": -3.0, "g": 2.0, "q": 1.5, "u": 2.0}, {"q": 5.5}, {"n": 1e5}, {"u": 4.0}]
expected = []
for r in records:
    weights = {t: p * math.prod(frozen[t][name].pdf(x) for name, x in r.items()) for t, p in (("r", 0.4), ("s", 0.6))}
    total = sum(weights.values())
    if r == {"n": 1e5}:
        # Far out the densities underflow; their ratio does not.
        ratio = stats.norm.logpdf(1e5, 1, 2) - stats.norm.logpdf(1e5, 2, 1) + math.log(0.4 / 0.6)
        weights = {"r": 1 / (1 + math.exp(-ratio)) if ratio < 700 else 1.0, "s": 1 / (1 + math.exp(min(ratio, 700)))}
        weights = {"r": 1.0, "s": 0.0}
        total = 1.0
    expected.append(class_results({t: w / total for t, w in weights.items()}) if total > 0 else "invalid")
folder.case("bn_densities", document([(n, "continuous", "double") for n in "ngqu"] + [("t", "categorical", "string")],
                                     model("classification", list("ngqu"), ["t"], class_outputs("rs"), nodes)),
            records, expected, "Bayes' rule with scipy's densities",
            "Variance is a variance. Lognormal: Mean and Variance of the logarithm. Triangular: Mean is the mean, so the mode is "
            "3 Mean - Lower - Upper. Observed continuous nodes enter by their density.")

# Every distribution as a target, its parameters expressions of observed parents.
targets = {
    "Normal": (normal(linear(1.0, x=2.0), apply("*", ref("x"), ref("x"))), lambda x: stats.norm(1 + 2 * x, abs(x))),
    "Lognormal": (distribution("Lognormal", Mean=apply("/", ref("x"), constant(4.0)), Variance=constant(0.3)),
                  lambda x: stats.lognorm(math.sqrt(0.3), scale=math.exp(x / 4))),
    "Triangular": (distribution("Triangular", Mean=linear(1.0, x=1.0), Lower=ref("x"), Upper=linear(3.0, x=1.0)),
                   lambda x: triangular(1 + x, x, 3 + x)),
    "Uniform": (distribution("Uniform", Lower=apply("-", ref("x"), constant(1.0)), Upper=apply("exp", ref("x"))),
                lambda x: stats.uniform(x - 1, math.exp(x) - x + 1))}
for kind, (element, freeze) in targets.items():
    points = [0.5, 1.5, -0.25]
    quantile = stats.norm.ppf(0.975)
    expected = []
    for x in points:
        d = freeze(x)
        expected.append({"y_hat": d.mean(), "sd": d.std(), "low": d.mean() - quantile * d.std()})
    nodes = continuous("x", normal(constant(0.0), constant(1.0))) + continuous("y", element)
    folder.case(f"bn_{kind.lower()}_target",
                document([("x", "continuous", "double"), ("y", "continuous", "double")],
                         model("regression", ["x"], ["y"], [output("y_hat", "predictedValue"), output("sd", "standardDeviation"),
                                                            output("low", "confidenceIntervalLower")], nodes)),
                [{"x": x} for x in points], expected, "mean and standard deviation of scipy's distribution",
                "The predicted value of a continuous node is its mean; standardDeviation that of its distribution.")


# --- conditional Gaussian networks ------------------------------------------------------------------------------------

class Mixed:
    """Discrete nodes with tables, and continuous nodes: name → (discrete parents, {values: (c0, {parent: slope}, variance)})"""

    def __init__(self, discrete, continuous_nodes):
        self.discrete, self.continuous = discrete, continuous_nodes

    def joint(self, world):
        """Mean and covariance of all continuous nodes under one assignment of the discrete ones."""
        names = list(self.continuous)
        mean, covariance = np.zeros(len(names)), np.zeros((len(names), len(names)))
        for i, n in enumerate(names):
            parents, rows = self.continuous[n]
            c0, slopes, variance = rows[tuple(world[p] for p in parents)]
            b = np.zeros(len(names))
            for p, slope in slopes.items():
                b[names.index(p)] = slope
            mean[i] = c0 + b @ mean
            covariance[i, :i] = covariance[:i, i] = (covariance @ b)[:i]
            covariance[i, i] = variance + b @ covariance @ b
        return names, mean, covariance

    def worlds(self, evidence):
        hidden = [n for n in self.discrete.nodes if n not in evidence]
        for combination in itertools.product(*(self.discrete.nodes[n][0] for n in hidden)):
            world = {**{n: evidence[n] for n in self.discrete.nodes if n in evidence}, **dict(zip(hidden, combination))}
            p = 1.0
            for n, (values, parents, table) in self.discrete.nodes.items():
                p *= table[tuple(world[q] for q in parents)][values.index(world[n])]
            yield world, p

    def conditioned(self, evidence, target=None):
        """[(world, weight, mean, variance)] of the continuous target."""
        result = []
        for world, p in self.worlds(evidence):
            names, mean, covariance = self.joint(world)
            seen = [i for i, n in enumerate(names) if n in evidence]
            x = np.array([evidence[names[i]] for i in seen])
            weight, m, v = p, None, None
            if seen:
                weight *= stats.multivariate_normal(mean[seen], covariance[np.ix_(seen, seen)]).pdf(x)
            if target:
                t = names.index(target)
                m, v = mean[t], covariance[t, t]
                if seen:
                    gain = np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[seen, t])
                    m, v = m + gain @ (x - mean[seen]), v - gain @ covariance[seen, t]
            result.append((world, weight, m, v))
        return result

    def moments(self, target, evidence):
        parts = self.conditioned(evidence, target)
        total = sum(w for _, w, _, _ in parts)
        mean = sum(w * m for _, w, m, _ in parts) / total
        variance = sum(w * (v + (m - mean) ** 2) for _, w, m, v in parts) / total
        return mean, math.sqrt(variance)

    def posterior(self, target, evidence):
        weights = dict.fromkeys(self.discrete.nodes[target][0], 0.0)
        for world, w, _, _ in self.conditioned(evidence):
            weights[world[target]] += w
        total = sum(weights.values())
        return {v: w / total for v, w in weights.items()}

    def density(self, world, x):
        p = 1.0
        for n, (parents, rows) in self.continuous.items():
            c0, slopes, variance = rows[tuple(world[q] for q in parents)]
            difference = x[n] - c0 - sum(b * x[q] for q, b in slopes.items())
            p = p * np.exp(-difference ** 2 / (2 * variance)) / math.sqrt(2 * math.pi * variance)
        return p

    def integrated(self, evidence, f):
        """Second route: the integral of density times f(world, x) over one or two hidden nodes."""
        hidden = [n for n in self.continuous if n not in evidence]
        total = 0.0
        for world, p in self.worlds(evidence):
            def g(*free):
                x = {**{n: evidence[n] for n in self.continuous if n in evidence}, **dict(zip(hidden, free))}
                return self.density(world, x) * f(world, x)
            if not hidden:
                total += p * g()
            elif len(hidden) == 1:
                total += p * integrate.quad_vec(g, -30, 30, points=[-3, 0, 3], epsabs=1e-13, epsrel=1e-11)[0]
            else:
                grid = np.linspace(-18, 18, 721)
                values = g(*np.meshgrid(grid, grid, indexing="ij"))
                total += p * integrate.trapezoid(integrate.trapezoid(values, grid), grid)
        return total

    def elements(self):
        text = "".join(self.discrete.element(n) for n in self.discrete.nodes)
        for n, (parents, rows) in self.continuous.items():
            inner = {tuple(zip(parents, values)): normal(linear(c0, **slopes), constant(variance))
                     for values, (c0, slopes, variance) in rows.items()}
            text += continuous(n, inner if parents else inner[()])
        return text


network = Mixed(
    Discrete({"d": (["0", "1"], [], {(): [0.3, 0.7]}), "e": (["n", "y"], ["d"], {("0",): [0.8, 0.2], ("1",): [0.4, 0.6]})}),
    {"x": (["d"], {("0",): (-1.0, {}, 1.0), ("1",): (1.5, {}, 0.5)}),
     "y": (["e"], {("n",): (0.5, {"x": 1.25}, 0.75), ("y",): (-0.5, {"x": -0.5}, 1.5)}),
     "z": ([], {(): (0.25, {"x": 0.5, "y": 1.0}, 0.4)}),
     "w": (["d"], {("0",): (0.0, {"z": 1.0}, 1.0), ("1",): (1.0, {"z": 0.5}, 2.0)})})
everything = {"d": "1", "e": "n", "x": 0.5, "y": 2.0, "z": 1.5, "w": 0.25}
subsets = [{}, {"z": 1.0}, {"w": 2.0}, {"x": 0.0, "w": 1.0}, {"d": "0", "z": -1.0}, {"e": "y", "z": 3.0, "w": 0.0},
           {"y": 1.0}, {"x": 1.0, "y": 1.0, "z": 2.0, "w": 2.0}, {"y": 0.5, "w": -1.0}, {"x": 0.3, "y": 0.3, "z": 0.3}]
fields = [(n, "categorical", "string") for n in "de"] + [(n, "continuous", "double") for n in "xyzw"]
for target in "yx":
    inputs = [n for n in "dexyzw" if n != target]
    records = [{k: v for k, v in s.items() if k != target} for s in subsets + [everything]]
    expected = []
    for r in records:
        mean, deviation = network.moments(target, r)
        hidden = [n for n in network.continuous if n not in r]
        if len(hidden) == 1:
            evidence = network.integrated(r, lambda world, x: 1)
            first = network.integrated(r, lambda world, x: x[target]) / evidence
            assert close(first, mean, 1e-8)
            second = network.integrated(r, lambda world, x: (x[target] - mean) ** 2) / evidence
            assert close(math.sqrt(second), deviation, 1e-7)
        expected.append({f"{target}_hat": mean, "sd": deviation})
    folder.case(f"bn_gaussian_{target}",
                document(fields, model("regression", inputs, [target], [output(f"{target}_hat", "predictedValue"),
                                                                        output("sd", "standardDeviation")], network.elements())),
                records, expected, "per assignment of the discrete nodes the joint Gaussian conditioned with matrices; integrals agree",
                "Hidden continuous parents of linear Gaussian nodes are integrated out exactly; the answer is the mean of the mixture.")
inputs = list("dxyzw")
records = [{k: v for k, v in s.items() if k != "e"} for s in subsets + [everything]]
expected = []
for r in records:
    p = network.posterior("e", r)
    if sum(n not in r for n in network.continuous) <= 2:
        weights = {v: network.integrated(r, lambda world, x: float(world["e"] == v)) for v in p}
        total = sum(weights.values())
        assert all(close(weights[v] / total, p[v], 1e-7) for v in p), (r, weights, p)
    expected.append(class_results(p))
folder.case("bn_gaussian_class", document(fields, model("classification", inputs, ["e"], class_outputs("ny"), network.elements())),
            records, expected, "Bayes' rule with multivariate normal densities; one and two dimensional integrals agree")

# A hidden parent that is not Normal, with nothing observed below it: moments are enough.
nodes = (continuous("u", distribution("Uniform", Lower=constant(1.0), Upper=constant(5.0))) +
         continuous("y", normal(linear(2.0, u=3.0), constant(0.5))) +
         continuous("v", normal(ref("u"), constant(1.0))) +
         continuous("k", distribution("Triangular", Mean=linear(1.0, u=1.0), Lower=ref("u"), Upper=linear(3.0, u=1.0))))
shift = triangular(1, 0, 3)
for target, observed, hidden in (("y", (lambda u: (2 + 3 * u, math.sqrt(0.5))), (2 + 9, math.sqrt(0.5 + 9 * 16 / 12))),
                                 ("k", (lambda u: (1 + u, shift.std())), (4, math.sqrt(shift.var() + 16 / 12)))):
    draws = stats.uniform(1, 4).rvs(400_000, random_state=1)
    sample = (2 + 3 * draws + stats.norm(0, math.sqrt(0.5)).rvs(400_000, random_state=2) if target == "y"
              else draws + shift.rvs(400_000, random_state=2))
    assert abs(sample.mean() - hidden[0]) < 0.02 and abs(sample.std() - hidden[1]) < 0.02
    others = [n for n in "uyvk" if n != target]
    folder.case(f"bn_moments_{target}",
                document([(n, "continuous", "double") for n in "uyvk"],
                         model("regression", others, [target], [output("hat", "predictedValue"), output("sd", "standardDeviation")], nodes)),
                [{"u": 2.0}, {}, {"u": 2.0, "v": 3.0}, {"v": 3.0}],
                [dict(zip(("hat", "sd"), observed(2.0))), dict(zip(("hat", "sd"), hidden)), dict(zip(("hat", "sd"), observed(2.0))),
                 "invalid"], "laws of total expectation and variance; a simulation of 400,000 draws agrees to 0.02",
                "Where v is observed below the hidden Uniform node u, the posterior is no mixture of Gaussians: the record is "
                "refused for want of u.")

# Expressions: a discrete number as a parent, hidden or not; a derived field between the nodes; a field outside the network.
weights = {1: 0.2, 2: 0.5, 4: 0.3}
nodes = ('<DiscreteNode name="k">' + "".join(f'<ValueProbability value="{k}" probability="{p}"/>' for k, p in weights.items()) +
         "</DiscreteNode>" + continuous("x", normal(ref("k"), constant(1.0))) +
         continuous("y", normal(apply("+", ref("half"), apply("pow", ref("k"), constant(2.0))), apply("*", ref("scale"), ref("k")))))
before = ('<LocalTransformations><DerivedField name="half" optype="continuous" dataType="double">' +
          apply("*", constant(0.5), ref("x")) + "</DerivedField></LocalTransformations>")


def mixture(parts):
    """Mean and deviation of [(weight, mean, variance)]."""
    total = sum(w for w, _, _ in parts)
    mean = sum(w * m for w, m, _ in parts) / total
    return {"hat": mean, "sd": math.sqrt(sum(w * (v + (m - mean) ** 2) for w, m, v in parts) / total)}


fields = [("k", "categorical", "integer"), ("x", "continuous", "double"), ("y", "continuous", "double"),
          ("scale", "continuous", "double")]
outputs = [output("hat", "predictedValue"), output("sd", "standardDeviation")]
records = [{"x": 1.0, "k": 2, "scale": 3.0}, {"x": 1.0, "scale": 3.0}, {"x": 1.0, "k": 2}]
folder.case("bn_expressions", document(fields, model("regression", ["k", "x", "scale"], ["y"], outputs, nodes, before=before)),
            records,
            [mixture([(1, 0.5 + 4, 6.0)]),
             mixture([(p * stats.norm.pdf(1.0, k, 1), 0.5 + k ** 2, 3.0 * k) for k, p in weights.items()]),
             {"hat": None, "sd": None}],
            "mixture over the values of k by hand; without scale the variance is missing, so the answer is",
            "k may stand in expressions, hidden or observed. A field outside the network that an expression needs and that is "
            "missing makes the answer missing.")
nodes = nodes.replace(apply("pow", ref("k"), constant(2.0)), apply("*", ref("k"), ref("k"))).replace(ref("scale"), constant(1.5))
folder.case("bn_expressions_hidden", document(fields, model("regression", ["k", "x"], ["y"], outputs, nodes, before=before)),
            [{"k": 4}, {}, {"x": 1.0}],
            [mixture([(1, 0.5 * 4 + 16, 6.0 + 0.25)]),
             mixture([(p, 0.5 * k + k ** 2, 1.5 * k + 0.25) for k, p in weights.items()]),
             mixture([(p * stats.norm.pdf(1.0, k, 1), 0.5 + k ** 2, 1.5 * k) for k, p in weights.items()])],
            "x hidden: its mean and variance pass through the derived field half",
            "An expression is linear in a hidden node if it stays so with derived fields written out and discrete nodes at a value.")

# Derived nodes, and a table that depends on a field outside the network.
nodes = ('<DiscreteNode name="age_group"><DerivedField name="age_group" optype="categorical" dataType="string">'
         '<Discretize field="age"><DiscretizeBin binValue="young"><Interval closure="openOpen" rightMargin="30"/></DiscretizeBin>'
         '<DiscretizeBin binValue="old"><Interval closure="closedOpen" leftMargin="30"/></DiscretizeBin></Discretize></DerivedField>'
         '<ValueProbability value="young" probability="0.4"/><ValueProbability value="old" probability="0.6"/></DiscreteNode>'
         '<DiscreteNode name="t">' + "".join(
             f'<DiscreteConditionalProbability><ParentValue parent="age_group" value="{g}"/><ParentValue parent="site" value="{s}"/>'
             f'<ValueProbability value="n" probability="{1 - p}"/><ValueProbability value="y" probability="{p}"/>'
             "</DiscreteConditionalProbability>" for g, s, p in (("young", "A", 0.25), ("young", "B", 0.5), ("old", "A", 0.75),
                                                                ("old", "B", 0.125))) + "</DiscreteNode>")
records = [{"age": 20, "site": "A"}, {"age": 30, "site": "A"}, {"age": 64, "site": "B"}, {"site": "B"}, {"age": 20},
           {"age": 20, "site": "C"}]
yes = [0.25, 0.75, 0.125, 0.4 * 0.5 + 0.6 * 0.125]
folder.case("bn_derived_node", document([("age", "continuous", "double"), ("site", "categorical", "string"), ("t", "categorical", "string")],
                                        model("classification", ["age", "site"], ["t"], class_outputs("ny"), nodes,
                                              ' modelType="Markov-blanket" inferenceMethod="Other"')),
            records, [class_results({"n": 1 - p, "y": p}) for p in yes] + ["invalid", "invalid"],
            "read off the tables; age hidden: 0.4 * 0.5 + 0.6 * 0.125",
            "A node whose DerivedField bears its name is observed through it. A parent that is no node has no probabilities of its "
            "own: the record must give it.", tolerance=1e-12)

# As a segment.
inner = model("classification", ["x"], ["t"], [],
              '<DiscreteNode name="t"><ValueProbability value="r" probability="0.5"/><ValueProbability value="s" probability="0.5"/>'
              "</DiscreteNode>" + continuous("x", {(("t", "r"),): normal(constant(0.0), constant(1.0)),
                                                   (("t", "s"),): normal(constant(2.0), constant(1.0))}))
other = ('<TreeModel functionName="classification">' + schema(["x"], ["t"]) +
         '<Node score="r"><True/><ScoreDistribution value="r" recordCount="3"/><ScoreDistribution value="s" recordCount="1"/></Node></TreeModel>')
text = document([("x", "continuous", "double"), ("t", "categorical", "string", "r", "s")],
                '<MiningModel functionName="classification">' + schema(["x"], ["t"]) + "<Output>" +
                output("p_s", "probability", value="s") + output("p_inner", "probability", value="s", segmentId="bn") + '</Output><Segmentation multipleModelMethod="average"><Segment id="bn"><True/>' +
                inner + '</Segment><Segment id="tree"><True/>' + other + "</Segment></Segmentation></MiningModel>")
points, expected = [0.0, 1.0, 3.0], []
for x in points:
    r, s = stats.norm.pdf(x), stats.norm.pdf(x, 2)
    expected.append({"p_s": (s / (r + s) + 0.25) / 2, "p_inner": s / (r + s)})
folder.case("bn_in_mining_model", text, [{"x": x} for x in points], expected, "average of Bayes' rule and 1/4", tolerance=1e-12)

folder.write()
