"""The timeline: the chart and the list of all dated events, what has no date, and a page for each month."""

import datetime
from collections.abc import Iterator

from builder import urls
from builder.archive import Archive, Person, PlacedEvent
from builder.chart import ChartItem, draw_chart, has_mark
from builder.pages.frame import Writer
from builder.views import Chart, Link, MonthLink, MonthView, TimelineView, UndatedBlock

WIDE, UPRIGHT = 20.0, 12.0  # pixels a day: docs/decisions, after the wireframe of the timeline
LONG = 10  # years


def numbers(archive: Archive) -> dict[tuple[str, int], int]:
    """Return the number on the chart of each event that is drawn; public time has none."""
    acts = (
        placed
        for placed in archive.timeline
        if placed.event.scope != "background"
        and placed.event.date is not None
        and has_mark(placed.event.date, placed.event.basis)
    )
    return {(placed.document, placed.number): number for number, placed in enumerate(acts, start=1)}


def chart(archive: Archive, scale: float) -> Chart | None:
    """Return the picture of all dated events at so many pixels a day; None where they are too many to draw."""
    numbered = numbers(archive)
    items = [
        ChartItem(
            number=numbered.get((placed.document, placed.number), 0),
            date=placed.event.date,
            basis=placed.event.basis,
            scope=placed.event.scope,
            lane=_lane(archive, placed),
            preferred=placed.event.preferred,
            person=placed.person,
            supplied=placed.event.supplied,
        )
        for placed in archive.timeline
        if placed.event.date is not None
    ]
    return draw_chart(items, scale=scale, title="时间线")


def _lane(archive: Archive, placed: PlacedEvent) -> str:
    """Return the label of the lane of an event: the person's name, or what the time is called (正月)."""
    if placed.event.scope == "background" and placed.event.label is not None:
        return str(placed.event.label).partition("（")[0]
    return archive.people[placed.person].name


def timeline_page(archive: Archive) -> TimelineView:
    """Return the timeline of the whole archive."""
    writer = Writer(archive, urls.TIMELINE)
    numbered = numbers(archive)
    count = len(archive.timeline) + len(archive.undated)
    return TimelineView(
        frame=writer.frame("timeline", "时间线", f"文中所记的{count}件事，按日期排列；不能系日者另列。", urls.TIMELINE),
        wide=chart(archive, WIDE),
        upright=chart(archive, UPRIGHT),
        events=tuple(
            writer.event(placed, numbered.get((placed.document, placed.number), 0)) for placed in archive.timeline
        ),
        undated=tuple(_undated_blocks(archive, writer)),
        months=tuple(
            MonthLink(_month_link(writer, month, events), len(events))
            for month, events in sorted(by_month(archive).items())
        ),
    )


def _undated_blocks(archive: Archive, writer: Writer) -> Iterator[UndatedBlock]:
    """Yield the undated events person by person, in the order of their texts."""
    undated: dict[str, list[PlacedEvent]] = {}
    for placed in archive.undated:
        undated.setdefault(placed.person, []).append(placed)
    people = (archive.people[identifier] for identifier in undated)
    for person in sorted(people, key=lambda person: first_act(archive, person)):
        yield UndatedBlock(writer.person(person), tuple(writer.event(placed) for placed in undated[person.id]))


def first_act(archive: Archive, person: Person) -> tuple[object, ...]:
    """Return the sort key of a person's first dated act; those without one come last, in A–Z order."""
    acts = [
        event.sort_key[:2]
        for document in person.documents
        for event in document.events
        if event.is_on_axis and event.event.scope == ""
    ]
    return (min(acts, default=(datetime.date.max, datetime.date.max)), person.sort_key)


def by_month(archive: Archive) -> dict[tuple[int, int], list[PlacedEvent]]:
    """Return the dated events of each month that they may touch; one without an end stands in its first month."""
    months: dict[tuple[int, int], list[PlacedEvent]] = {}
    for placed in archive.timeline:
        for month in _months(placed):
            months.setdefault(month, []).append(placed)
    return months


def _months(placed: PlacedEvent) -> list[tuple[int, int]]:
    """Return the months that an event may touch.

    A year or a vaguer date, or a span of more than ``LONG`` years, touches none, for it is of no month.
    """
    date = placed.event.date
    if date is None or date.precision not in ("day", "month"):
        return []
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if first is None or last is None or last.year - first.year > LONG:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [(first.year + month // 12, month % 12 + 1) for month in range(first.month - 1, first.month - 1 + count)]


def month_pages(archive: Archive) -> Iterator[MonthView]:
    """Yield a page for each month that an event touches, linked to the month before and the month after."""
    months = sorted(by_month(archive).items())
    for position, (month, events) in enumerate(months):
        writer = Writer(archive, urls.month(*month))
        words = _month_words(month, events)
        index = Link("时间线", writer.href(urls.TIMELINE))
        description = f"{words}：文中所记的{len(events)}件事。"
        yield MonthView(
            frame=writer.frame("month", words, description, urls.TIMELINE, (index,)),
            events=tuple(writer.event(event) for event in events),
            earlier=_month_link(writer, *months[position - 1]) if position else None,
            later=_month_link(writer, *months[position + 1]) if position + 1 < len(months) else None,
        )


def _month_link(writer: Writer, month: tuple[int, int], events: list[PlacedEvent]) -> Link:
    """Return the link to the page of a month."""
    return Link(_month_words(month, events), writer.href(urls.month(*month)))


def _month_words(month: tuple[int, int], events: list[PlacedEvent]) -> str:
    """Return a month in words; a year that no source prints is the editor's, and bracketed."""
    year = f"{month[0]}年"
    return (f"［{year}］" if all(event.event.supplied for event in events) else year) + f"{month[1]}月"
