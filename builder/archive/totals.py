"""How much there is of everything, and from when to when: for pages that would else look at all records to count them.

In the focus of one thing its collection cannot be counted: so people and organisations are counted here too.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from builder.archive.people import Person, PlacedEvent
from builder.authority import Organisations


@dataclass(frozen=True)
class Span:
    """From when to when the people's own dated acts lie, as far as they are days.

    ``is_supplied`` says that no year of any is in the source, ``is_reckoned`` that the first day is printed nowhere.
    """

    first: datetime.date
    last: datetime.date
    is_supplied: bool
    is_reckoned: bool


@dataclass(frozen=True)
class Totals:
    """How many there are of each.

    ``posts`` are those in documents, ``dated`` events on the axis; ``has_certain`` is whether any is of certain days.
    """

    people: int
    organisations: int
    documents: int
    posts: int
    events: int
    dated: int
    has_certain: bool
    span: Span | None


def relate_totals(
    people: Collection[Person],
    organisations: Organisations,
    events: Sequence[PlacedEvent],
    timeline: Sequence[PlacedEvent],
) -> Totals:
    """Return the totals; ``timeline`` are those of the events that have a date."""
    documents = [document for person in people for document in person.documents]
    return Totals(
        people=len(people),
        organisations=len(organisations.by_id),
        documents=len(documents),
        posts=sum(len(document.profile.units) for document in documents),
        events=len(events),
        dated=len(timeline),
        has_certain=any(placed.is_certain for placed in timeline),
        span=_span([placed for placed in timeline if placed.event.scope == ""]),
    )


def _span(acts: Iterable[PlacedEvent]) -> Span | None:
    """Return from when to when dated acts lie; None where no day of any is known."""
    dated = [(placed.event, placed.event.date) for placed in acts if placed.event.date is not None]
    days = [day for _, date in dated for day in (date.earliest, date.latest) if day is not None]
    if not days:
        return None
    first = min(days)
    is_printed = any(event.basis == "printed" and date.earliest == first for event, date in dated)
    return Span(first, max(days), all(event.supplied for event, _ in dated), not is_printed)
