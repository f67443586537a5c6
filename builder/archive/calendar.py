"""The months that events touch."""

from collections.abc import Iterable, Mapping

from builder.archive.people import PlacedEvent

Month = tuple[int, int]  # year, month

LONG = 10  # years


def relate_months(timeline: Iterable[PlacedEvent]) -> dict[Month, tuple[PlacedEvent, ...]]:
    """Return the dated events of each month that they may touch; one without an end stands in its first month."""
    months: dict[Month, list[PlacedEvent]] = {}
    for placed in timeline:
        for month in months_of(placed):
            months.setdefault(month, []).append(placed)
    return {month: tuple(months[month]) for month in sorted(months)}


def printed_months(months: Mapping[Month, Iterable[PlacedEvent]]) -> frozenset[Month]:
    """Return the months in which some source prints the year; in all others it is the editor's."""
    return frozenset(month for month, events in months.items() if not all(each.event.supplied for each in events))


def months_of(placed: PlacedEvent) -> list[Month]:
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
