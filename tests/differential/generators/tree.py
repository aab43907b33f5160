"""TreeModel: every strategy for missing values, multi-way splits, distributions, scores inside."""

from document import classes_of
from elements import element

TYPE = "TreeModel"
TASKS = ["regression", "classification"]


def node(m, shape, depth, predicate):
    c = m.chance
    identifier = m.fresh("n")
    children = []
    if depth > 0:
        count = c.between(1, 3)
        for i in range(count):
            sure = i + 1 == count and c.percent(50)
            children.append(node(m, shape, depth - 1 if c.percent(75) else 0,
                                 element("True") if sure else m.expressions.predicate(1)))
    attributes = {"id": identifier, "recordCount": c.between(10, 99)}
    if not children or c.percent(92):
        attributes["score"] = c.of(m.classes) if shape["classes"] else m.literal()
    if children and shape["defaults"]:
        attributes["defaultChild"] = c.of(children).get("id")
    distribution = []
    if shape["distributions"]:
        shares = [c.between(1, 30) for _ in m.classes]
        parts = [c.between(1, 20) for _ in m.classes[1:]]
        parts.append(64 - sum(parts))
        # Confidences and probabilities: for all nodes of a tree, or for none.
        distribution = [element("ScoreDistribution", {
            "value": v, "recordCount": n, "confidence": c.between(1, 63) / 64 if shape["confidences"] else None,
            "probability": part / 64 if shape["probabilities"] else None}) for v, n, part in zip(m.classes, shares, parts)]
    return element("Node", attributes, predicate, distribution, children)


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    strategy = c.of([None, "none", "lastPrediction", "nullPrediction", "defaultChild"])
    classes = place.task == "classification"
    distributions = classes and (place.probabilities or c.percent(75))
    shape = {"classes": classes, "distributions": distributions, "defaults": strategy == "defaultChild",
             "confidences": distributions and c.percent(50), "probabilities": distributions and c.percent(20)}
    root = node(m, shape, 3, element("True") if c.percent(90) else m.expressions.predicate(1))
    outputs = [("entityId", {}, "string")]
    if shape["distributions"]:
        outputs += classes_of(m, "probability")
    if shape["confidences"]:
        outputs += classes_of(m, "confidence")
    return m.end(TYPE, place, opened, {
        "missingValueStrategy": strategy,
        "noTrueChildStrategy": c.of([None, "returnLastPrediction", "returnNullPrediction"]),
        "missingValuePenalty": c.of([None, None, "0.75"]),
        "splitCharacteristic": "multiSplit"}, root, outputs)
