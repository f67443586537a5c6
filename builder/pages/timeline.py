"""The timeline: its picture and its list, and the same of the events that are dated in one way.

Where people are too many for a lane each there is no picture but how thick events lie, and where events are too many
for a page they stand on the pages of their months.
"""

from collections.abc import Iterator
from dataclasses import replace

from builder import urls
from builder.archive import Archive
from builder.archive.calendar import ALL, WAYS, Month, MonthSum
from builder.pages.dated import VAGUE
from builder.pages.drawing import numbers
from builder.pages.frame import Writer
from builder.pages.listing import Listing, groups, page, part_pages, rows
from builder.pages.months import month_links
from builder.pages.region_lists import count_people, has_events
from builder.pages.undated import UNDATED_LIST, undated_section
from builder.pages.ways import WAY_WORDS, Way, vague_address
from builder.shelves import Step
from builder.views import Contents, EventView, Link, ShelfRow, ShelfView, TimelineView

COMMONEST = "各月之页列有该月全部记事，凡非文中印有者皆注明"
MONTH = 120  # what the row of a month weighs
REGIONS = 40  # regions to which the timeline leads
Timed = tuple[Month, MonthSum]


def timeline_pages(archive: Archive) -> Iterator[TimelineView | ShelfView]:
    """Yield the timeline of the whole archive, and the years that are too much for one page."""
    writer, whole = Writer(archive, urls.TIMELINE), Way(archive, ALL)
    months = _months(archive, ALL)
    shelf = months.shelf
    count = whole.total.count + whole.undated.count
    yield TimelineView(
        frame=writer.frame("timeline", "时间线", f"文中所记的{count}件事，按日期排列；不能系日者另列。", urls.TIMELINE),
        count=whole.total.count,
        charts=whole.charts,
        events=_list(writer, whole),
        months=() if shelf.shelves else month_links(writer, ALL, shelf.items),
        is_dense=whole.is_long,
        shelves=rows(writer, months, shelf),
        groups=groups(writer, months, shelf),
        vague=_vague_link(writer, whole) if whole.has_vague else None,
        undated=undated_section(writer, whole),
        ways=(*_ways(writer), *_undated_row(writer, whole)),
        regions=tuple(_regions(writer)),
    )
    yield from part_pages(archive, months, shelf)


def way_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the pages of the events that are dated in one way, for each way."""
    for way in WAYS:
        if way in archive.ways:
            yield from way_pages_of(archive, way)


def way_pages_of(archive: Archive, way: str) -> Iterator[ShelfView]:
    """Yield the page of the events that are dated in one way; where they are too many, its months and their years."""
    whole, months = Way(archive, way), _months(archive, way)
    writer, shelf = Writer(archive, months.address), months.shelf
    view = page(writer, months, shelf, (), ())
    if not whole.is_long:
        count, contents = whole.total.count, Contents(events=_list(writer, whole))
        yield replace(view, count=count, contents=contents, shelves=(), groups=(), charts=whole.charts)
        return
    links = (_vague_link(writer, whole),) if whole.has_vague else ()
    yield replace(view, contents=replace(view.contents, links=links), line=COMMONEST if way == WAYS[0] else "")
    yield from part_pages(archive, months, shelf)


def _list(writer: Writer, whole: Way) -> tuple[EventView, ...]:
    """Return the events with their numbers on the picture; none where they are too many."""
    if whole.is_long:
        return ()
    numbered = numbers(whole.events) if whole.charts is not None else {}
    return tuple(writer.event(placed, numbered.get((placed.document, placed.number), 0)) for placed in whole.events)


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


def _vague_link(writer: Writer, whole: Way) -> Link:
    return Link(f"{VAGUE.label}：{whole.total.vague}条", writer.href(vague_address(whole.way)))


def _ways(writer: Writer) -> Iterator[ShelfRow]:
    """Yield the ways of dating with how many events are dated so."""
    ways = writer.archive.ways
    counts = {way: ways[way].count for way in WAYS if way in ways}
    most = max(counts.values(), default=0)
    for way, count in counts.items():
        yield ShelfRow(Link(WAY_WORDS[way], writer.href(urls.period(way, ""))), count, "", -(-100 * count // most))


def _undated_row(writer: Writer, whole: Way) -> Iterator[ShelfRow]:
    """Yield the way to what has no date, where there is any."""
    count = whole.undated.count
    if count:
        address = UNDATED_LIST if whole.is_undated_apart else f"{urls.TIMELINE}#undated"
        yield ShelfRow(Link("未系日", writer.href(address)), count, "", 0)


def _regions(writer: Writer) -> Iterator[ShelfRow]:
    """Yield the largest regions whose people do something, and those directly below them while they are few."""
    archive = writer.archive
    roots = archive.subregions.get("", ())
    below_roots = [child for root in roots for child in (root, *archive.subregions.get(root, ()))]
    chosen = below_roots if len(below_roots) <= REGIONS else roots
    known = [(archive.regions.by_id[each], count_people(archive, each)) for each in chosen]
    shown = [(region, count) for region, count in known if count and region.tier == "page"]
    most = max((count for _, count in shown), default=0)
    for region, count in shown:
        address = urls.region(region.id) + ("#events" if has_events(archive, region.id) else "")
        link = Link(region.name, writer.href(address), region.sign)
        yield ShelfRow(link, count, "", -(-100 * count // most))
