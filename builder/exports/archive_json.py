"""data/archive.json: everything public in one file, for programmes that want no tables.

The articles themselves are not in it, nor their apparatus: they may hold what stays in the running text. Each document
names its page. What the tables say is said by the same columns (``builder/tables``), lists as lists.
"""

import json
from collections.abc import Iterator
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.history import document_log, log
from builder.output import OutputFile
from builder.tables import SEPARATOR, TABLES, Table


def archive_json(archive: Archive) -> Iterator[OutputFile]:
    """Yield the file."""
    site = archive.site
    value: dict[str, object] = {
        "title": site.title,
        "tagline": site.tagline,
        "language": site.language,
        "address": site.address,
        "caution": site.caution,
        "licence": {"text": site.licence, "url": site.licence_url},
        **{table.name: list(_rows(archive, table)) for table in TABLES},
        "changes": _changes(archive),
        "withdrawn": [entry.day.isoformat() for entry in log(archive) if entry.document is None],
    }
    for kind in ("organisations", "regions"):
        _add_notes(archive, kind.removesuffix("s"), value[kind])
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    yield OutputFile(f"{urls.TABLES}archive.json", text.encode("utf-8"))


def _rows(archive: Archive, table: Table[Any]) -> Iterator[dict[str, object]]:
    """Yield each row by the names of its columns; what is empty is left out."""
    for row in table.rows(archive):
        yield {
            column.name: _value(cell, column.several, column.kind)
            for column, cell in zip(table.columns, row, strict=True)
            if cell
        }


def _value(cell: str, several: bool, kind: str) -> object:
    if several:
        return cell.split(SEPARATOR)
    return int(cell) if kind == "integer" else cell


def _add_notes(archive: Archive, kind: str, rows: Any) -> None:
    """Add to each row what the editors wrote about it, as plain paragraphs."""
    for row in rows:
        prose = archive.notes.get((kind, row["id"]))
        words = [paragraph.reading for paragraph in prose.paragraphs] if prose is not None else []
        if words:
            row["note"] = words


def _changes(archive: Archive) -> list[dict[str, str]]:
    """Return what was added and changed, document by document."""
    return [
        {
            "document": document.profile.id,
            "date": entry.day.isoformat(),
            "kind": entry.kind,
            **({"what": entry.what} if entry.what else {}),
            **({"by": entry.by} if entry.by else {}),
        }
        for document in archive.documents
        for entry in document_log(document)
    ]
