"""What is received: each event once, garbage not at all."""

import gzip
import json
import subprocess
import urllib.parse
from pathlib import Path

from cases_bundles import ABOUT, pack
from monitor import Monitor, id_of, iso, logs, midnight, now, prediction

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "tests/data/demo"
EXAMPLES = ROOT / "tests/monitor/examples"


def test_counts(program, folder):
    with Monitor(program, folder) as m:
        yesterday = midnight(-1)
        assert m.send([prediction("loan", yesterday + 60 * i, {"age": i}, {"y": i / 10}, duration=0.001) for i in range(30)]) == {}
        m.send([prediction("loan", yesterday, error="invalidValue"), prediction("loan", yesterday, share=0.1)], "edge-2")
        model = m.ask("/api/models/loan")
        assert model["starts"] == [iso(yesterday)], model["starts"]
        assert model["volume"]["predictions"] == [41]  # one of them stands for ten
        assert model["volume"]["errors"] == [1]
        assert abs(model["latency"]["p50"][0] / 0.001 - 1) < 0.01
        assert m.ask("/api/today")["figures"]["hosts"] == 2
        hours = m.ask("/api/models/loan?step=hour&days=2")
        assert hours["volume"]["predictions"] == [41]


def test_each_event_counts_once(program, folder):
    with Monitor(program, folder) as m:
        records = [prediction("loan", midnight(-1) + i, {"age": i}) for i in range(50)]
        for _ in range(3):
            m.send(records)
        m.send(records[10:20] + [prediction("loan", midnight(-1), {"age": 1})])
        assert m.ask("/api/models/loan")["volume"]["predictions"] == [51]


def test_garbage_is_refused(program, folder):
    with Monitor(program, folder) as m:
        good = prediction("loan", now())
        for type in ("application/json", "application/x-protobuf"):
            for body in (b"{", b"[]", b"<html>", b"\xff\xff\xff", b'{"resourceLogs":7}', b"\x0a\x7f"):
                status, _, _ = m.request("POST", "/v1/logs", body, type=type)
                assert status == 400 or (type.endswith("protobuf") and body in (b"{",)), (type, body, status)
        assert m.request("POST", "/v1/logs", json.dumps(logs([good])), type="text/plain")[0] == 415
        assert m.request("GET", "/v1/logs")[0] == 405
        assert m.request("POST", "/v1/traces", "{}")[0] == 404
        assert m.ask("/api/models")["models"] == []


def test_metrics_are_answered(program, folder):
    """They are not kept, and the answer says so, with how many data points that are."""
    number, histogram = {"asInt": "7"}, {"count": "3", "bucketCounts": ["1", "2"], "explicitBounds": [5]}
    metrics = [{"name": "scoring.predictions", "sum": {"aggregationTemporality": 1, "isMonotonic": True, "dataPoints": [number, number]}},
               {"name": "scoring.drift.psi", "gauge": {"dataPoints": [{"asDouble": 0.5}]}}, {"name": "x", "histogram": {"dataPoints": [histogram]}}]
    body = {"resourceMetrics": [{"resource": {}, "scopeMetrics": [{"metrics": metrics}]}] * 2}
    tagged = lambda number, inside: bytes([8 * number + 2, len(inside)]) + inside
    metric = lambda kind, n: tagged(2, tagged(1, b"m") + tagged(kind, tagged(1, b"") * n + b"\x10\x01"))
    protobuf = tagged(1, tagged(1, b"") + tagged(2, metric(5, 1) + metric(7, 2))) + tagged(1, tagged(2, metric(9, 1) + metric(10, 4) + metric(11, 1)))
    with Monitor(program, folder) as m:
        partial = m.ask("/v1/metrics", "POST", body)["partialSuccess"]
        assert partial["rejectedDataPoints"] == "8" and "computed from predictions" in partial["errorMessage"]
        status, answer, _ = m.request("POST", "/v1/metrics", protobuf, type="application/x-protobuf")
        assert status == 200 and answer[2:4] == b"\x08\x09", answer  # partial_success.rejected_data_points
        assert m.ask("/v1/metrics", "POST", {}) == {}
        for type, bad in (("application/json", b"{"), ("application/json", b'{"resourceMetrics":7}'), ("application/x-protobuf", b"\x0a\x7f")):
            assert m.request("POST", "/v1/metrics", bad, type=type)[0] == 400, bad
        assert m.request("POST", "/v1/metrics", "{}", type="text/plain")[0] == 415
        assert m.ask("/api/models")["models"] == []


def test_compressed_bodies(program, folder):
    with Monitor(program, folder) as m:
        body = gzip.compress(json.dumps(logs([prediction("loan", midnight(-1))])).encode())
        assert m.request("POST", "/v1/logs", body, headers={"Content-Encoding": "gzip"})[0] == 200
        assert m.ask("/api/models/loan")["volume"]["predictions"] == [1]
        assert m.request("POST", "/v1/logs", body[:-9], headers={"Content-Encoding": "gzip"})[0] == 400
        assert m.request("POST", "/v1/logs", body, headers={"Content-Encoding": "br"})[0] == 415
        bomb = gzip.compress(bytes(65 << 20))
        assert m.request("POST", "/v1/logs", bomb, headers={"Content-Encoding": "gzip"})[0] == 413


