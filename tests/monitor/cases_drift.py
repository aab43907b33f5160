"""Values beside the baseline: PSI as its formula says, jumps, baselines that come later."""

import math

from monitor import Monitor, iso, midnight, now, prediction

BASELINE = {"format": "scorelet-baseline/1", "fields": [
    {"name": "income", "kind": "number", "rows": 1000, "missing": 0, "invalid": 0, "minimum": 0, "maximum": 5000,
     "edges": [1000, 2000, 3000], "counts": [250, 250, 250, 250]},
    {"name": "home", "kind": "category", "rows": 1000, "missing": 0, "invalid": 0, "values": ["rent", "own"], "counts": [600, 400, 0]}]}


def psi(reference, current):
    """Half a case added to every bin of both sides."""
    p = [(n + 0.5) / (sum(reference) + 0.5 * len(reference)) for n in reference]
    q = [(n + 0.5) / (sum(current) + 0.5 * len(current)) for n in current]
    return sum((b - a) * math.log(b / a) for a, b in zip(p, q, strict=True))


def day(m, at, incomes, homes=("rent", "own")):
    m.send([prediction("loan", midnight(at) + i, {"income": x, "home": homes[i % len(homes)]}) for i, x in enumerate(incomes)])


USUAL = [500, 1500, 2500, 3500] * 60


def fields(m, path="/api/models/loan"):
    return {f["name"]: f for f in m.ask(path)["drift"]["fields"]}


def test_psi_and_jump(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -4, USUAL)
        day(m, -3, USUAL)
        assert fields(m)["income"]["status"] == "fine" and m.ask("/api/alerts")["alerts"] == []
        day(m, -2, [12 * x for x in USUAL])
        income = fields(m)["income"]
        assert abs(income["drift"][-1] - psi([250] * 4, [0, 0, 0, 240])) < 1e-9, income["drift"]
        assert abs(income["drift"][0] - psi([250] * 4, [60] * 4)) < 1e-9
        assert income["status"] == "act" and [j["start"] for j in income["jumps"]] == [iso(midnight(-2))]
        assert income["outside"][-1] == 1 and abs(income["median"][-1] / 18_000 - 1) < 0.05
        assert fields(m)["home"]["status"] == "fine"
        alert = m.ask("/api/alerts")["alerts"][0]
        assert alert["kind"] == "jump" and alert["severity"] == "act" and alert["field"] == "income"
        assert alert["since"] == iso(midnight(-2))
        assert "income of loan jumped on" in m.ask("/api/today")["headline"]
        one = m.ask(f"/api/models/loan/fields/income?start={iso(midnight(-2))}")
        assert one["labels"] == ["<1000", "[1000, 2000)", "[2000, 3000)", ">=3000"], one["labels"]
        assert one["reference"] == [0.25] * 4 and one["previous"] == [0.25] * 4 and one["current"] == [0, 0, 0, 1]
        # It stays the same alert the next day, and is over when the values are as before.
        day(m, -1, [12 * x for x in USUAL])
        again = m.ask("/api/alerts")["alerts"]
        assert [a["id"] for a in again] == [alert["id"]] and again[0]["state"] == "firing", again
        day(m, 0, USUAL)
        over = [a for a in m.ask("/api/alerts")["alerts"] if a["id"] == alert["id"]][0]
        assert over["state"] == "resolved" and over["resolved"]


def test_outside_the_training_domain(program, folder):
    """Values that hosts hash tell it by their flag; a share at the limit is no alert."""
    with Monitor(program, folder, {"models": [{"match": "loan", "outside": 0.05, "drift": 100}]}) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)

        def send_day(at, beyond):
            m.send([prediction("loan", midnight(at) + i, {"income": 9000 if i < beyond[0] else 1500, "home": "boat" if i < beyond[1] else "own", "age": f"{i:016x}"},
                               flags={"age": "outside"} if i < beyond[2] else None) for i in range(200)])

        send_day(-2, (10, 10, 10))
        assert m.ask("/api/alerts")["alerts"] == []
        send_day(-1, (11, 10, 50))
        found = {a["field"]: a for a in m.ask("/api/alerts")["alerts"]}
        assert sorted(found) == ["age", "income"] and {a["kind"] for a in found.values()} == {"outside"}, found
        assert found["age"]["facts"] == {"share": 0.25, "limit": 0.05, "start": iso(midnight(-1))} and found["age"]["severity"] == "watch"
        assert found["income"]["text"] == "loan: in 5.5 % of predictions; limit 5.0 %.", found["income"]
        send_day(0, (10, 11, 0))
        assert {a["field"]: a["state"] for a in m.ask("/api/alerts")["alerts"]} == {"age": "resolved", "income": "resolved", "home": "firing"}


def test_slow_drift_is_no_jump(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        for at in range(-8, 0):
            k = 8 + at  # 0 to 7: one in ten more of the highest each day
            day(m, at, ([3500] * k + USUAL[: 10 - k]) * 24)
        income = fields(m)["income"]
        assert income["status"] == "watch" and income["jumps"] == [], income
        assert [a["kind"] for a in m.ask("/api/alerts")["alerts"]] == ["drift"]


def test_keys_do_not_drift(program, folder):
    with Monitor(program, folder, {"models": [{"match": "*", "key": "home"}]}) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, USUAL, ("a", "b", "c"))
        assert list(fields(m)) == ["income"] and m.ask("/api/alerts")["alerts"] == []


def test_few_rows_prove_nothing(program, folder):
    rules = {"models": [{"match": "*", "least": 1}]}
    with Monitor(program, folder, rules) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, [500, 3500, 500])
        income = fields(m)["income"]
        assert income["drift"][0] < income["bound"][0] and income["status"] == "fine", income


def test_categories(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, USUAL, ("rent", "own", "castle"))
        home = fields(m)["home"]
        assert abs(home["drift"][0] - psi([600, 400, 0], [80, 80, 80])) < 1e-9
        assert abs(home["novel"][0] - 1 / 3) < 1e-9
        assert m.ask("/api/models/loan/fields/home")["novelValues"] == [{"value": "castle", "count": 80}]


def test_ranges_as_text(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, ["<1000", "[1000, 2000)", ">=3000", ">=3000"] * 30)
        assert m.ask("/api/models/loan/fields/income")["current"] == [0.25, 0.25, 0, 0.5]


def test_a_baseline_that_comes_later(program, folder):
    with Monitor(program, folder) as m:
        day(m, -2, USUAL)
        assert fields(m)["income"]["status"] == "unknown" and not m.ask("/api/models/loan")["hasBaseline"]
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        day(m, -1, USUAL)
        income = fields(m)["income"]
        assert income["status"] == "fine" and all(x is not None for x in income["drift"]), income
        assert m.request("PUT", "/api/models/loan/baseline", "{}")[0] == 400


def test_missing_and_invalid(program, folder):
    with Monitor(program, folder) as m:
        m.ask("/api/models/loan/baseline", "PUT", BASELINE)
        m.send([prediction("loan", now(), {"income": None if i < 30 else 500.0}, flags={"income": "missing"} if i < 30 else {"income": "invalid"} if i < 50 else None)
                for i in range(100)])
        income = fields(m)["income"]
        assert income["missing"] == [0.3] and income["invalid"] == [0.2]
