#!/usr/bin/env python3
"""Sixty days of three kiosks in a minute: monitoring.py SCORELET FOLDER [--serve]

Every part is real: documents are scored by `scorelet score`, events kept in queues and sent by `scorelet send` to a
`scorelet monitor`, which tells its alerts to a webhook, and promotes the challenger at a `scorelet serve`. Applicants,
and who of them does not pay back, are made up from a fixed seed:
  - from day 15 on ever more applicants work by the gig, and these pay back ever less, which the champion does not know;
  - a challenger that does scores the same requests from day 30 on;
  - on day 57 a release sends incomes of a year instead of a month;
  - one kiosk is offline for the last six days, and then comes back.
"""

import hashlib
import http.server
import json
import math
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

DAYS, ROWS, OUTCOME_AFTER = 60, 100, 7
KIOSKS = ("kiosk-cork", "kiosk-galway", "kiosk-limerick")
OFFLINE, OFFLINE_FROM, JUMP, CHALLENGED = "kiosk-galway", 54, 57, 30
FIELDS = ("application", "income", "amount", "late_payments", "employment")
TOKEN = "demonstration"

PMML = """<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header modelVersion="{version}"/>
<DataDictionary>
 <DataField name="application" optype="categorical" dataType="string"/>
 <DataField name="income" optype="continuous" dataType="double"/>
 <DataField name="amount" optype="continuous" dataType="double"/>
 <DataField name="late_payments" optype="continuous" dataType="double"/>
 <DataField name="employment" optype="categorical" dataType="string"/>
 <DataField name="default" optype="categorical" dataType="string"><Value value="yes"/><Value value="no"/></DataField>
</DataDictionary>
<RegressionModel modelName="credit" functionName="classification" normalizationMethod="logit">
 <MiningSchema><MiningField name="default" usageType="target"/><MiningField name="application"/>
  <MiningField name="income"/><MiningField name="amount"/><MiningField name="late_payments"/><MiningField name="employment"/></MiningSchema>
 <Output><OutputField name="default" feature="predictedValue" dataType="string" optype="categorical"/>
  <OutputField name="probability(yes)" feature="probability" value="yes" dataType="double" optype="continuous"/></Output>
 <RegressionTable targetCategory="yes" intercept="-1.6"><NumericPredictor name="income" coefficient="-0.0005"/>
  <NumericPredictor name="amount" coefficient="0.00009"/><NumericPredictor name="late_payments" coefficient="0.7"/>
  <CategoricalPredictor name="application" value="-" coefficient="0"/>
  <CategoricalPredictor name="employment" value="gig" coefficient="{gig}"/></RegressionTable>
 <RegressionTable targetCategory="no" intercept="0"/>
</RegressionModel></PMML>
"""


def say(text):
    print(f"[demo {time.monotonic() - BEGAN:4.0f}s] {text}", flush=True)


BEGAN = time.monotonic()


def applicants(source, day, kiosk):
    """Rows, and which of them do not pay back."""
    trend = min(1.0, max(0.0, (day - 15) / 25))
    rows, truth = [], []
    for i in range(ROWS):
        income, amount = math.exp(source.gauss(7.7, 0.35)), math.exp(source.gauss(9.0, 0.6))
        late, gig = source.choices(range(5), (60, 22, 10, 5, 3))[0], source.random() < 0.06 + 0.3 * trend
        risk = -1.6 - 0.0005 * income + 0.00009 * amount + 0.7 * late + 2.2 * trend * gig
        truth.append("yes" if source.random() < 1 / (1 + math.exp(-risk)) else "no")
        shown = income * 12 if day >= JUMP else income
        rows.append((f"{kiosk}-{day}-{i}", f"{shown:.2f}", f"{amount:.0f}", str(late), "gig" if gig else "permanent"))
    return rows, truth


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(FIELDS) + "\n" + "".join(",".join(row) + "\n" for row in rows))


