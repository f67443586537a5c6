"""A page comes in one go on a slow line, and is laid out once: docs/decisions/comfort.md."""

import gzip
from html.parser import HTMLParser
from pathlib import Path

from builder import urls

BUDGET = 14_000  # bytes; docs/decisions says why
FIELDS = ("input", "select", "textarea")
LONG_ARTICLE = 9_000  # characters; beyond that the text itself is more than the budget


class PageReader(HTMLParser):
    """Reads from a page its style sheets, what can be filled in, and how many characters its paragraphs hold."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.fields: list[str] = []
        self.characters = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a style sheet, of a field, and of the beginning of a paragraph."""
        values = dict(attrs)
        if tag in FIELDS:
            self.fields.append(tag)
        if tag == "link" and values.get("rel") == "stylesheet":
            self.sheets.append(values.get("href") or "")
        self.inside = self.inside or tag == "p"

    def handle_endtag(self, tag: str) -> None:
        """Take note of the end of a paragraph."""
        self.inside = self.inside and tag != "p"

    def handle_data(self, data: str) -> None:
        """Count the characters of a paragraph."""
        self.characters += len(data.strip()) if self.inside else 0


def test_page_and_style_sheets_fit_the_budget(built_site: Path, built_pages: tuple[str, ...]) -> None:
    too_large = []
    for address in built_pages:
        page = built_site / address
        reader = PageReader()
        reader.feed(page.read_text(encoding="utf-8"))
        assert reader.sheets, f"{address} has no style sheet"
        sheets = [
            built_site / href.lstrip("/") if href.startswith("/") else page.parent / href for href in reader.sheets
        ]
        size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in [page, *sheets])
        if size > BUDGET and reader.characters <= LONG_ARTICLE:
            too_large.append(f"{address}: {size} bytes")
    assert not too_large, too_large


def test_no_field_makes_the_browser_lay_out_a_page_without_its_style(
    built_site: Path, built_pages: tuple[str, ...]
) -> None:
    """Chromium looks for what it could fill in when it has read a page, laid out for that, with style or without."""
    with_fields = []
    for address in built_pages:
        reader = PageReader()
        reader.feed((built_site / address).read_text(encoding="utf-8"))
        if reader.fields:
            with_fields.append(address)
    assert with_fields == [urls.SEARCH]
