"""NeuralNetwork: every activation and normalization, connections over layers, outputs read backwards."""

from document import classes_of
from elements import element

TYPE = "NeuralNetwork"
TASKS = ["regression", "classification"]

ACTIVATIONS = ["threshold", "logistic", "tanh", "identity", "exponential", "reciprocal", "square", "Gauss", "sine", "cosine",
               "Elliott", "arctan", "rectifier", "radialBasis"]
WEIGHTS = ["0.5", "-0.5", "1", "-1", "0.25", "-0.75", "2", "0.125"]


def field_input(m, expression):
    return element("DerivedField", {"optype": "continuous", "dataType": "double"}, expression)


def inputs(m):
    c = m.chance
    out = []
    for f in c.some(m.named("number"))[:3]:
        knots = [element("LinearNorm", {"orig": x, "norm": y}) for x, y in c.of([
            [("0", "0"), ("10", "1")], [("-4", "-1"), ("2", "0.5"), ("20", "1")], [("-10", "1"), ("10", "0")]])]
        out.append(element("FieldRef", {"field": f.name}) if c.percent(15) else element(
            "NormContinuous", {"field": f.name, "outliers": c.of([None, "asExtremeValues", "asExtremeValues"]),
                               "mapMissingTo": c.of([None, None, "0.5"])}, knots))
    for f in c.some(m.named("text", "flag"), 0)[:2]:
        out += [element("NormDiscrete", {"field": f.name, "value": v, "mapMissingTo": c.of([None, None, "0.25"])})
                for v in c.some(f.values)[:2]]
    return [element("NeuralInput", {"id": f"i{i}"}, field_input(m, e)) for i, e in enumerate(out)]


def layer(m, number, size, earlier, activation, shape, connect_all):
    """`earlier`: ids of neurons, of the last layer first."""
    c = m.chance
    neurons, made = [], []
    altitude = c.of([None, "0.5"]) if activation == "radialBasis" else None
    for i in range(size):
        sources = list(earlier[0]) if connect_all else c.some(earlier[0])
        if len(earlier) > 1 and c.percent(15):
            sources.append(c.of(earlier[1]))
        name = f"{number}-{i}"
        made.append(name)
        neurons.append(element("Neuron", {
            "id": name, "bias": c.of(WEIGHTS) if activation != "radialBasis" and c.percent(85) else None,
            "width": c.of([None, "1.5"]) if activation == "radialBasis" else None,
            "altitude": altitude},
            [element("Con", {"from": s, "weight": c.of(WEIGHTS)}) for s in sources]))
    used = {con.get("from") for neuron in neurons for con in neuron}
    neurons[0][:] += [element("Con", {"from": s, "weight": c.of(WEIGHTS)}) for s in earlier[0] if s not in used]
    return element("NeuralLayer", {"numberOfNeurons": size, **shape}, neurons), made


def result(m, classes, neuron, value=None):
    c = m.chance
    name = "cls" if classes else "y"
    if classes:
        expression = element("NormDiscrete", {"field": name, "value": value})
    elif c.percent(50):
        expression = element("FieldRef", {"field": name})
    else:
        knots = c.of([[("0", "0"), ("50", "1")], [("-10", "-1"), ("0", "0"), ("4", "2"), ("40", "3")], [("0", "0"), ("8", "0.5")]])
        expression = element("NormContinuous", {"field": name, "outliers": c.of([None, None, "asExtremeValues"])},
                             [element("LinearNorm", {"orig": x, "norm": y}) for x, y in knots])
    return element("NeuralOutput", {"outputNeuron": neuron}, element(
        "DerivedField", {"optype": "categorical" if classes else "continuous", "dataType": "string" if classes else "double"},
        expression))


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    classes = place.task == "classification"
    model = c.of(ACTIVATIONS)
    attributes = {"activationFunction": model, "threshold": c.of([None, "0.5"]), "width": "2", "altitude": c.of([None, "2"]),
                  "normalizationMethod": c.of([None, None, None, "softmax"])}
    entries = inputs(m)
    earlier, layers = [[e.get("id") for e in entries]], []
    count = c.between(1, 3)
    for i in range(count):
        last = i + 1 == count
        activation = c.of([None, c.of(ACTIVATIONS)])
        # Of the last layer something that answers differ in.
        if last and (activation or model) == "threshold":
            activation = "logistic"
        shape = {"activationFunction": activation}
        if (activation or model) == "threshold":
            shape["threshold"] = c.of([None, "0", "1"])
        if (activation or model) == "radialBasis":
            shape["width"], shape["altitude"] = c.of([None, "1", "3"]), c.of([None, "1.5"])
        if last and classes:
            shape["normalizationMethod"] = c.of(["softmax", "softmax", "none", "simplemax"])
        elif c.percent(15) or last:
            shape["normalizationMethod"] = "none"
        size = (len(m.classes) if classes else 1) if last else c.between(1, 3)
        made, names = layer(m, i, size, earlier, activation or model, shape, c.percent(70))
        layers.append(made)
        earlier.insert(0, names)
    ends = earlier[0]
    order = c.shuffled(list(zip(ends, m.classes))) if classes else [(ends[0], None)]
    body = [element("NeuralInputs", {"numberOfInputs": c.of([None, len(entries)])}, entries), layers,
            element("NeuralOutputs", {}, [result(m, classes, n, v) for n, v in order])]
    outputs = classes_of(m, "probability") if classes else []
    if classes:
        outputs.append(("entityId", {}, "string"))
    return m.end(TYPE, place, opened, attributes, body, outputs)
