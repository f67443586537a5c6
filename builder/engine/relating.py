"""The relations of the archive, made anew from the records in the store.

Takes the files of the archive and what else decides; gives the tables of the relations as rows for the store, what has
changed in them, and what the rules about several records found. Of a large archive this is done in a process of its
own, whose memory ends with it, while others look at single files.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from builder.archive import Archive, relate
from builder.cache.rows import pack, unpack
from builder.cache.shelf import TIES, unnoted
from builder.cache.store import CacheDamagedError, Store
from builder.cache.tables import tables_of
from builder.checks import TOGETHER, check_all
from builder.content import Content
from builder.engine.memory import Codes, codes
from builder.engine.room import Room
from builder.engine.units import digests_of_tables
from builder.problems import Problem
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.site import Site

# What is asked of every record: fetched while its row is at hand, which else would be read for each field anew.
OF_ALL = ("name", "tier", "pinyin", "region", "aliases", "parent", "parent_inferred", "withdrawn")
OF_PROFILES = ("person", "units", "events", "tags", "title", "author", "author_pinyin", "added", "changes")
ASKED = frozenset((*OF_ALL, *OF_PROFILES))
DIGESTS = "digests"  # the kind of the row with the digest of every value in the tables


@dataclass(frozen=True)
class Grounds:
    """What relations are made of: settings, images, what cannot be read, and each file with the class of its record.

    ``faults`` may be the cause of other mistakes. ``is_first`` says that no relations were made before, ``is_judged``
    that only what the rules find is wanted.
    """

    site: Site
    images: frozenset[str]
    unread: frozenset[tuple[str, str]]
    faults: tuple[Problem, ...]
    files: tuple[tuple[str, str], ...]
    is_first: bool
    is_judged: bool


@dataclass(frozen=True)
class Related:
    """What the rules about several records found; each table, and the digests of all values in them, as rows.

    ``changed`` are the keys of the values that are other than before, eight bytes each.
    """

    together: Codes
    tables: dict[str, bytes]
    digests: bytes
    changed: bytes

    @property
    def keys(self) -> Iterator[int]:
        """The keys of the values that are other than before."""
        found = array("q")
        found.frombytes(self.changed)
        return iter(found)


def relate_files(room: Room, grounds: Grounds) -> Related:
    """Relate the records of some files that are in the store, and judge them."""
    content = _content(room, grounds)
    archive = _archive(room, content)
    together = codes(check_all(content, archive, TOGETHER))
    if grounds.is_judged:
        return Related(together, {}, b"", b"")
    tables = tables_of(archive)
    digests = digests_of_tables(tables)
    changed = {key for key, _ in _digests(room.store, is_first=grounds.is_first).items() ^ digests.items()}
    rows = {name: pack(table.packed) for name, table in tables.items()}
    return Related(together, rows, pack(digests), array("q", sorted(changed)).tobytes())


def _content(room: Room, grounds: Grounds) -> Content:
    """Return the content with records that are fetched from the store as far as they are read."""
    shelf = room.shelf

    def of(kind: type[Any]) -> Iterator[tuple[Any, Any]]:
        asked = [field.name for field in fields(kind) if field.name in ASKED]
        ties = TIES if kind is not Tombstone else ()
        for file in (file for file, name in grounds.files if name == kind.__name__):
            record, prose = shelf.record(file, unnoted), shelf.prose(file, unnoted)
            for whole, names in ((record, asked), (prose, ties)):
                for name in names:
                    getattr(whole, name)
            yield record, prose

    return Content(
        site=grounds.site,
        profiles=tuple(of(Profile)),
        tombstones=tuple(record for record, _ in of(Tombstone)),
        organisations=tuple(of(OrganisationRecord)),
        regions=tuple(of(RegionRecord)),
        pages=tuple(of(PageRecord)),
        images=grounds.images,
        unread=grounds.unread,
        faults=grounds.faults,
    )


def _archive(room: Room, content: Content) -> Archive:
    """Return the archive of some content; its documents hold what has been fetched of their profiles."""
    shelf = room.shelf
    return relate(
        content,
        lambda profile, prose, person: shelf.document(profile.file, person, unnoted, profile=profile, prose=prose),
    )


def _digests(store: Store, *, is_first: bool) -> dict[int, int]:
    """Return the digests of the tables in the store; raises ``CacheDamagedError``."""
    data = store.get(DIGESTS)
    if data is None and not is_first:
        raise CacheDamagedError(DIGESTS)
    found: dict[int, int] = unpack(data) if data is not None else {}
    return found
