"""What lists and figures hold beside the essentials: shares of errors, latency, versions, facts; not sent again, and sent smaller."""

import gzip
import json
import sqlite3

from cases_drift import BASELINE, USUAL, day
from cases_rules import groups_of, quality_of, send
from monitor import Monitor, iso, midnight, now, prediction


def test_figures_of_the_last_day(program, folder):
    with Monitor(program, folder, {"models": [{"match": "*", "least": 10}]}) as m:
        at = now() - 3600
        m.send([prediction("loan", at + i, {"age": 1}, {"y": 1}, version="7", duration=0.001 * (i + 1)) for i in range(100)])
        m.send([prediction("loan", at, error="invalidValue", version="7") for _ in range(5)])
        m.send([prediction("loan", at, version="8", variant="challenger", error="x")])
        row = m.ask("/api/models")["models"][0]
        assert (row["version"], row["predictions24h"], row["errors24h"]) == ("7", 105, 5), row
        assert abs(row["p95"] / 0.095 - 1) < 0.04, row["p95"]
        assert m.ask("/api/today")["figures"]["errors24h"] == 5
        m.send([prediction("quiet", at)])
        assert next(r for r in m.ask("/api/models")["models"] if r["name"] == "quiet")["p95"] is None


def test_what_late_devices_will_still_send(program, folder):
    """One of two devices has been away for three days: what is usual on those weekdays is expected."""
    with Monitor(program, folder, {"eventDays": 60}) as m:
        for week in (4, 3, 2, 1):
            for ago in range(4):
                m.send([prediction("loan", midnight(-7 * week - ago) + i) for i in range(20 + week)], "edge-1")
        for ago in (3, 2, 1, 0):
            m.send([prediction("loan", midnight(-ago) + i) for i in range(9)], "edge-1")
        m.send([prediction("loan", midnight(-3) + i) for i in range(9)], "edge-2")
        model = m.ask("/api/models/loan?days=6")
        volume = dict(zip(model["starts"], zip(model["volume"]["predictions"], model["volume"]["expected"], strict=True), strict=True))
        assert model["hosts"] == 2 and model["hostsLate"] == 1
        # The median of four, the upper one: 21, 22, 23, 24 predictions four to one weeks ago. Today is not over.
        assert volume == {iso(midnight(-3)): (18, 23), iso(midnight(-2)): (9, 23), iso(midnight(-1)): (9, 23), iso(midnight(0)): (9, None)}, volume


def test_facts_of_alerts(program, folder):
    rules = {"models": [{**quality_of("music-1", 0.8), "errors": 0.02, "silentHours": 1}, {"match": "loan", "least": 100, "errors": 0.02}], "lateHours": 12}
    with Monitor(program, folder, rules) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -3, USUAL)
        day(m, -2, [12 * x for x in USUAL])
        send(m, "music-1", 10)
        facts = {a["kind"]: a["facts"] for a in m.ask("/api/alerts")["alerts"]}
        assert facts["jump"]["start"] == iso(midnight(-2)) and abs(facts["jump"]["toMedian"] / facts["jump"]["fromMedian"] / 12 - 1) < 0.05
        assert facts["quality"] == {"figure": "accuracy", "value": 0.5, "threshold": 0.8, "windows": 1, "step": 1}
        assert facts["retrain"] == {"below": 1, "of": 1, "retrain": "all"}
        assert facts["silent"] == {"lastEvent": iso(midnight(-1) + 19)}
        m.send([prediction("loan", midnight(-1) + i, error="x" if i < 30 else None) for i in range(120)], "edge-2")
        m.send([prediction("loan", midnight(-4))], "edge-3")
        facts = {a["kind"]: a["facts"] for a in m.ask("/api/alerts")["alerts"]}
        assert facts["errors"] == {"share": 0.25, "limit": 0.02, "start": iso(midnight(-1))}
        assert facts["hosts"] == {"count": 1, "names": ["edge-3"], "hours": 12}
        alert = next(a for a in m.ask("/api/alerts")["alerts"] if a["kind"] == "jump")
        m.ask(f"/api/alerts/{alert['id']}", "POST", {"action": "later", "until": iso(midnight(7)), "by": "x"})
        change = m.ask("/api/changes")["changes"][0]
        assert change["facts"] == {"alertKind": "jump", "field": "income", "until": iso(midnight(7))}


