"""How hosts are started that keep models and predictions, over the files of a test. Workers keep none in files: there, what is in
the test's directories is sent over HTTP, and what was kept is fetched into them, as docs/service.md describes."""

import contextlib
import json
import os
import shutil
import signal

import hosts
from http_client import Client

PORT = r"serving http://127\.0\.0\.1:(\d+)"


class Native:
    follows_by_itself = False   # but at SIGHUP
    shares_files = True

    def __init__(self, program):
        self.program = program

    def serving(self, folder, store=None, audit=None, policy=None, models=None, member_bytes=None):
        tokens = os.path.join(folder, "tokens")
        with open(tokens, "w", encoding="utf-8") as file:
            file.write(hosts.token_lines())
        command = [self.program, "serve", "--port=0", "--tokens=" + tokens]
        if models:
            command.append("--default-model=sum")
        if store:
            command.append("--store=" + store)
        if audit:
            command.append("--audit=" + audit)
        if policy is not None:
            path = os.path.join(folder, "policy.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(policy, file)
            command.append("--audit-policy=" + path)
        if member_bytes:
            command.append(f"--member-bytes={member_bytes}")
        return hosts.process([*command, *(f"{name}={path}" for name, path in (models or {}).items())], PORT)

    @contextlib.contextmanager
    def two(self, folder, store):
        """Two servers over one store: of the host, and a native one. Yields ports, and what lets both follow."""
        with self.serving(folder, store=store) as (one, _, first), Native(self.program).serving(folder, store=store) as (two, _, second):
            yield one, two, lambda: [process.send_signal(signal.SIGHUP) for process in (first, second) if process is second or not self.follows_by_itself]

    def fetch(self):
        pass

    def send(self):
        pass


def settings(models, member_bytes):
    return {"tokens": hosts.token_lines()} | ({"defaultModel": "sum"} if models else {}) | ({"memberBytes": member_bytes} if member_bytes else {})


class Script(Native):
    """Node, Deno, Bun."""
    follows_by_itself = True

    def __init__(self, program, command, module):
        super().__init__(program)
        self.command, self.module = command, module

    def serving(self, folder, store=None, audit=None, policy=None, models=None, member_bytes=None):
        said = {"settings": settings(models, member_bytes), "models": models or {}, "store": store, "audit": audit, "auditPolicy": policy}
        path = os.path.join(folder, "configuration.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({name: value for name, value in said.items() if value is not None}, file)
        return hosts.process([*self.command, self.module, path, "0"], PORT)


class Workerd(Native):
    follows_by_itself = True
    shares_files = False

    def __init__(self, program, module):
        super().__init__(program)
        self.module, self.client = module, None

    @contextlib.contextmanager
    def two(self, folder, store):
        """Two Workers with isolates of their own, over one object."""
        port = hosts.free_port()
        with self.serving(folder, store=store, more=[f"--socket-addr=replica=127.0.0.1:{port}"]) as (one, _, _process):
            yield one, port, lambda: None

    def with_replica(self, path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        replica = text[text.index("const scorelet"):].replace("const scorelet", "const replica")
        replica = "".join(line for line in replica.splitlines(keepends=True) if "durableObjectNamespaces" not in line and "durableObjectStorage" not in line)
        replica = replica.replace('durableObjectNamespace = "Store"', 'durableObjectNamespace = (className = "Store", serviceName = "main")')
        text = text.replace('worker = .scorelet),', 'worker = .scorelet), (name = "replica", worker = .replica),')
        text = text.replace('service = "main")]', 'service = "main"), (name = "replica", address = "127.0.0.1:1", http = (), service = "replica")]')
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n" + replica)

    @contextlib.contextmanager
    def serving(self, folder, store=None, audit=None, policy=None, models=None, member_bytes=None, more=()):
        """The object's disk is in the test's folder. A Worker with a store has no models of its own: they are deployed."""
        place = os.path.join(folder, "worker")
        os.makedirs(os.path.join(place, "store"), exist_ok=True)
        for name in ("service.mjs", "storage.mjs", "durable_store.mjs", "durable_worker.mjs", "durable_worker.capnp"):
            shutil.copy(os.path.join(hosts.ROOT, "edge/fetch", name), place)
        shutil.copy(self.module, os.path.join(place, "scorelet_service.wasm"))
        said = {"settings": settings(models, member_bytes), "followMilliseconds": 0} | ({"auditPolicy": policy or {}} if audit else {})
        with open(os.path.join(place, "configuration.mjs"), "w", encoding="utf-8") as file:
            file.write(f"export default {json.dumps(said)};\n")
        if more:
            self.with_replica(os.path.join(place, "durable_worker.capnp"))
        command = [os.path.join(hosts.ROOT, "web/node_modules/.bin/workerd"), "serve", "durable_worker.capnp", f"--socket-addr=http=127.0.0.1:{hosts.free_port()}", *more, "--control-fd=1"]
        with hosts.process(command, r'"event":"listen","socket":"http","port":(\d+)', cwd=place) as (port, log, process):
            self.client, self.store, self.audit = Client(port, hosts.TOKENS), store, audit
            try:
                self.send()
                for name, path in (models or {}).items():
                    with open(path, "rb") as file:
                        self.ask("PUT", "/model/" + name, file.read(), headers={"if-none-match": "*"}, statuses=(201, 412))
                yield port, log, process
                if process.poll() is None:
                    self.fetch()
            finally:
                self.client = None

    def ask(self, method, path, body=None, headers=None, statuses=(200, 201)):
        answer = self.client.ask(method, path, body, token="manage", type_="application/octet-stream", headers=headers)
        if answer.status not in statuses:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.text()}")
        return answer

    def send(self):
        """What is in the directory goes on from what the Worker has."""
        path = self.client and self.store and os.path.join(self.store, "log.jsonl")
        if not path or not os.path.exists(path):
            return
        with open(path, "rb") as file:
            log = file.read()
        known = self.ask("GET", "/store/log.jsonl").body
        if known.startswith(log):
            return
        for sha256 in os.listdir(os.path.join(self.store, "objects")):
            if sha256.encode() not in known:
                with open(os.path.join(self.store, "objects", sha256), "rb") as file:
                    self.ask("PUT", "/store/objects/" + sha256, file.read())
        self.ask("PUT", "/store/log.jsonl", log)

    def fetch(self):
        """All that the Worker has."""
        if self.client and self.store:
            os.makedirs(os.path.join(self.store, "objects"), exist_ok=True)
            log = self.ask("GET", "/store/log.jsonl").body
            for line in log.splitlines():
                sha256 = json.loads(line).get("sha256")
                path = sha256 and os.path.join(self.store, "objects", sha256)
                if path and not os.path.exists(path):
                    self.keep(path, self.ask("GET", "/store/objects/" + sha256).body)
            self.keep(os.path.join(self.store, "log.jsonl"), log)
        if self.client and self.audit:
            shutil.rmtree(self.audit, ignore_errors=True)
            os.mkdir(self.audit)
            for name in self.ask("GET", "/audit").json()["files"]:
                self.keep(os.path.join(self.audit, name), self.ask("GET", "/audit/" + name).body)

    def keep(self, path, content):
        with open(path, "wb") as file:
            file.write(content)


class Command(Native):
    """Reads a store that others change, anew for each request."""
    follows_by_itself = True

    def __init__(self, program, runner, module):
        super().__init__(program)
        self.runner, self.module = runner, module

    def serving(self, folder, store=None, audit=None, policy=None, models=None, member_bytes=None):
        with open(os.path.join(folder, "configuration.json"), "w", encoding="utf-8") as file:
            json.dump({"settings": settings(models, member_bytes), "store": os.path.basename(store)}, file)
        return hosts.cgi(self.runner(folder), self.module)


def keeper(host, program, module):
    """Of a host's name."""
    tool = lambda name: os.path.join(hosts.ROOT, "tests/hosts/node_modules/.bin", name)
    script = lambda name: os.path.join(hosts.ROOT, "edge/fetch", name)
    commands = {"node": ["node", script("node.mjs")], "bun": [tool("bun"), script("bun.mjs")],
                "deno": [tool("deno"), "run", "--quiet", "--allow-read", "--allow-write", "--allow-net", script("deno.mjs")]}
    if host in hosts.RUNNERS:
        return Command(program, hosts.RUNNERS[host], module)
    if host == "workerd":
        return Workerd(program, module)
    return Script(program, commands[host], module)
