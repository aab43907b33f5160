"""What a model's bundle says about watching it, below the rules file: thresholds, group, baseline; and who signed it."""

import json
import re
import subprocess
import time
from pathlib import Path

from cases_drift import psi
from monitor import Monitor, id_of, midnight, prediction

ROOT = Path(__file__).resolve().parents[2]
SUM = (ROOT / "tests/service/sum.pmml").read_text(encoding="utf-8")
LABELLED = "a,b,y\n1,2,9\n0,0,1\n2,2,11\n"
ABOUT = {"owners": ["risk@bank.example", "R. Byrne"], "trainingWindow": {"from": "2026-01-01", "to": "2026-06-30"},
         "thresholds": [{"figure": "r2", "minimum": 0.5}, {"figure": "rmse", "maximum": 3}]}
MONITORING = {"quality": {"days": 1, "least": 10}}
BASELINE = {"format": "scorelet-baseline/1", "fields": [
    {"name": "a", "kind": "number", "rows": 100, "missing": 0, "invalid": 0, "minimum": 0, "maximum": 100, "edges": [10, 20], "counts": [50, 30, 20]}]}


def run(*words, code=0):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == code, (words, done.returncode, done.stderr)
    return done.stdout


def pack(program, folder, about, name="sum", baseline=None, key=None, document=SUM):
    path = f"{folder}/{name}.bundle"
    for file, text in (("m.pmml", document), ("about.json", json.dumps(about)), ("l.csv", LABELLED), ("b.json", json.dumps(baseline))):
        Path(f"{folder}/{file}").write_text(text, encoding="utf-8")
    more = ([f"--baseline={folder}/b.json"] if baseline else []) + ([f"--key={key}"] if key else [])
    run(program, "model", "pack", name, f"{folder}/m.pmml", "-o", path, f"--about={folder}/about.json", f"--labelled={folder}/l.csv", "--by=M. Virtanen", *more)
    return path


def send(m, error, name="sum", n=40, day=-1):
    """Predictions that are each wrong by so much."""
    records = [prediction(name, midnight(day) + i, {"a": i % 30}, {"y": 10.0 + i}) for i in range(n)]
    m.send(records)
    m.ask("/api/outcomes", "POST", [{"id": id_of(r), "outcome": str(10.0 + i + error * (-1) ** i)} for i, r in enumerate(records)])


def test_thresholds_come_from_the_bundle(program, folder):
    path = pack(program, folder, {**ABOUT, "monitoring": MONITORING}, baseline=BASELINE)
    with Monitor(program, folder, options=["--models", path]) as m:
        send(m, 4)
        model = m.ask("/api/models/sum")
        quality = model["quality"]
        assert (quality["figure"], quality["threshold"], quality["source"], quality["status"]) == ("rmse", 3, "bundle", "below"), quality
        assert abs([w["value"] for w in quality["windows"] if w["judged"]][-1] - 4) < 1e-9
        bundle = model["bundle"]
        assert bundle["owners"] == ABOUT["owners"] and bundle["by"] == "M. Virtanen" and bundle["signed"] is False
        assert (bundle["trainedFrom"], bundle["trainedTo"]) == ("2026-01-01", "2026-06-30") and re.fullmatch("[0-9a-f]{16}", bundle["version"])
        # Its baseline is that of the bundle: PSI by its formula.
        field = model["drift"]["fields"][0]
        counts = [sum(1 for i in range(40) if low <= i % 30 < high) for low, high in ((0, 10), (10, 20), (20, 30))]
        assert model["hasBaseline"] and abs(field["drift"][-1] - psi([50, 30, 20], counts)) < 1e-9
        assert any(c["kind"] == "bundle" and c["by"] == path for c in m.ask("/api/changes")["changes"])
        assert [b["model"]["match"] for b in m.ask("/api/rules")["bundles"]] == ["sum"]
        # It is known after a start, and taken once.
        m.kill()
        m.start()
        assert m.ask("/api/models/sum")["quality"]["threshold"] == 3
        assert len([c for c in m.ask("/api/changes")["changes"] if c["kind"] == "bundle"]) == 1


def test_the_rules_file_is_above_the_bundle(program, folder):
    path = pack(program, folder, {**ABOUT, "monitoring": {**MONITORING, "drift": 0.4, "group": "sums"}})
    rules = {"models": [{"match": "other"}, {"match": "sum", "quality": {"figure": "mae", "threshold": 7, "days": 1, "least": 10}}]}
    with Monitor(program, folder, rules, ["--models", path]) as m:
        send(m, 4)
        model = m.ask("/api/models/sum")
        quality = model["quality"]
        assert (quality["figure"], quality["threshold"], quality["source"], quality["status"]) == ("mae", 7, "rules", "fine")
        # What the file does not say is the bundle's.
        assert model["group"] == "sums" and model["drift"]["fields"][0]["limit"] == 0.4


