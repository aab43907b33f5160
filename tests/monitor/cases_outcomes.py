"""What came true: by id and key, late and early, once; and the figures that follow, computed here directly."""

import json
import math
import random

from monitor import Monitor, id_of, iso, midnight, prediction

RULES = {"models": [{"match": "*", "key": "customer", "quality": {"figure": "auc", "threshold": 0.6, "days": 1, "least": 10}}]}


def scored(day, n, seed=1, variant=None, version="1", customers=None, shift=0.0):
    source = random.Random(seed)
    records, truth = [], []
    for i in range(n):
        p = source.random()
        truth.append("yes" if source.random() < p else "no")
        told = min(0.999, max(0.001, p + shift * source.uniform(-1, 1)))
        inputs = {"customer": customers[i]} if customers else {}
        records.append(prediction("loan", midnight(day) + i, inputs, {"y": "yes" if told > 0.5 else "no", "probability(yes)": told,
                                                                       "probability(no)": 1 - told}, variant, version))
    return records, truth


def probability(record):
    outputs = record["body"]["kvlistValue"]["values"][-1]["value"]["kvlistValue"]["values"]
    return next(o["value"]["doubleValue"] for o in outputs if o["key"] == "probability(yes)")


def test_figures_are_those_of_the_cases(program, folder):
    with Monitor(program, folder, RULES) as m:
        records, truth = scored(-2, 400)
        m.send(records)
        got = m.ask("/api/outcomes", "POST", [{"id": id_of(r), "outcome": t} for r, t in zip(records, truth, strict=True)])
        assert got == {"taken": 400, "waiting": 0, "repeated": 0, "refused": []}, got
        ps = [probability(r) for r in records]
        events = [p for p, t in zip(ps, truth, strict=True) if t == "yes"]
        others = [p for p, t in zip(ps, truth, strict=True) if t == "no"]
        auc = sum((a > b) + (a == b) / 2 for a in events for b in others) / len(events) / len(others)
        brier = sum((p - (t == "yes")) ** 2 for p, t in zip(ps, truth, strict=True)) / 400
        accuracy = sum((p > 0.5) == (t == "yes") for p, t in zip(ps, truth, strict=True)) / 400
        quality = m.ask("/api/models/loan")["quality"]
        window = quality["windows"][0]
        assert window["start"] == iso(midnight(-2)) and window["cases"] == 400 and window["known"] == 1
        assert abs(window["value"] - auc) < 0.0005 and window["low"] < auc < window["high"]
        figures = quality["figures"]
        assert abs(figures["brier"] - brier) < 0.0005 and abs(figures["accuracy"] - accuracy) < 1e-9
        assert sum(g["cases"] for g in quality["calibration"]) == 400
        # The range is that of DeLong, by its definition.
        above = lambda p: (sum(p > b for b in others) + sum(p == b for b in others) / 2) / len(others)
        below = lambda p: (sum(p < b for b in events) + sum(p == b for b in events) / 2) / len(events)
        var = lambda xs: sum((x - sum(xs) / len(xs)) ** 2 for x in xs) / (len(xs) - 1)
        error = math.sqrt(var([above(p) for p in events]) / len(events) + var([below(p) for p in others]) / len(others))
        assert abs(window["low"] - (auc - 1.96 * error)) < 0.001


def test_regression(program, folder):
    rules = {"models": [{"match": "*", "quality": {"figure": "rmse", "threshold": 5, "days": 1, "least": 10}}]}
    with Monitor(program, folder, rules) as m:
        source = random.Random(5)
        pairs = [(source.uniform(0, 100), source.gauss(1, 8)) for _ in range(200)]
        records = [prediction("price", midnight(-1) + i, {}, {"price": y}) for i, (y, _) in enumerate(pairs)]
        m.send(records)
        m.ask("/api/outcomes", "POST", {"outcomes": [{"id": id_of(r), "outcome": y - e} for r, (y, e) in zip(records, pairs, strict=True)]})
        quality = m.ask("/api/models/price")["quality"]
        rmse = math.sqrt(sum(e * e for _, e in pairs) / 200)
        assert abs(quality["windows"][0]["value"] - rmse) < 1e-9 and quality["better"] == "lower"
        assert abs(quality["figures"]["bias"] - sum(e for _, e in pairs) / 200) < 1e-9
        assert m.ask("/api/models")["models"][0]["status"] == "below"


def test_an_outcome_counts_once(program, folder):
    with Monitor(program, folder, RULES) as m:
        records, truth = scored(-1, 20)
        m.send(records)
        rows = [{"id": id_of(r), "outcome": t} for r, t in zip(records, truth, strict=True)]
        m.ask("/api/outcomes", "POST", rows)
        again = m.ask("/api/outcomes", "POST", rows)
        assert again["repeated"] == 20 and again["taken"] == 0
        other = m.ask("/api/outcomes", "POST", [{"id": rows[0]["id"], "outcome": "maybe"}])
        assert [r["row"] for r in other["refused"]] == [1]
        assert m.ask("/api/models/loan")["quality"]["cases"] == 20


