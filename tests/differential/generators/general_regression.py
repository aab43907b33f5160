"""GeneralRegressionModel: every type and link, factors and covariates, interactions, contrasts, offsets, trials, baselines."""

from document import classes_of
from elements import element

TYPE = "GeneralRegressionModel"
TASKS = ["regression", "classification"]

BETAS = ["0.25", "-0.5", "0.125", "0.0625", "-0.0625", "0.5", "-0.125", "0.03125"]
LINKS = ["cloglog", "identity", "log", "logc", "logit", "loglog", "negbin", "oddspower", "power", "probit"]
CUMULATIVE = ["logit", "probit", "cloglog", "loglog", "cauchit"]


class Design:
    """Parameters and the predictors that they are made of."""

    def __init__(self, m, cox: bool):
        c = m.chance
        self.covariates = c.some(m.named("number"), 0)[:3]
        self.factors = c.some(m.named("text", "code", "flag"), 0 if self.covariates else 1)[:2]
        self.contrasts = {f.name: list(f.values) for f in self.factors if f.kind == "text" and c.percent(25)}
        self.cells = {"p0": []}  # parameter → (field, value)
        if cox:
            del self.cells["p0"]
        for f in self.covariates:
            self.cells[f"p{f.name}"] = [(f, c.of(["1", "1", "1", "2", "0", "3"]))]
        for f in self.factors:
            for i, value in enumerate(c.some(f.values)[:3]):
                self.cells[f"p{f.name}{i}"] = [(f, value)]
        everything = self.covariates + self.factors
        for i in range(c.between(0, 2)):
            picked = c.some(everything)[:3]
            cells = [(f, c.of(["1", "2"]) if f in self.covariates else c.of(f.values)) for f in picked]
            if picked[0] in self.covariates and c.percent(20):
                cells.append((picked[0], "2"))
            self.cells[f"q{i}"] = cells
        self.reference = {p: c.of([None, "0.5", "-1"]) for p in self.cells} if cox else {}

    def predictor(self, m, field):
        values = self.contrasts.get(field.name)
        if not values:
            return element("Predictor", {"name": field.name})
        n = len(values)
        rows = [element("Array", {"type": "real", "n": n}, text=" ".join(m.chance.of(["0", "1", "-1", "0.5"]) for _ in values))
                for _ in values]
        return element("Predictor", {"name": field.name, "contrastMatrixType": "other"},
                       element("Categories", {}, [element("Category", {"value": v}) for v in values]),
                       element("Matrix", {"nbRows": n, "nbCols": n}, rows))

    def elements(self, m, betas, special=None):
        """`betas`: PCell elements; `special`: a category with cells of its own."""
        out = [element("ParameterList", {}, [element("Parameter", {"name": p, "referencePoint": self.reference.get(p)})
                                             for p in self.cells])]
        if self.factors:
            out.append(element("FactorList", {}, [self.predictor(m, f) for f in self.factors]))
        if self.covariates:
            out.append(element("CovariateList", {}, [element("Predictor", {"name": f.name}) for f in self.covariates]))
        cells = [element("PPCell", {"value": value, "predictorName": f.name, "parameterName": p})
                 for p, parts in self.cells.items() for f, value in parts]
        if special:  # a whole matrix of its own (JPMML knows no cells beside the common ones)
            cells += [element("PPCell", {"value": "2" if f in self.covariates else value, "predictorName": f.name,
                                         "parameterName": p, "targetCategory": special})
                      for p, parts in self.cells.items() for f, value in parts]
        return out + [element("PPMatrix", {}, cells), element("ParamMatrix", {}, betas)]


def pcell(m, parameter, category=None, beta=None):
    return element("PCell", {"targetCategory": category, "parameterName": parameter, "beta": beta or m.chance.of(BETAS),
                             "df": m.chance.of([None, "1"])})


