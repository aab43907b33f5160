"""Who may do what, and what the page is."""

import hashlib
import os
import subprocess

from monitor import Monitor, logs, now, prediction


def test_tokens(program, folder):
    tokens = {"sender": "send", "viewer": "view", "manager": "view,manage", "scorer": "score"}
    with open(f"{folder}/tokens", "w", encoding="utf-8") as file:
        file.writelines(f"{name} {scopes} {hashlib.sha256(name.encode()).hexdigest()}\n" for name, scopes in tokens.items())
    with Monitor(program, folder, options=["--tokens", f"{folder}/tokens"]) as m:
        def status(method, path, who, body=None):
            headers = {"Authorization": f"Bearer {who}"} if who else {}
            return m.request(method, path, body, headers=headers)[0]

        body = logs([prediction("loan", now())])
        for who, send, view, manage in ((None, 401, 401, 401), ("nobody", 401, 401, 401), ("scorer", 403, 403, 403),
                                        ("sender", 200, 403, 403), ("viewer", 403, 200, 403), ("manager", 403, 200, 404)):
            assert status("POST", "/v1/logs", who, body) == send, who
            assert status("POST", "/api/outcomes", who, []) == send, who
            assert status("GET", "/api/today", who) == view, who
            assert status("POST", "/api/alerts/7", who, {"action": "close", "by": "x"}) == manage, who
        assert status("GET", "/healthz", None) == 200


def test_pages_of_others_change_nothing(program, folder):
    with Monitor(program, folder) as m:
        body = logs([prediction("loan", now())])
        assert m.request("POST", "/v1/logs", body, headers={"Origin": "http://elsewhere.example"})[0] == 403
        assert m.request("POST", "/v1/logs", body, headers={"Origin": m.url})[0] == 200
        assert m.request("GET", "/api/today", headers={"Host": "elsewhere.example"})[0] == 403
        assert m.request("GET", "/api/today", headers={"X-Forwarded-For": "1.2.3.4"})[0] == 403


def test_pages_of_named_origins_send(program, folder):
    with Monitor(program, folder, options=["--origin", "https://shop.example", "--origin", "http://127.0.0.1:81"]) as m:
        body = logs([prediction("loan", now())])
        asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-encoding,content-type"}
        for origin, path, known in (("https://shop.example", "/v1/logs", True), ("http://127.0.0.1:81", "/v1/metrics", True),
                                    ("https://shop.example", "/api/outcomes", True), ("https://shop.example", "/api/today", False),
                                    ("https://shop.example.evil", "/v1/logs", False), ("null", "/v1/logs", False)):
            status, _, headers = m.request("OPTIONS", path, headers={"Origin": origin, **asks})
            assert (status == 204) == known and headers["Access-Control-Allow-Origin"] == (origin if known else None), (origin, path, status)
            if known:
                assert "content-encoding" in headers["Access-Control-Allow-Headers"] and "POST" in headers["Access-Control-Allow-Methods"]
        status, _, headers = m.request("POST", "/v1/logs", body, headers={"Origin": "https://shop.example"})
        assert status == 200 and headers["Access-Control-Allow-Origin"] == "https://shop.example" and "origin" in headers["Vary"]
        # Refusals can be read by the page, too; but it may neither look nor decide.
        status, _, headers = m.request("POST", "/v1/logs", b"{", headers={"Origin": "https://shop.example"})
        assert status == 400 and headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert m.request("POST", "/api/alerts/1", {"action": "close", "by": "x"}, headers={"Origin": "https://shop.example"})[0] == 403
        assert m.request("GET", "/api/today", headers={"Origin": "https://shop.example"})[2]["Access-Control-Allow-Origin"] is None
        assert m.request("POST", "/v1/logs", body, headers={"Origin": "https://other.example"})[0] == 403


def test_beyond_loopback_needs_tokens(program, folder):
    for options, part in ((["--data", folder, "--listen", "0.0.0.0:0"], "--tokens"), ([], "--data"), (["--data", folder, "--listen", "x"], "ADDRESS:PORT"),
                          (["--data", folder, "--every", "0"], "--every"), (["--data", folder, "--origin", "https://a.example/"], "--origin"),
                          (["--data", folder, "--origin", "*"], "--origin"), (["--data", folder, "--models", f"{folder}/none"], "not there"), (["--data", folder, "--page", folder], "index.html")):
        done = subprocess.run([program, "monitor", *options], capture_output=True, text=True, check=False)
        assert done.returncode in (2, 4) and part in done.stderr, (options, done.stderr)


def test_the_page(program, folder):
    page = f"{folder}/page"
    os.makedirs(page + "/assets")
    for name, text in (("index.html", "<p>hello"), ("assets/a.js", "1"), ("../secret", "no")):
        with open(f"{page}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    with Monitor(program, folder, options=["--page", page]) as m:
        status, body, headers = m.request("GET", "/")
        assert status == 200 and body == b"<p>hello" and headers["Content-Type"].startswith("text/html")
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert m.request("GET", "/assets/a.js")[1] == b"1"
        for path in ("/../secret", "/%2e%2e/secret", "/assets/..%2f..%2f..%2fsecret", "/assets/none.js", "//secret"):
            assert m.request("GET", path)[0] in (400, 404), path


def test_unknown_places(program, folder):
    with Monitor(program, folder) as m:
        for path in ("/api", "/api/none", "/api/models/none", "/api/models/none/fields/x"):
            assert m.request("GET", path)[0] == 404, path
        m.send([prediction("loan", now(), {"age": 1})])
        for path in ("/api/models/loan?days=0", "/api/models/loan?days=x", "/api/models/loan?step=week", "/api/alerts?days=9999",
                     "/api/models/loan/fields/age?start=x", "/api/report", "/api/report?from=2026-02-30&to=2026-03-01"):
            assert m.request("GET", path)[0] == 400, path
        assert m.request("GET", "/api/models/loan/fields/none")[0] == 404
