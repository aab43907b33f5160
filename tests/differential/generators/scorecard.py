"""Scorecard: partial scores, complex ones, reason codes by both algorithms."""

from elements import element

TYPE = "Scorecard"
TASKS = ["regression"]

POINTS = ["10", "25", "-5", "0", "12.5", "40", "7"]


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    reasons = c.percent(75)
    algorithm = c.of([None, "pointsBelow", "pointsAbove"])
    # Mostly differences that cannot be negative.
    signed = c.percent(20)
    level = c.of(["-5", "0"]) if signed else "-1000" if algorithm == "pointsAbove" else "1000"
    common = c.percent(40)
    characteristics = []
    for i in range(c.between(2, 4)):
        of_attributes = c.percent(40)
        step = str(float(level) + i * 0.125)  # no equal differences
        attributes = []
        count = c.between(2, 4)
        for j in range(count):
            last = j + 1 == count
            code = f"RC{i}{j}" if of_attributes or reasons and c.percent(20) else None
            partial = c.of(POINTS)
            complicated = c.percent(15)
            attributes.append(element(
                "Attribute", {"reasonCode": code if reasons else None,
                              "partialScore": None if complicated and c.percent(50) else partial},
                element("True") if last and c.percent(85) else m.expressions.predicate(1),
                element("ComplexPartialScore", {}, m.expressions.number(1) if signed else element(
                    "FieldRef", {"field": c.of([f for f in m.named("number") if f in m.inputs]).name}))
                if complicated else None))
        characteristics.append(element("Characteristic", {
            "name": f"h{i}", "reasonCode": f"RC{i}" if reasons and not of_attributes else None,
            "baselineScore": step if reasons and not common else None}, attributes))
    attributes = {"initialScore": c.of([None, "100", "-2.5"]), "useReasonCodes": c.of([None, "true"]) if reasons else "false",
                  "reasonCodeAlgorithm": algorithm, "baselineScore": level if common and reasons else None,
                  "baselineMethod": c.of([None, "max", "min"])}
    outputs = [("reasonCode", {"rank": str(r)}, "string") for r in range(1, 5)] if reasons else []
    return m.end(TYPE, place, opened, attributes, element("Characteristics", {}, characteristics), outputs)
