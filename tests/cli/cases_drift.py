"""baseline and drift."""

import csv
import io
import json

from program import FAILED, FILES, LINE, STATISTICS, USAGE, holds, same

# line.pmml is y = 2x + 1.
TYPICAL = "x\n" + "".join(f"{i}\n" for i in range(100))


def report(out):
    return {row["name"]: row for row in csv.DictReader(io.StringIO(out))}


def test_baseline_holds_deciles(p):
    rows = p.file("rows.csv", TYPICAL + "\n".join(["", "no number"]))
    out, _ = p.run("baseline", LINE, rows)
    made = json.loads(out)
    same(made["format"], "scorelet-baseline/1")
    (x,) = made["fields"]
    assert x["edges"] == [9, 19, 29, 39, 49, 59, 69, 79, 89], x
    assert x["counts"] == [9, 10, 10, 10, 10, 10, 10, 10, 10, 11], x
    assert (x["minimum"], x["maximum"], x["mean"], x["invalid"]) == (0, 99, 49.5, 1), x
    (y,) = [result for result in made["results"] if result["name"] == "y"]
    assert (y["minimum"], y["maximum"]) == (1, 199), y
    assert len(made["modelSha256"]) == 64


def test_drift_is_told_from_none(p):
    p.run("baseline", LINE, p.file("rows.csv", TYPICAL), "-o", p.path("b.json"))
    out, _ = p.run("drift", LINE, p.file("same.csv", TYPICAL), "-b", p.path("b.json"))
    assert all(row["drifted"] == "no" and float(row["psi"]) == 0 for row in report(out).values()), out
    moved = "x\n" + "".join(f"{i + 60}\n" for i in range(100))
    out, _ = p.run("drift", LINE, p.file("moved.csv", moved), "-b", p.path("b.json"), code=FAILED)
    x = report(out)["x"]
    same(x["drifted"], "yes")
    same(x["outside"], "60")
    assert float(x["psi"]) > float(x["psiBound"]) > 0
    # Three rows say nothing, wherever they lie.
    out, _ = p.run("drift", LINE, p.file("few.csv", "x\n95\n96\n97\n"), "-b", p.path("b.json"))
    same(report(out)["x"]["drifted"], "no")
    # A threshold that is never reached.
    p.run("drift", LINE, p.path("moved.csv"), "-b", p.path("b.json"), "--threshold=99")


def test_drift_from_the_models_own_statistics(p):
    out, _ = p.run("baseline", STATISTICS)
    assert json.loads(out)["fields"]
    holds(p.run("baseline", LINE, code=FILES)[1], "no statistics")
    holds(p.run("drift", LINE, p.file("rows.csv", TYPICAL), code=FILES)[1], "no statistics")


def test_drift_refuses_what_is_no_baseline(p):
    rows = p.file("rows.csv", TYPICAL)
    holds(p.run("drift", LINE, rows, "-b", p.file("b.json", "{}"), code=FILES)[1], "no baseline", "\"format\"")
    p.run("drift", LINE, rows, "-b", p.path("absent.json"), code=FILES)
    holds(p.run("drift", LINE, p.file("empty.csv", "x\n"), "-b", p.path("b.json"), code=FILES)[1], "no baseline")
    holds(p.run("baseline", LINE, p.path("empty.csv"), code=FILES)[1], "no rows")
    p.run("drift", LINE, code=USAGE)
    p.run("drift", LINE, rows, "--threshold=much", code=USAGE)
    p.run("baseline", code=USAGE)


def test_a_baseline_of_another_model_is_noticed(p):
    p.run("baseline", STATISTICS, "-o", p.path("b.json"))
    _, err = p.run("drift", LINE, p.file("rows.csv", TYPICAL), "-b", p.path("b.json"), "--threshold=99")
    holds(err, "another model")
