"""The running text of a document in TEI: its blocks, both layers of its marks, its links and its notes.

Takes a document; fills a ``body``. The blocks come from the finished fragment, whose elements are few and known, and
what each mark has in the received text from the plain values beside it. Reading it aloud gives the reading text again,
undoing the marks the received one: ``tests/test_exports_records.py`` does both.
"""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from builder import addresses, urls
from builder.archive import Archive, Document
from builder.body.links import SYMBOLIC
from builder.body.passages import Emendation
from builder.exports.markup import add, address, append_text

BLOCKS = {
    "p": ("p", ""),
    "ul": ("list", "bulleted"),
    "ol": ("list", "numbered"),
    "li": ("item", ""),
    "blockquote": ("quote", ""),
    "table": ("table", ""),
    "tr": ("row", ""),
    "td": ("cell", ""),
    "th": ("cell", ""),
    "pre": ("ab", ""),
}
CELLS = ("tr", "td", "th")  # a table is one paragraph
PHRASES = {"em": ("emph", ""), "strong": ("hi", "bold"), "code": ("hi", "code")}
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LAYERED = ("corr", "supplied", "surplus", "doubt")
NAMES = {"person": "persName", "organisation": "orgName", "region": "placeName"}
# In these only elements stand: white space between them is none of the text.
CONTAINERS = ("body", "div", "list", "quote", "table", "row")


