"""The program under test, and a folder for its files."""

import os
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
LOAN = os.path.join(ROOT, "tests/data/examples/loan.pmml")
TREND = os.path.join(ROOT, "tests/data/features/time_series/models/horizon_option.pmml")
CONSUMPTION = os.path.join(ROOT, "tests/data/examples/consumption.pmml")
LINE = os.path.join(ROOT, "tests/cli/line.pmml")
BASKETS = os.path.join(ROOT, "tests/cli/baskets.pmml")
VISITS = os.path.join(ROOT, "tests/cli/visits.pmml")
LAG = os.path.join(ROOT, "tests/data/oracles/models/lag2.pmml")
STATISTICS = os.path.join(ROOT, "tests/data/features/documents/models/statistics_of_training.pmml")
DEMO = os.path.join(ROOT, "tests/data/demo")
BASKET = os.path.join(ROOT, "tests/c_api/basket.pmml")

SUCCESS, FAILED, USAGE, MODEL, FILES = range(5)


class Program:
    def __init__(self, command: list[str], folder: str):
        # The program runs in a folder of its own: paths of the command that exist here become absolute.
        self.command = [os.path.abspath(part) if os.path.exists(part) else part for part in command]
        self.folder = folder
        self.has_threads = not any(part.endswith(".wasm") for part in command)

    def file(self, name: str, content: str | bytes) -> str:
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def read(self, name: str) -> str:
        with open(self.path(name), "rb") as file:
            return file.read().decode()

    def start(self, *arguments: str, **streams) -> subprocess.Popen:
        return subprocess.Popen([*self.command, *arguments], **streams)

    def run(self, *arguments: str, stdin: str | bytes = b"", code: int = SUCCESS) -> tuple[str, str]:
        """Standard output and standard error of a run that has to end with `code`."""
        done = subprocess.run([*self.command, *arguments], input=stdin.encode() if isinstance(stdin, str) else stdin,
                              capture_output=True, timeout=120, check=False)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, f"exit code {done.returncode}, not {code}\n{out[:500]}{err[:1000]}"
        return out, err

    def score(self, *arguments: str, stdin: str | bytes = b"", code: int = SUCCESS) -> str:
        return self.run("score", *arguments, stdin=stdin, code=code)[0]


def same(actual: str, expected: str) -> None:
    assert actual == expected, f"\n--- expected\n{expected}\n--- actual\n{actual}"


def holds(text: str, *parts: str) -> None:
    for part in parts:
        assert part in text, f"{part!r} is not in\n{text}"
