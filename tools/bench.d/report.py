"""One table of ratios: Scorelet against each peer, with the target beside it and whether it is met."""

import cases
from targets import LIMITS, target

MEASURES = {  # in the order of the table: what is compared, and how a value is written
    "single_p50": ("one typed record, p50", "ns"),
    "single_p99": ("one typed record, p99", "ns"),
    "json_p50": ("one record from JSON, p50", "ns"),
    "json_p99": ("one record from JSON, p99", "ns"),
    "batch_1": ("rows one by one, CPU", "ns"),
    "batch_100": ("batches of 100", "ns"),
    "batch_10000": ("batch of 10,000", "ns"),
    "load_ns": ("load", "ns"),
    "memory_bytes": ("resident growth", "bytes"),
    "download_bytes": ("download, Brotli", "bytes"),
    "first_ns": ("fetch to first prediction, Chromium", "ns"),
}
OURS = {"scorelet": "Scorelet", "scorelet-wasm": "Scorelet (Wasm)", "scorelet-npm": "Scorelet (npm)", "scorelet-browser": "Scorelet (browser)"}
AGAINST = {"scorelet-wasm": ["scorelet"]}  # besides the peers of the same group
GROUP = {"loop-wasm": "scorelet-wasm", "loop-npm": "scorelet-npm", "onnxruntime-web": "scorelet-npm", "ydf-inference": "scorelet-npm",
         "xgboost-scorer": "scorelet-npm", "loop-browser": "scorelet-browser", "onnxruntime-browser": "scorelet-browser",
         "ydf-browser": "scorelet-browser"}


def remark(line: dict) -> str:
    kind = "WRONG" if "wrong" in line else "absent"
    return f"{kind}: {line.get('peer', '?')} on {cases.TITLES.get(line.get('case'), line.get('case'))}: {line.get('wrong', line.get('absent'))}"


def written(value: float, unit: str) -> str:
    for size, name in ((1e9, {"ns": "s", "bytes": "GB"}), (1e6, {"ns": "ms", "bytes": "MB"}), (1e3, {"ns": "us", "bytes": "KB"})):
        if value >= size:
            return f"{value / size:.3g} {name[unit]}"
    return f"{value:.3g} {unit}"


def table(results: list) -> str:
    figures = {(line["measure"], line["case"], line["peer"]): line["value"] for line in results if "value" in line}
    rows = [("measure", "model", "Scorelet", "against", "peer", "ratio", "target", "met")]
    for measure, (title, unit) in MEASURES.items():
        for case in [*cases.TITLES, "-"]:
            for ours in OURS:
                value = figures.get((measure, case, ours))
                if value is None:
                    continue
                limit = LIMITS.get((measure, ours), lambda *_: None)(case, value, figures)
                where = f"{written(value, unit)}" + ("" if ours == "scorelet" else f" {ours.removeprefix('scorelet-')}")
                if limit:
                    rows.append((title, cases.TITLES.get(case, case), where, *limit))
                found = opponents(measure, case, ours, figures)
                if not found and not limit:
                    rows.append((title, cases.TITLES.get(case, case), where, "", "", "", "", ""))
                for peer in found:
                    theirs = figures[measure_of(measure, peer), case, peer]
                    rows.append((title, cases.TITLES.get(case, case), where, peer, written(theirs, unit),
                                 *target(measure, case, ours, peer, value, theirs)))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def opponents(measure: str, case: str, ours: str, figures: dict) -> list:
    found = [peer for m, c, peer in figures if c == case and m == measure_of(measure, peer) and peer not in OURS
             and GROUP.get(peer, "scorelet") == ours]
    return found + [peer for peer in AGAINST.get(ours, []) if (measure, case, peer) in figures]


def measure_of(measure: str, peer: str) -> str:
    """The loop reads no JSON: records from JSON stand against its typed ones."""
    return measure.replace("json", "single") if peer.startswith("loop") else measure
