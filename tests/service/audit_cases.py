"""The record of predictions: what is in it, what outlives a kill, what may go, and that all can be made again."""

import hashlib
import json
import os
import pathlib
import subprocess
import time

import hosts
from cases import SUM, VERSION, answered, refused, same, tensor
from http_client import Client
from results import only, with_folder
from store_cases import Store

# Of three fields a policy each; the last record of the pair is about nobody.
POLICY = {"fields": {"income": "full", "debts": "omitted", "home": "hashed", "leaf": "omitted"}, "key": "home"}


class Desk(Store):
    def __init__(self, keeper, folder):
        super().__init__(keeper, folder)
        self.record = os.path.join(folder, "record")

    def serving(self, policy=None, models=hosts.MODELS):
        return self.keeper.serving(self.folder, audit=self.record, policy=policy, models=models)

    def ask(self, *words, code=0):
        run = subprocess.run([self.program, *words], capture_output=True, text=True, timeout=60, check=False)
        if run.returncode != code:
            raise AssertionError(f"{words} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
        return run.stdout + run.stderr

    def audit(self, action, *words, code=0):
        return self.ask("audit", action, self.record, *words, code=code)

    def replay(self, *words, code=0):
        return self.ask("replay", self.record, *(words or hosts.MODELS.values()), code=code)

    def segments(self):
        return sorted(os.path.join(self.record, name) for name in os.listdir(self.record) if name.endswith(".jsonl"))

    def lines(self):
        """Whole ones: a kill may have torn the last."""
        return [line for path in self.segments() for line in pathlib.Path(path).read_bytes().split(b"\n")[:-1]]

    def records(self):
        return [json.loads(line) for line in self.lines()]


def loan(c, **arguments):
    return c.ask("POST", "/model/loan", {"arguments": arguments})


def salted(salt, field, value):
    return hashlib.sha256(b"\0".join(part.encode() for part in (salt, field, value))).hexdigest()


def test_what_is_recorded(desk):
    """Every protocol: an id, the version, what was asked, what the treatments did, what was answered."""
    with desk.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        first = loan(c, income=2450, home="own", other=1)
        same(first.headers["x-model-version"], VERSION)
        answers = [first,
                   c.ask("POST", "/model/sum/batch", {"requests": [{"arguments": 7}, {"arguments": {"a": "1", "b": 2}}, {"arguments": {"a": -1}}]}),
                   c.ask("POST", "/model/sum/csv", "a,b\n1,2\n0,\n", type_="text/csv"),
                   c.ask("POST", "/v2/models/sum/infer", {"inputs": [tensor("a", "FP64", [1, None]), tensor("b", "FP32", [0.1, -0.0])]}),
                   c.ask("POST", "/invocations", {"instances": [[1, 2]]})]
        ids = [a.headers["x-prediction-id"] for a in answers]
        same("x-prediction-id" in c.ask("GET", "/model").headers, False)
    same((sorted(ids), len(set(ids))), (ids, 5))   # UUIDs of version 7 ascend
    same([(len(i), i[14]) for i in ids], [(36, "7")] * 5)
    records = desk.records()
    same([r["id"] for r in records], [ids[0] + "/0", ids[1] + "/1", ids[1] + "/2", ids[2] + "/0", ids[2] + "/1", ids[3] + "/0", ids[3] + "/1", ids[4] + "/0"])
    same([r["model"] for r in records], ["loan"] + ["sum"] * 7)
    same({r["version"] for r in records[1:]}, {hashlib.sha256(SUM).hexdigest()})
    body = records[0]["body"]
    same(body["inputs"], {"income": 2450, "home": "own"})
    same(body["outputs"], {"repaid": "yes", "P(yes)": 0.96, "P(no)": 0.04, "leaf": "6"})
    same(body["treatments"], {"debts": {"treatment": "replaced", "used": 0}})
    same(records[1]["body"]["inputs"], {"a": "1", "b": 2})
    same((records[2]["body"]["treatments"], records[2]["body"]["outputs"], records[2]["body"]["faults"][0]["field"]),
         ({"a": {"treatment": "invalid"}, "b": {"treatment": "missing"}}, {"y": None}, "a"))
    same(records[6]["body"]["inputs"], {"b": 0})
    same(desk.replay().splitlines()[-1], "8 predictions made again to the bit, 0 are others, 0 cannot be made again")
    same(desk.audit("verify").splitlines()[0], "8 predictions, of 0 the content deleted: all as they were written")
    same(len(desk.audit("show", ids[1]).splitlines()), 2)
    same(json.loads(desk.audit("show", ids[1] + "/2"))["id"], ids[1] + "/2")


def test_the_files_over_http(desk):
    with desk.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        loan(c, income=1000)
        answered(c.ask("POST", "/audit/expire", {"before": 1000}, token="manage"), 200, {"deleted": 0})   # and begins a file
        loan(c, income=2000)
        names = answered(c.ask("GET", "/audit", token="manage"), 200).json()["files"]
        files = [c.ask("GET", "/audit/" + name, token="manage").body for name in names]
        for name in ("000000000003.jsonl", "1", "lock", "..%2fpolicy.json"):
            refused(c.ask("GET", "/audit/" + name, token="manage"), 404, "file")
        if desk.keeper.shares_files:
            refused(c.ask("GET", "/store/log.jsonl", token="manage"), 404, None, "store")
    same([os.path.basename(path) for path in desk.segments()], names)
    same([pathlib.Path(path).read_bytes() for path in desk.segments()], files)
    same(len(names), 2)


def test_the_chain(desk):
    """Each head holds the SHA-256 of the head before, and that of its body; whatever is changed shows."""
    with desk.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for income in (1000, 2000, 3000):
            answered(loan(c, income=income), 200)
    previous = "0" * 64
    for line in desk.lines():
        head, body = line.split(b',"body":')
        same(json.loads(line)["previous"], previous)
        same(json.loads(line)["sha256"], hashlib.sha256(body[:-1]).hexdigest())
        previous = hashlib.sha256(head + b"}").hexdigest()
    same(desk.audit("verify").splitlines()[1], previous)
    (path,) = desk.segments()
    with open(path, "rb") as f:
        whole = f.read()
    lines = whole.splitlines(keepends=True)
    head = lines[1].split(b',"body":')[0] + b"}\n"
    for changed in (whole.replace(b'"income":2000', b'"income":2001'), lines[0] + lines[2], lines[1] + lines[0] + lines[2], b"".join(lines[1:]),
                    whole.replace(b'"model":"loan"', b'"model":"lean"', 1), lines[0] + head + lines[2]):
        with open(path, "wb") as f:
            f.write(changed)
        desk.audit("verify", code=4)
    with open(path, "wb") as f:
        f.write(whole)
    desk.audit("verify")


def test_fields_by_policy(desk):
    with desk.serving(policy=POLICY) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        loan(c, income=2450, debts=1, home="own")
        loan(c, income=2450)
        c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}})
    text = b"".join(desk.lines())
    same(b'"own"' in text or b'"debts":1' in text, False)
    first, second, third = (r["body"] for r in desk.records())
    same((first["inputs"], first["omittedInputs"], first["omittedOutputs"]), ({"income": 2450}, ["debts"], ["leaf"]))
    same(first["hashedInputs"], {"home": salted(first["salt"], "home", "own")})
    same(first["key"], {"field": "home", "sha256": salted(first["salt"], "", "own")})
    same(("key" in second, "key" in third, first["salt"] == second["salt"]), (False, False, False))
    said = desk.replay().splitlines()
    same((len(said), "inputs were not kept: home debts" in said[0], said[1]), (2, True, "2 predictions made again to the bit, 0 are others, 1 cannot be made again"))


