"""The archive: everything by id, every relation in both directions, every sort order.

Takes records and the prose of their bodies; gives one frozen value that the rules (``checks``) and the pages read.
Knows nothing of disk, addresses or HTML. What a profile lists under ``private`` is found here once, so that whatever
quotes a text can leave it out.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from builder import names, urls
from builder.authority import (
    Organisations,
    Regions,
    ancestors,
    relate_organisations,
    relate_regions,
)
from builder.content import Content
from builder.prose import Prose, Reference
from builder.quotes import Passage, find_all, find_quote
from builder.records import Event, OrganisationRecord, PageRecord, Profile, Tombstone, Unit
from builder.site import Site
from builder.text import Text


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


@dataclass(frozen=True)
class Archive:
    """Everything. Dictionaries are keyed by id; people and documents come in A–Z order.

    ``images`` are the paths of those that can be shown; ``unread`` the folder and id of each file that gave no record.
    """

    site: Site
    people: dict[str, Person]
    organisations: Organisations
    regions: Regions
    pages: tuple[tuple[PageRecord, Prose], ...]
    tombstones: tuple[Tombstone, ...]
    notes: dict[tuple[str, str], Prose]
    members: dict[str, tuple[tuple[Person, Unit], ...]]
    inhabitants: dict[str, tuple[Person, ...]]
    branches: dict[str, tuple[str, ...]]
    subregions: dict[str, tuple[str, ...]]
    seated: dict[str, tuple[str, ...]]
    mentions: dict[tuple[str, str], tuple[Mention, ...]]
    deeds: dict[str, tuple[PlacedEvent, ...]]
    timeline: tuple[PlacedEvent, ...]
    undated: tuple[PlacedEvent, ...]
    namesakes: dict[str, tuple[Person, ...]]
    images: frozenset[str]
    unread: frozenset[tuple[str, str]]

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, person by person."""
        return tuple(document for person in self.people.values() for document in person.documents)

    def target(self, kind: str, written: str) -> str | None:
        """Return the id that a link of ``kind`` means, whatever its anchor, or None where there is no such thing."""
        written = written.partition("#")[0]
        if kind == "person":
            return written if written in self.people else None
        index = self.organisations if kind == "organisation" else self.regions
        return index.by_name.get(written)


def relate(content: Content) -> Archive:
    """Return the archive of all records. Whatever contradicts itself is settled by order; ``checks`` reports it."""
    profiles = tuple(profile for profile, _ in content.profiles)
    organisation_records = [record for record, _ in content.organisations]
    organisations = relate_organisations(organisation_records, _written_organisations(profiles))
    paths = [*(profile.region for profile in profiles), *(record.region for record in organisation_records)]
    regions = relate_regions([record for record, _ in content.regions], [path for path in paths if path.names])
    people = _relate_people(content)
    pages = (page for page in content.pages if urls.page(page[0].id) not in urls.OWN)
    events = [event for person in people.values() for document in person.documents for event in document.events]
    return Archive(
        site=content.site,
        people=people,
        organisations=organisations,
        regions=regions,
        pages=tuple(sorted(pages, key=lambda page: (page[0].order, page[0].id))),
        tombstones=content.tombstones,
        notes={
            **{("organisation", record.id): prose for record, prose in content.organisations},
            **{("region", record.id): prose for record, prose in content.regions},
        },
        members=_relate_members(people, organisations),
        inhabitants=_relate_inhabitants(people, regions),
        branches=_children({key: entity.parent for key, entity in organisations.by_id.items()}),
        subregions=_children({key: entity.parent for key, entity in regions.by_id.items()}),
        seated=_relate_seats(organisation_records, regions),
        mentions=_relate_mentions(people, organisations, regions),
        deeds=_relate_deeds(events, organisations),
        timeline=tuple(sorted((event for event in events if event.is_on_axis), key=lambda event: event.sort_key)),
        undated=tuple(event for event in events if not event.is_on_axis),
        namesakes=_relate_namesakes(people),
        images=content.images,
        unread=content.unread,
    )


def _written_organisations(profiles: Iterable[Profile]) -> list[Text]:
    """Return every name of an organisation that a profile writes outside its text."""
    written: list[Text] = []
    for profile in profiles:
        written.extend(unit.name for unit in profile.units)
        written.extend(name for event in profile.events for name in event.organisations)
    return written


