"""A volume as EPUB 3: the same sheets as on paper, a file each, packed so that the same volume gives the same bytes.

Chapters are made and packed one at a time. Needs nothing but what the site needs.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from jinja2 import Environment

from builder.book.chapters import chapter
from builder.book.contents import Plan, contents, plan, policy_sheet
from builder.book.leaves import COLOPHON, CONTENTS, TIMELINE, TITLE, Index, Line, Locator
from builder.book.package import DECLARATION, FOLDER, PACKAGE, Item, container, package
from builder.book.sheets import OPS, XHTML, XML, sheet
from builder.book.volumes import Volume

STYLE = "book.css"
TIMES = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: the first that its form can hold
MODE = 0o100644 << 16
DOCUMENT = "application/xhtml+xml"
TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def epub_book(volume: Volume, environment: Environment, style: str, images: Path) -> bytes:
    """Return a volume as EPUB; ``images`` is the folder in which the images of the texts lie."""
    book = plan(volume)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _put(archive, "META-INF/container.xml", container())
        _put(archive, FOLDER + STYLE, style.encode("utf-8"))
        items = [Item(STYLE, "text/css")]
        shown: set[str] = set()
        for part in _parts(book, environment):
            name, properties = f"{part.get('id')}.xhtml", "nav" if part.get("id") == CONTENTS else ""
            shown |= {image.get("src", "") for image in part.iter(f"{{{XHTML}}}img")}
            _put(archive, FOLDER + name, _document(part, book))
            items.append(Item(name, DOCUMENT, properties, is_read=True))
        for name in sorted(shown):
            path = images / name.removeprefix("images/")
            _put(archive, FOLDER + name, path.read_bytes())
            items.append(Item(name, TYPES[path.suffix.lower()]))
        _put(archive, FOLDER + PACKAGE, package(book.imprint, items))
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    """Pack a file, the same on every machine and on every day."""
    info = zipfile.ZipInfo(name, TIMES)
    info.compress_type, info.external_attr, info.create_system = how, MODE, 3
    archive.writestr(info, content, compresslevel=9)


def _parts(book: Plan, environment: Environment) -> Iterator[Element]:
    """Yield the sheets of the book in the order of reading."""
    yield sheet(environment, TITLE, imprint=book.imprint)
    lines = tuple(contents(book))
    first = next(line for line in lines if line.anchor.startswith("person-"))
    marks = [("bodymatter", first), *(("index", Line(index.anchor, index.title)) for index in book.indexes[:1])]
    yield sheet(environment, "nav", lines=lines, landmarks=tuple(marks))
    policy = policy_sheet(book, environment)
    if policy is not None:
        yield policy
    for person in book.volume.people:
        yield sheet(environment, "chapter", chapter=chapter(book.writer, person))
    if book.dates:
        yield sheet(environment, TIMELINE, dates=book.dates, pages={})
    for index in book.indexes:
        yield sheet(environment, "index", index=_in_words(index), joint="；")
    yield sheet(environment, COLOPHON, imprint=book.imprint)


def _in_words(index: Index) -> Index:
    """Return an index in which each place of the same words is given once."""
    letters = (
        (letter, tuple(replace(entry, locators=_unlike(entry.locators)) for entry in entries))
        for letter, entries in index.letters
    )
    return replace(index, letters=tuple(letters))


def _unlike(locators: tuple[Locator, ...]) -> tuple[Locator, ...]:
    found: dict[str, Locator] = {}
    for locator in locators:
        found.setdefault(locator.words, locator)
    return tuple(found.values())


def _document(part: Element, book: Plan) -> bytes:
    """Return a sheet as a file of the book, its links naming the files of other parts."""
    register_namespace("", XHTML)
    register_namespace("epub", OPS)
    own = part.get("id", "")
    title = next((text for heading in part.iter(f"{{{XHTML}}}h1") if (text := "".join(heading.itertext()))), own)
    root = Element(f"{{{XHTML}}}html", {"lang": book.imprint.language, f"{{{XML}}}lang": book.imprint.language})
    head = SubElement(root, f"{{{XHTML}}}head")
    SubElement(head, f"{{{XHTML}}}title").text = title
    SubElement(head, f"{{{XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": STYLE})
    SubElement(root, f"{{{XHTML}}}body").append(part)
    for link in part.iter(f"{{{XHTML}}}a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:].partition(".")[0] != own:
            file = href[1:].partition(".")[0]
            link.set("href", f"{file}.xhtml{href}" if "." in href else f"{file}.xhtml")
    return DECLARATION + b"<!DOCTYPE html>\n" + tostring(root, encoding="unicode").encode() + b"\n"