def test_policies_that_are_refused(desk):
    for policy, part in (({"fields": {"a": "some"}}, "a field is kept"), ({"field": {}}, "has \"fields\""), ([], "JSON object")):
        run = subprocess.run([desk.program, "serve", "--port=0", "--audit=" + desk.record, "--audit-policy=" + desk.file("bad.json", json.dumps(policy).encode()), hosts.MODELS["sum"]],
                             capture_output=True, text=True, timeout=20, check=False)
        same((run.returncode, part in run.stderr.lower() or part in run.stderr), (4, True))


def test_replay_shows_what_is_another(desk):
    """A record that was made up, with digests that fit: the chain holds, the numbers do not."""
    with desk.serving() as (port, _, _p):
        loan(Client(port, hosts.TOKENS), income=2450, home="own")
    (path,) = desk.segments()
    with open(path, "rb") as f:
        head, body = f.read().rstrip(b"\n").split(b',"body":')
    body = body[:-1].replace(b"0.96", b"0.9600000000000001")
    head = json.loads(head + b"}") | {"sha256": hashlib.sha256(body).hexdigest()}
    with open(path, "wb") as f:
        f.write(json.dumps(head, separators=(",", ":")).encode()[:-1] + b',"body":' + body + b"}\n")
    desk.audit("verify")
    said = desk.replay(code=1).splitlines()
    same(("outputs.P(yes) was 0.9600000000000001, is 0.96" in said[0], said[1]), (True, "0 predictions made again to the bit, 1 are others, 0 cannot be made again"))
    same("is not at hand" in desk.replay(hosts.MODELS["sum"]), True)


