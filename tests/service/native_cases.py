"""What only the native server can show: its loopback rule, its limits, its log, its end."""

import concurrent.futures
import http.client
import json
import socket
import subprocess

import hosts
from cases import SUM, answered, refused, same
from http_client import Client, until

NINE = {"arguments": {"a": 1, "b": 2}}


def test_without_tokens_only_this_machine_only_scores(program):
    with hosts.native(program, tokens=False) as (port, _, _p):
        c = Client(port)
        answered(c.ask("POST", "/model/sum", NINE), 200, {"results": {"y": 9}})
        refused(c.ask("POST", "/model/sum/explain", {"record": {}}), 403, None, "tokens")
        refused(c.ask("PUT", "/model/sum", SUM), 403, None, "tokens")
        for headers in ({"x-forwarded-for": "10.0.0.1"}, {"host": "rebound.example"}, {"forwarded": "for=10.0.0.1"}):
            refused(c.ask("POST", "/model/sum", NINE, headers=headers), 403, None, "machine")


def test_refuses_to_listen_to_others_without_tokens(program):
    run = subprocess.run([program, "serve", "--address=0.0.0.0", "--port=0", hosts.MODELS["sum"]], capture_output=True, text=True, timeout=20, check=False)
    same((run.returncode, "needs --tokens" in run.stderr), (2, True))


def test_refuses_bad_token_files_and_models(program):
    for text, part in (("a score abc\n", "64 hexadecimal"), ("a all " + "0" * 64 + "\n", "scopes are"), ("\n", "no token"), ("a\n", "a name")):
        run = subprocess.run([program, "serve", "--port=0", "--tokens=/dev/stdin", hosts.MODELS["sum"]], input=text, capture_output=True, text=True, timeout=20, check=False)
        same((run.returncode, part in run.stderr), (4, True))
    run = subprocess.run([program, "serve", "--port=0", "-"], input=SUM.decode().replace("<y>9</y>", "<y>8</y>"), capture_output=True, text=True, timeout=20, check=False)
    same((run.returncode, "ModelVerification" in run.stderr), (3, True))


def test_rate_limit(program):
    with hosts.native(program, "--rate=2") as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        answers = [c.ask("POST", "/model/sum", NINE) for _ in range(6)]
        limited = [a for a in answers if a.status == 429]
        same((answers[0].status, len(limited) >= 3, int(limited[0].headers["retry-after"]) >= 1), (200, True, True))
        same(c.ask("GET", "/model", token="explain").status, 403)   # another token has its own
        same(c.ask("GET", "/ping").status, 200)


def test_deadline(program):
    """A thousand blocks of rows are not scored in no time."""
    with hosts.native(program, "--rows=200000", "--body-bytes=4000000") as (port, _, _p):
        body = "a,b\n" + "1,2\n" * 100_000
        answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum/csv", body, type_="text/csv"), 200)
        refused(Client(port, hosts.TOKENS).ask("POST", "/model/sum/csv", body, type_="text/csv", headers={"x-deadline-ms": "0"}), 504, None, "of 100000 rows")


def test_log_holds_no_values(program):
    with hosts.native(program) as (port, said, _):
        c = Client(port, hosts.TOKENS)
        c.ask("POST", "/model/loan?secret=query", {"id": "secret-id", "arguments": {"income": 123456789, "home": "secret-home"}})
        c.ask("POST", "/secret-path", "secret-body", headers={"authorization": "Bearer secret-token"})
        lines = [json.loads(line) for line in said().splitlines() if line.startswith("{")]
        same(any(word in said() for word in ("secret", "123456789", hosts.TOKENS["score"])), False)
        same((lines[0]["route"], lines[0]["model"], lines[0]["rows"], lines[0]["caller"], lines[0]["status"]), ("/model/{}", "loan", 1, "score", 200))


def test_many_at_once(program):
    """Sixteen threads, each with answers of its own, while the model is replaced again and again."""
    with hosts.native(program, "--quiet") as (port, _, _p):
        c = Client(port, hosts.TOKENS)

        def score(i):
            for k in range(40):
                answered(c.ask("POST", "/model/sum", {"arguments": {"a": i, "b": k}}), 200, {"results": {"y": 2 * i + 3 * k + 1}})
            return i

        def replace(_):
            for k in range(20):
                answered(c.ask("PUT", "/model/sum", SUM + b"\n" * k, token="manage", type_="application/xml"), 200)
            return -1

        with concurrent.futures.ThreadPoolExecutor(17) as pool:
            same(sorted([*pool.map(score, range(16)), *pool.map(replace, range(1))]), list(range(-1, 16)))


def test_slow_and_broken_clients_do_not_stop_others(program):
    with hosts.native(program) as (port, _, _p):
        c = Client(port, hosts.TOKENS)
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
        for s in slow:
            s.sendall(b"POST /model/sum HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{")
        for garbage in (b"\x00\xff\x00\r\n\r\n", b"GET\r\n\r\n", b"BREW /pot HTTP/1.1\r\nhost: x\r\n\r\n", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", port)) as s:
                s.sendall(garbage)
        answered(c.ask("POST", "/model/sum", NINE), 200, {"results": {"y": 9}})
        refused(c.ask("PATCH", "/model/sum", NINE), 405)
        for s in slow:
            s.close()


def takes_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_ends_gracefully(program):
    """SIGTERM: first not ready, but answering; then the request under way ends well; then the program, with 0."""
    with hosts.native(program, "--drain-ms=3000") as (port, _, process):
        c = Client(port, hosts.TOKENS)
        same(c.ask("GET", "/ping").status, 200)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest("POST", "/model/sum")
        body = json.dumps(NINE).encode()
        for name, value in (("authorization", "Bearer " + hosts.TOKENS["score"]), ("content-type", "application/json"), ("content-length", str(len(body)))):
            connection.putheader(name, value)
        connection.endheaders()
        process.terminate()
        until(lambda: c.ask("GET", "/ping").status == 503)
        same(c.ask("POST", "/model/sum", NINE).status, 200)
        until(lambda: not takes_connections(port))
        connection.send(body)
        answer = connection.getresponse()
        same((answer.status, json.loads(answer.read())), (200, {"results": {"y": 9}}))
        connection.close()
        same(process.wait(15), 0)


TESTS = [(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")]
