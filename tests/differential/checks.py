"""Explanations that can be calculated: what else would have to hold if they are the reason for a difference."""

import re

from compare_values import number, same

CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


def shares_of(d) -> dict:
    return {k: v for k, v in (d.answer.get("@details", {}).get("probability") or {}).items() if v is not None}


@check
def residual_of_class(d, document, row) -> bool:
    """Scorelet's residual is that of the named category."""
    named = re.search(r'<OutputField [^>]*feature="residual" value="([^"]*)"', document)
    share = shares_of(d).get(named.group(1)) if named else None
    return share is not None and same(d.ours, (row.get("cls") == named.group(1)) - share, 1e-9)


@check
def missing_votes(d, document, row) -> bool:
    """The shares of the classes leave one for missing votes; the peer's are those among the classes alone."""
    shares = shares_of(d)
    whole = sum(shares.values())
    x, y = number(d.ours), number(d.theirs)
    if not shares or not 0 < whole < 1 - 1e-9:
        return False
    if d.feature == "probability":
        return x is not None and (same(x, y * whole, 1e-9) if y is not None else abs(1 - whole - max(shares.values())) < 1e-9)
    if d.feature == "residual":
        return x is not None and y is not None and any(same((a - x) / whole, a - y, 1e-9) for a in (0, 1))
    if d.feature in ("target", "predictedValue", "predictedDisplayValue"):
        return d.theirs is None and abs(1 - whole - max(shares.values())) < 1e-9  # as many votes as the best class
    return False


@check
def affinity_of_rank(d, document, row) -> bool:
    """Scorelet's affinity is the peer's own of that rank, best first."""
    field = re.search(rf'<OutputField name="{re.escape(d.name)}"[^>]*>', document)
    if not field or d.error or d.ours is None:
        return False
    rank = int((re.search(r' rank="(\d+)"', field.group()) or [0, 1])[1])
    found = sorted((number(v) for v in (d.peer.get("@details", {}).get("affinity") or {}).values()),
                   reverse='kind="similarity"' in document)
    return 0 < rank <= len(found) and same(d.ours, found[rank - 1], 1e-9)


@check
def name_absent(d, document, row) -> bool:
    """What is shown of a cluster without a name is its identifier."""
    return d.theirs is None and d.ours is not None and d.ours == d.answer.get("@details", {}).get("predictedValue")


@check
def input_missing(d, document, row) -> bool:
    """A prediction is missing, or what Targets put in its place; other results have nothing to do with it. Only a
    CategoricalPredictor may be missing."""
    named = re.search(r'for field "([^"]*)"', d.error or "")
    if named and f'<CategoricalPredictor name="{named.group(1)}"' in document:
        return True
    if d.feature not in ("target", "predictedValue", "probability") or d.ours is None:
        return True
    return re.search(r"<TargetValue [^>]*(defaultValue|priorProbability)=", document) is not None


@check
def factor_of_zero(d, document, row) -> bool:
    """A parameter of several cells, one of them of a factor."""
    factors = re.search(r"<FactorList>.*?</FactorList>", document, re.S)
    names = re.findall(r'<Predictor name="([^"]*)"', factors.group()) if factors else []
    cells = re.findall(r'<PPCell value="[^"]*" predictorName="([^"]*)" parameterName="([^"]*)" />', document)
    return any(sum(1 for _, q in cells if q == p) > 1 for name, p in cells if name in names)


@check
def not_a_number(d, document, row) -> bool:
    """The peer's own probabilities are no numbers."""
    return "NaN" in (d.peer.get("@details", {}).get("probability") or {}).values()


@check
def tied_in_peer(d, document, row) -> bool:
    """The peer gives its own answer and Scorelet's the same share."""
    shares = d.peer.get("@details", {}).get("probability") or {}
    ours, theirs = d.answer.get("cls"), d.peer.get("cls")
    return ours != theirs and shares.get(ours) is not None and shares.get(ours) == shares.get(theirs) == max(shares.values())


@check
def text_of_sets(d, document, row) -> bool:
    """Sets of items as texts: a or {a,b}."""
    def shown(items):
        return items[0] if len(items) == 1 else "{" + ",".join(items) + "}"

    field = re.search(rf'<OutputField name="{re.escape(d.name)}"[^>]*ruleFeature="(antecedent|consequent)"[^>]*', document)
    if field is None or d.theirs is None:
        return False
    several = re.search(r'isMultiValued="1"|rank="0"', field.group())
    return d.ours == ([shown(v) for v in d.theirs] if several else shown(d.theirs))


@check
def dropped_reason(d, document, row) -> bool:
    """The peer has no more reason codes; Scorelet's others are those with a negative difference, where there may be some."""
    return d.theirs is None and d.ours is not None and re.search(r'baselineScore="-?1000', document) is None


@check
def same_shares(d, document, row) -> bool:
    """Both give every class the same share; the winners differ."""
    ours, theirs = shares_of(d), d.peer.get("@details", {}).get("probability") or {}
    return bool(ours) and ours.keys() == theirs.keys() and all(same(ours[k], theirs[k], 1e-9) for k in ours) and (
        d.answer.get("cls") != d.peer.get("cls"))


@check
def share_as_confidence(d, document, row) -> bool:
    """Scorelet's confidence is the class's share; the peer has none."""
    named = d.name.removeprefix("@confidence.")
    share = shares_of(d).get(named)
    return d.theirs in (None, 0.0) and share is not None and same(d.ours, share, 1e-9)


@check
def printed_tie(d, document, row) -> bool:
    """Two texts of numbers that differ by one in the last digit, Scorelet's being even."""
    if not all(isinstance(v, str) and re.fullmatch(r" *-?[0-9]+\.[0-9]+", v) for v in (d.ours, d.theirs)):
        return False
    ours, theirs = (int(v.replace(".", "")) for v in (d.ours, d.theirs))
    return len(d.ours) == len(d.theirs) and abs(ours - theirs) == 1 and ours % 2 == 0
