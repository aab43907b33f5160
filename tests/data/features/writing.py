"""Small PMML documents and their manifest, for the derive.py of the folders beside this file."""

import json
import xml.etree.ElementTree as ElementTree


def e(tag, children=(), /, *, text=None, **attributes):
    """An element; attributes that are None are left out."""
    element = ElementTree.Element(tag, {k: number(v) for k, v in attributes.items() if v is not None})
    element.text = text
    element.extend(children)
    return element


def number(v):
    return v if isinstance(v, str) else str(int(v)) if float(v).is_integer() else repr(float(v))


def data_field(name, kind, values=(), op_type=None, **attributes):
    op_type = op_type or ("categorical" if kind == "string" else "continuous")
    return e("DataField", [e("Value", value=v) for v in values],
             name=name,
             optype=op_type,
             dataType=kind,
             **attributes)


def mining_schema(fields, target, **of_field):
    """`of_field`: attributes of single mining fields."""
    return e(
        "MiningSchema",
        [e("MiningField", name=f, **of_field.get(f, {}))
         for f in fields] + [e("MiningField", name=target, usageType="target")],
    )


def output(name, feature="predictedValue", kind="double", value=None, children=()):
    op_type = "categorical" if kind == "string" else "continuous"
    return e("OutputField", children, name=name, optype=op_type, dataType=kind, feature=feature, value=value)


def document(fields, model, version="4.4"):
    dictionary = e("DataDictionary", fields, numberOfFields=str(len(fields)))
    root = e("PMML", [e("Header", copyright="CC0-1.0"), dictionary, model], version=version)
    root.set("xmlns", "http://www.dmg.org/PMML-" + version.replace(".", "_"))
    return root


class Folder:
    """The cases of one folder: models/*.pmml and manifest.json."""
    def __init__(self, path, section, prefix):
        self.path, self.section, self.prefix, self.cases = path, section, prefix, []

    def case(self, name, root, records, expected, derivation, reading=None, tolerance=1e-10):
        ElementTree.indent(root)
        model = f"models/{name}.pmml"
        text = ElementTree.tostring(root, encoding="unicode")
        (self.path / model).write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n")
        entry = {
            "id": f"{self.prefix}_{name}",
            "model": model,
            "section": self.section,
            "mode": "independent",
            "records": records,
            "expected": expected,
            "tolerance": tolerance,
            "derivation": derivation,
        }
        if reading:
            entry["reading"] = reading
        self.cases.append(entry)

    def clear(self):
        (self.path / "models").mkdir(exist_ok=True)
        for old in (self.path / "models").glob("*.pmml"):
            old.unlink()

    def write(self):
        text = json.dumps({"licence": "CC0-1.0", "cases": self.cases}, indent=1)
        (self.path / "manifest.json").write_text(text + "\n")
        print(f"{len(self.cases)} cases")


def probabilities(categories, rows):
    """Expected outputs p_<category> and the most probable one, the first of equals, as y."""
    return [
        dict({f"p_{c}": float(v)
              for c, v in zip(categories, p)}, y=categories[max(range(len(p)), key=lambda i: p[i])]) for p in rows
    ]


def class_outputs(categories):
    return [output(f"p_{c}", "probability", value=c) for c in categories]


def missing_classes(categories):
    return dict({f"p_{c}": None for c in categories}, y=None)
