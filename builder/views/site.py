"""The home page, the pages of prose, and those about the site itself."""

from dataclasses import dataclass

from builder.views.basic import Frame, Link
from builder.views.person import ChangeView
from builder.views.shelves import ShelfRow
from builder.views.timeline import Chart, MonthLink


@dataclass(frozen=True)
class Card:
    """A person on the home page, in words of the editor, an act only."""

    person: Link
    place: tuple[Link, ...]
    summary: str


@dataclass(frozen=True)
class HomeView:
    """The home page: counts and span computed, a card a person, the timeline as a thumbnail.

    ``is_latest`` says that the cards are the latest additions only. Where events are too many for a thumbnail,
    ``months`` are those that have most.
    """

    frame: Frame
    documents: int
    people: int
    span: str
    cards: tuple[Card, ...]
    more: int
    chart: Chart | None
    timeline: Link | None = None  # where the thumbnail leads
    indexes: tuple[Link, ...] = ()  # 按人物 A–Z, 按机构, 按地区; the first is where ``more`` leads
    months: tuple[MonthLink, ...] = ()
    is_latest: bool = False


@dataclass(frozen=True)
class TextView:
    """A page of prose: about, editorial policy, corrections."""

    frame: Frame
    html: str


@dataclass(frozen=True)
class ColumnView:
    """A column of a table, as the page 数据 explains it; ``rule`` says what it must hold."""

    name: str
    title: str
    meaning: str
    rule: str


@dataclass(frozen=True)
class DataTable:
    """A table of the data: its file, what it is about, how many rows it has, its columns."""

    file: Link
    anchor: str
    title: str
    meaning: str
    rows: int
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True)
class DataView:
    """The page 数据: every file for programmes, ``files`` with what each is, and the tables column by column."""

    frame: Frame
    files: tuple[tuple[Link, str], ...]
    tables: tuple[DataTable, ...]


@dataclass(frozen=True)
class ChangesView:
    """The page of all that was added, changed and withdrawn; in ``shelves`` the months, where that is long."""

    frame: Frame
    changes: tuple[ChangeView, ...]
    shelves: tuple[ShelfRow, ...] = ()


@dataclass(frozen=True)
class SearchView:
    """The page of the search; ``indexes`` are the other ways to find something."""

    frame: Frame
    indexes: tuple[Link, ...]


@dataclass(frozen=True)
class NotFoundView:
    """The page for an address that is not there."""

    frame: Frame


@dataclass(frozen=True)
class WithdrawnView:
    """The tombstone of a withdrawn item: it names nobody and gives only the day."""

    frame: Frame
    day: str


@dataclass(frozen=True)
class RedirectView:
    """The page at a former address: it leads on to where its contents are now."""

    frame: Frame
    target: Link
