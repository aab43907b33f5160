"""Versions side by side (shares of keys, shadows, stepping back) and groups of many models."""

import hashlib
import json
import os
import pathlib
import subprocess
import time

import hosts
from cases import SUM, answered, refused, same
from http_client import Client
from results import only, with_folder
from store_cases import FIRST, OTHER, SECOND, Store, follow

NARROW = OTHER.replace(b'rightMargin="100"', b'rightMargin="50"')   # 2a + 4b + 1, and a above 50 is invalid
MANAGE = {"token": "manage"}


class Shop(Store):
    def two_versions(self, second=OTHER):
        super().two_versions() if second is OTHER else self.model("add", "sum", self.file("first.pmml", SUM), "--alias=champion")
        if second is not OTHER:
            self.model("add", "sum", self.file("second.pmml", second))
        self.model("promote", "sum", hashlib.sha256(second).hexdigest()[:16], "--alias=challenger")

    def release(self, settings, name="sum", code=0):
        return self.model("release", name, self.file("release.json", json.dumps(settings).encode()), code=code)

    def serving(self, **more):
        return self.keeper.serving(self.folder, store=self.path, **more)

    def members(self, count):
        """y = k a + 1 for the members "dairy:k"."""
        folder = os.path.join(self.folder, "dairy")
        os.mkdir(folder)
        for k in range(count):
            with open(os.path.join(folder, f"{k}.pmml"), "wb") as f:
                f.write(multiple(k))
        return self.model("add-all", "dairy", folder, "--alias=champion").splitlines()


def multiple(k):
    return (SUM.replace(b'coefficient="3"', b'coefficient="0"').replace(b'coefficient="2"', b'coefficient="%d"' % k)
            .replace(b"<y>9</y>", b"<y>%d</y>" % (k + 1)))


def place(key, model="sum"):
    return int(hashlib.sha256(f"{model}\0{key}".encode()).hexdigest()[:16], 16) / 16**16


def score(c, key=None, a=1, b=2, path="/model/sum"):
    return c.ask("POST", path, {"arguments": {"a": a, "b": b}}, headers={"x-route-key": key} if key is not None else None)


def test_shares_of_keys(shop):
    """Who gets which version follows from the key alone, as computed here; a share that grows keeps its keys."""
    shop.two_versions()
    shop.release({"split": [{"alias": "challenger", "share": 0.3}]})
    with shop.serving() as (port, _, process):
        c = Client(port, hosts.TOKENS)
        for share in (0.3, 0.6):
            if share == 0.6:
                answered(c.ask("PUT", "/model/sum/release?why=so+far+good", {"split": [{"alias": "challenger", "share": share}]}, **MANAGE), 200)
            for key in range(100):
                answer = answered(score(c, str(key)), 200)
                expected = (11, SECOND) if place(key) < share else (9, FIRST)
                same((answer.json()["results"]["y"], answer.headers["x-model-version"]), expected)
        same(score(c).json()["results"]["y"], 9)   # without a key: the champion
        key = next(str(k) for k in range(100) if place(k) < 0.6)
        v2 = lambda path: c.ask("POST", "/v2/models/sum" + path + "/infer", {"inputs": [{"name": n, "shape": [1], "datatype": "FP64", "data": [x]} for n, x in (("a", 1), ("b", 2))]}, headers={"x-route-key": key})
        same([v2(p).json()["outputs"][0]["data"] for p in ("", "/versions/" + FIRST, "/versions/" + SECOND)], [[11], [9], [11]])
        refused(v2("/versions/0000"), 404, "version", FIRST, key="error")
        same([c.ask("POST", "/invocations", {"instances": [[1, 2]]}, headers={"x-route-key": key}).json()["predictions"][0]["y"], c.ask("POST", "/model/sum/csv", "a,b\n1,2\n", type_="text/csv", headers={"x-route-key": key}).text()], [11, "y\n11\n"])
        told = c.ask("GET", "/model/sum/release").json()
        same((told["settings"], [v["version"] for v in told["versions"]]), ({"split": [{"alias": "challenger", "share": 0.6}]}, [FIRST, SECOND]))
    said = [json.loads(line) for line in shop.model("log", "sum").splitlines()]
    same([(s["by"], s["why"], json.loads(s["settings"])["split"][0]["share"]) for s in said if s["event"] == "release"], [("tests", "", 0.3), ("manage", "so far good", 0.6)])
    shop.model("verify-log")
    with shop.serving() as (port, _, _p):
        same(score(Client(port, hosts.TOKENS), key).json()["results"]["y"], 11)


