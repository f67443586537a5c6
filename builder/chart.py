"""The chart of the timeline: dated events in, a ``Chart`` of plain lengths out; the template draws it either way up.

Places are pixels along the axis of time (``builder.axis``). A chart that would be too long or too crowded to read is
not drawn at all: the list under it says the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.axis import Axis, Paper, days_shown, make_axis, ticks
from builder.date_words import date_shape, show_span
from builder.dates import Edtf
from builder.views import Chart, Mark

EDGE = timedelta(days=14)  # of the calendar, which an axis may not leave
# Above these a chart cannot be read: 400 days have 2.4 px each on a desk, and 12 lanes leave 26 px each on a phone.
MAX_DAYS = 400
MAX_LANES = 12
# What numbers of 15 px need between their middles, upright (their height) or wide (their digits), and how close two
# marks of 12 px may come before they overlap.
NUMBER_GAP = 16.0
DIGIT_GAP = 10.0
MARK_GAP = 10.0
MAX_NAMED = 3  # breaks of the axis that are named one by one

POINTS = ("printed", "named", "counted", "set")
SPANS = ("range", "open")


@dataclass(frozen=True)
class ChartItem:
    """An event to be drawn: its number in the list (0 for none), when, how that is known, and in whose lane.

    ``lane`` is the lane's label: the person's name, or for the scope background what the time is called (正月).
    ``person`` tells namesakes apart. ``preferred`` is the likeliest day of a set; ``supplied`` says whether the year
    is the editor's.
    """

    number: int
    date: Edtf
    basis: str
    scope: str
    lane: str
    preferred: Edtf | None = None
    person: str = ""
    supplied: bool = False

    @property
    def lane_key(self) -> tuple[bool, str, str]:
        """What makes a lane: background time comes first, namesakes have a lane each."""
        return (self.scope != "background", self.lane, self.person)


def has_mark(date: Edtf, basis: str) -> bool:
    """Return whether a date can be drawn: it has a day or a month, and not only bounds from the order of the text.

    A date known to the year alone would be a bar over everything, and says as much in the list.
    """
    bounded = date.earliest is not None or date.latest is not None
    return basis != "ordered" and bounded and date.precision in ("day", "month")


def draw_chart(items: Sequence[ChartItem], *, paper: Paper, title: str) -> Chart | None:
    """Return the chart of the items that have a mark.

    None where nothing can be drawn, above ``MAX_DAYS`` days that are shown or ``MAX_LANES`` lanes, and at the ends of
    the calendar.
    """
    drawn = sorted((item for item in items if has_mark(item.date, item.basis)), key=lambda item: item.date.sort_key)
    if not drawn:
        return None
    days = [day for item in drawn for day in _key_days(item)]
    if min(days) < date.min + EDGE or max(days) > date.max - EDGE:
        return None  # the axis would leave the calendar
    axis = make_axis(days, paper)
    lanes = sorted(dict.fromkeys(item.lane_key for item in drawn), key=lambda lane: lane[0])
    if days_shown(axis) > MAX_DAYS or len(lanes) > MAX_LANES:
        return None
    marks = [mark for item in drawn for mark in _marks(item, lanes.index(item.lane_key), axis)]
    omitted = _omitted(axis, drawn)
    return Chart(
        length=axis.length,
        lanes=tuple(label for _, label, _ in lanes),
        bands=sum(not is_person for is_person, _, _ in lanes),
        ticks=tuple(ticks(axis)),
        marks=tuple(_spread_numbers(_stack(marks))),
        breaks=axis.breaks,
        break_length=paper.label,
        omitted=omitted,
        title=title,
        description=_describe(drawn, min(days), max(days), omitted),
    )


def _key_days(item: ChartItem) -> Iterator[date]:
    """Yield the days of an item that have to have their places: where it begins and ends, and its likeliest day."""
    preferred = (item.preferred,) if item.preferred is not None else ()
    for meant in (item.date, *(item.date.members if item.date.kind == "all" else ()), *preferred):
        yield from (day for day in (meant.earliest, meant.latest) if day is not None)


def _omitted(axis: Axis, drawn: Sequence[ChartItem]) -> str:
    """Return which days the axis leaves out: 2003年8月5日至9月21日、…; empty where it is whole."""
    supplied = all(item.supplied for item in drawn)
    spans = [show_span(first, last, supplied) for first, last in axis.omitted]
    return "、".join(spans) if len(spans) <= MAX_NAMED else f"共{len(spans)}段"


def _marks(item: ChartItem, lane: int, axis: Axis) -> Iterator[Mark]:
    """Yield the marks of an item: one, or one for each of several days that are all meant."""
    for meant in item.date.members if item.date.kind == "all" else (item.date,):
        shape = "background" if item.scope == "background" else date_shape(meant, item.basis)
        start = axis.at(meant.earliest) if meant.earliest else 0.0
        end = axis.at(meant.latest) if meant.latest else axis.length
        at: float | None = start if shape in ("printed", "named", "counted") else None
        if shape == "set" and item.preferred and item.preferred.earliest and item.preferred.is_day:
            at = axis.at(item.preferred.earliest)
        yield Mark(
            number=item.number,
            shape=shape,
            start=start,
            end=end,
            at=at,
            lane=lane,
            row=0,
            number_at=_number_at(shape, start, end, at, date_is_open=meant.earliest is None),
            firm=item.basis in ("printed", "named-day") and _is_firm(meant),
            open_start=meant.earliest is None,
            open_end=meant.latest is None,
        )


def _number_at(shape: str, start: float, end: float, at: float | None, *, date_is_open: bool) -> float:
    """Return where the number stands: by the point, else by the known end of an open bar, else in the middle."""
    if at is not None:
        return at
    if shape in ("open", "background"):
        return end if date_is_open else start
    return (start + end) / 2


def _is_firm(date: Edtf) -> bool:
    return date.precision == "day" and not (date.uncertain or date.approximate)


def _stack(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks, each in the first row of its lane in which it lies on no other of its family."""
    placed: list[Mark] = []
    for mark in marks:
        family = next((shapes for shapes in (POINTS, SPANS) if mark.shape in shapes), (mark.shape,))
        near = [other for other in placed if other.lane == mark.lane and other.shape in family and _touch(mark, other)]
        taken = {other.row for other in near}
        placed.append(replace(mark, row=next(row for row in range(len(taken) + 1) if row not in taken)))
        yield placed[-1]


