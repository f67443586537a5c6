"""The lists on the page of a region: its people, what other texts say of it, its organisations, what happened there."""

from collections.abc import Callable, Iterator, Sequence

from builder import urls
from builder.archive import Archive, Document, Person, PlacedEvent
from builder.archive.lists import LINE
from builder.authority import INFERRED, Organisation, Region
from builder.pages.dated import told_step
from builder.pages.drawing import charts, charts_weight, numbers
from builder.pages.entries import (
    Address,
    Entry,
    Sentence,
    Told,
    by_name,
    by_person,
    entry,
    sentences,
    show_events,
    show_links,
    show_people,
    show_sentences,
    surnames,
    told,
    weigh,
)
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below
from builder.shelves import ROOM
from builder.views import Charts, Contents, Link, PersonLine

CROWD = ROOM // LINE  # people; a region with more lists only those whose place is known no nearer


class RegionLists:
    """The lists on the page of a region: its people, what other texts say of it, its organisations and events.

    Where its people are many and lie in smaller regions (``is_crowded``), each smaller one lists its own.
    """

    def __init__(self, archive: Archive, region: Region) -> None:
        self.archive, self.region = archive, region
        self.address = urls.region(region.id)
        self.way = (("地区", urls.REGIONS), (region.name, self.address))
        inhabitants = archive.inhabitants.get(region.id, ())
        self.is_crowded = is_crowded(archive, region.id)
        documents = tuple(
            (person, document)
            for person in inhabitants
            for document in person.documents
            if not self.is_crowded or self._leaf(document) == region.id
        )
        self.people = self._people(tuple(dict.fromkeys(person.id for person, _ in documents)))
        self.events = self._events(tuple(document for _, document in documents))
        self.mentions = self._mentions({person.id for person in inhabitants})
        self.organisations = self._organisations()
        lists = (self.people, self.events, self.mentions, self.organisations)
        self.weight = sum(each.weight for each in lists)
        self.charts = self._charts()

    def _charts(self) -> Charts | None:
        """Return the picture of what happened here, where it is of several people and the page has room for it."""
        events = tuple(item.placed for item in self.events.items if item.placed.is_on_axis)
        if self.weight > ROOM or len({placed.person for placed in events}) < 2:
            return None
        drawn = charts(self.archive, events)
        return drawn if self.weight + charts_weight(drawn) <= ROOM else None

    def _leaf(self, document: Document) -> str:
        return self.archive.regions.by_path[tuple(map(str, document.profile.region.names))]

    def _people(self, people: tuple[str, ...]) -> Listing[Entry]:
        persons = (self.archive.people[identifier] for identifier in people)
        items = tuple(entry(person, _line(self.region, person)) for person in persons)
        address = urls.below(self.address, "people")
        return Listing(
            "本地人物", address, urls.REGIONS, self.way, "人", items, weigh, by_person, show_people, below(address),
            surnames,
        )  # fmt: skip

    def _events(self, documents: tuple[Document, ...]) -> Listing[Told]:
        items = tuple(told(self.archive, placed) for placed in _acts(documents))
        numbered = numbers(item.placed for item in items if item.placed.is_on_axis)

        def show(writer: Writer, some: Sequence[Told]) -> Contents:
            return show_events(writer, some, numbered if self.charts is not None else {})

        address, step = urls.below(self.address, "events"), told_step(self.archive)
        return Listing("记事", address, urls.REGIONS, self.way, "条", items, weigh, step, show, below(address))

    def _mentions(self, local: set[str]) -> Listing[Sentence]:
        items = sentences(self.archive, "region", [self.region.id], local)
        address = urls.below(self.address, "mentions")
        return Listing(
            "提及", address, urls.REGIONS, self.way, "处", items, weigh, by_person, show_sentences, below(address),
            surnames,
        )  # fmt: skip

    def _organisations(self) -> Listing[Address]:
        within = (self.region.id,) if self.is_crowded else tuple(_within(self.archive, self.region.id))
        by_id = self.archive.organisations.by_id
        found = [by_id[seat] for other in within for seat in self.archive.seated.get(other, ())]
        items = tuple(
            Address(each.pinyin, each.name, _link_to(self.region, each))
            for each in sorted(found, key=lambda each: each.sort_key)
        )
        address = urls.below(self.address, "organisations")
        return Listing("机构", address, urls.REGIONS, self.way, "个", items, weigh, by_name, show_links, below(address))


def count_people(archive: Archive, identifier: str) -> int:
    """Return how many people are of a region or of one below it."""
    populace = archive.populaces.get(identifier)
    return populace.count if populace is not None else 0


def is_crowded(archive: Archive, identifier: str) -> bool:
    """Return whether the people of a region are so many that each smaller one within it lists its own."""
    return count_people(archive, identifier) > CROWD and bool(archive.subregions.get(identifier, ()))


def has_events(archive: Archive, identifier: str) -> bool:
    """Return whether the page of a region tells of any event."""
    populace = archive.populaces.get(identifier)
    return populace is not None and (populace.acts_here if is_crowded(archive, identifier) else populace.acts)


def _line(region: Region, person: Person) -> Callable[[Writer], PersonLine]:
    return lambda writer: _local(writer, region, person)


def _local(writer: Writer, region: Region, person: Person) -> PersonLine:
    """Return a person of the region; one who is there only by inference says so."""
    path = person.profile.region
    by_path = writer.archive.regions.by_path
    written = tuple(map(str, path.names))
    inferred = any(
        by_path[written[:depth]] == region.id and name in path.inferred for depth, name in enumerate(written, start=1)
    )
    return writer.person_line(person, sign=INFERRED if inferred else "")


def _acts(documents: Sequence[Document]) -> list[PlacedEvent]:
    """Return what some texts tell, dated first; public time is nobody's act and left out."""
    events = [event for document in documents for event in document.events]
    acts = [event for event in events if event.event.scope != "background"]
    dated = sorted((event for event in acts if event.is_on_axis), key=lambda event: event.sort_key)
    return [*dated, *(event for event in acts if not event.is_on_axis)]


def _within(archive: Archive, identifier: str) -> Iterator[str]:
    """Yield a region and all below it."""
    yield identifier
    for child in archive.subregions.get(identifier, ()):
        yield from _within(archive, child)


def _link_to(region: Region, organisation: Organisation) -> Callable[[Writer], Link]:
    """Return what writes the link to an organisation of a region; one that is there only by inference says so."""
    path = organisation.record.region if organisation.record is not None else None
    inferred = path is not None and any(str(name) == region.name for name in path.inferred)
    return lambda writer: writer.organisation(organisation.id, INFERRED if inferred else "")
