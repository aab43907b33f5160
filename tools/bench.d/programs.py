"""Building and running the programs that measure: each writes a line of JSON for each figure."""

import json
import os
import shlex
import subprocess

import cases

PASSES = {True: 3, False: 5}  # quick or not


def in_environment(command: list) -> list:
    """The command with what tools/setup put on the path."""
    return ["bash", "-c", f". {shlex.quote(os.path.join(cases.CACHE, 'env.sh'))}; exec {shlex.join(command)}"]


def need(*command):
    subprocess.run(in_environment(command), check=True, cwd=cases.ROOT, stdout=subprocess.DEVNULL)


def build(preset: str, *targets):
    need("cmake", "--preset", preset)
    need("cmake", "--build", f"build/{preset}", "--target", *targets)


def load(line: dict) -> dict:
    """A compiled model is another way to load, not another peer."""
    if line["peer"] == "scorelet-compiled" and "measure" in line:
        return {**line, "peer": "scorelet", "measure": "compiled_" + line["measure"]}
    return line


def lines(command: list, add, about: dict, timeout: int = 900, **more):
    """Hands each line of the program's output to `add`; a program that fails or takes too long is a remark."""
    try:
        run = subprocess.run(in_environment(command), capture_output=True, text=True, timeout=timeout, check=False, **more)
        output, failed = run.stdout, run.returncode != 0 and (run.stderr.strip().splitlines() or [f"status {run.returncode}"])[-1]
    except subprocess.TimeoutExpired as late:
        output, failed = (late.stdout or b"").decode(), f"stopped after {timeout} s"
    for line in output.splitlines():
        if line.startswith("{"):
            add({**about, **json.loads(line)})
    if failed:
        add({**about, "absent": failed[:200]})
