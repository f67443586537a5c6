"""The pictures of events: which can be drawn, with which numbers, in whose lanes."""

from collections.abc import Iterable, Sequence

from builder.archive import Archive, PlacedEvent
from builder.axis import UPRIGHT, WIDE, Paper
from builder.chart import ChartItem, draw_chart, has_mark
from builder.views import Chart, Charts

MARKS = 60  # above these a picture cannot be read, and is too much of a page
# What the two pictures weigh in bytes after compression, and in both a mark, a tick of the axis and a break of it:
# fitted to the 22 pictures of a made-up archive of 100 people.
CHART, MARK, TICK, BREAK = 1_080, 58, 25, 101


def charts_weight(charts: Charts | None) -> int:
    """Return what pictures weigh on a page."""
    if charts is None:
        return 0
    wide = charts.wide
    return CHART + MARK * len(wide.marks) + TICK * len(wide.ticks) + BREAK * len(wide.breaks)


def numbers(events: Iterable[PlacedEvent]) -> dict[tuple[str, int], int]:
    """Return the number on the chart of each event that is drawn; public time has none."""
    acts = (
        placed
        for placed in events
        if placed.event.scope != "background"
        and placed.event.date is not None
        and has_mark(placed.event.date, placed.event.basis)
    )
    return {(placed.document, placed.number): number for number, placed in enumerate(acts, start=1)}


def charts(archive: Archive, events: Sequence[PlacedEvent]) -> Charts | None:
    """Return the picture of some events, wide and upright; None where they are too many to draw."""
    drawn = draw(archive, events, WIDE, UPRIGHT)
    return Charts(*drawn) if len(drawn) == 2 else None


def draw(archive: Archive, events: Sequence[PlacedEvent], *papers: Paper) -> tuple[Chart, ...]:
    """Return the picture of some events on each paper; none where they are too many to draw."""
    if len(events) > MARKS:
        return ()
    numbered = numbers(events)
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
        for placed in events
        if placed.event.date is not None
    ]
    drawn = (draw_chart(items, paper=paper, title="时间线") for paper in papers)
    return tuple(chart for chart in drawn if chart is not None)


def _lane(archive: Archive, placed: PlacedEvent) -> str:
    """Return the label of the lane of an event: the person's name, or what the time is called (正月)."""
    if placed.event.scope == "background" and placed.event.label is not None:
        return str(placed.event.label).partition("（")[0]
    return archive.people[placed.person].name
