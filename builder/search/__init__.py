"""Search: what can be found, and the index that the browser asks. Everything it needs is a classic script.

::

    archive ─ sources ─ records ─┬─ tokens ─ merge ─ lists ─ shards ─┬─ files ─► OutputFile
                texts ─┘         ├─ spoken (names by ear) ───────────┤
                                 └─ facets ──────────────────────────┘

**What is indexed.** Each pair of neighbouring characters, each character, and whole Latin words and numbers, of the
text as read and as received, of titles, names, other names, organisations, regions: folded (``characters``), without
what is private, and never across the place where it stood. A run of characters that is looked for stands in a
line only if all its pairs do. A list of a pair therefore says in which lines it stands, as their number modulo eight,
and few candidates hold the pairs but not the run; those are found out by the text, which is compared before anything is
listed.

**Layout** below ``search/``. ``pairs/<n>.js``: the lists of the tokens whose digest ends in n, as many shards as keep
each at 1 or 2 kB when it is sent. ``long/<code points>.js``: the lists of one of the commonest tokens, of which the
shard says only how long they are: so the browser asks for the rarest first, and stops when what is left is better
looked into, or when what it may spend is spent. ``text/<slot>.js``: what is shown of a record and compared, a file
each, because five results come from five records. ``names/<n>.js``: names by the initials of two syllables.
``regions.js``, ``organisations.js``: what results are counted under, loaded when a reader asks for it.
``variants.js``: traditional characters and readings, loaded when nothing is found. ``manifest.js``: the kind and the
week of every slot, and how many shards there are; the only one loaded first. ``weekdays.js`` makes the weeks days, for
the count of years.

**Slots.** A record is a number in all lists. It follows from its id (``slots``), not from its place among others: one
more document moves one or two, not all, so that an edit changes the shards that hold its own pairs and no others.

**Encoding.** A list is the gaps between slots in printable ASCII, one to four signs each (``lists``): JavaScript
reads it with ``charCodeAt``, nothing is escaped, and what a server compresses comes close to the entropy of the gaps.
Base64 of bytes would be a third longer on a disk and no shorter when compressed. Each token has three lists, of texts,
headings and names (``tokens``): so the best are known before any text has been loaded.

**After an edit.** With the memory of the build before (``memory``, a SQLite file that may be lost) only the lists of
what has changed are written anew, in place (``shards``); the result is that of a build from nothing, which sorts
numbers (``merge``).

**Cost.** ``make bench-search`` measures it; ``docs/decisions/search.md`` says what was weighed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.archive import Archive, Person
from builder.output import OutputFile
from builder.search.files import index_files
from builder.search.records import Record, from_bytes, to_bytes
from builder.search.sources import other_records, person_records

__all__ = ["search_files", "search_part"]


def search_part(archive: Archive, person: Person) -> bytes:
    """Return what the search needs of a person, as bytes that are the same while nothing of it changes."""
    return to_bytes(person_records(archive, person))


def search_files(
    archive: Archive, parts: Iterable[bytes] | None = None, memory: Path | None = None
) -> Iterator[OutputFile]:
    """Yield every file of the search of an archive; none where ``site.yaml`` says ``search: no``.

    ``parts`` are those of all people (``search_part``), in any order; without them they are made here. ``memory`` is a
    file, in a folder that is there, with what makes the next build quicker; the result is the same without.
    """
    if not archive.site.search:
        return
    if parts is None:
        parts = (search_part(archive, person) for person in archive.people.values())
    records = [*_with_digests(parts), *_with_digests(to_bytes((record,)) for record in other_records(archive))]
    yield from index_files(records, archive.organisations, archive.regions, memory)


def _with_digests(parts: Iterable[bytes]) -> Iterator[tuple[Record, bytes]]:
    """Yield each record of some parts with the digest of the part."""
    for part in parts:
        digest = hashlib.blake2b(part, digest_size=16).digest()
        for record in from_bytes(part):
            yield record, digest
