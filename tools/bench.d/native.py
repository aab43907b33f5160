"""Group native: tools/bench.d/native, and YDF's engine by its own package."""

import os

import cases
import programs

SETUP = ["native", "bench_native"]
PEERS = ["xgboost", "lightgbm", "onnxruntime", "tl2cgen"]
PROGRAM = os.path.join(cases.ROOT, "build", "native", "tools", "bench.d", "bench_native")


def run(folders: list, wanted, quick: bool, add):
    programs.build("native", "bench_native")
    peers = ["scorelet", "loop"] + [peer for peer in PEERS if wanted(peer)]
    for folder in folders:
        name = os.path.basename(folder)
        if wanted("tl2cgen"):
            generate(folder)

        def program(mode, *asked):
            passes = str(programs.PASSES[quick])
            programs.lines([PROGRAM, mode, folder, cases.PEERS, passes, *asked], add, {"case": name})
        program("speed", *peers)
        program("load", *peers)
        for peer in peers:
            program("memory", peer)
        if wanted("ydf"):
            ydf(folder, add)


def generate(folder: str):
    """C code of tl2cgen: once, and only where compiling it does not take minutes."""


def ydf(folder: str, add):
    """YDF's engine over the very trees of the XGBoost model."""
