"""Documents in which something that the peer reads differently is said in words that both read alike: if its answer to
them is Scorelet's answer to the original, that reading is all there is to a difference."""

import copy

from elements import element

# Where Targets stand in a model.
BEFORE_TARGETS = ("Extension", "MiningSchema", "Output", "ModelStats", "ModelExplanation")


def is_not_valid(root):
    for apply in root.iter("Apply"):
        if apply.get("function") == "isNotValid":
            inner = element("Apply", {"function": "isValid"}, list(apply))
            apply[:] = [inner]
            apply.set("function", "not")


def valid_is_present(root):
    for apply in root.iter("Apply"):
        other = {"isValid": "isNotMissing", "isNotValid": "isMissing"}.get(apply.get("function"))
        if other:
            apply.set("function", other)


def chosen(condition, yes, no):
    return element("Apply", {"function": "if"}, condition, yes, no)


def members_by_choice(root):
    """What stands for a missing value in a list of values is a constant of its type."""
    for apply in root.iter("Apply"):
        field = apply[0] if len(apply) else None
        if apply.get("function") in ("isIn", "isNotIn") and field.tag == "FieldRef" and field.get("mapMissingTo"):
            value = field.attrib.pop("mapMissingTo")
            number = value.replace(".", "").replace("-", "").isdigit()
            apply[0] = chosen(element("Apply", {"function": "isMissing"}, copy.deepcopy(field)),
                              element("Constant", {"dataType": "double" if number else "string"}, text=value), field)


OUTSIDE = {"ln": ("lessOrEqual", 0, 0), "log10": ("lessOrEqual", 0, 0), "ln1p": ("lessOrEqual", 0, -1), "/": ("equal", 1, 0),
           "modulo": ("equal", 1, 0)}


def outside_is_missing(root):
    """Arguments for which a function has no answer make a missing one, where it says asMissing."""
    for apply in list(root.iter("Apply")):
        if apply.get("function") not in OUTSIDE or apply.get("invalidValueTreatment") != "asMissing":
            continue
        comparison, which, bound = OUTSIDE[apply.get("function")]
        same = copy.deepcopy(apply)
        condition = element("Apply", {"function": comparison}, copy.deepcopy(apply[which]),
                            element("Constant", {"dataType": "double"}, text=str(bound)))
        apply.attrib.clear()
        apply.set("function", "if")
        apply[:] = [condition, element("Constant", {"dataType": "double", "missing": "true"}, text="0"), same]


def targets_of_picked(root):
    """The Targets of a selection or chain become those of the segments that it picks from."""
    for model in root.iter("MiningModel"):
        targets, segmentation = model.find("Targets"), model.find("Segmentation")
        method = segmentation.get("multipleModelMethod")
        if targets is None or method not in ("selectFirst", "modelChain"):
            continue
        model.remove(targets)
        segments = segmentation.findall("Segment")
        for segment in segments if method == "selectFirst" else segments[-1:]:
            inner = segment[-1]
            place = next(i for i, e in enumerate(inner) if e.tag not in BEFORE_TARGETS)
            inner.insert(place, copy.deepcopy(targets))


def threshold_of_skipped(root):
    """missingThreshold speaks of segments that are skipped."""
    for segmentation in root.iter("Segmentation"):
        if segmentation.get("missingPredictionTreatment") != "skipSegment":
            segmentation.attrib.pop("missingThreshold", None)


def median_of_two(root):
    """Of two answers the median is the average."""
    for segmentation in root.iter("Segmentation"):
        if segmentation.get("multipleModelMethod") == "median":
            segmentation.set("multipleModelMethod", "average")


def offset_as_parameter(root):
    """The offset of a classification is a parameter with the coefficient 1 for every category that has coefficients."""
    model = root[-1]
    value, variable = model.attrib.pop("offsetValue", None), model.attrib.pop("offsetVariable", None)
    model.find("ParameterList").append(element("Parameter", {"name": "offset"}))
    if variable:
        covariates = model.find("CovariateList")
        if covariates is None:
            covariates = element("CovariateList")
            model.insert(list(model).index(model.find("PPMatrix")), covariates)
        if all(f.get("name") != variable for f in covariates):
            covariates.append(element("Predictor", {"name": variable}))
        cells = model.find("PPMatrix")
        for category in sorted({c.get("targetCategory") for c in cells} - {None}) + [None]:
            cells.append(element("PPCell", {"value": "1", "predictorName": variable, "parameterName": "offset",
                                            "targetCategory": category}))
    betas = model.find("ParamMatrix")
    ordinal = model.get("modelType") == "ordinalMultinomial"
    for category in [None] if ordinal else sorted({c.get("targetCategory") for c in betas}):
        betas.append(element("PCell", {"targetCategory": category, "parameterName": "offset", "beta": value or "1"}))


def altitude_of_layer(root):
    """What all neurons of a layer say the layer says."""
    for layer in root.iter("NeuralLayer"):
        said = {neuron.get("altitude") for neuron in layer.iter("Neuron")}
        if len(said) == 1 and said != {None}:
            layer.set("altitude", said.pop())
            for neuron in layer.iter("Neuron"):
                del neuron.attrib["altitude"]


def knots_far_out(root):
    """The segments at the ends go on for as long as anybody asks, or stand upright where values stay at the end."""
    for output in root.iter("NeuralOutput"):
        for norm in output.iter("NormContinuous"):
            ends = [[(float(k.get("orig")), float(k.get("norm"))) for k in pair] for pair in (norm[:2], norm[:-3:-1])]
            open_ = norm.attrib.pop("outliers", "asIs") == "asIs"
            new = [[element("LinearNorm", {
                "orig": x + (x - a) * 2 ** n if open_ else x + (1 if x > a else -1) * max(abs(x) * 1e-12, 1e-300) * n,
                "norm": y + (y - b) * 2 ** n}) for n in ((2, 5, 10, 20) if open_ else (20,))] for (x, y), (a, b) in ends]
            norm[:] = [*reversed(new[0]), *norm, *new[1]]


def bins_outside(root):
    """A derived field of a BayesInput is one of the model."""
    model = root[-1]
    local = model.find("LocalTransformations")
    if local is None:
        local = element("LocalTransformations")
        model.insert(list(model).index(model.find("BayesInputs")), local)
    for entry in root.iter("BayesInput"):
        for field in entry.findall("DerivedField"):
            entry.remove(field)
            entry.set("fieldName", field.get("name"))
            local.append(field)


REWRITES = {f.__name__: f for f in (is_not_valid, valid_is_present, members_by_choice, outside_is_missing, targets_of_picked,
                                    threshold_of_skipped, median_of_two, offset_as_parameter, altitude_of_layer, knots_far_out, bins_outside)}


def rewritten(root, names):
    out = copy.deepcopy(root)
    for name in names:
        REWRITES[name](out)
    return out
