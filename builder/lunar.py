"""The Chinese calendar: days in, the words for them out.

Takes days from 1900-01-31 to 2100-02-08, the years that the package ``borax`` knows; for any other day, and in the
few months of which its table is not sure, there are no words. Months and days are called as people call them: 正月初五,
腊月三十, 闰四月廿三.
"""

from datetime import date, timedelta
from functools import cache

from borax.calendars.lunardate import LunarDate

FIRST = date(1900, 1, 31)
LAST = date(2100, 2, 8)
DAY = timedelta(days=1)
# Months that the table begins on another day than computed almanacs, because the new moon falls within minutes of
# midnight. Better no lunar day than a wrong one.
UNSURE = (
    (date(2089, 9, 4), date(2089, 10, 3)),
    (date(2097, 8, 7), date(2097, 9, 5)),
)

MONTHS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
DIGITS = "一二三四五六七八九"
DAYS = (
    *(f"初{digit}" for digit in DIGITS),
    "初十",
    *(f"十{digit}" for digit in DIGITS),
    "二十",
    *(f"廿{digit}" for digit in DIGITS),
    "三十",
)
# By month and day. 除夕 is the day before the first of 正月, whichever number it has.
FESTIVALS = {
    (1, 1): "春节",
    (1, 15): "元宵",
    (5, 5): "端午",
    (7, 7): "七夕",
    (8, 15): "中秋",
    (9, 9): "重阳",
    (12, 8): "腊八",
}
# The days that get a tick, beside the first of every month.
TICKS = ("除夕", "元宵", "端午", "中秋", "重阳")


@cache
def lunar_name(day: date) -> str:
    """Return 正月初五, 腊月三十, 闰四月初一; empty where the calendar is not known."""
    return lunar_month(day) + _day_word(day)


def lunar_month(day: date) -> str:
    """Return 正月, 腊月, 闰四月; empty where the calendar is not known."""
    lunar = _lunar(day)
    return ("闰" if lunar.leap else "") + MONTHS[lunar.month - 1] if lunar else ""


@cache
def festival(day: date) -> str:
    """Return 除夕, 春节, 元宵, 端午, 七夕, 中秋, 重阳 or 腊八; empty on any other day."""
    lunar = _lunar(day)
    if lunar is None:
        return ""
    # The known years end with a 除夕.
    if day == LAST or lunar_name(day + DAY) == "正月初一":
        return "除夕"
    return "" if lunar.leap else FESTIVALS.get((lunar.month, lunar.day), "")


def lunar_day(day: date) -> str:
    """Return the lunar day with its festival: 正月初五, 腊月三十（除夕）; empty where the calendar is not known."""
    name = festival(day)
    return lunar_name(day) + (f"（{name}）" if name else "")


def lunar_span(first: date, last: date) -> str:
    """Return 正月初一至廿九, 腊月三十至正月初五; empty where the calendar of either end is not known."""
    month, end = lunar_month(first), lunar_name(last)
    if not month or not end:
        return ""
    same_month = lunar_month(last) == month and (last - first).days < len(DAYS)
    return f"{lunar_name(first)}至{_day_word(last) if same_month else end}"


def is_lunar_month(first: date, last: date) -> bool:
    """Return whether the days from ``first`` to ``last`` are one whole lunar month."""
    if _day_word(first) != "初一" or lunar_month(first) != lunar_month(last) or (last - first).days >= len(DAYS):
        return False
    return last == LAST or _day_word(last + DAY) == "初一"


def lunar_ticks(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Return the days by which people count, from ``first`` to ``last``, with their words: 除夕, 初一, 二月初一."""
    ticks = []
    for number in range((last - first).days + 1):
        day = first + number * DAY
        name = lunar_name(day)
        if festival(day) in TICKS:
            ticks.append((day, festival(day)))
        elif name.endswith("初一"):
            ticks.append((day, name.removeprefix("正月")))
    return tuple(ticks)


def _day_word(day: date) -> str:
    lunar = _lunar(day)
    return DAYS[lunar.day - 1] if lunar else ""


@cache  # an archive has far fewer days than places that show them
def _lunar(day: date) -> LunarDate | None:
    if not FIRST <= day <= LAST or any(first <= day <= last for first, last in UNSURE):
        return None
    return LunarDate.from_solar_date(day.year, day.month, day.day)
