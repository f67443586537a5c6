"""People, their documents and what these tell: from profiles with their prose, every quotation looked up."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from builder import names
from builder.content import Content
from builder.prose import Prose, Reference
from builder.quotes import Passage, find_all, find_quote
from builder.records import Event, Profile


@dataclass(frozen=True)
class PlacedEvent:
    """An event of a document: where its quotations stand (None for one that is not found), and its sort key."""

    event: Event
    person: str
    document: str
    number: int
    passages: tuple[Passage | None, ...]

    @property
    def is_on_axis(self) -> bool:
        """Whether the event has a date of its own; one that is only bounded by the order of the text has none."""
        return self.event.date is not None and self.event.basis != "ordered"

    @property
    def is_certain(self) -> bool:
        """Whether the event is of certain days: one, or all from one to another, and no other reading is possible."""
        date = self.event.date
        if date is None or not self.is_on_axis or self.event.alternatives:
            return False
        ends = (date.start, date.end) if date.kind == "interval" else (date,)
        return all(end is not None and end.is_day for end in ends)

    @property
    def sort_key(self) -> tuple[datetime.date, datetime.date, str, int]:
        """Return earliest possible day, then latest, then the order of the text."""
        dates = [date.sort_key for date in (self.event.date, *self.event.alternatives) if date is not None]
        earliest = min((first for first, _ in dates), default=datetime.date.max)
        latest = max((last for _, last in dates), default=datetime.date.max)
        return earliest, latest, self.document, self.number


@dataclass(frozen=True)
class Document:
    """A profile with its prose, its events in the order of the text, and where its private quotations stand."""

    profile: Profile
    prose: Prose
    person: str
    events: tuple[PlacedEvent, ...]
    private: tuple[Passage, ...]


@dataclass(frozen=True)
class Person:
    """A person: one or more documents, the first being the one whose file gives the id."""

    id: str
    name: str
    pinyin: str
    documents: tuple[Document, ...]

    @property
    def profile(self) -> Profile:
        """The profile that the person's own facts come from."""
        return self.documents[0].profile

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return the key of A–Z order."""
        return (*names.sort_key(self.pinyin, self.name), self.id)


@dataclass(frozen=True)
class Mention:
    """A link in a text to a person, an organisation or a region."""

    document: Document
    reference: Reference


Place = Callable[[Profile, Prose, str], Document]


def relate_people(content: Content, place: Place) -> dict[str, Person]:
    """Return the people in A–Z order; a profile with ``person:`` is a further document of the one named there."""
    own = {profile.id: [(profile, prose)] for profile, prose in content.profiles if profile.person is None}
    gone = {tombstone.id for tombstone in content.tombstones}
    for profile, prose in content.profiles:
        if profile.person is not None and str(profile.person) not in gone:
            identifier = str(profile.person) if str(profile.person) in own else profile.id
            own.setdefault(identifier, []).append((profile, prose))
    people = []
    for identifier, documents in own.items():
        first = documents[0][0]
        pinyin = str(first.pinyin or names.person_pinyin(str(first.name)))
        placed = tuple(place(profile, prose, identifier) for profile, prose in documents)
        people.append(Person(identifier, str(first.name), pinyin, placed))
    return {person.id: person for person in sorted(people, key=lambda person: person.sort_key)}


def place_document(profile: Profile, prose: Prose, person: str) -> Document:
    """Return a document with every quotation looked up in its text."""
    events = []
    for number, event in enumerate(profile.events):
        passages = tuple(find_quote(prose.paragraphs, quote) for quote in event.quotes)
        events.append(PlacedEvent(event, person, profile.id, number, passages))
    private = tuple(passage for quote in profile.private for passage in find_all(prose.paragraphs, quote))
    return Document(profile, prose, person, tuple(events), private)
