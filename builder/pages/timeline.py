"""The timeline: its picture and its list, and the same of the events that are dated in one way.

Where people are too many for a lane each there is no picture but how thick events lie, and where events are too many
for a page they stand on the pages of their months.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder import urls
from builder.archive import Archive, Person, PlacedEvent
from builder.archive.calendar import ALL, VAGUE, WAYS, Month, MonthSum
from builder.pages.drawing import charts, charts_weight, numbers
from builder.pages.entries import Entry, Told, by_person, entry, show_events, show_people, surnames, told, weigh
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, groups, page, part_pages, rows, shelf_pages
from builder.pages.months import WAY_WORDS, month_links, month_pages_of
from builder.pages.regions import has_events
from builder.shelves import ROOM, Step
from builder.views import (
    Contents,
    EventView,
    Link,
    ListSection,
    PersonLine,
    ShelfRow,
    ShelfView,
    TimelineView,
    UndatedBlock,
)

COMMONEST = "各月之页列有该月全部记事，凡非文中印有者皆注明"
MONTH = 120  # what the row of a month weighs
REGIONS = 40  # regions to which the timeline leads
Timed = tuple[Month, MonthSum]


class _Timeline:
    """All events, or those dated in one way: what the page would hold, and whether that is too much for it."""

    def __init__(self, archive: Archive, way: str) -> None:
        self.archive, self.way = archive, way
        self.events = tuple(each for each in archive.timeline if way in (ALL, each.event.basis))
        self.charts = charts(archive, self.events)
        self.weight = charts_weight(self.charts) + sum(told(archive, placed).weight for placed in self.events)
        self.undated = _undated(archive) if way == ALL else ()
        undated = sum(told(archive, placed).weight for _, found in self.undated for placed in found)
        self.is_long = self.weight + undated > ROOM
        self.is_undated_apart = self.is_long and undated > ROOM // 4

    def list(self, writer: Writer) -> tuple[EventView, ...]:
        """Return the events with their numbers on the picture; none where they are too many."""
        numbered = numbers(self.events) if self.charts is not None else {}
        events = () if self.is_long else self.events
        return tuple(writer.event(placed, numbered.get((placed.document, placed.number), 0)) for placed in events)


def timeline_pages(archive: Archive) -> Iterator[TimelineView | ShelfView]:
    """Yield the timeline of the whole archive, and the parts of it that are too much for one page."""
    writer, whole = Writer(archive, urls.TIMELINE), _Timeline(archive, ALL)
    months, vague = _months(archive, ALL), _vague(archive, ALL)
    shelf = months.shelf
    count = len(archive.timeline) + len(archive.undated)
    yield TimelineView(
        frame=writer.frame("timeline", "时间线", f"文中所记的{count}件事，按日期排列；不能系日者另列。", urls.TIMELINE),
        count=len(archive.timeline),
        charts=whole.charts,
        events=whole.list(writer),
        months=() if shelf.shelves else month_links(writer, ALL, shelf.items),
        is_dense=whole.is_long,
        shelves=rows(writer, months, shelf),
        groups=groups(writer, months, shelf),
        vague=_link(writer, vague) if whole.is_long and vague.items else None,
        undated=_undated_section(writer, whole),
        ways=(*_ways(writer), *_undated_row(writer, whole)),
        regions=tuple(_regions(writer)),
    )
    yield from part_pages(archive, months, shelf)
    if whole.is_long and vague.items:
        yield from shelf_pages(archive, vague)
    if whole.is_undated_apart:
        yield from shelf_pages(archive, _undated_people(whole))


def way_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the pages of the events that are dated in one way, for each way."""
    for way in WAYS:
        if any(key[0] == way for key in archive.slots):
            yield from way_pages_of(archive, way)


def way_pages_of(archive: Archive, way: str) -> Iterator[ShelfView]:
    """Yield the page of the events that are dated in one way and, where they are too many, those of months and days.

    What the source itself dates is most of all events: its months have no pages beside those of all events.
    """
    timeline, months, vague = _Timeline(archive, way), _months(archive, way), _vague(archive, way)
    writer, shelf = Writer(archive, months.address), months.shelf
    whole = page(writer, months, shelf, (), ())
    if not timeline.is_long:
        count, contents = len(timeline.events), Contents(events=timeline.list(writer))
        yield replace(whole, count=count, contents=contents, shelves=(), groups=(), charts=timeline.charts)
        return
    links = (_link(writer, vague),) if vague.items else ()
    yield replace(whole, contents=replace(whole.contents, links=links), line=COMMONEST if way == WAYS[0] else "")
    yield from part_pages(archive, months, shelf)
    for month, _ in months.items if way != WAYS[0] else ():
        yield from month_pages_of(archive, way, month)
    if vague.items:
        yield from shelf_pages(archive, vague)


def _months(archive: Archive, way: str) -> Listing[Timed]:
    """Return the list of months, divided by years where they are too many.

    Of what is dated by the source itself, most events as a rule, the months lead to the pages of all events.
    """
    leads_to = ALL if way == WAYS[0] else way
    return Listing(
        title=f"时间线 · {WAY_WORDS[way]}" if way else "时间线",
        address=urls.period(way, ""),
        section=urls.TIMELINE,
        way=(("时间线", urls.TIMELINE),) if way else (),
        measure="条",
        items=tuple((month, total) for (its, month), total in archive.months.items() if its == way),
        weigh=lambda month: MONTH,
        step=_year_step,
        show=lambda writer, months: Contents(months=month_links(writer, leads_to, months)),
        place=lambda path: urls.period(way, path.rpartition("/")[2]),
        count=lambda months: sum(total.count for _, total in months),
    )


