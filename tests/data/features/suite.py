"""What the derive.py programs share: a folder's documents and its manifest, written from Python values.

A document stands next to the formulas of its expected values. Nothing here scores.
"""
import json
import pathlib


def field(name, optype="continuous", datatype="double", values=()):
    listed = "".join(f'<Value value="{v}"/>' for v in values)
    return f'  <DataField name="{name}" optype="{optype}" dataType="{datatype}"' + (
        f">{listed}</DataField>\n" if listed else "/>\n")


def text_field(name, values=()):
    return field(name, "categorical", "string", values)


def schema(*active, target=None):
    lines = [f'    <MiningField name="{name}"/>\n' for name in active]
    if target:
        lines.append(f'    <MiningField name="{target}" usageType="target"/>\n')
    return "   <MiningSchema>\n" + "".join(lines) + "   </MiningSchema>\n"


def document(fields, rest, version="4.4"):
    space = "http://www.dmg.org/PMML-" + version.replace(".", "_")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<PMML xmlns="{space}" version="{version}">\n <Header/>\n'
            f" <DataDictionary>\n{''.join(fields)} </DataDictionary>\n{rest.strip(chr(10))}\n</PMML>\n")


class Suite:
    """The cases of one folder, in the notation of tests/data/oracles/manifest.json."""

    def __init__(self, file, section, tolerance=1e-9):
        self.folder = pathlib.Path(file).resolve().parent
        self.section, self.tolerance = section, tolerance
        self.cases = []

    def add(self, name, pmml, records, expected, derivation, reading=None, **more):
        assert len(records) == len(expected), name
        models = self.folder / "models"
        models.mkdir(exist_ok=True)
        (models / f"{name}.pmml").write_text(pmml)
        case = {"id": f"{self.folder.name}_{name}", "model": f"models/{name}.pmml", "section": self.section,
                "mode": "independent", "records": records, "expected": expected,
                "tolerance": self.tolerance, "derivation": derivation}
        if reading:
            case["reading"] = reading
        self.cases.append(case | more)

    def write(self):
        manifest = {"licence": "CC0-1.0", "cases": self.cases}
        (self.folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
