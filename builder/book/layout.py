"""Lays out sheets on pages by WeasyPrint, which is imported here alone and only when a PDF is made.

Takes trees of XHTML and a style sheet; gives pages, the page of each anchor, and at last the bytes of a PDF. Nothing is
fetched: an image comes inside its tree, and whatever else a style sheet names is refused.
"""

import importlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

# For keeping (ISO 19005-2, level u: all text can be read out), with the tags that the level a would have besides.
VARIANT = {"pdf_variant": "pdf/a-2u", "pdf_tags": True}
# Two characters of the heading that every book has: a font for Chinese has them.
WORDS = frozenset("目录")
# Where no library cuts fonts to size, fontTools does, and writes the time into them: any fixed time will do.
EPOCH = {"SOURCE_DATE_EPOCH": "315532800"}


class LackingError(Exception):
    """WeasyPrint, a library below it or a Chinese font is not there; ``args[0]`` says which."""


@dataclass(frozen=True)
class Pages:
    """Pages that have been laid out, and the number that the first of them bears."""

    document: Any
    first: int

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.document.pages)

    def numbers(self) -> dict[str, int]:
        """Return, for each anchor, the number of the page on which it stands, or begins."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.document.pages, start=self.first):
            for anchor in page.anchors:
                found.setdefault(anchor, number)
        return found


@dataclass(frozen=True)
class Book:
    """A finished PDF, how many pages it has, and the characters for which no font was found."""

    content: bytes
    pages: int
    missing: str


class Press:
    """Prints one book: its style sheet, its language and title, and the day that it bears, as 2026-05-01 or ""."""

    def __init__(self, style: str, language: str, title: str, day: str) -> None:
        self._weasyprint = load()
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._style = self._css(style)
        self._language, self._title, self._day = language, title, day

    def lay_out(self, parts: Sequence[Element], kind: str, first: int = 1) -> Pages:
        """Return the pages of some sheets: ``kind`` is their class in the style sheet, ``first`` their first number."""
        fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols=("data",))
        html = self._weasyprint.HTML(string=self._html(parts, kind), url_fetcher=fetcher)
        start = self._css(f"@page :first {{ counter-reset: page {first} }}")
        document = html.render(font_config=self._fonts, stylesheets=[self._style, start], **VARIANT)
        return Pages(document, first)

    def bind(self, parts: Sequence[Pages], identifier: str) -> Book:
        """Return the PDF of some pages, those of the first part numbered in Roman; it says nothing of today.

        Raises ``LackingError`` where there is no font for Chinese.
        """
        found: list[Any] = []

        def finish(document: Any, pdf: Any) -> None:
            found.extend(document.fonts.values())
            _label_pages(pdf, parts[0].count)

        pages = [page for part in parts for page in part.document.pages]
        bound = parts[0].document.copy(pages)
        with _environment(EPOCH):
            content = bound.write_pdf(finisher=finish, pdf_identifier=identifier.encode(), **VARIANT)
        missing = {chr(point) for font in found for point in font.missing}
        if missing >= WORDS:
            raise LackingError("中文字体")
        return Book(content, len(pages), "".join(sorted(missing)))

    def _css(self, text: str) -> Any:
        return self._weasyprint.CSS(string=text, font_config=self._fonts)

    def _html(self, parts: Sequence[Element], kind: str) -> str:
        """Return the sheets as one page of HTML."""
        root = Element("html", {"lang": self._language})
        head = SubElement(root, "head")
        SubElement(head, "title").text = self._title
        for name in ("created", "modified") if self._day else ():
            SubElement(head, "meta", {"name": f"dcterms.{name}", "content": self._day})
        SubElement(root, "body", {"class": kind}).extend(parts)
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            for name in [name for name in element.attrib if name.startswith("{")]:
                del element.attrib[name]
        return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html")


def load() -> Any:
    """Return WeasyPrint. Raises ``LackingError`` where it, or a library below it, is not installed."""
    try:
        importlib.import_module("weasyprint.text.fonts")
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise LackingError(" ".join(str(error).split())) from error


def _label_pages(pdf: Any, front: int) -> None:
    """Let programmes number the pages as they are printed: i, ii, iii before the first chapter, then 1, 2, 3."""
    pydyf = importlib.import_module("pydyf")
    roman, arabic = pydyf.Dictionary({"S": "/r"}), pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, roman, front, arabic])})


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
