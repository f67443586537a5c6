"""XML by the standard library: elements with few words, and a file that is the same bytes every time."""

from collections.abc import Collection
from functools import cache
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from builder.files import CONTROL, REPLACEMENT

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
ADDRESS_SIGNS = ":/?#@!$&'()*+,;=%~-._"


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element below ``parent`` and return it; an attribute without a value is left out.

    ``xml_id`` stands for ``xml:id``, ``when_custom`` for ``when-custom``.
    """
    element = SubElement(parent, tag)
    if text:
        element.text = text
    return mark(element, **attributes) if attributes else element


def mark(element: Element, **attributes: str) -> Element:
    """Set those attributes of an element that have a value, named as in ``add``, and return it."""
    for name, value in attributes.items():
        if value:
            element.set(_written(name), value)
    return element


@cache
def _written(name: str) -> str:
    """Return the name of an attribute as it stands in the file."""
    prefix, _, rest = name.partition("_")
    return f"{prefix}:{rest}" if prefix == "xml" and rest else name.replace("_", "-")


def append_text(element: Element, text: str) -> None:
    """Add text at the end of an element: behind its last child, if it has one."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def address(written: str) -> str:
    """Return a link so that it is an address by the letter: whatever may not stand in one is written as %XX."""
    return quote(written, safe=ADDRESS_SIGNS)


def xml_bytes(root: Element, mixed: Collection[str]) -> bytes:
    """Return a file of XML, indented except in the elements ``mixed``, in which white space is text.

    What XML cannot hold (a control character that was written as an escape) stands as U+FFFD.
    """
    _indent(root, mixed, "\n")
    text = tostring(root, encoding="unicode", short_empty_elements=True)
    return (DECLARATION + CONTROL.sub(REPLACEMENT, text) + "\n").encode("utf-8")


def _indent(element: Element, mixed: Collection[str], margin: str) -> None:
    if not len(element) or element.tag in mixed:
        return
    element.text = margin + "  "
    for child in element:
        _indent(child, mixed, margin + "  ")
        child.tail = margin + "  "
    element[-1].tail = margin
