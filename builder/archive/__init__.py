"""The archive: everything by id, every relation in both directions, every sort order.

Takes records and the prose of their bodies; gives one frozen value that the rules (``checks``) and the pages read.
Knows nothing of disk, addresses or HTML. What a profile lists under ``private`` is found here once, so that whatever
quotes a text can leave it out.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from builder import names, urls
from builder.archive.adjacency import Group, relate_in_time, relate_shared
from builder.archive.calendar import Month, MonthSum, Slot, relate_months, relate_slots, relate_years
from builder.archive.days import Beside, EventSum, relate_long, relate_pages, relate_undated, relate_ways
from builder.archive.indexes import index_organisations, line_homes
from builder.archive.lists import list_log, list_other_names, list_people, list_undated
from builder.archive.log import LATEST, Entry, last_days, newcomers, relate_log
from builder.archive.people import Document, Mention, Person, Place, PlacedEvent, place_document, relate_people
from builder.archive.relations import (
    Populace,
    children_by_parent,
    relate_deeds,
    relate_former_ids,
    relate_inhabitants,
    relate_members,
    relate_mentions,
    relate_namesakes,
    relate_populaces,
    relate_seats,
)
from builder.archive.totals import Totals, relate_totals
from builder.authority import Organisations, Regions, relate_organisations, relate_regions
from builder.content import Content
from builder.prose import Prose
from builder.records import PageRecord, Profile, Tombstone, Unit
from builder.shelves import Part, parts_of
from builder.site import Site
from builder.text import Text

__all__ = ["Archive", "Document", "Mention", "Person", "PlacedEvent", "relate"]


@dataclass(frozen=True)
class Archive:
    """Everything. Dictionaries are keyed by id; people and documents come in A–Z order.

    ``has_days`` says whether it is written of anything on which day it was taken up, changed or withdrawn; ``latest``
    is the beginning of that log, ``newcomers`` are those who were taken up last; ``last_days`` has, in the order of
    people, the day of the last entry of each. ``former_ids`` are those that led to a document once. The pages of long
    lists, by their paths, are ``people_parts`` (people and authors, each as the document by them),
    ``organisation_parts`` (what has nothing above it), ``name_parts`` (other names, with the ids of organisations),
    ``undated_parts`` and ``log_parts``. ``long_ways`` are the ways of dating of which the events are too many for a
    page (see ``relate_long``); ``days`` are those that have pages of their own. ``namesake_slugs`` are those of the
    names that several people have. ``images`` are the paths of those that can be shown; ``unread`` the folder and id of
    each file that gave no record.
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
    populaces: dict[str, Populace]
    branches: dict[str, tuple[str, ...]]
    subregions: dict[str, tuple[str, ...]]
    seated: dict[str, tuple[str, ...]]
    people_parts: dict[str, Part[Person | Document]]
    undated_parts: dict[str, Part[tuple[Person, EventSum]]]
    organisation_parts: dict[str, Part[str]]
    name_parts: dict[str, Part[tuple[str, str]]]
    log_parts: dict[str, Part[Entry]]
    line_homes: dict[tuple[str, str], tuple[str, str]]
    mentions: dict[tuple[str, str], tuple[Mention, ...]]
    deeds: dict[str, tuple[PlacedEvent, ...]]
    timeline: tuple[PlacedEvent, ...]
    undated: dict[str, EventSum]
    ways: dict[str, EventSum]
    long_ways: tuple[str, ...]
    slots: dict[Slot, tuple[PlacedEvent, ...]]
    months: dict[tuple[str, Month], MonthSum]
    printed_years: dict[Month, bool]
    days: dict[Slot, Beside]
    namesakes: dict[str, tuple[Person, ...]]
    namesake_slugs: dict[str, str]
    in_time: dict[str, tuple[str, str]]
    shared: dict[Group, tuple[str, ...]]
    images: frozenset[str]
    unread: frozenset[tuple[str, str]]
    totals: Totals
    has_days: bool
    latest: tuple[Entry, ...]
    newcomers: tuple[str, ...]
    last_days: tuple[datetime.date | None, ...]
    former_ids: dict[str, Document]

    @cached_property
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


def relate(content: Content, place: Place = place_document) -> Archive:
    """Return the archive of all records. Whatever contradicts itself is settled by order; ``checks`` reports it.

    ``place`` makes a document of a profile, its prose and the id of its person: the cache has its own.
    """
    profiles = tuple(profile for profile, _ in content.profiles)
    organisation_records = [record for record, _ in content.organisations]
    organisations = relate_organisations(organisation_records, _written_organisations(profiles))
    paths = [*(profile.region for profile in profiles), *(record.region for record in organisation_records)]
    regions = relate_regions([record for record, _ in content.regions], [path for path in paths if path.names])
    people = relate_people(content, place)
    pages = (page for page in content.pages if urls.page(page[0].id) not in urls.OWN)
    events = [event for person in people.values() for document in person.documents for event in document.events]
    timeline = tuple(sorted((event for event in events if event.is_on_axis), key=lambda event: event.sort_key))
    undated = tuple(event for event in events if not event.is_on_axis)
    slots = relate_slots(timeline)
    months = relate_months(slots)
    ways = relate_ways(timeline, undated, slots)
    without = relate_undated(undated)
    inhabitants = relate_inhabitants(people, regions)
    branches = children_by_parent({key: entity.parent for key, entity in organisations.by_id.items()})
    organisation_index = index_organisations(organisations, branches)
    namesakes = relate_namesakes(people)
    log = relate_log(people.values(), content.tombstones)
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
        members=relate_members(people, organisations),
        inhabitants=inhabitants,
        populaces=relate_populaces(people, regions, inhabitants),
        branches=branches,
        subregions=children_by_parent({key: entity.parent for key, entity in regions.by_id.items()}),
        seated=relate_seats(organisation_records, regions),
        people_parts=list_people(people),
        undated_parts=list_undated(people, without),
        organisation_parts=parts_of(organisation_index, str),
        name_parts=list_other_names(organisations.by_id.values()),
        log_parts=list_log(log, people),
        line_homes={
            **{("organisation", key): home for key, home in line_homes(organisations, organisation_index).items()},
            **{("region", key): home for key, home in line_homes(regions).items()},
        },
        mentions=relate_mentions(people, organisations, regions),
        deeds=relate_deeds(events, organisations),
        timeline=timeline,
        undated=without,
        ways=ways,
        long_ways=relate_long(ways),
        slots=slots,
        months=months,
        printed_years=relate_years(slots),
        days=relate_pages(months, slots),
        namesakes=namesakes,
        namesake_slugs={name: names.slug(name) for name in namesakes},
        in_time=relate_in_time(timeline),
        shared=relate_shared(people, organisations, regions),
        images=content.images,
        unread=content.unread,
        totals=relate_totals(people.values(), organisations, events, timeline),
        has_days=bool(log),
        latest=log[:LATEST],
        newcomers=newcomers(log),
        last_days=last_days(people.values()),
        former_ids=relate_former_ids(people, content.tombstones),
    )


def _written_organisations(profiles: Iterable[Profile]) -> list[Text]:
    """Return every name of an organisation that a profile writes outside its text."""
    written: list[Text] = []
    for profile in profiles:
        written.extend(unit.name for unit in profile.units)
        written.extend(name for event in profile.events for name in event.organisations)
    return written
