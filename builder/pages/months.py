"""The pages of months: of all events, and of those dated in one way (节日换算, 推算)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder import urls
from builder.archive import Archive
from builder.archive.calendar import ALL, WAYS, Month, MonthSum
from builder.archive.days import Day, day_step, month_shelf, weigh_day
from builder.density import bars
from builder.pages.dated import lunar_line, month_slug, month_words
from builder.pages.frame import Writer
from builder.pages.listing import Listing, page
from builder.pages.ways import WAY_WORDS, Way
from builder.views import Contents, Link, MonthLink, ShelfView


def month_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the page of each month that an event touches, of all events and of each way of which one page is too short.

    What the source itself dates is most of all events: its months have no pages beside those of all events.
    """
    for way, month in archive.months:
        if has_months(archive, way):
            yield month_page(archive, way, month)


def has_months(archive: Archive, way: str) -> bool:
    """Return whether the months of a way of dating have pages."""
    return way == ALL or (way != WAYS[0] and Way(archive, way).is_long)


def month_page(archive: Archive, way: str, month: Month) -> ShelfView:
    """Return the page of a month: its days and, where they are few, their events."""
    total, listing = archive.months[way, month], _month_listing(archive, way, month)
    writer = Writer(archive, listing.address)
    view = page(writer, listing, month_shelf(month, total), (), ())
    near = (month_link(writer, way, other) if other is not None else None for other in (total.earlier, total.later))
    return replace(view, earlier=next(near), later=next(near))


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
    path, words = month_slug(month), month_words(archive, month)

    def show(writer: Writer, days: Sequence[Day]) -> Contents:
        slots = (archive.slots[way, *month, day] for day, _, _ in days)
        events = sorted((placed for slot in slots for placed in slot), key=lambda placed: placed.sort_key)
        return Contents(events=tuple(writer.event(placed) for placed in events))

    return Listing(
        title=f"{words} · {WAY_WORDS[way]}" if way else words,
        address=urls.period(way, path),
        section=urls.TIMELINE,
        way=above_months(way),
        measure="条",
        items=archive.months[way, month].days,
        weigh=weigh_day,
        step=lambda day, depth: day_step(month, day[0]),
        show=show,
        place=lambda below: urls.period(way, f"{path}/{below}"),
        remark=lambda days: lunar_line(month, days[0][0]),
        count=lambda days: sum(count for _, count, _ in days),
    )


def above_months(way: str) -> tuple[tuple[str, str], ...]:
    """Return the pages above a month."""
    above = ("时间线", urls.TIMELINE)
    return (above, (WAY_WORDS[way], urls.period(way, ""))) if way else (above,)
