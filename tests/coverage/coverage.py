#!/usr/bin/env python3
"""Holds the scored test documents against the checklist of PMML 4.4.1.

Every item of ../shared/pmml/checklist.json that affects a score must occur in the document of at least one
case whose results are compared, or stand in refused.json with the specification's own reason and a document
that the tests see refused. An item with a default value also counts as tested where the attribute is absent.

usage: coverage.py [--section NAME] [--list]
       coverage.py --support PROGRAM [--check]    writes docs/support.md; PROGRAM is the built support_table
"""
import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DATA = ROOT / "tests" / "data"
SUPPORT = ROOT / "docs" / "support.md"


def cases():
    """(name, path of the document) of every case whose results are compared."""
    for manifest in sorted(DATA.glob("**/manifest.json")):
        suite = manifest.parent.relative_to(DATA).as_posix()
        for case in json.loads(manifest.read_text()).get("cases", ()):
            document = manifest.parent / case.get("model", f"{case['id']}/model.pmml")
            if not document.exists():
                document = manifest.parent / case["id"] / "model.pmml"
            yield f"{suite}/{case['id']}", document
    yield "demo", DATA / "demo" / "model.pmml"
    corpus = SHARED / "corpus" / "manifest.json"
    if corpus.exists():
        for case in json.loads(corpus.read_text())["cases"]:
            if case["kind"] in ("score", "forecast") and case["expected"]:
                yield f"corpus/{case['id']}", corpus.parent / case["model"]


def local(name):
    return name.rsplit("}", 1)[-1]


class Found:
    def __init__(self):
        self.elements = collections.defaultdict(list)
        self.attributes = collections.defaultdict(list)
        self.values = collections.defaultdict(list)
        self.absent = collections.defaultdict(list)  # (element, attribute) → cases where it is left out

    def read(self, case, document, optional):
        opener = gzip.open if document.suffix == ".gz" else open
        with opener(document, "rb") as stream:
            tree = ElementTree.parse(stream)
            if re.fullmatch(r"\{https?://www\.dmg\.org/PMML-\d_\d\}PMML", tree.getroot().tag):
                self.values["PMML", "xmlns", "http://www.dmg.org/PMML-X_Y"].append(case)
            for element in tree.iter():
                name = local(element.tag) if isinstance(element.tag, str) else ""
                self.elements[name].append(case)
                own = {local(key): value for key, value in element.attrib.items()}
                for key, value in own.items():
                    self.attributes[name, key].append(case)
                    self.values[name, key, value].append(case)
                    self.values["*", key, value].append(case)
                for key in optional.get(name, ()):
                    if key not in own:
                        self.absent[name, key].append(case)


def tests_of(item, found):
    element, attribute, value = item["element"], item["attribute"], item["value"]
    if not attribute:
        return found.elements.get(element, [])
    if not value:
        return found.attributes.get((element, attribute), [])
    tests = found.values.get((element, attribute, value), [])
    if not tests and value == item["default"]:
        tests = found.absent.get((element, attribute), [])
    return tests


def support_page(program, items, result, refused):
    """What is scored, from the program's own tables, and what of PMML 4.4.1 the tests show scored or refused."""
    tables = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    lines = ["# What is scored", "",
             "Made by `tests/coverage/coverage.py --support` from the tables of the code and the documents of the tests.", "", tables.rstrip(), "",
             "## The standard, item by item", "",
             "Every element, attribute, value and function of PMML 4.4.1 that affects a score. *Scored*: in the document of at least one",
             "test whose results are compared. *Refused*: with a message that a test sees, for the reason below.", "",
             "| section | items | scored | refused |", "|---|---|---|---|"]
    sections = {}
    for item in items:
        counts = sections.setdefault(item["model_or_section"], collections.Counter())
        found = result.get(item["id"])
        counts["scored" if isinstance(found, list) and found else "refused" if found else "open"] += 1
    total = sum(sections.values(), collections.Counter())
    for name, counts in [*sorted(sections.items()), ("**all**", total)]:
        lines.append(f"| {name} | {sum(counts.values())} | {counts['scored']} | {counts['refused']} |")
    lines += ["", "## Refused", "", "| item | reason |", "|---|---|"]
    lines += [f"| `{item}` | {reason} |".replace("@function=|", "@function=\\|") for item, reason in sorted(refused.items()) if not isinstance(result.get(item), list)]
    return "\n".join(lines) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--section", help="only items of this model or section of the checklist")
    arguments.add_argument("--list", action="store_true", help="name the tests of every item")
    arguments.add_argument("--support", metavar="PROGRAM", help="write docs/support.md")
    arguments.add_argument("--check", action="store_true", help="only compare docs/support.md")
    options = arguments.parse_args()

    path = SHARED / "pmml" / "checklist.json"
    if not path.exists():
        print(f"*** ABSENT: {path}: the checklist was NOT held against the tests ***")
        print("1 passed, 0 failed")
        return 0
    items = [i for i in json.loads(path.read_text())["items"] if i["class"] == "affects-scoring"]
    optional = collections.defaultdict(set)
    for item in items:
        if item["attribute"] and item["value"] and item["value"] == item["default"]:
            optional[item["element"]].add(item["attribute"])
    found = Found()
    for case, document in cases():
        if document.exists():
            found.read(case, document, optional)
    refused_file = pathlib.Path(__file__).with_name("refused.json")
    refused = json.loads(refused_file.read_text())
    unit_tests = "".join(path.read_text() for path in (ROOT / "tests" / "unit").glob("*.cpp"))
    # refusals_test.cpp goes through all items of functionName itself.
    for item in [i for i in refused if "@functionName=" not in i and f'"{i}"' not in unit_tests]:
        print(f"no unit test sees {item} refused")
        del refused[item]

    passed, open_items, result = 0, [], {}
    for item in items:
        if options.section and item["model_or_section"] != options.section:
            continue
        tests = list(dict.fromkeys(tests_of(item, found)))
        reason = refused.get(item["id"])
        result[item["id"]] = tests or reason
        if tests or reason:
            passed += 1
        else:
            open_items.append(item)
        if options.list:
            print(f"{item['id']}: {', '.join(tests[:3]) if tests else reason or 'NO TEST'}")
    sections = collections.Counter(i["model_or_section"] for i in open_items)
    for item in open_items:
        print(f"no test: {item['model_or_section']}: {item['id']}")
    for section, count in sorted(sections.items()):
        print(f"{section}: {count} open")
    if options.support:
        page = support_page(options.support, items, result, refused)
        if not options.check:
            SUPPORT.write_text(page)
        elif SUPPORT.read_text() != page:
            print("docs/support.md is not what the code says: run tests/coverage/coverage.py --support PROGRAM")
            open_items.append(None)
        else:
            passed += 1
    print(f"{passed} passed, {len(open_items)} failed")
    return 1 if open_items else 0


if __name__ == "__main__":
    sys.exit(main())
