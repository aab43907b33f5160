"""RegressionModel: every normalization, powers, interactions, categorical predictors."""

from document import classes_of
from elements import element

TYPE = "RegressionModel"
TASKS = ["regression", "classification"]


def table(m, category=None, share=False):
    """`share`: the sum is a probability as it stands."""
    c = m.chance
    if share:
        return element("RegressionTable", {"intercept": c.of(["0.25", "0.125"]), "targetCategory": category}, [
            element("CategoricalPredictor", {"name": f.name, "value": v, "coefficient": c.of(["0.125", "0.0625", "-0.0625"])})
            for f in m.named("text")[:1] for v in c.some(f.values)[:2]])
    numbers, texts = m.named("number"), m.named("text")
    predictors = [element("NumericPredictor", {"name": f.name, "coefficient": m.literal(),
                                               "exponent": c.of([None, None, "2", "0", "3"])})
                  for f in c.some(numbers, 0)[:3]]
    predictors += [element("CategoricalPredictor", {"name": f.name, "value": value, "coefficient": m.literal()})
                   for f in c.some(texts, 0) for value in c.some(f.values)[:3]]
    if c.percent(25):
        predictors.append(element("PredictorTerm", {"coefficient": m.literal()},
                                  [element("FieldRef", {"field": c.of(numbers).name}) for _ in range(c.between(1, 3))]))
    return element("RegressionTable", {"intercept": m.literal(), "targetCategory": category}, predictors)


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    if place.task == "regression":
        method = c.of([None, "none", "softmax", "logit", "exp", "probit", "cloglog", "loglog", "cauchit"])
        body, outputs = table(m), []
    else:
        links = ["logit", "probit", "cloglog", "loglog", "cauchit"]
        # Of ordinal targets it reads no softmax, of more than two classes without an order no other links.
        nominal = m.targets["classification"].optype == "categorical" and len(m.classes) > 2
        ordinal = m.targets["classification"].optype == "ordinal"
        method = c.of(([] if ordinal else ["softmax", "softmax", "simplemax", "none"]) +
                      (["logit"] if nominal else links))
        body, outputs = [table(m, category, method == "none") for category in m.classes], classes_of(m, "probability")
    return m.end(TYPE, place, opened, {"normalizationMethod": method}, body, outputs)
