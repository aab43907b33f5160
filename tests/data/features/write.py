"""Writes the manifest and the documents of one folder of features: what the derive.py programs share."""
import json
import pathlib
from xml.sax.saxutils import escape, quoteattr

HEAD = '<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">\n<Header/>\n'


def element(name, /, *content, **attributes):
    """An element as text; a name ending in `_` is a Python keyword, `__` in a name stands for `-`."""
    said = "".join(f" {key.rstrip('_').replace('__', '-')}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None)
    inner = "".join(content)
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def text(value):
    return escape(str(value))


class Folder:
    """Collects cases and writes `manifest.json` and `models/`."""

    def __init__(self, path, section):
        self.path, self.section, self.cases = pathlib.Path(path).resolve().parent, section, []

    def case(self, name, document, records, expected, derivation, mode="independent", tolerance=1e-9, **more):
        model = f"models/{name}.pmml"
        (self.path / model).parent.mkdir(exist_ok=True)
        (self.path / model).write_text('<?xml version="1.0" encoding="UTF-8"?>\n' + document.replace("><", ">\n<") + "\n")
        self.cases.append({"id": name, "model": model, "section": self.section, "mode": mode, "records": records,
                           "expected": expected, "tolerance": tolerance, "derivation": derivation, **more})

    def write(self):
        lines = ",\n".join("  " + json.dumps(case) for case in self.cases)
        (self.path / "manifest.json").write_text('{"licence": "CC0-1.0", "cases": [\n' + lines + "\n]}\n")
