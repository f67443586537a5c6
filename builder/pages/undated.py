"""What has no date: by person on the timeline or, where that is too much for it, a list of the people, A–Z."""

from collections.abc import Iterator, Sequence

from builder import urls
from builder.archive import Archive, Person
from builder.archive.calendar import ALL
from builder.archive.days import EventSum
from builder.pages.frame import Writer
from builder.pages.listing import below, listing_of, part_page
from builder.pages.ways import Way
from builder.views import Contents, Link, ListSection, PersonLine, ShelfView, UndatedBlock

UNDATED_LIST = urls.period(ALL, "undated")


def undated_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the list of the people of whom something is told without a date, where it has pages of its own."""
    listing = listing_of(
        "未系日", UNDATED_LIST, "人", _show, below(UNDATED_LIST), urls.TIMELINE, (("时间线", urls.TIMELINE),)
    )
    for part in archive.undated_parts.values():
        if Way(archive, ALL).is_undated_apart:
            yield part_page(archive, listing, part)


def undated_section(writer: Writer, whole: Way) -> ListSection:
    """Return what has no date: by person, or the way to the people."""
    count = whole.undated.count
    if whole.is_undated_apart:
        return ListSection(count, "人", Contents(), Link(f"共{count}条，按人物排列", writer.href(UNDATED_LIST)))
    return ListSection(count, "条", Contents(blocks=tuple(_blocks(writer))))


def _blocks(writer: Writer) -> Iterator[UndatedBlock]:
    """Yield what has no date, person by person in order of the first dated act, in the order of their texts."""
    archive = writer.archive
    order = {person: place for place, person in enumerate(archive.in_time)}
    people = (archive.people[identifier] for identifier in archive.undated)
    for person in sorted(people, key=lambda person: (order.get(person.id, len(order)), person.sort_key)):
        found = (placed for document in person.documents for placed in document.events if not placed.is_on_axis)
        yield UndatedBlock(writer.person(person), tuple(writer.event(placed) for placed in found))


def _show(writer: Writer, items: Sequence[tuple[Person, EventSum]]) -> Contents:
    return Contents(people=tuple(_line(writer, person, total) for person, total in items))


def _line(writer: Writer, person: Person, total: EventSum) -> PersonLine:
    """Return the line of a person, which leads to what has no date on the person's page."""
    # That page tells of no background: where there is nothing else, it has no such section.
    anchor = "#undated" if total.is_act else ""
    link = Link(person.name, writer.href(urls.person(person.id) + anchor))
    return writer.person_line(person)._replace(person=link, remark=f"{total.count}条")
