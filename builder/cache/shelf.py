"""Records and prose kept in the cache, and loaded from there as far as they are read.

Takes entries of the content; gives rows, and again records whose facts and text are fetched when they are first asked
for. What is asked for is told to ``note``: ``facts`` of a file, or its ``text``. So whoever listens knows what depends
on what, and a document of which only the name is wanted costs nearly nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from builder.archive.people import Document, PlacedEvent
from builder.body.passages import Paragraph, Prose
from builder.cache.codec import FIELDS, decode, encode
from builder.cache.rows import digest, pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.content import Entry
from builder.quotes import Passage, find_all, find_quote
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone

# What is running text, or follows it: apart from this, a record is its facts.
TEXT_FIELDS = ("body", "body_line", "digest", "public_front")
# What of a text ties it to other records and files: this counts as facts.
TIES = ("references", "links", "images")
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Profile, Tombstone, OrganisationRecord, RegionRecord, PageRecord)
}
Note = Callable[[str, Any], None]
Spot = tuple[int, str, int, int]  # number and anchor of a paragraph, start and end in its reading text
RECENT_FIELDS = 16_000  # single facts: names, units and events are asked for by many lists and pages
RECENT = 256  # rows that are held as they were read; a document is asked for its facts many times in a row


@dataclass(frozen=True)
class Kept:
    """What a file gave, as rows: ``facts`` and ``text``, and the digest of all in ``facts`` but line and column."""

    facts: bytes
    text: bytes
    meaning: bytes


def keep(entry: Entry) -> Kept:
    """Return the rows of an entry."""
    record, prose = entry.record, entry.prose
    spots = _placed(record, prose) if isinstance(record, Profile) and prose is not None else None
    ties = tuple(getattr(prose, name) if prose is not None else () for name in TIES)
    facts = [type(record).__name__, _coded(record, facts=True, places=True), spots, encode(ties)]
    bare = [type(record).__name__, _coded(record, facts=True, places=False), spots, encode(ties, places=False)]
    text = [_coded(record, facts=False, places=True), encode(prose)]
    return Kept(pack(facts), pack(text), digest(pack(bare)))


def _coded(record: Any, *, facts: bool, places: bool) -> dict[str, Any] | None:
    """Return the fields of a record that are facts, or those that are text."""
    if record is None:
        return None
    names = [name for name in FIELDS[type(record)] if (name in TEXT_FIELDS) != facts]
    return {name: encode(getattr(record, name), places=places) for name in names}


def _placed(profile: Profile, prose: Prose) -> tuple[Any, ...]:
    """Return where the quotations of each event stand, and where the private passages."""
    paragraphs = prose.paragraphs
    events = tuple(tuple(_spot(find_quote(paragraphs, quote)) for quote in event.quotes) for event in profile.events)
    private = tuple(_spot(passage) for quote in profile.private for passage in find_all(paragraphs, quote))
    return events, private


def _spot(passage: Passage | None) -> Spot | None:
    if passage is None:
        return None
    return passage.paragraph.number, passage.paragraph.anchor, passage.start, passage.end


class Shelf:
    """Gives records, prose and documents of files that are in the store."""

    def __init__(self, store: Store) -> None:
        """Read from ``store``; the rows asked for last are held."""
        self.store = store
        self.facts = lru_cache(maxsize=RECENT)(self._facts)
        self.text = lru_cache(maxsize=RECENT)(self._text)
        self.passages = lru_cache(maxsize=RECENT)(self._passages)
        self.fields = lru_cache(maxsize=RECENT_FIELDS)(self._fields)

    def forget(self, files: Iterable[str]) -> None:
        """Hold no rows any more, if any of the files was read anew."""
        if any(True for _ in files):
            for held in (self.facts, self.text, self.passages, self.fields):
                held.cache_clear()

    def _facts(self, file: str) -> Any:
        return self._row("facts", file)

    def _text(self, file: str) -> Any:
        return self._row("text", file)

    def _passages(self, file: str, name: str) -> Any:
        """Return a field of the prose of a file."""
        return decode(self.text(file)[1][1 + FIELDS[Prose].index(name)], file)

    def _fields(self, file: str, name: str) -> Any:
        """Return a fact of the record of a file; it cannot be changed, so all who ask may have the same."""
        return decode(self.facts(file)[1][name], file)

    def _row(self, kind: str, file: str) -> Any:
        data = self.store.get(kind, file)
        if data is None:
            raise CacheDamagedError(f"{kind} {file}")
        return unpack(data)

    def record(self, file: str, note: Note) -> Any:
        """Return the record of a file."""
        kind = SHELVED[self.facts(file)[0]]
        return _new(kind, file=file, id=_identifier(file), _shelf=self, _note=note)

    def prose(self, file: str, note: Note) -> Prose:
        """Return the prose of a file."""
        made: Prose = _new(ShelvedProse, _file=file, _shelf=self, _note=note)
        return made

    def document(self, file: str, person: str, note: Note) -> Document:
        """Return the document that a file is, about a person."""
        made: Document = _new(ShelvedDocument, person=person, _file=file, _shelf=self, _note=note)
        return made


def _new(kind: type[Any], **values: Any) -> Any:
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made


def _identifier(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".md")


class Fetched:
    """A field that is fetched when it is first asked for, and then held by its object."""

    def __init__(self, name: str, fetch: Callable[[Any, str], Any], *, held: bool = True) -> None:
        """Fetch the field ``name`` by ``fetch(object, name)``."""
        self.name, self.fetch, self.held = name, fetch, held

    def __get__(self, owner: Any, kind: type[Any]) -> Any:
        """Return the value, which from now on stands in the object itself."""
        value = self.fetch(owner, self.name)
        if self.held:
            owner.__dict__[self.name] = value
        return value


def _of_record(record: Any, name: str) -> Any:
    is_text = name in TEXT_FIELDS
    record._note("text" if is_text else "facts", record.file)
    shelf = record._shelf
    return decode(shelf.text(record.file)[0][name], record.file) if is_text else shelf.fields(record.file, name)


def _of_prose(prose: Any, name: str) -> Any:
    """Fetch from prose; only what ties it to others is held by it, for many may be asked for a sentence each."""
    if name in TIES:
        prose._note("facts", prose._file)
        value = prose.__dict__[name] = decode(prose._shelf.facts(prose._file)[3][TIES.index(name)], prose._file)
        return value
    prose._note("text", prose._file)
    return prose._shelf.passages(prose._file, name)


def _of_paragraph(paragraph: Any, name: str) -> Any:
    return getattr(paragraph._whole(), name)


def _of_document(document: Any, name: str) -> Any:
    shelf, file, note = document._shelf, document._file, document._note
    if name == "profile":
        return shelf.record(file, note)
    if name == "prose":
        return shelf.prose(file, note)
    note("facts", file)
    events, private = shelf.facts(file)[2]
    if name == "private":
        return tuple(_passage(spot, document) for spot in private)
    return tuple(
        PlacedEvent(
            event, document.person, document.profile.id, number, tuple(_passage(spot, document) for spot in spots)
        )
        for number, (event, spots) in enumerate(zip(document.profile.events, events, strict=True))
    )


def _passage(spot: Spot | None, document: Document) -> Passage | None:
    if spot is None:
        return None
    number, anchor, start, end = spot
    return Passage(_new(ShelvedParagraph, number=number, anchor=anchor, _document=document), start, end)


def _shelved(
    kind: type[Any], known: tuple[str, ...], fetch: Callable[[Any, str], Any], *, held: bool = True
) -> type[Any]:
    """Return the class of such objects in the cache, of which only the fields in ``known`` are there from the start."""
    fields = {name: Fetched(name, fetch, held=held) for name in FIELDS[kind] if name not in known}
    return type(f"Shelved{kind.__name__}", (kind,), {"__module__": __name__, **fields})


SHELVED = {name: _shelved(kind, ("id", "file"), _of_record) for name, kind in KINDS.items()}
ShelvedProse = _shelved(Prose, (), _of_prose, held=False)
ShelvedDocument = _shelved(Document, ("person",), _of_document)


class ShelvedParagraph(_shelved(Paragraph, ("number", "anchor"), _of_paragraph, held=False)):  # type: ignore[misc]
    """A paragraph of which a passage knows the number and the anchor; the rest is fetched with the prose."""

    def _whole(self) -> Paragraph:
        own = self.__dict__
        whole: Paragraph = own["_document"].prose.paragraphs[own["number"] - 1]
        return whole

    def __eq__(self, other: object) -> bool:
        return self._whole() == (other._whole() if isinstance(other, ShelvedParagraph) else other)

    def __hash__(self) -> int:
        return hash(self._whole())
