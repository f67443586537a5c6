"""The pictures of events: which can be drawn, with which numbers, in whose lanes."""

from collections.abc import Iterable, Sequence

from builder.archive import Archive, PlacedEvent
from builder.chart import ChartItem, draw_chart, has_mark
from builder.views import Chart, Charts

WIDE, UPRIGHT = 20.0, 12.0  # pixels a day: docs/decisions, after the wireframe of the timeline
MARKS = 60  # above these a picture cannot be read, and is too much of a page
CHART, MARK = 1_100, 24  # what the two pictures weigh in bytes after compression, and a mark in both


def charts_weight(charts: Charts | None) -> int:
    """Return what pictures weigh on a page."""
    return CHART + MARK * len(charts.wide.marks) if charts is not None else 0


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
    wide, upright = (draw(archive, events, scale) for scale in (WIDE, UPRIGHT))
    return Charts(wide, upright) if wide is not None and upright is not None else None


def draw(archive: Archive, events: Sequence[PlacedEvent], scale: float) -> Chart | None:
    """Return the picture of some events at so many pixels a day; None where they are too many to draw."""
    if len(events) > MARKS:
        return None
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
    return draw_chart(items, scale=scale, title="时间线")


def _lane(archive: Archive, placed: PlacedEvent) -> str:
    """Return the label of the lane of an event: the person's name, or what the time is called (正月)."""
    if placed.event.scope == "background" and placed.event.label is not None:
        return str(placed.event.label).partition("（")[0]
    return archive.people[placed.person].name
