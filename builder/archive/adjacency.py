"""Which people stand by one another, and why: by time, by what their documents share.

A tie must tell something: what more than ``FEW`` people share (a province, a common subject) ties nobody to anybody,
but two such things together may (the same subject in the same county). So a person has few neighbours however large
the archive is, and each is found by looking into a few small groups.
"""

from collections.abc import Iterable, Iterator, Mapping

from builder.archive.people import Document, Person, PlacedEvent
from builder.authority import INFERRED, Organisations, Regions, ancestors, sign_in_path

# What several people share: ("day", "2020-01-29"), ("place", id of a region), ("unit", id of an organisation),
# ("tag", "献血"), ("named", "region", id) for what both texts link to. A group is of one of these, or of two.
Trait = tuple[str, ...]
Group = tuple[Trait, ...]

FEW = 6


def relate_in_time(timeline: Iterable[PlacedEvent]) -> dict[str, tuple[str, str]]:
    """Return, for each person with a dated act, who stands before and after in order of the first; "" at the ends."""
    order = list(dict.fromkeys(placed.person for placed in timeline if placed.event.scope == ""))
    padded = ["", *order, ""]
    return {person: (padded[place], padded[place + 2]) for place, person in enumerate(order)}


def relate_shared(
    people: Mapping[str, Person], organisations: Organisations, regions: Regions
) -> dict[Group, tuple[str, ...]]:
    """Return the people, in A–Z order, of each group that has more than one and not more than ``FEW``."""
    groups: dict[Group, list[str]] = {}
    for person in people.values():
        for group in groups_of(person, organisations, regions):
            groups.setdefault(group, []).append(person.id)
    return {group: tuple(found) for group, found in groups.items() if 1 < len(found) <= FEW}


def groups_of(person: Person, organisations: Organisations, regions: Regions) -> tuple[Group, ...]:
    """Return the groups that a person belongs to: of each trait, and of each day or subject with the place."""
    traits = dict.fromkeys(
        trait for document in person.documents for trait in traits_of(document, organisations, regions)
    )
    places = [trait for trait in traits if trait[0] == "place"]
    with_place = [trait for trait in traits if trait[0] in ("day", "tag")]
    return (*((trait,) for trait in traits), *((trait, place) for trait in with_place for place in places))


def traits_of(document: Document, organisations: Organisations, regions: Regions) -> Iterator[Trait]:
    """Yield what a document may share with others, the most telling first."""
    profile = document.profile
    for unit in profile.units:
        yield "unit", organisations.by_name[str(unit.name)]
    for placed in document.events:
        if is_act_of_a_day(placed):
            yield "day", str(placed.event.date.text if placed.event.date is not None else "")
    for tag in profile.tags:
        yield "tag", str(tag)
    place = place_of(document, regions)
    if place:
        yield "place", place
    index = {"organisation": organisations.by_name, "region": regions.by_name}
    for reference in document.prose.references:
        target = index.get(reference.kind, {}).get(reference.target.partition("#")[0])
        if target is not None:
            yield "named", reference.kind, target


def is_act_of_a_day(placed: PlacedEvent) -> bool:
    """Return whether an event is the person's own act on one certain day that the source prints or names."""
    event = placed.event
    is_day = event.date is not None and event.date.is_day and not event.alternatives
    return is_day and event.scope == "" and event.basis in ("printed", "named-day")


def place_of(document: Document, regions: Regions) -> str:
    """Return the region of a document as far down as it is not inferred; "" for a mere province or country."""
    path = document.profile.region
    names = tuple(map(str, path.names))
    while names and sign_in_path(path, names[-1]) == INFERRED:
        names = names[:-1]
    place = regions.by_path[names] if names else ""
    return place if len(ancestors(regions.by_id, place)) > 1 else ""
