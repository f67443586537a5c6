"""The events that are dated in one way, or all: whether one page holds them, and those that are of no month.

How many there are and what they weigh is known without looking at any; only those are fetched that are to be shown.
"""

from functools import cached_property

from builder import urls
from builder.archive import Archive, PlacedEvent
from builder.archive.calendar import ALL, VAGUE
from builder.archive.days import UNDATED, EventSum
from builder.pages import dated
from builder.pages.drawing import MARKS, charts, charts_weight
from builder.pages.entries import Told, by_person, show_events, surnames, told, weigh
from builder.pages.listing import Listing, below
from builder.shelves import ROOM
from builder.views import Charts

WAY_WORDS = {"printed": "文中印有", "named-day": "节日换算", "counted": "推算"}
NOTHING = EventSum(0, 0, 0, is_act=False)


class Way:
    """All events (``ALL``), with those that have no date, or those that are dated in one way."""

    def __init__(self, archive: Archive, way: str) -> None:
        self.archive, self.way = archive, way

    @property
    def total(self) -> EventSum:
        """The sum of what is dated."""
        return self.archive.ways.get(self.way, NOTHING)

    @property
    def undated(self) -> EventSum:
        """The sum of what has no date, if that belongs here."""
        return self.archive.ways.get(UNDATED, NOTHING) if self.way == ALL else NOTHING

    @cached_property
    def events(self) -> tuple[PlacedEvent, ...]:
        """What is dated, in order of time."""
        slots = self.archive.slots
        found = {
            (placed.document, placed.number): placed for slot in slots if slot[0] == self.way for placed in slots[slot]
        }
        return tuple(sorted(found.values(), key=lambda placed: placed.sort_key))

    @cached_property
    def charts(self) -> Charts | None:
        """The picture; None where the events are too many to draw."""
        return charts(self.archive, self.events) if self.total.count <= MARKS else None

    @cached_property
    def is_long(self) -> bool:
        """Whether a page would be too long with all events and their picture."""
        if self.way in self.archive.long_ways:
            return True
        return charts_weight(self.charts) + self.total.weight + self.undated.weight > ROOM

    @property
    def is_undated_apart(self) -> bool:
        """Whether what has no date has a page of its own."""
        return UNDATED in self.archive.long_ways and self.is_long

    @property
    def has_vague(self) -> bool:
        """Whether what is of no month has a page of its own."""
        return bool(self.total.vague) and self.is_long


def vague_address(way: str) -> str:
    """Return the address of what is dated in a way but of no month."""
    return urls.period(way, "vague")


def vague_listing(archive: Archive, way: str) -> Listing[Told]:
    """Return the list of events that are of no month."""
    items = tuple(told(archive, placed) for placed in archive.slots.get((way, *VAGUE), ()))
    address = vague_address(way)
    return Listing(
        dated.VAGUE.label, address, urls.TIMELINE, (("时间线", urls.TIMELINE),), "条", items, weigh, by_person,
        show_events, below(address), surnames,
    )  # fmt: skip
