"""SupportVectorMachineModel: every kernel, dense and sparse vectors, one machine, one for each pair, one for each class."""

from elements import element

TYPE = "SupportVectorMachineModel"
TASKS = ["regression", "classification"]

COORDINATES = ["0", "1", "-1", "0.5", "2", "-0.25"]


def kernel(c):
    name = c.of(["LinearKernelType", "PolynomialKernelType", "RadialBasisKernelType", "SigmoidKernelType"])
    attributes = {}
    if name != "LinearKernelType":
        attributes["gamma"] = c.of([None, "0.125", "0.0625", "0.5"])
    if name in ("PolynomialKernelType", "SigmoidKernelType"):
        attributes["coef0"] = c.of([None, "0", "0.5"])
    if name == "PolynomialKernelType":
        attributes["degree"] = c.of([None, "2", "3"])
    return element(name, attributes)


def vector(c, name, size):
    values = [c.of(COORDINATES + ["0", "0"]) for _ in range(size)]
    if c.percent(50):
        return element("VectorInstance", {"id": name}, element("Array", {"type": "real", "n": size}, text=" ".join(values)))
    places = [i for i, v in enumerate(values) if v != "0"]
    return element("VectorInstance", {"id": name}, element(
        "REAL-SparseArray", {"n": size}, element("Indices", {}, text=" ".join(str(i + 1) for i in places)) if places else None,
        element("REAL-Entries", {}, text=" ".join(values[i] for i in places)) if places else None))


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    classes = place.task == "classification"
    fields = [element("FieldRef", {"field": f.name}) for f in c.some(m.named("number"))[:3]]
    for f in c.some(m.named("text", "flag"), 0)[:2]:
        fields += [element("CategoricalPredictor", {"name": f.name, "value": v, "coefficient": "1"})
                   for v in c.some(f.values)[:2]]
    vectors = [vector(c, f"v{i}", len(fields)) for i in range(c.between(2, 5))]

    def machine(category=None, alternate=None):
        used = c.some(vectors)
        return element("SupportVectorMachine", {
            "targetCategory": category, "alternateTargetCategory": alternate,
            "threshold": c.of([None, None, "0.5", "-0.125"]) if alternate else None},
            element("SupportVectors", {"numberOfSupportVectors": c.of([None, len(used)])},
                    [element("SupportVector", {"vectorId": v.get("id")}) for v in used]),
            element("Coefficients", {"absoluteValue": c.of([None, "0.5", "-1.25"])},
                    [element("Coefficient", {"value": c.of(["1", "-1", "0.5", "-0.25", "2"])}) for _ in used]))

    attributes = {"threshold": c.of([None, None, "0.25"])}
    if not classes:
        machines = [machine()]
    else:
        method = c.of(["OneAgainstOne", "OneAgainstAll", None])
        attributes["classificationMethod"] = method
        if method == "OneAgainstOne":
            machines = [machine(*c.shuffled([a, b])) for i, a in enumerate(m.classes) for b in m.classes[i + 1:]]
        elif len(m.classes) == 2 and c.percent(40):
            machines = [machine(*m.classes)]
            attributes["classificationMethod"] = "OneAgainstOne"
        else:
            machines = [machine(v) for v in c.shuffled(m.classes)]
    body = [kernel(c), element("VectorDictionary", {}, element("VectorFields", {}, fields), vectors), machines]
    return m.end(TYPE, place, opened, attributes, body)