def _touch(mark: Mark, other: Mark) -> bool:
    return mark.start - MARK_GAP < other.end and other.start - MARK_GAP < mark.end


def _spread_numbers(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks with the numbers of each lane far enough apart, moved as little as may be."""
    result = list(marks)
    for lane in {mark.lane for mark in result}:
        indexes = [index for index, mark in enumerate(result) if mark.lane == lane and mark.number]
        indexes.sort(key=lambda index: (result[index].number_at, result[index].number))
        gap = max([NUMBER_GAP, *(DIGIT_GAP * len(str(result[index].number)) for index in indexes)])
        # Each group of numbers that touch lies evenly around the middle of where its members wanted to be.
        groups: list[list[float]] = []
        for place, index in enumerate(indexes):
            groups.append([result[index].number_at - place * gap])
            while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
                groups[-2:] = [groups[-2] + groups[-1]]
        places = [_mean(group) for group in groups for _ in group]
        for place, index in enumerate(indexes):
            result[index] = replace(result[index], number_at=places[place] + place * gap)
    return result


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _describe(drawn: Sequence[ChartItem], first: date, last: date, omitted: str) -> str:
    """Return the sentence for those who listen to the chart."""
    acts = [item for item in drawn if item.scope != "background"]
    names = list(dict.fromkeys(item.lane_key for item in acts))
    times = dict.fromkeys(item.lane for item in drawn if item.scope == "background")
    span = show_span(first, last, all(item.supplied for item in drawn))
    people = f"，{'、'.join(name for _, name, _ in names)}共{len(names)}行、{len(acts)}件事" if acts else ""
    background = f"，另有背景时段：{'、'.join(times)}" if times else ""
    gaps = f"；图中略去，其间无事起止：{omitted}" if omitted else ""
    return f"{span}{people}{background}{gaps}；图中所示，下面的列表都有。"
