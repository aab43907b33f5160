"""Cuts a linked module in two: what scores everyday models comes first, the code of all other model types may follow.

    cut.py MODULE.wasm --tools EMSCRIPTEN --everyday FOLDERS --passes PASSES --objects FILE...

MODULE.wasm, linked with its function names, is replaced by the first part; the second one is written beside it, as
MODULE-further.wasm. It runs in the memory and with the functions of the first, which never calls into it but through
what core/models/registry.cpp lists: so that holds, a folder of core/models that anything else of the first part needs is
in the first part, too.
"""

import argparse
import re
import subprocess
from collections import defaultdict
from pathlib import Path

# What every engine since 2023 has (tools/cmake/Flags.cmake), and tables with gaps.
FEATURES = ["simd", "bulk-memory", "sign-ext", "nontrapping-float-to-int", "mutable-globals", "reference-types"]
REGISTRY = "registry.cpp"


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def folder_of(path: str) -> str:
    """The folder of core/models that an object comes from, compiled by itself or with its whole folder; "" for all others."""
    found = re.search(r"core_models_(\w+?)_cxx\.cxx", path) or re.search(r"core/models/(\w+)/", path)
    return found[1] if found else ""


def symbols_of(nm: Path, objects: list[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who defines each function, and whose objects (but the registry) ask for each symbol, by folder."""
    defined, asked = defaultdict(set), defaultdict(set)
    for line in run(nm, "-A", *objects).splitlines():
        place, _, rest = line.partition(": ")
        kind, name = rest.split()[-2:]
        folder = folder_of(place)
        if kind == "U":
            if not re.search(rf"/{REGISTRY}\b", place):
                asked[name].add(folder)
        else:
            defined[name].add(folder)
    return defined, asked


def first_folders(everyday: set[str], defined: dict[str, set[str]], asked: dict[str, set[str]]) -> set[str]:
    """Everyday ones, those that belong to no model type, and what these need."""
    first = everyday | {""}
    while True:
        needed = {
            folder
            for name, by in asked.items()
            if by & first and not defined[name] & first
            for folder in defined[name]
        }
        if not needed:
            return first
        first |= needed


def calls_of(text: str) -> dict[str, set[str]]:
    """The functions of a module and whom each one calls by name."""
    calls: dict[str, set[str]] = {}
    callees: set[str] = set()
    for kind, name in re.findall(r"^ \(func \$(\S+)|\(call \$([^\s)]+)", text, re.MULTILINE):
        if kind:
            callees = calls[kind] = set()
        else:
            callees.add(name)
    return calls


def without_called(further: set[str], calls: dict[str, set[str]]) -> set[str]:
    """
    A template that both parts use stands there once, as one of the two has compiled it: what that calls belongs with it. Only
    what asks first whether the second part is there (registry.cpp) calls into it.
    """
    while True:
        called = {
            callee
            for caller, callees in calls.items()
            if caller not in further and not re.search(r"(compile|find)IfThere", caller)
            for callee in callees & further
        }
        if not called:
            return further
        further = further - called


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("module", type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--everyday", required=True)
    parser.add_argument("--passes", required=True)
    parser.add_argument("--objects", nargs="+", required=True)
    given = parser.parse_args()

    binaryen = Path(run(given.tools / "em-config", "BINARYEN_ROOT").strip()) / "bin"
    features = [f"--enable-{name}" for name in FEATURES]
    calls = calls_of(run(binaryen / "wasm-dis", given.module, *features))
    defined, asked = symbols_of(given.tools / "emnm", given.objects)
    first = first_folders(set(given.everyday.split(",")), defined, asked)
    further = without_called({name for name in calls if defined.get(name) and not defined[name] & first}, calls)
    names = given.module.with_suffix(".further")
    names.write_text("\n".join(sorted(further)) + "\n")

    second = given.module.with_stem(given.module.stem + "-further")
    run(binaryen / "wasm-split", given.module, *features, f"--split-funcs=@{names}", "--no-placeholders",
        "--import-namespace=first", "--export-prefix=.", "-o1", given.module, "-o2", second)  # fmt: skip
    for part in (given.module, second):
        run(binaryen / "wasm-opt", part, *features, *given.passes.split(","), "-o", part)


main()
