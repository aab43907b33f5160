"""The WASI reactor in wasmtime, linked with nothing.

usage: reactor_wasmtime.py MODULE
"""

import pathlib
import struct
import sys

import wasmtime

passed = failed = 0


def check(what, actual, expected):
    global passed, failed
    if actual == expected:
        passed += 1
    else:
        failed += 1
        print(f"failed: {what}\n  expected {expected!r}\n  found    {actual!r}")


class Reactor:
    def __init__(self, path):
        self.store = wasmtime.Store()
        instance = wasmtime.Instance(self.store, wasmtime.Module.from_file(self.store.engine, path), [])
        self.exports = instance.exports(self.store)
        self.memory = self.exports["memory"]
        self.call("_initialize")
        self.out = self.call("scorelet_alloc", 8)

    def call(self, name, *arguments):
        return self.exports[name](self.store, *arguments)

    def words(self):
        return struct.unpack("<II", self.memory.read(self.store, self.out, self.out + 8))

    def put(self, data):
        at = self.call("scorelet_alloc", len(data))
        self.memory.write(self.store, data, at)
        return at

    def load(self, pmml):
        status = self.call("scorelet_load", self.put(pmml), len(pmml), 0, self.out, self.out + 4)
        return status, self.words()[0]

    def score_json(self, scorer, text):
        data = text.encode()
        status = self.call("scorelet_score_json", scorer, self.put(data), len(data), self.out, self.out + 4)
        at, size = self.words()
        return status, self.memory.read(self.store, at, at + size).decode()


def main():
    reactor = Reactor(sys.argv[1])
    check("abi version", reactor.call("scorelet_abi_version"), 1)
    check("refused", reactor.load(b"<PMML"), (1, 0))
    status, model = reactor.load(pathlib.Path(__file__).with_name("basket.pmml").read_bytes())
    check("loaded", status, 0)
    reactor.call("scorelet_scorer_new", model, 0, reactor.out)
    scorer = reactor.words()[0]
    reactor.call("scorelet_model_release", model)
    check("basket", reactor.score_json(scorer, '[{"amount": [1, 2.5, "4"]}, {"amount": 8}, {}]'),
          (0, '{"y":107.5}\n{"y":108}\n{"y":null}\n'))
    reactor.call("scorelet_scorer_release", scorer)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
