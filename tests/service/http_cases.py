"""HTTP/1.1 as the native server speaks it, byte by byte: what is well formed, what is not, and whoever is slow."""

import concurrent.futures
import contextlib
import gzip
import http.client
import json
import os
import resource
import select
import socket
import struct
import subprocess
import threading
import time

import hosts
from cases import answered, same
from http_client import Client, until

BODY = json.dumps({"arguments": {"a": 1, "b": 2}}).encode()
NINE = {"results": {"y": 9}}


def head(line="POST /model/sum HTTP/1.1", *fields):
    return "\r\n".join([line, "host: x", "authorization: Bearer " + hosts.TOKENS["score"], "content-type: application/json", *fields, "", ""]).encode()


POST = head("POST /model/sum HTTP/1.1", f"content-length: {len(BODY)}") + BODY


class Wire:
    """A connection, and the answers that arrive on it."""

    def __init__(self, port, sent=b"", address="127.0.0.1"):
        self.socket = socket.create_connection((address, port), timeout=30)
        self.file = self.socket.makefile("rb")
        self.send(sent)

    def send(self, sent):
        self.socket.sendall(sent)

    def answer(self, has_body=True):
        """Status, fields, body."""
        status = int(self.file.readline().split()[1])
        fields = dict(line.decode().strip().split(": ", 1) for line in iter(self.file.readline, b"\r\n"))
        length = int(fields.get("content-length", 0)) if has_body else 0
        return status, fields, self.file.read(length)

    def ends(self):
        return self.file.read() == b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()


def sockets_of(process):
    """How many the server has: one listens."""
    count = 0
    for name in os.listdir(f"/proc/{process.pid}/fd"):
        with contextlib.suppress(OSError):
            count += os.readlink(f"/proc/{process.pid}/fd/{name}").startswith("socket:")
    return count


