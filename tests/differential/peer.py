"""JPMML-Evaluator as a process that scores documents (a test tool: installed into the cache, never shipped)."""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = "0.16.0"  # of the package jpmml_evaluator, which brings the Java archives along


def cache() -> str:
    root = os.environ.get("SCORELET_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "scorelet")
    return os.path.join(root, "differential")


def install() -> str:
    """The class path of JPMML-Evaluator and the compiled Runner; both are made if they are not there yet."""
    folder = os.path.join(cache(), f"jpmml_evaluator-{VERSION}")
    archives = os.path.join(folder, "jpmml_evaluator", "dependencies")
    if not os.path.isdir(archives):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check",
                        "--target", folder, f"jpmml_evaluator=={VERSION}"], check=True)
    classes = os.path.join(folder, "runner")
    path = os.pathsep.join([classes] + sorted(
        os.path.join(archives, name) for name in os.listdir(archives) if name.endswith(".jar")))
    source, compiled = os.path.join(HERE, "Runner.java"), os.path.join(classes, "Runner.class")
    if not os.path.exists(compiled) or os.path.getmtime(compiled) < os.path.getmtime(source):
        subprocess.run(["javac", "-nowarn", "-d", classes, "-cp", path, source], check=True)
    return path


class Peer:
    """One JVM; `score` gives what it says about the model and about each row."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["nice", "java", "-Xmx1g", "-Xss16m", "-XX:+UseSerialGC", "-cp", install(), "Runner"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")

    def score(self, model: str, rows: list, names: list, folder: str):
        table, results = os.path.join(folder, "rows.tsv"), os.path.join(folder, "jpmml.ndjson")
        with open(table, "w", encoding="utf-8") as out:
            print("\t".join(names), file=out)
            for row in rows:
                print("\t".join(cell(row.get(name)) for name in names), file=out)
        self.process.stdin.write(f"{model}\t{table}\t{results}\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            raise RuntimeError("the JVM has ended")
        with open(results, encoding="utf-8") as lines:
            about, *answers = [json.loads(line) for line in lines]
        return about, answers

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def cell(value) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, list):
        return "\\L" + "\x1f".join(value)
    return value
