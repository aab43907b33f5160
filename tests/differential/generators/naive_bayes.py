"""NaiveBayesModel: counts of values, of bins, Gaussian and Poisson densities, thresholds."""

from document import classes_of
from elements import element

TYPE = "NaiveBayesModel"
TASKS = ["classification"]


def counts(m, least=0):
    c = m.chance
    return element("TargetValueCounts", {}, [element("TargetValueCount", {"value": v, "count": c.between(least, 30)})
                                             for v in m.classes])


def pairs(m, values):
    # Mostly all values; of one without counts nothing is known. The first has counts of every class.
    kept = values if m.chance.percent(80) else m.chance.some(values)
    return [element("PairCounts", {"value": v}, counts(m, 1 if i == 0 else 0)) for i, v in enumerate(kept)]


def binned(m, field):
    c = m.chance
    margins = c.of([["0", "5"], ["-1", "2", "10"], ["3"]])
    names = [f"b{i}" for i in range(len(margins) + 1)]
    bins = [element("DiscretizeBin", {"binValue": name}, element(
        "Interval", {"closure": "closedOpen" if low else "openOpen", "leftMargin": low, "rightMargin": high}))
        for name, low, high in zip(names, [None] + margins, margins + [None])]
    return element("BayesInput", {"fieldName": field.name}, element(
        "DerivedField", {"name": m.fresh("d"), "optype": "categorical", "dataType": "string"},
        element("Discretize", {"field": field.name, "mapMissingTo": c.of([None, None, "b0"])}, bins)), pairs(m, names))


def density(m, field):
    c = m.chance
    poisson = field.type == "integer" and c.percent(60)
    return element("BayesInput", {"fieldName": field.name}, element("TargetValueStats", {}, [
        element("TargetValueStat", {"value": v}, element(
            "PoissonDistribution", {"mean": c.of(["0.5", "3", "7.25"])}) if poisson else element(
            "GaussianDistribution", {"mean": c.of(["0", "5", "-2", "10.5"]), "variance": c.of(["1", "4", "30.25", "0.25"])}))
        for v in m.classes]))


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    inputs = [element("BayesInput", {"fieldName": f.name}, pairs(m, f.values))
              for f in c.some(m.named("text", "code", "flag"))[:3]]
    for f in c.some(m.named("number"), 0)[:3]:
        inputs.append(binned(m, f) if f in m.inputs and c.percent(40) else density(m, f))
    body = [element("BayesInputs", {}, c.shuffled(inputs)), element("BayesOutput", {"fieldName": "cls"}, counts(m, 1))]
    return m.end(TYPE, place, opened, {"threshold": c.of(["0.001", "0.01", "1e-6"])}, body, classes_of(m, "probability"))
