"""timeline.ics, a calendar (RFC 5545) of what is known to the day: nothing of which another day is possible.

Whole days; ``DTEND`` is the day after the last. ``DTSTAMP`` is the document's last day in the archive, or the event's
own, never that of a build. ``UID`` is made of the document, the date and the words, so that it stays when others come.
"""

import datetime
from collections.abc import Iterator, Sequence
from itertools import chain

from builder import urls
from builder.archive import Archive, PlacedEvent
from builder.date_words import BASIS_WORDS
from builder.exports.gathered import Gathered, Share
from builder.history import identifier, last_day
from builder.output import OutputFile
from builder.tables.events import date_words, event_label

END = "END:VCALENDAR"
OCTETS = 75  # in a line, its end not counted
ESCAPES = (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n"))


def _share(archive: Archive) -> Share:
    """Return every event that is known to the day: what it sorts by, and its lines."""
    taken: dict[str, int] = {}
    certain = (event for document in archive.documents for event in document.events if event.is_certain)
    return tuple(
        (*order, "".join(map(fold, _event(archive, placed, taken))).encode("utf-8"))
        for *order, placed in sorted((*_order(event), event) for event in certain)
    )


def _order(placed: PlacedEvent) -> tuple[int, int, str, int]:
    """Return the place of an event on the timeline, in plain values."""
    earliest, latest, document, number = placed.sort_key
    return earliest.toordinal(), latest.toordinal(), document, number


def _files(archive: Archive, shares: Sequence[Share]) -> Iterator[OutputFile]:
    """Yield the calendar; nothing where no event is known to the day, for a calendar must hold something."""
    events = sorted(chain.from_iterable(shares))
    if not events:
        return
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//people-archive//timeline//ZH",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(archive.site.title)}",
    ]
    text = [lines for *_, lines in events]
    yield OutputFile(urls.CALENDAR, b"".join([*(fold(line).encode() for line in head), *text, fold(END).encode()]))


calendar = Gathered(_share, _files)


def _event(archive: Archive, placed: PlacedEvent, taken: dict[str, int]) -> Iterator[str]:
    """Yield the lines of an event."""
    date = placed.event.date
    assert date is not None and date.earliest is not None and date.latest is not None  # is_certain
    document = next(it for it in archive.people[placed.person].documents if it.profile.id == placed.document)
    key = f"events/{placed.document}/{date.text}/{placed.event.label or ''}"
    taken[key] = taken.get(key, 0) + 1
    stamp = last_day(document.profile) or date.earliest
    is_background = placed.event.scope == "background"  # the page of the person has only its text
    anchor = urls.section(placed.document) if is_background else urls.event(placed.document, placed.number)
    page = f"{urls.person(placed.person)}#{anchor}"
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier(archive, f'{key}/{taken[key]}')}"
    yield f"DTSTAMP:{_day(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(date.earliest)}"
    if date.latest < datetime.date.max:
        yield f"DTEND;VALUE=DATE:{_day(date.latest + datetime.timedelta(days=1))}"
    yield f"SUMMARY:{_text(_summary(archive, placed))}"
    yield f"DESCRIPTION:{_text(_description(placed))}"
    if archive.site.address:
        yield f"URL:{urls.absolute(archive.site.address, page)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(archive: Archive, placed: PlacedEvent) -> str:
    """Return what happened; the person stands in front only of an act of the person."""
    label, name = event_label(archive, placed), archive.people[placed.person].name
    return f"{name}：{label}" if not placed.event.scope else f"{label}（见{name}一文）"


def _description(placed: PlacedEvent) -> str:
    """Return the date as the pages show it and how it is known, with the editor's note."""
    event = placed.event
    basis = BASIS_WORDS[event.basis] + ("；年份原文未载，编者补" if event.supplied else "")
    return "\n".join(filter(None, (f"{date_words(placed)}，{basis}。", event.note)))


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    for sign, escaped in ESCAPES:
        text = text.replace(sign, escaped)
    return text


def fold(line: str) -> str:
    """Return a line with its end, broken so that no piece is above 75 octets and no character is parted."""
    if len(line) <= OCTETS and line.isascii():
        return f"{line}\r\n"
    left, pieces, room = line.encode("utf-8"), [], OCTETS
    while len(left) > room:
        at = room
        while left[at] & 0b1100_0000 == 0b1000_0000:  # within a character
            at -= 1
        pieces.append(left[:at])
        left, room = left[at:], OCTETS - 1  # the next begins with a space
    return b"\r\n ".join([*pieces, left]).decode("utf-8") + "\r\n"
