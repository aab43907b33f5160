"""When a group is retrained: the table of rules, each model with a threshold of its own."""

import json
import os
import subprocess

from monitor import Monitor, id_of, midnight, prediction


def quality_of(name, threshold):
    return {"match": name, "group": name.split("-")[0], "quality": {"figure": "accuracy", "threshold": threshold, "days": 1, "least": 10}}


def send(m, name, right, of=20, day=-1):
    records = [prediction(name, midnight(day) + i, {}, {"y": "a"}) for i in range(of)]
    m.send(records)
    m.ask("/api/outcomes", "POST", [{"id": id_of(r), "outcome": "a" if i < right else "b"} for i, r in enumerate(records)])


def groups_of(m):
    return {g["name"]: g for region in m.ask("/api/groups")["regions"] for g in region["groups"]}


def test_the_table(program, folder):
    groups = [{"match": "music", "retrain": "3 of 4"}, {"match": "jewelry", "retrain": "all"}, {"match": "appliances", "retrain": "any"}]
    # Which of four models are below; which of the groups are then retrained.
    for below, wanted in (((), ()), ((0,), ("appliances",)), ((1, 2), ("appliances",)), ((0, 1, 3), ("appliances", "music")),
                          ((0, 1, 2, 3), ("appliances", "jewelry", "music"))):
        thresholds = (0.5, 0.6, 0.7, 0.8)
        models = [quality_of(f"{g['match']}-{i}", t) for g in groups for i, t in enumerate(thresholds)]
        place = f"{folder}/{len(below)}"

        os.mkdir(place)
        with Monitor(program, place, {"models": models, "groups": groups}) as m:
            for g in groups:
                for i, t in enumerate(thresholds):
                    send(m, f"{g['match']}-{i}", round(20 * t) - (1 if i in below else 0))
            got = groups_of(m)
            assert {n for n, g in got.items() if g["retrain"]} == set(wanted), (below, got)
            assert all(g["below"] == len(below) for g in got.values())
            alerts = {a["group"] for a in m.ask("/api/alerts")["alerts"] if a["kind"] == "retrain"}
            assert alerts == set(wanted)
            headline = m.ask("/api/today")["headline"]
            assert headline.startswith(f"{len(wanted)} of 3 groups should be retrained") or not wanted, headline


def test_below_for_several_windows(program, folder):
    rule = quality_of("music-1", 0.8)
    rule["quality"]["windows"] = 3
    with Monitor(program, folder, {"models": [rule]}) as m:
        status = lambda: m.ask("/api/models")["models"][0]["status"]
        send(m, "music-1", 20, day=-6)
        assert status() == "fine"
        send(m, "music-1", 10, day=-5)
        assert status() == "falling"
        send(m, "music-1", 10, day=-4)
        assert status() == "falling"
        send(m, "music-1", 10, day=-3)
        assert status() == "below"
        send(m, "music-1", 17, day=-2)
        assert status() != "below"


def test_falling_before_it_is_below(program, folder):
    with Monitor(program, folder, {"models": [quality_of("music-1", 0.7)]}) as m:
        for day, right in ((-5, 20), (-4, 20), (-3, 20), (-2, 16)):
            send(m, "music-1", right, day=day)
        assert m.ask("/api/models")["models"][0]["status"] == "falling"


def test_too_few_outcomes_say_nothing(program, folder):
    with Monitor(program, folder, {"models": [quality_of("music-1", 0.8)]}) as m:
        send(m, "music-1", 1, of=9)
        assert m.ask("/api/models")["models"][0]["status"] == "unknown"


def test_a_rule_is_changed(program, folder):
    with Monitor(program, folder, {"models": [quality_of(f"music-{i}", 0.8) for i in range(4)], "groups": [{"match": "*", "retrain": "all"}]}) as m:
        for i in range(4):
            send(m, f"music-{i}", 10 if i < 2 else 20)
        assert not groups_of(m)["music"]["retrain"]
        m.ask("/api/groups/music/rule", "POST", {"retrain": "2 of 4", "by": "M. Virtanen"})
        assert groups_of(m)["music"]["retrain"]
        m.kill()
        m.start()
        assert groups_of(m)["music"]["rule"]["retrain"] == "2 of 4" and groups_of(m)["music"]["retrain"]
        change = m.ask("/api/changes")["changes"][0]
        assert change["kind"] == "rule" and change["by"] == "M. Virtanen" and change["group"] == "music"
        for body in ({"retrain": "5 of 4", "by": "x"}, {"retrain": "any"}, {"retrain": "any", "by": "x", "windows": 0}, 7):
            assert m.request("POST", "/api/groups/music/rule", body)[0] == 400, body
        assert m.request("POST", "/api/groups/none/rule", {"retrain": "any", "by": "x"})[0] == 404


def test_groups_by_path(program, folder):
    rules = {"models": [{"match": "*", "quality": {"figure": "accuracy", "threshold": 0.8, "days": 1, "least": 10}}]}
    with Monitor(program, folder, rules) as m:
        for branch in ("spain/madrid-1", "spain/bilbao-2", "italy/rome-1"):
            for model in ("loan", "card"):
                send(m, f"{branch}/{model}", 10 if branch == "spain/madrid-1" else 20)
        answer = m.ask("/api/groups")
        assert [r["name"] for r in answer["regions"]] == ["spain", "italy"]
        assert answer["regions"][0]["toRetrain"] == 1 and answer["regions"][0]["groups"][0]["name"] == "spain/madrid-1"
        assert m.ask("/api/models/spain%2Fmadrid-1%2Floan")["group"] == "spain/madrid-1"


def test_wrong_rules_are_refused(program, folder):
    for rules, part in (({}, "format"), ({"format": "scorelet-rules/1", "model": []}, "no such rule"),
                        ({"format": "scorelet-rules/1", "models": [{"quality": {"figure": "auc"}}]}, "threshold"),
                        ({"format": "scorelet-rules/1", "models": [{"quality": {"figure": "gini", "threshold": 1}}]}, "figures are"),
                        ({"format": "scorelet-rules/1", "groups": [{"retrain": "most"}]}, "3 of 4"),
                        ({"format": "scorelet-rules/1", "hooks": [{"on": "retrain"}]}, "command"),
                        ({"format": "scorelet-rules/1", "webhook": "https://x"}, "http://"), ([], "object")):
        path = f"{folder}/rules.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(rules, file)
        done = subprocess.run([program, "monitor", "--data", f"{folder}/d", "--rules", path], capture_output=True, text=True, check=False)
        assert done.returncode == 4 and part in done.stderr, (rules, done.stderr)