def test_what_is_read_of_a_release(shop):
    """Shares of keys and groups, where a store is only read."""
    shop.two_versions()
    shop.release({"split": [{"alias": "challenger", "share": 0.3}]})
    shop.members(3)
    shop.release({"fallback": "2"}, "dairy")
    with shop.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for key in range(6):
            expected = (11, SECOND) if place(str(key)) < 0.3 else (9, FIRST)
            answer = answered(score(c, str(key)), 200)
            same((answer.json()["results"]["y"], answer.headers["x-model-version"]), expected)
        same([score(c, a=3, path=f"/model/dairy:{k}").json()["results"]["y"] for k in (1, 2, "none")], [4, 7, 7])


def test_settings_that_are_refused(shop):
    shop.two_versions()
    for settings, part in (({"splits": []}, "no such setting"), ({"split": [{"alias": "a", "share": 2}]}, "from 0 to 1"), ({"split": [{"alias": "a", "share": 0.6}, {"alias": "b", "share": 0.6}]}, "1 at most"),
                           ({"stepBack": {"rows": 10}}, "needs"), ({"stepBack": {"badRows": 2}}, "stepBack"), ([], "JSON object"), ({"shadow": 7}, "another kind")):
        same((settings, part in shop.release(settings, code=1)), (settings, True))
    with shop.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        refused(c.ask("PUT", "/model/sum/release", {"split": 7}, **MANAGE), 400, "split", "1 at most")
        refused(c.ask("PUT", "/model/sum/release", {}, token="score"), 403, None, "manage")
    with hosts.native(shop.program) as (port, _, _p):
        refused(Client(port, hosts.TOKENS).ask("PUT", "/model/sum/release", {}, **MANAGE), 409, None, "store")


def test_shadow(shop):
    """The shadow is heard by nobody but metrics and log: of 3 rows 2 differ, by up to b = 2; one it cannot score."""
    shop.two_versions(NARROW)
    shop.release({"shadow": "challenger"})
    with shop.serving() as (port, said, _p):
        c = Client(port, hosts.TOKENS)
        answer = c.ask("POST", "/model/sum/batch", {"requests": [{"arguments": {"a": a, "b": b}} for a, b in ((1, 2), (1, 0), (60, 1))]})
        same([r["results"]["y"] for r in answered(answer, 200).json()["responses"]], [9, 3, 124])
        counts = {"rows": 3, "differentRows": 2, "badRows": 1, "largestDifference": 2}
        version = hashlib.sha256(NARROW).hexdigest()[:16]
        same(c.ask("GET", "/model/sum/release").json()["shadow"], {"version": version, **counts})
        same([json.loads(line)["shadow"] for line in said().splitlines() if '"rows"' in line], [{"version": version, **counts}])
        metrics = c.ask("GET", "/metrics").text().splitlines()
        for line in ("rows_total{model=\"sum\"} 3", "different_rows_total{model=\"sum\"} 2", "bad_rows_total{model=\"sum\"} 1"):
            same("scorelet_shadow_" + line in metrics, True)


