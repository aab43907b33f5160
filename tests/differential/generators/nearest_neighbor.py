"""NearestNeighborModel: measures, scoring methods, stored rows as they are and transformed."""

from elements import element
from generators.clustering import DISTANCES, measure

TYPE = "NearestNeighborModel"
TASKS = ["regression", "classification"]


def make(m, place):
    c = m.chance
    opened = m.begin(place)
    transformed = c.percent(50)
    pool = m.named("number") if transformed else [f for f in m.named("number") if f in m.inputs]
    fields = c.some(pool)[:3]
    texts = [f for f in m.named("text") if f in m.inputs and f.listed]
    shapes = [{"fieldWeight": c.of([None, None, "2", "0.5"]), "compareFunction": c.of([None, None, None, "absDiff", "delta"])}
              for _ in fields]
    if texts and c.percent(30):
        fields.append(texts[0])
        shapes.append({"compareFunction": c.of(["equal", "delta"])})
    for f in fields:  # stored values shall be valid ones
        f.declared = [e for e in f.declared if e.tag != "Interval"]
    target = m.targets[place.task]
    target.optype = "categorical" if place.task == "classification" else "continuous"  # (JPMML knows no others here)
    identified = c.percent(70)
    count = c.between(6, 14)
    rows = []
    for i in range(count):
        cells = [element(f"c{j}", {}, text=c.of(f.values) if f.kind == "text" else str(
            c.between(-8, 80) / (1 if f.type == "integer" else 4)).removesuffix(".0")) for j, f in enumerate(fields)]
        value = c.of(m.classes) if place.task == "classification" else str(c.between(-20, 60) / 4)
        rows.append(element("row", {}, cells, element("id", {}, text=f"r{i}") if identified else None,
                            element("t", {}, text=value)))
    stored = element("TrainingInstances", {"isTransformed": "true" if transformed else c.of([None, "false"]),
                                           "recordCount": c.of([None, count])},
                     element("InstanceFields", {}, [element("InstanceField", {"field": f.name, "column": f"c{j}"})
                                                    for j, f in enumerate(fields)],
                             element("InstanceField", {"field": "row_id", "column": "id"}) if identified else None,
                             element("InstanceField", {"field": target.name, "column": "t"})),
                     element("InlineTable", {}, rows))
    nearest = c.between(1, 5)
    attributes = {"numberOfNeighbors": nearest, "instanceIdVariable": "row_id" if identified else None,
                  "threshold": c.of([None, "0.5"]),
                  "continuousScoringMethod": c.of([None, "average", "median", "weightedAverage"]),
                  "categoricalScoringMethod": c.of([None, "majorityVote", "weightedMajorityVote"])}
    body = [stored, element("ComparisonMeasure", {"kind": "distance", "compareFunction": c.of([None, "absDiff"])},
                            measure(c, c.of(DISTANCES))),
            element("KNNInputs", {}, [element("KNNInput", {"field": f.name, **shape}) for f, shape in zip(fields, shapes)])]
    outputs = []
    if identified:
        rank = {"rank": c.between(1, nearest)}
        outputs = [("entityId", {}, "string"), ("entityId", rank, "string"), ("affinity", rank, "double"),
                   ("entityAffinity", rank, "double")]
    model = m.end(TYPE, place, opened, attributes, body, outputs, targets=False)  # (JPMML leaves Targets out here)
    for f in model.find("MiningSchema"):
        # (JPMML treats also rows that are stored as transformed, and cannot do with values missing from stored rows.)
        for name in ("outliers", "lowValue", "highValue") if transformed or f.get("outliers") == "asMissingValues" else ():
            f.attrib.pop(name, None)
    return model
