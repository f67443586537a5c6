"""Markdown as the archive reads it: Python-Markdown, less what could surprise an editor, plus the editorial marks.

Takes a ``Body``; gives the tree of its blocks with the marks in their places, for ``fragment`` to write.

Left out: raw HTML; attribute lists, which let any attribute in (``onclick``) and swallow text in braces; reference
links, whose definitions vanish from the text; code by indentation, since Chinese paragraphs are indented with spaces.
Changed: a heading needs a space after its ``#`` (``#战疫#`` is text); code stands between two lines of three backticks.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from builder.body.emendation import stock_note
from builder.body.marks import AUTOLINK, ETX, STX, Scanner
from builder.body.patterns import (
    AutolinkProcessor,
    EntityProcessor,
    ImageProcessor,
    LinkProcessor,
    TokenProcessor,
)
from builder.body.raw import REFERENCE, Block, Body

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LEFT_OUT = ("backtick", "reference", "image_reference", "short_reference", "short_image_ref", "automail", "html")
# Deeper lists and quotations are a mistake; Python's own limit would depend on who calls.
DEPTH = 24

FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^`\n]*\n(?P<code>(?:.*\n)*?)(?P=fence)[`~]*[ ]*$", re.MULTILINE)
HEADING_ID = re.compile(r"[ ]*\{#([A-Za-z][\w-]*)\}[ ]*$", re.ASCII)
HEADING_END = re.compile(r"(?:^|[ ]+)#+[ ]*$")


@dataclass
class Tree:
    """A body as parsed: its root, its marks and code spans, and the block that each element's text came from.

    ``blocks`` is keyed by an element and whether its tail is meant. ``notes`` holds the element of a
    mark's note, by the mark's offset. ``fences`` are blocks of code with the offset of their first line.
    """

    body: Body
    scanner: Scanner
    root: Element = field(default_factory=lambda: Element("div"))
    notes: dict[int, Element] = field(default_factory=dict)
    blocks: dict[tuple[Element, bool], Block] = field(default_factory=dict)
    fences: list[tuple[str, int, int]] = field(default_factory=list)


def parse(body: Body) -> Tree:
    """Return the tree of a body. Raises RecursionError where lists, quotations or emphasis are too deep."""
    tree = Tree(body, Scanner(body))
    markdown, markup = _machine()
    markdown.reset()
    markup.tree = tree
    try:
        markdown.convert(body.text)
        level = [tree.root]
        for _ in range(DEPTH):
            level = [child for element in level for child in element]
        if level:
            raise RecursionError
    except RecursionError:
        _machine.cache_clear()  # what was under way is left in the machine's own stacks
        raise
    return tree


@cache
def _machine() -> "tuple[Markdown, Markup]":
    """Return the one Markdown machine of this process: making it takes longer than reading an article."""
    markup = Markup()
    machine = Markdown(extensions=[SaneListExtension(), TableExtension(), markup], output_format="html")
    machine.stripTopLevelTags = False
    machine.serializer = markup.keep
    return machine, markup


class Markup(Extension):
    """The extension: what it registers, and the tree that is being read."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree(Body("", "", 1), Scanner(Body("", "", 1)))

    def keep(self, root: Element) -> str:
        """Keep the finished tree, in the place of a serializer."""
        self.tree.root = root
        return ""

    def doubt(self, index: int) -> str | None:
        """Return what stands in a mark of doubt, which may hold Markdown; None for the other marks."""
        mark = self.tree.scanner.marks[index]
        return mark.reading if mark.kind == "==" else None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the archive's own processors, in the places of those that are left out."""
        md.preprocessors.deregister("normalize_whitespace")
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(FencePreprocessor(self), "fence", 30)
        md.parser.blockprocessors.deregister("code")
        md.parser.blockprocessors.deregister("reference")
        md.parser.blockprocessors.register(FenceProcessor(md, self), "fence", 95)
        md.parser.blockprocessors.register(HeadingProcessor(md.parser), "hashheader", 70)
        for name in LEFT_OUT:
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(TokenProcessor(self.doubt), "token", 200)
        md.inlinePatterns.register(LinkProcessor(r"(?<!!)\[", md), "link", 160)
        md.inlinePatterns.register(ImageProcessor(r"!\[", md), "image_link", 150)
        md.inlinePatterns.register(AutolinkProcessor(AUTOLINK.pattern, md), "autolink", 120)
        md.inlinePatterns.register(EntityProcessor(REFERENCE.pattern, md), "entity", 80)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(MarkTreeprocessor(self), "marks", 30)
        md.treeprocessors.register(TextProcessor(md), "inline", 20)
        for name in ("raw_html", "amp_substitute"):
            md.postprocessors.deregister(name)
        md.ESCAPED_CHARS = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class FencePreprocessor(Preprocessor):
    """Put a token in the place of every block of code between two lines of backticks."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self.markup = markup

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without their blocks of code."""
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text:
            return lines
        return FENCE.sub(self._keep, text).split("\n")

    def _keep(self, match: re.Match[str]) -> str:
        fences = self.markup.tree.fences
        fences.append((match["code"], match.start("code"), match.end()))
        return f"\n\n{STX}fence:{len(fences) - 1}{ETX}\n\n"


