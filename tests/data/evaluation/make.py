#!/usr/bin/env python3
"""Cases of predictions and outcomes with the figures that they must give, computed from the definitions.

    tests/data/evaluation/make.py              writes figures.json beside it

Every figure is computed by counting cases or pairs of cases, sums by math.fsum or exact fractions: no sweep over sorted
scores, which is what the core does. Missing values are null.
"""
import json
import math
import pathlib
import random
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
Z = 1.959963984540054


def wilson(rate, n):
    """Where (p - rate)^2 = z^2 p (1 - p) / n, by bisection on both sides of the rate."""
    def outside(p):
        return (p - rate) ** 2 - Z * Z * p * (1 - p) / n > 0

    ends = []
    for far in (0.0, 1.0):
        near, away = rate, far
        for _ in range(200):
            middle = (near + away) / 2
            near, away = (near, middle) if outside(middle) else (middle, away)
        ends.append(near)
    return ends


def mean(values):
    values = list(values)
    return math.fsum(values) / len(values) if values else None


def confusion(pairs, threshold):
    def count(y, predicted):
        return sum(1 for s, o in pairs if o == y and (s >= threshold) == predicted)

    return {"tp": count(1, True), "fp": count(0, True), "tn": count(0, False), "fn": count(1, False)}


def summary(groups):
    listed = []
    for group in groups:
        if not group:
            continue
        rate = sum(o for _, o in group) / len(group)
        low, high = wilson(rate, len(group))
        listed.append({"cases": len(group), "events": sum(o for _, o in group), "lowest": min(s for s, _ in group),
                       "highest": max(s for s, _ in group), "mean": mean(s for s, _ in group), "rate": rate,
                       "low": low, "high": high})
    return listed


def calibration(pairs, n):
    """A score's group is that of its middle rank."""
    groups = [[] for _ in range(n)]
    for s, o in pairs:
        below, same = sum(1 for t, _ in pairs if t < s), sum(1 for t, _ in pairs if t == s)
        groups[math.floor(Fraction(2 * below + same, 2 * len(pairs)) * n)].append((s, o))
    return summary(groups)


def top(pairs, n):
    """Mean number of events among n over all orders of equal scores."""
    n = min(n, len(pairs))
    events = Fraction(0)
    for s, o in pairs:
        above, same = sum(1 for t, _ in pairs if t > s), sum(1 for t, _ in pairs if t == s)
        events += o * min(Fraction(1), max(Fraction(0), Fraction(n - above, same)))
    all_events = sum(o for _, o in pairs)
    return {"cases": n, "events": float(events), "share": float(events / all_events),
            "lift": float(events / all_events / Fraction(n, len(pairs)))}


def fewest(pairs, share):
    wanted = Fraction(share) * sum(o for _, o in pairs)
    for n in range(len(pairs) + 1):
        events = Fraction(0)
        for s, o in pairs:
            above, same = sum(1 for t, _ in pairs if t > s), sum(1 for t, _ in pairs if t == s)
            events += o * min(Fraction(1), max(Fraction(0), Fraction(n - above, same)))
        if events >= wanted:
            return n
    return None