def processor_time(process):
    """Seconds of processor time."""
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        return sum(map(int, file.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def nine(answer):
    same((answer[0], json.loads(answer[2])), (200, NINE))
    return answer[1]


def test_requests_in_pieces_and_at_once(program):
    with hosts.native(program, "--quiet") as (port, _, _p), Wire(port) as w:
        for i in range(len(POST)):
            w.send(POST[i:i + 1])
        nine(w.answer())
        w.send(POST + head("GET /v2/nothing HTTP/1.1") + POST + head("HEAD /model/sum HTTP/1.1") + POST[:-5])
        nine(w.answer())
        same(w.answer()[0], 404)
        nine(w.answer())
        status, fields, _ = w.answer(has_body=False)
        same((status, int(fields["content-length"]) > 100), (200, True))
        w.send(POST[-5:] + 200 * POST)
        for _ in range(201):
            nine(w.answer())
        long = json.dumps({"id": "x" * 15_000, "arguments": {"a": 1, "b": 2}}).encode()
        for _ in range(2):
            w.send(head("POST /model/sum HTTP/1.1", f"content-length: {len(long)}") + long)
            same(w.answer()[0], 200)
            time.sleep(2.5)   # in which the server looks after its connections


def test_chunked_bodies(program):
    with hosts.native(program, "--quiet") as (port, _, _p), Wire(port) as w:
        start = head("POST /model/sum HTTP/1.1", "transfer-encoding: chunked")
        w.send(start + b"1;a=b\r\n{\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(BODY) - 1, BODY[1:]))
        nine(w.answer())
        w.send(start + b"%X\r\n%s\r\n0\r\ncontent-encoding: br\r\n\r\n" % (len(BODY), BODY))   # fields behind a body are none
        nine(w.answer())
    with hosts.native(program, "--quiet", tokens=False) as (port, _, _p), Wire(port) as w:   # and so without models of 64 MiB
        w.send(start + 5 * (b"1388\r\n" + 5_000 * b" " + b"\r\n"))
        same((w.answer()[0], w.ends()), (413, True))


def test_too_long(program):
    with hosts.native(program, "--quiet", "--threads=1") as (port, _, _p):
        for fields in ((), ("expect: 100-continue",)):
            with Wire(port, head("POST /model/sum HTTP/1.1", "content-length: 70000000", *fields)) as w:
                if not fields:
                    with contextlib.suppress(OSError):   # whoever goes on sending, reads the answer, too
                        w.send(1_000_000 * b" ")
                status, said, body = w.answer()
                same((status, said["connection"], json.loads(body)), (413, "close", {"message": "The body is longer than this service reads."}))
        long = "x: " + "y" * 20_000
        many = [f"x{i}: {'y' * 1_000}" for i in range(20)]
        for fields in ((long,), many):
            with Wire(port, head("GET /v2 HTTP/1.1")[:-2]) as w:
                for field in fields:
                    with contextlib.suppress(OSError):
                        w.send(field.encode() + b"\r\n")
                same((w.answer()[0], w.ends()), (431, True))


def test_malformed(program):
    with hosts.native(program, "--quiet") as (port, _, _p):
        post = "POST /model/sum HTTP/1.1"
        chunked = head(post, "transfer-encoding: chunked")
        for sent in (
            b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\nhost: x\n\n", b"GET /\x00 HTTP/1.1\r\n\r\n",
            head("GET /v2 HTTP/1.1", "no colon"), head("GET /v2 HTTP/1.1", "a b: c"), head("GET /v2 HTTP/1.1", "a: b\x00c"), head("GET /v2 HTTP/1.1", "a\x00: b"), head("GET /v2 HTTP/1.1", ": b"),
            # Where a body ends, everybody on the way has to read alike.
            head(post, "content-length: -1"), head(post, "content-length: +3"), head(post, "content-length: 0x3"), head(post, "content-length: 3x"), head(post, "content-length:"),
            head(post, "content-length: 99999999999999999999"), head(post, "content-length : 3"), head(post, "content-length: 3", "content-length: 4"), head(post, "content-length: 3, 4"),
            head(post, "content-length: 3", "transfer-encoding: chunked"), head(post, "transfer-encoding: chunked", "content-length: 3"),
            head(post, "transfer-encoding: gzip"), head(post, "transfer-encoding: gzip, chunked"), head(post, "transfer-encoding: chunked, gzip"), head(post, "transfer-encoding: xchunked"),
            head(post, "transfer-encoding: chunked", "transfer-encoding: chunked"), head(post, "transfer-encoding: chunked", "transfer-encoding: identity"), head(post, "transfer-encoding:\x0bchunked"),
            head("POST /model/sum HTTP/1.0", "transfer-encoding: chunked"),
            *(chunked + wrong for wrong in (
                b"x\r\n", b"-1\r\n", b"0x1\r\n{\r\n\r\n", b" 1\r\n{\r\n", b"\r\n", b"1\r\n{}}}\r\n", b"1\n{\n0\n\n\r\n", b"fffffffffffffffff\r\n", b"1\r\n{\r\n\x00\r\n",
                b"0\r\ncontent-length: 3\r\n\r\n", b"0\r\nno colon\r\n\r\n")),
        ):
            with Wire(port, sent) as w:
                status, fields, body = w.answer()
                same((sent, status, fields["connection"], json.loads(body), w.ends()), (sent, 400, "close", {"message": "The request is not well formed."}, True))
        for sent, status in ((b"7fffffffffffffff\r\n", 413), (b"1;a=" + 70_000 * b"b", 431), (b"0\r\na: " + 70_000 * b"b", 431)):
            with Wire(port) as w:
                with contextlib.suppress(OSError):
                    w.send(chunked + sent)
                same((sent[:9], w.answer()[0], w.ends()), (sent[:9], status, True))
        answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum", BODY), 200, NINE)


def test_clients_that_leave(program):
    """Having sent all, somebody may say so, and is answered; whoever goes in the middle takes nothing with him."""
    with hosts.native(program, "--quiet", "--threads=1", "--rows=100000", "--body-bytes=4000000") as (port, _, process):
        with Wire(port, POST + POST) as w:
            w.socket.shutdown(socket.SHUT_WR)
            nine(w.answer())
            nine(w.answer())
            same(w.ends(), True)
        with Wire(port, POST[:-1]) as w:
            w.socket.shutdown(socket.SHUT_WR)
            same(w.ends(), True)
        with Wire(port, head("GET /v2 HTTP/1.1", "connection: close") + 1_000 * POST) as w:   # what follows the last request
            same((w.answer()[0], w.ends()), (200, True))
        rows = b"a,b\n" + 50_000 * b"1,2\n"
        long = head("POST /model/sum/csv HTTP/1.1", f"content-length: {len(rows)}").replace(b"application/json", b"text/csv") + rows
        for read in (0, 1, 100_000):   # bytes of an answer that is longer than what the system keeps
            with Wire(port) as w:
                w.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
                w.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))   # a reset
                w.send(long)
                same(len(w.file.read(read)), read)
        for sent in (b"", b"GET", POST[:-1], POST, 100 * POST):
            with Wire(port) as w:
                w.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                w.send(sent)
        answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum", BODY), 200, NINE)
        until(lambda: sockets_of(process) == 1)


def test_methods_and_versions(program):
    with hosts.native(program, "--quiet") as (port, _, _p):
        with Wire(port) as w:
            for method in ("BREW", "TRACE", "PATCH", "PROPFIND"):
                w.send(head(method + " /model/sum HTTP/1.1"))
                same(w.answer()[0], 405)
            w.send(head("POST /model/sum HTTP/1.1", f"content-length: {len(BODY)}", "Expect: 100-Continue"))
            same(w.answer()[0], 100)
            w.send(BODY)
            same("connection" in nine(w.answer()), False)
            w.send(head("POST /model/sum HTTP/1.1", f"content-length: {len(BODY)}", "connection: close") + BODY)
            same((nine(w.answer())["connection"], w.ends()), ("close", True))
        old = ("POST /model/sum HTTP/1.0", f"content-length: {len(BODY)}")
        with Wire(port) as w:
            w.send(head(*old, "connection: keep-alive") + BODY)
            same(nine(w.answer())["connection"], "keep-alive")
            w.send(head(*old) + BODY)
            same((nine(w.answer())["connection"], w.ends()), ("close", True))


def test_slow_clients_are_cut(program):
    """Ten seconds for a head, for silence, and for every 64 KiB; others are answered meanwhile."""
    with hosts.native(program, "--quiet", "--threads=1", "--body-bytes=1000000") as (port, _, _p):
        began = time.monotonic()

        def silent(sent):
            with Wire(port, sent) as w:
                return w.ends()

        def drips(sent):
            with Wire(port, sent) as w, contextlib.suppress(OSError):
                while time.monotonic() < began + 20:
                    w.send(b"x")
                    time.sleep(0.3)
                return False
            return True

        def deaf():
            """Asks again and again, and reads nothing."""
            with Wire(port) as w, contextlib.suppress(OSError):
                w.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
                while time.monotonic() < began + 25:
                    w.send(100 * head("GET /openapi.json HTTP/1.1"))
                return False
            return True

        long = head("POST /model/sum HTTP/1.1", "content-length: 900000")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            cut = [pool.submit(silent, sent) for sent in (b"", POST[:20], POST[:-1])]
            cut += [pool.submit(drips, sent) for sent in (b"GET /", long)]
            cut.append(pool.submit(deaf))
            while time.monotonic() < began + 8:
                answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum", BODY), 200, NINE)
                same([one for one in cut if one.done()], [])
            same([one.result() for one in cut], [True] * len(cut))


def test_slow_answers_do_not_keep_others(program):
    """Connections that are open are answered while each processor has several seconds of work before it, announced by a long body or not."""
    with hosts.native(program, "--quiet", "--rows=3000000", "--body-bytes=40000000") as (port, _, _p):
        rows = b"a,b\n" + 1_000_000 * b"1,2\n"
        slow = {"content-encoding": "gzip"}
        packed = gzip.compress(rows, 1)
        clients = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(8)]

        def ask(client):
            client.request("POST", "/model/sum", BODY, {"authorization": "Bearer " + hosts.TOKENS["score"], "content-type": "application/json"})
            answer = client.getresponse()
            same((answer.status, json.loads(answer.read())), (200, NINE))

        for client in clients:
            ask(client)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            began = time.monotonic()
            posted = [pool.submit(Client(port, hosts.TOKENS).ask, "POST", "/model/sum/csv", *one) for one in 4 * [(packed, "score", "text/csv", slow)] + 4 * [(rows, "score", "text/csv")]]
            longest = 0
            while not any(one.done() for one in posted):
                for client in clients:
                    asked = time.monotonic()
                    ask(client)
                    longest = max(longest, time.monotonic() - asked)
            took = time.monotonic() - began
            for one in posted:
                same(one.result().status in (200, 504), True)   # late, perhaps, but not lost
        for client in clients:
            client.close()
        if longest > took / 2:
            raise AssertionError(f"an answer took {longest:.2f} s of {took:.2f} s")


