"""Alerts: told once, over once, decided once; what hooks do."""

import json
import os

from cases_drift import BASELINE, USUAL, day
from cases_outcomes import scored
from cases_rules import quality_of, send
from monitor import Monitor, Receiver, iso, now


def test_told_once_and_over_once(program, folder):
    to = Receiver()
    with Monitor(program, folder, {"webhook": to.url + "/hook", "quietMinutes": 0}, every=0.2) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -3, USUAL)
        day(m, -2, [12 * x for x in USUAL])
        first = json.loads(to.wait(1)[0][2])
        assert first["status"] == "firing" and first["alert"]["kind"] == "jump" and first["version"] == "scorelet-alert/1"
        day(m, -1, [12 * x for x in USUAL])
        for _ in range(5):
            m.ask("/api/alerts")
        day(m, 0, USUAL)
        second = json.loads(to.wait(2)[1][2])
        assert second["status"] == "resolved" and second["alert"]["id"] == first["alert"]["id"]
        m.stop()
        assert len(to.got) == 2


def test_told_again_until_it_is_taken(program, folder):
    to = Receiver(lambda n: 503 if n < 2 else 200)
    with Monitor(program, folder, {"webhook": to.url}, every=0.1) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [12 * x for x in USUAL])
        got = to.wait(3)
        assert len({json.loads(g[2])["alert"]["id"] for g in got}) == 1
        m.stop()
        assert len(to.got) == 3


def test_alertmanager(program, folder):
    to = Receiver()
    with Monitor(program, folder, {"alertmanager": to.url, "quietMinutes": 0}, every=0.2) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [12 * x for x in USUAL])
        method, path, body, _ = to.wait(1)[0]
        alert = json.loads(body)[0]
        assert (method, path) == ("POST", "/api/v2/alerts")
        assert alert["labels"] == {"alertname": "scorelet_drift", "severity": "watch", "model": "loan", "group": "loan", "field": "income"}
        assert alert["startsAt"] < alert["endsAt"] > iso(now()) and alert["annotations"]["summary"]


def test_decisions(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [12 * x for x in USUAL])
        alert = m.ask("/api/today")["decisions"][0]
        path = f"/api/alerts/{alert['id']}"
        for body, status in (({"action": "promote", "by": "x"}, 409), ({"action": "later", "by": "x"}, 400), ({"action": "close"}, 400),
                             ({"action": "close", "by": ""}, 400), ({"action": "later", "by": "x", "until": iso(now() - 9)}, 400)):
            assert m.request("POST", path, body)[0] == status, body
        assert m.request("POST", "/api/alerts/99", {"action": "close", "by": "x"})[0] == 404
        m.ask(path, "POST", {"action": "later", "until": iso(now() + 86_400), "by": "R. Byrne"})
        assert m.ask("/api/today")["decisions"] == []
        assert m.ask(path, "POST", {"action": "close", "by": "R. Byrne"})["state"] == "closed"
        # It is as it was, and decided: it does not come again.
        day(m, 0, [12 * x for x in USUAL])
        assert m.ask("/api/today")["decisions"] == []
        decided = m.ask("/api/today")["decided"]
        assert [(d["kind"], d["by"]) for d in decided[:2]] == [("close", "R. Byrne"), ("later", "R. Byrne")]


def test_retraining_is_begun(program, folder):
    script = f"{folder}/retrain.sh"
    with open(script, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\necho \"$SCORELET_GROUP $SCORELET_ACTION\" >> {folder}/ran\n")
    os.chmod(script, 0o755)
    for waits in (True, False):
        place = f"{folder}/{waits}"
        os.mkdir(place)
        rules = {"models": [quality_of("music-1", 0.8)], "hooks": [{"on": "retrain", "command": [script], "waits": waits}]}
        with Monitor(program, place, rules, every=0.2) as m:
            send(m, "music-1", 10)
            if waits:
                alert = next(a for a in m.ask("/api/today")["decisions"] if a["kind"] == "retrain")
                assert not os.path.exists(f"{folder}/ran")
                m.ask(f"/api/alerts/{alert['id']}", "POST", {"action": "approve", "by": "M. Virtanen"})
            while True:
                changes = [c["text"] for c in m.ask("/api/changes")["changes"]]
                if any("ended" in c for c in changes):
                    break
            with open(f"{folder}/ran", encoding="utf-8") as file:
                assert file.read() == "music retrain\n"
            os.remove(f"{folder}/ran")
            assert [c["by"] for c in m.ask("/api/changes")["changes"]] == ["rule", "rule", "M. Virtanen" if waits else "rule"]


def test_a_challenger_is_promoted_and_taken_back(program, folder):
    to = Receiver()
    for name in ("new", "old"):
        with open(f"{folder}/{name}.pmml", "w", encoding="utf-8") as file:
            file.write(f"<{name}/>")
    with open(f"{folder}/token", "w", encoding="utf-8") as file:
        file.write("secret\n")
    put = {"match": "loan", "put": to.url + "/model/loan", "tokenFile": f"{folder}/token"}
    rules = {"models": [{"match": "*", "key": "customer"}],
             "hooks": [{"on": "promote", "document": f"{folder}/new.pmml", **put}, {"on": "rollback", "document": f"{folder}/old.pmml", **put}]}
    with Monitor(program, folder, rules) as m:
        customers = [f"c-{i}" for i in range(1500)]
        champion, truth = scored(-3, 1500, 7, "champion", "1", customers, shift=0.6)
        m.send(champion)
        m.send(scored(-3, 1500, 7, "challenger", "2", customers, shift=0.05)[0])
        m.ask("/api/outcomes", "POST", [{"key": c, "outcome": t} for c, t in zip(customers, truth, strict=True)])
        alert = next(a for a in m.ask("/api/alerts")["alerts"] if a["kind"] == "challenger")
        assert "promote" in alert["actions"] and m.ask("/api/models/loan")["comparison"]["actions"] == alert["actions"]
        after = m.ask(f"/api/alerts/{alert['id']}", "POST", {"action": "promote", "by": "R. Byrne"})
        assert after["actions"] == ["rollback"]
        m.ask(f"/api/alerts/{alert['id']}", "POST", {"action": "rollback", "by": "R. Byrne"})
        assert [(g[0], g[1], g[2], g[3]["Authorization"]) for g in to.got] == [
            ("PUT", "/model/loan", b"<new/>", "Bearer secret"), ("PUT", "/model/loan", b"<old/>", "Bearer secret")]
        assert [c["kind"] for c in m.ask("/api/changes")["changes"]] == ["put", "rollback", "put", "promote"]
