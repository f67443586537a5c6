"""Line breaks inside paragraphs: between two Chinese characters they must not show as a space.

Takes a tree whose inline elements have been made, so that a mark or a link at the end of a line does not hide what it
ends with.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.body.markup import Tree
from builder.body.raw import HAN

# Stands in the tree for a line break that is dropped: one for each of its characters.
JOINED = "\x03"

CHINESE = f"{HAN}\u3001-\u3004\u3008-\u3020\u302a-\u3037\u303c-\u30ff\u31f0-\u31ff\ufe30-\ufe4f\uff01-\uffee"
# These stand in Latin text too: they count as Chinese only across from a character that does.
SHARED = "“”‘’…—·"
BREAK = re.compile(f"(?<=[{CHINESE}])[ ]*\n[ ]*(?=[{CHINESE}{SHARED}])|(?<=[{SHARED}])[ ]*\n[ ]*(?=[{CHINESE}])")


def join_lines(tree: Tree) -> None:
    """Put ``JOINED`` in the place of every line break between Chinese characters."""
    slots = list(_slots(tree.root, tree))
    if not any("\n" in text for _, _, text in slots):
        return
    text = BREAK.sub(lambda match: JOINED * len(match[0]), "".join(text for _, _, text in slots))
    at = 0
    for element, attribute, old in slots:
        if attribute:
            setattr(element, attribute, text[at : at + len(old)])
        at += len(old)


def _slots(element: Element, tree: Tree) -> Iterator[tuple[Element, str, str]]:
    """Yield the texts of an element in order; without an attribute where the text stands elsewhere (a mark)."""
    if element.tag == "mark" and tree.scanner.marks[int(element.attrib["n"])].kind != "==":
        yield element, "", tree.scanner.marks[int(element.attrib["n"])].reading
    elif element.tag == "code":
        yield element, "", tree.scanner.codes[int(element.attrib["n"])][0]
    elif element.text:
        yield element, "text", element.text
    for child in element:
        yield from _slots(child, tree)
        if child.tail:
            yield child, "tail", child.tail


def flatten(text: str) -> str:
    """Return a text of a mark on one line."""
    return text if "\n" not in text else BREAK.sub("", text).replace("\n", " ")
