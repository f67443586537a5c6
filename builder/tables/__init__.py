"""The archive as tables: which columns they have, what each means, and the rows.

Takes the archive; gives values as text. Stated once: the CSV files, their two descriptions and the page 数据 are all
made from ``TABLES``. Nothing private is here: no words of an article but the quotations that editors chose to show.
"""

from typing import Any

from builder.archive import Archive
from builder.tables.authorities import ORGANISATIONS, REGIONS
from builder.tables.events import EVENTS
from builder.tables.people import DOCUMENTS, PEOPLE, POSTS
from builder.tables.table import SEPARATOR, Column, Row, Table

__all__ = ["SEPARATOR", "TABLES", "Column", "Row", "Table", "rows_of"]

TABLES: tuple[Table[Any], ...] = (PEOPLE, DOCUMENTS, POSTS, ORGANISATIONS, REGIONS, EVENTS)

_last: tuple[Archive, tuple[tuple[Row, ...], ...]] | None = None


def rows_of(archive: Archive) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each table, made once for the formats that follow one another."""
    global _last  # noqa: PLW0603  # of one archive, often of one record: no more is held
    if _last is None or _last[0] is not archive:
        _last = archive, tuple(tuple(table.rows(archive)) for table in TABLES)
    return _last[1]
