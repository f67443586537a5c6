"""The pages of days that are too much for the page of their month, and of what is dated but of no month."""

from collections.abc import Iterator
from dataclasses import replace

from builder import urls
from builder.archive import Archive
from builder.archive.calendar import VAGUE, Slot
from builder.archive.days import day_step
from builder.pages.dated import lunar_line, month_slug, month_words
from builder.pages.entries import Told, by_person, show_events, surnames, told, weigh
from builder.pages.frame import Writer
from builder.pages.listing import Listing, shelf_pages
from builder.pages.months import above_months, has_months
from builder.pages.ways import WAY_WORDS, Way, vague_listing
from builder.views import Link, ShelfView


def day_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the pages of each day that has any, and of what is of no month."""
    for slot in archive.days:
        yield from day_pages_of(archive, slot)


def day_pages_of(archive: Archive, slot: Slot) -> Iterator[ShelfView]:
    """Yield the page of a day, or of what is of no month, and those of its parts, A–Z by person, if it is divided."""
    way = slot[0]
    if slot[1:] == VAGUE:
        if Way(archive, way).is_long:
            yield from shelf_pages(archive, vague_listing(archive, way))
    elif has_months(archive, way):
        yield from _pages(archive, slot)


def _pages(archive: Archive, slot: Slot) -> Iterator[ShelfView]:
    way, year, month, day = slot
    listing = _listing(archive, slot)
    views = shelf_pages(archive, listing)
    writer = Writer(archive, listing.address)
    near = (
        Link(day_step((year, month), other).label, writer.href(_address((way, year, month, other))))
        if other is not None
        else None
        for other in archive.days[slot]
    )
    yield replace(next(views), earlier=next(near), later=next(near), line=lunar_line((year, month), day))
    yield from views


def _listing(archive: Archive, slot: Slot) -> Listing[Told]:
    """Return the list of a day, or of what may be of several days of a month."""
    way = slot[0]
    return Listing(
        title=_title(archive, slot),
        address=_address(slot),
        section=urls.TIMELINE,
        way=(*above_months(way), (month_words(archive, slot[1:3]), urls.period(way, month_slug(slot[1:3])))),
        measure="条",
        items=tuple(told(archive, placed) for placed in archive.slots[slot]),
        weigh=weigh,
        step=by_person,
        show=show_events,
        place=lambda below: _address(slot, below),
        remark=surnames,
    )


def _title(archive: Archive, slot: Slot) -> str:
    """Return the day in words, with the year; one that no source prints is bracketed, as in the title of the month."""
    way, day = slot[0], slot[3]
    words = month_words(archive, slot[1:3])
    year = words.partition("年")[0] + ("年］" if words.startswith("［") else "年")
    return (year if day else words) + day_step(slot[1:3], day).label + (f" · {WAY_WORDS[way]}" if way else "")


def _address(slot: Slot, part: str = "") -> str:
    """Return the address of a day, or of a part of its list."""
    path = f"{month_slug(slot[1:3])}/{day_step(slot[1:3], slot[3]).slug}"
    return urls.period(slot[0], f"{path}/{part}" if part else path)