def test_models_that_remember(desk):
    """Rows of a request are made again one after the other, as the model saw them."""
    model = os.path.join(hosts.ROOT, "tests/cli/visits.pmml")
    with desk.serving(models={"visits": model}) as (port, _, _p):
        described = Client(port, hosts.TOKENS).ask("GET", "/model/visits").json()
        names = [f["id"] for f in described["schema"]["inputFields"]]
        rows = [{"arguments": dict.fromkeys(names, k)} for k in range(1, 5)]
        answered(Client(port, hosts.TOKENS).ask("POST", "/model/visits/batch", {"requests": rows}), 200)
    same(desk.replay(model).splitlines()[-1].startswith("4 predictions made again"), True)


def test_deletion_by_key(desk):
    """Content goes, from closed segments and the one at work, while others score; the chain still holds and says so."""
    with desk.serving(policy={"key": "home"}) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for home in ("own", "rent", "own"):
            answered(loan(c, income=2450, home=home), 200)
        forget = lambda key, token="manage": c.ask("POST", "/audit/forget", {"key": key, "why": "asked to"}, token=token)
        answered(forget("own"), 200, {"deleted": 2})
        answered(forget("own"), 200, {"deleted": 0})
        refused(forget("own", "score"), 403, None, "manage")
        refused(forget({}), 400, "key")
        answered(loan(c, income=2450, home="own"), 200)
        if desk.keeper.shares_files:
            same("Another program" in desk.audit("forget", "--key=own", code=1), True)
    same(desk.audit("verify").splitlines()[0], "4 predictions, of 2 the content deleted: all as they were written")
    same(desk.audit("forget", "--key=own", "--by=me"), "1\n")
    same(desk.audit("verify").splitlines()[0], "4 predictions, of 3 the content deleted: all as they were written")
    same(b"own" in b"".join(desk.lines()).replace(b"was deleted", b""), False)
    events = [r for r in desk.records() if "event" in r]
    same([(e["event"], e["by"], e["why"], len(e["ids"])) for e in events], [("forget", "manage", "asked to", 2), ("forget", "me", "", 1)])
    same(desk.replay().splitlines()[-1], "1 predictions made again to the bit, 0 are others, 3 cannot be made again")


