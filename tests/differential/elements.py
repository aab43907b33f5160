"""Elements of a document, built as a tree so that a document that shows a difference can be reduced."""

from xml.etree import ElementTree

Element = ElementTree.Element


def element(name: str, attributes: dict | None = None, *children, text: str | None = None) -> Element:
    """Attributes that are None are left out, and so are children; lists of children are taken apart."""
    out = Element(name, {key: str(value) for key, value in (attributes or {}).items() if value is not None})
    for child in flat(children):
        out.append(child)
    out.text = text
    return out


def flat(children):
    for child in children:
        if isinstance(child, (list, tuple)):
            yield from flat(child)
        elif child is not None:
            yield child


def array(type_: str, values) -> Element:
    """An Array; texts are quoted."""
    values = list(values)
    if type_ == "string":
        shown = " ".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    else:
        shown = " ".join(str(value) for value in values)
    return element("Array", {"type": type_, "n": len(values)}, text=shown)


def write(root: Element, path: str) -> None:
    with open(path, "wb") as out:
        out.write(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
