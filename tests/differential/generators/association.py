"""AssociationModel: every algorithm, rank and feature of rules over baskets."""

from elements import element
from fields import Field

TYPE = "AssociationModel"
TASKS = ["associationRules"]
DERIVED = False  # nothing is calculated from a basket

GOODS = ["beer", "bread", "milk", "eggs", "tea", "rice"]
FEATURES = ["antecedent", "consequent", "rule", "ruleId", "confidence", "support", "lift", "leverage", "affinity"]
RANKS = ["confidence", "support", "lift", "leverage", "affinity"]


def make(m, place):
    c = m.chance
    m.inputs = [Field("basket", "categorical", "string", GOODS)]
    goods = c.some(GOODS, 3)
    items = [element("Item", {"id": f"i{i}", "value": g, "mappedValue": c.of([None, None, g.title()])}) for i, g in
             enumerate(goods)]
    sets, seen = [], set()
    for _ in range(c.between(3, 7)):
        members = tuple(i.get("id") for i in (c.some(items, 1)[:c.between(1, 2)]))
        if members not in seen:
            seen.add(members)
            sets.append((f"s{len(sets)}", members))
    if c.percent(20):
        sets.append((f"s{len(sets)}", ()))
    rules, used = [], set()
    whole = [name for name, members in sets if members]
    shares = iter(c.shuffled([i / 64 for i in range(1, 64)]))
    identified = c.percent(60)
    for _ in range(c.between(3, 9)):
        a, b = c.of([name for name, _ in sets]), c.of(whole)
        if a == b or (a, b) in used:
            continue
        used.add((a, b))
        values = {key: next(shares) for key in ("support", "confidence", "lift", "leverage", "affinity")}
        rules.append(element("AssociationRule", {"id": f"r{len(rules)}" if identified else None, "antecedent": a,
                                                 "consequent": b, **values}))
    outputs = []
    for i in range(c.between(2, 6)):
        feature = c.of(FEATURES)
        listed = c.percent(35)
        numeric = feature in RANKS
        outputs.append(element("OutputField", {
            "name": f"o{i}", "optype": "continuous" if numeric else "categorical",
            "dataType": "double" if numeric else "string",
            "feature": "ruleValue", "ruleFeature": feature,
            "algorithm": c.of([None, "recommendation", "exclusiveRecommendation", "ruleAssociation"]),
            "rank": "0" if listed and c.percent(50) else c.of([None, "1", "2", "3"]),
            "rankBasis": c.of([None] + RANKS), "rankOrder": c.of([None, "descending", "ascending"]),
            "isMultiValued": "1" if listed else c.of([None, "0"])}))
    schema = [element("MiningField", {"name": "tid", "usageType": "group"}), element("MiningField", {"name": "basket"})]
    m.extra = [element("DataField", {"name": "tid", "optype": "categorical", "dataType": "string"})]

    def rows(count):
        out = []
        for _ in range(count):
            basket = [g for g in GOODS if c.percent(50)]
            if c.percent(20):
                basket.append(c.of(GOODS + ["unknown"]))
            out.append({"basket": c.shuffled(basket)} if basket else {})
        return out

    m.rows_of = rows
    return element(TYPE, {"functionName": place.task, "numberOfTransactions": 64, "minimumSupport": "0.01",
                          "minimumConfidence": "0.01", "numberOfItems": len(items), "numberOfItemsets": len(sets),
                          "numberOfRules": len(rules)}, element("MiningSchema", {}, schema), element("Output", {}, outputs),
                   items, [element("Itemset", {"id": name}, [element("ItemRef", {"itemRef": i}) for i in members])
                           for name, members in sets], rules)
