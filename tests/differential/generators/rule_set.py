"""RuleSetModel: every selection method, rules under guards, defaults."""

from document import classes_of
from elements import element

TYPE = "RuleSetModel"
TASKS = ["classification"]


def rules(m, depth, weights):
    c = m.chance
    out = []
    for _ in range(c.between(2, 4)):
        if depth > 0 and c.percent(25):
            out.append(element("CompoundRule", {}, m.expressions.predicate(1), rules(m, depth - 1, weights)))
        else:
            # Weights of which no two sums are equal.
            weight = 2 ** len(weights) / 64
            weights.append(weight)
            out.append(element("SimpleRule", {"id": m.fresh("r"), "score": c.of(m.classes), "weight": weight,
                                              "confidence": c.of(["0.5", "0.75", "0.9", None])}, m.expressions.predicate(1)))
    return out


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    default = c.percent(70)
    methods = [element("RuleSelectionMethod", {"criterion": v})
               for v in c.shuffled(["weightedSum", "weightedMax", "firstHit"])[:c.between(1, 2)]]
    made = rules(m, 2, [])
    flat = [r for top in made for r in top.iter("SimpleRule")]
    order = c.shuffled([r.get("weight") for r in flat])
    for rule, weight in zip(flat, order):
        rule.set("weight", weight)
        if methods[0].get("criterion") == "weightedMax":
            # (JPMML compares the best rules of different scores by their confidences: in the order of the weights.)
            rule.set("confidence", str((1 + float(weight) / 2 ** len(flat)) / 2))
    body = element("RuleSet", {"defaultScore": c.of(m.classes) if default else None,
                               "defaultConfidence": "0.25" if default and c.percent(60) else None}, methods, made)
    outputs = [("entityId", {}, "string")] + classes_of(m, "confidence")
    return m.end(TYPE, place, opened, {}, body, outputs)
