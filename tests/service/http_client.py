"""One request at a time, as it is: no redirects, no decoding, any method; and a wait for what a server comes to by and by."""

import http.client
import json
import time


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def text(self):
        return self.body.decode()


class Client:
    """`tokens`: the text of a bearer token by its name; a request says which name it goes by."""

    def __init__(self, port, tokens=None):
        self.port = port
        self.tokens = tokens or {}

    def ask(self, method, path, body=None, token="score", type_="application/json", headers=None):
        sent = dict(headers or {})
        if token in self.tokens:
            sent["authorization"] = "Bearer " + self.tokens[token]
        if body is not None:
            if isinstance(body, dict | list):
                body = json.dumps(body)
            if isinstance(body, str):
                body = body.encode()
            if type_:
                sent["content-type"] = type_
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()


def until(holds):
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never comes to be")
