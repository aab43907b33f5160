"""explain and ask."""

import csv
import io
import json
import os

from program import CONSUMPTION, FAILED, FILES, LAG, LINE, ROOT, USAGE, holds, same

TREES = os.path.join(ROOT, "tests/data/explain/a04_xgb_binary_missing")


def of(name):
    return os.path.join(TREES, name)


def test_explain_adds_up(p):
    # consumption.pmml: 0.157 - 0.164 PRICE + ... is a sum: each contribution is coefficient times distance from the mean.
    rows = p.file("rows.csv", "who,PRICE,INC,TEMP,PRICEINC\na,1,2,3,4\nb,1,2,,4\n")
    background = p.file("typical.csv", "PRICE,INC,TEMP,PRICEINC\n1,0,3,4\n1,4,1,4\n")
    out, _ = p.run("explain", CONSUMPTION, rows, "-b", background, "--id", "who")
    first, second = csv.DictReader(io.StringIO(out))
    same(first["who"], "a")
    same(first["method"], "additive")
    total = sum(float(first[name]) for name in ("base", "PRICE", "INC", "TEMP", "PRICEINC") if name in first)
    assert abs(total - float(first["value"])) < 1e-12
    assert float(first["PRICE"]) == 0 and float(first["TEMP"]) != 0
    same(second["value"], "")
    holds(second["@diagnostics"], "no prediction")


def test_explain_classes(p):
    out, _ = p.run("explain", of("model.pmml"), of("rows.csv"), "-b", of("background.csv"), "--of", "1",
                   "--quantity", "margin")
    with open(of("shap_interventional_margin.csv"), encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    for row, want in zip(csv.DictReader(io.StringIO(out)), expected, strict=True):
        for name, value in want.items():
            assert abs(float(row[name]) - float(value)) < 2e-5, (name, row, want)
    p.run("explain", of("model.pmml"), of("rows.csv"), "--path-dependent", "--of", "1", "--quantity", "margin")


def test_explain_says_why_not(p):
    holds(p.run("explain", of("model.pmml"), of("rows.csv"), code=USAGE)[1], "--background")
    holds(p.run("explain", of("model.pmml"), of("rows.csv"), "-b", of("background.csv"), code=FAILED)[1], "not a number")
    holds(p.run("explain", LINE, of("rows.csv"), "--path-dependent", code=FAILED)[1], "sums of trees")
    holds(p.run("explain", of("model.pmml"), "nowhere.csv", "--path-dependent", "--of", "1", "--quantity", "margin",
                code=FILES)[1], "nowhere.csv")


def test_ask(p):
    record = {"temp": 0.5, "flow": 1, "press": 0, "vib": 0, "hum": 0, "speed": 1}

    def ask(question):
        return json.loads(p.run("ask", of("model.pmml"), json.dumps({"record": record, **question}), "-b", of("background.csv"))[0])

    now = ask({"ask": "tornado"})["now"]
    goal = ask({"ask": "goalSeek", "field": "temp", "relation": "<=", "target": now})
    assert any(r["from"] <= 0.5 <= r["to"] for r in goal["ranges"])
    ways = ask({"ask": "counterfactuals", "target": 0.9})["answers"]
    assert 1 <= len(ways) <= 3 and all(way["quantity"] >= 0.9 for way in ways)
    same(str(len(ask({"ask": "curve", "field": "temp", "points": 5})["quantity"])), "5")
    holds(p.run("ask", of("model.pmml"), '{"ask":"weather","record":{}}', code=FAILED)[1], "no question")
    holds(p.run("ask", of("model.pmml"), "{", code=FAILED)[1], "JSON")
    holds(p.run("ask", LAG, '{"ask":"tornado","record":{}}', code=FAILED)[1], "earlier records")
