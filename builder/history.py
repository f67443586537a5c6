"""The log of the archive, what was added, changed and withdrawn, as all who tell of it know it.

Takes the archive; gives the whole log, the latest first, and names of things that never change. ``archive.latest`` is
its beginning, for who needs no more.
"""

import uuid

from builder.archive import Archive
from builder.archive.log import ADDED, CHANGED, WITHDRAWN, Entry, document_log, last_day, relate_log

# The days of the archive are days in China.
ZONE = "+08:00"
# Version 5 of "people-archive/history" in the namespace of addresses; never to be changed.
NAMESPACE = uuid.UUID("3fee08b0-6e94-5ec9-a8e7-5c58deaa9110")

__all__ = ["ADDED", "CHANGED", "WITHDRAWN", "ZONE", "Entry", "document_log", "identifier", "last_day", "log"]


def log(archive: Archive) -> tuple[Entry, ...]:
    """Return all entries, the latest day first, those of one day in the order of their keys."""
    return relate_log(archive.people.values(), archive.tombstones)


def identifier(archive: Archive, key: str) -> uuid.UUID:
    """Return a name for something of this archive that never changes, wherever the site is published.

    It is made of the site's title and the key (RFC 9562, version 5), not of the address, which may come late or move.
    """
    return uuid.uuid5(NAMESPACE, f"{archive.site.title}\n{key}")
