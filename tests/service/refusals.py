"""What hosts that keep nothing say when they are told to."""

import json
import os
import subprocess
import tempfile

import hosts
from cases import same


def said(host, module, configuration):
    """How a component's making, or a command's run, ends with that configuration."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "configuration.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(configuration, file)
        command = ["node", os.path.join(hosts.ROOT, "edge/component/build.mjs"), module, path, os.path.join(folder, "out.wasm")]
        if host in hosts.RUNNERS:
            command = [*hosts.RUNNERS[host](folder), "--env", "REQUEST_METHOD=GET", "--env", "REQUEST_URI=/ping", "--env", "SCORELET_CONFIGURATION=/service/configuration.json", module]
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return run.returncode, run.stderr


def test_what_cannot_be_kept(host, module):
    wrong = [({"audit": "record"}, "a component has its models within"), ({"store": "store"}, "a component has its models within")]
    if host in hosts.RUNNERS:
        wrong = [({"audit": "record"}, "records no predictions"), ({"store": "nowhere"}, "nowhere/log.jsonl' cannot be read"), ({"store": "store", "models": {"sum": "sum.pmml"}}, "from a store")]
    for configuration, part in wrong:
        code, text = said(host, module, configuration)
        same((code, part in text), (1, True))
