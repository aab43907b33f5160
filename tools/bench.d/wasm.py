"""Group wasm: bench_native compiled by Emscripten, under node: what the instructions cost, without JavaScript around them; and
natively without AVX2, which Wasm has not either."""

import os

import cases
import programs

SETUP = ["native", "wasm"]
BASELINE = os.path.join(cases.ROOT, "build", "native", "tools", "bench.d", "bench_baseline")
PROGRAM = os.path.join(cases.ROOT, "build", "wasm", "tools", "bench.d", "bench_native.js")


def run(folders: list, wanted, quick: bool, add):
    programs.build("wasm", "bench_native")
    programs.build("native", "bench_baseline")
    for folder in folders:
        def native(line):
            if line["peer"] == "scorelet":
                add({**line, "peer": "native"})
        programs.lines([BASELINE, "speed", folder, "none", str(programs.PASSES[quick]), "scorelet"], native,
                       {"case": os.path.basename(folder), "peer": "scorelet"})
        for mode, *more in (("speed",), ("load", "scorelet-compiled")):
            command = ["node", PROGRAM, mode, folder, "none", str(programs.PASSES[quick]), "scorelet", "loop", *more]
            programs.lines(command, lambda line: add(programs.load(line)), {"case": os.path.basename(folder), "peer": "scorelet"})
