"""How each host of the service is started for the tests: with the models, tokens and limits of cases.py."""

import concurrent.futures
import contextlib
import functools
import hashlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MODELS = {"loan": os.path.join(ROOT, "tests/data/examples/loan.pmml"), "sum": os.path.join(HERE, "sum.pmml")}
TOKENS = {name: secrets.token_urlsafe(24) for name in ("score", "explain", "manage", "all")}
ORIGIN = "https://page.example"
ROWS, BODY_BYTES = 50, 20_000


def token_lines():
    scopes = lambda name: "score,explain,manage" if name == "all" else name
    lines = (f"{name} {scopes(name)} {hashlib.sha256(text.encode()).hexdigest()}\n" for name, text in TOKENS.items())
    return "# name scopes sha256\n" + "".join(lines)


@contextlib.contextmanager
def process(command, port_pattern, cwd=None, seconds=10):
    """A server that says its port on standard error or output; ended by SIGTERM, which it must obey. Yields port and log."""
    with tempfile.TemporaryFile("w+") as log:
        program = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=cwd)

        def said():
            log.seek(0)
            return log.read()

        try:
            for _ in range(20 * seconds):
                if match := re.search(port_pattern, said()):
                    break
                if program.poll() is not None:
                    raise RuntimeError(f"{command} ended:\n{said()}")
                time.sleep(0.05)
            else:
                raise RuntimeError(f"{command} says no port:\n{said()}")
            yield int(match.group(1)), said, program
        finally:
            if program.poll() is None:
                program.send_signal(signal.SIGTERM)
                try:
                    program.wait(20)
                except subprocess.TimeoutExpired:
                    program.kill()
                    raise


def kill_amid(program, clients, work, made, more):
    """A SIGKILL as soon as clients have `made` that many more: each does `work(number)` until that is done or the connection ends."""
    enough = len(made) + more

    def until_the_end(number):
        with contextlib.suppress(OSError, http.client.HTTPException):
            work(number)

    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(until_the_end, number) for number in range(clients)]
        while len(made) < enough and not all(one.done() for one in running):
            time.sleep(0.005)
        program.kill()
        for one in running:
            one.result()
    program.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def native(program, *more, tokens=True):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "serve", "--port=0", f"--origin={ORIGIN}", f"--rows={ROWS}", f"--body-bytes={BODY_BYTES}", "--default-model=sum"]
        if tokens:
            path = os.path.join(folder, "tokens")
            with open(path, "w", encoding="utf-8") as file:
                file.write(token_lines())
            command.append("--tokens=" + path)
        with process([*command, *more, *(f"{name}={path}" for name, path in MODELS.items())], r"serving http://127\.0\.0\.1:(\d+)") as started:
            yield started


@contextlib.contextmanager
def configuration(models):
    """A file for edge/fetch: settings, and models as told."""
    settings = {"tokens": token_lines(), "origins": [ORIGIN], "rows": ROWS, "bodyBytes": BODY_BYTES, "defaultModel": "sum"}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "configuration.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"settings": settings, "models": models}, file)
        yield path


def javascript(command, file, module):
    with configuration(MODELS) as path, process([*command, os.path.join(ROOT, "edge/fetch", file), module, path, "0"], r"serving http://127\.0\.0\.1:(\d+)") as started:
        yield started


node = contextlib.contextmanager(lambda module: javascript(["node"], "node.mjs", module))
deno = contextlib.contextmanager(lambda module: javascript([os.path.join(ROOT, "tests/hosts/node_modules/.bin/deno"), "run", "--quiet", "--allow-read", "--allow-net"], "deno.mjs", module))
bun = contextlib.contextmanager(lambda module: javascript([os.path.join(ROOT, "tests/hosts/node_modules/.bin/bun")], "bun.mjs", module))


def as_module(path):
    """A configuration as the module that a Worker imports."""
    with open(path, encoding="utf-8") as file, open(path.removesuffix(".json") + ".mjs", "w", encoding="utf-8") as out:
        out.write(f"export default {file.read()};\n")


@contextlib.contextmanager
def workerd(module):
    """edge/fetch/worker.capnp with what it embeds beside it."""
    with configuration(list(MODELS)) as path:
        folder = os.path.dirname(path)
        as_module(path)
        for name in ("service.mjs", "storage.mjs", "worker.mjs", "worker.capnp"):
            shutil.copy(os.path.join(ROOT, "edge/fetch", name), folder)
        shutil.copy(module, os.path.join(folder, "scorelet_service.wasm"))
        os.mkdir(os.path.join(folder, "models"))
        for name, document in MODELS.items():
            shutil.copy(document, os.path.join(folder, "models", name))
        port = free_port()
        command = [os.path.join(ROOT, "web/node_modules/.bin/workerd"), "serve", "worker.capnp", f"--socket-addr=http=127.0.0.1:{port}", "--control-fd=1"]
        with process(command, r'"event":"listen".*"port":(\d+)', cwd=folder) as started:
            yield started


@contextlib.contextmanager
def component(core):
    """The service with its models as a component of WASI 0.2."""
    with configuration(MODELS) as path:
        out = os.path.join(os.path.dirname(path), "component.wasm")
        subprocess.run(["node", os.path.join(ROOT, "edge/component/build.mjs"), core, path, out], check=True, timeout=60)
        yield out


@contextlib.contextmanager
def wasmtime(core):
    with component(core) as path, process(["wasmtime", "serve", "--addr=127.0.0.1:0", path], r"http://127\.0\.0\.1:(\d+)") as started:
        yield started


@contextlib.contextmanager
def jco(core):
    port = str(free_port())
    with component(core) as path:
        command = [os.path.join(ROOT, "tests/hosts/node_modules/.bin/jco"), "serve", "--jco-dir", os.path.dirname(path), "--port", port, path]
        with process(command, rf":({port})", seconds=60) as started:
            yield started


def cgi(runner, module):
    """A WASI 0.1 command, begun anew for every request."""
    words = [*runner, "--env", "SCORELET_CONFIGURATION=/service/configuration.json", module]
    return process([sys.executable, os.path.join(HERE, "cgi.py"), *words], r"serving http://127\.0\.0\.1:(\d+)")


RUNNERS = {
    "command_wasmtime": lambda folder: ["wasmtime", "run", "-C", "cache", "--dir", f"{folder}::/service"],
    "command_node": lambda folder: ["node", "--no-warnings", os.path.join(HERE, "command.mjs"), folder],
    "command_wasmedge": lambda folder: ["wasmedge", "--dir", f"/service:{folder}"],
}


@contextlib.contextmanager
def command(host, module):
    """The service as a command, with models in files."""
    with configuration({name: name + ".pmml" for name in MODELS}) as path:
        folder = os.path.dirname(path)
        for name, document in MODELS.items():
            shutil.copy(document, os.path.join(folder, name + ".pmml"))
        with cgi(RUNNERS[host](folder), module) as started:
            yield started


command_wasmtime = functools.partial(command, "command_wasmtime")
command_node = functools.partial(command, "command_node")
command_wasmedge = functools.partial(command, "command_wasmedge")


FORGETFUL = ("wasmtime", "jco", *RUNNERS)   # what one request changes the next does not see: their models are part of them