def test_steps_back_on_bad_rows(shop):
    """The challenger refuses what the champion scores: after ten rows it is out, and the record says why."""
    shop.two_versions(NARROW)
    shop.release({"split": [{"alias": "challenger", "share": 0.5}], "stepBack": {"rows": 10, "badRows": 0.2}})
    ours = next(str(k) for k in range(100) if place(k) < 0.5)
    theirs = next(str(k) for k in range(100) if place(k) >= 0.5)
    with shop.serving() as (port, said, _p):
        c = Client(port, hosts.TOKENS)
        for _ in range(3):
            answered(score(c, theirs, a=60), 200)
        for _ in range(9):
            same(score(c, ours, a=60).status, 400)
        same(score(c, ours, a=60).status, 400)   # the tenth
        answered(score(c, ours, a=60), 200)      # by the champion
        same(c.ask("GET", "/model/sum/release").json()["settings"], {"stepBack": {"rows": 10, "badRows": 0.2}})
        (event,) = [json.loads(line) for line in said().splitlines() if '"stepBack"' in line]
        same((event["event"], event["model"], event["done"]), ("stepBack", "sum", True))
    last = json.loads(shop.model("log").splitlines()[-1])
    same((last["by"], last["event"], "100 % of its 10 rows are bad, of the champion's 0 %" in last["why"]), ("scorelet", "release", True))
    with shop.serving() as (port, _, _p):
        answered(score(Client(port, hosts.TOKENS), ours, a=60), 200)


def test_bad_requests_are_not_the_challengers_fault(shop):
    shop.two_versions()
    shop.release({"split": [{"alias": "challenger", "share": 0.5}], "stepBack": {"rows": 2, "badRows": 0.1}})
    ours = next(str(k) for k in range(100) if place(k) < 0.5)
    with shop.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for key in (None, None, ours, ours, ours):
            same(score(c, key, a=-1).status, 400)
        same(score(c, ours).json()["results"]["y"], 11)


def test_steps_back_on_drift(shop):
    """The challenger's bundle has a baseline of its results, between 1 and 30; here they are far above."""
    rows = shop.file("typical.csv", b"a,b\n" + b"".join(b"%d,%d\n" % (i % 8, i % 5) for i in range(400)))
    second = shop.file("second.pmml", OTHER)
    baseline, bundle = os.path.join(shop.folder, "baseline.json"), os.path.join(shop.folder, "second.bundle")
    subprocess.run([shop.program, "baseline", second, rows, "-o", baseline], check=True, timeout=20)
    shop.model("pack", "sum", second, "--baseline=" + baseline, "-o", bundle)
    shop.model("add", "sum", shop.file("first.pmml", SUM), "--alias=champion")
    shop.model("add", "sum", bundle, "--alias=challenger")
    shop.release({"split": [{"alias": "challenger", "share": 1}], "stepBack": {"rows": 50, "drift": 0.25}})
    with shop.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        batch = lambda pairs: c.ask("POST", "/model/sum/batch", {"requests": [{"arguments": {"a": a, "b": b}} for a, b in pairs]}, headers={"x-route-key": "any"}).json()["responses"]
        batch([(i % 8, i % 5) for i in range(80)])
        same(score(c, "any").json()["results"]["y"], 11)   # as before: no drift
        batch([(90, 50)] * 200)
        same(score(c, "any").json()["results"]["y"], 9)
    same("y has drifted, PSI" in json.loads(shop.model("log").splitlines()[-1])["why"], True)


def test_versions_by_request(shop):
    """PUT with an alias adds beside the champion."""
    shop.two_versions()
    with shop.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        put = lambda path, body: c.ask("PUT", path, body, type_="application/xml", **MANAGE)
        answered(put("/model/sum?alias=other&why=trial", NARROW), 200)
        same(score(c).json()["results"]["y"], 9)
        answered(c.ask("PUT", "/model/sum/release", {"split": [{"alias": "other", "share": 1}]}, **MANAGE), 200)
        same(score(c, "k").json()["results"]["y"], 11)
        refused(put("/model/new?alias=other", SUM), 409, "alias")
    last = [json.loads(line) for line in shop.model("log").splitlines() if '"promote"' in line][-1]
    same((last["alias"], last["by"], last["why"]), ("other", "manage", "trial"))


def test_all_or_none(shop):
    folder = os.path.join(shop.folder, "dairy")
    shop.members(3)
    before = shop.log()
    same((len(before.splitlines()), [json.loads(line)["event"] for line in before.splitlines()]), (6, ["add", "promote"] * 3))
    same(len(shop.model("add-all", "dairy", folder, "--alias=champion").splitlines()), 3)   # once more: nothing changes
    with open(os.path.join(folder, "9.pmml"), "wb") as f:
        f.write(SUM.replace(b"<y>9</y>", b"<y>8</y>"))
    with open(os.path.join(folder, "8.pmml"), "wb") as f:
        f.write(multiple(8))
    same("9.pmml" in shop.model("add-all", "dairy", folder, code=3), True)
    same(shop.log(), before)
    shop.model("verify-log")


