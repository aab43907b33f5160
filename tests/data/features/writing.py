"""What the derive.py programs share: PMML documents as text, and a folder of them with the manifest of its cases.

Nothing here scores. A document stands next to the formulas of its expected values:

    folder = Folder(__file__, "Regression", prefix="regression")
    folder.case("line", document([field("x"), field("y")], element("RegressionModel", ...)),
                [{"x": 1}], [{"y": 3}], "1 + 2 x")
    folder.write()
"""
import json
import pathlib
import re
from xml.dom import minidom
from xml.sax.saxutils import escape, quoteattr

# --- elements --------------------------------------------------------------------------------------------------------


def element(name, /, *content, **attributes):
    """An element as text.

    Content is XML text, or lists of it; a dict among it holds attributes too. None is left out, as content and as the
    value of an attribute. The name of an attribute may end in `_` (for Python's keywords), `__` in it stands for `-`.
    """
    inner = ""
    for part in content:
        if isinstance(part, dict):
            attributes |= part
        elif part is not None:
            inner += part if isinstance(part, str) else "".join(part)
    said = "".join(f" {key.rstrip('_').replace('__', '-')}={quoteattr(str(value))}" for key, value in attributes.items()
                   if value is not None)
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def text(value):
    """A value as the content of an element."""
    return escape(str(value))


def number(value):
    """The shortest text of a number; whole ones without a point."""
    return value if value is None or isinstance(value, str) else (
        str(int(value)) if float(value).is_integer() else repr(float(value)))


def field(name, optype="continuous", data_type="double", values=(), *content, **more):
    return element("DataField", (element("Value", value=v) for v in values), *content,
                   name=name, optype=optype, dataType=data_type, **more)


def text_field(name, values=()):
    return field(name, "categorical", "string", values)


def field_ref(name, **more):
    return element("FieldRef", field=name, **more)


def derived(expression, optype="continuous", data_type="double", **more):
    return element("DerivedField", more, expression, optype=optype, dataType=data_type)


def schema(inputs, targets=(), **of_field):
    """`of_field`: attributes of single inputs."""
    return element("MiningSchema", (element("MiningField", name=n, **of_field.get(n, {})) for n in inputs),
                   (element("MiningField", name=n, usageType="target") for n in targets))


def output(name, feature="predictedValue", data_type="double", *content, **more):
    optype = "categorical" if data_type == "string" else "continuous"
    said = {"name": name, "feature": feature, "optype": optype, "dataType": data_type}
    return element("OutputField", *content, said | more)


def document(fields, *rest, version="4.4", copyright="CC0-1.0", **of_dictionary):
    """`fields`: data fields, as text or (name, optype, dataType, values...); `rest`: what follows them."""
    fields = "\n".join(["", *(f if isinstance(f, str) else field(*f[:3], f[3:]) for f in fields), ""])
    parts = [element("Header", copyright=copyright), element("DataDictionary", fields, **of_dictionary),
             *(part.strip("\n") for part in rest if part)]
    space = "http://www.dmg.org/PMML-" + version.replace(".", "_")
    return element("PMML", "\n", "\n".join(parts), "\n", xmlns=space, version=version)


def lines(document):
    """A document with a line for each tag."""
    return document.replace("><", ">\n<")


def indented(document):
    """A document laid out anew, with a line for each element, indented."""
    document = re.sub(r">\s+<", "><", document)
    return minidom.parseString(document).documentElement.toprettyxml(indent=" ").rstrip("\n")


# --- what is expected ------------------------------------------------------------------------------------------------


def class_outputs(categories):
    return [output(f"p_{c}", "probability", value=c) for c in categories]


def probabilities(categories, rows):
    """Expected outputs p_<category> and the most probable one, the first of equals, as y."""
    return [{f"p_{c}": float(v) for c, v in zip(categories, p)} | {"y": categories[list(p).index(max(p))]}
            for p in rows]


def missing_classes(categories):
    return {f"p_{c}": None for c in categories} | {"y": None}


def close(a, b, tolerance=1e-9):
    return a == b or abs(a - b) <= tolerance * max(1, abs(a), abs(b))


# --- the folder ------------------------------------------------------------------------------------------------------


class Folder:
    """The cases of one folder, in the notation of tests/data/oracles/manifest.json: models/*.pmml and manifest.json."""

    def __init__(self, program, section, prefix=None, tolerance=1e-9, mode="independent", layout=str):
        """`prefix` of the cases' ids; `layout`: how documents are written: as they are, lines or indented."""
        self.path, self.section, self.prefix = pathlib.Path(program).resolve().parent, section, prefix
        self.tolerance, self.mode, self.layout, self.cases = tolerance, mode, layout, []

    def case(self, name, document, records, expected, derivation, reading=None, mode=None, tolerance=None, **more):
        assert len(records) == len(expected), name
        model = self.path / "models" / f"{name}.pmml"
        model.parent.mkdir(exist_ok=True)
        model.write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + self.layout(document) + "\n", encoding="utf-8")
        case = {"id": f"{self.prefix}_{name}" if self.prefix else name, "model": f"models/{name}.pmml",
                "section": self.section, "mode": mode or self.mode, "records": records, "expected": expected,
                "tolerance": self.tolerance if tolerance is None else tolerance, "derivation": derivation,
                "reading": reading, **more}
        self.cases.append({key: value for key, value in case.items() if value is not None})

    def write(self):
        """The manifest, with a line for each part of a case; models without a case are removed."""
        for old in (self.path / "models").glob("*.pmml"):
            if f"models/{old.name}" not in {case["model"] for case in self.cases}:
                old.unlink()
        cases = ",\n".join("  {" + ",\n   ".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
                                                 for key, value in case.items()) + "}" for case in self.cases)
        manifest = '{\n "licence": "CC0-1.0",\n "cases": [\n' + cases + "\n ]\n}\n"
        (self.path / "manifest.json").write_text(manifest, encoding="utf-8")
        values = sum(len(e) for case in self.cases for e in case["expected"] if isinstance(e, dict))
        print(f"{self.path.name}: {len(self.cases)} cases, {values} values")
