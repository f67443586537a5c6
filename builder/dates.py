"""Dates: EDTF text in, frozen values out.

Takes what an editor wrote after ``date:``; gives an ``Edtf`` with its bounds, its precision and its doubt, or raises a
``DateError`` that says in Chinese what to write instead. The forms are those of ISO 8601-2 (EDTF) level 0 and 1, and
from level 2 the sets ``[a,b]`` and ``{a,b}``. Why not a library: ``docs/decisions/dates.md``.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from builder.date_advice import advise

Kind = Literal["single", "interval", "set", "all"]
Precision = Literal["day", "month", "season", "year", "decade", "century"]

# From fine to coarse: a date of several parts is no more precise than its coarsest part.
PRECISIONS: tuple[Precision, ...] = ("day", "month", "season", "year", "decade", "century")
# What is known of a year, by the number of its X.
YEAR_PRECISIONS: tuple[Precision, ...] = ("year", "decade", "century")

# EDTF names the seasons without saying when they begin. Both reckonings in use in China, by 立春 and by whole months,
# must fit in; winter is called after the year in which it begins.
SEASONS = {"21": (2, 5), "22": (5, 8), "23": (8, 11), "24": (11, 2)}

SINGLE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
NUMBERED = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


class DateError(ValueError):
    """A date that cannot be read: what is wrong (``message``) and what to write (``mend``), both in Chinese."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True)
class Edtf:
    """A date as written in ``text``, with the earliest and the latest day it can mean.

    ``earliest`` or ``latest`` is None where that side is open or unknown. ``kind`` is single, interval (``start`` to
    ``end``, None where open or unknown), set (one of ``members``) or all (each of ``members``); a member is a single
    or an interval. ``parts`` of a single are its year, month and day as written: ("2020", "02", "XX").
    """

    text: str
    kind: Kind
    earliest: date | None
    latest: date | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False
    parts: tuple[str, ...] = ()
    start: "Edtf | None" = None
    end: "Edtf | None" = None
    members: tuple["Edtf", ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)  # which says it all; dates are what much is remembered by

    @property
    def sort_key(self) -> tuple[date, date]:
        """The order of dates: by the earliest possible day, then by the latest."""
        return (self.earliest or date.min, self.latest or date.max)

    @property
    def is_day(self) -> bool:
        """Whether this is one certain day."""
        return self.kind == "single" and self.precision == "day" and not (self.uncertain or self.approximate)

    @property
    def is_plain(self) -> bool:
        """Whether this is one certain day, month or year: what standards that know no EDTF can write as well."""
        is_certain = self.kind == "single" and not (self.uncertain or self.approximate)
        return is_certain and self.precision != "season" and all(part.isdigit() for part in self.parts)


def parse_edtf(text: str) -> Edtf:
    """Return the date that ``text`` means.

    Raises ``DateError`` for a day that does not exist, for an interval whose ends are reversed, and for every other
    way of writing: with the right one, where it can be told.
    """
    found = _read(text)
    if found is not None:
        return found
    candidate, wrong, mend = advise(text)
    if candidate and _read(candidate) is not None:
        mend = f"请写成 {candidate}。"
    raise DateError(wrong or f"日期“{text}”的写法不对。", mend)


@lru_cache(maxsize=20_000)  # the same days are written in many profiles
def _read(text: str) -> Edtf | None:
    """Return the date, or None where the text has not the form of one; raises ``DateError`` for an impossible one."""
    if text[:1] in ("[", "{"):
        return _read_set(text)
    if "/" in text:
        return _read_interval(text)
    return _read_single(text)


@lru_cache(maxsize=20_000)  # and so are the ends of spans
def _read_single(text: str) -> Edtf | None:
    match = SINGLE.fullmatch(text)
    if match is None:
        return None
    year, month, day, mark = match.group(1), match.group(2) or "", match.group(3) or "", match.group(4)
    blurred = "X" in text
    if ("X" in year and month) or (month == "XX" and day not in ("", "XX")) or (blurred and mark):
        return None
    if month in SEASONS and day:
        raise DateError(f"日期“{text}”的写法不对：季节后面不写日。", f"请写成 {year}-{month}{mark}。")
    earliest, latest = _bounds(year, month, day)
    parts = tuple(part for part in (year, month, day) if part)
    return Edtf(text, "single", earliest, latest, _precision(parts), mark in ("?", "%"), mark in ("~", "%"), parts)


