"""Writes what stands inside a block: text, marks, links, images, emphasis, code; and the notes of the marks.

Takes elements of a ``markup.Tree`` in the order of the text; collects HTML and, beside it, the two layers of the text
with the place of every stretch.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from builder.body.emendation import Mark
from builder.body.lines import JOINED, flatten
from builder.body.links import SYMBOLIC, classify, image_fault, link_fault
from builder.body.marks import TARGET
from builder.body.markup import Tree
from builder.body.passages import Emendation, Hyperlink, Note, Picture, Reference, Spot
from builder.problems import Problem

KINDS = {"~~": "corr", "++": "supplied", "--": "surplus", "==": "doubt", ">>": "note"}
# The received form stands beside the emended one in print up to this length; a longer one only in the note.
SHOWN_IN_PRINT = 4
SEPARATOR = re.compile(f"(\n+|{JOINED}+)")


@dataclass
class Draft:
    """A paragraph, or a note, as far as it is written."""

    number: int = 0
    reading: str = ""
    received: str = ""
    spots: list[Spot] = field(default_factory=list)
    emendations: list[Emendation] = field(default_factory=list)


class InlineWriter:
    """Writes runs of text into ``html`` and into a draft of the paragraph that they belong to."""

    def __init__(self, tree: Tree, prefix: str) -> None:
        self.html: list[str] = []
        self.notes: list[Note] = []
        self.references: list[Reference] = []
        self.links: list[Hyperlink] = []
        self.images: list[Picture] = []
        self.problems: list[Problem] = []
        self._tree = tree
        self._prefix = prefix
        self._draft = Draft()
        self._cursor = 0
        self._limit = 0
        self._written_marks: set[int] = set()
        self._page_breaks: list[tuple[Mark, int]] = []
        self._waiting: list[str] | None = None  # note marks that wait for the end of a link; None outside links

    def check_marks(self) -> None:
        """Report the marks that stand where none can be shown: in the words of an image."""
        for index, mark in enumerate(self._tree.scanner.marks):
            if index not in self._written_marks:
                mend = "把记号移到正文里，或删去。"
                self._report(mark.start, "misplaced-mark", "图片说明里不能有校改记号。", mend, 3)

    def run(self, text: str | None, children: Iterable[Element], start: int, end: int) -> None:
        """Write a run of text that stands between two offsets of the body; joined page breaks are noted at its end."""
        self._cursor, self._limit = start, end
        self._content(text, children)
        breaks, self._page_breaks = self._page_breaks, []
        for mark, at in breaks:
            self._note(mark, "break", at, at)

    def code_lines(self, code: str, start: int) -> None:
        """Write a block of code, line by line."""
        for line in code.splitlines(keepends=True):
            self._add(line, line, start, is_code=True)
            start += len(line)
        self.html.append(escape(code, quote=False))

    def _content(self, text: str | None, children: Iterable[Element]) -> None:
        self._text(text)
        for child in children:
            self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        for piece in SEPARATOR.split(text or ""):
            if piece.startswith("\n"):
                self._break_line()
            elif piece and not piece.startswith(JOINED):
                self._piece(piece)

    def _break_line(self) -> None:
        self._draft.reading += "\n"
        self._draft.received += "\n"
        self.html.append("\n")

    def _piece(self, piece: str) -> None:
        self.html.append(escape(piece, quote=False))
        body = self._tree.body.text
        found = body.find(piece, self._cursor, self._limit)
        if found >= 0 and not any(body.find(sign, self._cursor, found) >= 0 for sign in "&\\"):
            self._add(piece, piece, found)
            self._cursor = found + len(piece)
            return
        start, first, cursor = 0, self._cursor, self._cursor
        for index, (at, width) in enumerate(self._tree.body.align(piece, self._cursor, self._limit)):
            if at != cursor:
                self._add(piece[start:index], piece[start:index], first)
                start, first = index, at
            cursor = at + width
        self._add(piece[start:], piece[start:], first)
        self._cursor = cursor

    def _add(self, reading: str, received: str, offset: int, *, is_code: bool = False) -> None:
        """Add a stretch to the two layers, with the place of its first character."""
        if reading or received:
            draft = self._draft
            place = self._tree.body.place(offset)
            draft.spots.append(Spot(len(draft.reading), len(draft.received), place.line, place.column, is_code))
            draft.reading += reading
            draft.received += received

    def _element(self, element: Element) -> None:
        tag = element.tag
        if tag == "mark":
            self._mark(element)
        elif tag == "code":
            code, offset = self._tree.scanner.codes[int(element.attrib["n"])]
            self._add(code, code, offset, is_code=True)
            self._cursor = max(self._cursor, offset + len(code))
            self.html.append(f"<code>{escape(code, quote=False)}</code>")
        elif tag == "a":
            self._link(element)
        elif tag == "img":
            self._image(element)
        elif tag == "br":
            self.html.append("<br>")
            self._break_line()
        else:
            self.html.append(f"<{tag}>")
            self._content(element.text, element)
            self.html.append(f"</{tag}>")

    def _mark(self, element: Element) -> None:
        index = int(element.attrib["n"])
        mark = self._tree.scanner.marks[index]
        self._written_marks.add(index)
        start = len(self._draft.reading)
        kind = KINDS[mark.kind]
        if mark.is_page_break:
            self._page_breaks.append((mark, start))
        elif kind == "doubt":
            self._cursor = mark.content
            self.html.append('<span class="doubt">')
            self._content(element.text, element)
            self.html.append("</span>")
        elif kind != "note":
            self._layers(mark, kind)
        self._cursor = mark.end
        if not mark.is_page_break:
            self._note(mark, kind, start, len(self._draft.reading))

    def _layers(self, mark: Mark, kind: str) -> None:
        """Write a mark that says different things in the two layers."""
        received, reading = flatten(mark.received), flatten(mark.reading)
        self._add("", received, mark.content)
        self._add(reading, "", mark.content + (len(mark.received) + 2 if received else 0))
        shown = f"［{reading}］" if kind == "supplied" else reading
        data = f' data-received="{escape(received)}"' if 0 < len(received) <= SHOWN_IN_PRINT else ""
        self.html.append(f'<span class="{kind}"{data}>{escape(shown, quote=False)}</span>')

    def _note(self, mark: Mark, kind: str, start: int, end: int) -> None:
        """Write the mark of a note into the line, and the note into the apparatus."""
        number = len(self.notes) + 1
        draft = self._draft
        word, heard = ("校", "校注") if kind in ("corr", "supplied", "surplus") else ("注", "注")
        anchor, back = f"{self._prefix}n{number}", f"{self._prefix}r{number}"
        reference = (
            f'<a class="noteref" id="{back}" role="doc-noteref" href="#{anchor}"'
            f' aria-label="{heard}{number}" data-anchor="--{back}">{word}{number}</a>'
        )
        (self.html if self._waiting is None else self._waiting).append(reference)
        html, text = self._apparatus(mark)
        self.notes.append(Note(number, kind, f"{word}{number}", anchor, back, html, text, draft.number))
        received = flatten(mark.received) if kind in ("corr", "surplus") else ""
        draft.emendations.append(Emendation(kind, start, end, received, number))

    def _apparatus(self, mark: Mark) -> tuple[str, str]:
        """Return the words of a note as HTML and as plain text."""
        element = self._tree.notes[mark.start]
        outer = self.html, self._draft, self._cursor, self._limit, self._waiting
        self.html, self._draft, self._waiting = [], Draft(), None
        self._cursor, self._limit = mark.note_at, mark.end
        self._content(element.text, element)
        html, text = "".join(self.html), self._draft.reading
        self.html, self._draft, self._cursor, self._limit, self._waiting = outer
        stock = flatten(element.attrib["stock"])
        return escape(stock, quote=False) + html, stock + text

    def _link(self, element: Element) -> None:
        href = element.attrib["href"]
        kind = classify(href)
        is_auto, is_inner = "auto" in element.attrib, self._waiting is not None
        at = max(self._cursor, self._tree.body.text.find("<" if is_auto else "[", self._cursor, self._limit))
        self._cursor = at + 1
        start, pieces = len(self._draft.reading), len(self.html)
        if is_inner or kind in ("unsafe", "empty"):
            self._content(element.text, element)
        else:
            self._anchor(element, self._written_href(kind, href))
        # A picture has no words of its own: a link to a record would be a mention without any.
        is_silent = kind in SYMBOLIC and not self._draft.reading[start:].strip()
        is_empty = len(self.html) == pieces or is_silent
        offset = at + 1 if is_auto else self._skip_target()
        fault = link_fault(kind, href, is_inner=is_inner, is_empty=is_empty)
        if fault:
            self._report(offset if fault[0] == "unsafe-link" else at, *fault)
        else:
            self._keep_link(kind, href, start, offset)

    def _written_href(self, kind: str, href: str) -> str:
        """Return the address that stands in the fragment: symbolic wherever it depends on where that is shown."""
        if kind in SYMBOLIC:
            return f"{kind}:{href.partition(':')[2]}"
        if kind == "relative":
            return f"{kind}:{href}"
        return f"#{self._prefix}{href[1:]}" if kind == "anchor" else href

    def _anchor(self, element: Element, href: str) -> None:
        """Write a link with its content; note marks must not stand in a link, so they come behind it."""
        pieces = len(self.html)
        self._waiting = []
        self._content(element.text, element)
        if len(self.html) > pieces:
            self.html.insert(pieces, f'<a href="{escape(href)}">')
            self.html.append("</a>")
        self.html += self._waiting
        self._waiting = None

    def _keep_link(self, kind: str, href: str, start: int, offset: int) -> None:
        place = self._tree.body.place(offset)
        target = href.partition(":")[2] if kind in SYMBOLIC else href
        self.links.append(Hyperlink(kind, target, place))
        draft = self._draft
        if kind in SYMBOLIC and draft.number:
            end = len(draft.reading)
            name = target.partition("#")[0]
            self.references.append(Reference(kind, name, draft.reading[start:end], draft.number, start, end, place))

    def _skip_target(self) -> int:
        """Go past the target of a link or an image; return the offset of its first character."""
        body = self._tree.body.text
        bracket = body.find("](", self._cursor, self._limit)
        target = TARGET.match(body, bracket + 1) if bracket >= 0 else None
        if target is None:
            return self._cursor
        self._cursor = target.end()
        return target.start(1) if target[1] is not None else target.start(2)

    def _image(self, element: Element) -> None:
        source, alt = element.attrib["src"], " ".join(element.attrib["alt"].split())
        at = max(self._cursor, self._tree.body.text.find("![", self._cursor, self._limit))
        self._cursor = at
        offset = self._skip_target()
        kind = classify(source)
        if kind == "relative":
            self.images.append(Picture(source, alt, self._tree.body.place(offset)))
            self.html.append(f'<img src="image:{escape(source)}" alt="{escape(alt)}">')
        else:
            self.html.append(escape(alt, quote=False))
        fault = image_fault(kind, source, alt)
        if fault:
            self._report(at if fault[0] == "image-without-alt" else offset, *fault)

    def _report(self, offset: int, rule: str, message: str, mend: str, width: int) -> None:
        self.problems.append(Problem(self._tree.body.place(offset), rule, message, mend, width=max(1, width)))
