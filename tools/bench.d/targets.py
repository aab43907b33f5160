"""What is aimed at (issue 5). A speed is how many times as fast as the peer; a time is how many times the peer's."""

ENSEMBLES = ("p3_", "p4_", "p5_", "p6_", "p7_")
SPEED, TIME = "x as fast", "x the time"

# (measure, whose, against): [(part of the cases' names, kind, limit)]
TARGETS = {
    ("single_p50", "scorelet", "loop"): [(ENSEMBLES, TIME, 1.3)],
    ("single_p50", "scorelet", "pmml4s"): [(ENSEMBLES, SPEED, 25)],
    ("single_p50", "scorelet", "jpmml"): [(ENSEMBLES, SPEED, 40)],
    ("single_p50", "scorelet", "onnxruntime"): [(("p1_", "p8_"), SPEED, 1)],
    ("single_p50", "scorelet", "pmmlruntime"): [(("linear_3",), TIME, 100 / 190)],
    ("json_p50", "scorelet", "loop"): [(("p4_",), TIME, 3 / 0.6)],
    ("batch_10000", "scorelet", "xgboost"): [(ENSEMBLES, SPEED, 2.5)],
    ("batch_10000", "scorelet", "lightgbm"): [(ENSEMBLES, SPEED, 10)],
    ("batch_10000", "scorelet", "onnxruntime"): [(ENSEMBLES, SPEED, 5), (("p1_",), SPEED, 0.5), (("p8_",), SPEED, 0.2)],
    ("batch_10000", "scorelet", "ydf"): [(ENSEMBLES, SPEED, 1)],
    ("batch_10000", "scorelet", "jpmml"): [(("p9_",), SPEED, 30)],
    ("single_p50", "scorelet-wasm", "scorelet"): [(("",), TIME, 1.3)],
    ("batch_10000", "scorelet-wasm", "scorelet"): [(("",), TIME, 1.3)],
    ("single_p50", "scorelet-npm", "onnxruntime-web"): [(("",), SPEED, 15)],
    ("single_p50", "scorelet-npm", "ydf-inference"): [(("",), SPEED, 8)],
    ("batch_10000", "scorelet-npm", "onnxruntime-web"): [(("",), SPEED, 4)],
    ("batch_10000", "scorelet-npm", "ydf-inference"): [(("",), SPEED, 8)],
    ("load_ns", "scorelet", "pmml4s"): [(ENSEMBLES, SPEED, 7)],
    ("load_ns", "scorelet", "jpmml"): [(ENSEMBLES, SPEED, 30)],
    ("download_bytes", "scorelet-browser", "onnxruntime-browser"): [(("",), "of the bytes", 1 / 9)],
    ("download_bytes", "scorelet-browser", "ydf-browser"): [(("",), "of the bytes", 1 / 3)],
    ("first_ns", "scorelet-browser", "loop-browser"): [(("",), TIME, 1.5)],
}


def target(measure: str, case: str, ours: str, peer: str, value: float, theirs: float) -> tuple:
    """Ratio, target, met."""
    for parts, kind, limit in TARGETS.get((measure, ours, peer), []):
        if any(case.startswith(part) for part in parts):
            ratio = theirs / value if kind == SPEED else value / theirs
            sign, met = (">=", ratio >= limit) if kind == SPEED else ("<=", ratio <= limit)
            return f"{ratio:.3g} {kind}", f"{sign} {limit:.2g}", "yes" if met else "NO"
    if measure.endswith("bytes"):
        return f"{value / theirs:.3g} of the bytes", "", ""
    if peer.startswith("loop") or peer == "scorelet":
        return f"{value / theirs:.3g} {TIME}", "", ""
    return f"{theirs / value:.3g} {SPEED}", "", ""


def load_rate(least: float):
    def limit(case, value, figures):
        rate = figures.get(("load_bytes_per_s", case, "scorelet"))
        if rate is None:
            return None
        wanted = (f">= {least:g}", "yes" if rate >= least * 1e6 else "NO") if case.startswith(ENSEMBLES) else ("", "")
        return "", "", f"{rate / 1e6:.3g} MB/s", *wanted
    return limit


# Targets without a peer: against, peer, ratio, target, met.
LIMITS = {
    ("load_ns", "scorelet"): load_rate(150),
}
