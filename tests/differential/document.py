"""What surrounds a model: dictionary, schemata, derived fields, Targets and Output, and the rows to score."""

import importlib
import os
from dataclasses import dataclass, field as member

from chance import Chance
from elements import element
from expressions import Expressions
from fields import CLASSES, LITERALS, WORDS, Field, inputs, rows

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generators")


def model_types() -> list:
    """In the order in which the summary shows them."""
    first = ["RegressionModel", "TreeModel", "MiningModel"]
    found = sorted(generator(name[:-3]).TYPE for name in os.listdir(FOLDER) if name.endswith(".py"))
    return first + [name for name in found if name not in first]


def generator(module: str):
    return importlib.import_module("generators." + module)


def generator_of(type_: str):
    return next(g for g in (generator(name[:-3]) for name in sorted(os.listdir(FOLDER)) if name.endswith(".py"))
                if g.TYPE == type_)


@dataclass
class Place:
    """Where a model stands."""
    task: str                     # functionName
    top: bool = True
    probabilities: bool = False   # they will be combined
    depth: int = 0                # how many levels of models may be below
    within: str = ""              # how the segments beside it are combined
    output: list = member(default_factory=list)  # OutputField elements that the surroundings want


class Maker:
    """A document in the making; generators ask it for names, parts and inner models."""

    def __init__(self, seed: int, type_: str, number: int):
        self.chance = Chance(seed, type_, number)
        self.inputs = inputs(self.chance)   # fields of the dictionary that are active
        self.visible = list(self.inputs)    # what can be named where we are
        self.extra = []                     # further elements of the dictionary, of a model type's own
        self.count = 0
        c = self.chance
        self.classes = CLASSES if c.percent(65) else CLASSES[1:]
        self.targets = {
            "regression": Field("y", "continuous", c.of(["double", "double", "float"]), LITERALS),
            "classification": Field("cls", c.of(["categorical", "ordinal"]), "string", self.classes),
        }
        self.targets["classification"].declared = [
            element("Value", {"value": v, "displayValue": f"<{v}>" if c.percent(20) else None}) for v in self.classes]
        for target in self.targets.values():
            target.listed = True
        self.rows_of = None                 # a model type may bring its own rows

    # -- for generators

    @property
    def expressions(self) -> Expressions:
        return Expressions(self.chance, self.visible)

    def named(self, *kinds) -> list:
        return [f for f in self.visible if f.kind in kinds]

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def literal(self) -> str:
        return self.chance.of(LITERALS)

    def begin(self, place: Place):
        """Opens a model: its derived fields can be named from here on."""
        outside = list(self.visible)
        local = self.derived("l", 3) if self.chance.percent(50) else []
        return outside, local

    def end(self, type_: str, place: Place, opened, attributes: dict, body, outputs=(), target: bool = True,
            targets: bool = True):
        """Closes a model. `outputs` are (feature, attributes, dataType) that this type of model can answer."""
        c = self.chance
        outside, local = opened
        schema = [self.mining_field(f, place.top, place.depth > 0) for f in outside if f.name[0] != "g"]
        if target:
            schema.append(element("MiningField", {"name": self.targets[place.task].name,
                                                  "usageType": c.of(["target", "target", "predicted"])}))
        targets = self.target_element(place) if target and targets and c.percent(40) else None
        output = list(place.output)
        if place.top:
            output = self.outputs(place, outputs, target)
        model = element(type_, {"functionName": place.task, **attributes}, element("MiningSchema", {}, schema),
                        element("Output", {}, output) if output else None, targets,
                        element("LocalTransformations", {}, local) if local else None, body)
        self.visible = outside
        return model

    # -- parts

    def derived(self, prefix: str, most: int) -> list:
        c = self.chance
        out = []
        for _ in range(c.between(1, most)):
            e = self.expressions
            kind = c.of(["number"] * 6 + ["text"] * 2 + ["flag"])
            if kind == "number":
                made = Field(self.fresh(prefix), "continuous", c.of(["double", "double", "float", "integer"]), LITERALS)
                expression = e.number(3)
                if made.type == "integer":
                    made.values = [v for v in LITERALS if "." not in v]
                    expression = element("Apply", {"function": c.of(["round", "floor", "ceil"])}, expression)
            elif kind == "text":
                made = Field(self.fresh(prefix), "categorical", "string", WORDS)
                expression = e.text(3)
            else:
                made = Field(self.fresh(prefix), "categorical", "boolean", ["true", "false"])
                expression = e.boolean(3)
            out.append(element("DerivedField", {"name": made.name, "optype": made.optype, "dataType": made.type}, expression))
            self.visible.append(made)
        return out

    def mining_field(self, field: Field, top: bool, replaced: bool = True):
        c = self.chance
        attributes = {"name": field.name}
        if not top or field not in self.inputs:
            # An inner model mostly passes on what it is given.
            # (JPMML replaces nothing in models within models within models.)
            if c.percent(10) and replaced and field.kind in ("number", "text"):
                attributes["missingValueReplacement"] = c.of(field.values)
            return element("MiningField", attributes)
        usual = c.of(field.values)
        if c.percent(90):
            attributes["invalidValueTreatment"] = c.of(["asMissing", "asMissing", "asIs", "asValue", "returnInvalid"])
            if attributes["invalidValueTreatment"] == "asValue":
                attributes["invalidValueReplacement"] = usual
        if c.percent(40):
            attributes["missingValueReplacement"] = usual
            attributes["missingValueTreatment"] = c.of([None, "asMean", "asMode", "asMedian", "asValue"])
        elif c.percent(4):
            attributes["missingValueTreatment"] = "returnInvalid"
        if field.kind == "number" and c.percent(30):
            attributes["outliers"] = c.of(["asExtremeValues", "asMissingValues", "asIs"])
            attributes["lowValue"], attributes["highValue"] = c.of(["-2", "0", "1"]), c.of(["3", "10", "20"])
        return element("MiningField", attributes)

    def target_element(self, place: Place):
        c = self.chance
        if place.task == "classification":
            # (Priors that do not name every class are nothing that JPMML could combine.)
            if not c.percent(40) or place.probabilities:
                return None
            return element("Targets", {}, element(
                "Target", {"field": "cls"},
                element("TargetValue", {"value": "low", "displayValue": "Low!", "priorProbability": "0.25"} if "low" in self.classes else {"value": "mid", "priorProbability": "0.25"}),
                element("TargetValue", {"value": "high", "priorProbability": "0.75"})))
        if place.task != "regression":
            return None
        if c.percent(25):
            return element("Targets", {}, element("Target", {"field": "y"}, element("TargetValue", {"defaultValue": "12.5"})))
        return element("Targets", {}, element(
            "Target", {"field": "y", "min": c.of([None, "-5"]), "max": c.of([None, "30.5"]),
                       "rescaleFactor": c.of([None, "1.5", "-2"]), "rescaleConstant": c.of([None, "-0.25"]),
                       "castInteger": c.of([None, None, "round", "ceiling", "floor"])},
            element("TargetValue", {"defaultValue": "12.5"}) if c.percent(5) else None))

    def outputs(self, place: Place, offered, target: bool) -> list:
        c = self.chance
        out = []
        if target and c.percent(70):
            type_, optype = ("string", "categorical") if place.task == "classification" else ("double", "continuous")
            out.append(self.output_field("answer", optype, type_, "predictedValue"))
            made = Field("answer", optype, type_, self.classes if type_ == "string" else LITERALS)
            self.visible.append(made)
            if place.task == "classification" and c.percent(50):
                out.append(self.output_field("shown", "categorical", "string", "predictedDisplayValue"))
            if c.percent(15) and (place.task == "regression" or any(f == "probability" for f, _, _ in offered)):
                value = {"value": c.of(self.classes)} if place.task == "classification" else {}
                out.append(self.output_field("rest", "continuous", "double", "residual", value))
        for i, (feature, attributes, type_) in enumerate(offered):
            if c.percent(75):
                optype = "continuous" if type_ in ("double", "integer") else "categorical"
                out.append(self.output_field(f"o{i}_{feature}", optype, type_, feature, attributes))
        if c.percent(30):
            out.append(self.output_field("made", "continuous", "double", "transformedValue", {},
                                         self.expressions.number(2)))
        if c.percent(15):
            out.append(self.output_field("said", "categorical", "string", "transformedValue", {}, self.expressions.text(2)))
        return out

    @staticmethod
    def output_field(name, optype, type_, feature, attributes=None, *children):
        return element("OutputField", {"name": name, "optype": optype, "dataType": type_, "feature": feature,
                                       **(attributes or {})}, *children)

    # -- the whole

    def document(self, type_: str):
        c = self.chance
        make = generator_of(type_)
        global_fields = self.derived("g", 2) if c.percent(35) and getattr(make, "DERIVED", True) else []
        place = Place(c.of(make.TASKS), depth=getattr(make, "DEPTH", 0))
        model = make.make(self, place)
        dictionary = [f.element() for f in self.inputs] + self.extra
        if any(f.get("usageType") in ("target", "predicted") for f in model.iter("MiningField")):
            dictionary += [f.element() for f in self.targets.values()]
        root = element("PMML", {"xmlns": "http://www.dmg.org/PMML-4_4", "version": "4.4"}, element("Header"),
                       element("DataDictionary", {}, dictionary),
                       element("TransformationDictionary", {}, global_fields) if global_fields else None, model)
        return root

    def rows(self, count: int) -> list:
        if self.rows_of:
            return self.rows_of(count)
        out = rows(self.chance, self.inputs, count)
        for row in out:  # for residuals
            for target in self.targets.values():
                if not self.chance.percent(2):
                    row[target.name] = self.chance.of(target.values)
        return out


def classes_of(m: Maker, feature: str) -> list:
    """The outputs of a class's probability (or confidence): of each class, and of the winner."""
    return [(feature, {"value": c}, "double") for c in m.classes] + [(feature, {}, "double")]
