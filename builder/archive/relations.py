"""Every relation between records, in both directions: by id, each list in a settled order."""

from collections.abc import Iterable
from dataclasses import dataclass

from builder.archive.people import Document, Mention, Person, PlacedEvent
from builder.authority import Organisations, Regions, ancestors
from builder.content import GOOD_ID
from builder.records import OrganisationRecord, Tombstone, Unit


@dataclass(frozen=True)
class Populace:
    """The people of a region: how many, and whether any of their texts tells of an act.

    ``acts_here`` says whether one does of which the place is known no nearer.
    """

    count: int
    acts: bool
    acts_here: bool


def relate_members(
    people: dict[str, Person], organisations: Organisations
) -> dict[str, tuple[tuple[Person, Unit], ...]]:
    """Return, for each organisation, the people who name it as a unit, with the unit as they write it."""
    members: dict[str, list[tuple[Person, Unit]]] = {}
    for person in people.values():
        for document in person.documents:
            for unit in document.profile.units:
                members.setdefault(organisations.by_name[str(unit.name)], []).append((person, unit))
    return {identifier: tuple(found) for identifier, found in members.items()}


def relate_inhabitants(people: dict[str, Person], regions: Regions) -> dict[str, tuple[Person, ...]]:
    """Return, for each region, the people whose unit lies in it or below it."""
    inhabitants: dict[str, list[Person]] = {}
    for person in people.values():
        leaves = {regions.by_path[tuple(map(str, document.profile.region.names))] for document in person.documents}
        for region in {above for leaf in leaves for above in ancestors(regions.by_id, leaf)}:
            inhabitants.setdefault(region, []).append(person)
    return {region: tuple(found) for region, found in inhabitants.items()}


def relate_populaces(
    people: dict[str, Person], regions: Regions, inhabitants: dict[str, tuple[Person, ...]]
) -> dict[str, Populace]:
    """Return the sum of the people of each region that has any. Public time is nobody's act."""
    acting: set[str] = set()
    places: set[str] = set()
    for person in people.values():
        for document in person.documents:
            if any(placed.event.scope != "background" for placed in document.events):
                acting.add(person.id)
                places.add(regions.by_path[tuple(map(str, document.profile.region.names))])
    return {
        region: Populace(len(found), any(person.id in acting for person in found), region in places)
        for region, found in inhabitants.items()
    }


def children_by_parent(parents: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the ids below each id, and below "" those that have nothing above them, in the order of ``parents``."""
    children: dict[str, list[str]] = {}
    for identifier, parent in parents.items():
        children.setdefault(parent, []).append(identifier)
    return {parent: tuple(found) for parent, found in children.items()}


def relate_seats(records: Iterable[OrganisationRecord], regions: Regions) -> dict[str, tuple[str, ...]]:
    """Return, for each region, the organisations whose record says that they lie there."""
    seated: dict[str, list[str]] = {}
    for record in records:
        if record.region.names:
            seated.setdefault(regions.by_path[tuple(map(str, record.region.names))], []).append(record.id)
    return {region: tuple(found) for region, found in seated.items()}


def relate_mentions(
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


def relate_deeds(events: Iterable[PlacedEvent], organisations: Organisations) -> dict[str, tuple[PlacedEvent, ...]]:
    """Return, for each organisation, the events that name it."""
    deeds: dict[str, list[PlacedEvent]] = {}
    for placed in events:
        for name in placed.event.organisations:
            deeds.setdefault(organisations.by_name[str(name)], []).append(placed)
    return {identifier: tuple(found) for identifier, found in deeds.items()}


def relate_namesakes(people: dict[str, Person]) -> dict[str, tuple[Person, ...]]:
    """Return the people of each name that more than one person has."""
    named: dict[str, list[Person]] = {}
    for person in people.values():
        named.setdefault(person.name, []).append(person)
    return {name: tuple(found) for name, found in named.items() if len(found) > 1}


def relate_former_ids(people: dict[str, Person], tombstones: Iterable[Tombstone]) -> dict[str, Document]:
    """Return the document of each id that one had once, unless it is now of a person or of something withdrawn."""
    taken = {*people}
    for tombstone in tombstones:
        taken.update((tombstone.id, *map(str, tombstone.aliases)))
    former: dict[str, Document] = {}
    for person in people.values():
        for document in person.documents:
            for alias in map(str, document.profile.aliases):
                if alias not in taken and GOOD_ID.fullmatch(alias):
                    former.setdefault(alias, document)
    return former
