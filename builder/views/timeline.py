"""The timeline: its picture, its list, its months."""

from dataclasses import dataclass

from builder.views.basic import EventView, Frame, Link


@dataclass(frozen=True)
class Tick:
    """A tick of the chart's axis, at so many pixels from its start: ``kind`` is week, month or lunar.

    ``side`` says on which side of the tick its label stands where two crowd: before, after, or "" for the middle.
    """

    at: float
    label: str
    kind: str
    side: str = ""


@dataclass(frozen=True)
class Mark:
    """A mark of the chart, between two points along the axis (equal for a day) and in a lane.

    ``shape`` is printed ●, named ◆, counted ○, set [○], range (a bar), open (a bar with an arrow) or background (a
    band). ``at`` is the point itself; None where no day is likelier than another. ``row`` is above 0 for a mark that
    would lie on another of its lane. ``number_at`` is where the number stands; number 0 is none. ``firm`` says that
    both ends of a bar are printed: else they are hollow. ``open_start`` and ``open_end`` say which side is not given.
    """

    number: int
    shape: str
    start: float
    end: float
    at: float | None
    lane: int
    row: int
    number_at: float
    firm: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Chart:
    """The picture of the timeline: lengths in pixels along the axis, lanes counted from 0.

    The first ``bands`` lanes are spans of public time, the others people. ``title`` and ``description`` are what
    those who listen get.
    """

    length: float
    lanes: tuple[str, ...]
    bands: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    title: str
    description: str


@dataclass(frozen=True)
class UndatedBlock:
    """The undated events of one person, in the order of the text."""

    person: Link
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class MonthLink:
    """A month that has a page: 2020年1月, its address, how many events touch it."""

    link: Link
    count: int


@dataclass(frozen=True)
class TimelineView:
    """The timeline: the chart twice (wide and upright), the list, and what has no date."""

    frame: Frame
    wide: Chart | None
    upright: Chart | None
    events: tuple[EventView, ...]
    undated: tuple[UndatedBlock, ...]
    months: tuple[MonthLink, ...]


@dataclass(frozen=True)
class MonthView:
    """The events that touch one month."""

    frame: Frame
    events: tuple[EventView, ...]
    earlier: Link | None
    later: Link | None
