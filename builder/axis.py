"""The axis of a chart: days in, places in pixels out, and the ticks by which they are read.

Weeks in which nothing begins or ends are left out where they would press the others together: the axis is broken there.
An axis begins and ends on a Monday, and so does each of its pieces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from builder.lunar import festival, lunar_ticks
from builder.views import Tick

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WHOLE = 84  # days: an axis of twelve weeks is never broken, for a day has 12 px even on a narrow desk
QUIET = 35  # days without anything: five weeks, of which three and more can be left out
# Two lunar labels closer than this stand on the far sides of their ticks (除夕 and 初一).
LABEL_GAP = 40.0


@dataclass(frozen=True)
class Paper:
    """What an axis is drawn on: pixels a day at most, pixels in all at most, and how far apart labels have to be."""

    scale: float
    length: float
    label: float


# After the wireframe of the timeline: 20 px a day across and 12 px down. 980 px fit a desk; down a screen one scrolls.
WIDE, UPRIGHT = Paper(20.0, 980.0, 62.0), Paper(12.0, 2400.0, 20.0)


@dataclass(frozen=True)
class Piece:
    """A run of days on the axis, both ends included, and the place of the first."""

    first: date
    last: date
    at: float


@dataclass(frozen=True)
class Axis:
    """Days in their places. Between two pieces lies a break, as wide as a label."""

    pieces: tuple[Piece, ...]
    scale: float
    paper: Paper

    @property
    def length(self) -> float:
        """The length in pixels."""
        return self.at(self.pieces[-1].last)

    @property
    def breaks(self) -> tuple[float, ...]:
        """Where the breaks begin, in pixels."""
        return tuple(piece.at - self.paper.label for piece in self.pieces[1:])

    @property
    def omitted(self) -> tuple[tuple[date, date], ...]:
        """The days that are left out: the first and the last of each break."""
        pairs = zip(self.pieces, self.pieces[1:], strict=False)
        return tuple((before.last + DAY, after.first - DAY) for before, after in pairs)

    def at(self, day: date) -> float:
        """Return the place of a day of the axis; nothing lies in a break."""
        piece = next(piece for piece in self.pieces if day <= piece.last)
        return piece.at + (day - piece.first).days * self.scale


def make_axis(days: Sequence[date], paper: Paper) -> Axis:
    """Return the axis for some days, at least one; each has its place on it."""
    runs = _runs(sorted(set(days)))
    shown = sum((last - first).days for first, last in runs)
    room = paper.length - paper.label * (len(runs) - 1)
    scale = min(paper.scale, max(room, paper.length / 2) / shown)
    pieces, at = [], 0.0
    for first, last in runs:
        pieces.append(Piece(first, last, at))
        at += (last - first).days * scale + paper.label
    return Axis(tuple(pieces), scale, paper)


def days_shown(axis: Axis) -> int:
    """Return how many days an axis shows."""
    return sum((piece.last - piece.first).days for piece in axis.pieces)


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return from which Monday to which Monday each piece goes."""
    first, last = monday_before(days[0]), monday_after(days[-1])
    if (last - first).days <= WHOLE:
        return [(first, last)]
    runs = []
    for day, following in zip(days, days[1:], strict=False):
        if (following - day).days > QUIET:
            runs.append((first, monday_after(day)))
            first = monday_before(following)
    return [*runs, (first, last)]


def monday_before(day: date) -> date:
    """Return the last Monday before a day: a mark never lies on the edge."""
    return day - timedelta(days=day.weekday() or 7)


def monday_after(day: date) -> date:
    """Return the first Monday that leaves at least two days after a day: room for the head of an arrow."""
    edge = day + timedelta(days=2)
    return edge + timedelta(days=-edge.weekday() % 7)


def ticks(axis: Axis) -> Iterator[Tick]:
    """Yield the Mondays, the first days of months, and the days by which the Chinese calendar is counted."""
    year = axis.pieces[-1].last.year if axis.pieces[0].first.year == axis.pieces[-1].last.year else 0
    for piece in axis.pieces:
        yield from _weeks(axis, piece, shows_year=piece.first.year != year)
        year = piece.last.year
    several = axis.pieces[0].first.year != axis.pieces[-1].last.year
    for piece in axis.pieces:
        for number in range((piece.last - piece.first).days + 1):
            day = piece.first + timedelta(days=number)
            if day.day == 1:
                words = f"{day.year}年" if day.month == 1 and several else ""
                yield Tick(axis.at(day), f"{words}{day.month}月", "month")
    for piece in axis.pieces:
        yield from _lunar(axis, piece)


def _weeks(axis: Axis, piece: Piece, *, shows_year: bool) -> Iterator[Tick]:
    """Yield the Mondays of a piece; where they are close only some have their date. The first may have its year."""
    each = int(-(-axis.paper.label // (7 * axis.scale)))
    for number in range((piece.last - piece.first).days // 7 + 1):
        day = piece.first + number * WEEK
        label = f"{day.month}/{day.day}" if number % each == 0 else ""
        yield Tick(axis.at(day), f"{day.year}/{label}" if shows_year and not number else label, "week")


def _lunar(axis: Axis, piece: Piece) -> Iterator[Tick]:
    """Yield the lunar days of a piece; where half a month has no room for two labels, the festivals alone."""
    days = lunar_ticks(piece.first, piece.last)
    if 14 * axis.scale < axis.paper.label:
        days = tuple((day, label) for day, label in days if festival(day) == label)
    lunar = [(axis.at(day), label) for day, label in days]
    for number, (at, label) in enumerate(lunar):
        crowds_next = number + 1 < len(lunar) and lunar[number + 1][0] - at < LABEL_GAP
        crowds_last = number > 0 and at - lunar[number - 1][0] < LABEL_GAP
        yield Tick(at, label, "lunar", "before" if crowds_next else "after" if crowds_last else "")
