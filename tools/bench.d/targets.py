"""What is aimed at. A speed is how many times as fast as the peer; a time is how many times the peer's."""

import json
import os

import cases

ALL = ("",)
ENSEMBLES = ("p3_", "p4_", "p5_", "p6_", "p7_")
SPEED, TIME, SIZE = "x as fast", "x the time", "of the bytes"

# (group, measure, against): [(beginnings of the cases' names, kind, limit)]
AGAINST = {
    ("native", "single_p50", "loop"): [(ENSEMBLES, TIME, 1.3)],
    ("native", "single_p50", "pmml4s"): [(ENSEMBLES, SPEED, 25)],
    ("native", "single_p50", "jpmml"): [(ENSEMBLES, SPEED, 40)],
    ("native", "single_p50", "onnxruntime"): [(("p1_", "p8_"), SPEED, 1)],
    ("native", "single_p50", "pmmlruntime"): [(("linear_3",), TIME, 100 / 190)],
    ("native", "json_p50", "loop"): [(("p4_",), TIME, 3 / 0.6)],
    ("native", "batch_10000", "xgboost"): [(ENSEMBLES, SPEED, 2.5)],
    ("native", "batch_10000", "lightgbm"): [(ENSEMBLES, SPEED, 10)],
    ("native", "batch_10000", "onnxruntime"): [(ENSEMBLES, SPEED, 5), (("p1_",), SPEED, 0.5), (("p8_",), SPEED, 0.2)],
    ("native", "batch_10000", "ydf"): [(ENSEMBLES, SPEED, 1)],
    ("native", "batch_10000", "jpmml"): [(("p9_",), SPEED, 30)],
    ("native", "contributions", "xgboost"): [(("p4_",), SPEED, 10)],
    ("native", "contributions", "lightgbm"): [(("p4_",), SPEED, 10)],
    ("native", "contributions", "shap"): [(("p4_",), SPEED, 20)],
    ("native", "load_ns", "pmml4s"): [(ENSEMBLES, SPEED, 7)],
    ("native", "load_ns", "jpmml"): [(ENSEMBLES, SPEED, 30)],
    ("wasm", "single_p50", "native"): [(ALL, TIME, 1.3)],
    ("wasm", "batch_10000", "native"): [(ALL, TIME, 1.3)],
    ("web", "single_p50", "onnxruntime-web"): [(ENSEMBLES, SPEED, 15)],
    ("web", "single_p50", "ydf-inference"): [(ENSEMBLES, SPEED, 8)],
    ("web", "batch_10000", "onnxruntime-web"): [(ENSEMBLES, SPEED, 4)],
    ("web", "batch_10000", "ydf-inference"): [(ENSEMBLES, SPEED, 8)],
    ("browser", "download_bytes", "onnxruntime-web"): [(ALL, SIZE, 1 / 9)],
    ("browser", "download_bytes", "ydf-inference"): [(ALL, SIZE, 1 / 3)],
    ("browser", "first_ns", "loop"): [(ALL, TIME, 1.5)],
}


# MB/s of the PMML document.
LOADS = {"load_ns": {"native": 150, "wasm": 75}, "compiled_load_ns": {"native": 1000}}


def against(group: str, measure: str, case: str, peer: str, value: float, theirs: float) -> tuple:
    """Ratio, target, met."""
    for parts, kind, limit in AGAINST.get((group, measure, peer), []):
        if case.startswith(parts):
            return judged(theirs / value if kind == SPEED else value / theirs, kind, limit, kind == SPEED)
    if measure.endswith("bytes"):
        return f"{value / theirs:.3g} {SIZE}", "", ""
    if peer in ("loop", "native"):
        return f"{value / theirs:.3g} {TIME}", "", ""
    return f"{theirs / value:.3g} {SPEED}", "", ""


def alone(group: str, measure: str, case: str, value: float, figures):
    """Ratio, target, met, without a peer."""
    if measure in LOADS:
        rate = figures.get(group, measure.replace("_ns", "_bytes_per_s"), case) / 1e6
        least = LOADS[measure].get(group) if case.startswith(ENSEMBLES) else None
        yield judged(rate, "MB/s", least, True) if least else (f"{rate:.3g} MB/s", "", "")
    if measure == "memory_bytes" and case.startswith(ENSEMBLES):
        with open(os.path.join(cases.CASES, case, "case.json"), encoding="utf-8") as file:
            said = json.load(file)
        yield judged(value / said["nodes"], "bytes a node", 12 + 8 * said["leafValues"] / said["nodes"], False)
    if measure == "download_bytes":
        yield judged(value / 1e3, "KB", 300, False)


def judged(ratio: float, kind: str, limit: float, at_least: bool) -> tuple:
    met = ratio >= limit if at_least else ratio <= limit
    return f"{ratio:.3g} {kind}", f"{'>=' if at_least else '<='} {limit:.3g}", "yes" if met else "NO"