def _relate_people(content: Content) -> dict[str, Person]:
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
        placed = tuple(_place(profile, prose, identifier) for profile, prose in documents)
        people.append(Person(identifier, str(first.name), pinyin, placed))
    return {person.id: person for person in sorted(people, key=lambda person: person.sort_key)}


def _place(profile: Profile, prose: Prose, person: str) -> Document:
    """Return a document with every quotation looked up in its text."""
    events = []
    for number, event in enumerate(profile.events):
        passages = tuple(find_quote(prose.paragraphs, quote) for quote in event.quotes)
        events.append(PlacedEvent(event, person, profile.id, number, passages))
    private = tuple(passage for quote in profile.private for passage in find_all(prose.paragraphs, quote))
    return Document(profile, prose, person, tuple(events), private)


def _relate_members(
    people: dict[str, Person], organisations: Organisations
) -> dict[str, tuple[tuple[Person, Unit], ...]]:
    """Return, for each organisation, the people who name it as a unit, with the unit as they write it."""
    members: dict[str, list[tuple[Person, Unit]]] = {}
    for person in people.values():
        for document in person.documents:
            for unit in document.profile.units:
                members.setdefault(organisations.by_name[str(unit.name)], []).append((person, unit))
    return {identifier: tuple(found) for identifier, found in members.items()}


def _relate_inhabitants(people: dict[str, Person], regions: Regions) -> dict[str, tuple[Person, ...]]:
    """Return, for each region, the people whose unit lies in it or below it."""
    inhabitants: dict[str, list[Person]] = {}
    for person in people.values():
        leaves = {regions.by_path[tuple(map(str, document.profile.region.names))] for document in person.documents}
        for region in {above for leaf in leaves for above in ancestors(regions.by_id, leaf)}:
            inhabitants.setdefault(region, []).append(person)
    return {region: tuple(found) for region, found in inhabitants.items()}


def _children(parents: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the ids below each id, and below "" those that have nothing above them, in the order of ``parents``."""
    children: dict[str, list[str]] = {}
    for identifier, parent in parents.items():
        children.setdefault(parent, []).append(identifier)
    return {parent: tuple(found) for parent, found in children.items()}


def _relate_seats(records: Iterable[OrganisationRecord], regions: Regions) -> dict[str, tuple[str, ...]]:
    """Return, for each region, the organisations whose record says that they lie there."""
    seated: dict[str, list[str]] = {}
    for record in records:
        if record.region.names:
            seated.setdefault(regions.by_path[tuple(map(str, record.region.names))], []).append(record.id)
    return {region: tuple(found) for region, found in seated.items()}


def _relate_mentions(
    people: dict[str, Person], organisations: Organisations, regions: Regions
) -> dict[tuple[str, str], tuple[Mention, ...]]:
    """Return, for each person, organisation and region, the links to it, in the order of people and of their texts."""
    index = {"organisation": organisations.by_name, "region": regions.by_name, "person": {key: key for key in people}}
    mentions: dict[tuple[str, str], list[Mention]] = {}
    for person in people.values():
        for document in person.documents:
            for reference in document.prose.references:
                target = index[reference.kind].get(reference.target)
                if target is not None:
                    mentions.setdefault((reference.kind, target), []).append(Mention(document, reference))
    return {key: tuple(found) for key, found in mentions.items()}


def _relate_deeds(events: Iterable[PlacedEvent], organisations: Organisations) -> dict[str, tuple[PlacedEvent, ...]]:
    """Return, for each organisation, the events that name it."""
    deeds: dict[str, list[PlacedEvent]] = {}
    for placed in events:
        for name in placed.event.organisations:
            deeds.setdefault(organisations.by_name[str(name)], []).append(placed)
    return {identifier: tuple(found) for identifier, found in deeds.items()}


def _relate_namesakes(people: dict[str, Person]) -> dict[str, tuple[Person, ...]]:
    """Return the people of each name that more than one person has."""
    named: dict[str, list[Person]] = {}
    for person in people.values():
        named.setdefault(person.name, []).append(person)
    return {name: tuple(found) for name, found in named.items() if len(found) > 1}
