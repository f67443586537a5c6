"""What was added, changed and withdrawn, and when: from the dates that editors wrote, never from the clock.

Takes the archive; gives its log, the latest first, which the feed and the page of corrections show. A withdrawn
document is named by nothing but the day: neither its title nor its address, which is made of a name, is told.
"""

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from builder.archive import Archive, Document
from builder.records import Profile

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
# The days of the archive are days in China.
ZONE = "+08:00"
# Version 5 of "people-archive/history" in the namespace of addresses; never to be changed.
NAMESPACE = uuid.UUID("3fee08b0-6e94-5ec9-a8e7-5c58deaa9110")


@dataclass(frozen=True)
class Entry:
    """One line of the log: ``document`` is None for what was withdrawn; ``key`` tells the entry from all others."""

    day: datetime.date
    kind: str
    key: str
    document: Document | None = None
    what: str = ""
    by: str = ""


def log(archive: Archive) -> tuple[Entry, ...]:
    """Return all entries, the latest day first, those of one day in the order of their keys."""
    return tuple(sorted(_entries(archive), key=lambda entry: (-entry.day.toordinal(), entry.key)))


def _entries(archive: Archive) -> Iterator[Entry]:
    for document in archive.documents:
        yield from document_log(document)
    for tombstone in archive.tombstones:
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


def last_day(profile: Profile) -> datetime.date | None:
    """Return the last day on which a document was taken up or changed, or None where no day is written."""
    days = [date.earliest for date in (profile.added, *(change.date for change in profile.changes)) if date is not None]
    return max((day for day in days if day is not None), default=None)


def identifier(archive: Archive, key: str) -> uuid.UUID:
    """Return a name for something of this archive that never changes, wherever the site is published.

    It is made of the site's title and the key (RFC 9562, version 5), not of the address, which may come late or move.
    """
    return uuid.uuid5(NAMESPACE, f"{archive.site.title}\n{key}")


def _added_key(profile: str) -> str:
    return f"profiles/{profile}/added"
