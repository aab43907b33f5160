"""Prometheus and Alertmanager with the files of edge/deployment/monitoring and the rules that `scorelet rules` makes, but for addresses and
waiting times."""

import json
import re
import subprocess
import time
import urllib.error
from pathlib import Path

DEPLOYED = Path(__file__).resolve().parents[2] / "edge/deployment/monitoring"


def _done(arguments, code):
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == code, f"exit code {done.returncode}, not {code}: {done.stdout}{done.stderr}"
    return done


def run(*arguments, code=0):
    """What a program puts out."""
    return _done(arguments, code).stdout


def said(*arguments, code=0):
    """The same with what it says beside."""
    done = _done(arguments, code)
    return done.stdout + done.stderr


def wait_until(true, *processes):
    """While these run; a stuck test is ended by its runner."""
    while True:
        for process in processes:
            assert process.poll() is None, f"{process.args[0]} ended"
        try:
            if true():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)


def panels(dashboard):
    """Titles with the queries of each, as Prometheus is asked them when nothing is chosen; whether it is the line of a limit."""
    for panel in json.loads(dashboard.read_text(encoding="utf-8"))["panels"]:
        limits = {override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"]}
        for target in panel["targets"]:
            yield panel["title"], target["expr"].replace("$group", ".*").replace("$model", ".*"), target["refId"] in limits


def alertmanager(folder, config, port):
    """The command, with a configuration that tells at once."""
    text = config.read_text(encoding="utf-8")
    quick = re.sub("group_interval: .*", "group_interval: 1s", re.sub("group_wait: .*", "group_wait: 0s", text))
    assert quick != text
    config.write_text(quick, encoding="utf-8")
    return ["prometheus-alertmanager", f"--config.file={config}", f"--storage.path={folder}/alerts", "--cluster.listen-address=",
            f"--web.listen-address=127.0.0.1:{port}"]


def prometheus(folder, rules, port, alertmanager_port, metrics_port):
    """The command, with a configuration that looks each second."""
    text = (DEPLOYED / "prometheus.yml").read_text(encoding="utf-8")
    for before, after in (("15s", "1s"), ("scorelet-rules.yml", str(rules)), ("127.0.0.1:9093", f"127.0.0.1:{alertmanager_port}"),
                          ("127.0.0.1:9464", f"127.0.0.1:{metrics_port}")):
        assert before in text, before
        text = text.replace(before, after)
    config = folder / "prometheus.yml"
    config.write_text(text, encoding="utf-8")
    run("promtool", "check", "config", config)
    return ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/series", f"--web.listen-address=127.0.0.1:{port}"]
