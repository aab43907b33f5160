#!/usr/bin/env python3
"""Expected values of BaselineModel, recomputed for every record from all records before it.

The statistics come from numpy and scipy (norm, poisson and uniform densities, chi2_contingency, chisquare); the
library under test keeps running memory instead. Needs numpy and scipy.
"""
import itertools
import math
import pathlib
import sys

import numpy as np
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, close, document, output, schema

folder = Folder(__file__, "BaselineModel")
random = np.random.default_rng(11)


def model(test, inputs, attributes="", local=""):
    return (f'<BaselineModel functionName="regression"{attributes}>{schema(inputs, ["s"])}<Output>'
            f'{output("stat", "predictedValue")}</Output>{local}{test}</BaselineModel>')


def single(test, fields, attributes="", local=""):
    return document(fields + [("s", "continuous", "double")], model(test, [f[0] for f in fields], attributes, local))


NUMBER = [("x", "continuous", "double")]
TEXT = [("x", "categorical", "string")]


def z_value(name, distribution, mean, variance, values, window=None, reading=None, attributes=""):
    attribute = "" if window is None else f' windowSize="{window}"'
    test = (f'<TestDistributions field="x" testStatistic="zValue"{attribute}><Baseline>{distribution}</Baseline>'
            "</TestDistributions>")
    expected, seen = [], []
    for x in values:
        if x is None:
            expected.append({"stat": None})
            continue
        seen.append(x)
        latest = seen[-max(window or 1, 1):]
        expected.append({"stat": (np.mean(latest) - mean) / math.sqrt(variance / len(latest))})
    folder.case(name, single(test, NUMBER, attributes), [{} if x is None else {"x": x} for x in values], expected,
                "(mean of the window - mean) / sqrt(variance / records in the window)", reading,
                mode="sequence" if (window or 0) > 1 else "independent")


draws = random.normal(5, 2, 9).round(2).tolist()
z_value("base_z_gaussian", '<GaussianDistribution mean="5" variance="4"/>', 5, 4, draws + [None, 1e6], None,
        "windowSize 0, the default, tests every record by itself.", ' modelName="z" algorithmName="a" isScorable="true"')
z_value("base_z_any", '<AnyDistribution mean="-1.5" variance="0.25"/>', -1.5, 0.25, draws, 1)
z_value("base_z_counts", '<PoissonDistribution mean="3.5"/>', 3.5, 3.5, [0.0, 3.0, 4.0, 10.0], 0)
z_value("base_z_uniform", '<UniformDistribution lower="2" upper="8"/>', 5, 3, [2.0, 5.0, 8.0, 11.0])
z_value("base_z_window", '<GaussianDistribution mean="5" variance="4"/>', 5, 4,
        draws[:4] + [None] + draws[4:], 3,
        "A window of n records: their mean against mean and sd/sqrt(n); until it is full, over those seen. A record without "
        "a value is not counted.")


def log_density(d, x):
    kind, a, b = d
    with np.errstate(divide="ignore"):
        if kind == "gaussian":
            return float(stats.norm.logpdf(x, a, math.sqrt(b)))
        if kind == "poisson":
            return float(stats.poisson.logpmf(x, a))
        return float(stats.uniform.logpdf(x, a, b - a))


def element(d):
    kind, a, b = d
    return {"gaussian": f'<GaussianDistribution mean="{a}" variance="{b}"/>', "poisson": f'<PoissonDistribution mean="{a}"/>',
            "uniform": f'<UniformDistribution lower="{a}" upper="{b}"/>'}[kind]


def cusum(name, base, alternate, values, reset=None, window=None, start=0.0, extension="", reading=None):
    attributes = ("" if reset is None else f' resetValue="{reset}"') + ("" if window is None else f' windowSize="{window}"')
    test = (f'<TestDistributions field="x" testStatistic="CUSUM"{attributes}>{extension}<Baseline>{element(base)}</Baseline>'
            f"<Alternate>{element(alternate)}</Alternate></TestDistributions>")
    expected, ratios = [], []
    for x in values:
        if x is None:
            expected.append({"stat": None})
            continue
        top, bottom = log_density(alternate, x), log_density(base, x)
        if top == bottom == -math.inf:
            expected.append("invalid")
            continue
        ratios.append(top - bottom)
        z = 0.0 if window else start
        for g in ratios[-window:] if window else ratios:
            z = max(reset or 0, z + g)
        expected.append({"stat": z})
    # Second route: with reset r, Z_n is the larger of r plus the best sum of a tail, and the start plus the whole sum.
    if not window and all(isinstance(e, dict) for e in expected):
        r, done = reset or 0, []
        for e, x in zip(expected, values):
            if x is None:
                continue
            done.append(log_density(alternate, x) - log_density(base, x))
            tails = [r + sum(done[k:]) for k in range(1, len(done) + 1)] + [start + sum(done)]
            if math.isfinite(e["stat"]) and all(map(math.isfinite, done)):
                assert close(e["stat"], max(tails)), name
    folder.case(name, single(test, NUMBER), [{} if x is None else {"x": x} for x in values], expected,
                "Z = max(reset, Z + ln f1(x) - ln f0(x)), log densities by scipy; tails of sums agree", reading,
                mode="sequence")