class Demonstration:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.processes, self.alerts = [], []
        self.first = (int(time.time()) // 86400 - DAYS + 1) * 86400

    def path(self, name):
        return f"{self.folder}/{name}"

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], check=True, capture_output=True)

    def begin(self, *arguments):
        """A server, and its address."""
        process = subprocess.Popen([self.program, *arguments], stderr=subprocess.PIPE, text=True)
        self.processes.append(process)
        for line in process.stderr:
            if "http://" in line:
                threading.Thread(target=process.stderr.read, daemon=True).start()
                return "http://" + line.split("http://")[1].split()[0]
        raise SystemExit(f"{arguments[0]} did not begin")

    def ask(self, path, method="GET", body=None, type="application/json", base=None, headers=None):
        if isinstance(body, dict):
            body = json.dumps(body)
        request = urllib.request.Request((base or self.monitor) + path, method=method, data=body.encode() if body else None,
                                         headers={"Content-Type": type, **(headers or {})})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def webhook(self):
        demonstration = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                demonstration.alerts.append(told)
                say(f"   webhook: {told['status']}: {told['alert']['title']}. {told['alert']['text']}")
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    def start(self):
        for version, gig in (("1", "0"), ("2", "2.1")):
            self.write(f"credit-{version}.pmml", PMML.format(version=version, gig=gig))
        rows = [row for day in range(10) for row in applicants(random.Random(99 + day), 0, "training")[0]]
        write_rows(self.path("training.csv"), rows)
        self.run("baseline", self.path("credit-1.pmml"), self.path("training.csv"), "-o", self.path("baseline.json"))
        digest = hashlib.sha256(TOKEN.encode()).hexdigest()
        tokens = self.write("tokens", f"demo score,explain,manage {digest}\n")
        self.service = self.begin("serve", "credit=" + self.path("credit-1.pmml"), "--port", "0", "--tokens", tokens, "--quiet")
        put = {"match": "credit", "put": self.service + "/model/credit", "tokenFile": self.write("token", TOKEN)}
        rules = {
            "format": "scorelet-rules/1", "webhook": self.webhook(), "eventDays": DAYS + 30, "quietMinutes": 0.05, "lateHours": 72,
            "models": [{"match": "credit", "key": "application", "drift": 0.2, "event": "yes", "score": "probability(yes)",
                        "quality": {"figure": "auc", "threshold": 0.72, "days": 7, "windows": 2}}],
            "groups": [{"match": "*", "retrain": "any"}],
            "hooks": [{"on": "promote", "document": self.path("credit-2.pmml"), **put},
                      {"on": "rollback", "document": self.path("credit-1.pmml"), **put}]}
        self.monitor = self.begin("monitor", "--data", self.path("data"), "--rules", self.write("rules.json", json.dumps(rules)),
                                  "--listen", "127.0.0.1:0", "--every", "1")
        with open(self.path("baseline.json"), encoding="utf-8") as file:
            self.ask("/api/models/credit/baseline", "PUT", file.read())
        say(f"monitoring at {self.monitor}, champion served at {self.service}")

    def day_of(self, kiosk, day):
        rows, truth = applicants(random.Random(f"{kiosk}-{day}"), day, kiosk)
        write_rows(self.path(f"{kiosk}.csv"), rows)
        opened = time.strftime("%Y-%m-%dT00:00:01Z", time.gmtime(self.first + day * 86400))
        for version, variant in (("1", "champion"), ("2", "challenger")):
            if variant == "challenger" and day < CHALLENGED:
                continue
            self.run("score", self.path(f"credit-{version}.pmml"), self.path(f"{kiosk}.csv"), "--events", self.path(kiosk), "--variant",
                     variant, "--event-time", opened, "--full", ",".join(FIELDS), "--baseline", self.path("baseline.json"), "-o",
                     self.path(f"{kiosk}.scores.csv"), "--quiet")
        if kiosk != OFFLINE or day < OFFLINE_FROM:
            self.send(kiosk)
        return [(row[0], t) for row, t in zip(rows, truth, strict=True)]

    def send(self, kiosk):
        self.run("send", self.path(kiosk), self.monitor, "--instance", kiosk, "--quiet")

    def live(self):
        outcomes = []
        with ThreadPoolExecutor(len(KIOSKS)) as pool:
            for day in range(DAYS):
                told = list(pool.map(lambda kiosk, day=day: self.day_of(kiosk, day), KIOSKS))
                outcomes.append([pair for part in told for pair in part])
                if day >= OUTCOME_AFTER:
                    text = "key,outcome\n" + "".join(f"{key},{outcome}\n" for key, outcome in outcomes[day - OUTCOME_AFTER])
                    self.ask("/api/outcomes", "POST", text, type="text/csv")
                if day % 10 == 9:
                    say(f"day {day + 1}: {self.ask('/api/today')['headline']}")

    def wait_for(self, kind, status):
        while not any(a["alert"]["kind"] == kind and a["status"] == status for a in self.alerts):
            time.sleep(0.1)

    def finish(self):
        self.wait_for("hosts", "firing")
        say(f"{OFFLINE} comes back with what it kept")
        before = self.predictions()
        self.send(OFFLINE)
        self.wait_for("hosts", "resolved")
        say(f"   {before:.0f} predictions were known, {self.predictions():.0f} are: nothing was lost, nothing came twice")
        model = self.ask("/api/models/credit")
        say("drift: " + model["drift"]["text"])
        say("quality: " + model["quality"]["text"])
        comparison = model["comparison"]
        say(f"challenger: {comparison['text']} {comparison['detail']}")
        alert = next(a for a in self.ask("/api/alerts")["alerts"] if a["kind"] == "challenger")
        self.ask(f"/api/alerts/{alert['id']}", "POST", {"action": "promote", "by": "demo"})
        for change in reversed(self.ask("/api/changes")["changes"]):
            say(f"   record: {change['time']} {change['by']}: {change['kind']}: {change['text']}")
        with open(self.path("kiosk-cork.csv"), encoding="utf-8") as file:
            names, *rows = (line.strip().split(",") for line in file)
        row = next(r for r in rows if r[-1] == "gig")
        arguments = {n: float(v) if n in ("income", "amount", "late_payments") else v for n, v in zip(names, row, strict=True)}
        served = self.ask("/model/credit", "POST", {"arguments": arguments}, base=self.service, headers={"Authorization": f"Bearer {TOKEN}"})
        say(f"the service answers by version 2 now: {served['results']}")
        assert self.predictions() == DAYS * ROWS * len(KIOSKS), self.predictions()
        self.wait_for("jump", "firing")

    def predictions(self):
        return sum(v["predictions"] for v in self.ask("/api/models/credit")["versions"] if v["variant"] == "champion")

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait()


def main():
    demonstration = Demonstration(sys.argv[1], sys.argv[2])
    try:
        demonstration.start()
        demonstration.live()
        demonstration.finish()
        if "--serve" in sys.argv:
            say(f"{demonstration.monitor}/ until Ctrl-C")
            threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        demonstration.stop()


if __name__ == "__main__":
    main()
