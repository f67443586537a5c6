"""The timeline: its picture, its list, its months."""

from dataclasses import dataclass

from builder.views.basic import EventView, Link


@dataclass(frozen=True)
class Tick:
    """A tick of the chart's axis, at so many pixels from its start: ``kind`` is week, month or lunar.

    ``label`` is empty where there is no room for it. ``side`` says on which side of the tick its label stands where two
    crowd: before, after, or "" for the middle.
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

    The first ``bands`` lanes are spans of public time, the others people. ``breaks`` are where the axis leaves days
    out, each ``break_length`` long; ``omitted`` says in words which. ``title`` and ``description`` are what those who
    listen get.
    """

    length: float
    lanes: tuple[str, ...]
    bands: int
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    breaks: tuple[float, ...]
    break_length: float
    omitted: str
    title: str
    description: str


@dataclass(frozen=True)
class Bars:
    """How many events lie on each day of a month: for each day that has any, the height of its bar in pixels.

    ``ticks`` are days with a name (除夕), ``busiest`` says in words which day has most.
    """

    days: int
    bars: tuple[tuple[int, int], ...]
    ticks: tuple[tuple[int, str], ...]
    busiest: str


@dataclass(frozen=True)
class UndatedBlock:
    """The undated events of one person, in the order of the text."""

    person: Link
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class MonthLink:
    """A month that has a page: 2020年1月, its address, how many events touch it; ``bars`` where they are many."""

    link: Link
    count: int
    bars: Bars | None = None


@dataclass(frozen=True)
class Charts:
    """The picture of some events, twice: for wide screens and, upright, for narrow ones."""

    wide: Chart
    upright: Chart