cusum("base_cusum_gaussian", ("gaussian", 5, 4), ("gaussian", 7, 1), draws + [None] + draws)
cusum("base_cusum_poisson", ("poisson", 2, 0), ("poisson", 5, 0), [1.0, 4.0, 7.0, 0.0, 6.0, 5.0, 2.5, 6.0], 0.5, reading=
      "A value that neither distribution allows has no ratio: invalid, and not counted.")
cusum("base_cusum_uniform", ("uniform", 0, 10), ("uniform", 4, 6), [5.0, 4.5, 1.0, 5.5, 6.0, 11.0, 5.0], -1.0, reading=
      "Outside f1 the ratio is minus infinity: back to resetValue. 11 is outside of both: invalid, not counted.")
cusum("base_cusum_window", ("gaussian", 5, 4), ("gaussian", 7, 1), draws, window=4, reading=
      "With a window Z starts at 0 with its oldest record.")
cusum("base_cusum_start", ("gaussian", 5, 4), ("gaussian", 6, 4), draws, start=2.5, extension=
      '<Extension><X-ODG-CUSUMInitialization value="2.5"/></Extension>',
      reading="Augustus keeps the score from which to go on in an extension.")


def cells(fields, counts, kind, sample):
    """A count table: `counts` maps tuples of values to counts; one FieldValue level per field but the last."""
    def level(prefix):
        depth = len(prefix)
        text = ""
        for value in dict.fromkeys(key[depth] for key in counts if key[:depth] == prefix):
            own = prefix + (value,)
            if depth == len(fields) - 1:
                text += f'<FieldValueCount field="{fields[depth]}" value="{value}" count="{counts[own]}"/>'
            else:
                text += f'<FieldValue field="{fields[depth]}" value="{value}">{level(own)}</FieldValue>'
        return text
    size = "" if sample is None else f' sample="{sample}"'
    return f"<{kind}{size}>{level(())}</{kind}>"


def counted(name, statistic, fields, counts, records, score, kind="CountTable", sample=None, window=None, weight=None,
            scheme=None, reading=None, declared=None, mode="sequence"):
    attributes = "".join(f' {key}="{value}"' for key, value in
                         (("windowSize", window), ("weightField", weight), ("normalizationScheme", scheme))
                         if value is not None)
    test = (f'<TestDistributions field="{fields[0]}" testStatistic="{statistic}"{attributes}><Baseline>'
            f"{cells(fields, counts, kind, sample)}</Baseline></TestDistributions>")
    declared = declared or [(f, "categorical", "string") for f in fields]
    if weight:
        declared = declared + [(weight, "continuous", "double")]
    expected, seen = [], []
    for record in records:
        key, w = tuple(record.get(f) for f in fields), record.get(weight, None) if weight else 1.0
        if None in key or w is None:
            expected.append({"stat": None})
            continue
        if w < 0:
            expected.append("invalid")
            continue
        seen.append((key, w))
        latest = seen[-window:] if window else seen
        observed = {}
        for k, v in latest:
            observed[k] = observed.get(k, 0) + v
        expected.append({"stat": score(counts, observed)})
    folder.case(name, single(test, declared), records, expected, "recounted from all records of the window", reading, mode=mode)


def pearson(counts, observed):
    n, total = sum(observed.values()), sum(counts.values())
    keys = [k for k in counts if counts[k] > 0]
    shares = np.array([counts[k] / total for k in keys])
    seen = np.array([observed.get(k, 0.0) for k in keys])
    direct = float(np.sum((seen - n * shares) ** 2 / (n * shares)))
    if len(keys) > 1:
        assert close(direct, stats.chisquare(seen, n * shares).statistic)
    assert close(float(sum(seen)), n), "unlisted values are a case of their own"
    return direct


def values(letters, p, count):
    return random.choice(list(letters), count, p=p).tolist()


