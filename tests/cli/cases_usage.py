"""The command line itself: help, versions, wrong usage."""

import glob
import os
import re

from program import LINE, LOAN, MODEL, ROOT, USAGE, holds, same

COMMANDS = ("score", "inspect", "verify", "compile", "export", "explain", "ask", "baseline", "drift", "serve", "model",
            "audit", "replay", "send", "monitor", "rules")
FIRST_WORD = {"model": "ACTION", "audit": "ACTION", "replay": "FOLDER", "send": "FOLDER", "monitor": "--data", "rules": "[RULES]"}


def options_of(text):
    return set(re.findall(r"--[a-z][a-z-]*", text.replace("\\-", "-")))


def test_no_arguments(p):
    out, err = p.run(code=USAGE)
    same(out, "")
    holds(err, "a command is needed", "Try 'scorelet help'")


def test_version(p):
    for option in ("--version", "-V"):
        assert re.fullmatch(r"scorelet \d+\.\d+\.\d+\n", p.run(option)[0])


def test_help(p):
    for arguments in (("--help",), ("-h",), ("help",)):
        out, err = p.run(*arguments)
        holds(out, "Usage:", *COMMANDS)
        same(err, "")
    for command in COMMANDS:
        out, _ = p.run("help", command)
        holds(out, f"scorelet {command} {FIRST_WORD.get(command, 'MODEL')}", "Example")
        same(p.run(command, "--help")[0], out)
        assert all(len(line) <= 100 for line in out.splitlines())


def test_unknown_commands(p):
    holds(p.run("predict", code=USAGE)[1], "no command 'predict'")
    holds(p.run("help", "predict", code=USAGE)[1], "no command 'predict'")


def test_wrong_options(p):
    for arguments, part in (
        (("score", LOAN), "MODEL and INPUT are needed"),
        (("score", LOAN, "-", "extra"), "extra"),
        (("score", LOAN, "-", "--colums=a"), "colums"),
        (("score", LOAN, "-", "-o"), "'o' requires an argument"),
        (("score", LOAN, "-", "--strict=yes"), "strict"),
        (("score", LOAN, "-", "--format=xml"), "--format is csv or ndjson"),
        (("score", LOAN, "-", "--output-format=xml"), "--output-format is csv or ndjson"),
        (("score", LOAN, "-", "--separator="), "--separator is one character"),
        (("score", LOAN, "-", "--separator=::"), "--separator is one character"),
        (("score", LOAN, "-", "--horizon=0"), "--horizon is a number of steps"),
        (("score", LOAN, "-", "--horizon=2.5"), "--horizon is a number of steps"),
        (("score", LOAN, "-", "--threads=0"), "--threads"),
        (("score", LOAN, "-", "--threads=257"), "--threads"),
        (("score", LOAN, "-", "--threads=two"), "--threads"),
        (("score", "-", "-"), "only one of MODEL and INPUT"),
        (("inspect",), "MODEL is needed"),
        (("verify", LOAN, LOAN), "scorelet help verify"),
        (("rules", "--to=grafana"), "RULES or --models are needed"),
        (("rules", "-", "--to=excel"), "--to is prometheus, alertmanager or grafana"),
    ):
        out, err = p.run(*arguments, code=USAGE)
        same(out, "")
        holds(err, "scorelet: ", part, "Try 'scorelet help")


def test_unknown_model_name(p):
    _, err = p.run("inspect", LINE, "--model", "curve", code=MODEL)
    holds(err, "curve")


def test_every_option_is_documented_and_works(p):
    with open(os.path.join(ROOT, "tools/cli/scorelet.1"), encoding="utf-8") as file:
        manual = options_of(file.read())
    parsed = set()
    for path in [*glob.glob(os.path.join(ROOT, "tools/cli/*.cpp")), os.path.join(ROOT, "tools/cli/parsing.hpp")]:
        with open(path, encoding="utf-8") as file:
            parsed |= {f"--{name}" for name in re.findall(r'parser, "", "", \{(?:\'\w\', )?"([a-z-]{2,})"\}', file.read())}
    helped = set()
    for command in COMMANDS:
        text, _ = p.run("help", command)
        helped |= options_of(text)
        for option in re.findall(r"^  (?:-\w, )?(--[a-z-]+=?)", text, re.MULTILINE):
            same(p.run(command, option + ("csv" if option.endswith("=") else ""), "--help")[0], text)
    same(str(sorted(helped)), str(sorted(parsed)))
    same(str(sorted(helped | {"--version"})), str(sorted(manual)))