def offset(m):
    c = m.chance
    if c.percent(70):
        return {}
    if c.percent(50):
        return {"offsetValue": c.of(["0.5", "-1.25"])}
    return {"offsetVariable": c.of([f for f in m.named("number") if f in m.inputs]).name}


def hazards(c):
    time, hazard, cells = 0, 0, []
    for _ in range(c.between(2, 6)):
        time, hazard = time + c.of([0.5, 1, 2]), hazard + c.of([0.125, 0.25, 0.0625])
        cells.append(element("BaselineCell", {"time": time, "cumHazard": hazard}))
    return cells, time + c.of([0, 1])


def cox(m, place, opened):
    c = m.chance
    time = c.of([f for f in m.named("number") if f in m.inputs])
    design = Design(m, True)
    attributes = {"modelType": "CoxRegression", "endTimeVariable": time.name}
    if c.percent(50) and m.named("text"):
        field = c.of([f for f in m.named("text") if f in m.inputs])
        attributes["baselineStrataVariable"] = field.name
        strata = []
        for value in c.some(field.values):
            cells, last = hazards(c)
            strata.append(element("BaselineStratum", {"value": value, "maxTime": last}, cells))
        tables = element("BaseCumHazardTables", {}, strata)
    else:
        cells, last = hazards(c)
        tables = element("BaseCumHazardTables", {"maxTime": last}, cells)
    body = design.elements(m, [pcell(m, p) for p in design.cells]) + [tables]
    return m.end(TYPE, place, opened, attributes, body)


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    if place.task == "regression" and c.percent(25):
        return cox(m, place, opened)
    design = Design(m, False)
    special, attributes = None, {}
    if place.task == "regression":
        kind = c.of(["regression", "generalLinear", "generalizedLinear", "generalizedLinear", "generalizedLinear"])
        if kind != "regression":
            attributes = offset(m)
        if kind == "generalizedLinear":
            attributes.update(link(m))
            if c.percent(30):
                attributes.update({"distribution": "binomial", **(
                    {"trialsValue": c.of(["2", "10"])} if c.percent(60) else {"trialsVariable": c.of(
                        [f for f in m.named("number") if f in m.inputs]).name})})
        betas = [pcell(m, p) for p in design.cells if c.percent(92)] or [pcell(m, "p0")]
        outputs = []
    else:
        outputs = classes_of(m, "probability")
        kind = c.of(["multinomialLogistic", "ordinalMultinomial"] + (["generalizedLinear"] * 2 if len(m.classes) == 2 else []))
        if kind == "ordinalMultinomial":
            m.targets["classification"].optype = "ordinal"
            attributes = {"cumulativeLink": c.of(CUMULATIVE), **offset(m)}
            at = c.between(-8, 8) / 4
            betas = []
            for category in m.classes[:-1]:
                betas.append(pcell(m, "p0", category, at))
                at += c.of([0.25, 1, 2.5])
            betas += [pcell(m, p) for p in design.cells if p != "p0"]
        else:
            attributes = offset(m)
            # A category without coefficients is the reference also without being named.
            reference = c.of(m.classes)
            attributes["targetReferenceCategory"] = reference
            others = [v for v in m.classes if v != reference]
            if kind == "generalizedLinear":
                attributes.update(link(m, ["cloglog", "logit", "loglog", "probit", "logit"]))
            elif c.percent(15):
                special = c.of(others)
            betas = [pcell(m, p, v) for v in others for p in design.cells if p == "p0" or c.percent(90)]
    return m.end(TYPE, place, opened, {"modelType": kind, **attributes}, design.elements(m, betas, special), outputs)


def link(m, links=LINKS):
    c = m.chance
    name = c.of(links)
    out = {"linkFunction": name}
    if name in ("oddspower", "power"):
        out["linkParameter"] = c.of(["0", "1", "2", "-1", "0.5"])
    if name == "negbin":
        out["distribution"], out["distParameter"] = "negbin", c.of(["0.5", "1", "2"])
    return out