THREE = {("a",): 50, ("b",): 30, ("c",): 20}
stream = values("abc", [0.3, 0.3, 0.4], 12)
counted("base_chi2", "chiSquareDistribution", ["x"], THREE, [{"x": v} for v in stream] + [{}, {"x": "a"}], pearson, sample=100)
counted("base_chi2_window", "chiSquareDistribution", ["x"], THREE, [{"x": v} for v in stream], pearson, window=5)
counted("base_chi2_normalized", "chiSquareDistribution", ["x"], {("a",): 0.5, ("b",): 0.3, ("c",): 0.2},
        [{"x": v} for v in stream], pearson, kind="NormalizedCountTable", sample=40, reading=
        "Expected shares are the table's counts over their sum; sample does not change them.")
weights = random.uniform(0, 3, 12).round(2).tolist()
counted("base_chi2_weights", "chiSquareDistribution", ["x"], THREE,
        [{"x": v, "w": w} for v, w in zip(stream, weights)] + [{"x": "a"}, {"x": "a", "w": -1.0}, {"x": "b", "w": 2.0}], pearson,
        weight="w", reading="A record counts with its weight; without one it is not counted, with a negative one it is invalid.")
counted("base_chi2_weights_window", "chiSquareDistribution", ["x"], THREE,
        [{"x": v, "w": w} for v, w in zip(stream, weights)], pearson, weight="w", window=4)
counted("base_chi2_numbers", "chiSquareDistribution", ["x"], {("1",): 4, ("2",): 6}, [{"x": v} for v in (1, 2, 2, 1, 1)],
        lambda counts, observed: pearson(counts, {(str(k[0]),): v for k, v in observed.items()}),
        declared=[("x", "categorical", "integer")])
TWO = {("a", "p"): 10, ("a", "q"): 20, ("b", "p"): 30, ("b", "q"): 40}
pairs = [{"x": a, "v": b} for a, b in zip(values("ab", [0.5, 0.5], 10), values("pq", [0.4, 0.6], 10))]
counted("base_chi2_two_fields", "chiSquareDistribution", ["x", "v"], TWO, pairs, pearson,
        reading="A table of several fields counts combinations of their values.")
folder.case("base_chi2_unlisted", single(
    '<TestDistributions field="x" testStatistic="chiSquareDistribution" windowSize="2"><Baseline>' +
    cells(["x"], {("a",): 1, ("b",): 3, ("z",): 0}, "CountTable", None) + "</Baseline></TestDistributions>", TEXT),
    [{"x": "a"}, {"x": "b"}, {"x": "new"}, {"x": "b"}, {"x": "b"}, {"x": "z"}],
    [{"stat": 3.0}, {"stat": 2 / 3}, {"stat": "Infinity"}, {"stat": "Infinity"}, {"stat": 2 / 3}, {"stat": "Infinity"}],
    "by hand: 1 of share 1/4: (1-.25)^2/.25+(0-.75)^2/.75 = 3; (1-.5)^2/.5+(1-1.5)^2/1.5 = 2/3; a value of share 0 makes it infinite",
    "A value that the baseline never has makes the statistic infinite as long as it is in the window.", mode="sequence")


def product(scheme):
    def score(counts, observed):
        keys = list(dict.fromkeys(list(counts) + list(observed)))
        v, w = (np.array([float(d.get(k, 0)) for k in keys]) for d in (counts, observed))
        if scheme == "Independent":
            return float(v @ w / np.linalg.norm(v) / np.linalg.norm(w))
        if scheme == "SizeWeighted":
            return float(v @ w / ((v @ v + w @ w) / 2))
        return float(v @ w)
    return score


with_new = [{"x": v} for v in stream[:5] + ["d", "e", "d"] + stream[5:]]
READING = ("Without a scheme the plain product of the vectors of counts; Independent: of their directions; SizeWeighted: over "
           "the mean of their squared lengths. Values that the table lacks have dimensions of their own.")
counted("base_product", "scalarProduct", ["x"], THREE, with_new, product(None), reading=READING)
counted("base_product_independent", "scalarProduct", ["x"], THREE, with_new, product("Independent"), scheme="Independent")
counted("base_product_size_weighted", "scalarProduct", ["x"], THREE, with_new, product("SizeWeighted"), scheme="SizeWeighted",
        window=6)
counted("base_product_weights", "scalarProduct", ["x"], {("a",): 0.6, ("b",): 0.4},
        [{"x": v, "w": w} for v, w in zip(stream, weights)], product("Independent"), kind="NormalizedCountTable",
        scheme="Independent", weight="w")


def contingency(observed):
    """Pearson's statistic of the table of everything seen; scipy's, and by its definition."""
    axes = [list(dict.fromkeys(k[f] for k in observed)) for f in range(len(next(iter(observed))))]
    table = np.array([observed.get(k, 0.0) for k in itertools.product(*axes)]).reshape([len(a) for a in axes])
    expected = stats.contingency.expected_freq(table)
    direct = float(np.sum((table - expected) ** 2 / expected))
    if min(table.shape) > 1:
        assert close(direct, stats.chi2_contingency(table, correction=False).statistic)
    return direct


