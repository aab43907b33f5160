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


REWRITES = {f.__name__: f for f in (is_not_valid, targets_of_picked, median_of_two)}


def rewritten(root, name: str):
    out = copy.deepcopy(root)
    REWRITES[name](out)
    return out
