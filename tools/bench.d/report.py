"""One table of ratios: Scorelet against each peer, measure by measure, with the target beside it and whether it is met."""

import cases
import targets

MEASURES = {  # in the order of the table; what is compared, and its unit
    "single_p50": ("one record, p50", "ns"),
    "single_p99": ("one record, p99", "ns"),
    "json_p50": ("one record from JSON, p50", "ns"),
    "json_p99": ("one record from JSON, p99", "ns"),
    "batch_1": ("rows one by one, CPU", "ns"),
    "batch_100": ("batches of 100, a row", "ns"),
    "batch_10000": ("batch of 10,000, a row", "ns"),
    "contributions": ("contributions, a row", "ns"),
    "load_ns": ("load", "ns"),
    "compiled_load_ns": ("load, compiled", "ns"),
    "memory_bytes": ("one more model, resident", "bytes"),
    "first_memory_bytes": ("the first model, resident", "bytes"),
    "download_bytes": ("download, Brotli", "bytes"),
    "first_ns": ("fetch to first prediction", "ns"),
}
UNITS = {"ns": ("us", "ms", "s"), "bytes": ("KB", "MB", "GB")}
HEAD = ("measure", "model", "where", "Scorelet", "peer", "its", "ratio", "target", "met")


def remark(line: dict) -> str:
    kind = "WRONG" if "wrong" in line else "absent"
    return f"{kind}: {line.get('peer', '?')} on {cases.TITLES.get(line['case'], line['case'])}: {line.get('wrong', line.get('absent'))}"


def written(value: float, unit: str) -> str:
    for size, name in zip((1e9, 1e6, 1e3), reversed(UNITS[unit])):
        if value >= size:
            return f"{value / size:.3g} {name}"
    return f"{value:.3g} {unit}"


class Figures:
    """Values by group, measure, case and peer."""

    def __init__(self, results: list):
        self.values = {(line["group"], line["measure"], line["case"], line["peer"]): line["value"] for line in results if "value" in line}

    def get(self, group: str, measure: str, case: str, peer: str = "scorelet"):
        return self.values.get((group, measure, case, peer))

    def opponents(self, group: str, measure: str, case: str):
        """(peer, value) of those that Scorelet of this group stands against."""
        for (where, what, whose, peer), value in self.values.items():
            at_home = where == group or (where == "java" and group == "native")
            # The loop reads no JSON: records from JSON stand against its typed ones.
            same = what == (measure.replace("json", "single") if peer == "loop" else measure)
            if peer != "scorelet" and at_home and same and whose == case:
                yield peer, value


def table(results: list, only_targets: bool) -> str:
    figures = Figures(results)
    rows = []
    for measure, (title, unit) in MEASURES.items():
        for case, model in cases.TITLES.items():
            for group in ("native", "wasm", "web", "browser"):
                value = figures.get(group, measure, case)
                if value is None:
                    continue
                about = title, model, group, written(value, unit)
                found = [("", "", *line) for line in targets.alone(group, measure, case, value, figures)]
                found += [(peer, written(theirs, unit), *targets.against(group, measure, case, peer, value, theirs))
                          for peer, theirs in figures.opponents(group, measure, case)]
                rows += [(*about, *line) for line in found or [("",) * 5] if line[-1] or not only_targets]
    widths = [max(len(row[i]) for row in [HEAD, *rows]) for i in range(len(HEAD))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in [HEAD, *rows]]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