def test_questions_that_take_long_are_fewer_than_threads(program):
    """However many ask for what takes long, others are answered."""
    with hosts.native(program, "--quiet", "--threads=6", "--rows=3000000", "--body-bytes=40000000") as (port, _, _p), contextlib.ExitStack() as stack:
        quick = [stack.enter_context(Wire(port, POST)) for _ in range(8)]
        for w in quick:
            nine(w.answer())
        rows = gzip.compress(b"a,b\n" + 300_000 * b"1,2\n", 1)
        fields = (f"content-length: {len(rows)}", "content-encoding: gzip")
        slow = [stack.enter_context(Wire(port, head("POST /model/sum/csv HTTP/1.1", *fields).replace(b"application/json", b"text/csv") + rows)) for _ in range(12)]
        answers = 0
        while not select.select([w.socket for w in slow], [], [], 0)[0]:
            for w in quick:
                w.send(POST)
                nine(w.answer())
                answers += 1
        same(answers > 100, True)
        for w in slow:
            same(w.answer()[0] in (200, 504), True)


def test_many_connections(program):
    """Fifteen hundred that say nothing cost no thread, and keep nobody out."""
    enough = 2_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(enough, hard), hard))
    try:
        with hosts.native(program, "--quiet", "--threads=4") as (port, _, process), contextlib.ExitStack() as stack:
            for _ in range(min(enough, hard) - 500):
                stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum", BODY), 200, NINE)
            same(len(os.listdir(f"/proc/{process.pid}/task")) <= 6, True)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_no_more_files(program):
    """With as many connections as there may be files, others wait for one to end, and the server does not spin meanwhile."""
    for limit in (64, 300):   # with the lower one, files are still what is short
        with hosts.native(program, "--quiet") as (port, _, process):
            resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (limit, limit))
            with contextlib.ExitStack() as stack:
                for _ in range(limit + 50):
                    stack.enter_context(socket.create_connection(("127.0.0.1", port)))
                with Wire(port, POST) as late:
                    time.sleep(0.5)
                    before = processor_time(process)
                    time.sleep(2)
                    same((processor_time(process) - before < 0.2, select.select([late.socket], [], [], 0)[0]), (True, []))
                    stack.close()
                    nine(late.answer())


