"""A relay that keeps what it is sent."""

import base64
import email
import email.policy
import socketserver
import ssl
import subprocess
import threading


def certificate(folder):
    """Of localhost, signed by itself: the files of the certificate and the key."""
    made = [f"{folder}/relay.pem", f"{folder}/relay.key"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-out", made[0], "-keyout", made[1]], check=True, capture_output=True)
    return made


class Relay:
    """`refuses`: whether a mail, counted from 0, is not taken. With a certificate TLS is offered, with a login demanded."""

    def __init__(self, refuses=lambda n: False, tls=None, login=None):
        self.mails, self.tried, self.arrived = [], 0, threading.Condition()
        relay = self

        class Session(socketserver.StreamRequestHandler):
            def say(self, line):
                self.wfile.write(line.encode() + b"\r\n")

            def read(self):
                return self.rfile.readline().decode().rstrip("\r\n")

            def handle(self):
                self.is_encrypted, self.is_known, sender, receivers = False, login is None, None, []
                self.say("220 localhost")
                while line := self.read():
                    word, _, rest = line.partition(" ")
                    word = word.upper()
                    if word == "EHLO":
                        if tls and not self.is_encrypted:
                            self.say("250-STARTTLS")
                        if login and self.is_encrypted:
                            self.say("250-AUTH PLAIN")
                        self.say("250 8BITMIME")
                    elif word == "STARTTLS" and tls:
                        self.say("220 begin")
                        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                        context.load_cert_chain(*tls)
                        self.connection = context.wrap_socket(self.connection, server_side=True)
                        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                        self.is_encrypted = True
                    elif word == "AUTH":
                        first = rest.partition(" ")[2]
                        if not first:
                            self.say("334 ")
                            first = self.read()
                        self.is_known = base64.b64decode(first).decode().split("\0")[1:] == list(login)
                        self.say("235 welcome" if self.is_known else "535 wrong")
                    elif word == "MAIL":
                        sender, receivers = rest, []
                        self.say("250 ok" if self.is_known else "530 who are you?")
                    elif word == "RCPT":
                        receivers.append(rest.partition("<")[2].partition(">")[0])
                        self.say("250 ok")
                    elif word == "DATA":
                        self.take(sender, receivers)
                    elif word == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 ok" if word in ("RSET", "NOOP") else "502 unknown")

            def take(self, sender, receivers):
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b"..") else line)
                with relay.arrived:
                    is_refused = refuses(relay.tried)
                    relay.tried += 1
                    if not is_refused:
                        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                        relay.mails.append((sender, receivers, mail, self.is_encrypted))
                    relay.arrived.notify_all()
                self.say("451 later" if is_refused else "250 taken")

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_):  # a client that does not trust us goes away
                pass

        self.server = Server(("127.0.0.1", 0), Session)
        self.url = f"smtp://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, n):
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.mails) >= n)
        return self.mails
