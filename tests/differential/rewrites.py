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
    """The segments at the ends go on for as long as anybody asks."""
    for output in root.iter("NeuralOutput"):
        for norm in output.iter("NormContinuous"):
            knots = [(float(k.get("orig")), float(k.get("norm")), k) for k in norm]
            if norm.get("outliers", "asIs") != "asIs":
                continue
            for (x, y, knot), (a, b, _) in ((knots[0], knots[1]), (knots[-1], knots[-2])):
                knot.set("orig", str(x + (x - a) * 2 ** 20))
                knot.set("norm", str(y + (y - b) * 2 ** 20))


REWRITES = {f.__name__: f for f in (is_not_valid, targets_of_picked, median_of_two, offset_as_parameter, altitude_of_layer,
                                    knots_far_out)}


def rewritten(root, name: str):
    out = copy.deepcopy(root)
    REWRITES[name](out)
    return out
