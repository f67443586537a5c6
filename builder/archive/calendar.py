"""The days and months that events touch: of all events, and of those dated in one way (printed, named, counted).

An event stands on the day on which it may have begun. What may be of several days, and in a later month whatever goes
on from an earlier one, stands under no day of the month (day 0).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.archive.people import PlacedEvent

Month = tuple[int, int]  # year, month
Slot = tuple[str, int, int, int]  # way of dating or "" for all, year, month, day or 0

LONG = 10  # years
ALL = ""
VAGUE = (0, 0, 0)  # where an event stands that is of no month
WAYS = ("printed", "named-day", "counted")  # ways of dating; what is only bounded by the order of the text is undated


@dataclass(frozen=True)
class MonthSum:
    """What a month holds: of each day (0: of several) how many events and how many characters they show.

    ``earlier`` and ``later`` are the nearest months that hold something too.
    """

    days: tuple[tuple[int, int, int], ...]
    earlier: Month | None = None
    later: Month | None = None

    @property
    def count(self) -> int:
        """How many events touch the month."""
        return sum(count for _, count, _ in self.days)


def relate_slots(timeline: Iterable[PlacedEvent]) -> dict[Slot, tuple[PlacedEvent, ...]]:
    """Return the events of each day that has any, in the order of time, of all and of each way of dating.

    What is of no month stands under ``VAGUE``.
    """
    slots: dict[Slot, list[PlacedEvent]] = {}
    for placed in timeline:
        for year, month, day in tuple(_days(placed)) or (VAGUE,):
            slots.setdefault((ALL, year, month, day), []).append(placed)
            slots.setdefault((placed.event.basis, year, month, day), []).append(placed)
    return {slot: tuple(slots[slot]) for slot in sorted(slots)}


def relate_months(slots: dict[Slot, tuple[PlacedEvent, ...]]) -> dict[tuple[str, Month], MonthSum]:
    """Return the sum of each month, of all events and of each way of dating, in the order of time."""
    days: dict[tuple[str, Month], list[tuple[int, int, int]]] = {}
    for (way, year, month, day), events in slots.items():
        if month:
            days.setdefault((way, (year, month)), []).append((day, len(events), sum(map(characters, events))))
    order = list(days)
    padded = [("", None), *order, ("", None)]
    return {
        key: MonthSum(tuple(days[key]), _beside(key, padded[place]), _beside(key, padded[place + 2]))
        for place, key in enumerate(order)
    }


def relate_years(slots: dict[Slot, tuple[PlacedEvent, ...]]) -> dict[Month, bool]:
    """Return of each month whether some source prints the year: in all others it is the editor's."""
    printed: dict[Month, bool] = {}
    for (way, year, month, _), events in slots.items():
        if month and way == ALL:
            is_printed = not all(placed.event.supplied for placed in events)
            printed[year, month] = is_printed or printed.get((year, month), False)
    return printed


def _beside(key: tuple[str, Month], other: tuple[str, Month | None]) -> Month | None:
    """Return the month that stands beside one in the order, if it is of the same way of dating."""
    return other[1] if other[0] == key[0] else None


def characters(placed: PlacedEvent) -> int:
    """Return how many characters of its own an event shows: what it is, in which words, and the note."""
    event = placed.event
    return len(event.label or "") + len(event.note) + sum(map(len, event.quotes))


def _days(placed: PlacedEvent) -> Iterator[tuple[int, int, int]]:
    """Yield year, month and day of every month that an event may touch; day 0 where it is of no one day there."""
    for number, (year, month) in enumerate(months_of(placed)):
        yield year, month, first_day(placed) if number == 0 else 0


def first_day(placed: PlacedEvent) -> int:
    """Return the day of the month on which an event may have begun; 0 where that is of several days."""
    date = placed.event.date
    if date is None or date.earliest is None:
        return 0
    is_day = date.kind == "single" and date.precision == "day"
    begins = date.kind == "interval" and date.start is not None and date.start.is_day
    return date.earliest.day if is_day or begins else 0


def months_of(placed: PlacedEvent) -> list[Month]:
    """Return the months that an event may touch; one without an end touches its first month only.

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
