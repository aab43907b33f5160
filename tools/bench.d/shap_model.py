"""shap's interventional contributions: shap_model.py CASE MODEL.json

CPU time a row of 20 rows against the case's first 100, where they add up to the log-odds of the last answer.
"""

import json
import os
import sys
import time

import numpy
import shap
import xgboost


def main(case: str, model: str):
    with open(os.path.join(case, "case.json"), encoding="utf-8") as file:
        about = json.load(file)
    rows = numpy.fromfile(os.path.join(case, "rows.f64")).reshape(about["rows"], -1)
    expected = numpy.fromfile(os.path.join(case, "expected.f64")).reshape(about["rows"], -1)[100:120, -1]
    booster = xgboost.Booster(model_file=model)
    booster.set_param({"nthread": 1})
    explainer = shap.TreeExplainer(booster, rows[:100], feature_perturbation="interventional", model_output="raw")
    start = time.process_time()
    found = explainer.shap_values(rows[100:120], check_additivity=False)
    spent = (time.process_time() - start) / 20
    off = numpy.abs(1 / (1 + numpy.exp(-(found.sum(axis=1) + explainer.expected_value))) - expected)
    if (off > 1e-4).any():
        print(json.dumps({"wrong": f"contributions of {(off > 1e-4).sum()} of 20 rows do not add up"}))
    else:
        print(json.dumps({"measure": "contributions", "value": spent * 1e9}))


if __name__ == "__main__":
    main(*sys.argv[1:])
