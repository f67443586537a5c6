"""By which steps an event is found in a long list: its month, its day, and then its person, A–Z."""

from collections.abc import Callable, Sequence
from datetime import date

from builder.archive import Archive
from builder.archive.calendar import Month, first_day, months_of
from builder.archive.days import day_step
from builder.az import person_step
from builder.lunar import lunar_day
from builder.pages.entries import Told
from builder.shelves import Step

UNDATED = Step("undated", "未系日")
VAGUE = Step("vague", "只知年份，或起讫过长")


def month_words(archive: Archive, month: Month) -> str:
    """Return a month in words; a year that no source prints is the editor's, and bracketed."""
    year = f"{month[0]}年"
    return (year if archive.printed_years[month] else f"［{year}］") + f"{month[1]}月"


def month_slug(month: Month) -> str:
    """Return a month as a part of an address."""
    return f"{month[0]:04d}-{month[1]:02d}"


def lunar_line(month: Month, day: int) -> str:
    """Return the lunar day of a day; nothing for what may be of several."""
    return lunar_day(date(*month, day)) if day else ""


def told_step(archive: Archive) -> Callable[[Told, int], Step]:
    """Return the steps of an event in a list of all times: month, day, person."""
    days: dict[tuple[Month, int], Sequence[Step]] = {}

    def step(item: Told, depth: int) -> Step:
        path = _steps(archive, item, days)
        return path[depth] if depth < len(path) else person_step(item.who, depth - len(path))

    return step


def _steps(archive: Archive, item: Told, days: dict[tuple[Month, int], Sequence[Step]]) -> Sequence[Step]:
    """Return the month and the day of an event; ``days`` are those that are known already."""
    if not item.placed.is_on_axis:
        return (UNDATED,)
    months = months_of(item.placed)
    if not months:
        return (VAGUE,)
    key = month, day = months[0], first_day(item.placed)
    if key not in days:
        days[key] = Step(month_slug(month), month_words(archive, month)), day_step(month, day)
    return days[key]
