"""Search: what can be found, and the index that the browser asks. Everything it needs is a classic script.

::

    archive ─ sources ─ records ─ parts ─┬─ tokens ─ merge or shards ─ lists ─┐
                texts ─┘                 ├─ spoken (names by ear) ────────────┼─ index, memory ─► sums, bytes of files
                                         └─ facets ─ files ───────────────────┘

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
each, because five results come from five records. ``names/<n>.js``: names in the order in which they are said;
``names.js``: where each of these files begins. ``characters/<n>.js``: simplified forms and readings of some characters.
These three are asked when there is pinyin, or nothing is found. ``regions.js``, ``organisations.js``: what results are
counted under, loaded when a reader asks for it. ``manifest.js``: the kind and the week of every slot, and how many
shards there are; the only one loaded first. ``weekdays.js`` makes the weeks days, for the count of years.

**Slots.** A record is a number in all lists. It follows from its id (``slots``), not from its place among others: one
more document moves one or two, not all, so that an edit changes the shards that hold its own pairs and no others.

**Encoding.** A list is the gaps between slots in printable ASCII, one to four signs each (``lists``): JavaScript
reads it with ``charCodeAt``, nothing is escaped, and what a server compresses comes close to the entropy of the gaps.
Base64 of bytes would be a third longer on a disk and no shorter when compressed. Each token has three lists, of texts,
headings and names (``tokens``): so the best are known before any text has been loaded.

**After an edit.** What is found comes in parts, of a person, an organisation, a region, with a digest each. The
``memory`` of the build before, a SQLite file that may be lost, knows those digests and the sum of every file. Only the
parts that changed are read, as they were and as they are; only the lists of their own pairs are changed, in place
(``shards``); the files that follow from all heads (names, facets) are made again only if a head changed. Whoever writes
the site is told the sum of each file, and fetches the bytes of those alone whose sum is another (``index``). The result
is that of a build from nothing, which sorts numbers (``merge``).

**Cost.** ``make bench-search`` measures it; ``docs/decisions/search.md`` says what was weighed.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from builder.archive import Archive
from builder.cache.rows import digest
from builder.output import OutputFile
from builder.search.index import Index, Parts, open_index
from builder.search.records import to_bytes
from builder.search.sources import organisation_record, person_records, prose_records, region_record

__all__ = ["PROSE", "Index", "Parts", "part_names", "search_files", "search_index", "search_part"]

PROSE = "prose"  # the part of all pages of prose


def part_names(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield kind and id of every part: of each person, organisation and region, and of the pages of prose."""
    yield from (("person", identifier) for identifier in archive.people)
    yield from (("organisation", identifier) for identifier in archive.organisations.by_id)
    yield from (("region", identifier) for identifier in archive.regions.by_id)
    yield PROSE, ""


def search_part(archive: Archive, kind: str, identifier: str) -> bytes:
    """Return what the search needs of a part, as bytes that are the same while nothing of it changes."""
    if kind == "person":
        return to_bytes(person_records(archive, archive.people[identifier]))
    if kind == "organisation":
        return to_bytes([organisation_record(archive, archive.organisations.by_id[identifier])])
    if kind == "region":
        return to_bytes([region_record(archive, archive.regions.by_id[identifier])])
    return to_bytes(prose_records(archive))


def search_index(archive: Archive, parts: Parts, memory: Path | None = None) -> Index | None:
    """Return the index of an archive, None where ``site.yaml`` says ``search: no``.

    The name of a part is its kind, a stroke and its id. ``memory`` is a file, in a folder that is there, with what
    makes the next build quicker; the result is the same without.
    """
    if not archive.site.search:
        return None
    return open_index(map("/".join, part_names(archive)), parts, memory)


def search_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield every file of the search of an archive, made from nothing."""
    made = {"/".join(name): search_part(archive, *name) for name in part_names(archive)} if archive.site.search else {}
    index = search_index(archive, MadeParts(made))
    if index is not None:
        with closing(index):
            for address in index.sums:
                yield OutputFile(address, index.content(address))


class MadeParts:
    """Parts that have all been made, and those of the build before."""

    def __init__(self, parts: Mapping[str, bytes], before: Mapping[str, bytes] | None = None) -> None:
        """Give these parts, by name."""
        self._parts, self._before = parts, before or {}

    def digest(self, name: str) -> bytes:
        """Return the digest of a part."""
        return digest(self._parts[name])

    def get(self, name: str) -> bytes:
        """Return a part."""
        return self._parts[name]

    def before(self, name: str, known: bytes) -> bytes | None:
        """Return a part of the build before, if it has that digest."""
        part = self._before.get(name)
        return part if part is not None and digest(part) == known else None