def independence(name, fields, records, window=None, weight=None):
    attributes = "".join(f' {k}="{v}"' for k, v in (("windowSize", window), ("weightField", weight)) if v)
    test = (f'<TestDistributions field="{fields[0]}" testStatistic="chiSquareIndependence"{attributes}><Baseline>' +
            "".join(f'<FieldRef field="{f}"/>' for f in fields) + "</Baseline></TestDistributions>")
    expected, seen = [], []
    for record in records:
        key = tuple(record.get(f) for f in fields)
        if None in key:
            expected.append({"stat": None})
            continue
        seen.append((key, record.get(weight, 1.0)))
        observed = {}
        for k, w in seen[-window:] if window else seen:
            observed[k] = observed.get(k, 0) + w
        expected.append({"stat": contingency(observed)})
    declared = [(f, "categorical", "string") for f in fields] + ([(weight, "continuous", "double")] if weight else [])
    folder.case(name, single(test, declared), records, expected, "chi2_contingency of all records of the window, no correction",
                "The fields that Baseline refers to are counted from the records.", mode="sequence")


many = [{"x": a, "v": b, "u": c} for a, b, c in
        zip(values("abc", [0.5, 0.3, 0.2], 25), values("pq", [0.4, 0.6], 25), values("kl", [0.5, 0.5], 25))]
independence("base_independence", ["x", "v"], many[:6] + [{"x": "a"}] + many[6:])
independence("base_independence_window", ["x", "v"], many, window=8)
independence("base_independence_three", ["x", "v", "u"], many)
independence("base_independence_weights", ["x", "v"], [dict(r, w=float(i % 4 + 1)) for i, r in enumerate(many)], weight="w")


def given_table(name, counts, kind, sample, reading):
    test = ('<TestDistributions field="x" testStatistic="chiSquareIndependence"><Baseline>' +
            cells(["x", "v"], counts, kind, sample) + "</Baseline></TestDistributions>")
    scale = sample / sum(counts.values()) if kind == "NormalizedCountTable" else 1
    stat = contingency({k: c * scale for k, c in counts.items()})
    folder.case(name, single(test, [("x", "categorical", "string"), ("v", "categorical", "string")]),
                [{"x": "a", "v": "p"}, {}], [{"stat": stat}] * 2, "chi2_contingency of the table", reading)


given_table("base_independence_table", TWO, "CountTable", 100,
            "A table that Baseline gives is the data whose independence is tested (as Augustus does); no record is counted.")
given_table("base_independence_proportions", {k: c / 100 for k, c in TWO.items()}, "NormalizedCountTable", 250,
            "Proportions times sample are the counts.")

# A derived field, and the statistic as a segment's output in a chain.
local = ('<LocalTransformations><DerivedField name="big" optype="categorical" dataType="string"><Discretize field="x" '
         'defaultValue="small"><DiscretizeBin binValue="big"><Interval closure="openOpen" leftMargin="5"/></DiscretizeBin>'
         "</Discretize></DerivedField></LocalTransformations>")
test = ('<TestDistributions field="big" testStatistic="chiSquareDistribution"><Baseline>' +
        cells(["big"], {("small",): 3, ("big",): 1}, "CountTable", None) + "</Baseline></TestDistributions>")
inner = model(test, ["x"], local=local).replace('usageType="target"', 'usageType="target"')
chain = document(NUMBER + [("s", "continuous", "double"), ("y", "continuous", "double")],
                 '<MiningModel functionName="regression">' + schema(["x"], ["y"]) + '<Segmentation multipleModelMethod="modelChain">'
                 '<Segment id="test"><True/>' + inner + '</Segment><Segment id="answer"><True/>'
                 '<RegressionModel functionName="regression">' + schema(["stat"], ["y"]) +
                 '<RegressionTable intercept="1"><NumericPredictor name="stat" coefficient="2"/></RegressionTable></RegressionModel>'
                 "</Segment></Segmentation></MiningModel>")
numbers, observed, expected = [1.0, 6.0, 7.0, 2.0, 5.0], {}, []
for x in numbers:
    key = ("big" if x > 5 else "small",)
    observed[key] = observed.get(key, 0) + 1
    expected.append({"y": 1 + 2 * pearson({("small",): 3, ("big",): 1}, observed)})
folder.case("base_in_chain", chain, [{"x": x} for x in numbers], expected, "1 + 2 chi-square, of a derived field", mode="sequence")

folder.write()