class FenceProcessor(BlockProcessor):
    """Turn the token of a block of code into its element."""

    TOKEN = re.compile(f"^ *{STX}fence:([0-9]+){ETX}$")

    def __init__(self, md: Markdown, markup: Markup) -> None:
        super().__init__(md.parser)
        self.markup = markup

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the block is such a token."""
        return bool(self.TOKEN.match(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Add the element to ``parent``."""
        match = self.TOKEN.match(blocks.pop(0))
        if match:
            pre = SubElement(parent, "pre", n=match[1])
            pre.text = AtomicString("")


class HeadingProcessor(HashHeaderProcessor):
    """A heading: ``#`` and a space. Without the space it is text: ``#战疫#``."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \n]|$)(?P<header>[^\n]*)(?:\n|$)")


class MarkTreeprocessor(Treeprocessor):
    """Find the marks of every block before Markdown reads its lines, and add their notes to the tree."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self.markup = markup

    def run(self, root: Element) -> None:
        """Put tokens into the texts of the tree; add an element ``notes`` that holds the text of every note."""
        self.tree = self.markup.tree
        self._cursor = 0
        self._visit(root)
        notes = SubElement(root, "notes")
        for mark in self.tree.scanner.marks:
            note = self.tree.notes[mark.start] = SubElement(notes, "note")
            note.text = "" if mark.note is None or mark.is_page_break else mark.note
            note.set("stock", stock_note(mark))

    def _visit(self, element: Element) -> None:
        """Visit the texts of an element in the order of the body."""
        if element.tag == "pre":
            self._cursor = self.tree.fences[int(element.attrib["n"])][2]
        elif element.text and element.text.strip():
            element.text = self._scan(element, element.text, is_tail=False)
        for child in element:
            self._visit(child)
            if child.tail and child.tail.strip():
                child.tail = self._scan(child, child.tail, is_tail=True)

    def _scan(self, element: Element, text: str, *, is_tail: bool) -> str:
        if element.tag in HEADINGS and not is_tail:
            match = HEADING_ID.search(text)
            if match:
                element.set("id", match[1])
                text = text[: match.start()]
            text = HEADING_END.sub("", text)
        block = self.tree.body.find(text, self._cursor)
        self._cursor = block.end
        self.tree.blocks[element, is_tail] = block
        return self.tree.scanner.scan(block)


class TextProcessor(InlineProcessor):
    """Markdown's own, which tries every pattern on every text; it is spared the texts in which none can begin."""

    # The first characters of all patterns in ``md.inlinePatterns``, tokens of marks and of Markdown itself included.
    STARTS = re.compile(rf"[{STX}\\\[!<&*_]|  \n")

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if self.STARTS.search(data) is None:
            return data
        handled: str = super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc]
        return handled
