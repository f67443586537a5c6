"""A page comes in one go on a slow line: page and style sheets, compressed, in the first ten packets."""

import gzip
from html.parser import HTMLParser
from pathlib import Path

BUDGET = 14_000  # bytes; docs/decisions says why
LONG_ARTICLE = 9_000  # characters; beyond that the text itself is more than the budget


class PageReader(HTMLParser):
    """Reads from a page its style sheets and how many characters its paragraphs hold."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.characters = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a style sheet, and of the beginning of a paragraph."""
        values = dict(attrs)
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
