"""Two answers to a row, held against each other."""

import json
import os
import re

from checks import CHECKS
from compare_values import number, same
from rewrites import REWRITES

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-9


def close(feature: str, a, b) -> bool:
    """Shares of 1 that are differences of such: digits beyond these are noise on both sides."""
    x, y = number(a), number(b)
    return feature == "probability" and x is not None and y is not None and abs(x - y) <= 1e-14


class Difference:
    def __init__(self, name, feature, ours, theirs, answer, peer):
        self.name, self.feature, self.ours, self.theirs = name, feature, ours, theirs
        self.answer, self.peer = answer, peer   # Scorelet's and the peer's whole answers to the row
        self.error = peer.get("@error")         # what the peer says instead of an answer

    def kind(self) -> str:
        """What stays the same while a document is reduced."""
        said = re.sub(r'"[^"]*"|[-0-9.]+', "*", self.error) if self.error else state(self.theirs)
        faults = "|".join(sorted({d["code"] for d in self.answer.get("@diagnostics", [])}))
        return f"{self.feature} {state(self.ours)} {said} {faults}"

    def __str__(self):
        shown = f"error {self.error[:300]}" if self.error else json.dumps(self.theirs)
        faults = "; ".join(d["message"] for d in self.answer.get("@diagnostics", []))
        return f"{self.name} ({self.feature}): scorelet {json.dumps(self.ours)}, JPMML {shown}" + (
            f"  [{faults}]" if faults else "")


def compare(features: dict, ours: dict, theirs: dict):
    """Yields for each value None (equal) or a Difference. `features`: name of a result → (feature, dataType)."""
    error = theirs.get("@error")
    for name, (feature, type_) in features.items():
        a, b = ours.get(name), theirs.get(name)
        tolerance = 3e-7 if type_ == "float" else TOLERANCE
        yield None if not error and (same(a, b, tolerance) or close(feature, a, b)) else Difference(
            name, feature, a, b, ours, theirs)
    if error:
        return
    mine, his = ours.get("@details", {}), theirs.get("@details", {})
    for what in ("entityId", "probability", "confidence", "affinity"):
        a, b = mine.get(what), his.get(what)
        if not a or not b:
            continue  # what a model type tells besides its results differs
        if what == "entityId":
            yield None if same(a, b, 0) else Difference("@" + what, what, a, b, ours, theirs)
            continue
        for key in sorted(set(a) & set(b)):
            yield None if same(a[key], b[key], TOLERANCE) or close(what, a[key], b[key]) else Difference(
                f"@{what}.{key}", what, a[key], b[key], ours, theirs)


class Explained:
    """The rules of explained.json; the first that recognises a difference explains it."""

    def __init__(self, types: list):
        with open(os.path.join(HERE, "explained.json"), encoding="utf-8") as f:
            self.rules = json.load(f)["rules"]
        for rule in self.rules:
            if not rule.get("argument"):
                raise ValueError(f"{rule['id']}: a rule needs an argument")
            if rule.get("check", "missing_votes") not in CHECKS or rule.get("rewrite", "is_not_valid") not in REWRITES:
                raise ValueError(f"{rule['id']}: no such check or rewrite")
        self.counts = {rule["id"]: 0 for rule in self.rules}

    def rule(self, type_: str, document: str, row: dict, difference: Difference, again=None, without=(), done=()):
        """`again`: the difference from the peer's answer to a document with these rewrites done, and that document."""
        for rule in self.rules:
            if rule["id"] in without or not recognises(rule, type_, document, row, difference):
                continue
            if "rewrite" in rule:
                now = (*done, rule["rewrite"])
                other, text = again(now, difference)
                if other and not self.rule(type_, text, row, other, again, (*without, rule["id"]), now):
                    continue
            if not without:
                self.counts[rule["id"]] += 1
            return rule["id"]
        return None

    def refusal(self, type_: str, document: str, error: str):
        """A document that the peer does not load."""
        for rule in self.rules:
            if rule.get("when") == "loading" and re.search(rule["error"], error) and re.search(
                    rule.get("document", ""), document) and type_ in rule.get("types", [type_]):
                self.counts[rule["id"]] += 1
                return rule["id"]
        return None


def state(value) -> str:
    return "missing" if value is None else "value"


def tied(answer: dict) -> bool:
    """Whether Scorelet's winner is not the only one with its probability."""
    details = answer.get("@details", {})
    shares = details.get("probability", {})
    best = shares.get(details.get("predictedValue"))
    return best is not None and sum(1 for p in shares.values() if p is not None and abs(p - best) < 1e-12) > 1


def recognises(rule: dict, type_: str, document: str, row: dict, d: Difference) -> bool:
    if rule.get("when") == "loading":
        return False
    if type_ not in rule.get("types", [type_]):
        return False
    if "error" in rule and not (d.error and re.search(rule["error"], d.error)):
        return False
    if "error" not in rule and d.error:
        return False
    if "feature" in rule and not re.fullmatch(rule["feature"], d.feature):
        return False
    if "scorelet" in rule and rule["scorelet"] != state(d.ours):
        return False
    if "jpmml" in rule and not d.error and rule["jpmml"] != state(d.theirs):
        return False
    if rule.get("unanswered") and d.answer.get("@details", {}).get("predictedValue") is not None:
        return False
    if rule.get("tied") and not tied(d.answer):
        return False
    if "within" in rule:
        x, y = number(d.ours), number(d.theirs)
        if x is None or y is None or abs(x - y) > rule["within"]:
            return False
    if "digits" in rule and not (number(d.theirs) is not None and same(d.ours, d.theirs, rule["digits"])):
        return False
    if rule.get("values") and not re.search(rule["values"], f"{json.dumps(d.ours)} {json.dumps(d.theirs)}"):
        return False
    if "diagnostic" in rule:
        faults = d.answer.get("@diagnostics", [])
        if not any(re.search(rule["diagnostic"], f"{f['code']} {f['message']}") for f in faults):
            return False
    if "document" in rule and not re.search(rule["document"], document, re.S):
        return False
    if "lacks" in rule and re.search(rule["lacks"], document, re.S):
        return False
    return "check" not in rule or CHECKS[rule["check"]](d, document, row)
