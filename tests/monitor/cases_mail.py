"""Alerts by mail: once when they open, once when they are over; over TLS; whatever happens to the webhook."""

import json
import os
import subprocess

from cases_drift import BASELINE, USUAL, day
from monitor import Monitor, Receiver
from smtp import Relay, certificate

FROM_TO = {"from": "scorelet@example.com", "to": ["risk@example.com", "data@example.com"]}


def settings(relay, **more):
    return {"server": relay.url, **FROM_TO, **more}


def drift(m, at=-1):
    day(m, at, [12 * x for x in USUAL])


def test_mailed_once_and_over_once(program, folder):
    relay, hook = Relay(), Receiver(lambda n: 503)
    with Monitor(program, folder, {"mail": settings(relay, startTls=False), "webhook": hook.url, "quietMinutes": 0}, every=0.2) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        drift(m)
        sender, receivers, mail, _ = relay.wait(1)[0]
        assert "scorelet@example.com" in sender and receivers == FROM_TO["to"]
        assert mail["Subject"] == "Scorelet: income has drifted (loan)" and mail["Auto-Submitted"] == "auto-generated"
        text = mail.get_content()
        assert "PSI" in text and "What to do: Look at where the field comes from" in text and "Model: loan" in text, text
        hook.wait(4)  # that the webhook takes nothing is no reason to mail again
        assert len(relay.mails) == 1
        day(m, 0, USUAL)
        over = relay.wait(2)[1][2]
        assert over["Subject"] == "Scorelet: Over: income has drifted (loan)" and over["Message-ID"] != mail["Message-ID"]
        m.stop()
        assert len(relay.mails) == 2 and relay.tried == 2


def test_mailed_again_until_it_is_taken(program, folder):
    relay = Relay(lambda n: n < 2)
    with Monitor(program, folder, {"mail": settings(relay, startTls=False)}, every=0.1) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        drift(m)
        relay.wait(1)
        m.stop()
        assert relay.tried == 3 and len(relay.mails) == 1


def test_mailed_once_whatever_is_started_again(program, folder):
    relay, manager = Relay(), Receiver()
    with Monitor(program, folder, {"mail": settings(relay, startTls=False), "alertmanager": manager.url}, every=0.1) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        drift(m)
        relay.wait(1)
        m.stop()
        m.start()
        manager.wait(len(manager.got) + 2)  # looks
        m.stop()
        assert len(relay.mails) == 1


def test_over_tls_with_a_password(program, folder):
    made = certificate(folder)
    with open(f"{folder}/password", "w", encoding="utf-8") as file:
        file.write("secret\n")
    relay = Relay(tls=made, login=("scorelet", "secret"))
    account = {"user": "scorelet", "passwordFile": f"{folder}/password"}
    with Monitor(program, folder, {"mail": settings(relay, authorities=made[0], **account)}, every=0.2) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        drift(m)
        _, _, mail, is_encrypted = relay.wait(1)[0]
        assert is_encrypted and mail["Subject"].startswith("Scorelet: income")
        m.stop()


def test_nothing_without_the_tls_that_is_wanted(program, folder):
    """Neither to a relay without TLS nor to one whose certificate nobody vouches for."""
    for place, relay in (("a", Relay()), ("b", Relay(tls=certificate(folder)))):
        os.mkdir(f"{folder}/{place}")
        hook = Receiver()
        with Monitor(program, f"{folder}/{place}", {"mail": settings(relay), "webhook": hook.url}, every=0.1) as m:
            m.ask("/api/models/loan/baseline", "PUT", BASELINE)
            drift(m)
            hook.wait(1)
            m.stop()  # after the look that told the webhook
        assert relay.tried == 0 and relay.mails == []


def test_settings_that_cannot_be(program, folder):
    good = {"server": "smtp://relay:587", **FROM_TO}
    for more, where in (({"server": "relay:587"}, "server"), ({"server": "smtp://relay"}, "server"), ({"from": "nobody"}, "from"),
                        ({"from": "a@b.c\r\nBcc: x@y.z"}, "from"), ({"to": []}, "to"), ({"to": ["a@b.c, d@e.f"]}, "to"),
                        ({"user": "x"}, "user"), ({"startTls": False, "user": "x", "passwordFile": "p"}, "startTls"), ({"cc": "a@b.c"}, "cc")):
        path = f"{folder}/wrong.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"format": "scorelet-rules/1", "mail": {**good, **more}}, file)
        done = subprocess.run([program, "rules", path, "--to=alertmanager"], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 4 and f"{where}:" in done.stderr, (more, done.stderr)