def binary(name, scores, outcomes, payoffs):
    known = [(s, o) for s, o in zip(scores, outcomes) if s is not None and o is not None]
    events, others = [s for s, o in known if o], [s for s, o in known if not o]
    above = {s: Fraction(sum(2 if s > t else 1 if s == t else 0 for t in others), 2 * len(others)) for s in set(events)}
    under = {t: Fraction(sum(2 if s > t else 1 if s == t else 0 for s in events), 2 * len(events)) for t in set(others)}
    auc = sum(above[s] for s in events) / len(events)
    variance = (sum((above[s] - auc) ** 2 for s in events) / (len(events) - 1) / len(events)
                + sum((under[t] - auc) ** 2 for t in others) / (len(others) - 1) / len(others))
    probabilities = all(0 <= s <= 1 for s, _ in known)
    clip = [(min(max(s, 1e-15), 1 - 1e-15), o) for s, o in known]
    thresholds = sorted({s for s, _ in known}, reverse=True)
    best = []
    for payoff in payoffs:
        def worth(threshold, payoff=payoff):
            c = confusion(known, threshold)
            return sum(payoff[k] * c[k] for k in c)
        value, threshold = max((worth(t), t) for t in [math.inf, *thresholds])
        best.append({"payoff": payoff, "value": value, "threshold": None if threshold == math.inf else threshold})
    present = sorted(s for s in scores if s is not None)
    edges = [present[len(present) // 5], present[len(present) // 2], present[-1]]
    return {
        "name": name, "scores": scores, "outcomes": outcomes,
        "rows": len(scores), "events": len(events), "nonEvents": len(others),
        "missingPredictions": sum(s is None for s in scores),
        "missingOutcomes": sum(s is not None and o is None for s, o in zip(scores, outcomes)),
        "auc": float(auc), "aucStandardError": math.sqrt(variance),
        "ks": float(max(abs(Fraction(sum(s <= t for s in events), len(events)) - Fraction(sum(s <= t for s in others), len(others)))
                        for t in thresholds)),
        "brier": mean((s - o) ** 2 for s, o in known) if probabilities else None,
        "logLoss": mean(-math.log(p) if o else -math.log1p(-p) for p, o in clip) if probabilities else None,
        "meanScore": mean(s for s, _ in known), "eventRate": len(events) / len(known),
        "confusion": [{"threshold": t, **confusion(known, t)} for t in (thresholds[0], thresholds[len(thresholds) // 2], 0.5, -9.0)],
        "top": [top(known, n) for n in (1, 7, len(known) // 3, 10 * len(known))],
        "topWith": [{"share": share, "cases": fewest(known, share)} for share in (0, 0.25, 0.7, 1)],
        "calibration": calibration(known, 10),
        "best": best,
        "edges": edges,
        "histogram": [[sum(s is not None and o == y and low <= s < high for s, o in zip(scores, outcomes)) for y in (0, 1, None)]
                      for low, high in zip([-math.inf, *edges], [*edges, math.inf])],
        "quantiles": [[p, present[max(0, math.ceil(Fraction(p) * len(present)) - 1)]] for p in (0, 0.125, 0.5, 0.75, 1)],
    }


def regression(name, predicted, actual, edges):
    known = [(Fraction(p), Fraction(a)) for p, a in zip(predicted, actual) if p is not None and a is not None]
    n = len(known)
    # What the core is given is the rounded difference.
    residuals = [Fraction(float(a) - float(p)) for p, a in known]
    mean_actual = sum(a for _, a in known) / n
    mae = sum(abs(r) for r in residuals) / n
    groups = []
    for low, high in zip([-math.inf, *edges], [*edges, math.inf]):
        inside = [(p, r) for (p, _), r in zip(known, residuals) if low <= p < high]
        middle = sum(r for _, r in inside) / len(inside) if inside else None
        groups.append({"cases": len(inside), "predicted": float(sum(p for p, _ in inside) / len(inside)) if inside else None,
                       "residual": float(middle) if inside else None,
                       "deviation": math.sqrt(sum((r - middle) ** 2 for _, r in inside) / (len(inside) - 1)) if len(inside) > 1 else None})
    return {
        "name": name, "predicted": predicted, "actual": actual, "edges": edges, "rows": len(predicted), "cases": n,
        "missingPredictions": sum(p is None for p in predicted),
        "missingOutcomes": sum(p is not None and a is None for p, a in zip(predicted, actual)),
        "mae": float(mae), "maeStandardError": math.sqrt(sum((abs(r) - mae) ** 2 for r in residuals) / (n - 1) / n),
        "rmse": math.sqrt(sum(r * r for r in residuals) / n), "bias": float(-sum(residuals) / n),
        "r2": float(1 - sum(r * r for r in residuals) / sum((a - mean_actual) ** 2 for _, a in known)),
        "maximumError": float(max(abs(r) for r in residuals)), "meanActual": float(mean_actual), "groups": groups,
    }


def classes(name, predicted, actual, n):
    known = [(p, a) for p, a in zip(predicted, actual) if 0 <= p < n and 0 <= a < n]
    cells = [[sum(p == c and a == r for p, a in known) for c in range(n)] for r in range(n)]
    return {"name": name, "classes": n, "predicted": predicted, "actual": actual, "cells": cells,
            "missingPredictions": sum(not 0 <= p < n for p in predicted),
            "missingOutcomes": sum(0 <= p < n and not 0 <= a < n for p, a in zip(predicted, actual)),
            "accuracy": sum(p == a for p, a in known) / len(known),
            "precision": [mean(float(a == c) for p, a in known if p == c) for c in range(n)],
            "recall": [mean(float(p == c) for p, a in known if a == c) for c in range(n)]}


def main():
    source = random.Random(20261126)
    payoffs = [{"tp": 100, "fp": -20, "tn": 0, "fn": 0}, {"tp": 0, "fp": 0, "tn": 62, "fn": -450}, {"tp": -1, "fp": -1, "tn": 0, "fn": 0}]

    def sometimes(value, rate):
        return None if source.random() < rate else value

    def chances(n, decimals, missing):
        scores = [round(source.random() ** 2, decimals) for _ in range(n)]
        outcomes = [int(source.random() < s) for s in scores]
        return [sometimes(s, missing) for s in scores], [sometimes(o, missing) for o in outcomes]

    figures = {
        "binary": [
            binary("many ties, some missing", *chances(240, 2, 0.06), payoffs),
            binary("all distinct", *chances(150, 9, 0), payoffs),
            binary("points, not chances", [round(source.gauss(600, 80)) / 2 - 100 for _ in range(80)],
                   [int(source.random() < 0.2) for _ in range(80)], payoffs),
            binary("one score for all", [0.25] * 12, [0, 1, 0, 0] * 3, payoffs),
        ],
        "regression": [
            regression("some missing", [sometimes(round(source.uniform(-3, 9), 3), 0.05) for _ in range(200)],
                       [sometimes(round(source.gauss(3, 4), 3), 0.05) for _ in range(200)], [-1.0, 2.5, 6.0, 20.0]),
            regression("small differences of large numbers", [1e9 + source.randrange(64) / 16 for _ in range(60)],
                       [1e9 + source.randrange(64) / 16 for _ in range(60)], [1e9 + 2]),
        ],
        "classes": [classes("three classes", [source.randrange(-1, 4) for _ in range(90)], [source.randrange(-1, 4) for _ in range(90)], 3)],
    }
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
