"""What the pages of months and days need to know of all events without looking at them: how many, and what they weigh.

Takes the relations of ``calendar``; gives small ones. A page that is made from these alone is made again only when they
change, and so are the pages of a day when something else happens in its month.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.archive.calendar import ALL, VAGUE, WAYS, Month, MonthSum, Slot, characters
from builder.archive.people import PlacedEvent
from builder.shelves import ROOM, Shelf, Step, arrange

EVENT = 60  # what an event weighs in bytes after compression, beside a fifth more than a byte for each character
SPAN = "跨日，或只知月份"
UNDATED = "undated"  # among the ways of dating: what has no date
Day = tuple[int, int, int]  # the day of the month or 0, how many events, how many characters
Beside = tuple[int | None, int | None]  # days of the month, None at the ends


@dataclass(frozen=True)
class EventSum:
    """Some events: how many, what they weigh on a page, how many of them are dated but of no month.

    ``is_act`` says whether any is somebody's own, and not of the time around.
    """

    count: int
    weight: int
    vague: int
    is_act: bool


def relate_ways(
    timeline: Iterable[PlacedEvent], undated: Iterable[PlacedEvent], slots: Mapping[Slot, tuple[PlacedEvent, ...]]
) -> dict[str, EventSum]:
    """Return the sum of all dated events, of those dated in each way that occurs, and of those without a date."""
    events: dict[str, list[PlacedEvent]] = {}
    for placed in timeline:
        events.setdefault(ALL, []).append(placed)
        events.setdefault(placed.event.basis, []).append(placed)
    sums = {way: _sum(found, len(slots.get((way, *VAGUE), ()))) for way, found in events.items()}
    without = _sum(tuple(undated))
    return {**sums, UNDATED: without} if without.count else sums


def relate_undated(undated: Iterable[PlacedEvent]) -> dict[str, EventSum]:
    """Return the sum of what is told of each person without a date."""
    found: dict[str, list[PlacedEvent]] = {}
    for placed in undated:
        found.setdefault(placed.person, []).append(placed)
    return {person: _sum(events) for person, events in found.items()}


def _sum(events: Iterable[PlacedEvent], vague: int = 0) -> EventSum:
    weights = [(weigh_event(placed), placed.event.scope != "background") for placed in events]
    return EventSum(len(weights), sum(weight for weight, _ in weights), vague, any(is_act for _, is_act in weights))


def relate_long(ways: Mapping[str, EventSum]) -> tuple[str, ...]:
    """Return the ways of dating whose events are too many for a page, be there a picture or not.

    What has no date is too many for a page that it shares from a fourth part of it on.
    """
    without = ways[UNDATED].weight if UNDATED in ways else 0
    weights = {way: total.weight + (without if way == ALL else 0) for way, total in ways.items()}
    return tuple(sorted(way for way, weight in weights.items() if weight > (ROOM // 4 if way == UNDATED else ROOM)))


def relate_pages(
    months: Mapping[tuple[str, Month], MonthSum], slots: Mapping[Slot, tuple[PlacedEvent, ...]]
) -> dict[Slot, Beside]:
    """Return the days that do not stand on the page of their month, with those before and after that do not either.

    So does what is of no month. The months of what the source itself dates have no pages, and no days.
    """
    pages: dict[Slot, Beside] = {}
    for (way, month), total in months.items():
        shelf = month_shelf(month, total) if way != WAYS[0] else Shelf[Day]((), ())
        days = [part.items[0][0] for part in shelf.pages]
        for day, earlier, later in zip(days, [None, *days], [*days[1:], None], strict=False):
            pages[way, *month, day] = earlier, later
    pages.update((slot, (None, None)) for slot in slots if slot[1:] == VAGUE)
    return pages


def month_shelf(month: Month, total: MonthSum) -> Shelf[Day]:
    """Return the days of a month, what is of several of them last, divided where they are too much for its page."""
    days = sorted(total.days, key=lambda day: not day[0])
    shelf = arrange(days, weigh_day, lambda day, depth: day_step(month, day[0]))
    if not shelf.shelves and sum(map(weigh_day, days)) > ROOM:  # all on one day
        return Shelf((), shelf.items, (Shelf((day_step(month, days[0][0]),), shelf.items),))
    return shelf


def day_step(month: Month, day: int) -> Step:
    """Return the step of a day in its month; day 0 is what may be of several."""
    return Step(f"{day:02d}", f"{month[1]}月{day}日") if day else Step("span", SPAN)


def weigh_day(day: Day) -> int:
    """Return what the events of a day weigh on a page."""
    return EVENT * day[1] + day[2] * 6 // 5


def weigh_event(placed: PlacedEvent) -> int:
    """Return what an event weighs on a page."""
    return EVENT + characters(placed) * 6 // 5
