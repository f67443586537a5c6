"""How dates are shown: an ``Edtf`` and how it is known in, a ``DateView`` or words out.

What the editor supplied stands in full-width brackets: ［2020年］1月29日. No date is shown with more precision than it
has, and only a single certain day has a ``datetime``. Every form and its words: ``tests/test_date_words.py``.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache

from builder.dates import Edtf
from builder.lunar import festival, is_lunar_month, lunar_day, lunar_month, lunar_name, lunar_span, lunar_ticks
from builder.views import DateView

__all__ = ["BASIS_WORDS", "lunar_day", "lunar_ticks", "show_bound", "show_date", "show_span"]

BASIS_WORDS = {"printed": "文中印有", "named-day": "节日换算", "counted": "推算", "ordered": "据文序"}

DAY_SHAPES = {"printed": "printed", "named-day": "named", "counted": "counted"}
SEASON_WORDS = {"21": "春", "22": "夏", "23": "秋", "24": "冬"}
UNIT_WORDS = {"day": "日", "month": "月", "season": "季", "year": "年", "decade": "年", "century": "年"}


@lru_cache(maxsize=20_000)  # a date is shown on the pages of the person, of the month, of organisations and regions
def show_date(
    date: Edtf,
    *,
    basis: str,
    supplied: bool,
    preferred: Edtf | None = None,
    alternatives: tuple[Edtf, ...] = (),
    time: str = "",
    scope: str = "",
) -> DateView:
    """Return a date as it is shown.

    ``basis`` is printed, named-day, counted or ordered; ``supplied`` says whether the year is the editor's;
    ``preferred`` is the likeliest day of a set, ``alternatives`` are other readings of the source. ``time`` follows the
    date directly (除夕清晨), after a comma where it begins with 至. ``scope`` background gives the shape of a band.
    """
    named = _named(date, supplied) if basis == "named-day" else None
    remarks = []
    if named is not None:
        text, remark = named[0] + _clock(time), named[1]
        remarks.append(remark)
    elif basis == "counted":
        text = _counted(date, supplied, preferred, time)
        remarks.append(BASIS_WORDS["counted"])
    else:
        text = _words(date, supplied, time=time)
        remarks.append(BASIS_WORDS["ordered"] if basis == "ordered" else _lunar_remark(date))
    remarks.extend(_others(date, supplied, preferred, alternatives))
    certain = date.is_day and basis in ("printed", "named-day") and not alternatives
    shape = "background" if scope == "background" else date_shape(date, basis)
    return DateView(text, "；".join(filter(None, remarks)), date.text if certain else "", date.text, shape)


def date_shape(date: Edtf, basis: str) -> str:
    """Return how a date is drawn: printed, named, counted, set, range or open.

    A day in doubt is drawn hollow, like a counted one; whatever leaves several days open, like a set.
    """
    if date.kind == "interval":
        return "range" if date.start and date.end else "open"
    if date.kind == "set" or date.precision != "day":
        return "set"
    return DAY_SHAPES.get(basis, "counted") if not (date.uncertain or date.approximate) else "counted"


def show_bound(date: Edtf, supplied: bool) -> str:
    """Return the bounds of an event that only the order of the text dates: 不早于［2020年1月24日］.

    Where the year is the editor's the whole date stands in brackets, for the source prints none of it for this event.
    """
    words = _bound(date)
    return f"{words[0]}［{words[1]}］{words[2]}" if supplied and words[1] else "".join(words)


def _bound(date: Edtf) -> tuple[str, str, str]:
    """Return the bounds of an event in words: what stands before the dates, the dates, and what follows."""
    singles = list(_singles(date))
    first = min(singles, key=lambda single: single.sort_key)
    if date.kind == "single":
        return "", _words(first, False), ""
    if date.latest is None and date.earliest is None:
        return "", "", ""
    if date.latest is None:
        return "不早于", _words(first, False), ""
    last = max(singles, key=lambda single: single.latest or datetime.date.min)
    if date.earliest is None:
        return "不晚于", _words(last, False), ""
    return "", _range(first, last, False, "至"), "之间"


def show_span(first: datetime.date, last: datetime.date, supplied: bool, *, reckoned: bool = False) -> str:
    """Return the span from one day to another: ［2020年］1月24日至3月5日.

    ``reckoned`` says that the source does not print the first day either: ［2020年1月24日］至［2020年］3月5日.
    """
    text = f"{_year(str(first.year), supplied)}{first.month}月{first.day}日"
    if supplied and reckoned:
        text = f"［{first.year}年{first.month}月{first.day}日］"
    if first == last:
        return text
    if supplied and reckoned:
        return f"{text}至{_year(str(last.year), supplied)}{last.month}月{last.day}日"
    year = "" if last.year == first.year else _year(str(last.year), supplied)
    month = "" if not year and last.month == first.month else f"{last.month}月"
    return f"{text}至{year}{month}{last.day}日"


def _singles(date: Edtf) -> Iterator[Edtf]:
    """Yield every single date of which a date is made."""
    if date.kind == "single":
        yield date
    for part in (date.start, date.end, *date.members):
        if part is not None:
            yield from _singles(part)


def _named(date: Edtf, supplied: bool) -> tuple[str, str] | None:
    """Return a day or a span that the source calls by its lunar name, with the remark after it; None for any other."""
    if date.earliest is None or date.latest is None or date.precision != "day":
        return None
    if date.uncertain or date.approximate or date.kind not in ("single", "interval"):
        return None
    words = _words(date, False)
    first, last = date.earliest, date.latest
    if date.is_day:
        name, remark = festival(first) or lunar_name(first), lunar_name(first) if festival(first) else ""
    elif is_lunar_month(first, last):
        name, remark = lunar_month(first), lunar_span(first, last)
    else:
        name, remark = lunar_span(first, last), ""
    return (f"［{words}］" if supplied else words) + name, remark


def _counted(date: Edtf, supplied: bool, preferred: Edtf | None, time: str) -> str:
    shown = preferred or date
    about = "" if shown.kind == "interval" or shown.approximate else "约"
    return about + _words(shown, supplied, time=time)


def _lunar_remark(date: Edtf) -> str:
    if not date.is_day or date.earliest is None:
        return ""
    return "，".join(filter(None, (lunar_name(date.earliest), festival(date.earliest))))


def _others(date: Edtf, supplied: bool, preferred: Edtf | None, alternatives: tuple[Edtf, ...]) -> Iterator[str]:
    """Yield the other days that a date may mean: 或2月5日."""
    shown = preferred or date
    year = next(_singles(shown)).parts[0]
    if preferred is not None and date.text != preferred.text:
        members = date.members if date.kind == "set" else (date,)
        if all(member.kind == "single" for member in members):
            others = [_words(member, supplied, year) for member in members if member.text != preferred.text]
            yield "或" + "、".join(others)
        else:
            yield "或为" + _words(date, supplied, year)
    for alternative in alternatives:
        yield "或" + _words(alternative, supplied, year)


def _words(date: Edtf, supplied: bool, year: str = "", month: str = "", time: str = "") -> str:
    """Return a date in words; a year, or a year and month, that was just said is left out."""
    if date.kind == "single":
        return _single(date, supplied, year, month, time)
    if date.kind == "interval":
        if date.start and date.end:
            return _range(date.start, date.end, supplied, "—", year) + _clock(time)
        if date.start:
            unknown = "，止日不详" if date.text.endswith("/") else ""
            return _single(date.start, supplied, year, month, time) + "起" + unknown
        assert date.end is not None  # parse_edtf refuses an interval without ends
        unknown = "，起日不详" if date.text.startswith("/") else ""
        return f"截至{_single(date.end, supplied, year, month, time)}{unknown}"
    return _set(date, supplied, year) + _clock(time)


def _single(date: Edtf, supplied: bool, year: str, month: str, time: str = "") -> str:
    parts = date.parts
    text = ""
    if parts[0] != year or len(parts) == 1:
        text = _year(parts[0], supplied)
    if len(parts) > 1 and (text or len(parts) == 2 or parts[1] != month):
        text += SEASON_WORDS.get(parts[1]) or f"{_number(parts[1])}月"
    if len(parts) > 2:
        text += f"{_number(parts[2])}日"
    return text + _clock(time) + ("前后" if date.approximate else "") + ("（存疑）" if date.uncertain else "")


def _year(year: str, supplied: bool) -> str:
    if year.endswith("XX"):
        words = f"{int(year[:2])}00—{int(year[:2])}99年间"
    elif year.endswith("X"):
        words = f"{int(year[:3])}0年代"
    else:
        words = f"{int(year)}年"
    return f"［{words}］" if supplied else words


def _number(digits: str) -> str:
    return "某" if digits == "XX" else str(int(digits))


def _range(start: Edtf, end: Edtf, supplied: bool, joint: str, year: str = "") -> str:
    first = _single(start, supplied, year, "")
    if start.text == end.text:
        return first
    return first + joint + _single(end, supplied, start.parts[0], start.parts[1] if len(start.parts) == 3 else "")


def _set(date: Edtf, supplied: bool, year: str) -> str:
    """Return one of several days (2月5日或6日) or all of them (2月5日和6日)."""
    words, month = [], ""
    for member in date.members:
        words.append(_member(member, date.kind, supplied, year, month))
        last = list(_singles(member))[-1].parts
        year, month = last[0], last[1] if len(last) == 3 else ""
    joint = "或" if date.kind == "set" else "和"
    return "、".join(words[:-1]) + (joint if len(words) > 1 else "") + words[-1]


def _member(member: Edtf, kind: str, supplied: bool, year: str, month: str) -> str:
    if member.kind == "single":
        return _single(member, supplied, year, month)
    some = f"某{UNIT_WORDS[member.precision]}" if kind == "set" else ""
    if member.start and member.end:
        return _range(member.start, member.end, supplied, "至", year) + (f"间{some}" if some else "")
    if member.start:
        words = _single(member.start, supplied, year, month)
        return f"{words}或其后{some}" if some else f"{words}起"
    assert member.end is not None  # parse_edtf refuses a range without ends
    words = _single(member.end, supplied, year, month)
    return f"{words}或此前{some}" if some else f"截至{words}"


def _clock(time: str) -> str:
    """Return a time as it follows a date: one that begins with 至 says only when the matter ended."""
    return f"，{time}" if time.startswith("至") else time
