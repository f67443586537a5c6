"""How thick events lie: the days of months in, a row of bars for each month out; the template draws it.

Where people are too many for a lane each, the timeline shows how many events there are, a bar a day, every month to the
same scale, with a way into each month.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date

from builder.archive.calendar import Month, MonthSum
from builder.lunar import festival, lunar_name
from builder.views import Bars

TALLEST = 36  # pixels
TELLING = 5  # events; fewer on a day are not worth the words, nor less than twice as many as on others
NAMED = ("除夕", "元宵", "端午", "中秋")


def bars(months: Sequence[tuple[Month, MonthSum]]) -> tuple[Bars, ...]:
    """Return the bars of each month; the tallest day of all of them has the full height."""
    tallest = max((count for _, total in months for day, count, _ in total.days if day), default=1)
    return tuple(_bars(month, total, tallest) for month, total in months)


def _bars(month: Month, total: MonthSum, tallest: int) -> Bars:
    counts = [(day, count) for day, count, _ in total.days if day]
    return Bars(
        days=monthrange(*month)[1],
        bars=tuple((day, -(-TALLEST * count // tallest)) for day, count in counts),
        ticks=tuple(_ticks(month)),
        busiest=_busiest(month, counts),
    )


def _ticks(month: Month) -> Iterable[tuple[int, str]]:
    """Yield the days of a month by which people count: 除夕, 元宵; their labels stand within the row."""
    last = monthrange(*month)[1]
    for number in range(1, last + 1):
        name = festival(date(*month, number))
        if name in NAMED:
            yield min(max(number, 2), last - 1), name


def _busiest(month: Month, counts: Sequence[tuple[int, int]]) -> str:
    """Return in words on which day most events lie, with its lunar day; nothing where that would say nothing."""
    most = max((count for _, count in counts), default=0)
    days = [day for day, count in counts if count == most]
    mean = sum(count for _, count in counts) / max(1, len(counts))
    if most < TELLING or most < 2 * mean or len(days) > 1:
        return ""
    day = date(*month, days[0])
    return f"{day.day}日（{festival(day) or lunar_name(day)}）最多，{most}条"
