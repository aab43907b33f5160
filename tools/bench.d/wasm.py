"""Group wasm: bench_native compiled by Emscripten, under node: what the instructions cost, without JavaScript around them."""

import os

import cases
import programs

SETUP = ["native", "wasm"]
PROGRAM = os.path.join(cases.ROOT, "build", "wasm", "tools", "bench.d", "bench_native.js")


def run(folders: list, wanted, quick: bool, add):
    programs.build("wasm", "bench_native")
    for folder in folders:
        for mode, *more in (("speed",), ("load", "scorelet-compiled")):
            command = ["node", PROGRAM, mode, folder, "none", str(programs.PASSES[quick]), "scorelet", "loop", *more]
            programs.lines(command, lambda line: add(programs.load(line)), {"case": os.path.basename(folder), "peer": "scorelet"})
