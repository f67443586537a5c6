"""A text as it stands on a page → as it stands in a book: XHTML, with both readings in the line as on paper.

Takes the finished fragment of a body (``prose``); gives XHTML whose every id begins with the name of its part. A
correction reads 核算〔核酸〕; the links that the indexes send to have ids; data for scripts and style sheets is gone.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, tostring

from markupsafe import Markup, escape

from builder.body.links import SYMBOLIC

VOID = frozenset(("br", "hr", "img", "wbr"))
# A pair of brackets shown empty, ［ ］: its space must be no place for the end of a line.
EMPTY_BRACKETS = re.compile("(?<=[［〔]) (?=[］〕])")
PARAGRAPH = re.compile(r"p([0-9]+)$")

Resolver = Callable[[str, str], str]


class _Reader(HTMLParser):
    """Reads a fragment that ``body`` has written: well nested, its void elements open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; a void one ends at once."""
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.builder.data(EMPTY_BRACKETS.sub("\u00a0", data))


def read_fragment(html: str) -> Element:
    """Return a fragment as a tree below one ``div``."""
    reader = _Reader()
    reader.handle_starttag("div", [])
    reader.feed(html)
    reader.close()
    reader.handle_endtag("div")
    root = reader.builder.close()
    assert isinstance(root, Element)
    return root


def adapt(html: str, part: str, resolve: Resolver, mention: str = "") -> Markup:
    """Return a fragment as XHTML of the part ``part`` of a book.

    ``resolve`` is given kind and target of each link to a record, a page or an image, and returns what stands in its
    place in the book, "" for nothing. The links to records are numbered from 1 with ids that begin with ``mention``.
    """
    root = read_fragment(html)
    count = 0
    for element in list(root.iter()):
        if element.tag == "a":
            if mention and element.get("href", "").partition(":")[0] in SYMBOLIC:
                count += 1
                element.set("id", f"{mention}{count}")
            _link(element, part, resolve)
        elif element.tag == "img":
            _image(element, resolve)
        elif element.get("class") == "corr" and "data-received" in element.attrib:
            _both_readings(element)
        _identify(element, part)
    return escape(root.text or "") + Markup("").join(Markup(tostring(child, encoding="unicode")) for child in root)


def _link(element: Element, part: str, resolve: Resolver) -> None:
    """Let a link lead to its place in the book, or make it plain text."""
    href = element.get("href", "")
    kind, mark, target = href.partition(":")
    if href.startswith("#"):
        href = f"#{part}.{href[1:]}"
    elif mark and kind in (*SYMBOLIC, "relative"):
        href = resolve(kind, target)
    if not href:
        element.tag = "span"
        del element.attrib["href"]
        return
    element.set("href", href)
    if element.get("class") == "noteref":
        element.set("epub:type", "noteref")


def _image(element: Element, resolve: Resolver) -> None:
    """Let an image come from the book, or put its words in its place."""
    source = resolve("image", element.get("src", "").removeprefix("image:"))
    if source:
        element.set("src", source)
    else:
        element.tag, element.text = "span", element.get("alt", "")
        element.attrib.clear()


def _both_readings(element: Element) -> None:
    """Print what was received, and behind it in brackets what is read: 核算〔核酸〕."""
    reading, received = element.text or "", element.get("data-received", "")
    element.text = received
    SubElement(element, "span", {"class": "emended"}).text = f"〔{reading}〕"


def _identify(element: Element, part: str) -> None:
    """Make an element's id unique in the book, keep the number of a paragraph, and drop what is for scripts."""
    number = PARAGRAPH.search(element.get("id", "")) if element.get("class") == "paragraph" else None
    for name in [name for name in element.attrib if name.startswith("data-")]:
        del element.attrib[name]
    identifier = element.get("id", "")
    if identifier and not identifier.startswith(f"{part}."):
        element.set("id", f"{part}.{identifier}")
    if number:
        element.set("data-number", number[1])