def test_groups_from_bundles(program, folder):
    def rule(m):
        return next(g for r in m.ask("/api/groups")["regions"] for g in r["groups"] if g["name"] == "sums")

    for file, wanted in (({}, ("2 of 3", 1, "bundle", True)), ({"groups": [{"match": "*", "retrain": "all"}]}, ("all", None, "rules", False))):
        place = Path(folder) / wanted[2]
        place.mkdir()
        options = []
        for i in range(3):
            group = {"groupRule": {"retrain": "2 of 3", "windows": 1}} if i == 1 else {}
            document = SUM.replace('modelName="sum"', f'modelName="sum-{i}"')
            options += ["--models", pack(program, folder, {**ABOUT, "monitoring": {**MONITORING, "group": "sums", **group}}, f"sum-{i}", document=document)]
        with Monitor(program, str(place), file, options) as m:
            for i in range(3):
                send(m, 4 if i < 2 else 1, f"sum-{i}")
            got = rule(m)
            assert (got["rule"]["retrain"], got["rule"]["windows"], got["rule"]["source"], got["retrain"]) == wanted, got
            m.ask("/api/groups/sums/rule", "POST", {"retrain": "any", "by": "R. Byrne"})
            got = rule(m)
            assert got["rule"]["source"] == "person" and got["retrain"]


def test_only_trusted_bundles_count(program, folder):
    for name in ("own", "other"):
        run("minisign", "-G", "-W", "-f", "-s", f"{folder}/{name}.key", "-p", f"{folder}/{name}.pub")
    with Monitor(program, folder, options=["--keys", f"{folder}/own.pub"]) as m:
        send(m, 4)
        for key, status, part in ((None, 400, "not signed"), ("other", 400, "key"), ("own", 200, "")):
            path = pack(program, folder, {**ABOUT, "monitoring": MONITORING}, key=key and f"{folder}/{key}.key")
            got = m.request("PUT", "/api/models/sum/bundle", Path(path).read_bytes(), type="application/octet-stream")
            assert got[0] == status and part in got[1].decode(), (key, got)
            assert m.ask("/api/models/sum")["quality"]["threshold"] == (3 if key == "own" else None)
        assert m.ask("/api/models/sum")["bundle"]["signed"] is True
        altered = Path(path).read_bytes().replace(b'"maximum": 3', b'"maximum": 9')
        assert altered != Path(path).read_bytes() and m.request("PUT", "/api/models/sum/bundle", altered)[0] == 400
        assert m.ask("/api/models/sum")["quality"]["threshold"] == 3


def test_a_store_is_followed(program, folder):
    """What is promoted there is what the model is watched by, without a restart."""
    store = f"{folder}/store"
    first = pack(program, folder, {**ABOUT, "monitoring": MONITORING})
    run(program, "model", "add", "sum", first, f"--store={store}", "--alias=champion")
    with Monitor(program, folder, options=["--models", store], every=0.1) as m:
        send(m, 4)
        assert m.ask("/api/models/sum")["status"] == "below"
        looser = {**ABOUT, "thresholds": [{"figure": "rmse", "maximum": 5}], "monitoring": MONITORING}
        run(program, "model", "add", "sum", pack(program, folder, looser), f"--store={store}", "--alias=champion")
        while m.ask("/api/models/sum")["quality"]["threshold"] != 5:
            time.sleep(0.01)
        assert m.ask("/api/models/sum")["status"] == "fine"
        run(program, "model", "rollback", "sum", f"--store={store}")
        while m.ask("/api/models/sum")["status"] != "below":
            time.sleep(0.01)


def test_statistics_of_the_document_are_a_baseline(program, folder):
    stats = ('<ModelStats><UnivariateStats field="a"><Counts totalFreq="100" missingFreq="0" invalidFreq="0"/><NumericInfo minimum="0" maximum="30"/>'
             '<ContStats><Interval closure="closedOpen" leftMargin="0" rightMargin="10"/><Interval closure="closedOpen" leftMargin="10" rightMargin="20"/>'
             '<Interval closure="closedClosed" leftMargin="20" rightMargin="30"/><Array n="3" type="int">50 30 20</Array></ContStats></UnivariateStats></ModelStats>')
    document = SUM.replace("<ModelVerification", stats + "<ModelVerification")
    with Monitor(program, folder, options=["--models", pack(program, folder, ABOUT, document=document)]) as m:
        send(m, 1)
        counts = [sum(1 for i in range(40) if low <= i % 30 < high) for low, high in ((0, 10), (10, 20), (20, 30))]
        assert abs(m.ask("/api/models/sum")["drift"]["fields"][0]["drift"][-1] - psi([50, 30, 20], counts)) < 1e-9


def test_bundles_that_say_what_no_rule_says(program, folder):
    with Monitor(program, folder) as m:
        for monitoring, part in (({"dirft": 1}, "no such rule"), ({"match": "x"}, "no such rule"), ({"quality": {"figure": "auc"}}, "threshold"),
                                 ({"groupRule": {"retrain": "most"}}, "3 of 4"), ([], "object")):
            path = pack(program, folder, {**ABOUT, "monitoring": monitoring})
            status, body, _ = m.request("PUT", "/api/models/sum/bundle", Path(path).read_bytes())
            assert status == 400 and part in body.decode(), (monitoring, status, body)
        status, body, _ = m.request("PUT", "/api/models/sum/bundle", SUM)
        assert status == 400 and "no bundle" in body.decode()
        # In rules a star stands for any text, and a model's name for itself.
        status, body, _ = m.request("PUT", "/api/models/s%2A/bundle", Path(pack(program, folder, ABOUT)).read_bytes())
        assert status == 400 and "holds a *" in body.decode(), (status, body)
        assert m.ask("/api/rules")["bundles"] == []
