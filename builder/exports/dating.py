"""Dates of events for formats that know no EDTF, or that do not check it: bounds, certainty, and words."""

from collections.abc import Iterator

from builder.archive import Document
from builder.date_words import show_date
from builder.dates import DateError, Edtf, parse_edtf
from builder.records import Event


def is_plain(event: Event) -> bool:
    """Return whether an event has a plain date: one day, month or year, neither doubtful nor a mere bound."""
    return event.date is not None and event.date.is_plain and event.basis != "ordered" and not event.alternatives


def certainty(event: Event) -> str:
    """Return how sure a date is: low if marked doubtful, or about, or read in two ways; medium if reckoned."""
    dates = [date for date in (event.date, event.preferred) if date is not None]
    if event.alternatives or any(date.uncertain or date.approximate for date in dates):
        return "low"
    is_reckoned = event.basis in ("counted", "ordered") or any(date.kind == "set" for date in dates)
    return "medium" if is_reckoned else "high"


def bounds(event: Event) -> tuple[str, str]:
    """Return the first and the last day that a date can mean, other readings included; "" where it is open."""
    dates = [date for date in (event.date, *event.alternatives) if date is not None]
    first = [date.earliest for date in dates if date.earliest is not None]
    last = [date.latest for date in dates if date.latest is not None]
    return (
        min(first).isoformat() if first and len(first) == len(dates) else "",
        max(last).isoformat() if last and len(last) == len(dates) else "",
    )


def span(document: Document) -> tuple[Edtf, str] | None:
    """Return the time that a document tells of, and its words; None where none of its acts has a date.

    The posts in it are those of that time. It is no more precise than its ends; public time in the background is none
    of it.
    """
    acts = [found.event for found in document.events if found.is_on_axis and found.event.scope != "background"]
    days = [day for event in acts if event.date is not None for day in _singles(event.date)]
    if not days:
        return None
    first = min(days, key=lambda day: day.sort_key)
    last = max(days, key=lambda day: tuple(reversed(day.sort_key)))
    text = first.text if first.text == last.text else f"{first.text}/{last.text}"
    try:
        whole = parse_edtf(text)
    except DateError:  # a decade that holds the other end, say
        return None
    return whole, show_date(whole, basis="printed", supplied=any(event.supplied for event in acts)).text


def _singles(date: Edtf) -> Iterator[Edtf]:
    """Yield every single date of which a date is made."""
    if date.kind == "single":
        yield date
    for part in (date.start, date.end, *date.members):
        if part is not None:
            yield from _singles(part)
