"""What was added, changed and withdrawn, and when: from the dates that editors wrote, never from the clock.

Takes people and what was withdrawn; gives entries, the latest first. A withdrawn document is named by nothing but the
day: neither its title nor its address, which is made of a name, is told.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.archive.people import Document, Person
from builder.records import Profile, Tombstone

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
LATEST = 100  # entries of the log that are found without the rest
NEWCOMERS = 30  # people who were taken up last


@dataclass(frozen=True)
class Entry:
    """One line of the log: ``document`` is None for what was withdrawn; ``key`` tells the entry from all others."""

    day: datetime.date
    kind: str
    key: str
    document: Document | None = None
    what: str = ""
    by: str = ""


def relate_log(people: Iterable[Person], tombstones: Iterable[Tombstone]) -> tuple[Entry, ...]:
    """Return all entries, the latest day first, those of one day in the order of their keys."""
    return tuple(sorted(_entries(people, tombstones), key=lambda entry: (-entry.day.toordinal(), entry.key)))


def _entries(people: Iterable[Person], tombstones: Iterable[Tombstone]) -> Iterator[Entry]:
    for person in people:
        for document in person.documents:
            yield from document_log(document)
    for tombstone in tombstones:
        if tombstone.withdrawn is not None and tombstone.withdrawn.earliest is not None:
            # The key of what was added: a reader's programme then replaces what it still holds.
            yield Entry(tombstone.withdrawn.earliest, WITHDRAWN, _added_key(tombstone.id))


def document_log(document: Document) -> Iterator[Entry]:
    """Yield the entries of a document in the order written: its taking up, then its changes."""
    profile = document.profile
    if profile.added is not None and profile.added.earliest is not None:
        yield Entry(profile.added.earliest, ADDED, _added_key(profile.id), document)
    numbers: dict[datetime.date, int] = {}
    for change in profile.changes:
        day = change.date.earliest
        if day is not None:
            numbers[day] = numbers.get(day, 0) + 1
            key = f"profiles/{profile.id}/changes/{day.isoformat()}/{numbers[day]}"
            yield Entry(day, CHANGED, key, document, str(change.what), change.by)


def _added_key(profile: str) -> str:
    return f"profiles/{profile}/added"


def last_day(profile: Profile) -> datetime.date | None:
    """Return the last day on which a document was taken up or changed, or None where no day is written."""
    days = [date.earliest for date in (profile.added, *(change.date for change in profile.changes)) if date is not None]
    return max((day for day in days if day is not None), default=None)


def last_days(people: Iterable[Person]) -> tuple[datetime.date | None, ...]:
    """Return, for each person, the last day on which a document about them was taken up or changed."""
    days = ([last_day(document.profile) for document in person.documents] for person in people)
    return tuple(max((day for day in some if day is not None), default=None) for some in days)


def newcomers(log: Iterable[Entry]) -> tuple[str, ...]:
    """Return those who were taken up last, the latest first."""
    found: dict[str, None] = {}
    for entry in log:
        if len(found) == NEWCOMERS:
            break
        if entry.kind == ADDED and entry.document is not None:
            found.setdefault(entry.document.person)
    return tuple(found)