def _precision(parts: tuple[str, ...]) -> Precision:
    """Return how much is known: XX for a month or a day adds nothing to what stands before it."""
    known = [part for part in parts if part != "XX"]
    if len(known) == 1:
        return YEAR_PRECISIONS[known[0].count("X")]
    if known[1] in SEASONS:
        return "season"
    return "month" if len(known) == 2 else "day"


def _bounds(year: str, month: str, day: str) -> tuple[date, date]:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise DateError(f"没有公元{year}年。", "年份写 0001 到 9999 之间的四位数字。")
    if month in ("", "XX"):
        return date(first, 1, 1), date(last, 12, 31)
    if month in SEASONS:
        begin, end = SEASONS[month]
        closing = first + (end < begin)
        if closing > date.max.year:
            return date(first, begin, 1), date.max
        return date(first, begin, 1), date(closing, end, monthrange(closing, end)[1])
    number = int(month)
    if not 1 <= number <= 12:
        raise DateError(f"没有{number}月。", "月份写 01 到 12；季节写 21（春）、22（夏）、23（秋）、24（冬）。")
    length = monthrange(first, number)[1]
    if day in ("", "XX"):
        return date(first, number, 1), date(first, number, length)
    if not 1 <= int(day) <= length:
        raise DateError(
            f"没有这一天：{first}年{number}月只有{length}天，没有{int(day)}日。",
            f"请对照原文改正；如果只知道月份，写 {year}-{month}。",
        )
    return date(first, number, int(day)), date(first, number, int(day))


def _read_interval(text: str) -> Edtf | None:
    sides = text.split("/")
    if len(sides) != 2:
        return None
    start, end = (_read_single(side) for side in sides)
    if start is None and end is None and all(side in ("", "..") for side in sides):
        raise DateError(f"日期“{text}”两头都没有日子。", "至少写明一头，如 2020-01-29/..；没有日期的事不写 date。")
    if any(found is None and side not in ("", "..") for found, side in zip((start, end), sides, strict=True)):
        return None
    return _span(text, "/", start, end)


def _span(text: str, joint: str, start: Edtf | None, end: Edtf | None) -> Edtf:
    """Return the interval, or the range inside a set, from ``start`` to ``end``: at least one of them is a date."""
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if start and end and earliest and latest and earliest > latest:
        raise DateError(f"起讫颠倒：{start.text} 在 {end.text} 之后。", f"请写成 {end.text}{joint}{start.text}。")
    joined = _join(text, "interval", tuple(edge for edge in (start, end) if edge))
    return replace(joined, earliest=earliest, latest=latest, start=start, end=end, members=())


def _read_set(text: str) -> Edtf | None:
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 3:
        return None
    elements = text[1:-1].split(",")
    members = [_read_member(element) for element in elements]
    found = tuple(member for member in members if member is not None)
    if len(found) < len(members):
        return None
    if len(found) == 1 and found[0].kind == "single":
        raise DateError(f"日期“{text}”的括号里只有一项。", f"请写成 {found[0].text}。")
    if any(element.startswith("..") for element in elements[1:]) or any(
        element.endswith("..") for element in elements[:-1]
    ):
        raise DateError(f"日期“{text}”的写法不对。", "“..日期”只能写在括号里的最前面，“日期..”只能写在最后面。")
    return _join(text, "set" if text[0] == "[" else "all", found)


def _read_member(text: str) -> Edtf | None:
    """Return a member of a set: a single date, or a range ``a..b``, ``..b`` or ``a..`` of dates of one precision."""
    if ".." not in text:
        return _read_single(text)
    sides = text.split("..")
    if len(sides) != 2 or not any(sides) or any(side and not NUMBERED.fullmatch(side) for side in sides):
        return None
    start, end = (_read_single(side) for side in sides)
    if start and end and start.precision != end.precision:
        raise DateError(f"“{text}”两头的详略不同。", "两头都写到日，或者都写到月，或者都写到年。")
    return _span(text, "..", start, end)


def _join(text: str, kind: Kind, members: tuple[Edtf, ...]) -> Edtf:
    earliest = [member.earliest for member in members if member.earliest]
    latest = [member.latest for member in members if member.latest]
    return Edtf(
        text,
        kind,
        min(earliest) if len(earliest) == len(members) else None,
        max(latest) if len(latest) == len(members) else None,
        max((member.precision for member in members), key=PRECISIONS.index),
        any(member.uncertain for member in members),
        any(member.approximate for member in members),
        members=members,
    )