def test_outcomes_may_come_first(program, folder):
    with Monitor(program, folder, RULES) as m:
        records, truth = scored(-1, 20)
        rows = [{"id": id_of(r), "outcome": t} for r, t in zip(records, truth, strict=True)]
        assert m.ask("/api/outcomes", "POST", rows)["waiting"] == 20
        m.kill()
        m.start()
        m.send(records)
        assert m.ask("/api/models/loan")["quality"]["cases"] == 20


def test_by_otlp(program, folder):
    with Monitor(program, folder, RULES) as m:
        records, truth = scored(-1, 12)
        for r, t in list(zip(records, truth, strict=True)):
            records.append({"timeUnixNano": r["timeUnixNano"], "eventName": "scoring.outcome", "attributes": [
                {"key": "scoring.prediction.id", "value": {"stringValue": id_of(r)}},
                {"key": "scoring.outcome.value", "value": {"stringValue": t}}]})
        assert m.send(records) == {}
        assert m.ask("/api/models/loan")["quality"]["cases"] == 12


def test_csv_by_key(program, folder):
    with Monitor(program, folder, RULES) as m:
        records, truth = scored(-1, 30, customers=[f"c-{i}" for i in range(30)])
        m.send(records)
        text = "key,model,outcome,time\n" + "".join(f"c-{i},loan,{t},{iso(midnight())}\n" for i, t in enumerate(truth))
        text += "c-1,loan\n,loan,yes,\nc-2,loan,yes,yesterday\nc-99,loan,no,\n"
        got = m.ask("/api/outcomes", "POST", text, type="text/csv")
        assert got["taken"] == 30 and got["waiting"] == 1 and [r["row"] for r in got["refused"]] == [31, 32, 33], got
        assert m.ask("/api/models/loan")["quality"]["cases"] == 30
        for bad in ("", "a,b\n1,2\n"):
            assert m.request("POST", "/api/outcomes", bad, type="text/csv")[0] == 400
        for bad in ("{", "7", '{"x":1}'):
            assert m.request("POST", "/api/outcomes", bad)[0] == 400


def test_a_better_challenger_is_found(program, folder):
    """Both scored each request: pairs. The range is compared with the formula of the source."""
    with Monitor(program, folder, RULES) as m:
        customers = [f"c-{i}" for i in range(1500)]
        champion, truth = scored(-3, 1500, 7, "champion", "1", customers, shift=0.6)
        challenger, same = scored(-3, 1500, 7, "challenger", "2", customers, shift=0.05)
        # The sources are apart after the first case: outcomes are the champion's.
        m.send(champion)
        m.send(challenger)
        m.ask("/api/outcomes", "POST", [{"key": c, "outcome": t} for c, t in zip(customers, truth, strict=True)])
        got = m.ask("/api/models/loan")["comparison"]
        loss = lambda r, t: (probability(r) - (t == "yes")) ** 2
        d = [loss(a, t) - loss(b, t) for a, b, t in zip(champion, challenger, truth, strict=True)]
        n, mean = len(d), sum(d) / len(d)
        variance = sum((x - mean) ** 2 for x in d) / n
        alpha = 0.05
        rho2 = (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)) / 1000
        half = math.sqrt(variance) * math.sqrt(2 * (n * rho2 + 1) / (n * n * rho2) * math.log(math.sqrt(n * rho2 + 1) / alpha))
        assert got["paired"] and got["cases"] == n
        assert abs(got["difference"] - mean) < 1e-9 and abs(got["low"] - (mean - half)) < 1e-9, (got["low"], mean - half)
        assert got["verdict"] == "challenger" and got["certainSince"] == iso(midnight(-3))
        kinds = [a["kind"] for a in m.ask("/api/alerts")["alerts"]]
        assert "challenger" in kinds, kinds
        # The champion's own figures are not those of the challenger.
        assert m.ask("/api/models/loan")["quality"]["cases"] == n


def test_equal_models_are_too_close_to_call(program, folder):
    with Monitor(program, folder, RULES) as m:
        customers = [f"c-{i}" for i in range(800)]
        champion, truth = scored(-3, 800, 3, "champion", "1", customers, shift=0.1)
        m.send(champion)
        other = [json.loads(json.dumps(r)) for r in scored(-3, 800, 3, "challenger", "2", customers, shift=0.1)[0]]
        m.send(other)
        m.ask("/api/outcomes", "POST", [{"key": c, "outcome": t} for c, t in zip(customers, truth, strict=True)])
        got = m.ask("/api/models/loan")["comparison"]
        assert got["verdict"] == "undecided" and got["difference"] == 0, got
