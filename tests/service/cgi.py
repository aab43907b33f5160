"""An HTTP server that runs a program for every request, by CGI: cgi.py COMMAND... (its environment gets the request's head as --env options
before the last word, the module)."""

import http.server
import os
import subprocess
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        variables = {"REQUEST_METHOD": self.command, "REQUEST_URI": self.path, "CONTENT_LENGTH": str(length),
                     "CONTENT_TYPE": self.headers.get("content-type", "")}
        for name, value in self.headers.items():
            variables["HTTP_" + name.upper().replace("-", "_")] = value
        *command, module = sys.argv[1:]
        options = [word for name, value in variables.items() for word in ("--env", f"{name}={value}")]
        run = subprocess.run([*command, *options, module], input=body, capture_output=True, check=False, env={**os.environ, **variables})
        head, _, content = run.stdout.partition(b"\r\n\r\n")
        (_, status), *headers = (line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response_only(int(status))
        for name, value in headers:
            self.send_header(name, value)
        if int(status) not in (204, 304):
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, *_):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    print(f"serving http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