class BodyReader(HTMLParser):
    """Reads a fragment and writes it as TEI below ``root``."""

    def __init__(self, archive: Archive, document: Document, file: str, root: Element) -> None:
        super().__init__(convert_charrefs=True)
        self._archive = archive
        self._document = document
        self._file = file
        self._open: list[tuple[str, Element]] = [("", root)]
        self._divisions: list[tuple[int, Element]] = [(0, root)]
        paragraphs = document.prose.paragraphs
        self._paragraphs = {paragraph.anchor: paragraph for paragraph in paragraphs}
        marks = [mark for paragraph in paragraphs for mark in paragraph.emendations if mark.kind in LAYERED]
        self._marks = sorted(marks, key=lambda mark: mark.note)
        self._breaks: list[Emendation] = []
        self._at = 0
        self._reads = False  # whether what is read belongs to a paragraph
        self._skips = False  # inside the sign of a note
        self._is_supplied = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        values = {name: value or "" for name, value in attrs}
        if tag in BLOCKS or tag in HEADINGS:
            self._open_block(tag, values)
        elif tag in PHRASES:
            name, rend = PHRASES[tag]
            # The element code of a block of code adds nothing to the block.
            inner = self._top if self._top.get("type") == "code" else add(self._top, name, rend=rend)
            self._push(tag, inner)
        elif tag == "span":
            self._open_mark(values.get("class", ""))
        elif tag == "a" and values.get("class") == "noteref":
            self._note(int(values["href"].rpartition("n")[2]))
            self._skips = True
            self._push(tag, self._top)
        elif tag == "a":
            self._push(tag, self._link(values["href"]))
        elif tag == "br":
            add(self._top, "lb")
        elif tag == "hr":
            add(self._container, "milestone", unit="section", rend="rule")
        elif tag == "img":
            self._image(values["src"].partition(":")[2], values["alt"])

    def handle_endtag(self, tag: str) -> None:
        """Close an element; white space at the end of a block is none of its text."""
        if len(self._open) == 1 or self._open[-1][0] != tag:
            return  # thead, tbody
        if (tag in BLOCKS or tag in HEADINGS) and tag not in CELLS:
            self._close_paragraph()
        elif tag in CELLS:
            self._page_breaks_up_to(self._at)
        self._open.pop()
        self._skips = False
        self._is_supplied = False

    def handle_data(self, data: str) -> None:
        """Add text, with the page breaks that stand in it."""
        if self._skips or (not data.strip() and (self._top.tag in CONTAINERS or not self._reads)):
            return
        text = data[1:-1] if self._is_supplied else data
        start = 0
        while self._breaks and self._reads and self._breaks[0].start < self._at + len(text):
            mark = self._breaks.pop(0)
            append_text(self._top, text[start : mark.start - self._at])
            start = mark.start - self._at
            self._page_break(mark)
        append_text(self._top, text[start:])
        self._at += len(text)

    @property
    def _top(self) -> Element:
        return self._open[-1][1]

    @property
    def _container(self) -> Element:
        """What the next block stands in: the element that is open, or else the last division."""
        return self._top if len(self._open) > 1 else self._divisions[-1][1]

    def _push(self, tag: str, element: Element) -> None:
        self._open.append((tag, element))

    def _open_block(self, tag: str, values: dict[str, str]) -> None:
        paragraph = self._paragraphs.get(values.get("id", ""))
        if tag not in CELLS:
            self._close_paragraph()
        if tag in HEADINGS:
            self._push(tag, self._heading(int(tag[1])))
        else:
            name, rend = BLOCKS[tag]
            kind = "code" if tag == "pre" else ""
            role = "label" if tag == "th" else ""
            self._push(tag, add(self._container, name, rend=rend, type=kind, role=role))
        if paragraph is not None:
            self._at, self._reads = 0, True
            self._breaks = [mark for mark in paragraph.emendations if mark.kind == "break"]
            if tag not in HEADINGS:
                self._top.set("xml:id", paragraph.anchor.rpartition("-")[2])
        elif tag in ("td", "th") and self._at:
            self._at += 1  # cells are lines of one paragraph

    def _heading(self, level: int) -> Element:
        """Return the element of a heading: the head of a new division, or a block where none can begin."""
        if len(self._open) > 1:
            return add(self._top, "ab", type="head")
        while self._divisions[-1][0] >= level:
            self._divisions.pop()
        division = add(self._divisions[-1][1], "div")
        self._divisions.append((level, division))
        return add(division, "head")

    def _close_paragraph(self) -> None:
        """Write what is left of a paragraph when its element ends or another block begins in it."""
        if not self._reads:
            return
        self._page_breaks_up_to(self._breaks[-1].start if self._breaks else 0)
        self._reads = False
        _strip_end(self._top)

    def _page_breaks_up_to(self, offset: int) -> None:
        """Write the page breaks that have no words behind them in their element."""
        while self._breaks and self._breaks[0].start <= offset:
            self._page_break(self._breaks.pop(0))

    def _page_break(self, mark: Emendation) -> None:
        add(self._top, "pb", xml_id=f"r{mark.note}", **{"break": "no"})

    def _open_mark(self, kind: str) -> None:
        """Open an editorial mark, with what the received text has there."""
        if kind not in LAYERED:
            self._push("span", self._top)
            return
        mark = self._marks.pop(0)
        identifier = f"r{mark.note}"
        if kind == "corr":
            choice = add(self._top, "choice", xml_id=identifier)
            add(choice, "sic", mark.received)
            self._push("span", add(choice, "corr"))
        elif kind == "surplus":
            self._push("span", add(self._top, "surplus", mark.received, xml_id=identifier))
        elif kind == "supplied":
            self._is_supplied = True
            self._push("span", add(self._top, "supplied", xml_id=identifier, reason="omitted-in-original"))
        else:
            self._push("span", add(self._top, "seg", xml_id=identifier, type="noted"))

    def _note(self, number: int) -> None:
        """Write a note where its sign stands."""
        note = self._document.prose.notes[number - 1]
        is_textual = note.kind in ("corr", "supplied", "surplus")
        element = add(
            self._top,
            "note",
            xml_id=f"n{number}",
            n=note.label,
            type="textual" if is_textual else "comment",
            target=f"#r{number}" if note.kind != "note" else "",
        )
        inner = BodyReader(self._archive, self._document, self._file, element)
        inner._reads = True
        inner.feed(note.html)
        inner.close()

    def _link(self, href: str) -> Element:
        kind, _, target = href.partition(":")
        if kind in SYMBOLIC:
            identifier = self._archive.target(kind, target)
            if identifier is None:
                return self._top
            found = addresses.record(self._archive, kind, identifier)
            return add(self._top, NAMES[kind], ref=addresses.link(self._archive, found, self._file))
        if kind == "relative":
            return add(self._top, "ref", target=address(addresses.link(self._archive, target, self._file)))
        if href.startswith("#"):
            found = urls.person(self._document.person) + href
            return add(self._top, "ref", target=address(addresses.link(self._archive, found, self._file)))
        return add(self._top, "ref", target=address(href))

    def _image(self, path: str, words: str) -> None:
        figure = add(self._top, "figure")
        if path in self._archive.images:
            link = addresses.link(self._archive, urls.image(path), self._file)
            add(figure, "graphic", url=address(link))
        add(figure, "figDesc", words)


def _strip_end(element: Element) -> None:
    """Remove white space behind the last words of a block."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() or None
    else:
        element.text = (element.text or "").rstrip()


def fill_body(archive: Archive, document: Document, file: str, body: Element) -> None:
    """Write the running text of a document below ``body``; ``file`` is the address of the file that it is for."""
    before = len(body)
    reader = BodyReader(archive, document, file, body)
    reader.feed(document.prose.html)
    reader.close()
    if len(body) == before:
        add(body, "p")