def test_records_are_refused_one_by_one(program, folder):
    with Monitor(program, folder) as m:
        good = prediction("loan", now())
        no_id, no_model, other, no_time = (prediction("loan", now()) for _ in range(4))
        no_id["attributes"][0]["value"] = {"stringValue": "7"}
        del no_model["attributes"][1]
        other["eventName"] = "something.else"
        del no_time["timeUnixNano"]
        ancient, future = prediction("loan", now() - 400 * 86400), prediction("loan", now() + 3 * 86400)
        answer = m.send([no_id, no_model, good, other, no_time, ancient, future])
        assert int(answer["partialSuccess"]["rejectedLogRecords"]) == 6, answer
        assert m.ask("/api/models/loan")["versions"][0]["predictions"] == 1


def test_what_the_command_line_sends(program, folder):
    rows = len((DEMO / "input.csv").read_text(encoding="utf-8").splitlines()) - 1
    subprocess.run([program, "baseline", DEMO / "model.pmml", DEMO / "input.csv", "-o", f"{folder}/b.json"], check=True,
                   capture_output=True)
    subprocess.run([program, "score", DEMO / "model.pmml", DEMO / "input.csv", "--events", f"{folder}/events", "--full", "age",
                    "--binned", "income,home", "--baseline", f"{folder}/b.json", "-o", f"{folder}/out.csv"], check=True,
                   capture_output=True)
    with Monitor(program, folder) as m:
        subprocess.run([program, "send", f"{folder}/events", m.url], check=True, capture_output=True)
        name = urllib.parse.quote(m.ask("/api/models")["models"][0]["name"], safe="")
        m.ask(f"/api/models/{name}/baseline", "PUT", Path(f"{folder}/b.json").read_bytes())
        model = m.ask(f"/api/models/{name}?days=2")
        assert sum(model["volume"]["predictions"]) == rows
        fields = {f["name"]: f for f in model["drift"]["fields"]}
        # The same rows as the baseline's, told in full and as ranges: every bin has its share.
        for field in ("age", "income", "home"):
            assert len(model["starts"]) > 1 or fields[field]["now"] < 0.001, fields[field]
            assert fields[field]["status"] == "fine", fields[field]
        one = m.ask(f"/api/models/{name}/fields/income")
        assert len(one["labels"]) == len(one["current"]) and abs(sum(one["current"]) - 1) < 1e-9


def keys_of(x, where=""):
    """All paths of members; of facts, whose members depend on the kind, only that they are there."""
    if where.endswith(".facts"):
        return set()
    if isinstance(x, dict):
        return {f"{where}.{k}" for k in x}.union(*(keys_of(v, f"{where}.{k}") for k, v in x.items()))
    if isinstance(x, list):
        return set().union(*(keys_of(item, where + "[]") for item in x))
    return set()


def test_answers_have_the_shape_of_the_examples(program, folder):
    rules = {"models": [{"match": "loan", "group": "credit", "quality": {"figure": "auc", "threshold": 0.9, "least": 2}}],
             "groups": [{"match": "*", "retrain": "any", "windows": 1}]}
    with Monitor(program, folder, rules) as m:
        fill(m)
        bundle = Path(pack(program, folder, ABOUT, "loan")).read_bytes()
        assert m.request("PUT", "/api/models/loan/bundle", bundle)[0] == 200
        for name, path in (("today", "today"), ("groups", "groups"), ("models", "models"), ("model", "models/loan"),
                           ("field", "models/loan/fields/age"), ("alerts", "alerts"), ("changes", "changes"),
                           ("report", f"report?from={iso(midnight(-20))}&to={iso(midnight(1))}")):
            wanted = keys_of(json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")))
            got = keys_of(m.ask(f"/api/{path}"))
            assert wanted <= got, (name, sorted(wanted - got))


def fill(m):
    """A model with everything: baseline, drift, outcomes, a challenger, a change."""
    baseline = {"format": "scorelet-baseline/1", "fields": [
        {"name": "age", "kind": "number", "rows": 100, "missing": 0, "invalid": 0, "edges": [30, 50], "counts": [30, 40, 30]}]}
    m.ask("/api/models/loan/baseline", "PUT", baseline)
    outcomes = []
    for day in range(-17, 0):
        records = []
        for i in range(120):
            p = (i * 37 % 101) / 101
            for variant in ("champion", "challenger"):
                records.append(prediction("loan", midnight(day) + i, {"age": 20 + i % 40 if day < -1 else 90},
                                          {"y": "yes", "probability(yes)": p}, variant, "1" if variant == "champion" else "2",
                                          duration=0.001))
                outcomes.append({"id": id_of(records[-1]), "outcome": "yes" if i % 3 else "no"})
        m.send(records)
    assert m.ask("/api/outcomes", "POST", outcomes)["taken"] == len(outcomes)
    alerts = m.ask("/api/alerts")["alerts"]
    later = {"action": "later", "until": iso(now() + 86400), "by": "A. Person"}
    m.ask(f"/api/alerts/{alerts[-1]['id']}", "POST", later)
