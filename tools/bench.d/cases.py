"""Models with rows and expected answers, made ready for the programs that measure: build/bench/cases/ID/

    model.pmml              the document
    case.json               id, fields [{name, categories?}], answers [names], tolerance, rows, nodes and leafValues (of trees)
    rows.f64, expected.f64  one row after another; texts are indices into `categories`
    trees.bin               the trees as the loop walks them (trees.py)
    model.*, ydf.zip        the same model in the formats of other engines, as far as there are any
"""

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from array import array

import lightgbm_model
import synthetic
import trees

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MODELS = os.path.join(ROOT, "..", "shared", "models", "perf")
CACHE = os.environ.get("SCORELET_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "scorelet")
PEERS = os.path.join(CACHE, "bench")
CASES = os.path.join(ROOT, "build", "bench", "cases")

TITLES = {
    "linear_3": "linear, 3 fields",
    "forest_50": "small forest, 50 x 6",
    "p1_logreg_20": "logistic, 20 fields",
    "p2_tree_depth8": "tree, depth 8",
    "p3_rf_100_depth12": "random forest 100 x 12",
    "p4_xgb_100_depth6": "XGBoost 100 x 6",
    "p5_xgb_500_depth8": "XGBoost 500 x 8",
    "p6_lgb_1000_63leaves_cat": "LightGBM 1000 x 63 leaves",
    "p7_xgb_digits_10class": "XGBoost 10 classes x 100",
    "p8_mlp_64_128_64_10": "network 64-128-64-10",
    "p9_glm_30_preprocessing": "GLM, 30 fields prepared",
}
VERSION = 5  # of what is written here


def read(path: str) -> bytes:
    if os.path.exists(path):
        with open(path, "rb") as file:
            return file.read()
    with gzip.open(path + ".gz") as file:
        return file.read()


def table(path: str) -> tuple:
    names, *rows = csv.reader(io.StringIO(read(path).decode()))
    return names, rows


def prepare(name: str) -> str:
    """The folder of a case; raises FileNotFoundError if its model cannot be had."""
    folder = os.path.join(CASES, name)
    done = os.path.join(folder, f".prepared-{VERSION}")
    if not os.path.exists(done):
        shutil.rmtree(folder, ignore_errors=True)
        synthetic_case(name, folder) if name in synthetic.MADE else shared(name, folder)
        with open(done, "w", encoding="utf-8"):
            pass
    return folder


def write(folder: str, said: dict, rows: array, expected: array):
    for name, values in (("rows.f64", rows), ("expected.f64", expected)):
        with open(os.path.join(folder, name), "wb") as out:
            values.tofile(out)
    with open(os.path.join(folder, "case.json"), "w", encoding="utf-8") as out:
        json.dump(said, out, indent=1)


def synthetic_case(name: str, folder: str):
    document, said, rows, expected, forest = synthetic.MADE[name]()
    os.makedirs(folder)
    with open(os.path.join(folder, "model.pmml"), "w", encoding="utf-8") as out:
        out.write(document)
    if forest:
        forest.write(os.path.join(folder, "trees.bin"), len(said["fields"]))
    write(folder, said, rows, expected)


def shared(name: str, folder: str):
    source = os.path.join(MODELS, name)
    case = json.loads(read(os.path.join(source, "case.json")))
    os.makedirs(folder)
    document = read(os.path.join(source, "model.pmml"))
    with open(os.path.join(folder, "model.pmml"), "wb") as out:
        out.write(document)
    for file in ("model.xgb.ubj", "model.lgb.txt"):
        if os.path.exists(os.path.join(source, file)):
            shutil.copyfile(os.path.join(source, file), os.path.join(folder, file))
    for kind, file in (("float32", "model.onnx"), ("xgboost", "model.xgb.json")):
        if os.path.exists(os.path.join(source, file)):
            with_package("onnx", "onnx_models.py", kind, os.path.join(source, file), os.path.join(folder, "model.onnx"))

    names, cells = table(os.path.join(source, "input.csv"))
    fields = []
    for i, field in enumerate(names):
        said = {"name": field}
        if any(not is_number(row[i]) for row in cells):
            said["categories"] = sorted({row[i] for row in cells if row[i]})
        fields.append(said)
    answers, expected = table(os.path.join(source, "expected.csv"))
    _, second = table(os.path.join(source, "jpmml.csv"))
    kept = [i for i, answer in enumerate(answers) if answer != case["target"]] or [0]
    expected = [[float(row[i]) for i in kept] for row in expected]
    second = [[float(row[i]) for i in kept] for row in second]

    rows, numbers = array("d"), array("d")
    codes = [{text: i for i, text in enumerate(field["categories"])} if "categories" in field else None for field in fields]
    for i, row in enumerate(cells):
        if not agree(expected[i], second[i]):  # a row about which both oracles differ measures nothing else
            i, row = 0, cells[0]
        rows.extend(number(cell, code) for cell, code in zip(row, codes))
        numbers.extend(expected[i])
    forest = trees_of(name, source, document, fields)
    if forest and "p4" in name:
        with open(os.path.join(folder, "model.dump.json"), "w", encoding="utf-8") as out:
            json.dump(forest.dump(names), out)
        with open(os.path.join(folder, "model.lgb.txt"), "w", encoding="utf-8") as out:
            out.write(lightgbm_model.text(forest, names))
    if forest:
        forest.write(os.path.join(folder, "trees.bin"), len(fields))
    write(folder, {"id": name, "fields": fields, "answers": [answers[i] for i in kept], "rows": len(cells),
                   "nodes": forest.nodes() if forest else 0, "leafValues": forest.leaf_values() if forest else 0,
                   "tolerance": case["tolerance"]}, rows, numbers)


def with_package(package: str, program: str, *arguments) -> bool:
    """Runs a program of this folder with a Python package of the setup part; without it, the program's output is absent."""
    environment = {**os.environ, "PYTHONPATH": os.path.join(PEERS, package), "PYTHONDONTWRITEBYTECODE": "1"}
    program = os.path.join(HERE, program)
    run = subprocess.run([sys.executable, program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f"absent: what {os.path.basename(program)} makes: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return run.returncode == 0


def ydf_model(folder: str) -> bool:
    """Makes ydf.zip, the same trees for YDF, of the binary XGBoost models."""
    name, made = os.path.basename(folder), os.path.join(folder, "ydf.zip")
    if name not in ("p4_xgb_100_depth6", "p5_xgb_500_depth8"):
        return False
    return os.path.exists(made) or with_package("ydf", "ydf_model.py", "make", os.path.join(MODELS, name, "model.xgb.json"), folder)


def trees_of(name: str, source: str, document: bytes, fields: list):
    names = [field["name"] for field in fields]
    if "xgb" in name:
        return trees.xgboost(os.path.join(source, "model.xgb.json"))
    if "lgb" in name:
        return trees.lightgbm(os.path.join(source, "model.lgb.txt"), [len(f["categories"]) for f in fields if "categories" in f])
    return trees.pmml(document, names) if "tree" in name or "rf" in name else None


def number(cell: str, codes) -> float:
    return float("nan") if cell == "" else codes[cell] if codes else float(cell)


def is_number(cell: str) -> bool:
    try:
        return cell == "" or float(cell) is not None
    except ValueError:
        return False


def agree(a: list, b: list) -> bool:
    return all(abs(x - y) <= 1e-5 for x, y in zip(a, b))
