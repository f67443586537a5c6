"""Records and prose kept in the cache, and loaded from there as far as they are read.

Takes entries of the content; gives rows, and again records whose facts and text are fetched when they are first asked
for. What is asked for is told to ``note``: ``facts`` of a file, or its ``text``. So whoever listens knows what depends
on what, and a document of which only the name is wanted costs nearly nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from builder.archive.people import Document, PlacedEvent
from builder.body.passages import Paragraph, Prose
from builder.cache.codec import FIELDS, decode, encode
from builder.cache.rows import digest, pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.content import Entry
from builder.quotes import Passage, find_all, find_quote
from builder.records import Event, OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone, record_id

# What is running text, or follows it: apart from this, a record is its facts.
TEXT_FIELDS = ("body", "body_line", "digest", "public_front")
# What of a text ties it to other records and files: this counts as facts.
TIES = ("references", "links", "images")
SPOTS = "spots"  # where the quotations of each event stand, and where the private passages
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Profile, Tombstone, OrganisationRecord, RegionRecord, PageRecord)
}
Note = Callable[[str, Any], None]
Spot = tuple[int, str, int, int]  # number and anchor of a paragraph, start and end in its reading text
HELD = {"facts": 256, "bare": 3072, "text": 256}  # rows that are held: a person is asked for by many lists and pages


@dataclass(frozen=True)
class Kept:
    """What a file gave, as rows: ``facts``, the same without line and column, and ``text``."""

    facts: bytes
    bare: bytes
    text: bytes

    @property
    def meaning(self) -> bytes:
        """The digest of all facts, wherever in the file they stand."""
        return digest(self.bare)


def keep(entry: Entry) -> Kept:
    """Return the rows of an entry."""
    record, prose = entry.record, entry.prose
    spots = _placed(record, prose) if isinstance(record, Profile) and prose is not None else None
    facts, bare = (
        {**_coded(record, _is_fact, places=places), **_coded(prose, _is_fact, places=places), SPOTS: pack(spots)}
        for places in (True, False)
    )
    text = {**_coded(record, _is_text, places=True), **_coded(prose, _is_text, places=True)}
    kind = type(record).__name__
    return Kept(pack([kind, facts]), pack([kind, bare]), pack([kind, text]))


def _coded(whole: Any, is_wanted: Callable[[type[Any], str], bool], *, places: bool) -> dict[str, bytes]:
    """Return some fields of a record or of prose as codes, each packed by itself: few are asked for at once."""
    if whole is None:
        return {}
    names = [name for name in FIELDS[type(whole)] if is_wanted(type(whole), name)]
    return {name: pack(encode(getattr(whole, name), places=places)) for name in names}


def _is_text(kind: type[Any], name: str) -> bool:
    return name not in TIES if kind is Prose else name in TEXT_FIELDS


def _is_fact(kind: type[Any], name: str) -> bool:
    return not _is_text(kind, name)


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


def unnoted(kind: str, key: Any) -> None:
    """Note nothing: for who reads everything, or whose reading is known otherwise."""


class Row:
    """A row as it was read, and what has been made of it: that cannot be changed, so all who ask may have the same."""

    __slots__ = ("_codes", "_file", "_made", "kind")

    def __init__(self, file: str, data: bytes) -> None:
        """Hold the row of a file; every place in it lies there."""
        self.kind, self._codes = unpack(data)
        self._file, self._made = file, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        """Return the value of a field."""
        if name not in self._made:
            self._made[name] = decode(unpack(self._codes[name]), self._file)
        return self._made[name]

    def item(self, name: str, number: int) -> Any:
        """Return one of the values of a field that holds several, none of them plain; the others are not decoded."""
        if name in self._made:
            return self._made[name][number]
        _, *codes = unpack(self._codes[name])
        return decode(codes[number], self._file)


class Shelf:
    """Gives records, prose and documents of files that are in the store."""

    def __init__(self, store: Store, *, is_placed: bool = True) -> None:
        """Read from ``store``; texts know where they were written only if ``is_placed``: none but the rules ask."""
        self.store = store
        facts = "facts" if is_placed else "bare"
        self.facts = lru_cache(maxsize=HELD[facts])(partial(self._row, facts))
        self.text = lru_cache(maxsize=HELD["text"])(partial(self._row, "text"))

    def forget(self, files: Iterable[str]) -> None:
        """Hold no rows any more, if any of the files was read anew."""
        if any(True for _ in files):
            self.facts.cache_clear()
            self.text.cache_clear()

    def _row(self, kind: str, file: str) -> Row:
        data = self.store.get(kind, file)
        if data is None:
            raise CacheDamagedError(f"{kind} {file}")
        return Row(file, data)

    def record(self, file: str, note: Note, kind: str = "") -> Any:
        """Return the record of a file; of which kind it is need not be looked up where that is known."""
        return _new(SHELVED[kind or self.facts(file).kind], file=file, id=record_id(file), _shelf=self, _note=note)

    def prose(self, file: str, note: Note) -> Prose:
        """Return the prose of a file."""
        made: Prose = _new(ShelvedProse, _file=file, _shelf=self, _note=note)
        return made

    def document(self, file: str, person: str, note: Note, **known: Any) -> Document:
        """Return the document that a file is, about a person; ``known`` are its profile and prose, if they are there.

        They hold what has been fetched of them: so of a whole archive everything is held once.
        """
        made: Document = _new(ShelvedDocument, person=person, file=file, _shelf=self, _note=note, **known)
        return made

    def event(self, document: Any, number: int) -> PlacedEvent:
        """Return an event of a document of this shelf; the others are not made where it alone is wanted."""
        if "events" in document.__dict__:
            found: PlacedEvent = document.events[number]
            return found
        document._note("facts", document.file)
        row = self.facts(document.file)
        return _event(document, number, row.item("events", number), row[SPOTS][0][number])


def _new(kind: type[Any], **values: Any) -> Any:
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made


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
    part = "text" if name in TEXT_FIELDS else "facts"
    record._note(part, record.file)
    return getattr(record._shelf, part)(record.file)[name]


def _of_prose(prose: Any, name: str) -> Any:
    """Fetch from prose; only what ties it to others is held by it, for many may be asked for a sentence each."""
    if name in TIES:
        prose._note("facts", prose._file)
        value = prose.__dict__[name] = prose._shelf.facts(prose._file)[name]
        return value
    prose._note("text", prose._file)
    return prose._shelf.text(prose._file)[name]


def _of_paragraph(paragraph: Any, name: str) -> Any:
    return getattr(paragraph._whole(), name)


def _of_event(placed: Any, name: str) -> Any:
    return tuple(_passage(spot, placed._prose) for spot in placed._spots)


def _of_document(document: Any, name: str) -> Any:
    shelf, file, note = document._shelf, document.file, document._note
    if name == "profile":
        return shelf.record(file, note, Profile.__name__)
    if name == "prose":
        return shelf.prose(file, note)
    note("facts", file)
    events, private = shelf.facts(file)[SPOTS]
    if name == "private":
        return tuple(_passage(spot, document.prose) for spot in private)
    both = zip(document.profile.events, events, strict=True)
    return tuple([_event(document, number, event, spots) for number, (event, spots) in enumerate(both)])


def _event(document: Any, number: int, event: Event, spots: tuple[Spot | None, ...]) -> PlacedEvent:
    made: PlacedEvent = _new(
        ShelvedEvent,
        event=event,
        person=document.person,
        document=record_id(document.file),
        number=number,
        _spots=spots,
        _prose=document.prose,
    )
    return made


def _passage(spot: Spot | None, prose: Prose) -> Passage | None:
    """Return a passage; it leads to the prose, not to the document, which leads to it: no circle holds memory."""
    if spot is None:
        return None
    number, anchor, start, end = spot
    return Passage(_new(ShelvedParagraph, number=number, anchor=anchor, _prose=prose), start, end)


def _shelved(
    kind: type[Any], known: tuple[str, ...], fetch: Callable[[Any, str], Any], *, held: bool = True
) -> type[Any]:
    """Return the class of such objects in the cache, of which only the fields in ``known`` are there from the start."""
    fields = {name: Fetched(name, fetch, held=held) for name in FIELDS[kind] if name not in known}
    return type(f"Shelved{kind.__name__}", (kind,), {"__module__": __name__, **fields})


SHELVED = {name: _shelved(kind, ("id", "file"), _of_record) for name, kind in KINDS.items()}
ShelvedProse = _shelved(Prose, (), _of_prose, held=False)
ShelvedDocument = _shelved(Document, ("person",), _of_document)
ShelvedEvent = _shelved(PlacedEvent, ("event", "person", "document", "number"), _of_event)


class ShelvedParagraph(_shelved(Paragraph, ("number", "anchor"), _of_paragraph, held=False)):  # type: ignore[misc]
    """A paragraph of which a passage knows the number and the anchor; the rest is fetched with the prose."""

    def _whole(self) -> Paragraph:
        own = self.__dict__
        whole: Paragraph = own["_prose"].paragraphs[own["number"] - 1]
        return whole

    def __eq__(self, other: object) -> bool:
        return self._whole() == (other._whole() if isinstance(other, ShelvedParagraph) else other)

    def __hash__(self) -> int:
        return hash(self._whole())
