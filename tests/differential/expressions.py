"""Random expressions and predicates over the fields that can be seen."""

from chance import Chance
from elements import array, element
from fields import LITERALS, WORDS


class Expressions:
    def __init__(self, chance: Chance, fields: list):
        self.chance, self.fields = chance, fields

    def named(self, *kinds):
        return [f for f in self.fields if f.kind in kinds]

    # -- parts

    def constant(self):
        c = self.chance
        value = c.of(LITERALS)
        if c.percent(3):
            return element("Constant", {"dataType": "double", "missing": "true"}, text=value)
        type_ = c.of([None, "double", "float", "integer" if "." not in value else "double"])
        return element("Constant", {"dataType": type_}, text=value)

    def words(self):
        return element("Constant", {"dataType": "string"}, text=self.chance.of(WORDS + ["other"]))

    def reference(self, field, mapped=None):
        if mapped is not None and not self.chance.percent(4):
            mapped = None
        return element("FieldRef", {"field": field.name, "mapMissingTo": mapped})

    def any_number(self) -> str:
        return self.chance.of(self.named("number")).name

    def mapped(self, field):
        return field, self.chance.of([v for v in LITERALS if "." not in v] if field.type == "integer" else
                                     LITERALS if field.kind == "number" else WORDS)

    def apply(self, function: str, *arguments, mapped=None):
        """`mapped`: what missing values may become."""
        c = self.chance
        attributes = {"function": function}
        if mapped is not None:
            if c.percent(3):
                attributes["mapMissingTo"] = mapped
            if c.percent(3):
                attributes["defaultValue"] = mapped
            if c.percent(40):
                attributes["invalidValueTreatment"] = c.of(["asMissing", "asMissing", "returnInvalid"])
        return element("Apply", attributes, *arguments)

    # -- numbers

    def number(self, depth: int):
        c = self.chance
        fields = self.named("number")
        if depth == 0 or c.percent(15):
            if fields and c.percent(70):
                return self.reference(*self.mapped(c.of(fields)))
            return self.constant()
        return c.of([self.arithmetic, self.arithmetic, self.arithmetic, self.aggregate, self.mathematics, self.rounding,
                     self.chosen, self.norm_continuous, self.discretized, self.norm_discrete, self.mapped_number,
                     self.counted, self.calendar, self.length])(depth - 1)

    def arithmetic(self, depth):
        c = self.chance
        operator = c.of(["+", "-", "*", "/"])
        divisor = operator == "/" and c.percent(70)
        return self.apply(operator, self.number(depth),
                          element("Constant", {"dataType": "double"}, text=c.of(["2", "-0.5", "4"])) if divisor else
                          # Not an integer: JPMML divides integers as Java does.
                          element("Apply", {"function": "+"}, self.number(depth),
                                  element("Constant", {"dataType": "double"}, text="0.5"))
                          if operator == "/" else self.number(depth), mapped=c.of(LITERALS))

    def aggregate(self, depth):
        c = self.chance
        return self.apply(c.of(["min", "max", "sum", "avg", "product"]),
                          *[self.number(depth) for _ in range(c.between(2, 4))], mapped=c.of(LITERALS))

    def mathematics(self, depth):
        c = self.chance
        function = c.of(["ln", "log10", "exp", "sqrt", "abs", "pow", "sin", "cos", "tan", "atan", "asin", "acos", "sinh",
                         "cosh", "tanh", "expm1", "ln1p", "hypot", "threshold", "modulo", "stdNormalCDF", "stdNormalPDF",
                         "erf", "normalCDF", "normalPDF"])
        # Arguments that are not computed: no digits are lost in them.
        arguments = [self.number(0)]
        if function in ("pow", "hypot", "threshold", "modulo"):
            arguments.append(self.number(0))
        if function in ("normalCDF", "normalPDF"):
            arguments += [element("Constant", {"dataType": "double"}, text=v) for v in ("0.5", "2")]
        return self.apply(function, *arguments, mapped=c.of(LITERALS))

    def rounding(self, depth):
        return self.apply(self.chance.of(["floor", "ceil", "round", "rint", "abs"]), self.number(depth),
                          mapped=self.chance.of(LITERALS))

    def chosen(self, depth):
        c = self.chance
        return self.apply("if", self.boolean(depth), self.number(depth), self.number(depth) if c.percent(80) else None)

    def norm_continuous(self, depth):
        c = self.chance
        fields = self.named("number")
        if not fields:
            return self.constant()
        knots, x = [], -3
        for _ in range(c.between(2, 4)):
            knots.append(element("LinearNorm", {"orig": x, "norm": c.of(LITERALS)}))
            x += c.of([1, 2, 8])
        return element("NormContinuous", {"field": c.of(fields).name,
                                          "outliers": c.of([None, "asIs", "asMissingValues", "asExtremeValues"]),
                                          "mapMissingTo": c.of([None, None, c.of(LITERALS)])}, knots)

    def bins(self, values):
        c = self.chance
        margins = sorted({float(v) for v in c.some(LITERALS, 3)})
        out = []
        left_closed = c.percent(50)
        closure = "closedOpen" if left_closed else "openClosed"
        if c.percent(60):
            out.append((None, margins[0]))
        out += list(zip(margins, margins[1:]))
        if c.percent(60):
            out.append((margins[-1], None))
        return [element("DiscretizeBin", {"binValue": c.of(values)},
                        element("Interval", {"closure": closure, "leftMargin": low, "rightMargin": high}))
                for low, high in out if c.percent(85) or low is None]

    def discretize(self, values, type_):
        c = self.chance
        fields = self.named("number")
        bins = self.bins(values)
        if not fields or not bins:
            return None
        return element("Discretize", {"field": c.of(fields).name, "dataType": type_,
                                      "mapMissingTo": c.of([None, c.of(values)]),
                                      "defaultValue": c.of([None, c.of(values)])}, bins)

    def discretized(self, depth):
        return self.discretize(LITERALS, "double") or self.constant()

    def norm_discrete(self, depth):
        c = self.chance
        fields = self.named("text", "code", "flag")
        if not fields:
            return self.constant()
        field = c.of(fields)
        return element("NormDiscrete", {"field": field.name, "value": c.of(field.values),
                                        "mapMissingTo": c.of([None, None, "0.5"])})

    def map_values(self, values, type_):
        c = self.chance
        fields = self.named("text", "code")
        if not fields:
            return None
        keys = c.some(fields)[:2]
        table = []
        seen = set()
        for _ in range(c.between(1, 8)):
            row = tuple(c.of(f.values) for f in keys)
            if row not in seen:
                seen.add(row)
                table.append(element("row", {}, [element(f"c{i}", {}, text=v) for i, v in enumerate(row)],
                                     element("out", {}, text=c.of(values))))
        return element("MapValues", {"outputColumn": "out", "dataType": type_, "mapMissingTo": c.of([None, c.of(values)]),
                                     "defaultValue": c.of([None, c.of(values)])},
                       [element("FieldColumnPair", {"field": f.name, "column": f"c{i}"}) for i, f in enumerate(keys)],
                       element("InlineTable", {}, table))

    def mapped_number(self, depth):
        return self.map_values(LITERALS, "double") or self.constant()

    def counted(self, depth):
        """TextIndex"""
        c = self.chance
        fields = [f for f in self.named("text") if f.optype == "categorical"]
        if not fields:
            return self.constant()
        normalization = element(
            "TextIndexNormalization", {"inField": "a", "outField": "b", "regexField": "r",
                                       "isCaseSensitive": c.of([None, "true"])},
            element("InlineTable", {},
                    element("row", {}, element("a", {}, text="[Ss]mel+"), element("b", {}, text="small"),
                            element("r", {}, text="true")),
                    element("row", {}, element("a", {}, text="medium"), element("b", {}, text="large"),
                            element("r", {}, text="false")))) if c.percent(25) else None
        # (JPMML's normalization knows no distances.)
        return element("TextIndex", {"textField": c.of(fields).name,
                                     "localTermWeights": c.of([None, "termFrequency", "binary", "logarithmic"]),
                                     "isCaseSensitive": c.of([None, "true", "false"]),
                                     "maxLevenshteinDistance": c.of([None, None, "0", "1", "2"])
                                                               if normalization is None else None,
                                     "countHits": c.of([None, "allHits", "bestHits"])},
                       normalization,
                       element("Constant", {"dataType": "string"}, text=c.of(["small", "large", "x large"] +
                                                                          (["Medium"] if normalization is None else []))))

    def calendar(self, depth):
        c = self.chance
        fields = self.named("time")
        if not fields:
            return self.constant()
        field = c.of(fields)
        if field.type == "time":
            return self.apply("dateSecondsSinceMidnight", self.reference(field))
        year = element("Constant", {"dataType": "integer"}, text=c.of(["1960", "1970", "2000"]))
        if field.type == "date":
            return self.apply("dateDaysSinceYear", self.reference(field), year)
        return c.of([lambda: self.apply("dateSecondsSinceYear", self.reference(field), year),
                     lambda: self.apply("dateSecondsSinceMidnight", self.reference(field)),
                     lambda: self.apply("dateDaysSinceYear", self.reference(field), year)])()

    def length(self, depth):
        return self.apply("stringLength", self.text(depth))

    # -- texts

    def text(self, depth: int):
        c = self.chance
        fields = self.named("text")
        if depth == 0 or c.percent(15):
            if fields and c.percent(75):
                return self.reference(*self.mapped(c.of(fields)))
            return self.words()
        depth -= 1
        mapped = c.of(WORDS)
        return c.of([
            lambda: self.apply("concat", *[self.sure_text() for _ in range(c.between(2, 3))], mapped=mapped),
            lambda: self.apply(c.of(["uppercase", "lowercase", "trimBlanks"]), self.text(depth), mapped=mapped),
            lambda: self.apply("substring", self.text(depth), *[
                element("Constant", {"dataType": "integer"}, text=str(c.between(1, 4))) for _ in range(2)], mapped=mapped),
            lambda: self.apply("replace", self.text(depth), *[
                element("Constant", {"dataType": "string"}, text=v)
                for v in c.of([("l+", "-"), ("(a)(r)", "$2$1"), ("^s", ""), ("[aeiou]", "_")])], mapped=mapped),
            lambda: self.apply("if", self.boolean(depth), self.text(depth), self.text(depth)),
            lambda: self.apply("formatNumber", element("NormContinuous", {"field": self.any_number()}, [
                element("LinearNorm", {"orig": v, "norm": v}) for v in "02"]), element("Constant", {"dataType": "string"},
                                                                       text=c.of(["%.4f", "%9.5f", "%.6f"]))),
            lambda: self.discretize(WORDS, "string") or self.words(),
            lambda: self.map_values(WORDS, "string") or self.words(),
        ])()

    def sure_text(self):
        """Never missing: JPMML leaves missing texts out of a concat."""
        fields = self.named("text")
        if fields and self.chance.percent(75):
            return element("FieldRef", {"field": self.chance.of(fields).name, "mapMissingTo": self.chance.of(WORDS)})
        return self.words()

    # -- booleans

    def boolean(self, depth: int):
        c = self.chance
        if depth == 0 or c.percent(25):
            return self.comparison(0)
        depth -= 1
        return c.of([
            self.comparison,
            lambda d: self.apply(c.of(["and", "or"]), *[self.boolean(d) for _ in range(c.between(2, 3))]),
            lambda d: self.apply("not", self.boolean(d)),
            self.asked,
            self.member,
            lambda d: self.apply("matches", self.text(d), element("Constant", {"dataType": "string"},
                                                                  text=c.of(["^s", "ar", "[A-Z]", "e$"]))),
        ])(depth)

    def comparison(self, depth):
        c = self.chance
        if c.percent(30):
            field = c.of(self.named("text", "number"))
            maker = self.text if field.kind == "text" else self.number
            return self.apply(c.of(["equal", "notEqual"]), maker(depth), maker(depth))
        return self.apply(c.of(["lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual"]), self.number(depth),
                          self.number(depth))

    def asked(self, depth):
        c = self.chance
        return self.apply(c.of(["isMissing", "isNotMissing", "isValid", "isNotValid"]), self.reference(c.of(self.fields)))

    def member(self, depth):
        c = self.chance
        if c.percent(50) and self.named("text"):
            field = c.of(self.named("text"))
            return self.apply(c.of(["isIn", "isNotIn"]), element("FieldRef", {"field": field.name, "mapMissingTo": "red"}),
                              self.words(), self.words())
        # (JPMML finds a missing value to be none of the items.)
        return self.apply(c.of(["isIn", "isNotIn"]), element("FieldRef", {"field": self.any_number(), "mapMissingTo": "1"}), *[
            element("Constant", {"dataType": "double"}, text=c.of(LITERALS)) for _ in range(3)])

    # -- predicates

    def predicate(self, depth: int):
        c = self.chance
        if depth > 0 and c.percent(30):
            operator = c.of(["and", "or", "xor", "surrogate"])
            return element("CompoundPredicate", {"booleanOperator": operator},
                           [self.predicate(depth - 1) for _ in range(c.between(2, 3))])
        if c.percent(4):
            return element(c.of(["True", "False"]))
        fields = self.named("number", "number", "text", "code", "flag")
        field = c.of(fields)
        if c.percent(12):
            return element("SimplePredicate", {"field": field.name, "operator": c.of(["isMissing", "isNotMissing"])})
        if field.kind in ("text", "code") and c.percent(50):
            return element("SimpleSetPredicate", {"field": field.name, "booleanOperator": c.of(["isIn", "isNotIn"])},
                           array("string" if field.kind == "text" else "int", c.some(field.values)))
        ordered = field.optype == "continuous" or (field.optype == "ordinal" and field.listed)
        operators = ["equal", "notEqual"]
        if ordered:
            operators = ["lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual"] * 2 + operators
        return element("SimplePredicate", {"field": field.name, "operator": c.of(operators),
                                           "value": c.of(field.values)})
