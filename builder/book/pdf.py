"""A volume as PDF: tagged, with bookmarks, fonts embedded, and page numbers in its contents and indexes.

Three parts are laid out one after another: the chapters; what needs their pages (timeline, indexes, colophon); what
needs the pages of both (contents). So each knows the numbers that it prints, and gives each page once. The same volume
gives the same bytes with the same versions of WeasyPrint, of the libraries below it and of the fonts.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from jinja2 import Environment

from builder.book.chapters import chapter
from builder.book.contents import Plan, contents, plan, policy_sheet
from builder.book.layout import Book, Press
from builder.book.leaves import TIMELINE, Index, Locator
from builder.book.sheets import XHTML, sheet
from builder.book.volumes import Volume

TYPES = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".svg": "svg+xml", ".webp": "webp"}
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def pdf_book(volume: Volume, environment: Environment, style: str, images: Path) -> Book:
    """Return a volume as PDF; ``images`` is the folder in which the images of the texts lie.

    Raises ``LackingError`` where WeasyPrint cannot be used.
    """
    book = plan(volume)
    imprint = book.imprint
    day = imprint.day.isoformat() if imprint.day else ""
    press = Press(style, imprint.language, "　".join(filter(None, (imprint.title, imprint.part))), day)
    chapters = [sheet(environment, "chapter", chapter=chapter(book.writer, person)) for person in volume.people]
    for one in chapters:
        _embed_images(one, images)
    body = press.lay_out(chapters, "body")
    numbers = body.numbers()
    back = press.lay_out(list(_back(book, environment, numbers)), "back", body.count + 1)
    numbers |= back.numbers()
    front = press.lay_out(list(_front(book, environment, {})), "front")  # only to see where the policy comes to stand
    pages = {anchor: roman(number) for anchor, number in front.numbers().items()}
    pages |= {anchor: str(number) for anchor, number in numbers.items()}
    front = press.lay_out(list(_front(book, environment, pages)), "front")
    return press.bind((front, body, back), imprint.identifier)


def roman(number: int) -> str:
    """Return a number below 4000 in small Roman numerals, as the pages before the first chapter bear them."""
    words = ""
    for value, sign in ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def _front(book: Plan, environment: Environment, pages: Mapping[str, str]) -> Iterator[Element]:
    """Yield what stands before the first chapter: the title, the editorial policy, the contents."""
    yield sheet(environment, "title", imprint=book.imprint)
    policy = policy_sheet(book, environment)
    if policy is not None:
        yield policy
    lines = tuple(replace(line, page=pages.get(line.anchor, "")) for line in contents(book))
    yield sheet(environment, "contents", lines=lines)


def _back(book: Plan, environment: Environment, numbers: Mapping[str, int]) -> Iterator[Element]:
    """Yield what stands behind the last chapter: the timeline, the indexes, the colophon."""
    if book.dates:
        pages = {f"#{anchor}": number for anchor, number in numbers.items()}
        yield sheet(environment, TIMELINE, dates=book.dates, pages=pages)
    for index in book.indexes:
        yield sheet(environment, "index", index=_numbered(index, numbers), joint="，")
    yield sheet(environment, "colophon", imprint=book.imprint)


def _numbered(index: Index, numbers: Mapping[str, int]) -> Index:
    """Return an index with pages in the place of words."""
    letters = (
        (letter, tuple(replace(entry, locators=_pages(entry.locators, numbers)) for entry in entries))
        for letter, entries in index.letters
    )
    return replace(index, letters=tuple(letters))


def _pages(locators: tuple[Locator, ...], numbers: Mapping[str, int]) -> tuple[Locator, ...]:
    """Return the pages of an entry in their order, each once; the beginning of a chapter outdoes a mention there."""
    found: dict[int, Locator] = {}
    for locator in sorted(locators, key=lambda locator: (numbers[locator.anchor], not locator.is_main)):
        number = numbers[locator.anchor]
        found.setdefault(number, replace(locator, words=str(number)))
    return tuple(found.values())


def _embed_images(chapter: Element, folder: Path) -> None:
    """Put the images of a chapter into it, so that nothing need be fetched."""
    for image in chapter.iter(f"{{{XHTML}}}img"):
        path = folder / image.get("src", "").removeprefix("images/")
        data = base64.b64encode(path.read_bytes()).decode("ascii")
        image.set("src", f"data:image/{TYPES.get(path.suffix.lower(), 'png')};base64,{data}")
