"""The pages of months and of their days: of all events, and of those dated in one way (文中印有, 节日换算, 推算)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from builder import urls
from builder.archive import Archive
from builder.archive.calendar import ALL, Month, MonthSum
from builder.density import bars
from builder.lunar import lunar_day
from builder.pages.dated import day_step, month_slug, month_words
from builder.pages.entries import EVENT, by_person, show_events, surnames, told, weigh
from builder.pages.frame import Writer
from builder.pages.listing import Listing, page, shelf_pages
from builder.shelves import ROOM, Shelf
from builder.views import Contents, Link, MonthLink, ShelfView

WAY_WORDS = {"printed": "文中印有", "named-day": "节日换算", "counted": "推算"}
Day = tuple[int, int, int]  # the day of the month or 0, how many events, how many characters


def month_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the pages of each month that an event touches."""
    for way, month in archive.months:
        if way == ALL:
            yield from month_pages_of(archive, ALL, month)


def month_pages_of(archive: Archive, way: str, month: Month) -> Iterator[ShelfView]:
    """Yield the page of a month and, where its events are too many for it, those of its days."""
    listing, total = _month_listing(archive, way, month), archive.months[way, month]
    writer, shelf = Writer(archive, listing.address), listing.shelf
    if not shelf.shelves and listing.weight > ROOM:  # all on one day
        shelf = replace(shelf, shelves=(Shelf((listing.step(shelf.items[0], 0),), shelf.items),))
    view = page(writer, listing, shelf, (), ())
    near = (month_link(writer, way, other) if other is not None else None for other in (total.earlier, total.later))
    yield replace(view, earlier=next(near), later=next(near))
    for part in shelf.pages:
        yield from _day_pages(archive, way, month, part.items[0][0], shelf.pages)


def month_link(writer: Writer, way: str, month: Month) -> Link:
    """Return the link to the page of a month."""
    return Link(month_words(writer.archive, month), writer.href(urls.period(way, month_slug(month))))


def month_links(writer: Writer, way: str, months: Sequence[tuple[Month, MonthSum]]) -> tuple[MonthLink, ...]:
    """Return months with how many events touch each, and a bar for each day."""
    return tuple(
        MonthLink(month_link(writer, way, month), total.count, drawn)
        for (month, total), drawn in zip(months, bars(months), strict=True)
    )


def _month_listing(archive: Archive, way: str, month: Month) -> Listing[Day]:
    """Return the list of a month: its items are its days."""
    path = month_slug(month)

    def show(writer: Writer, days: Sequence[Day]) -> Contents:
        slots = (archive.slots[way, *month, day] for day, _, _ in days)
        events = sorted((placed for slot in slots for placed in slot), key=lambda placed: placed.sort_key)
        return Contents(events=tuple(writer.event(placed) for placed in events))

    return Listing(
        title=_title(archive, way, month),
        address=urls.period(way, path),
        section=urls.TIMELINE,
        way=_above(way),
        measure="条",
        items=tuple(sorted(archive.months[way, month].days, key=lambda day: not day[0])),
        weigh=weigh_day,
        step=lambda day, depth: day_step(month, day[0]),
        show=show,
        place=lambda below: urls.period(way, f"{path}/{below}"),
        remark=lambda days: _lunar(month, days[0][0]),
        count=lambda days: sum(count for _, count, _ in days),
    )


def weigh_day(day: Day) -> int:
    """Return what the events of a day weigh on a page."""
    return EVENT * day[1] + day[2] * 6 // 5


def _lunar(month: Month, day: int) -> str:
    return lunar_day(date(*month, day)) if day else ""


def _title(archive: Archive, way: str, month: Month) -> str:
    words = month_words(archive, month)
    return f"{words} · {WAY_WORDS[way]}" if way else words


def _above(way: str) -> tuple[tuple[str, str], ...]:
    """Return the pages above a month."""
    above = ("时间线", urls.TIMELINE)
    return (above, (WAY_WORDS[way], urls.period(way, ""))) if way else (above,)


def _day_pages(archive: Archive, way: str, month: Month, day: int, beside: Sequence[Shelf[Day]]) -> Iterator[ShelfView]:
    """Yield the page of a day and, where its events are too many for it, its parts, A–Z by person."""
    path = f"{month_slug(month)}/{day_step(month, day).slug}"
    words = month_words(archive, month)
    year = words.partition("年")[0] + ("年］" if words.startswith("［") else "年")
    listing = Listing(
        title=(year if day else words) + day_step(month, day).label + (f" · {WAY_WORDS[way]}" if way else ""),
        address=urls.period(way, path),
        section=urls.TIMELINE,
        way=(*_above(way), (words, urls.period(way, month_slug(month)))),
        measure="条",
        items=tuple(told(archive, placed) for placed in archive.slots[way, *month, day]),
        weigh=weigh,
        step=by_person,
        show=show_events,
        place=lambda below: urls.period(way, f"{path}/{below}"),
        remark=surnames,
    )
    views = shelf_pages(archive, listing)
    writer = Writer(archive, listing.address)
    at = next(place for place, part in enumerate(beside) if part.items[0][0] == day)
    near = (
        Link(other.label, writer.href(urls.period(way, f"{month_slug(month)}/{other.path}"))) if other else None
        for other in (beside[at - 1] if at else None, beside[at + 1] if at + 1 < len(beside) else None)
    )
    yield replace(next(views), earlier=next(near), later=next(near), line=_lunar(month, day))
    yield from views
