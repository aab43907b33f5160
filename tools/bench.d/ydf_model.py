"""YDF over the very trees of an XGBoost model; a program of its own, run with the ydf package.

    ydf_model.py make XGBOOST.json CASE     CASE/ydf.zip, which ydf-inference reads too
    ydf_model.py speed CASE PASSES          lines of JSON: a batch by the engine that YDF chooses, by its own benchmark
"""

import json
import os
import shutil
import sys
import tempfile

import numpy
import ydf

import trees


def dataset(case: str) -> dict:
    with open(os.path.join(case, "case.json"), encoding="utf-8") as file:
        names = [field["name"] for field in json.load(file)["fields"]]
    rows = numpy.fromfile(os.path.join(case, "rows.f64")).reshape(-1, len(names)).astype("float32")
    return {name: numpy.ascontiguousarray(rows[:, i]) for i, name in enumerate(names)}


def expected(case: str):
    with open(os.path.join(case, "case.json"), encoding="utf-8") as file:
        answers = len(json.load(file)["answers"])
    return numpy.fromfile(os.path.join(case, "expected.f64")).reshape(-1, answers)


def make(source: str, case: str):
    forest, rows = trees.xgboost(source), dataset(case)
    names = list(rows)
    label = numpy.arange(len(rows[names[0]])) % 2
    learner = ydf.GradientBoostedTreesLearner(label="y", num_trees=1, max_depth=2, validation_ratio=0.0, pure_serving_model=True)
    model = learner.train({**rows, "y": label}, verbose=0)
    place = {column.name: i for i, column in enumerate(model.data_spec().columns)}

    def node(n):
        if not isinstance(n, trees.Split):
            return ydf.tree.Leaf(value=ydf.tree.RegressionValue(num_examples=1, value=n))
        condition = ydf.tree.NumericalHigherThanCondition(missing=False, score=1, attribute=place[names[n.feature]], threshold=n.threshold)
        return ydf.tree.NonLeaf(value=ydf.tree.RegressionValue(num_examples=1, value=0), condition=condition, pos_child=node(n.right),
                                neg_child=node(n.left))
    for _, root in forest.trees:
        model.add_tree(ydf.tree.Tree(root=node(root)))
    model.remove_tree(0)
    model.set_initial_predictions(forest.base)
    with tempfile.TemporaryDirectory() as folder:
        model.save(os.path.join(folder, "model"))
        shutil.make_archive(os.path.join(case, "ydf"), "zip", os.path.join(folder, "model"))


def speed(case: str, passes: str):
    def say(**line):
        print(json.dumps({"peer": "ydf", **line}), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.unpack_archive(os.path.join(case, "ydf.zip"), folder)
        model = ydf.load_model(folder)
    rows = dataset(case)
    off = numpy.abs(model.predict(rows) - expected(case)[:, -1])
    if (off > 2e-5).any():
        say(wrong=f"{(off > 2e-5).sum()} of {len(off)} rows differ, by up to {off.max():.2g}")
        return
    for size in (100, len(off)):
        least = min(model.benchmark(rows, benchmark_duration=0.5, warmup_duration=0.1, batch_size=size, num_threads=1)
                    .duration_per_example for _ in range(int(passes)))
        say(measure=f"batch_{size}", value=least * 1e9)


if __name__ == "__main__":
    {"make": make, "speed": speed}[sys.argv[1]](*sys.argv[2:])
