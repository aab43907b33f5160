"""A monitor that runs, and events to send it."""

import http.server
import json
import random
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid

DAY = 86_400


def now():
    return time.time()


def midnight(days=0):
    """The beginning of a day in UTC, so many from today."""
    return (int(now()) // DAY + days) * DAY


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class Monitor:
    def __init__(self, program, folder, rules=None, options=(), every=3600):
        self.program, self.folder, self.options = program, folder, list(options)
        self.every = every
        if rules is not None:
            path = f"{folder}/rules.json"
            with open(path, "w", encoding="utf-8") as file:
                json.dump({"format": "scorelet-rules/1", **rules}, file)
            self.options += ["--rules", path]
        self.process = None
        self.start()

    def start(self):
        # A stuck test is ended by its runner; nothing here waits for a time.
        self.process = subprocess.Popen(
            [self.program, "monitor", "--data", self.folder + "/data", "--listen", "127.0.0.1:0",
             "--every", str(self.every), *self.options], stderr=subprocess.PIPE, text=True)
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            if "monitoring at http://" in line:
                self.url = line.split("monitoring at ")[1].split()[0]
                break
        else:
            raise AssertionError("".join(self.said))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait() == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()

    def request(self, method, path, body=None, type="application/json", headers=None):
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        request = urllib.request.Request(self.url + path, data=body, method=method,
                                         headers={**({"Content-Type": type} if body is not None else {}), **(headers or {})})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read(), refused.headers

    def ask(self, path, method="GET", body=None, **more):
        status, text, _ = self.request(method, path, body, **more)
        assert status == 200, (path, status, text[:300])
        return json.loads(text)

    def send(self, records, instance="edge-1", **more):
        return self.ask("/v1/logs", "POST", logs(records, instance), **more)


def value(x):
    if x is None:
        return {}
    if isinstance(x, bool):
        return {"boolValue": x}
    return {"doubleValue": x} if isinstance(x, (int, float)) else {"stringValue": x}


def attributes(of):
    return [{"key": key, "value": value(x)} for key, x in of.items() if x is not None]


def prediction(model, seconds, inputs=None, outputs=None, variant=None, version="1", id=None, duration=None, error=None,
               flags=None, share=None):
    parts = {"inputs": inputs or {}, "outputs": outputs or {}, "flags": flags or {}}
    body = [{"key": part, "value": {"kvlistValue": {"values": attributes_or_missing(of)}}} for part, of in parts.items() if of]
    return {
        "timeUnixNano": str(int(seconds * 1000) * 1_000_000), "severityNumber": 9, "eventName": "scoring.prediction",
        "body": {"kvlistValue": {"values": body}},
        "attributes": attributes({
            "scoring.prediction.id": id or str(uuid.UUID(int=random.getrandbits(128), version=4)),
            "scoring.model.name": model, "scoring.model.version": version, "scoring.model.variant": variant,
            "scoring.duration": duration, "error.type": error, "scoring.sampling.share": share})}


def attributes_or_missing(of):
    return [{"key": key, "value": value(x)} for key, x in of.items()]


def id_of(record):
    return record["attributes"][0]["value"]["stringValue"]


def logs(records, instance="edge-1"):
    return {"resourceLogs": [{"resource": {"attributes": attributes({"service.instance.id": instance, "scoring.host.kind": "test"})},
                              "scopeLogs": [{"scope": {"name": "tests"}, "logRecords": records}]}]}


class Receiver:
    """Keeps what it is sent."""

    def __init__(self, status=lambda n: 200):
        self.got, self.arrived = [], threading.Condition()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with receiver.arrived:
                    code = status(len(receiver.got))
                    receiver.got.append((self.command, self.path, body, dict(self.headers)))
                    receiver.arrived.notify_all()
                self.send_response(code)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PUT = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, n):
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.got) >= n)
        return self.got


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
