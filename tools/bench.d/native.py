"""Group native: tools/bench.d/native, and YDF's engine by its own package."""

import os
import sys

import cases
import programs

SETUP = ["native", "bench_native"]
PEERS = ["xgboost", "lightgbm", "onnxruntime", "tl2cgen", "pmmlruntime"]
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
        if wanted("ydf"):
            ydf(folder, quick, add)


def generate(folder: str):
    """tl2cgen's C code, once, and where compiling it does not take minutes."""
    name, code = os.path.basename(folder), os.path.join(folder, "tl2cgen")
    if name == "p4_xgb_100_depth6" and not os.path.exists(code):
        cases.with_package("treelite", "tl2cgen_model.py", os.path.join(folder, "model.xgb.ubj"), code)


def ydf(folder: str, quick: bool, add):
    if cases.ydf_model(folder):
        environment = {**os.environ, "PYTHONPATH": os.path.join(cases.PEERS, "ydf"), "PYTHONDONTWRITEBYTECODE": "1"}
        program = [sys.executable, os.path.join(cases.HERE, "ydf_model.py"), "speed", folder, str(programs.PASSES[quick])]
        programs.lines(program, add, {"case": os.path.basename(folder), "peer": "ydf"}, env=environment)
