"""By which steps an event is found in a long list: its month, its day, and then its person, A–Z."""

from collections.abc import Callable

from builder.archive import Archive, PlacedEvent
from builder.archive.calendar import Month, months_of
from builder.az import person_step
from builder.lunar import lunar_day
from builder.pages.entries import Told
from builder.shelves import Step

UNDATED = Step("undated", "未系日")
VAGUE = Step("other", "只知年份或起讫不详")
SPAN = Step("span", "跨日，或只知月份")


def month_words(archive: Archive, month: Month) -> str:
    """Return a month in words; a year that no source prints is the editor's, and bracketed."""
    year = f"{month[0]}年"
    return (year if month in archive.printed_months else f"［{year}］") + f"{month[1]}月"


def month_slug(month: Month) -> str:
    """Return a month as a part of an address."""
    return f"{month[0]:04d}-{month[1]:02d}"


def told_step(archive: Archive) -> Callable[[Told, int], Step]:
    """Return the steps of an event in a list of all times."""

    def step(item: Told, depth: int) -> Step:
        if not item.placed.is_on_axis:
            return UNDATED if depth == 0 else person_step(item.who, depth - 1)
        months = months_of(item.placed)
        if not months:
            return VAGUE if depth == 0 else person_step(item.who, depth - 1)
        if depth == 0:
            return Step(month_slug(months[0]), month_words(archive, months[0]))
        return day_step(months[0])(item, depth - 1)

    return step


def day_step(month: Month) -> Callable[[Told, int], Step]:
    """Return the steps of an event in a list of one month: the day, and then the person."""
    return lambda item, depth: _day(month, item.placed) if depth == 0 else person_step(item.who, depth - 1)


def _day(month: Month, placed: PlacedEvent) -> Step:
    """Return the day of the month on which an event may have begun; what may be of several days stands apart."""
    date = placed.event.date
    first = date.earliest if date is not None else None
    is_day = date is not None and date.kind == "single" and date.precision == "day"
    begins = date is not None and date.kind == "interval" and date.start is not None and date.start.is_day
    if first is None or not (is_day or begins) or (first.year, first.month) != month:
        return SPAN
    return Step(f"{first.day:02d}", f"{first.month}月{first.day}日")


def day_remark(items: "list[Told] | tuple[Told, ...]") -> str:
    """Return the lunar day of events that all began on one day."""
    dates = {item.placed.event.date.earliest for item in items if item.placed.event.date is not None}
    day = next(iter(dates)) if len(dates) == 1 else None
    return lunar_day(day) if day is not None else ""
