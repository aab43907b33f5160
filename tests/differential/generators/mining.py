"""MiningModel: every way to combine segments, chains that read earlier outputs, models within models."""

from document import Place, classes_of, generator_of
from elements import element
from fields import LITERALS, Field

TYPE = "MiningModel"
TASKS = ["regression", "classification"]
DEPTH = 2

NUMERIC = ["average", "weightedAverage", "median", "weightedMedian", "max", "sum", "weightedSum", "selectFirst", "modelChain"]
CATEGORICAL = ["majorityVote", "weightedMajorityVote", "average", "weightedAverage", "median", "max", "selectFirst",
               "modelChain"]


def inner(m, place):
    kinds = ["RegressionModel", "TreeModel"] + (["MiningModel"] if place.depth > 0 else [])
    return generator_of(m.chance.of(kinds)).make(m, place)


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    classes = place.task == "classification"
    method = c.of(CATEGORICAL if classes else NUMERIC)
    if method == "majorityVote" and not place.top:
        method = "weightedMajorityVote"  # of which no two weights make a tie
    if method.endswith("Vote") and place.within in ("median", "max") or method == "median" and not place.top:
        method = "weightedAverage"  # (In JPMML a class without votes has no share to combine.)
    chain, picks = method == "modelChain", method in ("modelChain", "selectFirst")
    votes = method.endswith("Vote")
    segments, made = [], []
    count = c.between(2, 4) if method != "median" else 3
    for i in range(count):
        last = i + 1 == count
        task = c.of(TASKS) if chain and not last else place.task
        probabilities = place.probabilities or (classes and not votes and not picks)
        here = Place(task, False, probabilities, place.depth - 1, method)
        if chain and not last:
            name = m.fresh("s")
            type_, optype = ("string", "categorical") if task == "classification" else ("double", "continuous")
            here.output = [m.output_field(name, optype, type_, "predictedValue")]
            made.append(Field(name, optype, type_, m.classes if type_ == "string" else LITERALS))
        sure = (last and chain) or (classes and method == "median") or c.percent(60)
        weight = 0.5 * 2 ** i if method == "weightedMajorityVote" else (
            # Weights of methods that do not weigh count in JPMML's missingThreshold.
            c.of([None, "0.5", "1", "2"]) if method.startswith("weighted") else None)
        segments.append(element("Segment", {"id": c.of([f"s{i}", f"s{i}", None]), "weight": weight},
                                element("True") if sure else m.expressions.predicate(1), inner(m, here)))
        m.visible += made[len(made) - 1:] if chain and not last else []
    attributes = {"multipleModelMethod": method}
    if not chain:
        # Missing votes count as votes: not where the shares are combined once more.
        attributes["missingPredictionTreatment"] = c.of([None] * (place.top or not votes) + ["skipSegment", "returnMissing"] * (4 if votes else 1))
        if method in ("sum", "weightedSum") and not place.top and attributes["missingPredictionTreatment"] == "skipSegment":
            attributes["missingPredictionTreatment"] = None  # (JPMML's sum of nothing is 0.)
        attributes["missingThreshold"] = c.of([None, "0.5", "0.25", "1"])
    outputs = []
    if classes and not picks:
        outputs += classes_of(m, "probability")
    if method == "selectFirst":
        outputs.append(("entityId", {}, "string"))
    # What segments have made cannot be named by the model's own Output expressions alone: only here.
    model = m.end(TYPE, place, opened, {}, element("Segmentation", attributes, segments), outputs)
    if picks:
        plain_targets(model, segments)
    return model


def plain_targets(model, segments):
    """Targets of a model that picks are its segments' as well, where they replace nothing and segments have none."""
    for target in model.iterfind("Targets/Target"):
        for value in list(target):
            value.attrib.pop("defaultValue", None)
            value.attrib.pop("priorProbability", None)
            if not value.attrib or list(value.attrib) == ["value"]:
                target.remove(value)
    if model.find("Targets") is None:
        return
    for inner in (segment[-1] for segment in segments):
        for part in [e for e in inner if e.tag == "Targets"]:
            inner.remove(part)