def test_many_rows(desk):
    """More than fits a row of a table, or a file of a Wasm host."""
    for turn in range(2):
        with desk.serving(policy={"key": "b"}) as (port, _, _p):
            c = Client(port, hosts.TOKENS)
            for _ in range(2):
                rows = [{"arguments": {"a": k % 100, "b": k % 10}} for k in range(5_000)]
                answered(c.ask("POST", "/model/sum/batch", {"requests": rows}), 200)
            if turn == 1:
                answered(c.ask("POST", "/audit/forget", {"key": 3}, token="manage"), 200, {"deleted": 2_000})
    same(desk.audit("verify").splitlines()[0], "20000 predictions, of 2000 the content deleted: all as they were written")
    same(desk.replay().splitlines()[-1], "18000 predictions made again to the bit, 0 are others, 2000 cannot be made again")


def test_retention(desk):
    with desk.serving() as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        for _ in range(3):
            loan(c, income=2450)
        expire = lambda before: c.ask("POST", "/audit/expire", {"before": before, "why": "rules"}, token="manage")
        answered(expire(1000), 200, {"deleted": 0})
        answered(expire(int(time.time() * 1000) + 60_000), 200, {"deleted": 3})
        refused(expire("now"), 400, "before")
        loan(c, income=1000)
        answered(expire(1000), 200, {"deleted": 0})   # and begins a file
        loan(c, income=1000)
    same(desk.audit("verify").splitlines()[0], "2 predictions, of 0 the content deleted: all as they were written")
    desk.audit("expire", "--days=1")
    os.remove(desk.segments()[0])   # without a word
    desk.audit("verify", code=4)


def test_what_was_answered_outlives_kill(desk):
    """Many clients, a SIGKILL in the middle, three times: each answer that arrived is in the record, which holds."""
    answers = []
    for _ in range(3):
        with desk.serving() as (port, _, process):
            def score(i, port=port):
                c = Client(port, hosts.TOKENS)
                for k in range(10_000):
                    answer = c.ask("POST", "/model/sum", {"arguments": {"a": i, "b": k}})
                    answers.append((answer.headers["x-prediction-id"] + "/0", answered(answer, 200).json()["results"]["y"]))

            hosts.kill_amid(process, 8, score, answers, 100)
    with desk.serving():
        pass   # what was torn goes
    recorded = {r["id"]: r["body"]["outputs"]["y"] for r in desk.records()}
    same([a for a in answers if recorded.get(a[0]) != a[1]], [])
    same(desk.audit("verify").splitlines()[0].startswith(f"{len(desk.records())} predictions"), True)
    same(desk.replay().splitlines()[-1], f"{len(desk.records())} predictions made again to the bit, 0 are others, 0 cannot be made again")


def test_a_full_disk_answers_nothing(desk):
    """Where the record cannot be written, no prediction is given; the file may grow to 8 kB here."""
    tokens = desk.file("tokens", hosts.token_lines().encode())
    command = f'ulimit -f 8; trap "" XFSZ; exec "{desk.program}" serve --port=0 --quiet --tokens={tokens} --audit={desk.record} sum={hosts.MODELS["sum"]}'
    with hosts.process(["bash", "-c", command], r"serving http://127\.0\.0\.1:(\d+)") as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        answers = [c.ask("POST", "/model/sum", {"arguments": {"a": 1, "b": 2}}) for _ in range(60)]
        last = answers[-1]
        same((answers[0].status, last.status, "recorded" in last.json()["message"]), (200, 503, True))
        given = sum(a.status == 200 for a in answers)
    with desk.serving():
        pass   # what was torn goes
    same(len(desk.records()) >= given, True)
    desk.audit("verify")


TESTS = with_folder(globals(), Desk)
KEPT = only(TESTS, "what_is_recorded", "the_files_over_http", "the_chain", "fields_by_policy", "models_that_remember", "deletion_by_key", "many_rows", "retention", "what_was_answered_outlives_kill")
