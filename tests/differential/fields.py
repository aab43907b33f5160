"""The fields of a random document: their domains, and the texts that rows hold for them."""

from chance import Chance
from elements import element

NUMBERS = ("double", "float", "integer")
# Sums and products of these are exact, so that ties are ties and bounds are hit.
LITERALS = ["0", "1", "-1", "2", "0.5", "-2.5", "3", "10", "0.25", "7", "-0.75", "20", "100.125"]
WORDS = ["small", "Medium", "large", "x large", "red"]
CLASSES = ["low", "mid", "high"]


class Field:
    """A field that expressions, predicates and models can name."""

    def __init__(self, name: str, optype: str, type_: str, values: list, special: list = ()):
        self.name, self.optype, self.type = name, optype, type_
        self.values = list(values)    # texts of the type: for rows, predicates and tables
        self.special = list(special)  # for rows: on a bound, outside the domain, not of the type
        self.listed = False           # whether the dictionary lists the values
        self.declared = []            # Value and Interval elements

    @property
    def kind(self) -> str:
        if self.type in NUMBERS:
            return "number" if self.optype == "continuous" else "code"
        return {"string": "text", "boolean": "flag"}.get(self.type, "time")

    def element(self):
        return element("DataField", {"name": self.name, "optype": self.optype, "dataType": self.type}, self.declared)


def inputs(chance: Chance) -> list:
    """Some fields of every kind; at least two numbers and one text."""
    numbers = [number(chance, "x", "double"), number(chance, "z", "double"), number(chance, "k", "integer"),
               number(chance, "f", "float")]
    texts = [text(chance, "color", "categorical"), text(chance, "size", "ordinal")]
    free = Field("note", "categorical", "string", ["small", "The large, Medium one", "smell small SMALL", "a-b c"],
                 ["medium x large (small)", " red "])
    code = Field("code", chance.of(["categorical", "ordinal"]), "integer", ["1", "2", "3", "10"], ["-1", "2.5", "x"])
    if chance.percent(60):
        list_values(code, code.values, chance)
    flag = Field("flag", "categorical", "boolean", ["true", "false"], ["maybe"])
    others = [free, code, flag,
              Field("day", "continuous", "date", ["2020-02-29", "1969-12-31", "2001-09-09"], ["2001-02-30"]),
              Field("when", "continuous", "dateTime", ["2020-02-29T12:30:00", "1969-12-31T23:59:59"], ["noon"]),
              Field("clock", "continuous", "time", ["00:00:00", "13:05:09"], ["25:00:00"])]
    return chance.some(numbers, 2) + chance.some(texts, 1) + chance.some(others, 1)


def number(chance: Chance, name: str, type_: str) -> Field:
    values = [v for v in LITERALS if type_ != "integer" or "." not in v]
    out = Field(name, "continuous", type_, values, ["text", "1e3", "-999", "-998"])
    if type_ == "integer":
        out.special.append("3.5")
    if chance.percent(40):
        out.declared.append(element("Value", {"value": "-999", "property": "missing"}))
    if chance.percent(30):
        out.declared.append(element("Value", {"value": "-998", "property": "invalid"}))
    if chance.percent(35):
        low, high = chance.of(["-1", "0", "-2.5"]), chance.of(["10", "7", "20"])
        closure = chance.of(["openOpen", "openClosed", "closedOpen", "closedClosed"])
        out.declared.insert(0, element("Interval", {"closure": closure, "leftMargin": low, "rightMargin": high}))
        if chance.percent(40):
            out.declared.insert(1, element("Interval", {"closure": "closedOpen", "leftMargin": "100"}))
    return out


def text(chance: Chance, name: str, optype: str) -> Field:
    out = Field(name, optype, "string", WORDS[:chance.between(3, 5)], ["n/a", "bad", "unseen", "Small"])
    if optype == "ordinal" or chance.percent(60):
        list_values(out, out.values, chance)
    return out


def list_values(field: Field, values: list, chance: Chance) -> None:
    field.listed = True
    field.declared = [element("Value", {"value": v}) for v in values]
    if field.type == "string" and chance.percent(50):
        field.declared.append(element("Value", {"value": "n/a", "property": "missing"}))
    if field.type == "string" and chance.percent(30):
        field.declared.append(element("Value", {"value": "bad", "property": "invalid"}))


def rows(chance: Chance, fields: list, count: int) -> list:
    out = []
    for _ in range(count):
        row = {}
        tidy = chance.percent(60)  # without anything unusual
        for field in fields:
            if not tidy and chance.percent(12):
                continue
            if not tidy and field.special and chance.percent(12):
                row[field.name] = chance.of(field.special)
            elif field.kind == "number" and chance.percent(60):
                row[field.name] = str(chance.between(-40, 160) / (1 if field.type == "integer" else 8)).removesuffix(".0")
            else:
                row[field.name] = chance.of(field.values)
        out.append(row)
    return out
