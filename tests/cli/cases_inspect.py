"""inspect and verify."""

import json

from program import BASKET, BASKETS, FAILED, LINE, LOAN, MODEL, STATISTICS, VISITS, holds, same

LOAN_TEXT = """\
loan
  model         TreeModel, classification
  description   Whether a loan is repaid, from three questions
  document      PMML 4.4.1
  copyright     public domain
  verification  no records included

Inputs (3)
  name    type                 values             missing      invalid    label
  income  double, continuous   [0, inf)                                   Monthly income
  debts   double, continuous                      asValue '0'             Open debts
  home    string, categorical  own, rent, family               asMissing  Housing

Targets (1)
  name    type                 values   label
  repaid  string, categorical  yes, no  Repaid

Results (4)
  name    holds               type                 values   label
  repaid  predictedValue      string, categorical  yes, no  Repaid
  P(yes)  probability of yes  double, continuous
  P(no)   probability of no   double, continuous
  leaf    entityId            string, categorical
"""


def test_inspect_text(p):
    same(p.run("inspect", LOAN)[0], LOAN_TEXT)


def test_inspect_says_what_is_special(p):
    holds(p.run("inspect", LINE)[0], "[-10, 1000000], missing: -1", "no (--all-outputs)", "by hand 1", "records included")
    holds(p.run("inspect", BASKET)[0], "list of double, continuous")
    holds(p.run("inspect", BASKETS)[0], "list of string, categorical", "group")
    holds(p.run("inspect", VISITS)[0], "list of lists of string, categorical", "list of integer", "order")
    holds(p.run("inspect", LINE, "--model=without target")[0], "without target\n", "_target")


def test_inspect_training_data(p):
    text = p.run("inspect", STATISTICS)[0]
    holds(text, "Training data (3)\n", "  x     10       1        0        2       2     4", "a 70 %, b c 30 %")
    holds(text, "note badValue at line 40", "This number cannot be negative. It is left out; no score depends on it.")


def test_inspect_json(p):
    model = json.loads(p.run("inspect", LOAN, "--json")[0])
    same(str(sorted(model)), "['info', 'inputs', 'notes', 'results', 'targets']")
    same(json.dumps(model["info"], sort_keys=True), json.dumps({
        "annotations": [], "copyright": "public domain", "functionName": "classification", "hasVerification": False,
        "description": "Whether a loan is repaid, from three questions", "modelName": "loan", "modelType": "TreeModel",
        "pmmlVersion": "4.4.1"}, sort_keys=True))
    income, debts, home = model["inputs"]
    same(json.dumps(income), json.dumps({
        "name": "income", "displayName": "Monthly income", "dataType": "double", "opType": "continuous",
        "usageType": "active", "isCyclic": False, "isList": False, "isListOfSets": False, "isUsed": True, "values": [],
        "intervals": [{"left": 0, "right": None, "leftClosed": True, "rightClosed": income["intervals"][0]["rightClosed"]}],
        "missingValueTreatment": "none", "invalidValueTreatment": "returnInvalid", "outliers": "asIs"}))
    assert debts["missingValueTreatment"] == "asValue" and debts["missingValueReplacement"] == "0"
    assert home["invalidValueTreatment"] == "asMissing"
    assert [(v["value"], v["property"]) for v in home["values"]] == [("own", "valid"), ("rent", "valid"), ("family", "valid")]
    assert [(r["name"], r["kind"], r["feature"], r.get("value")) for r in model["results"]] == [
        ("repaid", "target", "predictedValue", None), ("P(yes)", "output", "probability", "yes"),
        ("P(no)", "output", "probability", "no"), ("leaf", "output", "entityId", None)]
    assert model["targets"][0]["name"] == "repaid" and model["notes"] == []


def test_inspect_refused(p):
    path = p.file("m.pmml", p.read(LINE).replace('function="greaterThan"', 'function="greater"')
                  .replace('<FieldRef field="y,1"/>', '<FieldRef field="none"/>'))
    out, err = p.run("inspect", path, code=MODEL)
    same(out, "")
    holds(err, "greater", "none")  # both faults at once
    out, err = p.run("inspect", path, "--json", code=MODEL)
    found = json.loads(out)["diagnostics"]
    assert len(found) >= 2 and all(d["severity"] == "error" and d["line"] > 0 for d in found), out
    same(err, "")


def test_verify_failure(p):
    out, _ = p.run("verify", LINE, code=FAILED)
    same(out, "record 1: as recorded\nrecord 2: as recorded\nrecord 3: differs\n  y: recorded 8, computed 7\n"
              "failed: 2 of 3 records, 1 field each\n")
    same(p.run("verify", LINE, "-q", code=FAILED)[0], "")
    report = json.loads(p.run("verify", LINE, "--json", code=FAILED)[0])
    assert report == {"records": 3, "fields": 1, "passed": False, "diagnostics": [],
                      "mismatches": [{"record": 3, "field": "y", "expected": "8", "actual": "7"}]}, report


def test_verify_a_record_that_cannot_be_scored(p):
    path = p.file("m.pmml", p.read(LINE).replace("<x>2</x>", "<x>-20</x>"))
    out, _ = p.run("verify", path, code=FAILED)
    holds(out, "record 2: could not be scored\n  y: recorded 5, computed nothing\n", "Record 2: ",
          "failed: 1 of 3 records, 1 field each\n")


def test_verify_success(p):
    path = p.file("m.pmml", p.read(LINE).replace("<y>8</y>", "<y>7</y>"))
    out, _ = p.run("verify", path)
    same(out, "".join(f"record {i}: as recorded\n" for i in (1, 2, 3)) + "passed: 3 of 3 records, 1 field each\n")


def test_nothing_to_verify(p):
    out, err = p.run("verify", LOAN, code=FAILED)
    same(out, "")
    holds(err, "nothing was verified")