def test_groups(shop):
    """Two hundred models, of which those are in memory that were asked for, as far as there is room."""
    lines = shop.members(200)
    same((len(lines), lines[0].split()[0]), (200, "dairy:0"))
    with shop.serving(member_bytes=120_000) as (port, _, process):
        c = Client(port, hosts.TOKENS)

        def memory():
            found = {line.split()[0]: int(line.split()[1]) for line in c.ask("GET", "/metrics").text().splitlines() if "_group_" in line and line[0] != "#"}
            return [found[f'scorelet_group_{name}{{group="dairy"}}'] for name in ("models", "models_loaded", "bytes")]

        same(memory(), [200, 0, 0])
        for k in range(200):
            same(score(c, a=3, path=f"/model/dairy:{k}").json()["results"]["y"], 3 * k + 1)
        models, loaded, used = memory()
        same((models, 2 <= loaded < 100, 0 < used <= 120000), (200, True, True))
        for k in (0, 199, 0, 5):   # what has left comes back
            same(score(c, a=1, path=f"/model/dairy:{k}").json()["results"]["y"], k + 1)
        listed = answered(c.ask("GET", "/group/dairy"), 200).json()["models"]
        same((len(listed), sum(m["loaded"] for m in listed), {m["id"]: m["loaded"] for m in listed}["dairy:5"]), (200, memory()[1], True))
        refused(c.ask("GET", "/group/none"), 404, "group")
        refused(score(c, path="/model/dairy:200"), 404, "id")
        refused(c.ask("PUT", "/model/dairy:", SUM, **MANAGE), 400, "id")
        answered(c.ask("PUT", "/model/dairy:200", multiple(7), type_="application/xml", **MANAGE), 201)
        same(score(c, a=1, path="/model/dairy:200").json()["results"]["y"], 8)
        shop.model("add", "dairy:5", shop.file("five.pmml", multiple(50)), "--alias=champion")
        shop.model("release", "dairy", shop.file("release.json", b'{"fallback": "9"}'))
        follow(shop, process)
        for _ in range(200):
            if score(c, a=1, path="/model/dairy:5").json()["results"]["y"] == 51:
                break
            time.sleep(0.05)
        same(score(c, a=1, path="/model/dairy:5").json()["results"]["y"], 51)
        same(score(c, a=1, path="/model/dairy:unknown").json()["results"]["y"], 10)   # the group's own stand-in
        answered(c.ask("GET", "/v2/health/ready", token=None), 200)


def test_settings_of_a_group(shop):
    """They count for each member that has none of its own."""
    shop.members(3)
    for k in range(3):
        shop.model("add", f"dairy:{k}", shop.file("other.pmml", multiple(100)), "--alias=challenger")
    shop.release({"split": [{"alias": "challenger", "share": 1}]}, "dairy")
    shop.release({}, "dairy:2")
    record, policy = os.path.join(shop.folder, "record"), {"fields": {"*": "omitted"}, "models": {"dairy": {"fields": {"b": "omitted"}}}}
    with shop.serving(audit=record, policy=policy) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        same([score(c, "key", a=1, path=f"/model/dairy:{k}").json()["results"]["y"] for k in range(3)], [101, 101, 3])
        answered(c.ask("PUT", "/model/dairy/release", {}, **MANAGE), 200)
        same([score(c, "key", a=1, path=f"/model/dairy:{k}").json()["results"]["y"] for k in range(3)], [1, 2, 3])
    same([json.loads(line)["body"]["inputs"] for line in pathlib.Path(record, "000000000001.jsonl").read_bytes().splitlines()], [{"a": 1}] * 6)


TESTS = with_folder(globals(), Shop)
READ = only(TESTS, "what_is_read_of_a_release")
KEPT = only(TESTS, "shares_of_keys", "shadow", "steps_back_on_bad_rows", "bad_requests_are_not_the_challengers_fault", "steps_back_on_drift", "versions_by_request", "groups",
            "settings_of_a_group")
