"""ClusteringModel: every measure of distance and similarity, comparisons, field weights, missing value weights."""

from elements import element
from fields import Field

TYPE = "ClusteringModel"
TASKS = ["clustering"]

DISTANCES = ["euclidean", "squaredEuclidean", "chebychev", "cityBlock", "minkowski"]
SIMILARITIES = ["simpleMatching", "jaccard", "tanimoto", "binarySimilarity"]


def measure(c, name):
    if name == "minkowski":
        return element(name, {"p-parameter": c.of(["1", "2", "3"])})
    if name == "binarySimilarity":
        return element(name, {f"{p}{i}-parameter": c.of(["0", "1", "2", "0.5"]) if p == "c" else c.of(["1", "2", "0.5"])
                              for p in "cd" for i in ("00", "01", "10", "11")})
    return element(name)


def binary_fields(m):
    """Derived fields of 0 and 1."""
    c = m.chance
    out = []
    for _ in range(c.between(2, 5)):
        made = Field(m.fresh("b"), "continuous", "double", ["0", "1"])
        if c.percent(60):
            f = c.of(m.named("text", "flag"))
            expression = element("NormDiscrete", {"field": f.name, "value": c.of(f.values),
                                                  "mapMissingTo": c.of([None, "0"])})
        else:
            expression = element("Apply", {"function": "threshold"}, element("FieldRef", {"field": c.of(m.named("number")).name}),
                                 element("Constant", {"dataType": "double"}, text=c.of(["0", "2", "5"])))
        out.append((made, element("DerivedField", {"name": made.name, "optype": "continuous", "dataType": "double"}, expression)))
    m.visible += [f for f, _ in out]
    return out


def make(m, place):
    c = m.chance
    outside, local = m.begin(place)
    binary = c.percent(40)
    name = c.of(SIMILARITIES if binary else DISTANCES)
    attributes = {"kind": "similarity" if binary else "distance"}
    if binary:
        made = binary_fields(m)
        local += [e for _, e in made]
        fields = [f for f, _ in made]
        shapes = [{} for _ in fields]
    else:
        fields = c.some(m.named("number"))[:4]
        attributes["compareFunction"] = c.of([None, "absDiff", "absDiff", "delta", "equal"])
        shapes = []
        for _ in fields:
            shape = {"fieldWeight": c.of([None, None, "2", "0.5"]),
                     "compareFunction": c.of([None, None, "absDiff", "gaussSim", "delta", "equal"])}
            if shape["compareFunction"] == "gaussSim":
                shape["similarityScale"] = c.of(["1", "4", "10"])
            shapes.append(shape)
    values = ["0", "1"] if binary else ["0", "1", "-1", "2.5", "7", "3.25", "10", "20"]
    clusters, seen = [], set()
    for i in range(c.between(2, 5)):
        center = tuple(c.of(values) for _ in fields)
        if center in seen:
            continue
        seen.add(center)
        clusters.append((center, {"name": c.of([None, f"cluster {i}"])}))
    identified = c.percent(60)
    ids = [f"c{i}" if identified else str(i + 1) for i in range(len(clusters))]
    body = [element("ComparisonMeasure", attributes, measure(c, name)),
            [element("ClusteringField", {"field": f.name, **shape}) for f, shape in zip(fields, shapes)],
            element("MissingValueWeights", {}, element("Array", {"type": "real", "n": len(fields)}, text=" ".join(
                c.of(["1", "0.5", "2"]) for _ in fields))) if c.percent(40) else None,
            [element("Cluster", {"id": i if identified else None, **shape}, element(
                "Array", {"type": "real", "n": len(fields)}, text=" ".join(center)))
             for i, (center, shape) in zip(ids, clusters)]]
    rank = {"rank": c.between(1, len(ids))}
    outputs = [("predictedValue", {}, "string"), ("predictedDisplayValue", {}, "string"), ("clusterId", {}, "string"),
               ("entityId", {}, "string"), ("entityId", rank, "string"), ("affinity", {}, "double"),
               ("clusterAffinity", {}, "double"), ("affinity", {"value": c.of(ids)}, "double"),
               ("entityAffinity", rank, "double")]
    return m.end(TYPE, place, (outside, local), {"modelClass": "centerBased", "numberOfClusters": len(clusters)}, body,
                 outputs, target=False)
