"""The archive as tables: which columns they have, what each means, and the rows.

Takes the archive; gives values as text. Stated once: the CSV files, their two descriptions and the page 数据 are all
made from ``TABLES``. Nothing private is here: no words of an article but the quotations that editors chose to show.
"""

from typing import Any

from builder.tables.authorities import ORGANISATIONS, REGIONS
from builder.tables.events import EVENTS
from builder.tables.people import DOCUMENTS, PEOPLE, POSTS
from builder.tables.table import SEPARATOR, Column, Table

__all__ = ["SEPARATOR", "TABLES", "Column", "Table"]

TABLES: tuple[Table[Any], ...] = (PEOPLE, DOCUMENTS, POSTS, ORGANISATIONS, REGIONS, EVENTS)