def _year_step(item: Timed, depth: int) -> Step:
    """Return the step of a month: century, decade, year."""
    year = f"{item[0][0]:04d}"
    digits = min(depth + 2, len(year))
    rest = len(year) - digits
    return Step(year[:digits] + "x" * rest, f"{int(year) // 10**rest * 10**rest}年" + ("代" if rest else ""))


def _vague(archive: Archive, way: str) -> Listing[Told]:
    """Return the list of events that are of no month."""
    items = tuple(told(archive, placed) for placed in archive.slots.get((way, *VAGUE), ()))
    address = urls.period(way, "vague")
    return Listing(
        "只知年份，或起讫过长", address, urls.TIMELINE, (("时间线", urls.TIMELINE),), "条", items, weigh, by_person,
        show_events, below(address), surnames,
    )  # fmt: skip


def _link(writer: Writer, listing: Listing[Told]) -> Link:
    return Link(f"{listing.title}：{len(listing.items)}条", writer.href(listing.address))


def _undated(archive: Archive) -> tuple[tuple[Person, tuple[PlacedEvent, ...]], ...]:
    """Return what has no date, person by person in order of the first dated act, in the order of their texts."""
    undated: dict[str, list[PlacedEvent]] = {}
    for placed in archive.undated:
        undated.setdefault(placed.person, []).append(placed)
    order = {person: place for place, person in enumerate(archive.in_time)}
    people = (archive.people[identifier] for identifier in undated)
    ordered = sorted(people, key=lambda person: (order.get(person.id, len(order)), person.sort_key))
    return tuple((person, tuple(undated[person.id])) for person in ordered)


def _undated_section(writer: Writer, whole: _Timeline) -> ListSection:
    """Return what has no date: by person, or the way to the people."""
    count = sum(len(found) for _, found in whole.undated)
    if whole.is_undated_apart:
        people = _undated_people(whole)
        return ListSection(count, "人", Contents(), Link(f"共{count}条，按人物排列", writer.href(people.address)))
    blocks = (
        UndatedBlock(writer.person(person), tuple(writer.event(placed) for placed in found))
        for person, found in whole.undated
    )
    return ListSection(count, "条", Contents(blocks=tuple(blocks)))


def _undated_people(whole: _Timeline) -> Listing[Entry]:
    """Return the people of whom something is told without a date, A–Z; each leads to it on the person's page."""
    ordered = sorted(whole.undated, key=lambda pair: pair[0].sort_key)
    items = tuple(entry(person, _undated_line(person, found), 4) for person, found in ordered)
    address = urls.period(ALL, "undated")
    return Listing(
        "未系日", address, urls.TIMELINE, (("时间线", urls.TIMELINE),), "人", items, weigh, by_person, show_people,
        below(address), surnames,
    )  # fmt: skip


def _undated_line(person: Person, found: tuple[PlacedEvent, ...]) -> Callable[[Writer], PersonLine]:
    # A person's page tells of no background: where there is nothing else, it has no such section.
    anchor = "#undated" if any(placed.event.scope != "background" for placed in found) else ""

    def line(writer: Writer) -> PersonLine:
        link = Link(person.name, writer.href(urls.person(person.id) + anchor))
        return writer.person_line(person)._replace(person=link, remark=f"{len(found)}条")

    return line


def _ways(writer: Writer) -> Iterator[ShelfRow]:
    """Yield the ways of dating with how many events are dated so."""
    archive = writer.archive
    counts = {way: sum(each.event.basis == way for each in archive.timeline) for way in WAYS}
    most = max(counts.values(), default=0)
    for way, count in counts.items():
        if count:
            yield ShelfRow(Link(WAY_WORDS[way], writer.href(urls.period(way, ""))), count, "", -(-100 * count // most))


def _undated_row(writer: Writer, whole: _Timeline) -> Iterator[ShelfRow]:
    """Yield the way to what has no date, where there is any."""
    count = sum(len(found) for _, found in whole.undated)
    if count:
        address = _undated_people(whole).address if whole.is_undated_apart else f"{urls.TIMELINE}#undated"
        yield ShelfRow(Link("未系日", writer.href(address)), count, "", 0)


def _regions(writer: Writer) -> Iterator[ShelfRow]:
    """Yield the largest regions whose people do something, and those directly below them while they are few."""
    archive = writer.archive
    roots = archive.subregions.get("", ())
    below_roots = [child for root in roots for child in (root, *archive.subregions.get(root, ()))]
    chosen = below_roots if len(below_roots) <= REGIONS else roots
    known = [(archive.regions.by_id[each], len(archive.inhabitants.get(each, ()))) for each in chosen]
    shown = [(region, count) for region, count in known if count and region.tier == "page"]
    most = max((count for _, count in shown), default=0)
    for region, count in shown:
        address = urls.region(region.id) + ("#events" if has_events(archive, region) else "")
        link = Link(region.name, writer.href(address), region.sign)
        yield ShelfRow(link, count, "", -(-100 * count // most))
