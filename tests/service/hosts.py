"""How each host of the service is started for the tests: with the models, tokens and limits of cases.py."""

import contextlib
import hashlib
import os
import re
import secrets
import signal
import subprocess
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
def process(command, port_pattern, cwd=None):
    """A server that says its port on standard error or output; ended by SIGTERM, which it must obey. Yields port and log."""
    with tempfile.TemporaryFile("w+") as log:
        program = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=cwd)

        def said():
            log.seek(0)
            return log.read()

        try:
            for _ in range(200):
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
