"""Units of work: what is made together, and made again when something that it read has changed.

Takes the archive as tables and shelf; gives for each unit its files and the keys of what it read. A page is rendered
only if the digest of its view, or the templates, changed; a file is written only if its bytes did.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from builder.archive import Archive
from builder.cache.rows import pack, unpack
from builder.cache.shelf import Shelf
from builder.cache.tables import Tables
from builder.cache.tracked import FOCUSED, KEYS, NOTHING, tracked_archive
from builder.exports import EXPORTS, GATHERED, OF_RECORDS, SHARING, gathered_files, sharers, shares_of
from builder.linkcheck import Page, read_page
from builder.output import OutputFile
from builder.pages import PAGES, PAGES_OF_ONE
from builder.pages.former import former_pages
from builder.render import render
from builder.search import PROSE, Index, Parts, search_index, search_part
from builder.site import Site

# Kind and key of a thing in a collection of the archive (a record, a name that several people have, a month), or what
# is made of the whole archive and its name.
Unit = tuple[str, Any]
COLLECTIONS = {kind: name for name, kind in FOCUSED.items()}  # the tables whose keys these are
RECORDS = ("person", "organisation", "region", "namesake")
PAGE, EXPORT = "pages", "export"
FORMER: Unit = (PAGE, "former")
PROSE_PART: Unit = (PROSE, "")
SEARCH: Unit = ("search", "")  # is put together from the parts of all
SOUGHT = ("person", "organisation", "region", PROSE)  # what has a part in it
DATA: Unit = (EXPORT, "data")  # is put together from the shares of all records
SEARCHED, SHARED = "part", "share"  # what units give to these two, as the store calls it
PARTS = (SEARCHED, SHARED)

WHOLE_PAGES: dict[str, Callable[[Archive], Iterable[Any]]] = {
    **{str(number): pages for number, pages in enumerate(PAGES) if pages not in PAGES_OF_ONE.values()},
    FORMER[1]: former_pages,
}
WHOLE_EXPORTS = tuple(name for name, _ in EXPORTS if name not in OF_RECORDS and name not in GATHERED)
FORMATS = dict(EXPORTS)


@dataclass(frozen=True)
class Before:
    """What the last build made of a file: the digest of its view ("" for no page), and the SHA-256 of its bytes."""

    view: bytes
    sum: str


@dataclass(frozen=True)
class MadeFile:
    """A file of a unit: ``staged`` is where its bytes wait to be moved, "" where they are what they were."""

    address: str
    view: bytes
    sum: str
    staged: str
    page: Page | None = None


@dataclass(frozen=True)
class Made:
    """What a unit gave: its files, the keys of all it read (see ``key_of``), and its parts of what is of the whole.

    Where only its pages were made, ``parts`` is None, and the other files and what has been read are what they were.
    """

    unit: Unit
    files: tuple[MadeFile, ...]
    reads: tuple[int, ...]
    parts: Mapping[str, bytes] | None = field(default_factory=dict)


@dataclass
class Workshop:
    """What a process needs to make units: the archive, the templates, and ``stage``, which puts bytes aside."""

    site: Site
    tables: Tables
    shelf: Shelf
    environment: Environment
    stage: Callable[[bytes], str]


def all_units(tables: Tables) -> Iterator[Unit]:
    """Yield every unit of an archive; what is put together from parts comes last."""
    for kind, name in COLLECTIONS.items():
        for key in tables[name]:
            yield kind, key
    for name in WHOLE_PAGES:
        yield PAGE, name
    for name in WHOLE_EXPORTS:
        yield EXPORT, name
    yield PROSE_PART
    yield DATA
    yield SEARCH


def has_pages(unit: Unit) -> bool:
    """Return whether templates have a part in a unit."""
    return unit[0] in COLLECTIONS or unit[0] == PAGE


def make_unit(
    workshop: Workshop, unit: Unit, before: Mapping[str, Before], *, templates_changed: bool, only_pages: bool = False
) -> Made:
    """Return what a unit gives now; ``before`` is what its files were, by address."""
    reads: set[tuple[str, Any]] = set()
    focus = unit if unit[0] in COLLECTIONS else NOTHING
    archive = tracked_archive(workshop.site, workshop.tables, workshop.shelf, lambda *read: reads.add(read), focus)
    try:
        files = [_page(workshop, view, before, templates_changed) for view in _views(archive, unit)]
        if only_pages:
            return Made(unit, tuple(files), (), None)
        files += [made_file(workshop, file, before) for file in _exports(archive, unit)]
        parts = dict(_parts(archive, unit))
        return Made(unit, tuple(files), tuple(key_of(*read) for read in reads), parts)
    finally:
        vars(archive).clear()  # what it holds leads back to it, and would stay until circles are looked for


def _parts(archive: Archive, unit: Unit) -> Iterator[tuple[str, bytes]]:
    """Yield what a unit gives to that which is put together from all; nothing is a part, too."""
    if unit[0] in SOUGHT:
        yield SEARCHED, search_part(archive, *unit) if archive.site.search else b""
    if unit[0] in SHARING:
        yield SHARED, pack(shares_of(archive))


def make_data(workshop: Workshop, share: Callable[[str], bytes], before: Mapping[str, Before]) -> Made:
    """Return what the exports give now that are put together from the shares of all records; ``share`` gives each."""
    reads: set[tuple[str, Any]] = set()
    archive = tracked_archive(workshop.site, workshop.tables, workshop.shelf, lambda *read: reads.add(read))
    shares = (unpack(share("/".join(sharer))) for sharer in sharers(archive))
    files = tuple(made_file(workshop, file, before) for file in gathered_files(archive, shares))
    return Made(DATA, files, tuple(key_of(*read) for read in reads))


def make_search(
    workshop: Workshop, parts: Parts, memory: Path, before: Mapping[str, Before]
) -> tuple[Made, Index | None]:
    """Return what the whole search gives now, and its index, which is to be kept when the parts are, and closed.

    ``memory`` is the file in which the index is kept, and may be lost.
    """
    reads: set[tuple[str, Any]] = set()
    archive = tracked_archive(workshop.site, workshop.tables, workshop.shelf, lambda *read: reads.add(read))
    index = search_index(archive, parts, memory)
    files = tuple(_index_files(workshop, index, before)) if index is not None else ()
    return Made(SEARCH, files, tuple(key_of(*read) for read in reads)), index


def _index_files(workshop: Workshop, index: Index, before: Mapping[str, Before]) -> Iterator[MadeFile]:
    """Yield the files of the search; the bytes are fetched of those alone that are not what they were."""
    for address, total in index.sums.items():
        old = before.get(address)
        is_same = old is not None and old.sum == total
        yield MadeFile(address, b"", total, "" if is_same else workshop.stage(index.content(address)))


def _views(archive: Archive, unit: Unit) -> Iterator[Any]:
    kind, name = unit
    if kind in PAGES_OF_ONE:
        yield from PAGES_OF_ONE[kind](archive)
    elif kind == PAGE:
        yield from WHOLE_PAGES[name](archive)


def _exports(archive: Archive, unit: Unit) -> Iterator[OutputFile]:
    """Yield the files of every format that the settings name."""
    kind, name = unit
    wanted = OF_RECORDS if kind in RECORDS else (name,) if kind == EXPORT else ()
    for export in wanted:
        if export in archive.site.exports:
            yield from FORMATS[export](archive)


def _page(workshop: Workshop, view: Any, before: Mapping[str, Before], templates_changed: bool) -> MadeFile:
    address = view.frame.address
    digest = hashlib.blake2b(pickle.dumps(view, 5), digest_size=16).digest()
    old = before.get(address)
    if old is not None and old.view == digest and not templates_changed:
        return MadeFile(address, digest, old.sum, "")
    html = render(workshop.environment, view)
    return _made(workshop, address, html.encode("utf-8"), old, digest, read_page(html))


def made_file(workshop: Workshop, file: OutputFile, before: Mapping[str, Before]) -> MadeFile:
    """Return a finished file, put aside where its bytes are not those it had before."""
    return _made(workshop, file.address, file.content, before.get(file.address), b"", None)


def _made(
    workshop: Workshop, address: str, content: bytes, old: Before | None, view: bytes, page: Page | None
) -> MadeFile:
    total = hashlib.sha256(content).hexdigest()
    staged = "" if old is not None and old.sum == total else workshop.stage(content)
    return MadeFile(address, view, total, staged, page)


@lru_cache(maxsize=65536)
def key_of(name: str, key: Any) -> int:
    """Return a number that stands for a field of the archive and a key of it."""
    return int.from_bytes(hashlib.blake2b(pack([name, key]), digest_size=8).digest(), "little", signed=True)


def value_of(code: Any) -> int:
    """Return a number that stands for a value; it changes when the value does."""
    data = code if isinstance(code, bytes) else pack(code)
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def digests_of_tables(tables: Tables) -> dict[int, int]:
    """Return the number of every value in the tables, by the number of its key."""
    found = {}
    for name, table in tables.items():
        found[key_of(name, KEYS)] = value_of(list(table))
        for key, code in table.packed.items():
            found[key_of(name, key)] = value_of(code)
    return found
