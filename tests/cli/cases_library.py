"""Whole files against the predictions of the library that trained the model."""

import csv
import io
import json
import os

from program import ROOT


def close(a, b, tolerance):
    if a == b:
        return True
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    return abs(x - y) <= tolerance["absolute"] or abs(x - y) <= tolerance["relative"] * max(abs(x), abs(y))


def described(folder):
    """What is said about a case: its number of rows and its tolerance."""
    own = os.path.join(folder, "case.json")
    with open(own if os.path.exists(own) else os.path.join(folder, "../manifest.json"), encoding="utf-8") as file:
        found = json.load(file)
    if "cases" in found:
        found = next(case for case in found["cases"] if case["id"] == os.path.basename(folder))
    return found


def hold_against_library(p, folder):
    folder = os.path.join(ROOT, "tests/data", folder)
    case = described(folder)
    with open(os.path.join(folder, "expected.csv"), encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    out = p.score(os.path.join(folder, "model.pmml"), os.path.join(folder, "input.csv"))
    actual = list(csv.DictReader(io.StringIO(out)))
    assert len(actual) == len(expected) == case["rows"], (len(actual), len(expected))
    for number, (row, wanted) in enumerate(zip(actual, expected), 1):
        refused = bool(wanted.pop("__error", ""))
        assert refused == bool(row["@diagnostics"]), f"row {number}: {row}"
        if not refused:
            for name, value in wanted.items():
                assert close(row[name], value, case["tolerance"]), f"row {number}, {name}: {row[name]}, not {value}"


def test_demo(p):
    hold_against_library(p, "demo")


def test_logistic_regression(p):
    hold_against_library(p, "models/a04_logit_credit")


def test_outlier_missing_invalid(p):
    hold_against_library(p, "models/a49_outlier_missing_invalid")


def test_expressions_dates_strings(p):
    hold_against_library(p, "models/a47_expressions_dates_strings")


def test_boosted_trees_with_missing_values(p):
    hold_against_library(p, "models/a18_xgb_binary_missing")


def test_embedded_records(p):
    for folder in ("demo", "models/a04_logit_credit", "models/a10_tree_clf_credit", "models/a20_xgb_multiclass"):
        p.run("verify", os.path.join(ROOT, "tests/data", folder, "model.pmml"))
