"""Writes the documents and the manifest of one folder of feature cases."""
import json
import math
import pathlib


def pmml(fields, rest, version="4.4"):
    """`fields`: (name, optype, dataType, values...)."""
    dictionary = ""
    for name, optype, data_type, *values in fields:
        listed = "".join(f'<Value value="{v}"/>' for v in values)
        dictionary += f'<DataField name="{name}" optype="{optype}" dataType="{data_type}">{listed}</DataField>\n'
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<PMML xmlns="http://www.dmg.org/PMML-{version.replace(".", "_")}" '
            f'version="{version}">\n<Header copyright="CC0-1.0"/>\n<DataDictionary>\n{dictionary}</DataDictionary>\n'
            f"{rest}\n</PMML>\n")


def schema(inputs, targets):
    return ("<MiningSchema>" + "".join(f'<MiningField name="{n}"/>' for n in inputs) +
            "".join(f'<MiningField name="{n}" usageType="target"/>' for n in targets) + "</MiningSchema>")


def output(name, feature, data_type="double", **attributes):
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    optype = "categorical" if data_type == "string" else "continuous"
    return f'<OutputField name="{name}" feature="{feature}" optype="{optype}" dataType="{data_type}"{more}/>'


def close(a, b, tolerance=1e-9):
    return a == b or abs(a - b) <= tolerance * max(1, abs(a), abs(b))


class Suite:
    def __init__(self, program, section):
        self.folder = pathlib.Path(program).parent
        self.section = section
        self.cases = []

    def add(self, name, document, records, expected, derivation, reading=None, mode="independent", tolerance=1e-9):
        assert len(records) == len(expected), name
        (self.folder / "models" / f"{name}.pmml").write_text(document)
        case = {"id": name, "model": f"models/{name}.pmml", "section": self.section, "mode": mode, "records": records,
                "expected": expected, "tolerance": tolerance, "derivation": derivation}
        if reading:
            case["reading"] = reading
        self.cases.append(case)

    def write(self):
        lines = ",\n".join(json.dumps(case, allow_nan=False) for case in self.cases)
        (self.folder / "manifest.json").write_text('{"cases": [\n' + lines + "\n]}\n")
        values = sum(len(e) for c in self.cases for e in c["expected"] if isinstance(e, dict))
        print(f"{self.folder.name}: {len(self.cases)} cases, {values} values")
