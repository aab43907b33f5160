"""Group native: tools/bench.d/native, and YDF's engine by its own package."""

import os
import sys

import cases
import programs

SETUP = ["native", "bench_native"]
PEERS = ["xgboost", "lightgbm", "onnxruntime", "tl2cgen", "pmmlruntime"]
EXPLAINED = ("p4_", "p5_", "p6_")  # sums of trees before a logistic link
PROGRAM = os.path.join(cases.ROOT, "build", "native", "tools", "bench.d", "bench_native")


def run(folders: list, wanted, quick: bool, add):
    programs.build("native", "bench_native")
    peers = ["scorelet", "loop"] + [peer for peer in PEERS if wanted(peer)]
    for folder in folders:
        name = os.path.basename(folder)
        if wanted("tl2cgen"):
            generate(folder)

        wrong = set()

        def program(mode, *asked):
            def seen(line):
                if "wrong" in line:
                    wrong.add(line["peer"])
                add(programs.load(line))
            command = [PROGRAM, mode, folder, cases.PEERS, str(programs.PASSES[quick]), *[peer for peer in asked if peer not in wrong]]
            programs.lines(command, seen, {"case": name, "peer": "bench_native"})
        program("speed", *peers)
        program("load", *peers, "scorelet-compiled")
        for peer in peers:
            if peer not in wrong:
                program("memory", peer)
        if name.startswith(EXPLAINED):
            program("explain", "scorelet", *[peer for peer in ("xgboost", "lightgbm") if wanted(peer)])
            if wanted("shap"):
                shap(folder, add)
        if wanted("ydf"):
            ydf(folder, quick, add)


def generate(folder: str):
    """tl2cgen's C code, once, and where compiling it does not take minutes."""
    name, code = os.path.basename(folder), os.path.join(folder, "tl2cgen")
    if name == "p4_xgb_100_depth6" and not os.path.exists(code):
        cases.with_package("treelite", "tl2cgen_model.py", os.path.join(folder, "model.xgb.ubj"), code)


def shap(folder: str, add):
    """shap's interventional contributions of XGBoost's model against the same hundred rows."""
    model = os.path.join(cases.MODELS, os.path.basename(folder), "model.xgb.json")
    if os.path.exists(model):
        path = os.pathsep.join(os.path.join(cases.PEERS, part) for part in ("shap", "xgboost"))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
        programs.lines([sys.executable, os.path.join(cases.HERE, "shap_model.py"), folder, model], add,
                       {"case": os.path.basename(folder), "peer": "shap"}, env=environment)


def ydf(folder: str, quick: bool, add):
    if cases.ydf_model(folder):
        environment = {**os.environ, "PYTHONPATH": os.path.join(cases.PEERS, "ydf"), "PYTHONDONTWRITEBYTECODE": "1"}
        program = [sys.executable, os.path.join(cases.HERE, "ydf_model.py"), "speed", folder, str(programs.PASSES[quick])]
        programs.lines(program, add, {"case": os.path.basename(folder), "peer": "ydf"}, env=environment)
