"""Group web: the npm package and its peers, under node."""

import os

import cases
import programs

SETUP = ["native", "wasm", "web", "bench_web", "bench_native"]  # (bench_native: YDF writes the model of ydf-inference)
PEERS = ["onnxruntime-web", "ydf-inference", "xgboost-scorer"]


def build():
    programs.build("wasm", "scorelet_wasm", "bench_loop")
    programs.need("npm", "run", "build", "--prefix", "web", "--workspace", "scorelet")


def run(folders: list, wanted, quick: bool, add):
    build()
    peers = ["scorelet", "scorelet-objects", "loop"] + [peer for peer in PEERS if wanted(peer)]
    for folder in folders:
        cases.ydf_model(folder)
        command = ["node", os.path.join(cases.HERE, "web", "bench.mjs"), folder, str(programs.PASSES[quick]), *peers]
        programs.lines(command, add, {"case": os.path.basename(folder)})
