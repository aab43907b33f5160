"""Small PMML documents and the manifest of the cases that score them, for the derive.py of a folder."""
import json
from xml.dom import minidom
from xml.sax.saxutils import quoteattr


def element(name, attributes=None, *content):
    text = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    inner = "".join(content)
    return f"<{name}{text}>{inner}</{name}>" if inner else f"<{name}{text}/>"


def pretty(document):
    return minidom.parseString(document).documentElement.toprettyxml(indent=" ") + "\n"


def field(name, optype="continuous", data_type="double", values=()):
    return element("DataField", {"name": name, "optype": optype, "dataType": data_type},
                   *(element("Value", {"value": v}) for v in values))


def field_ref(name, **more):
    return element("FieldRef", {"field": name, **more})


def derived(expression, optype="continuous", data_type="double", **more):
    return element("DerivedField", {**more, "optype": optype, "dataType": data_type}, expression)


def schema(inputs, targets):
    return element("MiningSchema", None, *(element("MiningField", {"name": n}) for n in inputs),
                   *(element("MiningField", {"name": n, "usageType": "target"}) for n in targets))


def output(name, feature="predictedValue", optype="continuous", data_type="double", **more):
    return element("OutputField", {"name": name, "optype": optype, "dataType": data_type, "feature": feature, **more})


def pmml(fields, *rest):
    return element("PMML", {"xmlns": "http://www.dmg.org/PMML-4_4", "version": "4.4"}, element("Header"),
                   element("DataDictionary", None, *fields), *rest)


class Cases:
    """Collects the cases of a folder, in the notation of tests/data/oracles/manifest.json."""

    def __init__(self, folder, prefix, section):
        self.folder, self.prefix, self.section, self.cases = folder, prefix, section, []
        (folder / "models").mkdir(exist_ok=True)

    def add(self, name, document, records, expected, derivation, reading=None, tolerance=1e-12):
        assert len(records) == len(expected), name
        (self.folder / "models" / f"{name}.pmml").write_text(pretty(document))
        self.cases.append({"id": f"{self.prefix}_{name}", "model": f"models/{name}.pmml", "section": self.section,
                           "mode": "independent", "records": records, "expected": expected, "tolerance": tolerance,
                           "derivation": derivation, **({"reading": reading} if reading else {})})

    def write(self):
        manifest = {"licence": "CC0-1.0", "cases": self.cases}
        (self.folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
        values = sum(len(e) for c in self.cases for e in c["expected"] if isinstance(e, dict))
        print(f"{len(self.cases)} cases, {values} values")
