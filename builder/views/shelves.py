"""Lists that may be too long for one page: their parts, and the pages of these."""

from dataclasses import dataclass

from builder.views.basic import EventView, Frame, Link
from builder.views.lists import Branch, Mention, PersonLine
from builder.views.person import ChangeView
from builder.views.timeline import Charts, MonthLink, UndatedBlock


@dataclass(frozen=True)
class ShelfRow:
    """A part of a divided list: its name and address, what is in it (王、汪; 正月初十), how many.

    ``share`` is the length of its bar, 100 for the longest of its list. ``anchor`` is the row's id, where it has one.
    """

    link: Link
    count: int
    remark: str
    share: int
    anchor: str = ""


@dataclass(frozen=True)
class Contents:
    """What stands in a list or in a part of one: people, events, sentences, links and so on."""

    people: tuple[PersonLine, ...] = ()
    events: tuple[EventView, ...] = ()
    undated: tuple[EventView, ...] = ()
    blocks: tuple[UndatedBlock, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    trees: tuple[Branch, ...] = ()
    references: tuple[tuple[str, Link], ...] = ()
    months: tuple[MonthLink, ...] = ()


@dataclass(frozen=True)
class Group:
    """A part of a divided list that is small and stands on the page of the whole: its id, its name, what is in it."""

    anchor: str
    title: str
    contents: Contents


@dataclass(frozen=True)
class ListSection:
    """A list on the page of something else: what stands in it, or the way to it where it has pages of its own.

    ``whole`` leads to the page of the list, ``shelves`` to its parts where that is divided too.
    """

    count: int = 0
    measure: str = ""
    contents: Contents = Contents()
    whole: Link | None = None
    shelves: tuple[ShelfRow, ...] = ()


@dataclass(frozen=True)
class ShelfView:
    """A page of a list that is too long for one: the parts into which it is divided again, or what stands on it.

    ``groups`` are the parts that are small and stand on this page.

    ``count`` is how many there are, ``measure`` their measure word (人, 条); ``earlier`` and ``later`` are the parts
    before and after this one; ``line`` is a gloss of the title (正月初十).
    """

    frame: Frame
    title: str
    count: int
    measure: str
    shelves: tuple[ShelfRow, ...]
    contents: Contents
    groups: tuple[Group, ...] = ()
    earlier: Link | None = None
    later: Link | None = None
    charts: Charts | None = None
    line: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter of an A–Z list; letters without entries stay visible as plain text."""

    letter: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True)
class PeopleView:
    """The index of people, A–Z by pinyin: every line, or in ``shelves`` what stands under which letter."""

    frame: Frame
    letters: tuple[Letter, ...]
    shelves: tuple[ShelfRow, ...]
    groups: tuple[Group, ...]
    count: int
    authors: int
    add: Link | None = None  # 新增人物, on the forge


@dataclass(frozen=True)
class NamesakesView:
    """People of one name: every line, or in ``shelves`` how many there are where."""

    frame: Frame
    name: str
    count: int
    people: tuple[PersonLine, ...]
    shelves: tuple[ShelfRow, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class TimelineView:
    """The timeline: its picture and its list, or how many events each month has; what has no date; parts of it.

    ``months`` are all that have pages, or in ``shelves`` and ``groups`` the years where they are too many; ``is_dense``
    says that the events stand on those pages only. ``vague`` leads to what is of no month. ``ways`` and ``regions``
    lead to the events dated in one way, and to those of one region.
    """

    frame: Frame
    count: int
    charts: Charts | None
    events: tuple[EventView, ...]
    months: tuple[MonthLink, ...]
    is_dense: bool
    shelves: tuple[ShelfRow, ...]
    groups: tuple[Group, ...]
    vague: Link | None
    undated: ListSection
    ways: tuple[ShelfRow, ...]
    regions: tuple[ShelfRow, ...]