def test_long_bodies_share_memory(program):
    """So many that come at once, and slowly, are too many; short requests are answered all the same."""
    with hosts.native(program, "--quiet") as (port, _, process), contextlib.ExitStack() as stack:
        part = head("PUT /model/new HTTP/1.1", "content-length: 60000000") + 30_000_000 * b" "
        slow = []
        for _ in range(12):
            w = stack.enter_context(Wire(port))
            with contextlib.suppress(OSError):
                w.send(part)
            slow.append(w)
            nine(stack.enter_context(Wire(port, POST)).answer())
        answers = [w.answer() for w in slow if select.select([w.socket], [], [], 0.5)[0]]
        same((2 <= len(answers) <= 6, {(status, fields["retry-after"]) for status, fields, _ in answers}), (True, {(503, "1")}))
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            same(next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) < 700_000, True)
        stack.close()

        def is_taken():   # there is room again
            with Wire(port, head("PUT /model/new HTTP/1.1", "content-length: 10000000") + 10_000_000 * b" ") as w:
                return w.answer()[0] != 503

        until(is_taken)


def test_is_idle_when_nobody_asks(program):
    with hosts.native(program, "--quiet") as (port, _, process):
        answered(Client(port, hosts.TOKENS).ask("POST", "/model/sum", BODY), 200, NINE)
        time.sleep(3)   # it looks for long answers a little longer

        def used():
            with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
                threads = [f"/proc/{process.pid}/task/{name}/status" for name in os.listdir(f"/proc/{process.pid}/task")]
                same(file.readline().startswith("Name:"), True)
            count = 0
            for path in threads:
                with open(path, encoding="utf-8") as file:
                    count += sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)
            return count

        before = used()
        time.sleep(2)
        same(used() - before, 0)   # no thread has as much as woken up


def test_ends_under_load(program):
    """From SIGTERM on each answer says that it is its connection's last; whoever then goes elsewhere loses nothing."""
    with hosts.native(program, "--quiet", "--drain-ms=500") as (port, _, process):
        started = threading.Barrier(9, timeout=20)

        def work(_):
            with Wire(port) as w:
                for k in range(1_000_000):
                    w.send(POST)
                    if "connection" in nine(w.answer()):
                        return w.ends()
                    if k == 10:
                        started.wait()
            return False

        with concurrent.futures.ThreadPoolExecutor(8) as pool, Wire(port) as idle:
            running = [pool.submit(work, i) for i in range(8)]
            started.wait()
            process.terminate()
            same([one.result() for one in running], [True] * 8)
            same(idle.ends(), True)
        same(process.wait(15), 0)


def test_addresses(program):
    """An address is that of one server; IPv6 is one, too, and its ::1 this very machine."""
    with hosts.native(program, "--quiet") as (port, _, _p):
        run = subprocess.run([program, "serve", f"--port={port}", hosts.MODELS["sum"]], capture_output=True, text=True, timeout=20, check=False)
        same((run.returncode, "cannot listen" in run.stderr), (4, True))
    if os.path.exists("/proc/net/if_inet6"):
        with hosts.process([program, "serve", "--quiet", "--address=::1", "--port=0", hosts.MODELS["sum"]], r"serving http://::1:(\d+)") as (port, _, _p), Wire(port, address="::1") as w:
            w.send(POST.replace(b"host: x", b"host: [::1]"))
            nine(w.answer())


TESTS = [(name[5:], test) for name, test in list(globals().items()) if name.startswith("test_")]
