"""data/archive.json: everything public in one file, for programmes that want no tables.

The articles themselves are not in it, nor their apparatus: they may hold what stays in the running text. Each document
names its page. What the tables say is said by the same columns (``builder/tables``), lists as lists.
"""

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.history import document_log, log
from builder.output import OutputFile
from builder.tables import SEPARATOR, TABLES, Table

NOTED = {"organisations": "organisation", "regions": "region"}  # tables of what editors may have written about

_encode = json.JSONEncoder(ensure_ascii=False).encode


def archive_json(archive: Archive) -> Iterator[OutputFile]:
    """Yield the file: each row of a table is a line, written before the next is made, so that few are held at once."""
    site = archive.site
    file = io.BytesIO()
    opening = {
        "title": site.title,
        "tagline": site.tagline,
        "language": site.language,
        "address": site.address,
        "caution": site.caution,
        "licence": {"text": site.licence, "url": site.licence_url},
    }
    lists: dict[str, Iterable[object]] = {
        **{table.name: _rows(archive, table) for table in TABLES},
        "changes": _changes(archive),
        "withdrawn": (entry.day.isoformat() for entry in log(archive) if entry.document is None),
    }
    file.write(_encode(opening).removesuffix("}").encode())
    for name, rows in lists.items():
        file.write(f",\n{_encode(name)}: [".encode())
        for number, row in enumerate(rows):
            file.write(f"{',' if number else ''}\n{_encode(row)}".encode())
        file.write(b"\n]")
    file.write(b"\n}\n")
    yield OutputFile(f"{urls.TABLES}archive.json", file.getvalue())


def _rows(archive: Archive, table: Table[Any]) -> Iterator[dict[str, object]]:
    """Yield each row by the names of its columns; what is empty is left out."""
    kind = NOTED.get(table.name)
    for row in table.rows(archive):
        found = {
            column.name: _value(cell, column.several, column.kind)
            for column, cell in zip(table.columns, row, strict=True)
            if cell
        }
        if kind and (note := _note(archive, kind, str(found["id"]))):
            found["note"] = note
        yield found


def _value(cell: str, several: bool, kind: str) -> object:
    if several:
        return cell.split(SEPARATOR)
    return int(cell) if kind == "integer" else cell


def _note(archive: Archive, kind: str, identifier: str) -> list[str]:
    """Return what the editors wrote about an organisation or a region, as plain paragraphs."""
    prose = archive.notes.get((kind, identifier))
    return [paragraph.reading for paragraph in prose.paragraphs] if prose is not None else []


def _changes(archive: Archive) -> Iterator[dict[str, str]]:
    """Yield what was added and changed, document by document."""
    for document in archive.documents:
        for entry in document_log(document):
            yield {
                "document": document.profile.id,
                "date": entry.day.isoformat(),
                "kind": entry.kind,
                **({"what": entry.what} if entry.what else {}),
                **({"by": entry.by} if entry.by else {}),
            }
