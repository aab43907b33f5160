"""Cuts a document and a row down while they still show a difference of the same kind."""

import copy

# Children that their parent cannot do without are found by trying: a refused document shows no difference.


def reduce(root, rows: list, kind: str, examine):
    best = None

    def shows(candidate, row):
        nonlocal best
        found = next((f for f in examine(candidate, row) if f.kind == kind), None)
        if found and not (kind != "schema" and any(f.kind == "schema" for f in examine(candidate, row))):
            best = found
            return True
        return False

    if not shows(root, rows):
        return root, rows, best or type("Lost", (), {"text": "(not shown by the row alone)"})
    changed = True
    while changed:
        changed = False
        for name in list(rows[0]):
            fewer = [{k: v for k, v in rows[0].items() if k != name}]
            if shows(root, fewer):
                rows, changed = fewer, True
        for field in list(root.iter("DataField")):
            name = field.get("name")
            uses = [(p, c) for p in root.iter() for c in p if name in c.attrib.values()]
            if all(c.tag in ("DataField", "MiningField") for _, c in uses):
                before = [list(p) for p, _ in uses]
                for p, c in uses:
                    p.remove(c)
                if shows(root, rows):
                    changed = True
                else:
                    for (p, _), children in reversed(list(zip(uses, before))):
                        p[:] = children
        index = 0
        while True:
            places = [(parent, child) for parent in root.iter() for child in parent]
            if index >= len(places):
                break
            parent, child = places[index]
            if child.tag == "MiningField" and child.get("usageType") is None or child.tag == "DataField":
                index += 1
                continue
            position = list(parent).index(child)
            parent.remove(child)
            if shows(root, rows):
                changed = True
                continue
            # Or its children in its place: an expression for one of its arguments.
            replaced = False
            for grandchild in list(child):
                parent.insert(position, grandchild)
                if shows(root, rows):
                    replaced = changed = True
                    break
                parent.remove(grandchild)
            if replaced:
                continue
            parent.insert(position, child)
            index += 1
        for node in root.iter():
            for name in list(node.attrib):
                if name in ("xmlns", "version", "name", "dataType", "functionName", "feature", "normalizationMethod", "multipleModelMethod"):
                    continue
                value = node.attrib.pop(name)
                if shows(root, rows):
                    changed = True
                else:
                    node.set(name, value)
    return copy.deepcopy(root), rows, best
