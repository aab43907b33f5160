"""A store of models: `scorelet model`, and the native server that follows it."""

import concurrent.futures
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import time

import hosts
import keepers
from cases import SUM, answered, refused, same
from http_client import Client
from results import only, with_folder

OTHER = SUM.replace(b'name="b" coefficient="3"', b'name="b" coefficient="4"').replace(b"<y>9</y>", b"<y>11</y>")   # 2a + 4b + 1
BAD = SUM.replace(b"<y>9</y>", b"<y>8</y>")
FIRST, SECOND = (hashlib.sha256(document).hexdigest()[:16] for document in (SUM, OTHER))


class Store:
    def __init__(self, keeper, folder):
        self.keeper, self.program, self.folder, self.path = keeper, keeper.program, folder, os.path.join(folder, "store")

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(content)
        return path

    def model(self, *words, code=0):
        self.keeper.fetch()
        run = subprocess.run([self.program, "model", *words, "--store=" + self.path, "--by=tests"], capture_output=True, text=True, timeout=20, check=False)
        if run.returncode != code:
            raise AssertionError(f"{words} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
        self.keeper.send()
        return run.stdout + run.stderr

    def two_versions(self):
        same(self.model("add", "sum", self.file("first.pmml", SUM), "--alias=champion", "--why=it is good"), FIRST + "\n")
        same(self.model("add", "sum", self.file("second.pmml", OTHER)), SECOND + "\n")

    def log(self):
        with open(os.path.join(self.path, "log.jsonl"), "rb") as f:
            return f.read()

    def rewrite(self, content, name="log.jsonl"):
        with open(os.path.join(self.path, name), "wb") as f:
            f.write(content)


def continued(log, changes):
    """A record with more changes, each with the SHA-256 of the line before."""
    for change in changes:
        order = ("event", "model", "sha256", "alias", "settings", "by", "why")
        line = {"previous": hashlib.sha256(log.splitlines()[-1]).hexdigest(), "time": 1} | {name: change[name] for name in order if name in change}
        log += json.dumps(line, separators=(",", ":")).encode() + b"\n"
    return log


def scored(c, **arguments):
    return answered(c.ask("POST", "/model/sum", {"arguments": arguments}), 200).json()["results"]["y"]


def serving(store):
    """A server with the store in place of files; tokens as in the other tests."""
    return store.keeper.serving(store.folder, store=store.path)


def follow(store, process):
    if not store.keeper.follows_by_itself:
        process.send_signal(signal.SIGHUP)


def test_versions_and_aliases(store):
    store.two_versions()
    store.model("add", "sum", store.file("first.pmml", SUM))   # once more: nothing changes
    lines = store.model("list").splitlines()
    same([FIRST in lines[0], "[champion]" in lines[0], SECOND in lines[1], "[champion]" in lines[1]], [True, True, True, False])
    store.model("promote", "sum", SECOND[:6])
    store.model("promote", "sum", FIRST, "--alias=challenger")
    lines = store.model("list", "sum").splitlines()
    same(["[challenger]" in lines[0], "[champion]" in lines[1]], [True, True])
    same(store.model("rollback", "sum"), FIRST + "\n")
    same("meant nothing before" in store.model("rollback", "sum", code=1), True)
    same("no version" in store.model("promote", "sum", "00000000", code=1), True)
    same("no model" in store.model("promote", "none", "00000000", code=1), True)
    same("3 words" in store.model("diff", "sum", code=2), True)


def test_what_is_retired_is_not_used(store):
    store.two_versions()
    same("in use" in store.model("retire", "sum", FIRST, "--why=old", code=1), True)
    store.model("promote", "sum", SECOND)
    store.model("retire", "sum", FIRST, "--why=it is too old")
    same("too old" in store.model("promote", "sum", FIRST, code=1), True)
    same("meant nothing before" in store.model("rollback", "sum", code=1), True)
    same("retired: it is too old" in store.model("list"), True)


def test_bad_models_are_not_kept(store):
    store.two_versions()
    before = store.log()
    same("ModelVerification" in store.model("add", "sum", store.file("bad.pmml", BAD), code=3), True)
    store.model("add", "a b", store.file("first.pmml", SUM), code=3)
    same(store.log(), before)


def test_the_record(store):
    """Each line holds the SHA-256 of the one before, and says what was done, by whom and why."""
    store.two_versions()
    store.model("promote", "sum", SECOND, "--why=better")
    lines = store.log().splitlines()
    previous = "0" * 64
    for line in lines:
        same(json.loads(line)["previous"], previous)
        previous = hashlib.sha256(line).hexdigest()
    told = [tuple(json.loads(line).get(k) for k in ("event", "model", "alias", "by", "why")) for line in lines]
    same(told, [("add", "sum", None, "tests", "it is good"), ("promote", "sum", "champion", "tests", "it is good"),
                ("add", "sum", None, "tests", ""), ("promote", "sum", "champion", "tests", "better")])
    same(store.model("log", "sum").encode(), store.log())
    same(store.model("verify-log"), "4 changes, 2 documents: all as they were written (unsigned)\n")


def test_tampering_is_noticed(store):
    store.two_versions()
    whole = store.log()
    lines = whole.splitlines(keepends=True)
    for changed in (whole.replace(b"it is good", b"it is bad", 1), lines[0] + lines[2], lines[1] + lines[0], whole.replace(b"}", b',"more":1}', 1), b"x\n" + whole):
        store.rewrite(changed)
        same("not as it was written" in store.model("verify-log", code=4), True)
        same("not as it was written" in store.model("promote", "sum", SECOND, code=4), True)
    store.rewrite(whole)
    store.rewrite(SUM + b" ", os.path.join("objects", hashlib.sha256(SUM).hexdigest()))
    same("not as it was added" in store.model("verify-log", code=4), True)
    store.model("promote", "sum", FIRST, code=3)


def test_a_line_that_was_never_finished_goes(store):
    store.two_versions()
    whole = store.log()
    store.rewrite(whole + b'{"previous":"')
    same(store.model("verify-log").startswith("3 changes"), True)
    store.model("promote", "sum", SECOND)
    same((store.log().startswith(whole), store.log().count(b"\n")), (True, 4))
    store.model("verify-log")


def test_diff(store):
    """The versions differ in one coefficient, which only scores show; a third also takes another field."""
    store.two_versions()
    rows = store.file("rows.csv", b"a,b\n1,2\n0,0\n5,1\n")
    same(store.model("diff", "sum", FIRST, SECOND), "")
    same(store.model("diff", "sum", FIRST, SECOND, "--sample=" + rows, code=1), "result y: 2 of 3 rows differ, by up to 2\n")
    same(store.model("diff", "sum", FIRST, FIRST, "--sample=" + rows), "result y: 0 of 3 rows differ\n")
    third = SUM.replace(b'rightMargin="100"', b'rightMargin="50"').replace(b'<MiningField name="b"/>', b'<MiningField name="b" missingValueReplacement="0"/>')
    version = store.model("add", "sum", store.file("third.pmml", third)).strip()
    found = store.model("diff", "sum", FIRST, version, code=1).splitlines()
    same("inputs.a.intervals.0.right: 100 -> 50" in found, True)
    same([line for line in found if line.startswith("inputs.b.missingValueReplacement")], ['inputs.b.missingValueReplacement: - -> "0"'])


def test_server_serves_and_follows_champions(store):
    store.two_versions()
    with serving(store) as (port, _, process):
        c = Client(port, hosts.TOKENS)
        same(scored(c, a=1, b=2), 9)
        store.model("promote", "sum", SECOND)
        if not store.keeper.follows_by_itself:
            same(scored(c, a=1, b=2), 9)
        follow(store, process)
        for _ in range(100):
            if scored(c, a=1, b=2) == 11:
                break
            time.sleep(0.05)
        same((scored(c, a=1, b=2), c.ask("GET", "/v2/models/sum").json()["versions"]), (11, [SECOND]))


def test_what_was_acknowledged_outlives_kill(store):
    """Deployments through the service, ended by SIGKILL at once: all that was answered is there afterwards."""
    store.two_versions()
    for k in range(3):
        document = SUM + b"\n" * (k + 1)
        with serving(store) as (port, _, process):
            c = Client(port, hosts.TOKENS)
            answered(c.ask("PUT", "/model/sum", document, token="manage", type_="application/xml"), 200)
            answered(c.ask("PUT", f"/model/new{k}", document, token="manage", type_="application/xml"), 201)
            if k == 2:
                answered(c.ask("DELETE", "/model/new0", token="manage"), 200)
            process.kill()
            process.wait()
        if store.keeper.shares_files:
            store.model("verify-log")
    with serving(store) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        same([m["id"] for m in c.ask("GET", "/model").json()["responses"]], ["new1", "new2", "sum"])
        same(c.ask("GET", "/model/sum/pmml", token="manage").body, document)
        store.model("verify-log")
        same(json.loads(store.log().splitlines()[-1])["by"], "manage")


def test_a_store_that_is_read_only(store):
    """Another host's; here it is read."""
    store.two_versions()
    before = store.log()
    if isinstance(store.keeper, keepers.Command):
        with serving(store) as (port, _, _p):
            c = Client(port, hosts.TOKENS)
            for path in ("/model/sum", "/model/sum/release", "/store/log.jsonl"):
                refused(c.ask("PUT", path, OTHER, token="manage", type_="application/xml"), 403, None, "do not change")
            same(scored(c, a=1, b=2), 9)
            store.rewrite(before + b"x\n")
            same(c.ask("GET", "/ping", token=None).status, 500)
    store.rewrite(before)
    store.model("verify-log")


def test_files_over_http(store):
    """What a service keeps can be had as the files of a directory, and put into another service."""
    store.two_versions()
    log, object_ = store.log(), "/store/objects/" + hashlib.sha256(SUM).hexdigest()
    with serving(store) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        same([c.ask("GET", path, token="manage").body for path in ("/store/log.jsonl", object_)], [log, SUM])
        for method, path in (("GET", "/store/log.jsonl"), ("PUT", "/store/log.jsonl"), ("GET", object_), ("PUT", object_), ("GET", "/audit"), ("GET", "/audit/000000000001.jsonl")):
            refused(c.ask(method, path, b"x" if method == "PUT" else None), 403, None, "manage")
        refused(c.ask("GET", "/audit", token="manage"), 404, None, "record")
        refused(c.ask("PUT", "/store/log.jsonl", log.splitlines(keepends=True)[0], token="manage"), 409, None, "go on")
        answered(c.ask("PUT", "/store/objects/" + hashlib.sha256(BAD).hexdigest(), BAD, token="manage"), 201)
        # What no program here would write, with digests that fit: a model that fails, settings that are none, a retired version.
        retired = {"event": "retire", "model": "sum", "sha256": hashlib.sha256(OTHER).hexdigest(), "by": "x", "why": ""}
        for changes, field, part in (([{"event": "add", "model": "bad", "sha256": hashlib.sha256(BAD).hexdigest(), "by": "x", "why": ""}], None, "ModelVerification"),
                              ([{"event": "release", "model": "sum", "settings": '{"splits":[]}', "by": "x", "why": ""}], "splits", "no such setting"),
                              ([retired, retired | {"event": "promote", "alias": "champion"}], None, "retired"),
                              ([{"event": "add", "model": "a b", "sha256": hashlib.sha256(OTHER).hexdigest(), "by": "x", "why": ""}], "id", "name")):
            refused(c.ask("PUT", "/store/log.jsonl", continued(log, changes), token="manage"), 400, field, part)
        same(c.ask("GET", "/store/log.jsonl", token="manage").body, log)
        answered(c.ask("PUT", "/store/log.jsonl", continued(log, [retired]), token="manage"), 200, {"changes": 4})
        log = c.ask("GET", "/store/log.jsonl", token="manage").body
    elsewhere = Store(store.keeper, os.path.join(store.folder, "elsewhere"))
    os.mkdir(elsewhere.folder)
    with serving(elsewhere) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for document in (SUM, OTHER):
            answered(c.ask("PUT", "/store/objects/" + hashlib.sha256(document).hexdigest(), document, token="manage"), 201)
        answered(c.ask("PUT", "/store/log.jsonl", log, token="manage"), 200, {"changes": 4})
        same(scored(c, a=1, b=2), 9)
    same(elsewhere.log(), log)
    elsewhere.model("verify-log")


def test_killed_while_many_deploy(store):
    """A SIGKILL among deployments, three times: each that was answered is there, and the record is whole."""
    done = []
    for turn in range(3):
        with serving(store) as (port, _, process):
            def deploy(thread, port=port, turn=turn):
                c = Client(port, hosts.TOKENS)
                for k in range(200):
                    name = f"m{turn}-{thread}-{k}"
                    answered(c.ask("PUT", "/model/" + name, SUM + b"\n" * (k % 5), token="manage", type_="application/xml"), 201)
                    done.append(name)

            hosts.kill_amid(process, 4, deploy, done, 12)
    with serving(store) as (port, _, _p):
        listed = [m["id"] for m in Client(port, hosts.TOKENS).ask("GET", "/model").json()["responses"]]
    same(sorted(set(done) - set(listed)), [])
    store.model("verify-log")


def test_several_hosts_at_once(store):
    """Two servers and, where it is in files, programs change one store at a time: no change is lost, and all follow."""
    with store.keeper.two(store.folder, store.path) as (one, two, follow_all):
        clients = [Client(port, hosts.TOKENS) for port in (one, two)]
        put = lambda k: answered(clients[k % 2].ask("PUT", f"/model/m{k}", SUM + b"\n" * k, token="manage", type_="application/xml"), 201)
        path = store.file("other.pmml", OTHER)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            running = [pool.submit(put, k) for k in range(16)]
            if store.keeper.shares_files:
                running += [pool.submit(store.model, "add", f"p{k}", path, "--alias=champion") for k in range(4)]
            for done in running:
                done.result()
        expected = sorted([f"m{k}" for k in range(16)] + [f"p{k}" for k in range(4) if store.keeper.shares_files])
        follow_all()
        listed = lambda c: [m["id"] for m in c.ask("GET", "/model").json()["responses"]]
        for _ in range(400):
            if [listed(c) for c in clients] == [expected] * 2:
                break
            time.sleep(0.05)
        same([listed(c) for c in clients], [expected] * 2)
    same(store.model("verify-log").split(",")[0], f"{2 * len(expected)} changes")


def test_large_documents(store):
    """Some megabytes, which a place may have to keep in parts."""
    documents = {f"m{size}": SUM + b"\n<!-- " + b"x" * size + b" -->" for size in (1 << 20, 3_333_333)}
    with serving(store) as (port, _, _p):
        for name, document in documents.items():
            answered(Client(port, hosts.TOKENS).ask("PUT", "/model/" + name, document, token="manage", type_="application/xml"), 201)
    with serving(store) as (port, _, _p):
        for name, document in documents.items():
            same(Client(port, hosts.TOKENS).ask("GET", f"/model/{name}/pmml", token="manage").body == document, True)
    store.model("verify-log")


def test_waits_for_who_changes_the_record(store):
    """The lock is that of flock(2): while another has it, nothing is written."""
    store.two_versions()
    before = store.log()
    document = SUM + b"\n"
    with serving(store) as (port, _, _p), open(os.path.join(store.path, "log.jsonl"), "rb") as log, concurrent.futures.ThreadPoolExecutor(1) as pool:
        fcntl.flock(log, fcntl.LOCK_EX)
        put = pool.submit(Client(port, hosts.TOKENS).ask, "PUT", "/model/sum", document, token="manage", type_="application/xml")
        while not os.path.exists(os.path.join(store.path, "objects", hashlib.sha256(document).hexdigest())):
            time.sleep(0.01)
        time.sleep(0.3)   # it could write now
        same((put.done(), store.log()), (False, before))
        fcntl.flock(log, fcntl.LOCK_UN)
        answered(put.result(), 200)
        same(store.log().count(b"\n"), before.count(b"\n") + 2)


def test_two_at_once(store):
    """Many programs change one store at a time; no change is lost, and the record stays whole."""
    store.two_versions()
    path = store.file("first.pmml", SUM)
    running = [subprocess.Popen([store.program, "model", "add", f"m{i}", path, "--store=" + store.path, "--alias=champion"], stdout=subprocess.DEVNULL) for i in range(6)]
    same([p.wait(30) for p in running], [0] * 6)
    same(store.model("verify-log").split(",")[0], "15 changes")


TESTS = with_folder(globals(), Store)
KEPT = only(TESTS, "server_serves_and_follows_champions", "what_was_acknowledged_outlives_kill", "killed_while_many_deploy", "several_hosts_at_once", "files_over_http", "large_documents")
READ = only(TESTS, "server_serves_and_follows_champions", "a_store_that_is_read_only")
SHARED = only(TESTS, "waits_for_who_changes_the_record")   # where files are
