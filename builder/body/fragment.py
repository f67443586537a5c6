"""Writes the tree of a body: its HTML and its plain values, in one walk in the order of the text.

Takes a ``markup.Tree``; gives ``Prose``. All text in the tree is plain and is escaped here and in ``inline``, nowhere
else: no element or attribute gets into the page that is not named in these two rooms.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.body.inline import Draft, InlineWriter
from builder.body.lines import join_lines
from builder.body.markup import HEADINGS, Tree
from builder.body.passages import Paragraph, Prose
from builder.problems import Problem

BLOCKS = frozenset((*HEADINGS, "p", "ul", "ol", "li", "blockquote", "table", "pre", "hr"))
RESERVED_ID = re.compile(r"[pnr][0-9]+")
ALIGNMENT = re.compile(r"text-align: (left|center|right);")


@dataclass(frozen=True)
class Run:
    """Text and inline elements between two blocks; ``key`` says which text of the tree it starts with."""

    key: tuple[Element, bool]
    text: str | None
    children: list[Element]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.children and not (self.text or "").strip()


def write(tree: Tree, prefix: str) -> tuple[Prose, list[Problem]]:
    """Return the prose of a tree and what is wrong with it; every id starts with ``prefix``."""
    join_lines(tree)
    writer = FragmentWriter(tree, prefix)
    writer.blocks(child for child in tree.root if child.tag != "notes")
    writer.check_marks()
    prose = Prose(
        "".join(writer.html).strip(),
        tuple(writer.paragraphs),
        tuple(writer.notes),
        tuple(writer.references),
        tuple(writer.links),
        tuple(writer.images),
    )
    return prose, [*tree.scanner.problems, *writer.problems]


class FragmentWriter(InlineWriter):
    """Writes blocks; what is in them is written by ``InlineWriter``."""

    def __init__(self, tree: Tree, prefix: str) -> None:
        super().__init__(tree, prefix)
        self.paragraphs: list[Paragraph] = []
        self._anchors = 0
        self._ids: set[str] = set()
        self._line = 1

    def blocks(self, elements: Iterable[Element]) -> None:
        """Write blocks one after another."""
        for element in elements:
            self._block(element)

    def _block(self, element: Element) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self._heading(element)
        elif tag == "table":
            self._table(element)
        elif tag == "pre":
            self._code(element)
        elif tag == "hr":
            self.html.append("<hr>\n")
        else:
            self._flow(element)

    def _flow(self, element: Element) -> None:
        """Write a paragraph, a list, an item or a quotation; the first text of an item is the item's own paragraph."""
        tag = element.tag
        opening = len(self.html)
        self.html.append("")
        attributes = _list_start(element)
        for index, part in enumerate(_parts(element)):
            if isinstance(part, Element):
                self._block(part)
            elif index == 0 and tag in ("p", "li"):
                attributes = self._paragraph(part)
            elif not part.is_blank:
                inner = len(self.html)
                self.html.append("")
                self.html[inner] = f"<p{self._paragraph(part)}>"
                self.html.append("</p>\n")
        self.html[opening] = f"<{tag}{attributes}>" + ("" if tag in ("p", "li") else "\n")
        self.html.append(f"</{tag}>\n")

    def _paragraph(self, run: Run) -> str:
        """Write a run as a paragraph; return the attributes of its element, none where it holds no text."""
        if run.is_blank:
            return ""
        self._open(run.key)
        self._write(run)
        paragraph = self._close()
        return f' class="paragraph" id="{paragraph.anchor}"' if paragraph else ""

    def _heading(self, element: Element) -> None:
        # The page has its one h1 already.
        tag = "h2" if element.tag == "h1" else element.tag
        opening = len(self.html)
        self.html.append("")
        run = Run((element, False), element.text, list(element))
        self._open(run.key)
        self._write(run)
        anchor = self._unique(element.get("id") or _slug(self._draft.reading))
        self._close(anchor)
        self.html[opening] = f'<{tag} id="{anchor}">'
        self.html.append(f"</{tag}>\n")

    def _table(self, table: Element) -> None:
        """Write a table as one paragraph, its cells as lines."""
        opening = len(self.html)
        self.html.append("")
        cells = [cell for cell in table.iter() if cell.tag in ("th", "td")]
        self._open(next(((cell, False) for cell in cells if (cell, False) in self._tree.blocks), (table, False)))
        for part in table:
            self.html.append(f"<{part.tag}>\n")
            for row in part:
                self.html.append("<tr>")
                for cell in row:
                    self._cell(cell)
                self.html.append("</tr>\n")
            self.html.append(f"</{part.tag}>\n")
        paragraph = self._close()
        self.html[opening] = f'<table id="{paragraph.anchor}">\n' if paragraph else "<table>\n"
        self.html.append("</table>\n")

    def _cell(self, cell: Element) -> None:
        aligned = ALIGNMENT.fullmatch(cell.get("style", ""))
        scope = ' scope="col"' if cell.tag == "th" else ""
        self.html.append(f"<{cell.tag}{scope}" + (f' class="align-{aligned[1]}">' if aligned else ">"))
        if self._draft.reading:
            self._draft.reading += "\n"
            self._draft.received += "\n"
        self._write(Run((cell, False), cell.text, list(cell)))
        self.html.append(f"</{cell.tag}>")

    def _code(self, element: Element) -> None:
        code, start, _ = self._tree.fences[int(element.attrib["n"])]
        opening = len(self.html)
        self.html.append("")
        self._open_at(start)
        self.code_lines(code, start)
        paragraph = self._close()
        self.html[opening] = f'<pre id="{paragraph.anchor}"><code>' if paragraph else "<pre><code>"
        self.html.append("</code></pre>\n")

    def _write(self, run: Run) -> None:
        block = self._tree.blocks.get(run.key)
        start, end = (block.start, block.end) if block else (self._cursor, self._cursor)
        self.run(run.text, run.children, start, end)

    def _open(self, key: tuple[Element, bool]) -> None:
        block = self._tree.blocks.get(key)
        self._open_at(block.start if block else self._cursor)

    def _open_at(self, offset: int) -> None:
        self._draft = Draft(len(self.paragraphs) + 1)
        self._line = self._tree.body.place(offset).line

    def _close(self, anchor: str = "") -> Paragraph | None:
        """Keep the paragraph that has been written; None where it holds no text and no note."""
        draft, self._draft = self._draft, Draft()
        if not anchor and not draft.emendations and not (draft.reading + draft.received).strip():
            return None
        if not anchor:
            self._anchors += 1
            anchor = f"{self._prefix}p{self._anchors}"
        paragraph = Paragraph(
            draft.number,
            anchor,
            draft.reading,
            draft.received,
            self._line,
            tuple(draft.spots),
            tuple(draft.emendations),
        )
        self.paragraphs.append(paragraph)
        return paragraph

    def _unique(self, identifier: str) -> str:
        base = f"h-{identifier}" if RESERVED_ID.fullmatch(identifier) else identifier
        identifier, count = base, 1
        while identifier in self._ids:
            count += 1
            identifier = f"{base}-{count}"
        self._ids.add(identifier)
        return self._prefix + identifier


def _parts(element: Element) -> Iterator[Run | Element]:
    """Yield the runs and the blocks of an element in order, the run before its first block first."""
    key, text = (element, False), element.text
    children: list[Element] = []
    for child in element:
        if child.tag in BLOCKS:
            yield Run(key, text, children)
            yield child
            key, text, children = (child, True), child.tail, []
        else:
            children.append(child)
    yield Run(key, text, children)


def _list_start(element: Element) -> str:
    """Return the attribute of a numbered list that does not start at 1."""
    start = element.get("start", "")
    return f' start="{int(start)}"' if start.isdecimal() and len(start) < 10 else ""


def _slug(text: str) -> str:
    """Return the id of a heading: its own words, with hyphens between them."""
    return re.sub(r"\W+", "-", text.lower()).strip("-") or "section"
