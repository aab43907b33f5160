#!/usr/bin/env python3
"""Writes the documents and the expected results of this folder.

Every expected value follows from the definition of the specification: which items are in the basket, which of the two
sides of a rule are subsets of it, which algorithm wants which of them, and the order of the measures. A basket is
computed in two ways, as a set and by asking each item alone, and the two must agree.

usage: derive.py
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from writing import Folder, document, element as tag, lines

folder = Folder(__file__, "AssociationRules", "association", 1e-12, layout=lines)
case = folder.case


class Model:
    """A rule model as plain data: items {id: (field, value)}, itemsets {id: ([item], support)}, rules [dict]."""

    def __init__(self, fields, items, itemsets, rules, groups=("tx",)):
        self.fields, self.items, self.itemsets, self.rules, self.groups = fields, items, itemsets, rules, groups

    # ---- the definition
    def basket(self, record):
        """Ids of the items that a record holds; None where no field is known."""
        known = [f for f in self.fields if record.get(f["name"]) is not None]
        if not known:
            return None
        as_set = set()
        for field in known:
            values = record[field["name"]]
            for value in values if isinstance(values, list) else [values]:
                for item, (where, what, _) in self.items.items():
                    if where == field["name"] and value in self.below(field, what):
                        as_set.add(item)
        one_by_one = {item for item, (where, what, _) in self.items.items()
                      if any(v in self.below(self.field(where), what) for v in self.values(record, where))}
        assert as_set == one_by_one
        return as_set

    def field(self, name):
        return next(f for f in self.fields if f["name"] == name)

    @staticmethod
    def values(record, name):
        value = record.get(name)
        return [] if value is None else value if isinstance(value, list) else [value]

    @staticmethod
    def below(field, value):
        """The value and everything that stands below it."""
        parents = field.get("parents", {})
        out = {value}
        while True:
            more = {child for child, above in parents.items() if set(above) & out} - out
            if not more:
                return out
            out |= more

    def measure(self, rule, name):
        """As given, or else as the specification defines it from the supports of the itemsets."""
        if rule.get(name) is not None:
            return rule[name]
        a, c = self.itemsets[rule["antecedent"]][1], self.itemsets[rule["consequent"]][1]
        if name == "lift":
            return None if c is None else rule["confidence"] / c
        if a is None or c is None:
            return None
        return {"leverage": rule["support"] - a * c,
                "affinity": rule["support"] / (a + c - rule["support"])}[name]

    def fired(self, basket, algorithm, basis="confidence", order="descending"):
        rules = []
        for position, rule in enumerate(self.rules):
            left = set(self.itemsets[rule["antecedent"]][0]) <= basket
            right = set(self.itemsets[rule["consequent"]][0]) <= basket
            wanted = {"recommendation": left, "exclusiveRecommendation": left and not right,
                      "ruleAssociation": left and right}[algorithm]
            if wanted:
                rules.append((position, rule))
        sign = -1 if order == "descending" else 1
        def key(entry):
            value = self.measure(entry[1], basis)
            return (value is None, 0 if value is None else sign * value, entry[0])
        return [rule for _, rule in sorted(rules, key=key)]

    def text(self, itemset):
        return "{" + ",".join(self.items[i][2] for i in self.itemsets[itemset][0]) + "}"

    def words(self, itemset):
        items = self.itemsets[itemset][0]
        return self.items[items[0]][2] if len(items) == 1 else self.text(itemset)

    def property(self, rule, feature):
        if feature in ("ruleId", "entityId"):
            return rule.get("id") or str(self.rules.index(rule) + 1)
        if feature in ("antecedent", "consequent"):
            return self.words(rule[feature])
        if feature == "predictedValue":
            return self.words(rule["consequent"])
        if feature == "rule":
            return self.text(rule["antecedent"]) + "->" + self.text(rule["consequent"])
        if feature in ("confidence", "support"):
            return rule[feature]
        return self.measure(rule, feature)

    def answer(self, basket, output):
        if basket is None:
            return None
        feature = output.get("ruleFeature", "consequent") if output["feature"] == "ruleValue" else output["feature"]
        fired = self.fired(basket, output.get("algorithm", "exclusiveRecommendation"),
                           output.get("rankBasis", "confidence"), output.get("rankOrder", "descending"))
        values = [self.property(rule, feature) for rule in fired]
        rank = output.get("rank", 1)
        if rank == 0:
            return values
        if output.get("isMultiValued") == 1:
            return values[:rank]
        return values[rank - 1] if len(values) >= rank else None

    # ---- the document
    def element(self, outputs, item_attributes=None, **attributes):
        schema = "".join(tag("MiningField", name=g, usageType="group") for g in self.groups)
        schema += "".join(tag("MiningField", name=f["name"], **f.get("mining", {})) for f in self.fields)
        body = tag("MiningSchema", schema)
        if outputs:
            body += tag("Output", "".join(
                tag("OutputField", **{"name": None, "optype": None,
                                      "dataType": o.get("dataType", "string"), **o}) for o in outputs))
        for item, (field, what, value) in self.items.items():
            own = item_attributes(item, field, what) if item_attributes else {}
            body += tag("Item", id=item, value=value, **own)
        for itemset, (items, support) in self.itemsets.items():
            body += tag("Itemset", "".join(tag("ItemRef", itemRef=i) for i in items), id=itemset, support=support,
                        numberOfItems=len(items))
        body += "".join(tag("AssociationRule", **rule) for rule in self.rules)
        return tag("AssociationModel", body, functionName="associationRules", numberOfTransactions=100,
                   numberOfItems=len(self.items), numberOfItemsets=len(self.itemsets), numberOfRules=len(self.rules),
                   minimumSupport="0.01", minimumConfidence="0.1", **attributes)

    def dictionary(self, extra=""):
        fields = "".join(tag("DataField", name=g, optype="categorical", dataType="string") for g in self.groups)
        for f in self.fields:
            listed = "".join(tag("Value", value=v) for v in f.get("listed", []))
            fields += tag("DataField", listed, name=f["name"], optype="categorical",
                          dataType=f.get("type", "string"), taxonomy=f.get("taxonomy"))
        return [fields + extra]


def expectations(model, outputs, records):
    return [{o["name"]: model.answer(model.basket(r), o) for o in outputs} for r in records]


# ---- baskets: every algorithm, basis, order and feature
ITEMS = {i: ("item", v, v) for i, v in
         (("i1", "beer"), ("i2", "bread"), ("i3", "milk"), ("i4", "nappy"), ("i5", "tea with lemon"))}
SETS = {"s0": ([], 1.0), "s1": (["i1"], 0.5), "s2": (["i4"], 0.25), "s3": (["i2", "i3"], 0.2), "s4": (["i3"], 0.4),
        "s5": (["i5"], None), "s6": (["i1", "i2", "i3"], 0.1)}
RULES = [
    {"id": "R1", "antecedent": "s2", "consequent": "s1", "support": 0.2, "confidence": 0.7, "lift": 1.4,
     "leverage": 0.075, "affinity": 0.36},
    {"id": "R2", "antecedent": "s3", "consequent": "s2", "support": 0.1, "confidence": 0.5, "lift": 2.0},
    {"antecedent": "s1", "consequent": "s2", "support": 0.2, "confidence": 0.5},
    {"id": "R4", "antecedent": "s1", "consequent": "s4", "support": 0.1, "confidence": 0.3, "lift": 0.75},
    {"antecedent": "s4", "consequent": "s5", "support": 0.05, "confidence": 0.125},
    {"id": "R6", "antecedent": "s0", "consequent": "s3", "support": 0.2, "confidence": 0.2},
    {"id": "R7", "antecedent": "s1", "consequent": "s3", "support": 0.1, "confidence": 0.5, "affinity": 0.5},
]
BASKETS = [
    {"tx": "1", "item": ["beer", "nappy"]},
    {"tx": "2", "item": ["bread", "milk", "beer"]},
    {"tx": "3", "item": ["beer", "bread", "milk", "nappy", "tea with lemon"]},
    {"tx": "4", "item": ["beer", "beer", "caviar"]},
    {"tx": "5", "item": []},
    {"tx": "6"},
    {"tx": "7", "item": None},
    {"tx": "8", "item": "nappy"},
    {"tx": "9", "item": [None, "milk"]},
]
GROUPED = Model([{"name": "item"}], ITEMS, SETS, RULES)

ALGORITHMS = ("recommendation", "exclusiveRecommendation", "ruleAssociation")
BASES = ("confidence", "support", "lift", "leverage", "affinity")
MEASURES = {"dataType": "double", "optype": "continuous"}
ranked = [{"name": f"{algorithm} {basis} {order}", "feature": "ruleId", "algorithm": algorithm, "rank": 0,
           "rankBasis": basis, "rankOrder": order}
          for algorithm in ALGORITHMS for basis in BASES for order in ("descending", "ascending")]
case("rankings", document(GROUPED.dictionary(), GROUPED.element(ranked, isScorable="true")), BASKETS,
     expectations(GROUPED, ranked, BASKETS),
     "subset tests per algorithm; fired rules sorted by each measure in both directions",
     "Equal measures keep the document's order in both directions. Lift, leverage and affinity that are not given follow "
     "from the supports; a rule for which that is impossible comes last. A rule without id has its number. An item that "
     "is none of the model's changes nothing.")

features = [{"name": f, "feature": f, "algorithm": "recommendation", **(MEASURES if f in BASES else {})}
            for f in ("antecedent", "consequent", "rule", "ruleId", "entityId", "predictedValue") + BASES]
features += [{"name": f"second {f}", "feature": "ruleValue", "ruleFeature": f, "algorithm": "recommendation",
              "rank": 2, **(MEASURES if f in BASES else {})}
             for f in ("antecedent", "consequent", "rule", "ruleId") + BASES]
features += [{"name": f"all {f}", "feature": f, "algorithm": "recommendation", "rank": 0, "isMultiValued": 1,
              "rankBasis": "lift", **(MEASURES if f in BASES else {})}
             for f in ("consequent", "rule", "lift", "affinity")]
features += [{"name": "best two", "feature": "consequent", "algorithm": "recommendation", "rank": 2,
              "isMultiValued": 1},
             {"name": "default value", "feature": "ruleValue"},
             {"name": "by default", "feature": "predictedValue"}]
case("features", document(GROUPED.dictionary(), GROUPED.element(features)), BASKETS,
     expectations(GROUPED, features, BASKETS),
     "properties of the rule at a rank, or of all or the first n as a list; measures by their definitions",
     "One item is written as it is, several as {a,b}, a rule as {a}->{b,c}. The predicted value is the consequent of "
     "the best rule. rank 0 is all; with isMultiValued a rank is the greatest number of them.")

plain = document(GROUPED.dictionary(), GROUPED.element([]))
by_default = [{"name": "_target", "feature": "consequent"}, {"name": "_rules", "feature": "ruleId", "rank": 0}]
case("no_output", plain, BASKETS, expectations(GROUPED, by_default, BASKETS),
     "consequent of the best rule and ids of all, by exclusiveRecommendation and confidence",
     "Without an Output the ids of the rules that fire are a result of their own.")

# ---- one column per item: true/false columns, categories, both spellings of pairs
COLUMNS = Model(
    [{"name": "Water", "type": "boolean"}, {"name": "Coke", "type": "boolean"}, {"name": "Area", "listed":
      ["Rural", "Urban"]}, {"name": "Day"}, {"name": "Day=Weekday", "type": "boolean"}, {"name": "Bottles",
                                                                                         "type": "integer"}],
    {"1": ("Water", True, "Water"), "2": ("Coke", True, "Coke"), "3": ("Area", "Rural", "Area=Rural"),
     "4": ("Area", "Urban", "town"), "5": ("Day=Weekday", True, "Day=Weekday"), "6": ("Day", "Sunday", "Sunday"),
     "7": ("Bottles", 2, "Bottles=2"), "8": ("Day", "Mon", "Day=Mon")},
    {"a": (["1"], 0.5), "b": (["3", "5"], 0.25), "c": (["2"], 0.5), "d": (["4", "6"], 0.2), "e": (["7", "8"], 0.1)},
    [{"id": "w", "antecedent": "a", "consequent": "c", "support": 0.3, "confidence": 0.6},
     {"id": "x", "antecedent": "b", "consequent": "a", "support": 0.2, "confidence": 0.8},
     {"id": "y", "antecedent": "d", "consequent": "c", "support": 0.1, "confidence": 0.5},
     {"id": "z", "antecedent": "e", "consequent": "c", "support": 0.05, "confidence": 0.4}], groups=())


def spelled(item, field, what):
    """Items 4 and 6 name field and category, the others have both in their value."""
    return {"4": {"field": "Area", "category": "Urban"}, "6": {"field": "Day", "category": "Sunday"},
            "3": {"field": "Area"}}.get(item, {})


TABLE = [
    {"Water": True, "Coke": False, "Area": "Rural", "Day": "Mon", "Day=Weekday": True, "Bottles": 2},
    {"Water": True, "Coke": True, "Area": "Urban", "Day": "Sunday", "Day=Weekday": False, "Bottles": 0},
    {"Water": False, "Coke": False, "Area": "Urban", "Day": "Sunday", "Day=Weekday": False, "Bottles": 3},
    {"Water": None, "Area": "Rural", "Day=Weekday": True},
    {},
    {"Water": False, "Coke": False, "Area": "Sea", "Day": "Mon", "Day=Weekday": True, "Bottles": 2},
]
columns = [{"name": "all", "feature": "ruleId", "algorithm": "recommendation", "rank": 0},
           {"name": "new", "feature": "rule", "rank": 0}]
wanted = expectations(COLUMNS, columns, TABLE)
wanted[5] = "invalid"  # "Sea" is not among the listed values
case("columns", document(COLUMNS.dictionary(), COLUMNS.element(columns, spelled)), TABLE, wanted,
     "an item is a column that is true, or a column with the item's category",
     "A column that is not known holds no item; a record without any has no basket. An invalid column makes the answers "
     "invalid.")

# ---- a field with the whole basket, but without a group; numbers as items
NUMBERS = Model([{"name": "code", "type": "integer"}],
                {"a": ("code", 101, "101"), "b": ("code", 205, "205"), "c": ("code", 7, "007")},
                {"x": (["a"], 0.5), "y": (["b", "c"], 0.2)},
                [{"id": "1", "antecedent": "x", "consequent": "y", "support": 0.1, "confidence": 0.4},
                 {"id": "2", "antecedent": "y", "consequent": "x", "support": 0.1, "confidence": 0.5}], groups=())
CODES = [{"code": [101]}, {"code": [7, 205]}, {"code": [7]}, {"code": ["101", 205.0, 7]}, {"code": 101}]
outputs = [{"name": "ids", "feature": "ruleId", "rank": 0, "dataType": "integer"},
           {"name": "best", "feature": "entityId", "algorithm": "recommendation", "dataType": "double"},
           {"name": "then", "feature": "consequent", "algorithm": "ruleAssociation"}]
numeric = [dict(r) for r in CODES]
numeric[3] = {"code": [101, 205, 7]}
wanted = expectations(NUMBERS, outputs, numeric)
for row in wanted:
    row["ids"] = [int(i) for i in row["ids"]]
    row["best"] = None if row["best"] is None else float(row["best"])
case("numbers", document(NUMBERS.dictionary(), NUMBERS.element(outputs)), CODES, wanted,
     "items compare in the data type of their field",
     "One active field without a group, whose items are its values, holds the whole basket.")

# ---- a taxonomy: what stands below an item is that item
LEVELS = {"lager": ["beer"], "stout": ["beer"], "beer": ["drink"], "juice": ["drink"], "drink": ["food"],
          "bread": ["food", "bakery"]}
TREE = Model([{"name": "item", "taxonomy": "goods", "parents": LEVELS}],
             {"d": ("item", "drink", "drink"), "b": ("item", "bakery", "bakery"), "s": ("item", "stout", "stout"),
              "f": ("item", "food", "food")},
             {"D": (["d"], 0.5), "B": (["b"], 0.4), "S": (["s"], 0.1), "F": (["f"], 0.9)},
             [{"id": "db", "antecedent": "D", "consequent": "B", "support": 0.2, "confidence": 0.4},
              {"id": "sb", "antecedent": "S", "consequent": "B", "support": 0.05, "confidence": 0.5},
              {"id": "fd", "antecedent": "F", "consequent": "D", "support": 0.4, "confidence": 0.45},
              {"id": "bf", "antecedent": "B", "consequent": "F", "support": 0.4, "confidence": 1.0}])


def rows(pairs, child, parent):
    return "".join(tag("row", tag(child, c) + (tag(parent, p) if p else "")) for c, p in pairs)


RECURSIVE = tag("Taxonomy", tag("ChildParent", tag("InlineTable", rows(
    [(c, p) for c, above in LEVELS.items() for p in above] + [("food", None)], "member", "group")),
    childField="member", parentField="group", isRecursive="yes"), name="goods")
SHOPPING = [{"item": ["stout"]}, {"item": ["lager", "bread"]}, {"item": ["juice"]}, {"item": ["bread"]},
            {"item": ["beer", "stout"]}, {"item": ["soap"]}, {"item": ["food"]}]
outputs = [{"name": "rec", "feature": "ruleId", "algorithm": "recommendation", "rank": 0},
           {"name": "exc", "feature": "ruleId", "rank": 0}]
case("taxonomy", document(TREE.dictionary(RECURSIVE), TREE.element(outputs)), SHOPPING,
     expectations(TREE, outputs, SHOPPING), "closure of the child/parent table",
     "A value of the field's taxonomy counts as everything that stands above it.")

# The same relation in tables of one level each: a table is not followed by itself.
ONE_LEVEL = tag(
    "Taxonomy",
    tag("ChildParent", tag("FieldColumnPair", field="kind", column="c2") + tag("InlineTable", rows(
        [("lager", "beer"), ("stout", "beer"), ("beer", "drink")], "sort", "c2")), childField="sort",
        parentField="kind", isRecursive="no") +
    tag("ChildParent", tag("InlineTable", rows([("beer", "drink"), ("juice", "drink"), ("drink", "food")],
                                               "kind", "group")), childField="kind", parentField="group"),
    name="goods")
# lager -> beer (first table) -> drink (second); drink -> food would be the second table again. By hand:
FLAT = {"lager": ["beer", "drink"], "stout": ["beer", "drink"], "beer": ["drink", "food"], "juice": ["drink"],
        "drink": ["food"]}


class OneLevel(Model):
    @staticmethod
    def below(field, value):
        return {value} | {child for child, above in FLAT.items() if value in above}


LEVELLED = OneLevel(TREE.fields, TREE.items, TREE.itemsets, TREE.rules)
case("taxonomy_levels", document(LEVELLED.dictionary(ONE_LEVEL), LEVELLED.element(outputs)), SHOPPING,
     expectations(LEVELLED, outputs, SHOPPING), "one table per level, written out by hand",
     "isRecursive=no: a table holds one level, so a step through it does not follow another one through it. beer stands "
     "in both tables: drink by the first and food by the second.")

# ---- as a segment: the rules of the group, chosen by another field
inner = Model([{"name": "item"}], ITEMS, SETS, RULES)
other = Model([{"name": "item"}], ITEMS, SETS, RULES[:2])
wanted_outputs = [{"name": "best", "feature": "consequent"}, {"name": "ids", "feature": "ruleId", "rank": 0}]
schema = tag("MiningSchema", "".join(tag("MiningField", name=n, usageType=u) for n, u in
                                     (("tx", "group"), ("item", None), ("shop", None))))
segments = "".join(
    tag("Segment", tag("SimplePredicate", field="shop", operator="equal", value=shop) +
        model.element(wanted_outputs), id=shop) for shop, model in (("north", inner), ("south", other)))
outer = tag("MiningModel", schema + tag("Output", "".join(
    tag("OutputField", name=f"{shop} {o['name']}", dataType="string", segmentId=shop,
        **{k: v for k, v in o.items() if k != "name"}) for shop in ("north", "south") for o in wanted_outputs)) +
    tag("Segmentation", segments, multipleModelMethod="selectFirst"), functionName="associationRules")
dictionary = inner.dictionary(tag("DataField", name="shop", optype="categorical", dataType="string"))
records = [{**r, "shop": shop} for r in BASKETS[:4] for shop in ("north", "south", "east")]
wanted = []
for r in records:
    row = {}
    for shop, model in (("north", inner), ("south", other)):
        for o in wanted_outputs:
            value = model.answer(model.basket(r), o)
            row[f"{shop} {o['name']}"] = value if shop == r["shop"] else None
            if shop == r["shop"]:
                row[o["name"]] = value
    if r["shop"] == "east":
        row.update(best=None, ids=None)
    wanted.append(row)
case("segments", document(dictionary, outer), records, wanted,
     "the segment of the record answers; rules of a segment that is not asked are missing")


folder.write()