def test_facts_of_drift(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [12 * x for x in USUAL])
        alert = m.ask("/api/alerts")["alerts"][0]
        assert alert["kind"] == "drift" and alert["facts"]["limit"] == 0.25
        assert abs(alert["facts"]["now"] - m.ask("/api/models/loan")["drift"]["fields"][0]["now"]) < 1e-12


def test_a_file_of_an_earlier_version_is_taken_over(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [12 * x for x in USUAL])
        m.ask("/api/alerts")
        m.stop()
        database = sqlite3.connect(f"{folder}/data/monitor.db")
        for table in ("alerts", "changes"):
            database.execute(f"ALTER TABLE {table} DROP COLUMN facts")
        database.commit()
        database.close()
        m.start()
        assert m.ask("/api/alerts")["alerts"][0]["kind"] == "drift"
        assert m.ask("/api/changes")["changes"][0]["kind"] == "baseline"


def test_many_decisions_at_once(program, folder):
    with Monitor(program, folder, {"models": [quality_of(f"g{i}-1", 0.8) for i in range(4)]}) as m:
        for i in range(4):
            send(m, f"g{i}-1", 10 if i < 3 else 20)
        ids = [a["id"] for a in m.ask("/api/today")["decisions"] if a["kind"] == "retrain"]
        assert len(ids) == 3 and all(g["approved"] is None for g in groups_of(m).values())
        got = m.ask("/api/alerts", "POST", {"ids": [*ids, 999], "action": "approve", "by": "R. Byrne"})
        assert [a["id"] for a in got["alerts"]] == ids and all(a["state"] == "closed" for a in got["alerts"])
        assert got["refused"] == [{"id": 999, "message": "There is no such alert."}]
        groups = groups_of(m)
        assert all((g["approved"] is not None) == (name != "g3") for name, g in groups.items()), groups
        assert sorted(c["group"] for c in m.ask("/api/changes")["changes"] if c["kind"] == "approve") == ["g0", "g1", "g2"]
        # They are decided: once is enough.
        again = m.ask("/api/alerts", "POST", {"ids": ids, "action": "approve", "by": "R. Byrne"})
        assert again["alerts"] == [] and len(again["refused"]) == 3
        for body in ({"action": "approve", "by": "x"}, {"ids": [], "action": "approve", "by": "x"}, {"ids": ids, "action": "approve", "by": ""}):
            assert m.request("POST", "/api/alerts", body)[0] == 400, body
        # What was approved is over when the new model is good.
        for i in range(3):
            send(m, f"g{i}-1", 20, day=0)
        assert all(g["approved"] is not None for name, g in groups_of(m).items() if name != "g3")


def test_lists_are_not_sent_again(program, folder):
    with Monitor(program, folder) as m:
        m.send([prediction(f"model-{i}", midnight(-1)) for i in range(50)])
        for path in ("/api/models", "/api/groups", "/api/alerts", "/api/changes", "/api/models/model-1"):
            status, body, headers = m.request("GET", path)
            tag = headers["ETag"]
            assert status == 200 and tag and headers["Cache-Control"] == "no-cache", path
            status, nothing, headers = m.request("GET", path, headers={"If-None-Match": tag})
            assert (status, nothing, headers["ETag"]) == (304, b"", tag), path
        m.send([prediction("model-1", midnight(-1) + 60)])
        assert m.request("GET", "/api/models/model-1", headers={"If-None-Match": tag})[0] == 200
        plain = m.request("GET", "/api/models")[1]
        status, packed, headers = m.request("GET", "/api/models", headers={"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip" and gzip.decompress(packed) == plain and 5 * len(packed) < len(plain)
        weak = headers["ETag"]
        assert weak.startswith("W/") and m.request("GET", "/api/models", headers={"If-None-Match": weak})[0] == 304
        assert json.loads(plain)["models"][0]["lastEvent"] == iso(midnight(-1))
