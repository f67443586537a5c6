"""XML is written as ElementTree writes it, and indented where white space is no text."""

import copy
from xml.etree.ElementTree import Element, indent, tostring

from hypothesis import given
from hypothesis import strategies as st

from builder.exports.markup import DECLARATION, xml_bytes

TAGS, MIXED = ("TEI", "list", "p", "note"), ("p", "note")
WORDS = st.text("&<>\"'\t\r\n 王\U00030000]]>a", max_size=4)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> Element:
    """Make an element with attributes, words, and others below it."""
    element = Element(draw(st.sampled_from(TAGS)), draw(st.dictionaries(st.sampled_from(("xml:id", "n")), WORDS)))
    element.text, element.tail = draw(WORDS), draw(WORDS)
    element.extend(draw(st.lists(elements(depth - 1), max_size=2)) if depth else ())
    return element


@given(elements())
def test_xml_is_written_as_elementtree_writes_it(root: Element) -> None:
    root.tail = None
    assert xml_bytes(root, TAGS).decode() == DECLARATION + tostring(root, encoding="unicode") + "\n"


@given(elements())
def test_xml_is_indented_but_for_its_words(root: Element) -> None:
    root.tail = None
    expected = copy.deepcopy(root)
    _indent(expected, "\n")
    assert xml_bytes(root, MIXED).decode() == DECLARATION + tostring(expected, encoding="unicode") + "\n"


def test_plain_xml_is_indented_as_elementtree_indents_it() -> None:
    root = Element("eac")
    for _ in range(2):
        child = Element("control")
        child.append(Element("recordId", n="1"))
        root.append(child)
    expected = copy.deepcopy(root)
    indent(expected)
    assert xml_bytes(root, ()).decode() == DECLARATION + tostring(expected, encoding="unicode") + "\n"
    assert b"\xef\xbf\xbd" in xml_bytes(Element("p", n="\x01"), ())


def _indent(element: Element, margin: str) -> None:
    """Put each child of an element that has no words on a line of its own."""
    if len(element) and element.tag not in MIXED:
        element.text = margin + "  "
        for child in element:
            _indent(child, margin + "  ")
            child.tail = margin + "  "
        element[-1].tail = margin
